#include "scenarios/read_scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "base/text.hpp"
#include "scenarios/check_names.hpp"
#include "scenarios/read_steps.hpp"
#include "scenarios/toml_table.hpp"

namespace loiter::scenarios {
namespace {

constexpr std::int64_t most_threads = 1000;
constexpr std::int64_t most_processes = 100;

const std::vector<std::string>& mode_names() {
  static const std::vector<std::string> names{"sequential", "threads", "processes"};
  return names;
}

std::optional<PoolMode> read_mode(TableReader& table) {
  const auto mode = table.word("mode", mode_names());
  return mode ? std::optional(static_cast<PoolMode>(*mode)) : std::nullopt;
}

std::optional<std::uint32_t> read_workers(TableReader& table, std::optional<PoolMode> mode) {
  const auto workers = table.whole("workers", 1, mode == PoolMode::Processes ? most_processes : most_threads);
  return workers ? std::optional(static_cast<std::uint32_t>(*workers)) : std::nullopt;
}

Duration read_unit(TableReader& table) {
  const auto text = table.text("unit");
  if (!text) return std::chrono::seconds(1);
  const auto unit = parse_duration(*text);
  if (!unit || unit->count() <= 0 || *unit > longest_unit) {
    table.wrong_value("unit", "a time over 0, and at most 3600s, such as \"1s\" or \"250ms\"");
  }
  return *unit;
}

std::optional<Lock> read_gil(TableReader& table) {
  static const std::vector<std::string> names{"none", "cpython", "per-interpreter", "free-threaded"};
  const auto lock = table.word("gil", names);
  return lock ? std::optional(static_cast<Lock>(*lock)) : std::nullopt;
}

Timeout read_gil_interval(TableReader& table, std::optional<Lock> lock) {
  const auto text = table.text("gil_interval");
  if (!text) return std::nullopt;
  const auto interval = parse_duration(*text);
  if (!interval || *interval < least_gil_interval || *interval > most_gil_interval) {
    table.wrong_value("gil_interval", "a time from 0.1ms to 100ms, such as \"5ms\"");
  }
  if (lock != Lock::Cpython && lock != Lock::PerInterpreter) {
    table.wrong_value("gil_interval",
                      "with gil = \"cpython\" or \"per-interpreter\": without a lock nobody waits for it");
  }
  return interval;
}

std::string title_of(TableReader& table) {
  const std::string title = table.text("title").value_or("");
  if (printable(title, 200) != title) table.wrong_value("title", "one line of at most 200 bytes");
  return title;
}

// The tables below [tasks] or [pools], in the order of the file.
struct Named {
  std::string name;
  std::uint32_t line;
  const toml::table* table;
};
std::vector<Named> tables_below(TableReader& top, std::string_view key, std::string_view what) {
  std::vector<Named> all;
  const toml::node* node = top.take(key);
  if (node == nullptr) return all;
  if (!node->is_table()) top.wrong_value(key, fmt::format("tables, each under [{}.NAME]", key));
  for (const auto& [name, below] : *node->as_table()) {
    const std::uint32_t line = below.source().begin.line > 0 ? below.source().begin.line : name.source().begin.line;
    const toml::table* table = below.as_table();
    if (table == nullptr) {
      throw Mistake{
          line, fmt::format("'{}' is no {}: one is described under [{}.NAME].", printable(name.str(), 40), what, key)};
    }
    check_new_name(std::string(name.str()), fmt::format("a {}", what), line);
    all.push_back({std::string(name.str()), line, table});
  }
  std::ranges::stable_sort(all, {}, &Named::line);
  return all;
}

void read_tasks(TableReader& top, Scenario& scenario) {
  std::size_t steps = 0;
  for (const Named& named : tables_below(top, "tasks", "task")) {
    if (scenario.tasks.size() == most_tasks) {
      throw Mistake{named.line, fmt::format("The file describes more than {} tasks.", most_tasks)};
    }
    TableReader table(*named.table, fmt::format("the task '{}'", printable(named.name, 40)), named.line);
    const toml::node* list = table.take("steps");
    table.finish();
    if (list == nullptr) {
      throw Mistake{named.line, fmt::format("The task '{}' has no steps: steps = [ {{ loiter = 1 }} ].",
                                            printable(named.name, 40))};
    }
    if (!list->is_array()) table.wrong_value("steps", "a list of steps");
    scenario.tasks.push_back({.name = named.name,
                              .line = named.line,
                              .steps = read_steps(*list->as_array(), Body::Task, table.line_of("steps"))});
    steps += scenario.tasks.back().steps.size();
    if (steps > most_steps) {
      throw Mistake{named.line, fmt::format("With this task the file has more than {} steps.", most_steps)};
    }
  }
  if (steps + scenario.main.size() > most_steps) {
    throw Mistake{scenario.main.back().line, fmt::format("The file has more than {} steps.", most_steps)};
  }
}

void read_main(TableReader& top, Scenario& scenario) {
  const toml::node* main = top.take("main");
  if (main == nullptr) throw Mistake{1, "The file has no [[main]]: nothing would happen."};
  if (!main->is_array()) top.wrong_value("main", "steps, each under [[main]]");
  scenario.main = read_steps(*main->as_array(), Body::Main, top.line_of("main"));
}

void read_pools(TableReader& top, Scenario& scenario) {
  for (const Named& named : tables_below(top, "pools", "pool")) {
    TableReader table(*named.table, fmt::format("the pool '{}'", printable(named.name, 40)), named.line);
    Pool pool{.name = named.name, .line = named.line};
    pool.mode = read_mode(table);
    pool.workers = read_workers(table, pool.mode);
    table.finish();
    scenario.pools.push_back(std::move(pool));
  }
  constexpr std::size_t most_pools = 100;
  if (scenario.pools.size() > most_pools) {
    throw Mistake{scenario.pools.back().line, fmt::format("The file has more than {} pools.", most_pools)};
  }
}

// Each step for itself is short enough; all of them together must be too.
void check_length(const Scenario& scenario) {
  const double most = to_seconds(end_of_time);
  double seconds = 0;
  const auto add = [&](const std::vector<Step>& steps) {
    for (const Step& step : steps) {
      seconds += step.units.value_or(0) * to_seconds(scenario.unit);
      if (seconds > most) {
        throw Mistake{
            step.line,
            "With this step the times of the file add up to more than 285 years, and no clock of the lab goes "
            "so far: make the unit or the numbers smaller."};
      }
    }
  };
  for (const Task& task : scenario.tasks) add(task.steps);
  add(scenario.main);
}

Scenario scenario_of(const toml::table& file) {
  TableReader top(file, "a scenario", 1);
  Scenario scenario;
  scenario.title = title_of(top);
  scenario.mode = read_mode(top);
  scenario.workers = read_workers(top, scenario.mode);
  scenario.unit = read_unit(top);
  scenario.gil = read_gil(top);
  scenario.gil_interval = read_gil_interval(top, scenario.gil);
  scenario.stop_on_error = top.flag("stop_on_error").value_or(false);
  for (const char* later : {"tasks", "pools", "main"}) top.take(later);
  top.finish();  // before its parts: a misspelt [[mian]] is what is wrong, not a missing [[main]]
  read_main(top, scenario);
  read_tasks(top, scenario);
  read_pools(top, scenario);
  check_names(scenario);
  check_length(scenario);
  return scenario;
}

// The line of the first byte that is no UTF-8.
std::uint32_t line_at(std::string_view text, std::size_t place) {
  return 1 + static_cast<std::uint32_t>(std::ranges::count(text.substr(0, place), '\n'));
}

toml::table parse(std::string_view text, const std::string& file) {
  if (text.size() > most_bytes) {
    throw Mistake{1, fmt::format("The file has {} bytes; a scenario has at most {}.", text.size(), most_bytes)};
  }
  if (!is_utf8(text)) throw Mistake{line_at(text, utf8_prefix(text)), "The file is not UTF-8 text."};
  try {
    return toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    const std::uint32_t line = std::max<std::uint32_t>(1, error.source().begin.line);
    throw Mistake{line, fmt::format("This is not TOML: {}.", printable(error.description(), 300))};
  }
}

}  // namespace

Result<Scenario> read_scenario(std::string_view text, const std::string& file) {
  try {
    return scenario_of(parse(text, file));
  } catch (const Mistake& mistake) {
    return fail(fmt::format("{}:{}: {}", printable(file, 400), mistake.line, mistake.what));
  }
}

Result<std::string> load_scenario_text(const std::string& path) {
  const auto cannot = [&](const std::string& why) {
    return fail(fmt::format("{}: This file cannot be opened: {}.", printable(path, 400), why));
  };
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return cannot("it is a folder");
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) return cannot(errno == 0 ? "unknown reason" : std::generic_category().message(errno));
  // One byte more than a scenario may have, so that a device without an end is none either.
  std::string text(most_bytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) return cannot("it cannot be read");
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

}  // namespace loiter::scenarios
