#include "futures/escape.hpp"

#include <memory>

namespace loiter::futures {

bool answer_escape(Context& context, const std::function<SharedState*(FutureId)>& find) {
  const auto asked = context.take_escape(runtime::Runtime::current().id());
  // Who waits for something else by now has nothing to do with what was asked.
  if (!asked || find(asked->future) == nullptr) return false;
  const auto tell = [&] { context.observer().escaped(asked->how, asked->future); };
  const std::shared_ptr<EscapablePool> pool = asked->pool ? context.pool(*asked->pool) : nullptr;
  switch (asked->how) {
    case Escape::TimeoutSet:
      tell();
      return true;
    case Escape::Cancelled: {
      SharedState* const future = find(asked->future);
      if (future->state() != FutureState::Pending) return false;
      tell();
      future->cancel();
      return false;
    }
    case Escape::WorkerAdded:
      if (!pool) return false;
      tell();
      pool->add_worker();
      return false;
    case Escape::RanInline: {
      const StateRef task = pool ? pool->take_out(asked->future) : StateRef();
      if (!task) return false;
      tell();
      task->run();
      return false;
    }
  }
  return false;
}

}  // namespace loiter::futures
