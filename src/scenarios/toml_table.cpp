#include "scenarios/toml_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.hpp"

namespace loiter::scenarios {
namespace {

// The value as it stands in an error: numbers and texts themselves, of others the kind.
std::string shown(const toml::node& node) {
  if (const auto* text = node.as_string()) return "'" + printable(text->get(), 40) + "'";
  if (const auto* number = node.as_integer()) return std::to_string(number->get());
  if (const auto* number = node.as_floating_point()) return fmt::format("{}", number->get());
  if (const auto* truth = node.as_boolean()) return truth->get() ? "true" : "false";
  return in_words(node);
}

}  // namespace

std::string in_words(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::string:
      return "a text";
    case toml::node_type::integer:
      return "a whole number";
    case toml::node_type::floating_point:
      return "a decimal number";
    case toml::node_type::boolean:
      return "true or false";
    default:
      return "a date or time";
  }
}

std::string some_of(const std::vector<std::string>& names) {
  constexpr std::size_t most = 8;
  std::vector<std::string> some;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i) some.push_back(printable(names[i], 40));
  if (names.size() <= most) return join(some, ", ");
  return fmt::format("{} and {} more", join(some, ", "), names.size() - most);
}

std::uint32_t TableReader::line_of(std::string_view key) const {
  for (const auto& [name, node] : m_table) {
    if (name.str() == key && name.source().begin.line > 0) return name.source().begin.line;
  }
  const toml::node* node = m_table.get(key);
  return node != nullptr && node->source().begin.line > 0 ? node->source().begin.line : m_line;
}

void TableReader::complain(std::string_view key, const std::string& what) const {
  throw Mistake{key.empty() ? m_line : line_of(key), what};
}

void TableReader::wrong_value(std::string_view key, std::string_view expected) const {
  complain(key, fmt::format("'{}' must be {}, not {}.", key, expected, shown(*m_table.get(key))));
}

const toml::node* TableReader::take(std::string_view key) {
  m_known.emplace_back(key);
  return m_table.get(key);
}

std::optional<std::string> TableReader::text(std::string_view key) {
  const toml::node* node = take(key);
  if (node == nullptr) return std::nullopt;
  if (!node->is_string()) wrong_value(key, "a text");
  return node->as_string()->get();
}

std::optional<double> TableReader::number(std::string_view key, double most) {
  const toml::node* node = take(key);
  if (node == nullptr) return std::nullopt;
  double value = -1;
  if (const auto* whole = node->as_integer()) value = static_cast<double>(whole->get());
  if (const auto* real = node->as_floating_point()) value = real->get();
  if (!std::isfinite(value) || value < 0 || value > most) {
    wrong_value(key, fmt::format("a number from 0 to {:.0f}", most));
  }
  return value;
}

std::optional<std::int64_t> TableReader::whole(std::string_view key, std::int64_t least, std::int64_t most) {
  const toml::node* node = take(key);
  if (node == nullptr) return std::nullopt;
  const auto* whole = node->as_integer();
  if (whole == nullptr || whole->get() < least || whole->get() > most) {
    wrong_value(key, fmt::format("a whole number from {} to {}", least, most));
  }
  return whole->get();
}

std::optional<bool> TableReader::flag(std::string_view key) {
  const toml::node* node = take(key);
  if (node == nullptr) return std::nullopt;
  if (!node->is_boolean()) wrong_value(key, "true or false");
  return node->as_boolean()->get();
}

std::optional<std::size_t> TableReader::word(std::string_view key, const std::vector<std::string>& words) {
  const auto given = text(key);
  if (!given) return std::nullopt;
  const auto found = std::ranges::find(words, *given);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  complain(key, fmt::format("'{}' must be {}, not '{}'.{}", key, join(words, " or "), printable(*given, 40),
                            did_you_mean(*given, words)));
}

const toml::node& TableReader::needed(std::string_view key) {
  const toml::node* node = take(key);
  if (node == nullptr) complain("", fmt::format("{} has no '{}'.", m_what, key));
  return *node;
}

std::string TableReader::needed_text(std::string_view key) {
  needed(key);
  return *text(key);
}

double TableReader::needed_number(std::string_view key, double most) {
  needed(key);
  return *number(key, most);
}

std::vector<std::string> TableReader::needed_texts(std::string_view key) {
  const toml::array* list = needed(key).as_array();
  if (list == nullptr) wrong_value(key, "a list of names");
  std::vector<std::string> texts;
  for (const toml::node& item : *list) {
    if (!item.is_string()) {
      complain(key, fmt::format("'{}' must be a list of names, but {} is in it.", key, in_words(item)));
    }
    texts.push_back(item.as_string()->get());
  }
  return texts;
}

void TableReader::finish() const {
  for (const auto& [name, node] : m_table) {
    const std::string key(name.str());
    if (std::ranges::find(m_known, key) != m_known.end()) continue;
    std::vector<std::string> known = m_known;
    std::ranges::sort(known);
    known.erase(std::unique(known.begin(), known.end()), known.end());
    complain(key, fmt::format("{} has no key '{}'.{} It may have: {}.", m_what, printable(key, 40),
                              did_you_mean(key, known), join(known, ", ")));
  }
}

}  // namespace loiter::scenarios
