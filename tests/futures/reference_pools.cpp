// The reference's programs about thread pools.
#include <fmt/format.h>

#include "futures/reference_programs.hpp"

namespace loiter::futures::lab {
namespace {

const auto nothing = named("int", [] { return 0; });

auto waits_for(const Gate& gate) {
  return named("wait", [gate] { gate.pass(); });
}

void max_workers(Lab& lab) {
  for (const int workers : {0, -1}) {
    say(lab, attempt([&] { const ThreadPoolExecutor pool(lab.context, {.max_workers = workers}); }));
  }
}

void threads_on_demand(Lab& lab) {
  const auto threads = [](const ThreadPoolExecutor& pool) { return static_cast<int>(pool.thread_count()); };
  {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 5});
    const Gate gate(lab.context);
    std::vector<int> counts{threads(pool)};
    for (int i = 0; i < 3; ++i) {
      pool.submit(waits_for(gate));
      counts.push_back(threads(pool));
    }
    say(lab, counts[0], counts[1], counts[2], counts[3]);
    gate.open();
  }
  {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 4});
    const Gate gate(lab.context);
    std::vector<Future<None>> tasks;
    for (int i = 0; i < 60; ++i) tasks.push_back(pool.submit(waits_for(gate)));
    say(lab, threads(pool), std::ranges::count_if(tasks, [](const auto& f) { return !f.running(); }) >= 56);
    gate.open();
  }
  for (const int workers : {5, 1000}) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = workers});
    for (int i = 0; i < 4; ++i) pool.submit(nothing).result();
    say(lab, threads(pool));
  }
}

void names_of_threads(Lab& lab) {
  for (const char* prefix : {"SpecialPool", "Other"}) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 2, .thread_name_prefix = prefix});
    const Gate gate(lab.context);
    Lines names;
    const auto name = named("name", [&names, gate] {
      names.push_back(this_lane());
      gate.pass();
    });
    pool.submit(name);
    pool.submit(name);
    say(lab, names.at(0), names.at(1));
    gate.open();
  }
}

void after_shutdown(Lab& lab) {
  ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
  pool.submit(nothing);
  pool.shutdown();
  say(lab, attempt([&] { pool.submit(nothing); }));
  say(lab, attempt([&] { pool.map(lab.loiter(), std::vector{1}); }));
  say(lab, attempt([&] { pool.shutdown(); }));
}

void shutdown_without_wait(Lab& lab) {
  ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
  const Gate gate(lab.context);
  const std::vector<AnyFuture> tasks{pool.submit(waits_for(gate)), pool.submit(nothing), pool.submit(nothing)};
  pool.shutdown({.wait = false});
  say(lab, tasks[0].state(), tasks[1].state(), tasks[2].state());
  gate.open();
  wait(tasks);
  say(lab, tasks[0].state(), tasks[1].state(), tasks[2].state());
}

void shutdown_that_cancels(Lab& lab) {
  ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
  const Gate gate(lab.context);
  std::vector<AnyFuture> tasks{pool.submit(waits_for(gate)), pool.submit(waits_for(gate))};
  for (int i = 0; i < 4; ++i) {
    tasks.push_back(pool.submit(nothing));
    tasks.back().add_done_callback([&lab, i](const AnyFuture&) { say(lab, "cancelled", i, in_main()); });
  }
  const auto say_states = [&] {
    say(lab, tasks[0].state(), tasks[1].state(), tasks[2].state(), tasks[3].state(), tasks[4].state(),
        tasks[5].state());
  };
  pool.shutdown({.wait = false, .cancel_futures = true});
  say_states();
  gate.open();
  pool.shutdown();
  say_states();
  const std::vector second{Future<int>::of(tasks[2])};
  const auto sets = wait(second, {.timeout = 0 * U});
  say(lab, second[0].done(), static_cast<int>(sets.done.size()), static_cast<int>(sets.not_done.size()));
  auto iterator = as_completed(second, 0 * U);
  say(lab, attempt_next(iterator));
  say(lab, attempt([&] { return second[0].result(); }));
}

void cancelled_in_the_queue(Lab& lab) {
  ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
  const Gate gate(lab.context);
  const auto a = pool.submit(waits_for(gate));
  const auto b = pool.submit(named("say", [&lab] { say(lab, "never said"); }));
  const bool cancelled_a = a.cancel();
  const bool cancelled_b = b.cancel();
  say(lab, cancelled_a, cancelled_b, a.state(), b.state());
  gate.open();
  const auto sets = wait(std::vector{b});
  say(lab, static_cast<int>(sets.done.size()), static_cast<int>(sets.not_done.size()), b.state());
  a.result();
  const bool cancelled_late = a.cancel();
  say(lab, cancelled_late, a.state());
}

void a_worker_survives(Lab& lab) {
  ThreadPoolExecutor pool(lab.context, {.max_workers = 1, .thread_name_prefix = "pool"});
  say(lab, attempt([&] { return pool.submit(named("raising", []() -> int { throw ValueError("x"); })).result(); }));
  say(lab, pool.submit(named("here", [] { return this_lane(); })).result(), static_cast<int>(pool.thread_count()));
}

