// TableReader: takes the values of one table of a TOML file, each checked; what is wrong leaves as a Mistake.
//
// Shape    Keys are taken one by one; finish() complains of those that nobody knows.
// Errors   Mistake, thrown and caught within this floor: read_scenario() makes a Result of it.
#pragma once

#include <toml++/toml.h>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loiter::scenarios {

struct Mistake {
  std::uint32_t line = 0;
  std::string what;  // a sentence
};

// "a text", "a whole number", ...: what the file has in place of what was meant.
std::string in_words(const toml::node& node);

// "one, two, three and 7 more".
std::string some_of(const std::vector<std::string>& names);

class TableReader {
 public:
  // `what` is what the table describes, as in "the task 'slow'".
  TableReader(const toml::table& table, std::string what, std::uint32_t line)
      : m_table(table), m_what(std::move(what)), m_line(line) {}

  bool has(std::string_view key) const { return m_table.contains(key); }
  std::uint32_t line_of(std::string_view key) const;
  std::uint32_t line() const { return m_line; }

  // Nothing if the key is not there.
  const toml::node* take(std::string_view key);
  std::optional<std::string> text(std::string_view key);
  std::optional<double> number(std::string_view key, double most);  // from 0
  std::optional<std::int64_t> whole(std::string_view key, std::int64_t least, std::int64_t most);
  std::optional<bool> flag(std::string_view key);
  // One of these; gives its place.
  std::optional<std::size_t> word(std::string_view key, const std::vector<std::string>& words);

  // The key must be there.
  std::string needed_text(std::string_view key);
  double needed_number(std::string_view key, double most);
  std::vector<std::string> needed_texts(std::string_view key);

  void finish() const;
  [[noreturn]] void complain(std::string_view key, const std::string& what) const;
  [[noreturn]] void wrong_value(std::string_view key, std::string_view expected) const;

 private:
  const toml::node& needed(std::string_view key);

  const toml::table& m_table;
  const std::string m_what;
  const std::uint32_t m_line;
  std::vector<std::string> m_known;
};

}  // namespace loiter::scenarios
