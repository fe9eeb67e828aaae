#include "cli/lesson_lab.hpp"

#include <fmt/format.h>
#include <stdlib.h>

#include <filesystem>
#include <system_error>

#include "cli/commands.hpp"
#include "cli/run_output.hpp"
#include "cli/run_summary.hpp"
#include "engine/session.hpp"

namespace loiter::cli {
namespace {

constexpr std::chrono::seconds longest_check{30};

Result<engine::Setup> setup_of(const LabOrder& order) {
  engine::Choices choices = order.choices;
  if (order.clock) choices.clock = order.clock;
  if (choices.clock != trace::Clock::Simulated) {
    choices.seed.reset();
    choices.cores.reset();
  }
  return engine::complete(choices);
}

std::vector<engine::ScheduledKill> kills_of(const LabOrder& order) {
  if (!order.kill_process) return {};
  return {{.process = *order.kill_process, .at = order.kill_at}};
}

// Where the files of a check go.
class PassingFolder {
 public:
  PassingFolder() {
    std::error_code ignored;
    std::string name = (std::filesystem::temp_directory_path(ignored) / "loiter-lesson-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) m_path = name;
  }
  ~PassingFolder() {
    std::error_code ignored;
    if (!m_path.empty()) std::filesystem::remove_all(m_path, ignored);
  }
  PassingFolder(const PassingFolder&) = delete;
  PassingFolder& operator=(const PassingFolder&) = delete;
  const std::string& path() const { return m_path; }

 private:
  std::string m_path;
};

}  // namespace

LabOrder order_of(const lessons::Lab& lab) {
  return {.choices = lab.choices, .kill_process = lab.kill_process, .kill_at = lab.kill_at};
}

Result<trace::Run> run_lab(const LabOrder& order, Terminal& terminal) {
  const auto setup = setup_of(order);
  if (!setup) return tl::unexpected(setup.error());
  const bool has_picture = terminal.screen().can_redraw;
  const bool waits = has_picture || setup->clock == trace::Clock::Live;
  const engine::Pace usual = waits ? engine::Pace{} : engine::Pace::instant();
  const auto output = has_picture ? picture_output(terminal, "") : transcript_output(terminal);
  engine::Session session(*setup,
                          {.pace = order.pace.value_or(usual), .stop_when_stuck = true, .kills = kills_of(order)});
  trace::Run run(session.header());
  Result<void> shown = output->begin(session.header());
  while (!run.ended()) {
    session.wait_for_news(output->patience());
    const std::vector<trace::Event> events = session.take();
    for (const trace::Event& event : events) run.apply(event);
    if (shown) shown = output->show(events, session.status().now);
    if (shown && terminal.wants_hold()) {
      session.pause();
      shown = output->leave();
      terminal.hold();
      session.resume();
      if (shown) shown = output->come_back();
    }
    if (!shown || terminal.stop_signal() != 0) session.stop();
  }
  if (shown) shown = output->end();
  if (!shown) return tl::unexpected(shown.error());
  return run;
}

Result<trace::Run> run_lab_unseen(LabOrder order) {
  const PassingFolder folder;
  order.clock = trace::Clock::Simulated;
  auto setup = setup_of(order);
  if (!setup) return tl::unexpected(setup.error());
  if (const auto dir = setup->parameters.find("dir"); dir != setup->parameters.end()) dir->second = folder.path();
  trace::Recording recording = engine::run_to_end(*setup, {.pace = engine::Pace::instant(),
                                                           .stop_when_stuck = true,
                                                           .real_timeout = longest_check,
                                                           .kills = kills_of(order)});
  trace::Run run = trace::fold(recording);
  if (run.ended() && run.ended()->how == trace::RunEnd::Timeout) {
    return fail(fmt::format("it did not end within {} seconds", longest_check.count()));
  }
  return run;
}

}  // namespace loiter::cli
