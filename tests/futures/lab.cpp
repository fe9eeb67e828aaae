#include "futures/lab.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace loiter::futures::lab {
namespace {

// Far beyond what any of these runs takes, even under a sanitizer on a busy machine: only a hang comes here.
constexpr auto patience = std::chrono::seconds(120);

const char* text_of(FutureState state) {
  constexpr std::array names{"pending", "running", "cancelled", "cancelled_and_notified", "finished"};
  return names[static_cast<std::size_t>(state)];
}

const char* text_of(DeliveredBy by) {
  constexpr std::array names{"result", "map", "as_completed", "wait"};
  return names[static_cast<std::size_t>(by)];
}

const char* text_of(runtime::WaitOn on) {
  constexpr std::array names{"result", "map", "as_completed", "wait",  "queue", "sleep",
                             "gil",    "io",  "join",         "pause", "core"};
  return names[static_cast<std::size_t>(on)];
}

std::string text_of(Outcome outcome, const ValueText& value) {
  if (outcome == Outcome::Aborted) return "aborted";
  const std::string text = value.has_number ? std::to_string(value.number) : std::string(value.text);
  return fmt::format("{} {} {}", outcome == Outcome::Returned ? "returned" : "raised", value.type, text);
}

std::unique_ptr<runtime::Runtime> make_runtime(Clock clock, runtime::Observer& observer, const RunOptions& options) {
  if (clock == Clock::Simulated) {
    return std::make_unique<runtime::Simulated>(
        observer, runtime::SimulatedOptions{.random = options.random, .seed = options.seed, .gil = options.gil});
  }
  auto live = std::make_unique<runtime::Live>(observer, options.gil);
  live->set_pace(runtime::Pace::instant());
  return live;
}

void wait_for_end(runtime::Runtime& runtime, const Transcript& transcript, const RunOptions& options) {
  runtime::Phase phase = runtime.wait(patience);
  const bool hung = phase == runtime::Phase::Running;
  const bool stuck = phase == runtime::Phase::Quiescent;
  if (phase != runtime::Phase::Ended) runtime.stop();
  while (phase != runtime::Phase::Ended) phase = runtime.wait(patience);
  INFO("The end of what happened:\n" << transcript.last());
  CHECK_FALSE(hung);
  if (runtime.main_error()) std::rethrow_exception(runtime.main_error());
  if (!options.meanwhile && options.stop_after == 0) CHECK(stuck == options.must_get_stuck);
}

}  // namespace

std::string error_text(const std::exception_ptr& error) {
  if (!error) return "None";
  const ErrorText text = describe(error);
  return text.type + ": " + text.text;
}

std::unique_ptr<Transcript> run(Clock clock, const Body& body, const RunOptions& options) {
  auto transcript = std::make_unique<Transcript>();
  Deaf deaf;
  runtime::Observer& of_runtime = options.untold ? static_cast<runtime::Observer&>(deaf) : *transcript;
  Observer& of_futures = options.untold ? static_cast<Observer&>(deaf) : *transcript;
  std::unique_ptr<Context> context;  // outlives the threads of the runtime
  const std::unique_ptr<runtime::Runtime> runtime = make_runtime(clock, of_runtime, options);
  transcript->attach(*runtime);
  transcript->stop_after(options.stop_after);
  context = std::make_unique<Context>(*runtime, of_futures);
  context->set_worker_program(LOITER_WORKER_BINARY);
  Lab lab(*runtime, *context, *transcript);
  runtime->start([&] { body(lab); });
  if (options.meanwhile) options.meanwhile(lab);
  wait_for_end(*runtime, *transcript, options);
  return transcript;
}

void on_every_clock(const Body& body) {
  for (const runtime::GilKind gil : {runtime::GilKind::None, runtime::GilKind::Cpython}) {
    INFO((gil == runtime::GilKind::None ? "without" : "with") << " the GIL");
    {
      INFO("on the simulated clock");
      run(Clock::Simulated, body, {.gil = {.kind = gil}});
    }
    INFO("on the live clock");
    run(Clock::Live, body, {.gil = {.kind = gil}});
  }
}

void Transcript::tell(std::string what) {
  const std::string lane =
      runtime::Runtime::is_participant() ? runtime::Runtime::current().spec().name : std::string("nobody");
  {
    Lock lock(m_mutex);
    m_lines.push_back({m_runtime->now(), lane, std::move(what)});
    if (m_lines.size() != m_stop_after) {
      m_told.notify_all();
      return;
    }
  }
  m_runtime->stop();
}

void Transcript::wait_for(std::string_view text) const {
  const auto until = std::chrono::steady_clock::now() + patience;
  Lock lock(m_mutex);
  std::size_t seen = 0;
  while (std::chrono::steady_clock::now() < until) {
    for (; seen < m_lines.size(); ++seen) {
      if (m_lines[seen].text().find(text) != std::string::npos) return;
    }
    m_told.wait_until(m_mutex, until);
  }
}

