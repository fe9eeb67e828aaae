#include "engine/session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "base/assert.hpp"
#include "engine/download_service.hpp"
#include "engine/wall_clock.hpp"
#include "engine/ways_out.hpp"
#include "engine/worker_program.hpp"
#include "futures/errors.hpp"
#include "runtime/live.hpp"
#include "runtime/simulated.hpp"

namespace loiter::engine {
namespace {

// How often a run is drained. Shorter: the window is nearer to the run; longer: less work beside it.
constexpr std::chrono::milliseconds round{15};
// A program that gets stuck again and again, as one that calls itself for ever does, is not helped for ever.
constexpr int most_escapes = 1000;

// No clock goes beyond the end of time: a run that would is over there.
SessionOptions with_end_of_time(SessionOptions options) {
  const Duration longest = end_of_time.time_since_epoch();
  options.timeout = std::min(options.timeout.value_or(longest), longest);
  return options;
}

Program program_of(const experiments::Setup& setup) {
  const experiments::Experiment* experiment = experiments::find_experiment(setup.experiment);
  LOITER_ASSERT(experiment != nullptr, "a Setup names a known experiment");
  return experiment->main;
}

}  // namespace

Session::Session(const experiments::Setup& setup, SessionOptions options)
    : Session(setup, program_of(setup), std::move(options)) {}

Session::Session(const experiments::Setup& setup, Program program, SessionOptions options)
    : m_setup(setup),
      m_options(with_end_of_time(std::move(options))),
      m_started(std::chrono::steady_clock::now()),
      m_header(experiments::header_of(setup)) {
  Duration clock_at_start{};
  if (setup.clock == trace::Clock::Live) {
    auto live = std::make_unique<runtime::Live>(m_recorder, setup.gil);
    m_recorder.attach(*live);
    m_runtime = std::move(live);
    m_header.started = wall_clock_rfc3339();
    clock_at_start = wall_clock_of_day();
  } else {
    runtime::SimulatedOptions simulated{.random = setup.random_order, .seed = setup.seed, .gil = setup.gil};
    if (setup.cores > 0) simulated.cores = static_cast<int>(setup.cores);
    simulated.limit = Instant{*m_options.timeout};
    auto runtime = std::make_unique<runtime::Simulated>(m_recorder, simulated);
    m_recorder.attach(*runtime);
    m_simulated = runtime.get();
    if (m_options.escape) m_recorder.set_on_stuck([this] { escape_as_told(); });
    m_runtime = std::move(runtime);
  }
  m_context = std::make_unique<futures::Context>(*m_runtime, m_recorder);
  m_context->set_worker_program(worker_program());
  m_lab = std::make_unique<experiments::Lab>(
      m_setup, *m_context, m_recorder, clock_at_start,
      [this](futures::Context& context, const net::Dials& dials, std::string address) {
        return make_downloads(context, dials, std::move(address), m_downloads,
                              m_options.server ? m_options.server : std::make_shared<RunServer>());
      });
  m_runtime->set_pace(m_options.pace);
  if (m_options.start_paused) m_runtime->pause();
  m_runtime->start([program = with_kills(std::move(program), m_options.kills), &lab = *m_lab] { program(lab); });
  m_engine = std::thread([this] { drain(); });
}

Session::~Session() {
  stop();
  m_engine.join();
}

void Session::stop() {
  auto nobody = trace::RunEnd::Finished;
  m_stop_reason.compare_exchange_strong(nobody, trace::RunEnd::Stopped);
  m_runtime->stop();
  Lock lock(m_mutex);
  m_stop_asked = true;
  m_command.notify_all();
}

// The engine thread: brings events up until the run has ended.
void Session::drain() {
  for (;;) {
    const runtime::Phase phase = m_runtime->wait(round);
    if (phase == runtime::Phase::Ended) break;
    // Whoever has answered by now has told before that it waits no longer: the take below brings it.
    const bool is_asked = m_simulated == nullptr && m_asked_lane && m_context->is_asked(*m_asked_lane);
    publish_what_is_new();
    auto nobody = trace::RunEnd::Finished;
    if (out_of_time() && m_stop_reason.compare_exchange_strong(nobody, trace::RunEnd::Timeout)) m_runtime->stop();
    const bool acts = !is_asked && escape_or_stop(phase);
    if (phase == runtime::Phase::Quiescent && !acts) wait_for_command();
  }
  publish_what_is_new();
  m_drained.assign(1, m_recorder.finish(how_it_ended()));
  publish(true);
}

bool Session::escape_or_stop(runtime::Phase phase) {
  // A simulated run escapes at the very instant, by itself: only where it stands still is there nothing to be done.
  if (m_simulated == nullptr && escape_as_told()) return true;
  if (m_simulated != nullptr && phase != runtime::Phase::Quiescent) return false;
  auto nobody = trace::RunEnd::Finished;
  if (!m_options.stop_when_stuck || !m_recorder.is_standstill() ||
      !m_stop_reason.compare_exchange_strong(nobody, trace::RunEnd::Stuck)) {
    return false;
  }
  if (m_options.escape) {
    Lock lock(m_mutex);
    m_no_way_out = m_escapes >= most_escapes
                       ? fmt::format("it was taken {} times, and the program got stuck again.", most_escapes)
                       : why_not(*m_options.escape).value_or("nobody waits for a future any more.");
  }
  m_runtime->stop();
  return true;
}

bool Session::escape_as_told() {
  m_asked_lane = m_options.escape && m_escapes < most_escapes ? ask_escape(*m_options.escape) : std::nullopt;
  if (m_asked_lane) ++m_escapes;
  return m_asked_lane.has_value();
}

std::optional<std::string> Session::why_not(trace::Escape how) const {
  const std::vector<trace::DeadEnd> ends = m_recorder.dead_ends();
  if (ends.empty()) return std::nullopt;
  for (const trace::DeadEnd& end : ends) {
    if (engine::why_not(how, end).empty()) return "";
  }
  return engine::why_not(how, ends.front());
}

std::string Session::no_way_out() const {
  Lock lock(m_mutex);
  return m_no_way_out;
}

bool Session::escape(trace::Escape how) { return ask_escape(how).has_value(); }

// The lane that will do it.
std::optional<LaneId> Session::ask_escape(trace::Escape how) {
  for (const trace::DeadEnd& end : m_recorder.dead_ends()) {
    if (!engine::why_not(how, end).empty()) continue;
    if (m_context->is_asked(end.lane)) return std::nullopt;
    m_context->ask_escape(end.lane, {.how = how, .future = end.future, .pool = end.queue});
    return end.lane;
  }
  return std::nullopt;
}

void Session::publish_what_is_new() {
  for (bool more = true; more;) {
    more = m_recorder.take(m_drained);
    publish(false);
  }
}

// A quiescent run stays so until somebody stops it: no hurry, and no busy loop.
void Session::wait_for_command() {
  const auto until = std::chrono::steady_clock::now() + round;
  Lock lock(m_mutex);
  while (!m_stop_asked && std::chrono::steady_clock::now() < until) m_command.wait_until(m_mutex, until);
}

bool Session::out_of_time() const {
  const auto real = std::chrono::steady_clock::now() - m_started;
  if (m_options.real_timeout && real >= *m_options.real_timeout) return true;
  return m_runtime->now() >= Instant{*m_options.timeout} || real >= *m_options.timeout;
}

trace::RunEnded Session::how_it_ended() const {
  trace::RunEnd stopped = m_stop_reason.load();
  if (stopped == trace::RunEnd::Finished && m_simulated != nullptr && m_simulated->reached_limit()) {
    stopped = trace::RunEnd::Timeout;
  }
  if (stopped != trace::RunEnd::Finished) return {.how = stopped, .type = {}, .text = {}};
  const std::exception_ptr error = m_runtime->main_error();
  if (!error) return {};
  const futures::ErrorText text = futures::describe(error);
  return {.how = trace::RunEnd::Raised, .type = text.type, .text = text.text};
}

void Session::publish(bool ended) {
  if (m_drained.empty()) return;
  {
    Lock lock(m_mutex);
    if (m_events.empty()) {
      m_events.swap(m_drained);
    } else {
      std::ranges::move(m_drained, std::back_inserter(m_events));
    }
    m_ended = ended;
  }
  m_news.notify_all();
  if (m_options.on_news) m_options.on_news();
}

Status Session::status() const {
  Status status{.ended = false,
                .paused = m_runtime->is_paused(),
                .stuck = m_recorder.is_stuck(),
                .standstill = m_recorder.is_standstill(),
                .now = m_runtime->shown_now()};
  Lock lock(m_mutex);
  status.ended = m_ended;
  return status;
}

void Session::take(std::vector<trace::Event>& events) {
  events.clear();
  Lock lock(m_mutex);
  m_events.swap(events);
}

std::vector<trace::Event> Session::take() {
  std::vector<trace::Event> events;
  take(events);
  return events;
}

void Session::wait_for_news(std::chrono::nanoseconds at_most) {
  const auto until = std::chrono::steady_clock::now() + at_most;
  Lock lock(m_mutex);
  while (m_events.empty() && !m_ended && std::chrono::steady_clock::now() < until) m_news.wait_until(m_mutex, until);
}

trace::Recording run_to_end(const experiments::Setup& setup, SessionOptions options) {
  Session session(setup, std::move(options));
  trace::Recording recording{.header = session.header(), .events = {}};
  for (;;) {
    session.wait_for_news(std::chrono::hours(1));
    std::ranges::move(session.take(), std::back_inserter(recording.events));
    if (!recording.events.empty() && std::holds_alternative<trace::RunEnded>(recording.events.back().body)) break;
  }
  return recording;
}

}  // namespace loiter::engine
