#include "base/python_text.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

namespace loiter {
namespace {

// Digits and exponent of the shortest decimal that reads back as the value: "1234", 3 for 1.234e3.
struct Decimal {
  std::string digits;
  int exponent = 0;
};

Decimal shortest_decimal(double magnitude) {
  std::array<char, 64> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude, std::chars_format::scientific).ptr;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t e = text.find('e');
  Decimal result;
  for (const char c : text.substr(0, e)) {
    if (c != '.') result.digits += c;
  }
  std::string_view exponent = text.substr(e + 1);
  if (exponent.front() == '+') exponent.remove_prefix(1);
  std::from_chars(exponent.data(), exponent.data() + exponent.size(), result.exponent);
  return result;
}

}  // namespace

std::string python_repr(double value) {
  if (std::isnan(value)) return "nan";
  const std::string sign = std::signbit(value) ? "-" : "";
  if (std::isinf(value)) return sign + "inf";
  const Decimal d = shortest_decimal(std::fabs(value));
  const int count = static_cast<int>(d.digits.size());
  if (d.exponent < -4 || d.exponent >= 16) {
    const std::string fraction = count > 1 ? "." + d.digits.substr(1) : "";
    return fmt::format("{}{}{}e{}{:02}", sign, d.digits[0], fraction, d.exponent < 0 ? '-' : '+', std::abs(d.exponent));
  }
  if (d.exponent < 0) return sign + "0." + std::string(static_cast<std::size_t>(-d.exponent - 1), '0') + d.digits;
  if (d.exponent + 1 >= count) {
    return sign + d.digits + std::string(static_cast<std::size_t>(d.exponent + 1 - count), '0') + ".0";
  }
  const auto point = static_cast<std::size_t>(d.exponent + 1);
  return sign + d.digits.substr(0, point) + "." + d.digits.substr(point);
}

std::string python_repr(std::string_view text) {
  const bool has_single = text.find('\'') != std::string_view::npos;
  const char quote = has_single && text.find('"') == std::string_view::npos ? '"' : '\'';
  std::string out(1, quote);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == quote || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\x{:02x}", byte);
    } else {
      out += c;
    }
  }
  return out + quote;
}

}  // namespace loiter