std::string Transcript::Line::text() const { return fmt::format("{:g} {}: {}", to_seconds(at), lane, what); }

Lines Transcript::lines() const { return lines_with({}); }

Lines Transcript::lines_with(std::initializer_list<std::string_view> texts) const {
  Lines result;
  Lock lock(m_mutex);
  for (const Line& line : m_lines) {
    std::string text = line.text();
    if (std::ranges::all_of(texts, [&](std::string_view part) { return text.find(part) != std::string::npos; })) {
      result.push_back(std::move(text));
    }
  }
  return result;
}

Lines Transcript::texts_with(std::string_view text) const {
  Lines result;
  Lock lock(m_mutex);
  for (const Line& line : m_lines) {
    if (line.what.find(text) != std::string::npos) result.push_back(line.what);
  }
  return result;
}

std::string Transcript::last(std::size_t count) const {
  const Lines all = lines();
  std::string text;
  for (std::size_t i = all.size() > count ? all.size() - count : 0; i < all.size(); ++i) text += all[i] + '\n';
  return text;
}

std::vector<LaneId> Transcript::lanes() const {
  Lock lock(m_mutex);
  return m_lanes;
}

void Transcript::participant_began(runtime::Participant& participant) {
  {
    Lock lock(m_mutex);
    m_lanes.push_back(participant.id());
  }
  tell("begins");
}

void Transcript::participant_ended(runtime::Participant&, std::exception_ptr error) {
  tell(error ? "ends with " + error_text(error) : "ends");
}

void Transcript::wait_began(runtime::Participant&, const runtime::Reason& reason, Deadline deadline) {
  std::string text = fmt::format("waits on {}", text_of(reason.on));
  for (const FutureId future : reason.futures) text += fmt::format(" {}", future.value);
  if (reason.more > 0) text += fmt::format(" and {} more", reason.more);
  if (reason.any) text += " (any)";
  if (deadline) text += fmt::format(" until {:g}", to_seconds(*deadline));
  tell(std::move(text));
}

void Transcript::wait_ended(runtime::Participant&, runtime::WaitOn on, runtime::WaitEnd how) {
  constexpr std::array ends{"ready", "timeout", "cancelled", "aborted"};
  tell(fmt::format("wakes from {}: {}", text_of(on), ends[static_cast<std::size_t>(how)]));
}

void Transcript::pool_created(ExecutorId id, std::string_view name, std::uint32_t max_workers) {
  tell(fmt::format("pool {} is {} of {}", id.value, name, max_workers));
}

void Transcript::pool_grown(ExecutorId id, std::uint32_t workers) {
  tell(fmt::format("pool {} grows to {}", id.value, workers));
}

void Transcript::pool_shut_down(ExecutorId id, bool cancel_futures) {
  tell(fmt::format("pool {} shuts down{}", id.value, cancel_futures ? " and cancels" : ""));
}

void Transcript::pool_broken(ExecutorId id, std::string_view why) {
  tell(fmt::format("pool {} breaks: {}", id.value, why));
}

void Transcript::submitted(FutureId id, ExecutorId executor, const CallLabel& label) {
  std::string call(label.name);
  if (label.has_number) {
    call += fmt::format("({})", label.number);
  } else if (!label.arguments.empty()) {
    call += fmt::format("({})", label.arguments);
  }
  tell(fmt::format("{} submitted to {}: {}", id.value, executor.value, call));
}

void Transcript::state_changed(FutureId id, FutureState from, FutureState to) {
  tell(fmt::format("{} {} -> {}", id.value, text_of(from), text_of(to)));
}

void Transcript::completed(FutureId id, FutureState from, Outcome outcome, const ValueText& value) {
  tell(fmt::format("{} {} -> finished {}", id.value, text_of(from), text_of(outcome, value)));
}

void Transcript::started(FutureId id) { tell(fmt::format("{} started", id.value)); }

void Transcript::ended(FutureId id, Outcome outcome, const ValueText& value) {
  tell(fmt::format("{} ended {}", id.value, text_of(outcome, value)));
}

void Transcript::call_began(FutureId id) { tell(fmt::format("{} call began", id.value)); }

void Transcript::call_ended(FutureId id, Outcome outcome, const ValueText& value) {
  tell(fmt::format("{} call ended {}", id.value, text_of(outcome, value)));
}

void Transcript::delivered(FutureId id, DeliveredBy by, std::uint32_t index) {
  tell(fmt::format("{} delivered by {} {}", id.value, text_of(by), index));
}

void Transcript::logged(std::string_view level, std::string_view text) {
  tell(fmt::format("logs {}: {}", level, text));
}

}  // namespace loiter::futures::lab

std::string Catch::StringMaker<loiter::futures::FutureState>::convert(loiter::futures::FutureState state) {
  return loiter::futures::lab::text_of(state);
}
