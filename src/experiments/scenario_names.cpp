#include "experiments/scenario_names.hpp"

#include <algorithm>
#include <array>
#include <thread>

namespace loiter::experiments {
namespace {

// Words and functions of Python and C++ that the listings use, or that mean something else there.
constexpr std::array reserved{"False",
                              "None",
                              "True",
                              "and",
                              "as",
                              "assert",
                              "async",
                              "await",
                              "break",
                              "class",
                              "continue",
                              "def",
                              "del",
                              "elif",
                              "else",
                              "except",
                              "finally",
                              "for",
                              "from",
                              "global",
                              "if",
                              "import",
                              "in",
                              "is",
                              "lambda",
                              "nonlocal",
                              "not",
                              "or",
                              "pass",
                              "raise",
                              "return",
                              "try",
                              "while",
                              "with",
                              "yield",
                              "print",
                              "range",
                              "next",
                              "sleep",
                              "crunch",
                              "see",
                              "seen",
                              "cf",
                              "ex",
                              "UNIT",
                              "main",
                              "auto",
                              "bool",
                              "case",
                              "catch",
                              "char",
                              "const",
                              "default",
                              "delete",
                              "do",
                              "double",
                              "enum",
                              "float",
                              "goto",
                              "int",
                              "long",
                              "namespace",
                              "new",
                              "operator",
                              "private",
                              "public",
                              "short",
                              "signed",
                              "static",
                              "struct",
                              "switch",
                              "template",
                              "this",
                              "throw",
                              "typename",
                              "union",
                              "unsigned",
                              "using",
                              "virtual",
                              "void",
                              "volatile",
                              "lab",
                              "type",
                              "map",
                              "list",
                              "Exception",
                              "f",
                              "i",
                              "e",
                              "what",
                              "call",
                              "time",
                              "perf_counter",
                              "thread_time",
                              "start",
                              "len",
                              "SequentialExecutor"};

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

}  // namespace

std::string ProgramNames::make(std::string_view name) {
  std::string base;
  for (const char c : name) {
    if (is_plain(c)) {
      base += c;
    } else if (!base.empty() && base.back() != '_') {
      base += '_';  // one for each run of signs
    }
  }
  if (base.empty() || (base.front() >= '0' && base.front() <= '9')) base.insert(0, "n");
  if (std::ranges::find(reserved, base) != reserved.end() || base.starts_with("__")) base += '_';
  std::string made = base;
  for (int n = 2; !m_taken.insert(made).second; ++n) made = base + '_' + std::to_string(n);
  return made;
}

std::map<std::string, std::string> function_names(const scenarios::Scenario& scenario, ProgramNames& names) {
  std::map<std::string, std::string> functions;
  for (const scenarios::Task& task : scenario.tasks) functions[task.name] = names.make(task.name);
  return functions;
}

std::map<std::string, std::string> site_names(const scenarios::Scenario& scenario) {
  ProgramNames names;
  return function_names(scenario, names);
}

std::uint32_t usual_workers_of(Mode mode) {
  const std::uint32_t cores = std::max(1U, std::thread::hardware_concurrency());
  switch (mode) {
    case Mode::Sequential:
      return 1;
    case Mode::Threads:
      return std::min(32U, cores + 4);
    case Mode::Processes:
      break;
  }
  return std::min(cores, static_cast<std::uint32_t>(most_workers(mode)));
}

}  // namespace loiter::experiments
