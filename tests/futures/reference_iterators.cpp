// The reference's programs about map, wait and as_completed.
#include <fmt/format.h>

#include <algorithm>

#include "futures/reference_programs.hpp"

namespace loiter::futures::lab {
namespace {

using Futures = std::vector<Future<int>>;
using Ints = std::vector<int>;

Futures futures_of(const OneOfEach& each) {
  Futures futures;
  for (const auto& promise : each.promises) futures.push_back(promise.future());
  return futures;
}

std::vector<int> places(const std::vector<AnyFuture>& some, const Futures& all) {
  std::vector<int> result;
  for (const auto& future : some) result.push_back(static_cast<int>(std::ranges::find(all, future) - all.begin()));
  std::ranges::sort(result);
  return result;
}

const auto str = named("str", [](int n) { return std::to_string(n); });

void mapping(Lab& lab) {
  Ints consumed;
  const auto inputs = Numbers(3, [&](int n) {
    consumed.push_back(n);
    return n;
  });
  ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
  auto results = pool.map(str, inputs);
  say(lab, consumed, results.repr());
  const auto values = list(results);
  say(lab, values, attempt_next(results));
  const auto divmod = named("divmod", [](int a, int b) {
    if (b == 0) throw ZeroDivisionError("integer division or modulo by zero");
    return std::pair(a / b, a % b);
  });
  auto pairs = pool.map(divmod, std::vector<std::tuple<int, int>>{{1, 2}, {1, 3}, {1, 0}, {1, 5}});
  for (int i = 0; i < 5; ++i) say(lab, attempt_next(pairs));
  auto none = pool.map(str, Ints{});
  say(lab, list(none));
  for (int chunksize = 0; chunksize < 3; ++chunksize) {  // there is no chunksize to be ignored
    auto four = pool.map(str, Numbers(4));
    say(lab, list(four));
  }
}

// A pool of one worker whose map says which of its futures are cancelled, in order.
class Watched {
 public:
  explicit Watched(Lab& lab) : gate(lab.context), m_lab(lab) {}
  template <class F>
  auto map(F f, int count, Timeout timeout = std::nullopt) {
    const Deadline end = m_lab.context.deadline_in(timeout);
    Futures futures;
    for (int i = 0; i < count; ++i) {
      futures.push_back(m_pool.submit(named("task", f), i));
      futures.back().add_done_callback([this, i](const AnyFuture& future) {
        if (future.cancelled()) say(m_lab, "cancelled", i);
      });
    }
    return MapIterator<int>(m_lab.context, std::move(futures), end);
  }
  void end() {
    gate.open();
    m_pool.shutdown();
    say(m_lab, "end");
  }
  const Gate gate;

