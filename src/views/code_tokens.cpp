// Where keywords, strings and comments stand in a line of Python or C++: as much as weight and grey need to show.
#include "views/code_tokens.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace loiter::views {
namespace {

constexpr std::array<std::string_view, 37> python_keywords{
    "False",    "None",   "True", "and",   "as",     "assert",   "async",   "await", "break", "class",
    "continue", "def",    "del",  "elif",  "else",   "except",   "finally", "for",   "from",  "global",
    "if",       "import", "in",   "is",    "lambda", "nonlocal", "not",     "or",    "pass",  "print",
    "raise",    "return", "try",  "while", "with",   "yield",    "match"};

constexpr std::array<std::string_view, 46> cpp_keywords{
    "alignas",  "auto",    "bool",      "break",    "case",    "catch",  "char",   "class",    "co_await",  "co_return",
    "co_yield", "const",   "constexpr", "continue", "default", "delete", "do",     "double",   "else",      "enum",
    "explicit", "false",   "float",     "for",      "if",      "inline", "int",    "long",     "namespace", "new",
    "noexcept", "nullptr", "return",    "short",    "static",  "struct", "switch", "template", "this",      "throw",
    "true",     "try",     "typename",  "using",    "void",    "while"};

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool is_keyword(std::string_view word, Language language) {
  if (language == Language::Python) return std::ranges::find(python_keywords, word) != python_keywords.end();
  return std::ranges::find(cpp_keywords, word) != cpp_keywords.end();
}

bool begins_comment(std::string_view rest, Language language) {
  return language == Language::Python ? rest.starts_with('#') : rest.starts_with("//");
}

// The end of the string that begins at `at` with this quote; `closed` says whether it ended in this line.
std::size_t end_of_string(std::string_view line, std::size_t at, std::string_view quote, bool& closed) {
  closed = true;
  while (at < line.size()) {
    if (line.substr(at).starts_with(quote)) return at + quote.size();
    at += line[at] == '\\' ? 2 : 1;
  }
  closed = false;
  return line.size();
}

class LineScanner {
 public:
  LineScanner(std::string_view line, Language language, TokenState& state)
      : m_line(line), m_language(language), m_state(state) {}

  std::vector<Token> scan() {
    if (!m_state.open_string.empty()) go_on_with_string();
    while (m_at < m_line.size()) step();
    return std::move(m_tokens);
  }

 private:
  void add(std::size_t to, TokenKind kind) {
    to = std::min(to, m_line.size());
    if (!m_tokens.empty() && m_tokens.back().kind == kind) {
      m_tokens.back().to = to;
    } else if (to > m_at) {
      m_tokens.push_back({m_at, to, kind});
    }
    m_at = to;
  }

  void go_on_with_string() {
    bool closed = false;
    const std::size_t end = end_of_string(m_line, 0, m_state.open_string, closed);
    const TokenKind kind = m_state.open_string == "*/" ? TokenKind::Comment : TokenKind::String;
    if (closed) m_state.open_string.clear();
    add(end, kind);
  }

  void string_from(std::size_t quote_at) {
    const std::string_view rest = m_line.substr(quote_at);
    const bool triple = m_language == Language::Python && (rest.starts_with("\"\"\"") || rest.starts_with("'''"));
    const std::string_view quote = rest.substr(0, triple ? 3 : 1);
    bool closed = false;
    const std::size_t end = end_of_string(m_line, quote_at + quote.size(), quote, closed);
    if (!closed && triple) m_state.open_string = quote;
    add(end, TokenKind::String);
  }

  void block_comment() {
    const std::size_t end = m_line.find("*/", m_at + 2);
    if (end == std::string_view::npos) m_state.open_string = "*/";
    add(end == std::string_view::npos ? m_line.size() : end + 2, TokenKind::Comment);
  }

  void step() {
    const std::string_view rest = m_line.substr(m_at);
    if (begins_comment(rest, m_language)) return add(m_line.size(), TokenKind::Comment);
    if (m_language == Language::Cpp && rest.starts_with("/*")) return block_comment();
    if (rest.front() == '"' || rest.front() == '\'') return string_from(m_at);
    if (!is_name(rest.front())) return add(m_at + 1, TokenKind::Plain);
    std::size_t end = m_at;
    while (end < m_line.size() && is_name(m_line[end])) ++end;
    const std::string_view word = m_line.substr(m_at, end - m_at);
    const bool prefix = m_language == Language::Python && word.size() <= 2 && end < m_line.size() &&
                        (m_line[end] == '"' || m_line[end] == '\'');
    const bool digits_apart = m_language == Language::Cpp &&
                              std::isdigit(static_cast<unsigned char>(word.front())) != 0 && end < m_line.size() &&
                              m_line[end] == '\'';
    if (prefix) return string_from(end);
    if (digits_apart) return add(end + 1, TokenKind::Plain);
    add(end, is_keyword(word, m_language) ? TokenKind::Keyword : TokenKind::Plain);
  }

  std::string_view m_line;
  Language m_language;
  TokenState& m_state;
  std::size_t m_at = 0;
  std::vector<Token> m_tokens;
};

}  // namespace

std::vector<Token> tokens_of(std::string_view line, Language language, TokenState& state) {
  return LineScanner(line, language, state).scan();
}

}  // namespace loiter::views
