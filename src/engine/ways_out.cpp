#include "engine/ways_out.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace loiter::engine {

std::string why_not(Escape how, const DeadEnd& end) {
  const std::string future = fmt::format("future {}", end.future.value);
  const bool is_pending = end.state == trace::FutureState::Pending;
  switch (how) {
    case Escape::TimeoutSet:
      return "";
    case Escape::WorkerAdded:
    case Escape::RanInline:
      if (!end.queue && !is_pending) return fmt::format("{} is running already: it does not want a worker.", future);
      if (!end.queue) return fmt::format("{} is in no pool's queue.", future);
      if (!end.has_threads) return fmt::format("{} belongs to a pool of processes.", future);
      return "";
    case Escape::Cancelled:
      if (!is_pending) return fmt::format("{} is running: cancel() returns False.", future);
      if (end.on == trace::WaitOn::Wait || end.on == trace::WaitOn::AsCompleted) {
        return "wait() and as_completed() hear of a cancelled future only when a worker takes it from the queue, and "
               "none will.";
      }
      return "";
  }
  return "";
}

namespace {
constexpr std::array<std::string_view, all_escapes.size()> words{"add-worker", "cancel", "timeout", "inline"};
}  // namespace

std::string_view escape_word(Escape how) {
  return words[static_cast<std::size_t>(std::ranges::find(all_escapes, how) - all_escapes.begin())];
}

std::optional<Escape> escape_of(std::string_view word) {
  const auto found = std::ranges::find(words, word);
  if (found == words.end()) return std::nullopt;
  return all_escapes[static_cast<std::size_t>(found - words.begin())];
}

}  // namespace loiter::engine
