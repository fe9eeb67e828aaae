#include "views/status_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "views/words.hpp"

namespace loiter::views {
namespace {

using trace::RunEnd;

std::string stuck_lanes(const trace::Run& run, Instant t) {
  constexpr std::size_t named_at_most = 3;
  const trace::StuckReport* report = trace::stuck_at(run, t);
  if (report == nullptr) return "nothing can go on";
  std::string text;
  for (std::size_t i = 0; i < std::min(report->lanes.size(), named_at_most); ++i) {
    if (i > 0) text += ", ";
    text += lane_name(run, report->lanes[i]);
  }
  if (report->lanes.size() > named_at_most) text += fmt::format(" and {} more", report->lanes.size() - named_at_most);
  return text;
}

std::string error_words(const trace::RunEnded& ended) {
  if (ended.type.empty()) return "an exception";
  return ended.text.empty() ? ended.type : ended.type + ": " + ended.text;
}

// Some lane waits for an answer from outside of the run, which no pause can hold.
bool has_transfer(const trace::Run& run, Instant t) {
  return std::ranges::any_of(run.lanes(), [t](const trace::Lane& lane) {
    if (lane.waits.empty()) return false;
    const trace::WaitSpan& wait = lane.waits.back();
    return wait.what.on == trace::WaitOn::Io && wait.began <= t && (!wait.ended || *wait.ended > t);
  });
}

std::string without_full_stop(std::string text) {
  while (text.ends_with('.')) text.pop_back();
  return text;
}

std::string ended_text(const trace::Run& run) {
  constexpr const char* again = " Press R to run it again.";
  const std::string when = seconds_text(run.last());
  if (!run.ended()) return "Ended at " + when + "." + again;
  switch (run.ended()->how) {
    case RunEnd::Finished:
      return "Finished after " + when + "." + again;
    case RunEnd::Raised:
      return "After " + when + " the program raised " + without_full_stop(error_words(*run.ended())) + "." + again;
    case RunEnd::Stopped:
      return "Stopped at " + when + "." + again;
    case RunEnd::Stuck:
      return "Stuck at " + when + ": a deadlock was proven and the run was stopped." + again;
    case RunEnd::Timeout:
      return "Stopped at " + when + ": the time for the whole run was over." + again;
  }
  return {};
}

}  // namespace

std::string press_run_text(const trace::Run& run) {
  const std::string& title = run.header().title;
  return "Press Run (Space) to start" + (title.empty() ? "." : " " + title + ".");
}

std::string status_text(const trace::Run& run, Phase phase, Instant t) {
  switch (phase) {
    case Phase::Ready:
      return press_run_text(run);
    case Phase::Running:
      return "Running. Press Space to pause, X to stop.";
    case Phase::Paused:
      return "Paused at " + seconds_text(t) + (has_transfer(run, t) ? "; transfers under way are not held" : "") +
             ". Press Space to go on, S for one step.";
    case Phase::Stuck:
      return "Stuck at " + seconds_text(t) + ": " + stuck_lanes(run, t) +
             ". Choose a way out above, or press X to stop.";
    case Phase::Ended:
      return ended_text(run);
    case Phase::Looking:
      return "Looking back at " + seconds_text(t) + ". Press End to return to now.";
  }
  return {};
}

std::string phase_word(const trace::Run& run, Phase phase) {
  switch (phase) {
    case Phase::Ready:
      return "Ready";
    case Phase::Running:
      return "Running";
    case Phase::Paused:
      return "Paused";
    case Phase::Stuck:
      return "Stuck";
    case Phase::Looking:
      return "Looking back";
    case Phase::Ended:
      break;
  }
  if (!run.ended()) return "Ended";
  switch (run.ended()->how) {
    case RunEnd::Finished:
      return "Finished";
    case RunEnd::Raised:
      return "Raised";
    case RunEnd::Stopped:
      return "Stopped";
    case RunEnd::Stuck:
      return "Stuck";
    case RunEnd::Timeout:
      return "Timed out";
  }
  return {};
}

ClockText clock_text(Instant now, std::optional<Instant> end) {
  return {fmt::format("{:.2f}", to_seconds(now)), end ? "s of " + seconds_text(*end) : "s"};
}

std::string unit_text(Duration unit) {
  const double seconds = to_seconds(unit);
  if (seconds >= 1 || seconds == 0) return fmt::format("1 unit = {:g} s", seconds);
  if (seconds >= 1e-3) return fmt::format("1 unit = {:g} ms", seconds * 1e3);
  if (seconds >= 1e-6) return fmt::format("1 unit = {:g} us", seconds * 1e6);
  return fmt::format("1 unit = {} ns", unit.count());
}

}  // namespace loiter::views
