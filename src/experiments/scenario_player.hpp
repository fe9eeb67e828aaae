// ScenarioRun and ScenarioPlayer: a scenario's steps carried out on pools, by the program and by tasks in the lab's own
// process.
//
//   run_scenario(Lab&, Scenario): pools --> the program's steps --> every pool is shut down, last one first
//                                   '--> tasks, each with a player and names of its own
//
// Shape    A player is one function in execution: it knows the futures and iterators that its steps have named.
// Errors   A step raises what the executors raise; NameError and AttributeError as Python's variables would.
// Threads  A player belongs to one participant. ScenarioRun and FutureNames are shared by all of them.
// Owner    ScenarioRun outlives its pools, and so every task and callback.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/mutex.hpp"
#include "experiments/lab.hpp"
#include "experiments/scenario_task.hpp"
#include "futures/as_completed.hpp"
#include "scenarios/scenario.hpp"
#include "trace/event.hpp"

namespace loiter::experiments {

// What a body's variables hold: mostly futures, and what `result` with `as` has found in one.
class FutureNames {
 public:
  void set(const std::string& name, TaskValue value) {
    Lock lock(m_mutex);
    m_values[name] = std::move(value);
  }
  std::optional<TaskValue> find(const std::string& name) const {
    Lock lock(m_mutex);
    const auto found = m_values.find(name);
    return found == m_values.end() ? std::nullopt : std::optional(found->second);
  }
  void clear() {
    std::map<std::string, TaskValue> values;
    Lock lock(m_mutex);
    values.swap(m_values);
    lock.unlock();
  }

 private:
  mutable Mutex m_mutex;
  std::map<std::string, TaskValue> m_values LOITER_GUARDED_BY(m_mutex);
};

class ScenarioRun {
 public:
  ScenarioRun(Lab& lab, const scenarios::Scenario& scenario);
  ~ScenarioRun();
  ScenarioRun(const ScenarioRun&) = delete;
  ScenarioRun& operator=(const ScenarioRun&) = delete;

  struct Pool {
    std::string name;  // empty: the program's own
    Mode mode;
    std::unique_ptr<futures::Executor> executor;
  };

  Lab& lab() const { return m_lab; }
  const scenarios::Scenario& scenario() const { return m_scenario; }
  Duration length_of(double count) const { return units(m_unit, count); }
  Duration unit() const { return m_unit; }
  const Pool& pool(const std::string& name) const;
  const std::string& site(const std::string& task) const { return m_sites.at(task); }
  const std::shared_ptr<FutureNames>& names_of_main() const { return m_names_of_main; }
  void at(const std::string& site);
  // A callback holds the names of its body, and these the future that holds the callback: at the end of the run nobody
  // but this lets go of them.
  void release_at_end(std::shared_ptr<FutureNames> names);

  // As the end of the `with` block does.
  void shut_down();

 private:
  Lab& m_lab;
  const scenarios::Scenario& m_scenario;
  const Duration m_unit;
  const std::map<std::string, std::string> m_sites;  // of tasks
  const std::shared_ptr<FutureNames> m_names_of_main = std::make_shared<FutureNames>();
  Mutex m_mutex;
  std::set<std::shared_ptr<FutureNames>> m_to_release LOITER_GUARDED_BY(m_mutex);
  std::vector<Pool> m_pools;
};

class ScenarioPlayer {
 public:
  // `observe` hears of what the steps see; null: nobody looks. `depth` counts tasks that run inside of each other.
  using Observe = std::function<void(trace::Observed)>;
  static constexpr int of_the_program = -1;
  ScenarioPlayer(ScenarioRun& run, std::shared_ptr<FutureNames> names, Observe observe, int depth);

  // `site` is the step's marker in the listings; what it leaves to be done later has markers below it.
  void play(const scenarios::Step& step, const std::string& site);
  futures::AnyFuture future(const std::string& name, const char* attribute = "_condition") const;

 private:
  using Step = scenarios::Step;
  // One of the two.
  struct Iterator {
    std::unique_ptr<futures::MapIterator<TaskValue>> map;
    std::unique_ptr<futures::AsCompleted<TaskFuture>> as_completed;
  };

  futures::Context& context() const { return m_run.lab().context(); }
  Timeout timeout_of(const Step& step) const;
  std::vector<TaskFuture> futures_of(const Step& step) const;
  TaskFuture submit_task(const ScenarioRun::Pool& pool, const std::string& task);
  void submit(const Step& step);
  void map(const Step& step);
  bool advance(Iterator& iterator);
  void drive(Iterator& iterator);
  void wait(const Step& step);
  void result(const Step& step);
  void add_callback(const Step& step, const std::string& site);
  void observe(trace::Observed what) const;
  void observe_value(const TaskValue& value) const;
  void observe_error(const std::exception_ptr& error) const;

  ScenarioRun& m_run;
  const std::shared_ptr<FutureNames> m_names;
  const Observe m_observe;
  const int m_depth;
  std::map<std::string, Iterator> m_iterators;
};

void run_scenario(Lab& lab, const scenarios::Scenario& scenario);

}  // namespace loiter::experiments
