#include "views/ways_out.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "views/words.hpp"

namespace loiter::views {

using trace::Escape;

std::string_view escape_label(Escape how) {
  switch (how) {
    case Escape::WorkerAdded:
      return "Add a worker";
    case Escape::Cancelled:
      return "Cancel the inner future";
    case Escape::TimeoutSet:
      return "Give the wait a timeout";
    case Escape::RanInline:
      break;
  }
  return "Run it on the waiting thread";
}

std::string_view escape_tip(Escape how) {
  switch (how) {
    case Escape::WorkerAdded:
      return "The pool gets one worker more than max_workers, which takes what lies in the queue.";
    case Escape::Cancelled:
      return "The pending future is cancelled: who waits for it gets CancelledError.";
    case Escape::TimeoutSet:
      return "The wait is over now: who waits gets TimeoutError.";
    case Escape::RanInline:
      break;
  }
  return "The waiting thread takes the pending call out of the queue and executes it itself.";
}

std::string escape_text(const trace::Run& run, const trace::EscapeMark& escape) {
  const std::string name = future_name(run, escape.future);
  const std::string number = fmt::format("future {}", escape.future.value);
  const std::string future = name == number ? name : fmt::format("{} ({})", name, number);
  const std::string lane = lane_name(run, escape.lane);
  switch (escape.how) {
    case Escape::WorkerAdded:
      return fmt::format("{} added a worker to its pool, for {}.", lane, future);
    case Escape::Cancelled:
      return fmt::format("{} cancelled {}, for which it waited.", lane, future);
    case Escape::TimeoutSet:
      return fmt::format("{} waits for {} no longer: TimeoutError.", lane, future);
    case Escape::RanInline:
      break;
  }
  return fmt::format("{} executes {} itself, while it waits for it.", lane, future);
}

std::string_view escape_lesson(Escape how) {
  switch (how) {
    case Escape::WorkerAdded:
      return "It cures this run, not the program: a chain of n waits, each inside the task before, needs n workers.";
    case Escape::Cancelled:
      return "The inner call is lost, and the waiting task must know what to do with CancelledError. What runs already "
             "cannot be cancelled.";
    case Escape::TimeoutSet:
      return "A timeout ends the wait and not the task: the inner call runs as soon as the worker is free again. Every "
             "result() that may wait for its own pool should have one.";
    case Escape::RanInline:
      break;
  }
  return "Schedulers that help while they wait do this by themselves; CPython's pools do not. Better: return the inner "
         "future, and let the caller wait for it.";
}

const trace::EscapeMark* escape_at(const trace::Run& run, Instant t) {
  const auto after = std::ranges::upper_bound(run.escapes(), t, {}, &trace::EscapeMark::t);
  return after == run.escapes().begin() ? nullptr : &*std::prev(after);
}

}  // namespace loiter::views
