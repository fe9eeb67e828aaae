#include "cli/run_tally.hpp"

#include <variant>

namespace loiter::cli {

void RunTally::count(const trace::Event& event) {
  last = event.t;
  if (std::holds_alternative<trace::Submitted>(event.body)) ++futures;
  if (const auto* change = std::get_if<trace::StateChanged>(&event.body)) {
    const bool done = change->to == trace::FutureState::Finished || change->to == trace::FutureState::Cancelled;
    finished += done ? 1 : 0;
  }
  if (const auto* stuck = std::get_if<trace::Stuck>(&event.body)) chain = stuck->chain;
  if (const auto* end = std::get_if<trace::RunEnded>(&event.body)) ended = *end;
}

}  // namespace loiter::cli
