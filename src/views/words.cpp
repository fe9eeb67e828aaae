#include "views/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace loiter::views {
namespace {

using runtime::WaitOn;
using trace::FutureState;
using trace::LaneKind;
using trace::Outcome;

std::string future_count(const trace::WaitBegan& what) {
  return fmt::format("{} futures", what.futures.size() + what.more);
}

bool single(const trace::WaitBegan& what) { return what.futures.size() == 1 && what.more == 0; }

WaitWords group_words(const trace::Run& run, const trace::WaitBegan& what, const char* first_words) {
  const std::string brief = single(what) ? future_name(run, what.futures.front()) : future_count(what);
  return {first_words + brief, brief};
}

// What the program does when it waits outside of any task.
std::string asks(const trace::WaitBegan& what) {
  switch (what.on) {
    case WaitOn::Result:
      return "asks for a result";
    case WaitOn::Map:
      return "asks for the next result";
    case WaitOn::AsCompleted:
      return "asks for the next finished future";
    case WaitOn::Wait:
      return "waits for futures";
    case WaitOn::Join:
      return "waits for a lane to end";
    case WaitOn::Queue:
      return "waits for work";
    case WaitOn::Sleep:
      return "sleeps";
    case WaitOn::Gil:
      return "waits for the GIL";
    case WaitOn::Io:
      return "waits for an answer";
    case WaitOn::Pause:
      return "is paused";
    case WaitOn::Core:
      return "waits for a core";
  }
  return {};
}

Doing sleeping(const trace::WaitSpan& wait, const std::string& where) {
  Doing doing{.what = "sleeps" + where, .detail = {}, .brief = "sleeps", .look = StateLook::Running, .idle = false};
  if (wait.what.deadline) {
    doing.detail = "wakes at " + seconds_text(*wait.what.deadline);
    doing.brief = "sleeps, " + doing.detail;
  }
  return doing;
}

Doing waiting(const trace::Run& run, const trace::Lane& lane, const trace::WaitSpan& wait, const std::string& task,
              Instant t) {
  const bool stuck = lane_is_stuck(run, lane.id, t);
  const WaitWords words = wait_words(run, wait);
  const std::string blocked = (stuck ? "stuck: " : "blocked: ") + words.full;
  const bool bare = wait.what.on == WaitOn::Gil || wait.what.on == WaitOn::Io || wait.what.on == WaitOn::Pause ||
                    wait.what.on == WaitOn::Core;
  Doing doing;
  doing.look = stuck ? StateLook::Stuck : StateLook::Waiting;
  if (bare) {
    doing.what = asks(wait.what) + (task.empty() ? "" : " inside " + task);
    doing.brief = doing.what;
  } else {
    doing.what = task.empty() ? asks(wait.what) : "runs " + task;
    doing.detail = blocked;
    doing.brief = blocked;
  }
  return doing;
}

}  // namespace

const char* state_word(StateLook look) {
  switch (look) {
    case StateLook::Pending:
      return "pending";
    case StateLook::Running:
      return "running";
    case StateLook::Returned:
      return "returned";
    case StateLook::Raised:
      return "raised";
    case StateLook::Cancelled:
    case StateLook::CancelledNotified:
      return "cancelled";
    case StateLook::Waiting:
      return "waiting";
    case StateLook::CallQueue:
      return "in call queue";
    case StateLook::Stuck:
      return "stuck";
  }
  return "";
}

std::string brief_label(std::string_view label) {
  const std::size_t from = label.find('\'');
  const std::size_t to = from == label.npos ? from : label.find('\'', from + 1);
  return std::string(to == label.npos ? label : label.substr(from + 1, to - from - 1));
}

std::string brief_value(std::string_view repr) {
  const std::size_t dot = repr.find('.');
  const std::size_t colon = repr.find(": ", dot == repr.npos ? 0 : dot);
  if (!repr.starts_with('<') || !repr.ends_with('>') || dot == repr.npos || colon == repr.npos)
    return std::string(repr);
  return std::string(repr.substr(dot + 1, colon - dot - 1));
}

std::string seconds_text(Duration d) { return fmt::format("{:.2f} s", to_seconds(d)); }
std::string seconds_text(Instant t) { return seconds_text(t.time_since_epoch()); }

std::string future_name(const trace::Run& run, FutureId id) {
  const trace::FutureRow* future = run.future(id);
  return future != nullptr && !future->label.empty() ? future->label : fmt::format("future {}", id.value);
}

std::string lane_name(const trace::Run& run, LaneId id) {
  const trace::Lane* lane = run.lane(id);
  return lane != nullptr && !lane->name.empty() ? lane->name : fmt::format("lane {}", id.value);
}

std::optional<StateLook> look_at(const trace::FutureRow& future, Instant t) {
  const auto state = trace::state_at(future, t);
  if (!state) return std::nullopt;
  switch (*state) {
    case FutureState::Pending:
      return StateLook::Pending;
    case FutureState::Running:
      return trace::in_call_queue_at(future, t) ? StateLook::CallQueue : StateLook::Running;
    case FutureState::Cancelled:
      return StateLook::Cancelled;
    case FutureState::CancelledAndNotified:
      return StateLook::CancelledNotified;
    case FutureState::Finished:
      return future.outcome == Outcome::Raised ? StateLook::Raised : StateLook::Returned;
  }
  return std::nullopt;
}

