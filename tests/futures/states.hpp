// OneOfEach: a future in each of the six states that SEMANTICS.md speaks of, made by hand through promises.
#pragma once

#include <array>
#include <string>

#include "futures/lab.hpp"

namespace loiter::futures::lab {

struct OneOfEach {
  explicit OneOfEach(Context& context)
      : promises{Promise<int>(context), Promise<int>(context), Promise<int>(context),
                 Promise<int>(context), Promise<int>(context), Promise<int>(context)} {
    running().set_running_or_notify_cancel();
    cancelled().future().cancel();
    notified().future().cancel();
    notified().set_running_or_notify_cancel();
    returned().set_result(42);
    raised().set_exception(ValueError("boom"));
  }

  // In the order in which the tables of the tests are written.
  std::array<Promise<int>, 6> promises;
  Promise<int>& pending() { return promises[0]; }
  Promise<int>& running() { return promises[1]; }
  Promise<int>& cancelled() { return promises[2]; }
  Promise<int>& notified() { return promises[3]; }
  Promise<int>& returned() { return promises[4]; }
  Promise<int>& raised() { return promises[5]; }

  // What `f` says of each.
  template <class F>
  auto each(F f) {
    std::array<decltype(f(promises[0])), 6> answers;
    for (std::size_t i = 0; i < answers.size(); ++i) answers[i] = f(promises[i]);
    return answers;
  }
};

}  // namespace loiter::futures::lab