void initializers(Lab& lab) {
  Lines events;
  {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 3, .thread_name_prefix = "pool", .initializer = [&events] {
                                            events.push_back(this_lane() + " init");
                                          }});
    const Gate first(lab.context);
    const Gate second(lab.context);
    for (const Gate& gate : {first, second}) {
      for (int i = 0; i < 3; ++i) {
        pool.submit(named("task", [&events, gate] {
          events.push_back(this_lane() + " task");
          gate.pass();
        }));
      }
      lab.sleep(1 * U);  // until all three hold at the gate
      gate.open();
    }
  }
  for (int worker = 0; worker < 3; ++worker) {
    std::string line;
    for (const std::string& event : events) {
      if (event.starts_with(fmt::format("pool_{}", worker))) line += (line.empty() ? "" : " ") + event;
    }
    say(lab, line);
  }
}

void an_initializer_that_fails(Lab& lab) {
  const Gate gate(lab.context);
  ThreadPoolExecutor pool(lab.context, {.max_workers = 1, .thread_name_prefix = "pool", .initializer = [gate] {
                                          gate.pass();
                                          throw ValueError("init");
                                        }});
  std::vector<Future<int>> tasks;
  for (int i = 0; i < 3; ++i) tasks.push_back(pool.submit(nothing));
  gate.open();
  for (const auto& task : tasks) {
    const std::string answer = attempt([&] { return task.result(); });
    say(lab, answer, "|", task);
  }
  say(lab, attempt([&] { pool.submit(nothing); }));
  pool.shutdown();
  say(lab, attempt([&] { pool.submit(nothing); }));
}

void first_in_first_out(Lab& lab) {
  Lines started;
  {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const Gate gate(lab.context);
    pool.submit(waits_for(gate));
    for (int i = 0; i < 10; ++i) {
      pool.submit(named("append", [&started](int n) { started.push_back(std::to_string(n)); }), i);
    }
    gate.open();
  }
  say(lab, fmt::format("{}", fmt::join(started, " ")));
}

void nested_submits(Lab& lab) {
  using Zip = std::vector<std::pair<int, int>>;
  ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
  const auto outer = pool.submit(named("outer", [&pool] {
    return pool.submit(named("zip", [] { return Zip{{1, 4}, {2, 5}, {3, 6}}; }));
  }));
  say(lab, outer.result().result(), outer);
  ThreadPoolExecutor other(lab.context, {.max_workers = 1});
  say(lab, attempt([&] { other.submit(named("shutdown", [&other] { other.shutdown(); })).result(); }));
  say(lab, attempt([&] { other.submit(nothing); }));
}

void wait_forever(Lab& lab) {
  using Zip = std::vector<std::pair<int, int>>;
  for (const int workers : {1, 2}) {
    Future<Zip> inner;
    ThreadPoolExecutor pool(lab.context, {.max_workers = workers});
    const auto future = pool.submit(named("outer", [&] {
      inner = pool.submit(named("zip", [] { return Zip{{1, 4}, {2, 5}, {3, 6}}; }));
      return inner.result();
    }));
    say(lab, attempt([&] { return future.result(U); }));
    say(lab, future.state(), inner.state(), static_cast<int>(pool.thread_count()));
    pool.shutdown({.wait = false, .cancel_futures = true});
    const std::string answer = attempt([&] { return future.result(); });
    say(lab, answer, inner.state());
  }
}

int chain(ThreadPoolExecutor& pool, int depth) {
  if (depth == 1) return 1;
  return 1 + pool.submit(named("chain", [&pool](int rest) { return chain(pool, rest); }), depth - 1).result();
}

void chains_of_waits(Lab& lab) {
  for (int workers = 1; workers < 6; ++workers) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = workers});
    const auto future = pool.submit(named("chain", [&pool](int depth) { return chain(pool, depth); }), 4);
    const std::string answer = attempt([&] { return future.result(U); });
    say(lab, workers, answer, static_cast<int>(pool.thread_count()));
    pool.shutdown({.wait = false, .cancel_futures = true});
  }
}

}  // namespace

std::vector<Program> programs_of_pools() {
  return {{"max_workers", max_workers},
          {"threads_on_demand", threads_on_demand},
          {"names_of_threads", names_of_threads},
          {"after_shutdown", after_shutdown},
          {"shutdown_without_wait", shutdown_without_wait},
          {"shutdown_that_cancels", shutdown_that_cancels},
          {"cancelled_in_the_queue", cancelled_in_the_queue},
          {"a_worker_survives", a_worker_survives},
          {"initializers", initializers},
          {"an_initializer_that_fails", an_initializer_that_fails},
          {"first_in_first_out", first_in_first_out},
          {"nested_submits", nested_submits},
          {"wait_forever", wait_forever},
          {"chains_of_waits", chains_of_waits}};
}

}  // namespace loiter::futures::lab
