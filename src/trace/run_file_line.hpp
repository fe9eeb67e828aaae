// LineValues: the keys of one event's line, parsed once and then asked for by key.
//
// Shape    parse() fills it from a line of JSON; it is used again for the next line, so a line costs no allocation but
//          for its texts. get() and the others of FieldReader mark what they took: the rest is unknown.
// Errors   The first thing wrong is kept as a sentence without file and line.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trace/run_file_fields.hpp"

namespace loiter::trace {

// How parse() begins to say that a line is no JSON at all.
inline constexpr std::string_view not_json = "this line is not JSON";

struct LineValue {
  enum class Kind : std::uint8_t { Null, Flag, Whole, Negative, Real, Text, List, Object };
  Kind kind = Kind::Null;
  bool flag = false;
  std::uint64_t whole = 0;    // a whole number from 0
  std::int64_t negative = 0;  // a whole number below 0
  std::string text;
  // Of a list: what is in it, in order, if all are whole numbers, or all texts.
  std::vector<std::uint64_t> numbers;
  std::vector<std::string> texts;
  std::size_t items = 0;
};

class LineValues {
 public:
  // Empty: the line is a JSON object. Else what is wrong with it.
  std::string parse(std::string_view line);

  // Nothing if the line has no such key.
  LineValue* take(Key key) {
    const std::uint64_t bit = bit_of(key);
    m_taken |= bit;
    return (m_present & bit) != 0 ? &m_values[static_cast<std::size_t>(key)] : nullptr;
  }

  // Keys that no take() has asked for.
  std::uint64_t unknown_keys() const;

 private:
  friend struct LineParser;
  static std::uint64_t bit_of(Key key) { return std::uint64_t{1} << static_cast<unsigned>(key); }

  std::array<LineValue, key_texts.size()> m_values;
  std::uint64_t m_present = 0;
  std::uint64_t m_taken = 0;
  std::uint64_t m_foreign_keys = 0;  // keys of no event
};

// "a text", "a list", ...: for messages.
std::string_view kind_in_words(LineValue::Kind kind);

}  // namespace loiter::trace
