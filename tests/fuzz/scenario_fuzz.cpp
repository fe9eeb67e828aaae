// Hostile scenario files. One that is refused says where and what in one line; one that is accepted keeps to the limits
// and speaks only of what it has.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "scenarios/read_scenario.hpp"

namespace {

using namespace loiter;
using namespace loiter::scenarios;

void check(const Scenario& scenario, const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    LOITER_ASSERT(step.line > 0, "a step has a line");
    LOITER_ASSERT(!step.units || (*step.units >= 0 && *step.units <= most_units), "units are in their range");
    LOITER_ASSERT(!step.timeout || (*step.timeout >= 0 && *step.timeout <= most_units), "so are timeouts");
    if (step.kind == Step::Kind::Submit) (void)scenario.task(step.name);
    if (step.kind == Step::Kind::Map) {
      for (const std::string& name : step.names) (void)scenario.task(name);
    }
    const bool has_pool = std::ranges::find(scenario.pools, step.pool, &Pool::name) != scenario.pools.end();
    LOITER_ASSERT(step.pool.empty() || has_pool, "a pool that is named is there");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto scenario = read_scenario(text, "fuzz.toml");
  if (!scenario) {
    const std::string& message = scenario.error().message;
    LOITER_ASSERT(message.starts_with("fuzz.toml:") && message.size() < 2000, "a refusal names file and line");
    LOITER_ASSERT(is_utf8(message) && message.find('\n') == std::string::npos, "a refusal is one line of text");
    return 0;
  }
  std::size_t steps = scenario->main.size();
  check(*scenario, scenario->main);
  for (const Task& task : scenario->tasks) {
    check(*scenario, task.steps);
    steps += task.steps.size();
  }
  LOITER_ASSERT(steps <= most_steps && scenario->tasks.size() <= most_tasks, "the limits hold");
  LOITER_ASSERT(read_scenario(text, "fuzz.toml") == scenario, "the same text is the same scenario");
  return 0;
}
