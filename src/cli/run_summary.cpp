#include "cli/run_summary.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "views/futures_table.hpp"
#include "views/words.hpp"

namespace loiter::cli {
namespace {

using runtime::WaitOn;

bool is_own_work(WaitOn on) { return on == WaitOn::Sleep || on == WaitOn::Io; }

// Time in this lane's tasks that were not nested in others, waits for anybody else taken off.
Duration work_of(const trace::Lane& lane) {
  Duration work{};
  auto wait = lane.waits.begin();
  for (const trace::TaskSpan& task : lane.tasks) {
    if (!task.ended || task.outcome == trace::Outcome::Aborted || task.depth > 0) continue;
    work += *task.ended - task.began;
    while (wait != lane.waits.end() && wait->began < task.began) ++wait;
    for (; wait != lane.waits.end() && wait->began < *task.ended; ++wait) {
      if (!is_own_work(wait->what.on)) work -= std::min(wait->ended.value_or(*task.ended), *task.ended) - wait->began;
    }
  }
  return work;
}

// Speed-up is a claim about tasks side by side.
bool ran_side_by_side(const trace::Run& run) {
  return run.header().mode != trace::Mode::Sequential && run.header().workers > 1;
}

}  // namespace

RunSummary summary_of(const trace::Run& run, Instant now) {
  RunSummary summary{.time = now.time_since_epoch()};
  for (const trace::Lane& lane : run.lanes()) summary.work += work_of(lane);
  const views::FuturesCount count = views::count_futures(run, now);
  summary.futures = count.submitted;
  summary.finished = count.finished;
  return summary;
}

std::string summary_text(const trace::Run& run) {
  const RunSummary summary = summary_of(run, run.last());
  const trace::RunEnded ended = run.ended().value_or(trace::RunEnded{});
  const std::string when = views::seconds_text(run.last());
  if (ended.how == trace::RunEnd::Raised) return fmt::format("The program raised {} after {}.", ended.type, when);
  if (ended.how != trace::RunEnd::Finished) {
    return early_end_text(ended, run.last(), summary.futures, summary.finished);
  }
  std::string text = fmt::format("Finished after {}.", when);
  if (summary.work.count() <= 0) return text;
  text += fmt::format(" Work {}", views::seconds_text(summary.work));
  if (!ran_side_by_side(run) || summary.time.count() <= 0) return text + ".";
  const double speed_up = to_seconds(summary.work) / to_seconds(summary.time);
  return text + fmt::format(": speed-up {:.2f}, efficiency {:.2f}.", speed_up, speed_up / run.header().workers);
}

std::string early_end_text(const trace::RunEnded& ended, Instant at, std::size_t futures, std::size_t finished) {
  const char* how = nullptr;
  switch (ended.how) {
    case trace::RunEnd::Finished:
    case trace::RunEnd::Raised:
      return {};
    case trace::RunEnd::Stopped:
      how = "Stopped";
      break;
    case trace::RunEnd::Stuck:
      how = "Stuck, and stopped,";
      break;
    case trace::RunEnd::Timeout:
      how = "Timed out";
      break;
  }
  const std::string text = fmt::format("{} at {}: {} of {} {} had finished.", how, views::seconds_text(at), finished,
                                       futures, futures == 1 ? "future" : "futures");
  return at < end_of_time ? text : text + " The lab's clock holds no more than 285 years.";
}

std::string raised_text(const trace::RunEnded& ended) {
  return ended.text.empty() ? ended.type : ended.type + ": " + ended.text;
}

}  // namespace loiter::cli
