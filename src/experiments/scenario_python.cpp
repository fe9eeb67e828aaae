#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "experiments/scenario_listing.hpp"
#include "experiments/scenario_scope.hpp"
#include "experiments/scenario_task.hpp"

namespace loiter::experiments {
namespace {

using scenarios::Scenario;
using scenarios::Step;
using Kind = Step::Kind;

// Exceptions that Python knows without an import, and that take one text.
constexpr std::array builtin_exceptions{"ArithmeticError",
                                        "AssertionError",
                                        "AttributeError",
                                        "BlockingIOError",
                                        "BrokenPipeError",
                                        "BufferError",
                                        "ChildProcessError",
                                        "ConnectionError",
                                        "ConnectionResetError",
                                        "EOFError",
                                        "Exception",
                                        "FileExistsError",
                                        "FileNotFoundError",
                                        "FloatingPointError",
                                        "ImportError",
                                        "IndexError",
                                        "InterruptedError",
                                        "IOError",
                                        "IsADirectoryError",
                                        "KeyError",
                                        "LookupError",
                                        "MemoryError",
                                        "ModuleNotFoundError",
                                        "NameError",
                                        "NotADirectoryError",
                                        "NotImplementedError",
                                        "OSError",
                                        "OverflowError",
                                        "PermissionError",
                                        "ProcessLookupError",
                                        "RecursionError",
                                        "ReferenceError",
                                        "RuntimeError",
                                        "StopAsyncIteration",
                                        "StopIteration",
                                        "SyntaxError",
                                        "SystemError",
                                        "TimeoutError",
                                        "TypeError",
                                        "UnboundLocalError",
                                        "UserWarning",
                                        "ValueError",
                                        "Warning",
                                        "ZeroDivisionError"};
constexpr std::array exceptions_of_futures{"CancelledError", "InvalidStateError", "BrokenExecutor"};

constexpr std::string_view sequential_class = R"listing(class SequentialExecutor(cf.Executor):
    is_shut_down = False

    def submit(self, fn, *args):
        if self.is_shut_down:
            raise RuntimeError(
                "cannot schedule new futures "
                "after shutdown")
        f = cf.Future()
        f.set_running_or_notify_cancel()
        try:
            result = fn(*args)
        except BaseException as e:
            f.set_exception(e)
        else:
            f.set_result(result)
        return f

    def shutdown(self, wait=True, *,
                 cancel_futures=False):
        self.is_shut_down = True

)listing";

constexpr std::string_view crunch_function = R"listing(def crunch(seconds):
    end = thread_time() + seconds
    while thread_time() < end:
        pass

)listing";

constexpr std::string_view call_function = R"listing(def call(task):
    return task()

)listing";

constexpr std::string_view see_functions = R"listing(seen = []  # (step, what main saw)

def saw(step, what):
    seen.append((step, what))

def see(step, look):
    try:
        saw(step, look())
    except Exception as e:
        saw(step, e)
)listing";

std::string exception_name(const std::string& name) {
  if (std::ranges::find(exceptions_of_futures, name) != exceptions_of_futures.end()) return "cf." + name;
  return name;
}

class PythonWriter {
 public:
  PythonWriter(const Scenario& scenario, const Setup& setup)
      : m_scenario(scenario),
        m_setup(setup),
        m_functions(function_names(scenario, m_names)),
        m_main(m_names, nullptr),
        m_may_fail(tasks_shut_down(scenario)) {
    for (const scenarios::Pool& pool : scenario.pools) m_pools[pool.name] = m_names.make(pool.name);
    m_pools[""] = "ex";
    m_names_of_all = m_names;
  }

  std::string write() {
    // Main first: tasks speak of its variables.
    m_scope = &m_main;
    m_indent = 1;
    for (std::size_t i = 0; i < m_scenario.main.size(); ++i) write_main_step(m_scenario.main[i], i + 1);
    if (m_scenario.main.empty()) line("pass", "");
    const std::string main = std::exchange(m_text, {});
    for (const scenarios::Task& task : m_scenario.tasks) write_task(task);
    const std::string tasks = std::exchange(m_text, {});
    return head() + tasks + with_line() + main;
  }

 private:
  static bool tasks_shut_down(const Scenario& scenario) {
    return std::ranges::any_of(scenario.tasks, [](const scenarios::Task& task) {
      return std::ranges::find(task.steps, Kind::Shutdown, &Step::kind) != task.steps.end();
    });
  }

  static bool speaks_of_main(const scenarios::Task& task) {
    const auto in_main = [](const std::string& name) { return scenarios::name_in_main(name).has_value(); };
    return std::ranges::any_of(task.steps, [&](const Step& step) {
      return in_main(step.name) || in_main(step.awaits) || std::ranges::any_of(step.names, in_main);
    });
  }

