#include "trace/run_file_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <nlohmann/json.hpp>
#include <utility>

#include "trace/run_file_header.hpp"

namespace loiter::trace {
namespace {

static_assert(std::is_sorted(key_texts.begin(), key_texts.end()));
static_assert(key_texts.size() <= 64, "the keys of a line are a set of bits");

}  // namespace

// Hears of the parts of a line from the JSON parser. Only the object's own members and the items of their lists count;
// what is nested deeper belongs to a key that nobody here knows.
struct LineParser {
  using Kind = LineValue::Kind;
  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;
  using string_t = nlohmann::json::string_t;
  using binary_t = nlohmann::json::binary_t;

  LineValues& line;
  std::string wrong;
  LineValue* member = nullptr;  // of the key last read; none if no event has it
  int depth = 0;                // 1: in the line's object, 2: in a list of it

  bool key(string_t& text) {
    if (depth != 1) return true;
    const auto found = std::lower_bound(key_texts.begin(), key_texts.end(), std::string_view(text));
    if (found == key_texts.end() || *found != text) {
      member = nullptr;
      ++line.m_foreign_keys;
      return true;
    }
    const auto place = static_cast<std::size_t>(found - key_texts.begin());
    const std::uint64_t bit = LineValues::bit_of(static_cast<Key>(place));
    if ((line.m_present & bit) != 0) return complain(fmt::format("the key '{}' comes twice", text));
    line.m_present |= bit;
    member = &line.m_values[place];
    return true;
  }

  bool null() { return scalar(Kind::Null); }
  bool boolean(bool value) {
    if (depth == 1 && member != nullptr) member->flag = value;
    return scalar(Kind::Flag);
  }
  bool number_integer(number_integer_t value) {
    if (depth == 1 && member != nullptr) member->negative = value;
    return scalar(Kind::Negative);
  }
  bool number_unsigned(number_unsigned_t value) {
    if (member != nullptr && depth == 1) member->whole = value;
    if (member != nullptr && depth == 2) member->numbers.push_back(value);
    return scalar(Kind::Whole);
  }
  bool number_float(number_float_t, const string_t&) { return scalar(Kind::Real); }
  bool string(string_t& value) {
    if (member != nullptr && depth == 1) member->text = std::move(value);
    if (member != nullptr && depth == 2) member->texts.push_back(std::move(value));
    return scalar(Kind::Text);
  }
  bool binary(binary_t&) { return scalar(Kind::Null); }

  bool start_object(std::size_t) {
    if (depth > 0) start_nested(Kind::Object);
    ++depth;
    return true;
  }
  bool end_object() { return end_nested(); }
  bool start_array(std::size_t) {
    if (depth == 0) return complain("an event is a JSON object, but this line is a list");
    start_nested(Kind::List);
    ++depth;
    return true;
  }
  bool end_array() { return end_nested(); }

  template <class Exception>
  bool parse_error(std::size_t, const std::string&, const Exception& error) {
    return complain(fmt::format("{} ({})", not_json, json_complaint(error)));
  }

  bool complain(std::string what) {
    wrong = std::move(what);
    return false;
  }

 private:
  bool scalar(Kind kind) {
    if (depth == 0) return complain("an event is a JSON object, but this line is a single value");
    if (member == nullptr) return true;
    if (depth == 1) member->kind = kind;
    if (depth == 2) ++member->items;
    return true;
  }
  void start_nested(Kind kind) {
    if (member == nullptr) return;
    if (depth == 2) ++member->items;  // neither number nor text: the list is of mixed kinds
    if (depth != 1) return;
    member->kind = kind;
    member->items = 0;
    member->numbers.clear();
    member->texts.clear();
    // The items of an object are no list's: they count as none.
    if (kind == Kind::Object) member = nullptr;
  }
  bool end_nested() {
    --depth;
    return true;
  }
};

std::string LineValues::parse(std::string_view line) {
  m_present = 0;
  m_taken = 0;
  m_foreign_keys = 0;
  if (line.find('\0') != std::string_view::npos) return fmt::format("{} (it contains a NUL byte)", not_json);
  LineParser parser{*this, {}};
  if (nlohmann::json::sax_parse(line.begin(), line.end(), &parser)) return {};
  return parser.wrong;
}

std::uint64_t LineValues::unknown_keys() const {
  return m_foreign_keys + static_cast<std::uint64_t>(std::popcount(m_present & ~m_taken));
}

std::string_view kind_in_words(LineValue::Kind kind) {
  switch (kind) {
    case LineValue::Kind::Null:
      return "null";
    case LineValue::Kind::Flag:
      return "true or false";
    case LineValue::Kind::Whole:
      return "a number";
    case LineValue::Kind::Negative:
      return "a negative number";
    case LineValue::Kind::Real:
      return "a number with decimals or too large";
    case LineValue::Kind::Text:
      return "a text";
    case LineValue::Kind::List:
      return "a list";
    case LineValue::Kind::Object:
      return "an object";
  }
  return "";
}

}  // namespace loiter::trace
