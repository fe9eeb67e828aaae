// wait(): blocks until the first, all, or the first failed of some futures are done.
//
// Shape    Gives those that are done and those that are not, each once, in order of submission. A future that is only
//          Cancelled (no worker has popped it yet) does not count as done.
// Units    Lab time; no timeout means for ever.
// Errors   A timeout is no error: the sets are partial then. ValueError for a ReturnWhen that is none.
// Threads  A participant.
// Source   CPython 3.11 _base.py, wait; SEMANTICS W01 to W08.
#pragma once

#include <ranges>
#include <vector>

#include "futures/future.hpp"

namespace loiter::futures {

enum class ReturnWhen : std::uint8_t { FirstCompleted, FirstException, AllCompleted };

struct DoneAndNotDone {
  std::vector<AnyFuture> done;
  std::vector<AnyFuture> not_done;
};

struct WaitOptions {
  Timeout timeout = std::nullopt;
  ReturnWhen return_when = ReturnWhen::AllCompleted;
};

DoneAndNotDone wait(std::vector<AnyFuture> futures, WaitOptions options = {});

template <std::ranges::input_range R>
DoneAndNotDone wait(const R& futures, WaitOptions options = {}) {
  return wait(std::vector<AnyFuture>(std::ranges::begin(futures), std::ranges::end(futures)), options);
}

}  // namespace loiter::futures