WaitWords wait_words(const trace::Run& run, const trace::WaitSpan& wait) {
  const trace::WaitBegan& what = wait.what;
  if (wait.in_copied_pool) return {"end of submit(), in a copy of the pool without a manager", "submit()"};
  switch (what.on) {
    case WaitOn::Result:
    case WaitOn::Map:
      return group_words(run, what, "result of ");
    case WaitOn::AsCompleted:
      return group_words(run, what, single(what) ? "result of " : "next of ");
    case WaitOn::Wait:
      return group_words(run, what, single(what) ? "end of " : what.any ? "any of " : "all of ");
    case WaitOn::Queue:
      return {"a task in the queue", "a task"};
    case WaitOn::Sleep: {
      if (!what.deadline) return {"sleeps", "sleeps"};
      const std::string until = "until " + seconds_text(*what.deadline);
      return {"sleeps " + until, until};
    }
    case WaitOn::Gil:
      return {"the GIL", "GIL"};
    case WaitOn::Io:
      return {"an answer", "answer"};
    case WaitOn::Join: {
      if (!what.joins) return {"end of a lane", "end"};
      const std::string name = lane_name(run, *what.joins);
      return {"end of " + name, name};
    }
    case WaitOn::Pause:
      return {"paused", "paused"};
    case WaitOn::Core:
      return {"a core", "core"};
  }
  return {};
}

bool lane_is_stuck(const trace::Run& run, LaneId lane, Instant t) {
  const trace::StuckReport* report = trace::stuck_at(run, t);
  return report != nullptr && std::ranges::find(report->lanes, lane) != report->lanes.end();
}

bool is_idle_wait(const trace::WaitSpan& wait) { return wait.what.on == WaitOn::Queue; }

Doing doing_at(const trace::Run& run, const trace::Lane& lane, Instant t) {
  if (t < lane.began) return {.what = "not started", .detail = {}, .brief = "not started", .look = {}, .idle = false};
  if (lane.ended && t >= *lane.ended)
    return {.what = "ended", .detail = {}, .brief = "ended", .look = {}, .idle = false};
  const trace::TaskSpan* task = trace::task_at(lane, t);
  const trace::WaitSpan* wait = trace::wait_at(lane, t);
  const std::string name = task != nullptr ? future_name(run, task->future) : std::string{};
  if (wait != nullptr && wait->what.on == WaitOn::Sleep) return sleeping(*wait, name.empty() ? "" : " inside " + name);
  if (wait != nullptr && is_idle_wait(*wait) && task == nullptr) {
    const bool worker = lane.kind == LaneKind::Thread || lane.kind == LaneKind::Process;
    return {.what = worker ? "idle, no task in the queue" : "idle",
            .detail = {},
            .brief = "idle",
            .look = {},
            .idle = true};
  }
  if (wait != nullptr) return waiting(run, lane, *wait, name, t);
  if (task != nullptr) {
    return {.what = "runs " + name, .detail = {}, .brief = "runs " + name, .look = StateLook::Running, .idle = false};
  }
  return {.what = "runs", .detail = {}, .brief = "runs", .look = StateLook::Running, .idle = false};
}

std::vector<std::string> wait_facts(const trace::Run& run, const trace::Lane& lane, const trace::WaitSpan& wait,
                                    Instant t) {
  constexpr std::size_t most_named = 6;
  const bool ended = wait.ended && *wait.ended <= t;
  const bool sleeps = wait.what.on == WaitOn::Sleep;
  const std::string words = wait_words(run, wait).full;
  std::vector<std::string> facts{lane.name + (sleeps ? " " : " waits: ") + words};
  const std::string until = ended ? " to " + seconds_text(*wait.ended) : " until now";
  facts.push_back("from " + seconds_text(wait.began) + until + " (" +
                  seconds_text((ended ? *wait.ended : t) - wait.began) + ")");
  if (wait.what.futures.size() > 1) {
    std::string names;
    for (std::size_t i = 0; i < std::min(most_named, wait.what.futures.size()); ++i) {
      names += (i > 0 ? ", " : "") + future_name(run, wait.what.futures[i]);
    }
    const std::size_t unnamed =
        wait.what.futures.size() + wait.what.more - std::min(most_named, wait.what.futures.size());
    facts.push_back(names + (unnamed > 0 ? fmt::format(" and {} more", unnamed) : ""));
  }
  if (wait.what.deadline && !sleeps) facts.push_back("gives up at " + seconds_text(*wait.what.deadline));
  if (ended && wait.how == runtime::WaitEnd::Timeout && !sleeps) facts.push_back("ended by its timeout");
  if (!ended && lane_is_stuck(run, lane.id, t)) facts.push_back("proven: it can never end");
  return facts;
}

std::string python_future_repr(const trace::FutureRow& future, Instant t) {
  const auto state = trace::state_at(future, t).value_or(FutureState::Pending);
  switch (state) {
    case FutureState::Pending:
      return "<Future at 0x... state=pending>";
    case FutureState::Running:
      return "<Future at 0x... state=running>";
    case FutureState::Cancelled:
    case FutureState::CancelledAndNotified:
      return "<Future at 0x... state=cancelled>";
    case FutureState::Finished:
      break;
  }
  const char* how = future.outcome == Outcome::Raised ? "raised" : "returned";
  return fmt::format("<Future at 0x... state=finished {} {}>", how, future.type);
}

}  // namespace loiter::views
