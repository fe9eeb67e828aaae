#include "views/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trace/names.hpp"
#include "views/words.hpp"

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

// "threads 5.00 s (2.00 times as fast)", "processes raised ValueError"; the first is what the others are measured
// against.
std::string part_of_sentence(const ComparedRun& run, bool is_first) {
  std::string text(trace::name_of(run.run.header().mode));
  const std::string stands = compared_text(run.stage, run.run);
  if (!stands.empty()) return text + " " + stands;
  text += " " + seconds_text(run.now);
  if (!is_first && run.figures.speed_up) text += fmt::format(" ({} times as fast)", figure_text(run.figures.speed_up));
  return text;
}

}  // namespace

std::vector<ComparisonFigures> comparison_figures(std::span<const ComparedTime> runs) {
  const auto counts = [](const ComparedTime& run) { return run.finished && run.time.count() > 0; };
  std::vector<ComparisonFigures> all(runs.size());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const ComparedTime& first = *std::ranges::find(runs, runs[i].program, &ComparedTime::program);
    if (!counts(first) || !counts(runs[i])) continue;
    const double speed_up = to_seconds(first.time) / to_seconds(runs[i].time);
    all[i].speed_up = speed_up;
    if (runs[i].workers > 0) all[i].efficiency = speed_up / runs[i].workers;
  }
  return all;
}

std::string compared_time_text(Duration time) {
  constexpr Duration tenth = std::chrono::milliseconds(100);
  if (time <= Duration::zero() || time >= tenth) return seconds_text(time);
  return fmt::format("{:.3g} ms", to_seconds(time) * 1000);
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

std::string work_text(const trace::Header& header) {
  std::string text = fmt::format("{} with {}", header.title, trace::name_of(header.collect));
  for (const auto& [name, value] : header.parameters) {
    if (name != "unit") text += fmt::format(", {}={}", name, value);  // the ruler has it
  }
  return text;
}

std::string turn_text(std::span<const ComparedRun> runs) {
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (runs[i].stage != ComparedStage::Now) continue;
    return fmt::format("Now {}, {} of {}. ", trace::name_of(runs[i].run.header().mode), i + 1, runs.size());
  }
  return {};
}

std::string compared_sentence(std::span<const ComparedRun> runs) {
  const trace::Header& header = runs.front().run.header();
  std::string text = fmt::format("{} with {}: ", header.title, trace::name_of(header.collect));
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (i > 0) text += ", ";
    text += part_of_sentence(runs[i], i == 0);
  }
  return text + ". Press C to compare again.";
}

std::string opened_text(const trace::Run& run) {
  const std::string stands = compared_text(ComparedStage::Over, run);
  return fmt::format("{}: {} at {}. Press Esc to return to the comparison.", mode_title(run.header().mode),
                     stands.empty() ? "finished" : stands, seconds_text(run.last()));
}

std::string workers_text(std::uint32_t workers) { return fmt::format("{} worker{}", workers, workers == 1 ? "" : "s"); }

}  // namespace loiter::views
