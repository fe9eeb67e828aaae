#include "trace/recorder.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <limits>

#include "futures/errors.hpp"

namespace loiter::trace {
namespace {

std::uint32_t os_thread_id() { return static_cast<std::uint32_t>(gettid()); }

std::string text_of(const futures::CallLabel& label) {
  if (label.has_number) return fmt::format("{}({})", label.name, label.number);
  return label.arguments.empty() ? std::string(label.name) : fmt::format("{}({})", label.name, label.arguments);
}

std::string text_of(const futures::ValueText& value) {
  return value.has_number ? std::to_string(value.number) : std::string(value.text);
}

TaskEnded task_ended(FutureId future, Outcome outcome, const futures::ValueText& value) {
  if (outcome == Outcome::Aborted) return {.future = future, .outcome = outcome, .type = {}, .text = {}};
  return {.future = future, .outcome = outcome, .type = value.type, .text = text_of(value)};
}

WaitBegan wait_of(const runtime::Reason& reason, Deadline deadline) {
  WaitBegan wait{.on = reason.on,
                 .futures = {reason.futures.begin(), reason.futures.end()},
                 .more = reason.more,
                 .any = reason.any,
                 .deadline = deadline,
                 .joins = std::nullopt,
                 .first_exception = reason.first_exception};
  if (reason.on == WaitOn::Join) wait.joins = reason.joins;
  return wait;
}

}  // namespace

Recorder::~Recorder() = default;

void Recorder::attach(runtime::Live& runtime) {
  m_runtime = &runtime;
  m_live = &runtime;
}

void Recorder::attach(runtime::Runtime& simulated) { m_runtime = &simulated; }

// A held lane says so, but that is no event to step to: it would end the very step that let it go on.
Recorder::Steps Recorder::steps_of(WaitOn on) { return on == WaitOn::Pause ? Steps::Passes : Steps::Counts; }

LaneBuffer& Recorder::buffer() const { return *static_cast<LaneBuffer*>(runtime::Runtime::current().attachment); }

// Inlined, so that a record is made where it is kept.
[[gnu::always_inline]] inline bool Recorder::write(RawRecord record, Steps steps) {
  m_runtime->before_event();
  record.stamp = read_ticks();
  const bool kept = buffer().append(record);
  if (steps == Steps::Counts) m_runtime->after_event();
  return kept;
}

// An event that is rare, or too large for a record of its own.
void Recorder::tell(EventBody body) {
  if (m_live == nullptr) {
    tell_simulated(std::move(body));
    return;
  }
  auto other = std::make_unique<EventBody>(std::move(body));
  if (write({.kind = RawRecord::Kind::Other, .other = other.get()})) static_cast<void>(other.release());
}

void Recorder::tell_simulated(EventBody body) {
  m_runtime->before_event();
  {
    Lock lock(m_mutex);
    m_simulated.push_back({m_runtime->now(), runtime::Runtime::current().id(), std::move(body)});
  }
  m_runtime->after_event();
}

void Recorder::printed(std::string_view line, bool goes_on) {
  tell(Printed{.text = std::string(line), .goes_on = goes_on});
}

void Recorder::reached(const char* site) {
  if (m_live == nullptr) return tell_simulated(SiteReached{site});
  write({.kind = RawRecord::Kind::Site, .text = site});
}

void Recorder::progressed(std::int64_t done, std::int64_t total) {
  tell(Progressed{.future = runtime::Runtime::current().task, .done = done, .total = total});
}

// --- runtime::Observer ---

void Recorder::participant_began(runtime::Participant& participant) {
  LaneBegan began{
      .kind = participant.spec().kind, .name = {}, .pid = 0, .os_tid = 0, .executor = participant.spec().executor};
  {
    Lock lock(m_mutex);
    began.name = unique_name(participant.spec().name);
    if (m_live != nullptr) {
      // A worker process has one thread that counts; its number is that of the process.
      const std::uint32_t worker = participant.spec().pid;
      began.pid = worker != 0 ? worker : static_cast<std::uint32_t>(getpid());
      began.os_tid = worker != 0 ? worker : os_thread_id();
      participant.attachment = m_buffers.emplace_back(std::make_unique<LaneBuffer>(participant.id(), m_chunks)).get();
    }
  }
  tell(std::move(began));
}

// A file names lanes, so two of them must not share a name, whatever prefixes a program gives its pools.
std::string Recorder::unique_name(const std::string& name) {
  std::string unique = name;
  for (int n = 2; !m_names.insert(unique).second; ++n) unique = fmt::format("{}#{}", name, n);
  return unique;
}

void Recorder::participant_ended(runtime::Participant& participant, std::exception_ptr error) {
  if (error && participant.id() != main_lane) {
    const futures::ErrorText text = futures::describe(error);
    tell(Logged{.level = "ERROR",
                .text = fmt::format("Exception in thread {}: {}: {}", participant.spec().name, text.type, text.text)});
  }
  tell(LaneEnded{});
}

void Recorder::wait_began(runtime::Participant& /*participant*/, const runtime::Reason& reason, Deadline deadline) {
  if (m_live == nullptr) return tell_simulated(wait_of(reason, deadline));
  if (reason.futures.size() > 1 || reason.more > 0 || reason.on == WaitOn::Join) return tell(wait_of(reason, deadline));
  write({.future = reason.futures.empty() ? 0 : reason.futures.front().value,
         .small = static_cast<std::uint16_t>(reason.on),
         .kind = RawRecord::Kind::WaitBegan,
         .flags = static_cast<std::uint8_t>((reason.any ? 1U : 0U) | (deadline ? 2U : 0U) |
                                            (reason.first_exception ? 4U : 0U)),
         .number = deadline ? deadline->time_since_epoch().count() : 0});
}

void Recorder::wait_ended(runtime::Participant& /*participant*/, WaitOn on, WaitEnd how) {
  if (m_live == nullptr) return tell_simulated(WaitEnded{.on = on, .how = how});
  write({.small = static_cast<std::uint16_t>(on),
         .kind = RawRecord::Kind::WaitEnded,
         .flags = static_cast<std::uint8_t>(how)},
        steps_of(on));
}

void Recorder::gil_changed(runtime::Participant& /*participant*/, GilChange what) {
  if (m_live == nullptr) return tell_simulated(GilChanged{what});
  write({.small = static_cast<std::uint16_t>(what), .kind = RawRecord::Kind::Gil});
}

void Recorder::computed(runtime::Participant& participant, Instant since, Duration cpu) {
  tell(Computed{.future = participant.task, .since = since, .cpu = cpu});
}

// --- futures::Observer ---

void Recorder::pool_created(ExecutorId executor, std::string_view name, std::uint32_t max_workers) {
  tell(PoolCreated{.executor = executor, .workers = max_workers, .name = std::string(name)});
}
void Recorder::pool_grown(ExecutorId executor, std::uint32_t workers) {
  tell(PoolGrown{.executor = executor, .workers = workers});
}
void Recorder::pool_shut_down(ExecutorId executor, bool cancel_futures) {
  tell(PoolShutDown{.executor = executor, .cancel_futures = cancel_futures});
}
void Recorder::pool_broken(ExecutorId executor, std::string_view why) {
  tell(PoolBroken{.executor = executor, .why = std::string(why)});
}

void Recorder::submitted(FutureId future, ExecutorId executor, const futures::CallLabel& label) {
  constexpr std::uint32_t largest = std::numeric_limits<std::uint16_t>::max();
  if (m_live == nullptr || !label.name_is_static || !label.has_number || executor.value > largest) {
    return tell(Submitted{.future = future, .executor = executor, .label = text_of(label)});
  }
  write({.future = future.value,
         .small = static_cast<std::uint16_t>(executor.value),
         .kind = RawRecord::Kind::Submitted,
         .text = label.name.data(),
         .number = label.number});
}

void Recorder::state_changed(FutureId future, FutureState from, FutureState to) {
  if (m_live == nullptr) return tell_simulated(StateChanged{.future = future, .from = from, .to = to});
  write({.future = future.value,
         .small = static_cast<std::uint16_t>(from),
         .kind = RawRecord::Kind::StateChanged,
         .flags = static_cast<std::uint8_t>(to)});
}

void Recorder::completed(FutureId future, FutureState from, Outcome outcome, const futures::ValueText& value) {
  tell(StateChanged{.future = future,
                    .from = from,
                    .to = FutureState::Finished,
                    .outcome = outcome,
                    .type = value.type,
                    .text = text_of(value)});
}

void Recorder::started(FutureId future) {
  if (m_live == nullptr) {
    tell_simulated(StateChanged{.future = future, .from = FutureState::Pending, .to = FutureState::Running});
    return tell_simulated(TaskBegan{future});
  }
  write({.future = future.value, .kind = RawRecord::Kind::Started});
}

void Recorder::ended(FutureId future, Outcome outcome, const futures::ValueText& value) {
  if (m_live != nullptr && outcome == Outcome::Returned && value.type_is_static && value.has_number) {
    write({.future = future.value, .kind = RawRecord::Kind::Ended, .text = value.type, .number = value.number});
    return;
  }
  tell(task_ended(future, outcome, value));
  if (outcome != Outcome::Aborted) {
    state_changed(future, FutureState::Running, FutureState::Finished);
  }
}

void Recorder::call_began(FutureId future) { tell(TaskBegan{future}); }

void Recorder::call_ended(FutureId future, Outcome outcome, const futures::ValueText& value) {
  tell(task_ended(future, outcome, value));
}

void Recorder::delivered(FutureId future, DeliveredBy by, std::uint32_t index) {
  if (m_live == nullptr) return tell_simulated(Delivered{.future = future, .by = by, .index = index});
  write({.future = future.value,
         .small = static_cast<std::uint16_t>(by),
         .kind = RawRecord::Kind::Delivered,
         .number = index});
}

void Recorder::escaped(Escape how, FutureId future) { tell(Escaped{.how = how, .future = future}); }

void Recorder::logged(std::string_view level, std::string_view text) {
  tell(Logged{.level = std::string(level), .text = std::string(text)});
}

}  // namespace loiter::trace
