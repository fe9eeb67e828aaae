// Words: how the screen names futures, states, waits and what a lane is doing. One wording for every panel.
//
// Shape    Pure functions of a run and an instant.
// Units    Lab time; times in sentences are seconds with two digits.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trace/run.hpp"
#include "views/state_look.hpp"

namespace loiter::views {

// "3.40 s": always seconds, so that two times in one picture can be compared.
std::string seconds_text(Instant t);
std::string seconds_text(Duration d);

// "loiter(3)", or "future 4" when it has no label or is not known.
std::string future_name(const trace::Run& run, FutureId id);
// What a label says beyond its function: "CN" of "flag('CN')"; one without a text in quotes as it is.
std::string brief_label(std::string_view label);
// The member of an enumeration without what stands around it: "OK" of "<DownloadStatus.OK: 1>"; else the value as it is.
std::string brief_value(std::string_view repr);
std::string lane_name(const trace::Run& run, LaneId id);

// How the future looks at an instant; none before it was submitted.
std::optional<StateLook> look_at(const trace::FutureRow& future, Instant t);

// What a wait is for, whole and without its first words: "result of loiter(4)", "loiter(4)".
struct WaitWords {
  std::string full;
  std::string brief;
};
WaitWords wait_words(const trace::Run& run, const trace::WaitSpan& wait);

// Proven at t never to go on.
bool lane_is_stuck(const trace::Run& run, LaneId lane, Instant t);

// What a lane is doing at an instant.
struct Doing {
  std::string what;               // "sleeps inside loiter(4)"
  std::string detail;             // "wakes at 5.00 s"; may be empty
  std::string brief;              // both in one short line: "sleeps, wakes at 5.00 s"
  std::optional<StateLook> look;  // Waiting, Stuck, Running; none: idle or not there
  bool idle = false;
  friend bool operator==(const Doing&, const Doing&) = default;
};
Doing doing_at(const trace::Run& run, const trace::Lane& lane, Instant t);

// A worker without work.
bool is_idle_wait(const trace::WaitSpan& wait);

// All that is known of a wait at t, a fact a line, for a tooltip.
std::vector<std::string> wait_facts(const trace::Run& run, const trace::Lane& lane, const trace::WaitSpan& wait,
                                    Instant t);

// <Future at 0x... state=finished returned int>, as Python's repr() would print it; a run knows no addresses.
std::string python_future_repr(const trace::FutureRow& future, Instant t);

}  // namespace loiter::views