 private:
  Lab& m_lab;
  ThreadPoolExecutor m_pool{m_lab.context, {.max_workers = 1}};
};

void a_raise_inside_map(Lab& lab) {
  Watched watched(lab);
  auto results = watched.map(
      [&watched](int n) {
        if (n == 1) throw ValueError("one");
        if (n == 2) watched.gate.pass();
        return n;
      },
      5);
  for (int i = 0; i < 3; ++i) say(lab, attempt_next(results));
  watched.end();
}

void a_timeout_inside_map(Lab& lab) {
  Watched watched(lab);
  auto results = watched.map(
      [&watched](int n) {
        watched.gate.pass();
        return n;
      },
      3, 0 * U);
  for (int i = 0; i < 2; ++i) say(lab, attempt_next(results));
  watched.end();
}

void finished_before_the_timeout_of_map(Lab& lab) {
  ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
  auto results = pool.map(str, Numbers(3), {.timeout = 0 * U});
  pool.submit(named("int", [] {})).result();
  say(lab, list(results));
}

void closing_map(Lab& lab) {
  {
    Watched watched(lab);
    auto results = watched.map(
        [&watched](int n) {
          if (n == 1) watched.gate.pass();
          return n;
        },
        5);
    lab.sleep(1 * U);  // until the second one runs
    say(lab, attempt_next(results));
    results.close();
    say(lab, attempt_next(results));
    watched.end();
  }
  Watched watched(lab);
  auto results = watched.map(
      [&watched](int n) {
        watched.gate.pass();
        return n;
      },
      3);
  results.close();
  say(lab, attempt_next(results));
  watched.end();
}

void a_cancelled_future_inside_map(Lab& lab) {
  ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
  const Gate gate(lab.context);
  auto results = pool.map(named("task",
                                [gate](int n) {
                                  gate.pass();
                                  return n;
                                }),
                          Numbers(3));
  pool.shutdown({.wait = false, .cancel_futures = true});
  gate.open();
  for (int i = 0; i < 3; ++i) say(lab, attempt_next(results));
}

void waiting(Lab& lab) {
  const OneOfEach states(lab.context);
  const Futures each = futures_of(states);
  const Futures some{each[0], each[1], each[2], each[3], each[0], each[1]};
  const auto sizes = [&](const DoneAndNotDone& sets) {
    say(lab, static_cast<int>(sets.done.size()), static_cast<int>(sets.not_done.size()));
  };
  for (const auto when : {ReturnWhen::FirstCompleted, ReturnWhen::FirstException, ReturnWhen::AllCompleted}) {
    const auto sets = wait(some, {.timeout = 0 * U, .return_when = when});
    say(lab, places(sets.done, each), places(sets.not_done, each));
    sizes(wait(Futures{}, {.return_when = when}));
    sizes(wait(Futures{each[3], each[4], each[5]}, {.return_when = when}));
  }
  const auto bad = static_cast<ReturnWhen>(77);
  say(lab, attempt([&] { wait(Futures{each[0]}, {.return_when = bad}); }));
  say(lab, static_cast<int>(wait(Futures{each[4], each[5]}, {.return_when = bad}).done.size()));
}

void waiting_for_the_first(Lab& lab) {
  ThreadPoolExecutor pool(lab.context, {.max_workers = 3});
  const Gate gate(lab.context);
  const auto number = [&pool](auto f) { return pool.submit(named("task", f)); };
  const auto slow = number([gate] {
    gate.pass();
    return 0;
  });
  const auto quick = number([] { return 0; });
  const auto contains = [](const auto& set, const AnyFuture& future) {
    return std::ranges::find(set, future) != set.end();
  };
  const auto first = wait(Futures{slow, quick}, {.return_when = ReturnWhen::FirstCompleted});
  say(lab, contains(first.done, quick), contains(first.not_done, slow));
  const auto fails = number([]() -> int { throw ValueError("x"); });
  const auto second = wait(Futures{slow, fails}, {.return_when = ReturnWhen::FirstException});
  say(lab, contains(second.done, fails), contains(second.not_done, slow));
  gate.open();
  const auto all = wait(Futures{slow, quick, fails});
  say(lab, static_cast<int>(all.done.size()), static_cast<int>(all.not_done.size()));
}

void completing(Lab& lab) {
  const OneOfEach states(lab.context);
  const Futures each = futures_of(states);
  for (const Duration timeout : {0 * U, -1 * U}) {
    Futures seven = each;
    seven.push_back(Promise<int>(lab.context).future());
    auto iterator = as_completed(seven, timeout);
    std::vector<AnyFuture> given;
    for (int i = 0; i < 3; ++i) given.push_back(*iterator.next());
    say(lab, places(given, each), attempt_next(iterator));
    say(lab, attempt_next(iterator));
  }
  auto twice = as_completed(Futures{each[4], each[5], each[4], each[5], each[4], each[5]});
  auto none = as_completed(Futures{});
  const auto two = static_cast<int>(list(twice).size());
  say(lab, two, static_cast<int>(list(none).size()));
  auto iterator = as_completed(each);
  iterator.close();
  say(lab, attempt_next(iterator));
}

void completing_in_order(Lab& lab) {
  std::vector<Promise<int>> promises;
  Futures each;
  for (int i = 0; i < 4; ++i) each.push_back(promises.emplace_back(lab.context).future());
  promises[0].set_result(0);
  auto iterator = as_completed(each);
  Lines order{std::to_string(places({*iterator.next()}, each)[0])};
  for (const int i : {2, 1, 3}) promises[static_cast<std::size_t>(i)].set_result(i);
  while (const auto future = iterator.next()) order.push_back(std::to_string(places({*future}, each)[0]));
  say(lab, fmt::format("{}", fmt::join(order, " ")));
}

void completing_too_late(Lab& lab) {
  std::vector<Promise<int>> promises;
  Futures each;
  for (int i = 0; i < 3; ++i) each.push_back(promises.emplace_back(lab.context).future());
  promises[0].set_result(0);
  auto iterator = as_completed(each, 1 * U);
  say(lab, places({*iterator.next()}, each)[0]);
  promises[1].set_result(1);
  lab.sleep(2 * U);
  say(lab, attempt_next(iterator));
  say(lab, attempt_next(iterator));
}

}  // namespace

std::vector<Program> programs_of_iterators() {
  return {{"mapping", mapping},
          {"a_raise_inside_map", a_raise_inside_map},
          {"a_timeout_inside_map", a_timeout_inside_map},
          {"finished_before_the_timeout_of_map", finished_before_the_timeout_of_map},
          {"closing_map", closing_map},
          {"a_cancelled_future_inside_map", a_cancelled_future_inside_map},
          {"waiting", waiting},
          {"waiting_for_the_first", waiting_for_the_first},
          {"completing", completing},
          {"completing_in_order", completing_in_order},
          {"completing_too_late", completing_too_late}};
}

}  // namespace loiter::futures::lab
