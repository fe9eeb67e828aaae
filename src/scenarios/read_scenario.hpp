// read_scenario: a scenario file as a Scenario, or one line that says what is wrong with it.
//
// Errors   "FILE:LINE: what is wrong and what was meant.": TOML that is none, an unknown key, step, task, pool, future or
//          iterator (with the nearest known one), a missing value, a value of another type, a number out of range, more
//          than the limits below, times that add up to more than a clock can hold. Of a file that cannot be read: "FILE: why.".
// Threads  Any.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "scenarios/scenario.hpp"

namespace loiter::scenarios {

// A lesson's scenario has ten steps. What is larger was made by a program, or is something else.
inline constexpr std::size_t most_bytes = std::size_t{2} << 20U;
inline constexpr std::size_t most_steps = 10'000;      // of main and all tasks
inline constexpr std::size_t most_tasks = 10'000;      // described; and submitted by main, or by one run of a task
inline constexpr std::size_t most_listed = 1'000'000;  // names in lists, patterns written out
inline constexpr std::size_t longest_name = 60;        // of a task, pool, future or iterator, in bytes
inline constexpr Duration least_gil_interval = std::chrono::microseconds(100);
inline constexpr Duration most_gil_interval = std::chrono::milliseconds(100);
inline constexpr double most_units = 1'000'000;  // of loiter, crunch and timeouts
inline constexpr Duration longest_unit = std::chrono::hours(1);

// `file` is what the text is called in errors.
Result<Scenario> read_scenario(std::string_view text, const std::string& file);

// The bytes of a file, not looked at yet.
Result<std::string> load_scenario_text(const std::string& path);

}  // namespace loiter::scenarios
