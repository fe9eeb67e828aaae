// Helpers for text that people type and read: numbers, durations, the nearest known name.
//
// Errors   A parse gives nothing when the whole text is not such a number; the caller says which input it was.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/duration.hpp"

namespace loiter {

std::optional<std::int64_t> parse_integer(std::string_view text);
std::optional<double> parse_number(std::string_view text);  // finite only

// "1s", "250ms", "1.5 s", "2us"; a bare number is seconds. Not negative.
std::optional<Duration> parse_duration(std::string_view text);

// "3.40 s", "250 ms", "12 us": two or three digits that say something.
std::string format_duration(Duration d);

// The known name with the fewest edits to `name`, if it is near enough to be what was meant.
std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string> known);

// " Did you mean 'loiter'?" or "", to end an error sentence with.
std::string did_you_mean(std::string_view name, std::span<const std::string> known);

std::string join(std::span<const std::string> parts, std::string_view separator);

// Text from outside made safe to print on one line: control characters become \xNN, and what is over `limit` bytes
// becomes "...", cut between characters.
std::string printable(std::string_view text, std::size_t limit = 80);

bool is_utf8(std::string_view text);

// How many bytes from the start are whole, well-formed characters.
std::size_t utf8_prefix(std::string_view text);

}  // namespace loiter
