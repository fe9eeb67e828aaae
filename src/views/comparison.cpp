#include "views/comparison.hpp"

#include <fmt/format.h>

namespace loiter::views {
namespace {

using trace::RunEnd;

std::string end_text(const trace::RunEnded& ended) {
  switch (ended.how) {
    case RunEnd::Finished:
      return {};
    case RunEnd::Raised:
      return ended.type.empty() ? "raised an exception" : "raised " + ended.type;
    case RunEnd::Stopped:
      return "stopped";
    case RunEnd::Stuck:
      return "stuck";
    case RunEnd::Timeout:
      return "timed out";
  }
  return {};
}

}  // namespace

std::vector<ComparisonFigures> comparison_figures(std::span<const ComparedTime> runs) {
  const auto counts = [](const ComparedTime& run) { return run.finished && run.time.count() > 0; };
  std::vector<ComparisonFigures> all(runs.size());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (!counts(runs.front()) || !counts(runs[i])) continue;
    const double speed_up = to_seconds(runs.front().time) / to_seconds(runs[i].time);
    all[i].speed_up = speed_up;
    if (runs[i].workers > 0) all[i].efficiency = speed_up / runs[i].workers;
  }
  return all;
}

std::string figure_text(std::optional<double> figure) { return figure ? fmt::format("{:.2f}", *figure) : "-"; }

std::string compared_text(ComparedStage stage, const trace::Run& run) {
  switch (stage) {
    case ComparedStage::Next:
      return "runs next";
    case ComparedStage::Now:
      return "runs now";
    case ComparedStage::NotRun:
      return "not run";
    case ComparedStage::Over:
      break;
  }
  return run.ended() ? end_text(*run.ended()) : "ended";
}

std::string_view mode_title(trace::Mode mode) {
  switch (mode) {
    case trace::Mode::Sequential:
      return "Sequential";
    case trace::Mode::Threads:
      return "Threads";
    case trace::Mode::Processes:
      return "Processes";
  }
  return {};
}

std::string workers_text(std::uint32_t workers) { return fmt::format("{} worker{}", workers, workers == 1 ? "" : "s"); }

}  // namespace loiter::views
