// Ways out of a deadlock, in words: what each does, what it did, and what it teaches.
//
// Shape    Pure functions of a run and what was done in it.
#pragma once

#include <string>
#include <string_view>

#include "trace/run.hpp"

namespace loiter::views {

// On a button: "Add a worker".
std::string_view escape_label(trace::Escape how);
// What it would do, in one sentence.
std::string_view escape_tip(trace::Escape how);
// What was done: "A worker was added, for zip (future 2)."
std::string escape_text(const trace::Run& run, const trace::EscapeMark& escape);
// What is to be learnt from it, in one or two sentences.
std::string_view escape_lesson(trace::Escape how);

// The latest way out taken by t; null if there is none.
const trace::EscapeMark* escape_at(const trace::Run& run, Instant t);

}  // namespace loiter::views
