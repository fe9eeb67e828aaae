#include "scenarios/check_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_set>

#include "base/text.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/toml_table.hpp"

namespace loiter::scenarios {
namespace {

using Kind = Step::Kind;

// Names in the order in which they were first given.
class Names {
 public:
  void add(const std::string& name) {
    if (m_known.insert(name).second) m_all.push_back(name);
  }
  bool has(const std::string& name) const { return m_known.contains(name); }
  const std::vector<std::string>& all() const { return m_all; }

 private:
  std::vector<std::string> m_all;
  std::unordered_set<std::string> m_known;
};

void declare(const Step& step, Names& futures, Names& iterators) {
  if (step.as.empty()) return;
  if (step.kind == Kind::Map || step.kind == Kind::AsCompleted) return iterators.add(step.as);
  if (!step.repeat) return futures.add(step.as);
  for (std::uint32_t i = 1; i <= *step.repeat; ++i) futures.add(repeated_name(step.as, i));
}

[[noreturn]] void unknown(const Step& step, std::string_view what, const std::string& name,
                          const std::vector<std::string>& known, std::string_view hint = "") {
  throw Mistake{step.line,
                fmt::format("There is no {} '{}'{}.{}{}", what, printable(name, 40), hint, did_you_mean(name, known),
                            known.empty() ? fmt::format(" There is none{}.", hint.empty() ? "" : " at all")
                                          : fmt::format(" Known: {}.", some_of(known)))};
}

class Checker {
 public:
  explicit Checker(Scenario& scenario) : m_scenario(scenario) {
    for (const Task& task : scenario.tasks) m_tasks.add(task.name);
    for (const Pool& pool : scenario.pools) m_pools.add(pool.name);
    Names iterators;
    for (const Step& step : scenario.main) declare(step, m_of_main, iterators);
  }

  void check() {
    check_body(m_scenario.main, false);
    for (Task& task : m_scenario.tasks) check_body(task.steps, true);
  }

 private:
  void check_body(std::vector<Step>& steps, bool is_task) {
    m_is_task = is_task;
    m_futures = {};
    m_iterators = {};
    std::size_t submitted = 0;
    for (Step& step : steps) {
      check_step(step);
      if (step.kind == Kind::Submit) submitted += step.repeat.value_or(1);
      if (step.kind == Kind::Map) submitted += step.names.size();
      if (submitted > most_tasks) {
        throw Mistake{step.line, fmt::format("With this step {} submits more than {} tasks.",
                                             is_task ? "one task" : "the program", most_tasks)};
      }
      declare(step, m_futures, m_iterators);
    }
  }

  void check_step(Step& step) {
    if (!step.pool.empty() && !m_pools.has(step.pool)) unknown(step, "pool", step.pool, m_pools.all());
    switch (step.kind) {
      case Kind::Submit:
        return check_task(step, step.name);
      case Kind::Map:
        count_listed(step, step.names.size());
        for (const std::string& name : step.names) check_task(step, name);
        return;
      case Kind::AsCompleted:
      case Kind::Wait:
        step.names = written_out(step);
        return;
      case Kind::Next:
      case Kind::Each:
      case Kind::Close:
        if (!m_iterators.has(step.name)) unknown(step, "iterator", step.name, m_iterators.all(), " here");
        return;
      case Kind::Result:
      case Kind::Exception:
      case Kind::Cancel:
      case Kind::State:
      case Kind::ReturnFuture:
        return check_future(step, step.name);
      case Kind::OnDone:
        check_future(step, step.name);
        if (!step.awaits.empty()) check_awaited(step);
        return;
      default:
        return;
    }
  }

  void check_task(const Step& step, const std::string& name) const {
    if (!m_tasks.has(name)) unknown(step, "task", name, m_tasks.all());
  }

  void check_future(const Step& step, const std::string& name) const {
    if (const auto in_main = m_is_task ? name_in_main(name) : std::nullopt) {
      const std::string of_main(*in_main);
      if (!m_of_main.has(of_main)) unknown(step, "future", of_main, m_of_main.all(), " in main");
    } else if (!m_futures.has(name)) {
      complain_of_future(step, name);
    }
  }

  // A callback is called later: then the program may have named it.
  void check_awaited(const Step& step) const {
    if (m_is_task || !m_of_main.has(step.awaits)) check_future(step, step.awaits);
  }

  [[noreturn]] void complain_of_future(const Step& step, const std::string& name) const {
    if (m_of_main.has(name)) {
      if (m_is_task) {
        throw Mistake{step.line, fmt::format("There is no future '{0}' in this task. Did you mean 'main.{0}', that of "
                                             "the program?",
                                             printable(name, 40))};
      }
      throw Mistake{step.line, fmt::format("The future '{}' gets its name only later.", printable(name, 40))};
    }
    unknown(step, "future", name, m_futures.all(), " here");
  }

  // Each name once.
  std::vector<std::string> written_out(const Step& step) {
    Names all;
    for (const std::string& name : step.names) {
      const std::size_t star = name.find('*');
      if (star == std::string::npos) {
        check_future(step, name);
        all.add(name);
        count_listed(step, 1);
      } else {
        add_matching(step, name, star, all);
      }
    }
    return all.all();
  }

  void add_matching(const Step& step, const std::string& pattern, std::size_t star, Names& all) {
    if (star + 1 != pattern.size()) {
      throw Mistake{step.line, fmt::format("In '{}' the '*' must come last: 'b*' stands for every name that begins "
                                           "with b.",
                                           printable(pattern, 40))};
    }
    const std::string beginning = pattern.substr(0, star);
    const auto in_main = m_is_task ? name_in_main(beginning) : std::nullopt;
    const std::string searched(in_main.value_or(beginning));
    std::size_t found = 0;
    for (const std::string& name : (in_main ? m_of_main : m_futures).all()) {
      if (!name.starts_with(searched)) continue;
      all.add(in_main ? "main." + name : name);
      ++found;
    }
    count_listed(step, found);
    if (found == 0) unknown(step, "future", pattern, (in_main ? m_of_main : m_futures).all(), " here");
  }

  void count_listed(const Step& step, std::size_t names) {
    m_listed += names;
    if (m_listed > most_listed) {
      throw Mistake{step.line,
                    fmt::format("The lists up to here have more than {} names, patterns written out.", most_listed)};
    }
  }

  Scenario& m_scenario;
  Names m_tasks;
  Names m_pools;
  Names m_of_main;  // the program's futures, all of them
  bool m_is_task = false;
  Names m_futures;  // of the body, up to here
  Names m_iterators;
  std::size_t m_listed = 0;
};

}  // namespace

void check_names(Scenario& scenario) { Checker(scenario).check(); }

}  // namespace loiter::scenarios
