// Codec<T>: how arguments and results become bytes that a worker process reads back: what pickle is to Python.
//
// Shape    Little-endian; whole numbers take 8 bytes, texts and lists begin with their length. A type crosses if Codec is
//          specialised for it: static void write(ByteWriter&, const T&) and static T read(ByteReader&).
// Errors   What cannot cross throws when it is written (a Future); bytes that are no T throw BadMessage when read. No
//          length is believed before the bytes are there, so hostile bytes cost no memory.
// Threads  Values.
#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/duration.hpp"
#include "base/python_text.hpp"

namespace loiter::futures {

struct BadMessage : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class ByteWriter {
 public:
  void number(std::uint64_t value) {
    std::array<char, 8> bytes;
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>((value >> (8 * i)) & 0xffU);
    m_bytes.append(bytes.data(), bytes.size());
  }
  void byte(std::uint8_t value) { m_bytes.push_back(static_cast<char>(value)); }
  void text(std::string_view text) {
    number(text.size());
    m_bytes.append(text);
  }
  void raw(std::string_view bytes) { m_bytes.append(bytes); }
  const std::string& bytes() const { return m_bytes; }
  std::string take() { return std::move(m_bytes); }

 private:
  std::string m_bytes;
};

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : m_rest(bytes) {}

  std::uint64_t number() {
    const std::string_view bytes = take(8);
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 8; ++i) value |= std::uint64_t{static_cast<std::uint8_t>(bytes[i])} << (8 * i);
    return value;
  }
  std::uint8_t byte() { return static_cast<std::uint8_t>(take(1).front()); }
  std::string_view text() {
    const std::uint64_t size = number();
    if (size > m_rest.size()) throw BadMessage("a text is longer than its message");
    return take(static_cast<std::size_t>(size));
  }
  // How many elements follow, each of at least one byte.
  std::size_t count() {
    const std::uint64_t count = number();
    if (count > m_rest.size()) throw BadMessage("a list is longer than its message");
    return static_cast<std::size_t>(count);
  }
  std::string_view rest() { return std::exchange(m_rest, {}); }
  bool is_at_end() const { return m_rest.empty(); }
  void must_be_at_end() const {
    if (!is_at_end()) throw BadMessage("a message is longer than what it holds");
  }

 private:
  std::string_view take(std::size_t size) {
    if (size > m_rest.size()) throw BadMessage("a message ends too early");
    const std::string_view bytes = m_rest.substr(0, size);
    m_rest.remove_prefix(size);
    return bytes;
  }
  std::string_view m_rest;
};

template <class T>
struct Codec;

template <class T>
concept Crosses = requires(ByteWriter& to, ByteReader& from, const T& value) {
  Codec<T>::write(to, value);
  { Codec<T>::read(from) } -> std::same_as<T>;
};

template <std::integral T>
struct Codec<T> {
  static void write(ByteWriter& to, T value) { to.number(static_cast<std::uint64_t>(value)); }
  static T read(ByteReader& from) {
    const std::uint64_t number = from.number();
    const T value = static_cast<T>(number);
    if (static_cast<std::uint64_t>(value) != number) throw BadMessage("a number does not fit its type");
    return value;
  }
};
template <>
struct Codec<bool> {
  static void write(ByteWriter& to, bool value) { to.byte(value ? 1 : 0); }
  static bool read(ByteReader& from) {
    const std::uint8_t value = from.byte();
    if (value > 1) throw BadMessage("a truth value is neither 0 nor 1");
    return value == 1;
  }
};
template <>
struct Codec<double> {
  static void write(ByteWriter& to, double value) { to.number(std::bit_cast<std::uint64_t>(value)); }
  static double read(ByteReader& from) { return std::bit_cast<double>(from.number()); }
};
template <>
struct Codec<None> {
  static void write(ByteWriter& to, None) { to.byte(0); }
  static None read(ByteReader& from) {
    if (from.byte() != 0) throw BadMessage("None is not None");
    return {};
  }
};
template <>
struct Codec<std::string> {
  static void write(ByteWriter& to, const std::string& value) { to.text(value); }
  static std::string read(ByteReader& from) { return std::string(from.text()); }
};
template <>
struct Codec<Duration> {
  static void write(ByteWriter& to, Duration value) { Codec<std::int64_t>::write(to, value.count()); }
  static Duration read(ByteReader& from) { return Duration{Codec<std::int64_t>::read(from)}; }
};
template <class T>
struct Codec<std::optional<T>> {
  static void write(ByteWriter& to, const std::optional<T>& value) {
    Codec<bool>::write(to, value.has_value());
    if (value) Codec<T>::write(to, *value);
  }
  static std::optional<T> read(ByteReader& from) {
    if (!Codec<bool>::read(from)) return std::nullopt;
    return Codec<T>::read(from);
  }
};
template <class T>
struct Codec<std::vector<T>> {
  static void write(ByteWriter& to, const std::vector<T>& values) {
    to.number(values.size());
    for (const T& value : values) Codec<T>::write(to, value);
  }
  static std::vector<T> read(ByteReader& from) {
    std::vector<T> values;
    const std::size_t count = from.count();
    for (std::size_t i = 0; i < count; ++i) values.push_back(Codec<T>::read(from));
    return values;
  }
};
template <class... T>
struct Codec<std::tuple<T...>> {
  static void write(ByteWriter& to, const std::tuple<T...>& values) {
    std::apply([&](const T&... value) { (Codec<T>::write(to, value), ...); }, values);
  }
  static std::tuple<T...> read(ByteReader& from) { return std::tuple<T...>{Codec<T>::read(from)...}; }  // in order
};
template <class A, class B>
struct Codec<std::pair<A, B>> {
  static void write(ByteWriter& to, const std::pair<A, B>& value) {
    Codec<A>::write(to, value.first);
    Codec<B>::write(to, value.second);
  }
  static std::pair<A, B> read(ByteReader& from) {
    A first = Codec<A>::read(from);
    return {std::move(first), Codec<B>::read(from)};
  }
};

template <class T>
T decode(std::string_view bytes) {
  ByteReader reader(bytes);
  T value = Codec<T>::read(reader);
  reader.must_be_at_end();
  return value;
}

}  // namespace loiter::futures