  // --- The parts around the steps ---

  std::string head() const {
    std::string text = "import concurrent.futures as cf\n";
    std::vector<std::string> of_time;
    if (has_step(m_scenario, Kind::Loiter) || has_step(m_scenario, Kind::OnDone)) of_time.emplace_back("sleep");
    if (has_step(m_scenario, Kind::Crunch)) of_time.emplace_back("thread_time");
    if (!of_time.empty()) text += fmt::format("from time import {}\n", join(of_time, ", "));
    text += "\n";
    text += fmt::format("UNIT = {:.9g}  # in seconds\n\n", to_seconds(m_setup.time("unit")));
    for (const std::string& name : own_exceptions()) text += fmt::format("class {}(Exception):\n    pass\n\n", name);
    if (has_sequential_pool()) text += sequential_class;
    if (has_step(m_scenario, Kind::Crunch)) text += crunch_function;
    if (has_step(m_scenario, Kind::Map)) text += call_function;
    if (m_sees) {
      text += see_functions;
      text += m_scenario.stop_on_error ? "        raise\n\n" : "\n";
    }
    return text;
  }

  std::set<std::string> own_exceptions() const {
    std::set<std::string> own;
    const auto look_at = [&](const std::vector<Step>& steps) {
      for (const Step& step : steps) {
        if (step.kind != Kind::Raise || exception_name(step.name) != step.name) continue;
        if (std::ranges::find(builtin_exceptions, step.name) == builtin_exceptions.end()) own.insert(step.name);
      }
    };
    look_at(m_scenario.main);
    for (const scenarios::Task& task : m_scenario.tasks) look_at(task.steps);
    return own;
  }

  Mode mode_of(const scenarios::Pool& pool) const { return pool.mode ? static_cast<Mode>(*pool.mode) : m_setup.mode; }
  bool has_sequential_pool() const {
    return m_setup.mode == Mode::Sequential || std::ranges::any_of(m_scenario.pools, [&](const scenarios::Pool& pool) {
             return mode_of(pool) == Mode::Sequential;
           });
  }

  static std::string pool_text(Mode mode, std::uint32_t workers) {
    switch (mode) {
      case Mode::Sequential:
        return "SequentialExecutor()";
      case Mode::Threads:
        return fmt::format("cf.ThreadPoolExecutor({})", workers);
      case Mode::Processes:
        break;
    }
    return fmt::format("cf.ProcessPoolExecutor({})", workers);
  }

  std::string with_line() const {
    std::string text =
        fmt::format("with {}{} as ex", m_scenario.pools.empty() ? "" : "(", pool_text(m_setup.mode, m_setup.workers));
    for (const scenarios::Pool& pool : m_scenario.pools) {
      const Mode mode = mode_of(pool);
      text += fmt::format(",\n      {} as {}", pool_text(mode, pool.workers.value_or(usual_workers_of(mode))),
                          m_pools.at(pool.name));
    }
    return text + (m_scenario.pools.empty() ? ":" : "):") + "  #@ main.pool #@ main.leave\n";
  }

  void write_task(const scenarios::Task& task) {
    // A variable of its own hides the program's, so those that the task speaks of are not to be had.
    ProgramNames names = speaks_of_main(task) ? m_names : m_names_of_all;
    ScenarioScope scope(names, &m_main);
    m_scope = &scope;
    m_indent = 0;
    const std::string& function = m_functions.at(task.name);
    line(fmt::format("def {}():", function), "");
    m_indent = 1;
    for (std::size_t i = 0; i < task.steps.size(); ++i) write_task_step(task.steps[i], site_of(function, i + 1));
    if (task.steps.empty()) line("pass", "");
    m_text += "\n";
  }

  // --- Steps ---

  void line(const std::string& text, const std::string& site) {
    m_text += folded(text, m_indent * 4, Language::Python, site);
  }

  void write_task_step(const Step& step, const std::string& site) {
    switch (step.kind) {
      case Kind::Return:
        return line("return " + std::visit([](const auto& value) { return python_repr(value); }, step.value), site);
      case Kind::ReturnFuture:
        return line("return " + m_scope->future(step.name), site);
      case Kind::Each:
        line(fmt::format("for _ in {}:", m_scope->iterator(step.name)), site);
        return line("    pass", "");
      case Kind::Next:
        return line(fmt::format("next({}, None)", m_scope->iterator(step.name)), site);
      case Kind::Result: {
        const std::string look = look_of(step);
        return line(step.as.empty() ? look : fmt::format("{} = {}", m_scope->declare_future(step.as), look), site);
      }
      case Kind::Wait:
      case Kind::Exception:
      case Kind::Cancel:
      case Kind::State:
        return line(look_of(step), site);
      default:
        return write_statement(step, site);
    }
  }

