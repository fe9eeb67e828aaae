#include "gui/lab_state.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"
#include "engine/scenario_files.hpp"

namespace loiter::gui {
namespace {

// A simulated run of few tasks takes about a millisecond: short enough to run it once unseen and know when it ends.
constexpr std::int64_t most_tasks_to_predict = 200;
constexpr std::chrono::milliseconds longest_prediction{200};

}  // namespace

LabState::LabState(std::function<void()> on_news, engine::Program program)
    : m_on_news(std::move(on_news)), m_program(std::move(program)), m_experiment(&engine::all_experiments().front()) {
  adopt_experiment(m_experiment->name);
}

void LabState::choose_experiment(const std::string& name) {
  const bool is_scenario = engine::is_scenario({.experiment = name});
  if (is_changed_by_user(is_scenario ? "scenario" : "experiment")) adopt_experiment(name);
}

void LabState::adopt_experiment(const std::string& name) {
  m_kills.clear();
  if (engine::is_scenario({.experiment = name})) {
    m_file.reset();
    adopt_scenario({.experiment = name});
    return;
  }
  const engine::Experiment* experiment = engine::find_experiment(name);
  LOITER_ASSERT(experiment != nullptr, "the window offers known experiments only");
  m_file.reset();
  leave_comparison();
  m_experiment = experiment;
  engine::Choices choices{.experiment = name};
  choices.mode = m_choices.mode.value_or(trace::Mode::Threads);
  choices.collect = experiment->usual_collect;
  choices.clock = m_choices.clock.value_or(trace::Clock::Live);
  choices.workers = engine::usual_workers(*experiment, *choices.clock, m_choices.cores);
  choices.gil = m_choices.gil;
  choices.gil_interval = m_choices.gil_interval;
  choices.cores = m_choices.cores;
  m_choices = std::move(choices);
  if (const auto setup = engine::complete(m_choices); setup && !has_run())
    m_hand.run = trace::Run(engine::header_of(*setup));
}

// The machine stays as it is where nothing else is asked for.
void LabState::adopt_machine(const engine::Choices& choices) {
  if (choices.gil) m_choices.gil = choices.gil;
  if (choices.gil_interval) m_choices.gil_interval = choices.gil_interval;
  if (choices.cores) m_choices.cores = choices.cores;
}

int LabState::cores() const {
  return static_cast<int>(m_choices.cores.value_or(trace::simulated_cores({.clock = trace::Clock::Simulated})));
}

void LabState::set_next_gil() {
  constexpr int positions = 4;
  set_gil(static_cast<engine::GilKind>((static_cast<int>(gil()) + 1) % positions));
}

// Says so if it may not be.
bool LabState::is_changed_by_user(const std::string& setting) {
  if (may_change(setting)) return true;
  m_message = m_fixed->why;
  return false;
}

void LabState::set_mode(trace::Mode mode) {
  if (is_changed_by_user("mode")) m_choices.mode = mode;
}

void LabState::set_collect(trace::Collect collect) {
  if (is_changed_by_user("collect")) m_choices.collect = collect;
}

void LabState::set_clock(trace::Clock clock) {
  if (is_changed_by_user("clock")) m_choices.clock = clock;
}

void LabState::set_workers(int workers) {
  if (is_changed_by_user("workers")) m_choices.workers = workers;
}

void LabState::set_gil(engine::GilKind kind) {
  if (is_changed_by_user("gil")) m_choices.gil = kind;
}

void LabState::set_gil_interval(Duration interval) {
  if (is_changed_by_user("gil_interval")) m_choices.gil_interval = interval;
}

void LabState::set_cores(int cores) {
  if (is_changed_by_user("cores")) m_choices.cores = cores;
}

bool LabState::is_held_back() {
  if (m_held_back.empty()) return false;
  m_message = m_held_back;
  return true;
}

LabRun LabState::take_run_shown() {
  if (is_going() || m_comparison) return {};
  m_session.reset();
  return std::exchange(m_hand, {});
}

bool LabState::set_up(const engine::Choices& choices, std::vector<engine::ScheduledKill> kills, LabRun run) {
  const auto filled = engine::is_scenario(choices) ? engine::with_scenario(choices) : Result<engine::Choices>(choices);
  const auto setup = filled ? engine::complete(*filled) : tl::unexpected(filled.error());
  if (!setup) {
    m_message = setup.error().message;
    return false;
  }
  leave_comparison();
  m_session.reset();
  m_sweep.reset();
  m_playhead.reset();
  m_file.reset();
  m_message.clear();
  m_fixed.reset();
  m_experiment = engine::find_experiment(setup->experiment);
  m_choices = *filled;
  m_choices.mode = setup->mode;
  m_choices.collect = setup->collect;
  m_choices.clock = setup->clock;
  m_choices.workers = filled->workers.value_or(engine::usual_workers(*m_experiment, setup->clock, filled->cores));
  m_kills = std::move(kills);
  m_hand = std::move(run);
  if (m_hand.number == 0) m_hand.run = trace::Run(engine::header_of(*setup));
  m_status = {};
  m_is_recorded = false;
  m_taken.clear();
  m_folded = 0;
  return true;
}

void LabState::fix_setup(std::set<std::string> changeable, std::string why) {
  m_fixed = Fixed{std::move(changeable), std::move(why)};
}

// Mode and workers are the scenario's own, unless they were chosen.
bool LabState::adopt_scenario(const engine::Choices& choices) {
  auto filled = engine::with_scenario(choices);
  const auto setup = filled ? engine::complete(*filled) : tl::unexpected(filled.error());
  if (!setup) {
    m_message = setup.error().message;
    return false;
  }
  leave_comparison();
  m_message.clear();
  adopt_machine(*filled);  // a scenario may ask for a lock of its own
  m_experiment = engine::find_experiment(setup->experiment);
  filled->mode = setup->mode;
  filled->workers = setup->workers;
  filled->collect = setup->collect;
  filled->clock = choices.clock.value_or(m_choices.clock.value_or(trace::Clock::Live));
  filled->gil = m_choices.gil;
  filled->gil_interval = m_choices.gil_interval;
  filled->cores = m_choices.cores;
  m_choices = std::move(*filled);
  if (!has_run()) m_hand.run = trace::Run(engine::header_of(*setup));
  return true;
}

bool LabState::open_scenario(const std::string& path, engine::Choices choices) {
  auto text = engine::scenario_of_file(path);
  if (!text) {
    m_message = text.error().message;
    return false;
  }
  choices.experiment = engine::scenario_experiment_name;
  choices.scenario = std::move(*text);
  if (!adopt_scenario(choices)) return false;
  m_kills.clear();
  m_file = path;
  return true;
}

// What the file says counts where it has changed; what was chosen since stays otherwise.
bool LabState::read_file_again() {
  auto text = engine::scenario_of_file(*m_file);
  if (text && m_choices.scenario == *text) return true;
  const auto before = engine::with_scenario({.experiment = m_choices.experiment, .scenario = m_choices.scenario});
  auto now = text ? engine::with_scenario({.experiment = m_choices.experiment, .scenario = std::move(*text)})
                  : tl::unexpected(text.error());
  if (!now) {
    m_message = now.error().message;
    return false;
  }
  engine::Choices choices = m_choices;
  choices.scenario = now->scenario;
  if (!before || before->mode != now->mode) choices.mode = now->mode;
  if (!before || before->workers != now->workers) choices.workers = now->workers;
  if (!before || before->gil != now->gil) choices.gil = now->gil;
  if (!before || before->gil_interval != now->gil_interval) choices.gil_interval = now->gil_interval;
  if (!before || before->parameters != now->parameters) choices.parameters = now->parameters;
  return adopt_scenario(choices);
}

const std::vector<std::string>& LabState::files() {
  constexpr std::chrono::seconds fresh{1};
  const auto now = std::chrono::steady_clock::now();
  if (!m_files_seen || now - *m_files_seen > fresh) {
    m_files = engine::scenario_files_here();
    m_files_seen = now;
  }
  return m_files;
}

std::string LabState::subject() const {
  if (!m_choices.scenario) return m_choices.experiment;
  const std::string& name = m_choices.scenario->name;
  return name.substr(name.rfind('/') + 1);
}

void LabState::set_parameter(const std::string& name, const std::string& value) {
  if (!is_changed_by_user(name)) return;
  m_choices.parameters[name] = value;
  if (!is_going() || !engine::is_dial(name) || !m_hand.setup || m_hand.setup->experiment != m_choices.experiment)
    return;
  if (const auto setup = engine::complete(m_choices)) m_session->turn_dials(*setup);
}

void LabState::set_choices(engine::Choices choices) {
  if (engine::is_scenario(choices)) {
    m_file.reset();
    adopt_scenario(choices);
    return;
  }
  m_choices.mode = choices.mode ? choices.mode : m_choices.mode;
  m_choices.clock = choices.clock ? choices.clock : m_choices.clock;
  adopt_machine(choices);
  adopt_experiment(choices.experiment);
  if (choices.workers) m_choices.workers = choices.workers;
  if (choices.collect) m_choices.collect = choices.collect;
  m_choices.seed = choices.seed;
  m_choices.parameters = std::move(choices.parameters);
}

std::string LabState::parameter(const std::string& name) const {
  if (const auto it = m_choices.parameters.find(name); it != m_choices.parameters.end()) return it->second;
  const auto it = std::ranges::find(m_experiment->parameters, name, &engine::Parameter::name);
  return it == m_experiment->parameters.end() ? "" : it->usual;
}

engine::Listing LabState::listing() const {
  if (const auto& made_with = shown().setup) {
    return engine::find_experiment(made_with->experiment)->listing(*made_with);
  }
  const auto setup = engine::complete(m_choices);
  return setup ? m_experiment->listing(*setup) : engine::Listing{};
}

std::uint64_t LabState::listing_version() const {
  if (shown().setup) return generation() * 2 + 1;
  std::size_t hash = std::hash<std::string>{}(m_choices.experiment);
  const auto mix = [&](std::size_t value) { hash = hash * 1'000'003 + value; };
  mix(static_cast<std::size_t>(m_choices.mode.value_or(trace::Mode::Threads)));
  mix(static_cast<std::size_t>(m_choices.collect.value_or(trace::Collect::Map)));
  mix(static_cast<std::size_t>(m_choices.workers.value_or(0)));
  if (m_choices.scenario) mix(std::hash<std::string>{}(m_choices.scenario->text));
  for (const auto& [name, value] : m_choices.parameters) mix(std::hash<std::string>{}(name + '=' + value));
  return hash * 2;
}

bool LabState::is_setup_changed() const {
  if (m_sweep && is_going()) return false;  // what goes is one of many: Run goes on with it
  if (m_comparison) {
    const auto setups = setups_to_compare(m_choices);
    return !setups || !m_comparison->is_of(*setups);
  }
  if (!m_hand.setup) return false;
  const auto setup = engine::complete(m_choices);
  return !setup || !(*setup == *m_hand.setup);
}

void LabState::run() { start(false); }

void LabState::start(bool paused) {
  if (is_held_back()) return;
  if (m_file && !read_file_again()) return;
  auto setup = engine::complete(m_choices);
  if (!setup) {
    m_message = setup.error().message;
    return;
  }
  m_message.clear();
  m_comparison.reset();
  m_sweep.reset();
  m_playhead.reset();
  begin(*setup, {.start_paused = paused, .kills = m_kills});
}

void LabState::begin(const engine::Setup& setup, engine::SessionOptions options) {
  m_session.reset();
  new_run(engine::header_of(setup));
  if (!m_program) predict_end(setup);
  m_hand.setup = setup;
  options.pace = pace();
  options.on_news = m_on_news;
  m_session = m_program ? std::make_unique<engine::Session>(setup, m_program, std::move(options))
                        : std::make_unique<engine::Session>(setup, std::move(options));
  m_hand.run = trace::Run(m_session->header());
  m_status = {};
  look_at_session();
}

// For the buttons, between two updates. That it has ended is told by update(), together with its last events.
void LabState::look_at_session() { m_status.paused = m_session->status().paused; }

void LabState::new_run(trace::Header header) {
  m_hand = LabRun{.run = trace::Run(std::move(header)), .number = ++m_runs};
  m_is_recorded = false;
  m_taken.clear();
  m_folded = 0;
}

void LabState::predict_end(const engine::Setup& setup) {
  if (setup.clock != trace::Clock::Simulated) return;
  if (setup.parameters.contains("tasks") && setup.count("tasks") > most_tasks_to_predict) return;
  const trace::Recording recording = engine::run_to_end(
      setup, {.pace = engine::Pace::instant(), .stop_when_stuck = true, .real_timeout = longest_prediction});
  const auto* ended = std::get_if<trace::RunEnded>(&recording.events.back().body);
  if (ended != nullptr && ended->how == trace::RunEnd::Finished) m_hand.expected_end = recording.events.back().t;
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
  if (m_comparison) m_comparison->stop();
  if (m_sweep) m_sweep->stop();
  if (m_session) m_session->stop();
}

std::string LabState::why_not(engine::Escape how) const {
  if (!shows_run_that_goes()) return "The run is over: nothing can help it any more.";
  return m_session->why_not(how).value_or("Nobody who is stuck waits for a future any more.");
}

void LabState::escape(engine::Escape how) {
  if (!shows_run_that_goes()) return;
  m_session->escape(how);
  follow();
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
  m_comparison.reset();
  m_sweep.reset();
  m_playhead.reset();
  new_run(recording.header);
  m_is_recorded = true;
  for (const trace::Event& event : recording.events) m_hand.run.apply(event);
  m_hand.now = m_hand.run.last();
  if (const auto setup = engine::setup_of(recording.header)) {
    m_hand.setup = *setup;
    set_choices({.experiment = setup->experiment,
                 .mode = setup->mode,
                 .workers = setup->workers,
                 .collect = setup->collect,
                 .clock = setup->clock,
                 .cores = setup->cores == 0 ? std::optional<std::int64_t>() : setup->cores,
                 .gil = setup->gil.kind,
                 .gil_interval = setup->gil.interval,
                 .parameters = setup->parameters,
                 .scenario = setup->scenario});
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
  for (const engine::DownloadedFile& file : m_session->take_files()) {
    if (auto picture = decode_flag(file.bytes)) m_hand.pictures.insert_or_assign(file.task, std::move(*picture));
  }
  const bool has_news = is_behind();
  fold_until(std::chrono::steady_clock::now() + budget);
  const Instant before = m_hand.now;
  if (is_behind()) {
    m_status.paused = m_coming.paused;
    m_hand.now = std::max(before, m_hand.run.last());
  } else {
    m_status = m_coming;
    m_hand.now = m_status.ended ? m_hand.run.last() : std::max({before, m_status.now, m_hand.run.last()});
  }
  const bool moved = has_news || m_hand.now != before || was_going != is_going();
  if (was_going && !is_going() && m_comparison) keep_compared();
  if (was_going && !is_going() && m_sweep) {
    m_sweep->note(m_hand);
    begin_next_swept();
  }
  return moved;
}

void LabState::fold_until(std::chrono::steady_clock::time_point end) {
  constexpr std::size_t between_looks = 64;  // at the clock
  while (is_behind()) {
    m_hand.run.apply(m_taken[m_folded++]);
    if (m_folded % between_looks == 0 && std::chrono::steady_clock::now() >= end) return;
  }
}

views::Phase LabState::phase() const {
  if (!has_run()) return views::Phase::Ready;
  if (m_playhead && *m_playhead < latest()) return views::Phase::Looking;
  if (!shows_run_that_goes()) return views::Phase::Ended;
  if (m_status.stuck) return views::Phase::Stuck;
  return m_status.paused ? views::Phase::Paused : views::Phase::Running;
}

void LabState::move_playhead(Instant t) {
  if (!has_run()) return;
  m_playhead = std::clamp(t, Instant{}, latest());
  if (*m_playhead == latest() && !is_going()) m_playhead.reset();
}

Instant LabState::latest() const {
  if (!shows_comparison()) return now();
  return m_comparison->going() ? std::max(m_comparison->longest_kept(), m_hand.now) : m_comparison->longest_kept();
}

Instant LabState::clock() const {
  if (!shows_comparison()) return playhead();
  if (m_playhead) return *m_playhead;
  return is_going() ? m_hand.now : latest();
}

}  // namespace loiter::gui
