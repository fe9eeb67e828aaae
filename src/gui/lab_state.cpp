#include "gui/lab_state.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"

namespace loiter::gui {
namespace {

// A simulated run of few tasks takes about a millisecond: short enough to run it once unseen and know when it ends.
constexpr std::int64_t most_tasks_to_predict = 200;
constexpr std::chrono::milliseconds longest_prediction{200};

}  // namespace

LabState::LabState(std::function<void()> on_news)
    : m_on_news(std::move(on_news)), m_experiment(&engine::all_experiments().front()) {
  choose_experiment(m_experiment->name);
}

void LabState::choose_experiment(const std::string& name) {
  const engine::Experiment* experiment = engine::find_experiment(name);
  LOITER_ASSERT(experiment != nullptr, "the window offers known experiments only");
  m_experiment = experiment;
  engine::Choices choices{.experiment = name};
  choices.mode = m_choices.mode.value_or(trace::Mode::Threads);
  choices.workers = experiment->usual_workers;
  choices.collect = experiment->usual_collect;
  choices.clock = m_choices.clock.value_or(trace::Clock::Live);
  m_choices = std::move(choices);
  if (const auto setup = engine::complete(m_choices); setup && !m_has_run)
    m_run = trace::Run(engine::header_of(*setup));
}

void LabState::set_choices(engine::Choices choices) {
  m_choices.mode = choices.mode ? choices.mode : m_choices.mode;
  m_choices.collect = choices.collect ? choices.collect : m_choices.collect;
  m_choices.clock = choices.clock ? choices.clock : m_choices.clock;
  choose_experiment(choices.experiment);
  if (choices.workers) m_choices.workers = choices.workers;
  m_choices.seed = choices.seed;
  m_choices.parameters = std::move(choices.parameters);
}

std::string LabState::parameter(const std::string& name) const {
  if (const auto it = m_choices.parameters.find(name); it != m_choices.parameters.end()) return it->second;
  const auto it = std::ranges::find(m_experiment->parameters, name, &engine::Parameter::name);
  return it == m_experiment->parameters.end() ? "" : it->usual;
}

engine::Listing LabState::listing() const {
  if (m_setup) return engine::find_experiment(m_setup->experiment)->listing(*m_setup);
  const auto setup = engine::complete(m_choices);
  return setup ? m_experiment->listing(*setup) : engine::Listing{};
}

std::uint64_t LabState::listing_version() const {
  if (m_setup) return m_generation * 2 + 1;
  std::size_t hash = std::hash<std::string>{}(m_choices.experiment);
  const auto mix = [&](std::size_t value) { hash = hash * 1'000'003 + value; };
  mix(static_cast<std::size_t>(m_choices.mode.value_or(trace::Mode::Threads)));
  mix(static_cast<std::size_t>(m_choices.collect.value_or(trace::Collect::Map)));
  mix(static_cast<std::size_t>(m_choices.workers.value_or(0)));
  for (const auto& [name, value] : m_choices.parameters) mix(std::hash<std::string>{}(name + '=' + value));
  return hash * 2;
}

bool LabState::is_setup_changed() const {
  if (!m_setup) return false;
  const auto setup = engine::complete(m_choices);
  return !setup || !(*setup == *m_setup);
}

void LabState::run() { start(false); }

void LabState::start(bool paused) {
  auto setup = engine::complete(m_choices);
  if (!setup) {
    m_message = setup.error().message;
    return;
  }
  m_message.clear();
  m_session.reset();
  new_run(engine::header_of(*setup));
  predict_end(*setup);
  m_setup = std::move(*setup);
  m_session = std::make_unique<engine::Session>(
      *m_setup, engine::SessionOptions{.pace = pace(), .start_paused = paused, .on_news = m_on_news});
  m_run = trace::Run(m_session->header());
  m_status = {};
  look_at_session();
}

// For the buttons, between two updates. That it has ended is told by update(), together with its last events.
void LabState::look_at_session() { m_status.paused = m_session->status().paused; }

void LabState::new_run(trace::Header header) {
  m_run = trace::Run(std::move(header));
  m_has_run = true;
  m_is_recorded = false;
  m_setup.reset();
  m_now = Instant{};
  m_taken.clear();
  m_folded = 0;
  m_playhead.reset();
  m_expected_end.reset();
  ++m_generation;
}

void LabState::predict_end(const engine::Setup& setup) {
  if (setup.clock != trace::Clock::Simulated) return;
  if (setup.parameters.contains("tasks") && setup.count("tasks") > most_tasks_to_predict) return;
  const trace::Recording recording = engine::run_to_end(
      setup, {.pace = engine::Pace::instant(), .stop_when_stuck = true, .real_timeout = longest_prediction});
  const auto* ended = std::get_if<trace::RunEnded>(&recording.events.back().body);
  if (ended != nullptr && ended->how == trace::RunEnd::Finished) m_expected_end = recording.events.back().t;
}

void LabState::run_or_pause() {
  if (is_going()) {
    pause_or_resume();
  } else {
    run();
  }
}

void LabState::pause_or_resume() {
  if (!is_going()) return;
  follow();
  if (m_status.paused) {
    m_session->resume();
  } else {
    m_session->pause();
  }
  look_at_session();
}

void LabState::step() {
  if (!is_going()) {
    start(true);
    if (!is_going()) return;
  }
  follow();
  if (!m_status.paused) m_session->pause();
  m_session->step();
  look_at_session();
}

void LabState::stop() {
  if (m_session) m_session->stop();
}

void LabState::kill_worker(const std::string& lane_name) {
  if (!is_going() || m_session->kill_worker(lane_name)) return;
  say(lane_name + " has ended already.");
}

void LabState::set_speed(double lab_seconds_per_second) {
  m_speed = lab_seconds_per_second;
  m_instant = false;
  if (m_session) m_session->set_pace(pace());
}

void LabState::set_instant(bool instant) {
  m_instant = instant;
  if (m_session) m_session->set_pace(pace());
}

void LabState::show(trace::Recording recording) {
  m_session.reset();
  new_run(recording.header);
  m_is_recorded = true;
  for (const trace::Event& event : recording.events) m_run.apply(event);
  m_now = m_run.last();
  if (const auto setup = engine::setup_of(recording.header)) {
    m_setup = *setup;
    set_choices({.experiment = setup->experiment,
                 .mode = setup->mode,
                 .workers = setup->workers,
                 .collect = setup->collect,
                 .clock = setup->clock,
                 .parameters = setup->parameters});
  }
}

bool LabState::update(std::chrono::nanoseconds budget) {
  if (!m_session) return false;
  const bool was_going = is_going();
  if (!is_behind()) {
    // The status first: what it says has ended has all its events in what is taken below.
    m_coming = m_session->status();
    m_session->take(m_taken);
    m_folded = 0;
  }
  const bool has_news = is_behind();
  fold_until(std::chrono::steady_clock::now() + budget);
  const Instant before = m_now;
  if (is_behind()) {
    m_status.paused = m_coming.paused;
    m_now = std::max(m_now, m_run.last());
  } else {
    m_status = m_coming;
    m_now = m_status.ended ? m_run.last() : std::max({m_now, m_status.now, m_run.last()});
  }
  return has_news || m_now != before || was_going != is_going();
}

void LabState::fold_until(std::chrono::steady_clock::time_point end) {
  constexpr std::size_t between_looks = 64;  // at the clock
  while (is_behind()) {
    m_run.apply(m_taken[m_folded++]);
    if (m_folded % between_looks == 0 && std::chrono::steady_clock::now() >= end) return;
  }
}

views::Phase LabState::phase() const {
  if (!m_has_run) return views::Phase::Ready;
  if (m_playhead && *m_playhead != m_now) return views::Phase::Looking;
  if (!is_going()) return views::Phase::Ended;
  if (m_status.stuck) return views::Phase::Stuck;
  return m_status.paused ? views::Phase::Paused : views::Phase::Running;
}

void LabState::move_playhead(Instant t) {
  if (!m_has_run) return;
  m_playhead = std::clamp(t, Instant{}, m_now);
  if (*m_playhead == m_now && !is_going()) m_playhead.reset();
}

}  // namespace loiter::gui
