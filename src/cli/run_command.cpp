#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "base/save_file.hpp"
#include "cli/commands.hpp"
#include "cli/run_output.hpp"
#include "cli/run_summary.hpp"
#include "cli/run_tally.hpp"
#include "engine/session.hpp"
#include "trace/run.hpp"
#include "trace/run_file_lines.hpp"
#include "views/ways_out.hpp"
#include "views/words.hpp"

namespace loiter::cli {
namespace {

// The run as it goes into its file.
class Recording {
 public:
  explicit Recording(std::ostream* file) : m_file(file) {}

  Result<void> begin(const trace::Header& header) {
    if (m_file == nullptr) return {};
    m_text.clear();
    if (auto line = m_lines.header(m_text, header); !line) return line;
    return put();
  }
  Result<void> keep(std::span<const trace::Event> events) {
    if (m_file == nullptr) return {};
    m_text.clear();
    for (const trace::Event& event : events) {
      if (auto line = m_lines.event(m_text, event); !line) return line;
    }
    return put();
  }

 private:
  Result<void> put() {
    m_file->write(m_text.data(), static_cast<std::streamsize>(m_text.size()));
    if (!*m_file) return fail("");  // save_file() knows why, and says it
    return {};
  }

  std::ostream* m_file;
  trace::RunFileLines m_lines;
  std::string m_text;
};

std::string pace_text(const engine::Pace& pace) {
  return pace.is_instant() ? "instant" : pace.rate == 1.0 ? "" : fmt::format("{:g}x", pace.rate);
}

bool shows_picture(const RunCommand& command, const Terminal& terminal) {
  return command.format == RunFormat::Automatic && terminal.screen().can_redraw;
}

engine::Pace pace_of(const RunCommand& command, bool is_watched) {
  const bool waits = is_watched || command.setup.clock == trace::Clock::Live;
  return command.pace.value_or(waits ? engine::Pace{} : engine::Pace::instant());
}

std::unique_ptr<RunOutput> output_of(const RunCommand& command, Terminal& terminal) {
  if (shows_picture(command, terminal)) return picture_output(terminal, pace_text(pace_of(command, true)));
  if (command.format == RunFormat::Json) return json_output(terminal);
  if (command.format == RunFormat::Observations) return observations_output(terminal);
  return transcript_output(terminal);
}

struct Outcome {
  Result<void> shown;  // all that standard output was to get
  Result<void> recorded;
  RunTally tally;
  std::vector<std::string> ways_out;  // deadlocks, and what got the run out of them, for after a picture
  std::string no_way_out;             // why the last deadlock was the end
};

// Deadlocks and ways out of them, one sentence each, as they come.
class WaysOut {
 public:
  explicit WaysOut(const trace::Header& header) : m_run(header) {}

  std::vector<std::string> sentences(std::span<const trace::Event> events) {
    std::vector<std::string> sentences;
    for (const trace::Event& event : events) {
      m_run.apply(event);
      if (const auto* stuck = std::get_if<trace::Stuck>(&event.body)) {
        sentences.push_back(fmt::format("Deadlock at {}: {}", views::seconds_text(event.t), stuck->chain));
      } else if (std::holds_alternative<trace::Escaped>(event.body)) {
        sentences.push_back(fmt::format("Way out at {}: {}", views::seconds_text(event.t),
                                        views::escape_text(m_run, m_run.escapes().back())));
      }
    }
    return sentences;
  }

