// JSON written by hand, key by key: ordered output, the same bytes each time.
//
// Shape    Appends to a string; ", " and ": " between the parts, as Python's json module writes them. Bytes that are not
//          UTF-8 become U+FFFD, so the text can always be read again.
#pragma once

#include <concepts>
#include <string>
#include <string_view>

namespace loiter::trace {

// With its quotes.
void append_json_string(std::string& out, std::string_view text);

class JsonObject {
 public:
  explicit JsonObject(std::string& out) : m_out(out) { m_out += '{'; }
  void end() { m_out += '}'; }

  void text(std::string_view key, std::string_view value) {
    begin(key);
    append_json_string(m_out, value);
  }
  template <std::integral T>
  void number(std::string_view key, T value) {
    begin(key);
    m_out += std::to_string(value);
  }
  void flag(std::string_view key, bool value) { literal(key, value ? "true" : "false"); }
  void literal(std::string_view key, std::string_view json) {
    begin(key);
    m_out += json;
  }
  // `append_item(out, item)` writes one item.
  template <class Items, class AppendItem>
  void list(std::string_view key, const Items& items, AppendItem append_item) {
    begin(key);
    m_out += '[';
    bool is_first = true;
    for (const auto& item : items) {
      if (!is_first) m_out += ", ";
      is_first = false;
      append_item(m_out, item);
    }
    m_out += ']';
  }

 private:
  void begin(std::string_view key) {
    if (!m_is_empty) m_out += ", ";
    m_is_empty = false;
    append_json_string(m_out, key);
    m_out += ": ";
  }

  std::string& m_out;
  bool m_is_empty = true;
};

}  // namespace loiter::trace
