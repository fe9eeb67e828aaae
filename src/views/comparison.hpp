// Comparison: the same work in several modes, in figures and in words.
//
// Shape    Plain values and pure functions. The first of several runs is the sequential one; all are measured against it, or those of another
//          program against its own first one.
// Units    Lab time. Speed-up is the time of the first run over that of the run, efficiency the speed-up per worker.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "trace/run.hpp"

namespace loiter::views {

struct ComparedTime {
  std::uint32_t workers = 0;
  Duration time{};
  bool finished = false;  // to its end, without an exception of the program
  int program = 0;        // who did the work: 0 the lab, else another program
};

struct ComparisonFigures {
  std::optional<double> speed_up;
  std::optional<double> efficiency;
  friend bool operator==(const ComparisonFigures&, const ComparisonFigures&) = default;
};

// For each run, against the first of the same program. One that did not finish has no figures, and none has any if that
// first one did not.
std::vector<ComparisonFigures> comparison_figures(std::span<const ComparedTime> runs);

// "2.00", or "-".
// "1.20 s"; what is under a tenth of a second "12.3 ms", so that it can be compared.
std::string compared_time_text(Duration time);
std::string figure_text(std::optional<double> figure);

// How one of the runs that are compared stands.
enum class ComparedStage : std::uint8_t {
  Next,    // waits for its turn
  Now,     // goes
  Over,    // for how it ended, its RunEnded is asked
  NotRun,  // the comparison was stopped before its turn
};

// One of the runs, as it stands at a moment.
struct ComparedRun {
  const trace::Run& run;
  ComparedStage stage = ComparedStage::Next;
  Instant now{};  // how far its clock has come
  ComparisonFigures figures = {};
  std::optional<Instant> expected_end = std::nullopt;
  std::uint64_t number = 0;  // another number: another run
};

// What stands in place of the figures: "runs next", "runs now", "raised ValueError"; empty for one that finished.
std::string compared_text(ComparedStage stage, const trace::Run& run);

// "Sequential", "Threads", "Processes": as the setup calls them.
std::string_view mode_title(trace::Mode mode);

// "3 workers".
std::string workers_text(std::uint32_t workers);

// What is compared: "loiter with map, tasks=5".
std::string work_text(const trace::Header& header);

// The sentence of the status line: what it begins with while one of the runs goes ("Now threads, 2 of 3. "; else empty),
// and once all are over.
std::string turn_text(std::span<const ComparedRun> runs);
std::string compared_sentence(std::span<const ComparedRun> runs);
// While one of them has the screen for itself, and is over.
std::string opened_text(const trace::Run& run);

}  // namespace loiter::views