 private:
  trace::Run m_run;
};

// The run stands still while the program does.
Result<void> hold(engine::Session& session, RunOutput& output, Terminal& terminal) {
  session.pause();
  if (auto left = output.leave(); !left) return left;
  terminal.hold();
  session.resume();
  return output.come_back();
}

// Runs it to its end. What can no longer be shown or recorded stops it; what was recorded until then is kept.
Outcome drive(const RunCommand& command, Terminal& terminal, std::ostream* file) {
  Outcome outcome;
  Recording recording(file);
  const std::unique_ptr<RunOutput> output = output_of(command, terminal);
  const engine::SessionOptions options{.pace = pace_of(command, shows_picture(command, terminal)),
                                       .stop_when_stuck = true,
                                       .escape = command.escape,
                                       .timeout = command.timeout,
                                       .kills = command.kills};
  engine::Session session = command.program ? engine::Session(command.setup, command.program, options)
                                            : engine::Session(command.setup, options);
  const bool has_picture = shows_picture(command, terminal);
  WaysOut ways_out(session.header());
  outcome.recorded = recording.begin(session.header());
  outcome.shown = output->begin(session.header());
  while (!outcome.tally.ended) {
    session.wait_for_news(output->patience());
    const std::vector<trace::Event> events = session.take();
    for (const trace::Event& event : events) outcome.tally.count(event);
    if (outcome.recorded) outcome.recorded = recording.keep(events);
    if (outcome.shown) outcome.shown = output->show(events, session.status().now);
    if (command.escape) {
      for (std::string& sentence : ways_out.sentences(events)) {
        if (has_picture) {
          outcome.ways_out.push_back(std::move(sentence));
        } else {
          complain(terminal, sentence);
        }
      }
    }
    if (outcome.shown && terminal.wants_hold()) outcome.shown = hold(session, *output, terminal);
    if (!outcome.shown || !outcome.recorded || terminal.stop_signal() != 0) session.stop();
  }
  outcome.no_way_out = session.no_way_out();
  if (outcome.shown) outcome.shown = output->end();
  return outcome;
}

// What became of the run, told after what it printed.
int tell(const Outcome& outcome, Terminal& terminal, bool has_picture, bool escapes) {
  if (!outcome.shown) {
    complain(terminal, outcome.shown.error().message);
    return Status::bad_usage;
  }
  for (const std::string& sentence : outcome.ways_out) complain(terminal, sentence);
  const RunTally& tally = outcome.tally;
  const std::string early = early_end_text(*tally.ended, tally.last, tally.futures, tally.finished);
  switch (tally.ended->how) {
    case trace::RunEnd::Finished:
      return Status::finished;
    case trace::RunEnd::Raised:
      terminal.complain(raised_text(*tally.ended) + "\n");
      return Status::raised;
    case trace::RunEnd::Stuck:
      if (!has_picture) complain(terminal, early);
      if (!outcome.no_way_out.empty()) complain(terminal, "No way out of this kind: " + outcome.no_way_out);
      if (!tally.chain.empty() && !escapes) complain(terminal, tally.chain);
      return Status::stuck;
    case trace::RunEnd::Timeout:
      if (!has_picture) complain(terminal, early);
      return Status::timed_out;
    case trace::RunEnd::Stopped:
      if (!has_picture) complain(terminal, early);
      return Status::stopped + std::max(1, terminal.stop_signal());
  }
  return Status::bad_usage;
}

}  // namespace

namespace {

int run_setup(const RunCommand& command, Terminal& terminal) {
  const bool has_picture = shows_picture(command, terminal);
  const StopSignals signals(terminal);
  if (!command.record)
    return tell(drive(command, terminal, nullptr), terminal, has_picture, command.escape.has_value());

  // The file is opened before the run starts and put in its place when the run is over.
  std::optional<Outcome> outcome;
  const Result<void> saved = save_file(*command.record, [&](std::ostream& file) -> Result<void> {
    outcome = drive(command, terminal, &file);
    return outcome->recorded;
  });
  if (outcome && (saved || !outcome->shown)) return tell(*outcome, terminal, has_picture, command.escape.has_value());
  complain(terminal, saved.error().message);
  return Status::bad_usage;
}

}  // namespace

int run_command(const RunCommand& command, Terminal& terminal) {
  if (!command.file) return run_setup(command, terminal);
  RunCommand with_setup = command;
  engine::Choices choices = command.choices;
  auto text = engine::scenario_of_file(*command.file);
  if (text) choices.scenario = std::move(*text);
  auto setup = text ? engine::complete(choices) : tl::unexpected(text.error());
  if (!setup) {
    // FILE:LINE: message, as compilers write it, for editors to jump to.
    terminal.complain(setup.error().message + "\n");
    return Status::bad_usage;
  }
  with_setup.setup = std::move(*setup);
  return run_setup(with_setup, terminal);
}

}  // namespace loiter::cli