  void write_main_step(const Step& step, std::size_t number) {
    const std::string site = site_of("main", number);
    switch (step.kind) {
      case Kind::Wait:
      case Kind::Exception:
      case Kind::Cancel:
      case Kind::State:
      case Kind::Next:
        return write_look(look_of(step), number, site);
      case Kind::Result:
        return step.as.empty() ? write_look(look_of(step), number, site) : write_named_result(step, number, site);
      case Kind::Each:
        return write_loop(step, number, site);
      case Kind::Say:
      case Kind::Loiter:
      case Kind::Crunch:
      case Kind::Raise:
        return write_statement(step, site);
      default:
        m_may_fail = m_may_fail || (step.kind == Kind::Map && step.chunk_size < 1);
        if (m_may_fail) {
          write_guarded(number, [&] { write_statement(step, site); });
        } else {
          write_statement(step, site);
        }
        m_may_fail = m_may_fail || step.kind == Kind::Shutdown;
        return;
    }
  }

  void write_look(const std::string& look, std::size_t number, const std::string& site) {
    m_sees = true;
    line(fmt::format("see({}, lambda: {})", number, look), site);
  }

  template <class Write>
  void write_guarded(std::size_t number, Write write) {
    m_sees = true;
    line("try:", "");
    ++m_indent;
    write();
    --m_indent;
    line("except Exception as e:", "");
    line(fmt::format("    saw({}, e)", number), "");
    if (m_scenario.stop_on_error) line("    raise", "");
  }

  void write_named_result(const Step& step, std::size_t number, const std::string& site) {
    const std::string look = look_of(step);
    const std::string variable = m_scope->declare_future(step.as);
    write_guarded(number, [&] {
      line(fmt::format("{} = {}", variable, look), site);
      line(fmt::format("saw({}, {})", number, variable), "");
    });
  }

  void write_loop(const Step& step, std::size_t number, const std::string& site) {
    const bool futures = m_scope->gives_futures(step.name);
    write_guarded(number, [&] {
      line(fmt::format("for {} in {}:", futures ? "f" : "what", m_scope->iterator(step.name)), site);
      std::string each = fmt::format("    saw({}, what)", number);
      if (futures) each = fmt::format("    see({}, f.result)", number);
      // What is in a future is no error of this step, but see() would end the program.
      if (futures && m_scenario.stop_on_error) each = fmt::format("    saw({}, f.exception() or f.result())", number);
      line(each, "");
    });
    line(fmt::format("saw({}, StopIteration())", number), "");
  }

  std::string timeout_text(const Step& step, const char* before) const {
    return step.timeout ? fmt::format("{}timeout={} * UNIT", before, number_text(*step.timeout)) : "";
  }

  std::string list_of(const std::vector<std::string>& names) const {
    const std::string whole = m_scope->whole_list(names);
    return whole.empty() ? fmt::format("[{}]", join(m_scope->futures(names, "*"), ", ")) : whole;
  }

  // What a step asks, as an expression.
  std::string look_of(const Step& step) const {
    switch (step.kind) {
      case Kind::Wait: {
        constexpr std::array when{", return_when=cf.FIRST_COMPLETED", ", return_when=cf.FIRST_EXCEPTION", ""};
        return fmt::format("cf.wait({}{}{})", list_of(step.names), timeout_text(step, ", "),
                           when[static_cast<std::size_t>(step.return_when)]);
      }
      case Kind::Result:
        return fmt::format("{}.result({})", m_scope->future(step.name), timeout_text(step, ""));
      case Kind::Exception:
        return fmt::format("{}.exception({})", m_scope->future(step.name), timeout_text(step, ""));
      case Kind::Cancel:
        return fmt::format("{}.cancel()", m_scope->future(step.name));
      case Kind::Next:
        return fmt::format("next({}){}", m_scope->iterator(step.name),
                           m_scope->gives_futures(step.name) ? ".result()" : "");
      default:
        return fmt::format("{}._state", m_scope->future(step.name));
    }
  }

