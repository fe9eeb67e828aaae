#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "experiments/scenario_listing.hpp"
#include "experiments/scenario_scope.hpp"
#include "experiments/scenario_task.hpp"

namespace loiter::experiments {
namespace {

using scenarios::Scenario;
using scenarios::Step;
using Kind = Step::Kind;

std::string cpp_text(std::string_view text) {
  std::string literal = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') literal += '\\';
    literal += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return literal + '"';
}

struct CppValue {
  std::string operator()(None /*value*/) const { return "None{}"; }
  std::string operator()(const std::string& value) const { return cpp_text(value); }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const { return python_repr(value); }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
};

class CppWriter {
 public:
  CppWriter(const Scenario& scenario, const Setup& setup)
      : m_scenario(scenario), m_setup(setup), m_functions(function_names(scenario, m_names)), m_main(m_names, nullptr) {
    for (const scenarios::Pool& pool : scenario.pools) m_pools[pool.name] = m_names.make(pool.name);
    m_pools[""] = "ex";
  }

  std::string write() {
    m_scope = &m_main;
    m_in_main = true;
    for (std::size_t i = 0; i < m_scenario.main.size(); ++i) {
      m_number = i + 1;
      write_step(m_scenario.main[i], site_of("main", i + 1));
    }
    const std::string main = std::exchange(m_text, {});
    m_in_main = false;
    for (const scenarios::Task& task : m_scenario.tasks) write_task(task);
    return fmt::format("constexpr auto unit = {:.9g}s;\n\n", to_seconds(m_setup.time("unit"))) + m_text +
           "void main_program(Lab& lab) {\n" + pools() + main + "}  //@ main.leave\n";
  }

 private:
  std::string pools() const {
    std::string text = folded(pool_text(m_setup.mode, m_setup.workers, "ex"), 2, Language::Cpp, "main.pool");
    for (const scenarios::Pool& pool : m_scenario.pools) {
      const Mode mode = pool.mode ? static_cast<Mode>(*pool.mode) : m_setup.mode;
      text += folded(pool_text(mode, pool.workers.value_or(usual_workers_of(mode)), m_pools.at(pool.name)), 2,
                     Language::Cpp, "");
    }
    return text;
  }

  static std::string pool_text(Mode mode, std::uint32_t workers, const std::string& name) {
    switch (mode) {
      case Mode::Sequential:
        return fmt::format("SequentialExecutor {}(context);", name);
      case Mode::Threads:
        return fmt::format("ThreadPoolExecutor {}(context, {{{}}});", name, workers);
      case Mode::Processes:
        break;
    }
    return fmt::format("ProcessPoolExecutor {}(context, {{{}}});", name, workers);
  }

  void write_task(const scenarios::Task& task) {
    ProgramNames names = m_names;
    ScenarioScope scope(names, &m_main);
    m_scope = &scope;
    const std::string& function = m_functions.at(task.name);
    m_text += fmt::format("Value {}(Lab& lab) {{\n", function);
    for (std::size_t i = 0; i < task.steps.size(); ++i) write_step(task.steps[i], site_of(function, i + 1));
    const bool ends =
        !task.steps.empty() && (task.steps.back().kind == Kind::Return ||
                                task.steps.back().kind == Kind::ReturnFuture || task.steps.back().kind == Kind::Raise);
    if (!ends) m_text += "  return None{};\n";
    m_text += "}\n\n";
  }

  void line(const std::string& text, const std::string& site) { m_text += folded(text, 2, Language::Cpp, site); }

  // In the program what a step sees is kept.
  void look(const std::string& expression, const std::string& site) {
    line(m_in_main ? fmt::format("see({}, [&] {{ return {}; }});", m_number, expression) : expression + ";", site);
  }

  std::string timeout_text(const Step& step) const {
    return step.timeout ? fmt::format("{} * unit", number_text(*step.timeout)) : "";
  }
  std::string list_of(const std::vector<std::string>& names) const {
    const std::string whole = m_scope->whole_list(names);
    return whole.empty() ? fmt::format("all_of({})", join(m_scope->futures(names, ""), ", ")) : whole;
  }
  std::string named_call(const std::string& task) const {
    return fmt::format("named({}, {})", cpp_text(task), m_functions.at(task));
  }

