// TaskValue: what a task of a scenario returns: nothing, a text, a number, a truth value, or a future itself.
//
// Errors   A future cannot be sent between processes: its codec throws what pickle raises for one.
// Threads  Values.
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "futures/codec.hpp"
#include "futures/future.hpp"
#include "scenarios/scenario.hpp"

namespace loiter::experiments {

struct TaskValue {
  std::variant<None, std::string, std::int64_t, double, bool, futures::AnyFuture> value;

  static TaskValue of(const scenarios::Value& value) {
    return std::visit([](const auto& each) { return TaskValue{each}; }, value);
  }
  const futures::AnyFuture* future() const { return std::get_if<futures::AnyFuture>(&value); }
  const char* type() const {
    return std::visit([](const auto& each) { return python_type_of(each); }, value);
  }
  std::string repr() const {
    return std::visit([](const auto& each) { return python_repr(each); }, value);
  }
  std::string str() const {
    return std::visit([](const auto& each) { return python_str(each); }, value);
  }
};

using TaskFuture = futures::Future<TaskValue>;

}  // namespace loiter::experiments

template <>
struct loiter::PythonType<loiter::experiments::TaskValue> {
  static const char* name() { return "object"; }
  static const char* name_of(const experiments::TaskValue& value) { return value.type(); }
  static std::string repr(const experiments::TaskValue& value) { return value.repr(); }
};

template <class... T>
struct loiter::futures::Codec<std::variant<T...>> {
  static void write(ByteWriter& to, const std::variant<T...>& value) {
    to.byte(static_cast<std::uint8_t>(value.index()));
    std::visit([&]<class V>(const V& each) { Codec<V>::write(to, each); }, value);
  }
  static std::variant<T...> read(ByteReader& from) {
    const std::size_t index = from.byte();
    if (index >= sizeof...(T)) throw BadMessage("a value is of no known kind");
    return read_at(from, index, std::index_sequence_for<T...>{});
  }

 private:
  template <std::size_t... I>
  static std::variant<T...> read_at(ByteReader& from, std::size_t index, std::index_sequence<I...>) {
    std::variant<T...> value;
    ((I == index ? static_cast<void>(value.template emplace<I>(Codec<T>::read(from))) : void()), ...);
    return value;
  }
};

template <>
struct loiter::futures::Codec<loiter::futures::AnyFuture> {
  static void write(ByteWriter& to, const AnyFuture& future) {
    Codec<experiments::TaskFuture>::write(to, experiments::TaskFuture::of(future));
  }
  static AnyFuture read(ByteReader& from) { return Codec<experiments::TaskFuture>::read(from); }
};

template <>
struct loiter::futures::Codec<loiter::experiments::TaskValue> {
  using Variant = decltype(experiments::TaskValue::value);
  static void write(ByteWriter& to, const experiments::TaskValue& value) { Codec<Variant>::write(to, value.value); }
  static experiments::TaskValue read(ByteReader& from) { return {Codec<Variant>::read(from)}; }
};
