#include "cli/measure.hpp"

#include <fmt/format.h>

#include "cli/run_summary.hpp"
#include "cli/run_tally.hpp"
#include "cli/text_line.hpp"
#include "engine/python_peer.hpp"
#include "engine/session.hpp"
#include "trace/names.hpp"
#include "views/words.hpp"

namespace loiter::cli {
namespace {

constexpr std::chrono::milliseconds patience{50};
constexpr std::chrono::seconds longest_answer{10};

std::string trouble_of(const trace::RunEnded& ended, const RunTally& tally) {
  if (ended.how == trace::RunEnd::Raised) return raised_text(ended);
  if (ended.how == trace::RunEnd::Stuck) return tally.chain;
  return early_end_text(ended, tally.last, tally.futures, tally.finished);
}

}  // namespace

CompareProgress::~CompareProgress() {
  if (!m_last.empty()) m_terminal.complain("\r\033[K");
}

void CompareProgress::show(const std::string& what) {
  if (!m_is_shown) return;
  const Screen screen = m_terminal.error_screen();
  const TextLine line(fmt::format("{}{}", m_head, what));
  std::string text = "\r" + cut(line, screen.columns - 1, screen.utf8).plain() + "\033[K";
  if (text != m_last) m_terminal.complain(text);
  m_last = std::move(text);
}

Measured measure(const engine::Setup& setup, const MeasureOptions& options, Terminal& terminal,
                 CompareProgress& progress) {
  const engine::Pace usual = setup.clock == trace::Clock::Live ? engine::Pace{} : engine::Pace::instant();
  engine::Session session(setup, {.pace = options.pace.value_or(usual),
                                  .stop_when_stuck = true,
                                  .timeout = options.timeout,
                                  .server = options.server});
  Measured measured{.row = {.header = session.header()}};
  RunTally tally;
  while (!tally.ended) {
    session.wait_for_news(patience);
    for (const trace::Event& event : session.take()) tally.count(event);
    progress.show(fmt::format("{}: {}, {} of {} finished", name_of(measured.row),
                              views::seconds_text(session.status().now), tally.finished, tally.futures));
    if (terminal.stop_signal() != 0) session.stop();
  }
  measured.row.time = tally.last.time_since_epoch();
  measured.row.ended = *tally.ended;
  measured.trouble = trouble_of(*tally.ended, tally);
  return measured;
}

Result<PythonPeer> meet_python(Terminal& terminal) {
  auto path = engine::find_python();
  if (!path) return tl::unexpected(path.error());
  auto run = engine::PythonRun::ask_name(*path);
  if (!run) return tl::unexpected(run.error());
  const auto until = std::chrono::steady_clock::now() + longest_answer;
  for (;;) {
    if (const auto outcome = (*run)->wait(patience)) {
      if (!outcome->trouble.empty()) return fail(fmt::format("--with-python: {}", outcome->trouble));
      return PythonPeer{.path = *path, .name = outcome->output};
    }
    if (terminal.stop_signal() != 0) return fail("Stopped before python3 had said which one it is.");
    if (std::chrono::steady_clock::now() >= until) {
      return fail(fmt::format("--with-python: {} has not said for 10 seconds which one it is.", *path));
    }
  }
}

Measured measure_python(const PythonPeer& python, const engine::Setup& setup, Timeout timeout, Terminal& terminal,
                        CompareProgress& progress) {
  Measured measured{.row = {.header = engine::header_of(setup), .program = python.name}};
  const auto ended = [&](trace::RunEnd how, std::string why) {
    measured.row.ended.how = how;
    measured.trouble = std::move(why);
    return measured;
  };
  auto run = engine::PythonRun::start(python.path, setup);
  if (!run) return ended(trace::RunEnd::Raised, run.error().message);
  const auto began = std::chrono::steady_clock::now();
  for (;;) {
    const auto outcome = (*run)->wait(patience);
    measured.row.time = std::chrono::steady_clock::now() - began;
    const std::string took = views::seconds_text(measured.row.time);
    if (outcome && !outcome->trouble.empty()) return ended(trace::RunEnd::Raised, outcome->trouble);
    if (outcome) {
      measured.row.time = outcome->time;
      return measured;
    }
    progress.show(fmt::format("{}: {}", name_of(measured.row), took));
    if (terminal.stop_signal() != 0) return ended(trace::RunEnd::Stopped, fmt::format("Stopped at {}.", took));
    if (timeout && measured.row.time >= *timeout) {
      return ended(trace::RunEnd::Timeout, fmt::format("Timed out after {}.", took));
    }
  }
}

}  // namespace loiter::cli