  void write_step(const Step& step, const std::string& site) {
    switch (step.kind) {
      case Kind::Say:
        return line(fmt::format("lab.print({});", cpp_text(step.text)), site);
      case Kind::Loiter:
        return line(fmt::format("lab.sleep({} * unit);", number_text(*step.units)), site);
      case Kind::Crunch:
        return line(fmt::format("lab.compute({} * unit);", number_text(*step.units)), site);
      case Kind::Submit:
        return write_submit(step, site);
      case Kind::Map:
      case Kind::AsCompleted:
        return write_iterator(step, site);
      case Kind::Next:
        return look(m_scope->iterator(step.name) + ".next()", site);
      case Kind::Each: {
        const std::string& iterator = m_scope->iterator(step.name);
        if (!m_in_main) return line(fmt::format("while ({}.next()) {{}}", iterator), site);
        return line(fmt::format("see_each({}, {});", m_number, iterator), site);
      }
      case Kind::Close:
        return line(m_scope->iterator(step.name) + ".close();", site);
      case Kind::Wait:
        return write_wait(step, site);
      case Kind::Result: {
        const std::string call = fmt::format("{}.result({})", m_scope->future(step.name), timeout_text(step));
        if (step.as.empty()) return look(call, site);
        return line(fmt::format("auto {} = {};", m_scope->declare_future(step.as), call), site);
      }
      case Kind::Exception:
        return look(fmt::format("{}.exception({})", m_scope->future(step.name), timeout_text(step)), site);
      case Kind::Cancel:
        return look(m_scope->future(step.name) + ".cancel()", site);
      case Kind::State:
        return look(m_scope->future(step.name) + ".state()", site);
      case Kind::OnDone:
        return write_callback(step, site);
      case Kind::Shutdown:
        return line(fmt::format("{}.shutdown({{.wait = {}, .cancel_futures = {}}});", m_pools.at(step.pool), step.wait,
                                step.cancel_futures),
                    site);
      case Kind::Return:
        return line(fmt::format("return {};", std::visit(CppValue{}, step.value)), site);
      case Kind::ReturnFuture:
        return line(fmt::format("return {};", m_scope->future(step.name)), site);
      case Kind::Raise:
        return line(fmt::format("throw {}({});", step.name, cpp_text(step.text)), site);
    }
  }

  void write_submit(const Step& step, const std::string& site) {
    const std::string call = fmt::format("{}.submit({})", m_pools.at(step.pool), named_call(step.name));
    if (!step.repeat) {
      return line(step.as.empty() ? call + ";" : fmt::format("auto {} = {};", m_scope->declare_future(step.as), call),
                  site);
    }
    const std::string each = fmt::format("for (int i = 0; i < {}; ++i) ", *step.repeat);
    if (step.as.empty()) return line(each + call + ";", site);
    const std::string variable = m_scope->declare_futures(step.as, *step.repeat);
    m_text += fmt::format("  std::vector<Future<Value>> {};\n", variable);
    line(fmt::format("{}{}.push_back({});", each, variable, call), site);
  }

  void write_iterator(const Step& step, const std::string& site) {
    std::string call;
    if (step.kind == Kind::AsCompleted) {
      call = fmt::format("as_completed({}{}{})", list_of(step.names), step.timeout ? ", " : "", timeout_text(step));
    } else {
      std::vector<std::string> tasks;
      for (const std::string& name : step.names) tasks.push_back(m_functions.at(name));
      call = fmt::format("{}.map(call, {{{}}}", m_pools.at(step.pool), join(tasks, ", "));
      std::vector<std::string> options;
      if (step.timeout) options.push_back(".timeout = " + timeout_text(step));
      if (step.chunk_size != 1) options.push_back(fmt::format(".chunk_size = {}", step.chunk_size));
      call += options.empty() ? ")" : fmt::format(", {{{}}})", join(options, ", "));
    }
    const bool gives_futures = step.kind == Kind::AsCompleted;
    line(step.as.empty() ? call + ";"
                         : fmt::format("auto {} = {};", m_scope->declare_iterator(step.as, gives_futures), call),
         site);
  }

  void write_wait(const Step& step, const std::string& site) {
    constexpr std::array when{"FirstCompleted", "FirstException", ""};
    std::vector<std::string> options;
    if (step.timeout) options.push_back(".timeout = " + timeout_text(step));
    const std::string chosen = when[static_cast<std::size_t>(step.return_when)];
    if (!chosen.empty()) options.push_back(".return_when = ReturnWhen::" + chosen);
    look(fmt::format("wait({}{})", list_of(step.names),
                     options.empty() ? "" : fmt::format(", {{{}}}", join(options, ", "))),
         site);
  }

  void write_callback(const Step& step, const std::string& site) {
    line(m_scope->future(step.name) + ".add_done_callback([&](auto) {", site);
    const auto inner = [&](const char* what, const std::string& text) {
      m_text += folded(text, 4, Language::Cpp, callback_site(site, what));
    };
    if (!step.text.empty()) inner("say", fmt::format("lab.print({});", cpp_text(step.text)));
    if (step.units) inner("loiter", fmt::format("lab.sleep({} * unit);", number_text(*step.units)));
    if (!step.awaits.empty()) {
      const bool is_named = m_scope != &m_main || m_main.knows(step.awaits);
      inner("result", fmt::format("{}.result();", is_named ? m_scope->future(step.awaits) : step.awaits));
    }
    m_text += "  });\n";
  }

  const Scenario& m_scenario;
  const Setup& m_setup;
  ProgramNames m_names;
  const std::map<std::string, std::string> m_functions;
  std::map<std::string, std::string> m_pools;
  ScenarioScope m_main;
  ScenarioScope* m_scope = nullptr;
  bool m_in_main = false;
  std::size_t m_number = 0;
  std::string m_text;
};

}  // namespace

std::string scenario_in_cpp(const Scenario& scenario, const Setup& setup) { return CppWriter(scenario, setup).write(); }

}  // namespace loiter::experiments
