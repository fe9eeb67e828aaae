#include "futures/wait.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "futures/collector.hpp"
#include "futures/errors.hpp"

namespace loiter::futures {
namespace {

bool raised(const AnyFuture& future) {
  return future.state() == FutureState::Finished && future.shared().error_when_done() != nullptr;
}

bool is_enough(const std::vector<AnyFuture>& done, std::size_t total, ReturnWhen when) {
  if (done.size() == total) return true;
  if (when == ReturnWhen::FirstCompleted) return !done.empty();
  return when == ReturnWhen::FirstException && std::ranges::any_of(done, raised);
}

FinishedCollector::WakeOn wake_on(ReturnWhen when) {
  switch (when) {
    case ReturnWhen::FirstCompleted:
      return FinishedCollector::WakeOn::Each;
    case ReturnWhen::FirstException:
      return FinishedCollector::WakeOn::FirstException;
    case ReturnWhen::AllCompleted:
      return FinishedCollector::WakeOn::All;
  }
  throw ValueError(fmt::format("Invalid return condition: {}", static_cast<int>(when)));
}

}  // namespace

DoneAndNotDone wait(std::vector<AnyFuture> futures, WaitOptions options) {
  DoneAndNotDone result;
  if (futures.empty()) return result;
  const Context& context = futures.front().shared().context();
  context.runtime().checkpoint();
  context.runtime().interleave();
  futures = unique_futures(std::move(futures));
  const Deadline deadline = context.deadline_in(options.timeout);
  if (std::ranges::all_of(futures, is_notified)) {
    result.done = std::move(futures);
    return result;
  }
  FinishedCollector collector(futures, wake_on(options.return_when));
  result.done = collector.take_finished();
  if (!is_enough(result.done, futures.size(), options.return_when)) {
    collector.wait(deadline, runtime::WaitOn::Wait);
    std::ranges::move(collector.take_finished(), std::back_inserter(result.done));
  }
  result.done = unique_futures(std::move(result.done));
  std::ranges::set_difference(
      futures, result.done, std::back_inserter(result.not_done), {}, [](const AnyFuture& f) { return f.id(); },
      [](const AnyFuture& f) { return f.id(); });
  for (const AnyFuture& future : result.done) {
    future.shared().context().observer().delivered(future.id(), DeliveredBy::Wait, 0);
  }
  return result;
}

}  // namespace loiter::futures
