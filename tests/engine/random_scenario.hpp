// RandomScenario: a scenario file drawn from a seed: nested submits, waits of every kind, timeouts, cancels, callbacks that
// wait, on one to three pools.
//
// Shape    A task submits only tasks described after it, so every run is finite, or stuck.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace loiter::engine {

class RandomScenario {
 public:
  explicit RandomScenario(std::uint64_t seed) : m_random(seed) {}

  std::string text() {
    std::string pools = fmt::format("mode = '{}'\nworkers = {}\n",
                                    pick(8) == 0    ? "processes"
                                    : pick(12) == 0 ? "sequential"
                                                    : "threads",
                                    1 + pick(4));
    for (int i = 1; i <= pick(3); ++i) {
      m_pools.push_back(fmt::format("p{}", i));
      pools += fmt::format("[pools.p{}]\nmode = '{}'\nworkers = {}\n", i, pick(6) == 0 ? "processes" : "threads",
                           1 + pick(2));
    }
    const std::string main = body(0, 4 + pick(8), true);
    std::string tasks;
    for (int task = 1; task <= most_tasks; ++task) {
      tasks += fmt::format("[tasks.t{}]\nsteps = [\n{}]\n", task, body(task, 1 + pick(4), false));
    }
    return pools + tasks + main;
  }

 private:
  static constexpr int most_tasks = 4;

  int pick(int below) { return static_cast<int>(m_random() % static_cast<std::uint64_t>(below)); }
  bool one_in(int n) { return pick(n) == 0; }

  std::string body(int task, int steps, bool is_main) {
    m_futures.clear();
    m_iterators.clear();
    m_submits = 0;
    std::string text;
    for (int i = 0; i < steps; ++i) {
      const std::string step = one_step(task, is_main);
      if (step.empty()) continue;
      text += is_main ? "[[main]]\n" + lines_of(step) : "  { " + step + " },\n";
    }
    if (is_main) m_of_main = m_futures;
    if (!is_main && one_in(8)) text += "  { raise = 'ValueError' },\n";
    if (is_main && text.empty()) text = "[[main]]\nsay = 'nothing'\n";
    return text;
  }

  // "a = 1, b = 2" as lines; no text of a step has a comma of its own but in brackets.
  static std::string lines_of(const std::string& step) {
    std::string lines;
    int open = 0;
    for (const char c : step) {
      open += c == '[' ? 1 : c == ']' ? -1 : 0;
      lines += c == ',' && open == 0 ? '\n' : c;
    }
    return lines + "\n";
  }

  std::string one_step(int task, bool is_main) {
    switch (pick(is_main ? 14 : 12)) {
      case 0:
        return fmt::format("loiter = {}", pick(3));
      case 1:
      case 2:
      case 3:
        return submit(task);
      case 4:
        return map(task);
      case 5:
      case 6: {
        const std::string future = any_future(is_main);
        return future.empty() ? "" : fmt::format("{} = '{}'{}", one_in(4) ? "exception" : "result", future, timeout());
      }
      case 7: {
        const std::string names = some_futures(is_main);
        constexpr const char* when[] = {"FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"};
        return names.empty() ? "" : fmt::format("wait = {}, return_when = '{}'{}", names, when[pick(3)], timeout());
      }
      case 8: {
        const std::string names = some_futures(is_main);
        if (names.empty()) return "";
        m_iterators.push_back(fmt::format("i{}", m_iterators.size()));
        return fmt::format("as_completed = {}, as = '{}'{}", names, m_iterators.back(), timeout());
      }
      case 9: {
        if (m_iterators.empty()) return "";
        constexpr const char* does[] = {"next", "each", "each", "close"};
        return fmt::format("{} = '{}'", does[pick(4)],
                           m_iterators[static_cast<std::size_t>(pick(static_cast<int>(m_iterators.size())))]);
      }
      case 10: {
        const std::string future = any_future(is_main);
        return future.empty() ? "" : fmt::format("cancel = '{}'", future);
      }
      case 11: {
        const std::string future = any_future(is_main);
        const std::string awaited = any_future(is_main);
        if (future.empty() || awaited.empty() || one_in(2)) return "say = 'here'";
        return one_in(2) ? fmt::format("on_done = '{}', loiter = 1", future)
                         : fmt::format("on_done = '{}', result = '{}'", future, awaited);
      }
      case 12:
        return one_in(3)
                   ? fmt::format("shutdown = true, wait = {}, cancel_futures = {}{}", one_in(2), one_in(2), pool())
                   : "";
      default:
        return fmt::format("loiter = {}", 1 + pick(4));
    }
  }

  std::string pool() {
    if (m_pools.empty() || one_in(2)) return "";
    return fmt::format(", pool = '{}'", m_pools[static_cast<std::size_t>(pick(static_cast<int>(m_pools.size())))]);
  }
  std::string timeout() { return one_in(5) ? fmt::format(", timeout = {}", pick(5)) : ""; }

  std::string submit(int task) {
    if (task >= most_tasks || m_submits >= 3) return "";
    ++m_submits;
    const std::string as = fmt::format("f{}", m_futures.size());
    const int which = task + 1 + pick(most_tasks - task);
    if (one_in(5)) {
      m_futures.push_back(as + "1");
      m_futures.push_back(as + "2");
      return fmt::format("submit = 't{}', as = '{}', repeat = 2{}", which, as, pool());
    }
    m_futures.push_back(as);
    return fmt::format("submit = 't{}', as = '{}'{}", which, as, pool());
  }

  std::string map(int task) {
    if (task >= most_tasks || m_submits >= 3) return "";
    ++m_submits;
    m_iterators.push_back(fmt::format("i{}", m_iterators.size()));
    return fmt::format("map = ['t{}', 't{}'], as = '{}'{}", task + 1, most_tasks, m_iterators.back(), timeout());
  }

  std::string any_future(bool is_main) {
    if (!is_main && !m_of_main.empty() && one_in(3)) {
      return "main." + m_of_main[static_cast<std::size_t>(pick(static_cast<int>(m_of_main.size())))];
    }
    if (m_futures.empty()) return "";
    return m_futures[static_cast<std::size_t>(pick(static_cast<int>(m_futures.size())))];
  }
  std::string some_futures(bool is_main) {
    if (one_in(4) && !m_futures.empty()) return "['f*']";
    std::string names;
    for (int i = 0; i <= pick(3); ++i) {
      const std::string name = any_future(is_main);
      if (!name.empty()) names += fmt::format("{}'{}'", names.empty() ? "" : ", ", name);
    }
    return names.empty() ? "" : "[" + names + "]";
  }

  std::mt19937_64 m_random;
  std::vector<std::string> m_pools;
  std::vector<std::string> m_of_main;
  std::vector<std::string> m_futures;
  std::vector<std::string> m_iterators;
  int m_submits = 0;
};

}  // namespace loiter::engine
