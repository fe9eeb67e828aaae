// Marks: the characters that states, bars and waits are drawn with, in UTF-8 and in ASCII.
//
// Shape    Constants. Every mark takes one column. Common fonts of terminals have them.
#pragma once

#include <string_view>

#include "views/state_look.hpp"

namespace loiter::cli {

struct Marks {
  std::string_view pending, running, returned, raised, cancelled, waiting, call_queue,
      stuck;  // signs, and heads of bars
  std::string_view running_bar, returned_bar, raised_bar, cancelled_bar, waiting_bar, stuck_bar;
  std::string_view bar_end;      // the last column of a bar: a narrow gap before the next one
  std::string_view known;        // what is known to come
  std::string_view idle;         // a lane that has nothing to do
  std::string_view instant;      // a task of no length
  std::string_view delivered;    // by map, result and wait
  std::string_view as_finished;  // by as_completed
  std::string_view rule;
};

inline constexpr Marks utf8_marks{.pending = "○",
                                  .running = "►",
                                  .returned = "✓",
                                  .raised = "✗",
                                  .cancelled = "⊘",
                                  .waiting = "░",
                                  .call_queue = "▷",
                                  .stuck = "■",
                                  .running_bar = "━",
                                  .returned_bar = "═",
                                  .raised_bar = "╱",
                                  .cancelled_bar = "─",
                                  .waiting_bar = "░",
                                  .stuck_bar = "▓",
                                  .bar_end = "▌",
                                  .known = "┄",
                                  .idle = "·",
                                  .instant = "│",
                                  .delivered = "◆",
                                  .as_finished = "◇",
                                  .rule = "─"};

inline constexpr Marks ascii_marks{.pending = "o",
                                   .running = ">",
                                   .returned = "v",
                                   .raised = "x",
                                   .cancelled = "/",
                                   .waiting = ":",
                                   .call_queue = "}",
                                   .stuck = "!",
                                   .running_bar = "=",
                                   .returned_bar = "-",
                                   .raised_bar = "/",
                                   .cancelled_bar = "~",
                                   .waiting_bar = ":",
                                   .stuck_bar = "#",
                                   .bar_end = "",
                                   .known = ".",
                                   .idle = " ",
                                   .instant = "|",
                                   .delivered = "*",
                                   .as_finished = "+",
                                   .rule = "-"};

constexpr const Marks& marks_of(bool utf8) { return utf8 ? utf8_marks : ascii_marks; }

constexpr std::string_view sign_of(const Marks& marks, views::StateLook look) {
  using views::StateLook;
  switch (look) {
    case StateLook::Pending:
      return marks.pending;
    case StateLook::Running:
      return marks.running;
    case StateLook::Returned:
      return marks.returned;
    case StateLook::Raised:
      return marks.raised;
    case StateLook::Cancelled:
    case StateLook::CancelledNotified:
      return marks.cancelled;
    case StateLook::Waiting:
      return marks.waiting;
    case StateLook::CallQueue:
      return marks.call_queue;
    case StateLook::Stuck:
      return marks.stuck;
  }
  return " ";
}

constexpr std::string_view bar_of(const Marks& marks, views::StateLook look) {
  using views::StateLook;
  switch (look) {
    case StateLook::Returned:
      return marks.returned_bar;
    case StateLook::Raised:
      return marks.raised_bar;
    case StateLook::Cancelled:
    case StateLook::CancelledNotified:
      return marks.cancelled_bar;
    case StateLook::Waiting:
      return marks.waiting_bar;
    case StateLook::Stuck:
      return marks.stuck_bar;
    default:
      return marks.running_bar;
  }
}

}  // namespace loiter::cli
