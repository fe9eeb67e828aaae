#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/comparison.hpp"
#include "cli/measure.hpp"
#include "cli/sweep_table.hpp"
#include "trace/names.hpp"

namespace loiter::cli {
namespace {

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

// Runs what is to be compared, one after the other, and keeps what went wrong.
class Comparing {
 public:
  Comparing(const CompareCommand& command, std::optional<PythonPeer> python, Terminal& terminal)
      : m_python(std::move(python)),
        m_options{command.pace, command.timeout, std::make_shared<engine::RunServer>()},
        m_terminal(terminal),
        m_progress(terminal) {}

  CompareProgress& progress() { return m_progress; }
  bool is_over() const { return m_terminal.stop_signal() != 0; }
  int status() const { return m_status; }
  const std::vector<std::string>& troubles() const { return m_troubles; }

  // The same work in every mode, and on Python; `where` stands before what went wrong.
  std::vector<ComparisonRow> run(const std::vector<engine::Setup>& setups, const std::string& where) {
    std::vector<ComparisonRow> rows;
    for (const engine::Setup& setup : setups) {
      if (!rows.empty() && is_over()) return rows;
      rows.push_back(kept(measure(setup, m_options, m_terminal, m_progress), where));
    }
    for (const engine::Setup& setup : setups) {
      if (!m_python || is_over()) return rows;
      rows.push_back(kept(measure_python(*m_python, setup, m_options.timeout, m_terminal, m_progress), where));
    }
    return rows;
  }

 private:
  ComparisonRow kept(Measured measured, const std::string& where) {
    const trace::RunEnded& ended = measured.row.ended;
    if (m_status == Status::finished) m_status = status_of(ended, m_terminal);
    if (ended.how != trace::RunEnd::Finished) {
      m_troubles.push_back(fmt::format("{}{}: {}", where, name_of(measured.row), measured.trouble));
    }
    return std::move(measured.row);
  }

  const std::optional<PythonPeer> m_python;
  const MeasureOptions m_options;
  Terminal& m_terminal;
  CompareProgress m_progress;
  int m_status = Status::finished;
  std::vector<std::string> m_troubles;
};

std::string compared(const CompareCommand& command, Comparing& comparing) {
  const std::vector<ComparisonRow> rows = comparing.run(command.setups, "");
  return command.json ? comparison_json(rows) : comparison_head(rows.front().header) + comparison_table(rows);
}

std::string swept(const CompareCommand& command, Comparing& comparing) {
  const engine::SweepPlan& plan = *command.sweep;
  std::vector<SweptRows> points;
  for (const engine::SweepPoint& point : plan.points) {
    if (!points.empty() && comparing.is_over()) break;
    const std::string what = fmt::format("{}={}", plan.parameter, point.value);
    comparing.progress().set_head(fmt::format("{} of {}: {}, ", points.size() + 1, plan.points.size(), what));
    points.push_back({point.value, comparing.run(point.setups, what + ", ")});
  }
  return command.json ? sweep_json(plan.parameter, points) : sweep_table(plan.parameter, points);
}

int compare_setups(const CompareCommand& command, Terminal& terminal) {
  const StopSignals signals(terminal);
  std::optional<PythonPeer> python;
  if (command.with_python) {
    auto met = meet_python(terminal);
    if (!met) {
      complain(terminal, met.error().message);
      return terminal.stop_signal() != 0 ? Status::stopped + terminal.stop_signal()
                                         : static_cast<int>(Status::bad_usage);
    }
    python = std::move(*met);
  }
  std::string text;
  int status = Status::finished;
  std::vector<std::string> troubles;
  {
    Comparing comparing(command, std::move(python), terminal);
    text = command.sweep ? swept(command, comparing) : compared(command, comparing);
    status = comparing.status();
    troubles = comparing.troubles();
  }
  const int printed = print(terminal, text);
  if (printed != Status::finished) return printed;
  for (const std::string& trouble : troubles) complain(terminal, trouble);
  return status;
}

}  // namespace

int compare_command(const CompareCommand& command, Terminal& terminal) {
  if (!command.file) return compare_setups(command, terminal);
  CompareCommand with_setups = command;
  engine::Choices choices = command.choices;
  auto text = engine::scenario_of_file(*command.file);
  if (text) choices.scenario = std::move(*text);
  const Result<void> filled = text ? fill_comparison(with_setups, choices) : tl::unexpected(text.error());
  if (!filled) {
    terminal.complain(filled.error().message + "\n");  // FILE:LINE: message, as run says it
    return Status::bad_usage;
  }
  return compare_setups(with_setups, terminal);
}

}  // namespace loiter::cli
