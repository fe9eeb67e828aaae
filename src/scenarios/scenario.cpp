#include "scenarios/scenario.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace loiter::scenarios {

const Task& Scenario::task(std::string_view name) const {
  const auto found = std::ranges::find(tasks, name, &Task::name);
  LOITER_ASSERT(found != tasks.end(), "a scenario that was read names only tasks that it has");
  return *found;
}

std::optional<std::string_view> name_in_main(std::string_view name) {
  constexpr std::string_view prefix = "main.";
  if (!name.starts_with(prefix)) return std::nullopt;
  return name.substr(prefix.size());
}

std::string repeated_name(const std::string& as, std::uint32_t i) { return as + std::to_string(i); }

}  // namespace loiter::scenarios
