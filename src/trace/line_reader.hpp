// LineReader: the lines of a stream one by one, never holding more than the longest line allowed.
//
// Errors   next() is false at the end, at a line that is too long, and when the stream fails; the others say which.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <istream>
#include <string>
#include <vector>

namespace loiter::trace {

class LineReader {
 public:
  LineReader(std::istream& in, std::size_t most_bytes) : m_in(in), m_most(most_bytes), m_buffer(std::size_t{1} << 16) {}

  // The line without its end.
  bool next(std::string& line) {
    line.clear();
    m_has_newline = false;
    while (!m_has_newline) {
      if (m_from == m_to && !refill()) break;
      const char* from = m_buffer.data() + m_from;
      const auto* end = static_cast<const char*>(std::memchr(from, '\n', m_to - m_from));
      m_has_newline = end != nullptr;
      const std::size_t length = m_has_newline ? static_cast<std::size_t>(end - from) : m_to - m_from;
      m_is_too_long = line.size() + length > m_most;
      if (m_is_too_long) break;
      line.append(from, length);
      m_from += length + (m_has_newline ? 1 : 0);
    }
    if (!m_is_too_long && !m_has_newline && (line.empty() || failed())) return false;
    ++m_line_number;
    return !m_is_too_long;
  }

  std::uint64_t line_number() const { return m_line_number; }
  bool has_newline() const { return m_has_newline; }
  bool is_too_long() const { return m_is_too_long; }
  bool failed() const { return m_in.bad(); }

 private:
  bool refill() {
    m_in.read(m_buffer.data(), static_cast<std::streamsize>(m_buffer.size()));
    m_from = 0;
    m_to = static_cast<std::size_t>(m_in.gcount());
    return m_to > 0;
  }

  std::istream& m_in;
  std::size_t m_most;
  std::vector<char> m_buffer;
  std::size_t m_from = 0;
  std::size_t m_to = 0;
  std::uint64_t m_line_number = 0;
  bool m_has_newline = false;
  bool m_is_too_long = false;
};

}  // namespace loiter::trace
