#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/comparison.hpp"
#include "cli/run_picture.hpp"
#include "cli/run_summary.hpp"
#include "cli/run_tally.hpp"
#include "engine/session.hpp"
#include "trace/names.hpp"
#include "views/words.hpp"

namespace loiter::cli {
namespace {

constexpr std::chrono::milliseconds patience{50};

// One line on standard error that is written over and over, if people look at it.
class Progress {
 public:
  explicit Progress(Terminal& terminal) : m_terminal(terminal), m_is_shown(terminal.error_screen().can_redraw) {}
  ~Progress() {
    if (!m_last.empty()) m_terminal.complain("\r\033[K");
  }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(const engine::Setup& setup, Instant now, const RunTally& tally) {
    if (!m_is_shown) return;
    const Screen screen = m_terminal.error_screen();
    const TextLine line(fmt::format("{}: {}, {} of {} finished", trace::name_of(setup.mode), views::seconds_text(now),
                                    tally.finished, tally.futures));
    std::string text = "\r" + cut(line, screen.columns - 1, screen.utf8).plain() + "\033[K";
    if (text != m_last) m_terminal.complain(text);
    m_last = std::move(text);
  }

 private:
  Terminal& m_terminal;
  const bool m_is_shown;
  std::string m_last;
};

struct Measured {
  ComparisonRow row;
  std::string trouble;  // why it did not finish
};

Measured measure(const engine::Setup& setup, const CompareCommand& command,
                 const std::shared_ptr<engine::RunServer>& server, Terminal& terminal, Progress& progress) {
  const engine::Pace usual = setup.clock == trace::Clock::Live ? engine::Pace{} : engine::Pace::instant();
  engine::Session session(
      setup,
      {.pace = command.pace.value_or(usual), .stop_when_stuck = true, .timeout = command.timeout, .server = server});
  Measured measured{.row = {.header = session.header()}};
  RunTally tally;
  while (!tally.ended) {
    session.wait_for_news(patience);
    for (const trace::Event& event : session.take()) tally.count(event);
    progress.show(setup, session.status().now, tally);
    if (terminal.stop_signal() != 0) session.stop();
  }
  measured.row.time = tally.last.time_since_epoch();
  measured.row.ended = *tally.ended;
  const trace::RunEnded& ended = measured.row.ended;
  measured.trouble = early_end_text(ended, tally.last, tally.futures, tally.finished);
  if (ended.how == trace::RunEnd::Raised) measured.trouble = raised_text(ended);
  if (ended.how == trace::RunEnd::Stuck) measured.trouble = tally.chain;
  return measured;
}

int status_of(const trace::RunEnded& ended, const Terminal& terminal) {
  switch (ended.how) {
    case trace::RunEnd::Finished:
      return Status::finished;
    case trace::RunEnd::Raised:
      return Status::raised;
    case trace::RunEnd::Stuck:
      return Status::stuck;
    case trace::RunEnd::Timeout:
      return Status::timed_out;
    case trace::RunEnd::Stopped:
      return Status::stopped + std::max(1, terminal.stop_signal());
  }
  return Status::finished;
}

// What was done, above the table: the mode is in the rows.
std::string head_of(const trace::Header& header) {
  std::string text = fmt::format("{}: {}", header.title, trace::name_of(header.collect));
  for (const auto& [name, value] : header.parameters) text += fmt::format(", {}={}", name, value);
  if (header.gil != trace::GilKind::None) text += ", " + gil_text(header);
  return text + "\n\n";
}

}  // namespace

int compare_command(const CompareCommand& command, Terminal& terminal) {
  const StopSignals signals(terminal);
  std::vector<ComparisonRow> rows;
  std::vector<std::string> troubles;
  int status = Status::finished;
  {
    Progress progress(terminal);
    const auto server = std::make_shared<engine::RunServer>();
    for (const engine::Setup& setup : command.setups) {
      Measured measured = measure(setup, command, server, terminal, progress);
      if (status == Status::finished) status = status_of(measured.row.ended, terminal);
      if (measured.row.ended.how != trace::RunEnd::Finished) {
        troubles.push_back(fmt::format("{}: {}", trace::name_of(setup.mode), measured.trouble));
      }
      rows.push_back(std::move(measured.row));
      if (terminal.stop_signal() != 0) break;
    }
  }
  const std::string text = command.json ? comparison_json(rows) : head_of(rows.front().header) + comparison_table(rows);
  const int printed = print(terminal, text);
  if (printed != Status::finished) return printed;
  for (const std::string& trouble : troubles) complain(terminal, trouble);
  return status;
}

}  // namespace loiter::cli