  void write_statement(const Step& step, const std::string& site) {
    switch (step.kind) {
      case Kind::Say:
        return line(fmt::format("print({})", python_repr(step.text)), site);
      case Kind::Loiter:
        return line(fmt::format("sleep({} * UNIT)", number_text(*step.units)), site);
      case Kind::Crunch:
        return line(fmt::format("crunch({} * UNIT)", number_text(*step.units)), site);
      case Kind::Submit:
        return write_submit(step, site);
      case Kind::Map: {
        const std::string chunks = step.chunk_size == 1 ? "" : fmt::format(", chunksize={}", step.chunk_size);
        return line(fmt::format("{}{}.map(call, {}{}{})", assigned_iterator(step, false), m_pools.at(step.pool),
                                tasks_text(step), timeout_text(step, ", "), chunks),
                    site);
      }
      case Kind::AsCompleted: {
        const std::string futures = list_of(step.names);
        return line(
            fmt::format("{}cf.as_completed({}{})", assigned_iterator(step, true), futures, timeout_text(step, ", ")),
            site);
      }
      case Kind::Close:
        return line(fmt::format("{}.close()", m_scope->iterator(step.name)), site);
      case Kind::OnDone:
        return write_callback(step, site);
      case Kind::Shutdown:
        return line(fmt::format("{}.shutdown({}{}{})", m_pools.at(step.pool), step.wait ? "" : "wait=False",
                                !step.wait && step.cancel_futures ? ", " : "",
                                step.cancel_futures ? "cancel_futures=True" : ""),
                    site);
      default:
        return line(step.text.empty() ? fmt::format("raise {}", exception_name(step.name))
                                      : fmt::format("raise {}({})", exception_name(step.name), python_repr(step.text)),
                    site);
    }
  }

  std::string assigned_iterator(const Step& step, bool gives_futures) {
    return step.as.empty() ? "" : m_scope->declare_iterator(step.as, gives_futures) + " = ";
  }

  std::string tasks_text(const Step& step) const {
    std::vector<std::string> functions;
    for (const std::string& name : step.names) functions.push_back(m_functions.at(name));
    if (functions.size() > 2 && std::ranges::count(functions, functions.front()) == std::ssize(functions)) {
      return fmt::format("[{}] * {}", functions.front(), functions.size());
    }
    return fmt::format("[{}]", join(functions, ", "));
  }

  void write_submit(const Step& step, const std::string& site) {
    const std::string call = fmt::format("{}.submit({})", m_pools.at(step.pool), m_functions.at(step.name));
    if (!step.repeat) {
      return line(step.as.empty() ? call : fmt::format("{} = {}", m_scope->declare_future(step.as), call), site);
    }
    if (step.as.empty()) {
      line(fmt::format("for _ in range({}):", *step.repeat), "");
      return line("    " + call, site);
    }
    const std::string variable = m_scope->declare_futures(step.as, *step.repeat);
    line(fmt::format("{} = [{}", variable, call), site);
    line(std::string(variable.size() + 4, ' ') + fmt::format("for _ in range({})]", *step.repeat), "");
  }

  void write_callback(const Step& step, const std::string& site) {
    struct Statement {
      std::string text;
      std::string site;
    };
    std::vector<Statement> does;
    const auto add_statement = [&](const char* what, std::string text) {
      does.push_back({std::move(text), callback_site(site, what)});
    };
    if (!step.text.empty()) add_statement("say", fmt::format("print({})", python_repr(step.text)));
    if (step.units) add_statement("loiter", fmt::format("sleep({} * UNIT)", number_text(*step.units)));
    if (!step.awaits.empty()) add_statement("result", awaited(step.awaits) + ".result()");
    const std::string add = m_scope->future(step.name) + ".add_done_callback(";
    if (does.size() == 1) {
      return line(fmt::format("{}lambda _: {})", add, does.front().text),
                  fmt::format("{} #@ {}", site, does.front().site));
    }
    const std::string function = m_names.make("on_done_" + step.name);
    line(fmt::format("def {}(_):", function), "");
    ++m_indent;
    for (const Statement& each : does) line(each.text, each.site);
    --m_indent;
    line(add + function + ")", site);
  }

  // The program may name it only later; its variable is known by then.
  std::string awaited(const std::string& name) {
    if (m_scope == &m_main && !m_main.knows(name)) declare_ahead(name);
    return m_scope->future(name);
  }
  void declare_ahead(const std::string& name) {
    for (const Step& step : m_scenario.main) {
      if (step.as.empty() || (step.kind != Kind::Submit && step.kind != Kind::Result)) continue;
      if (!step.repeat && step.as == name) m_main.declare_future(name);
      for (std::uint32_t i = 1; step.repeat && i <= *step.repeat; ++i) {
        if (scenarios::repeated_name(step.as, i) == name) m_main.declare_futures(step.as, *step.repeat);
      }
    }
  }

  const Scenario& m_scenario;
  const Setup& m_setup;
  ProgramNames m_names;
  ProgramNames m_names_of_all;  // functions and pools, but no variable of main
  const std::map<std::string, std::string> m_functions;
  std::map<std::string, std::string> m_pools;
  ScenarioScope m_main;
  bool m_may_fail;  // from here on steps of main may raise that usually do not: a pool is shut down
  ScenarioScope* m_scope = nullptr;
  bool m_sees = false;
  std::size_t m_indent = 0;
  std::string m_text;
};

}  // namespace

std::string scenario_in_python(const Scenario& scenario, const Setup& setup) {
  return PythonWriter(scenario, setup).write();
}

}  // namespace loiter::experiments
