#include "experiments/scenario_scope.hpp"

#include "base/assert.hpp"

namespace loiter::experiments {

std::string ScenarioScope::made(const std::string& kind, const std::string& as) {
  std::string& variable = m_made[kind + as];
  if (variable.empty()) variable = m_names.make(as);
  return variable;
}

std::string ScenarioScope::declare_future(const std::string& as) {
  const std::string variable = made("future ", as);
  m_futures[as] = {variable};
  return variable;
}

std::string ScenarioScope::declare_futures(const std::string& as, std::uint32_t count) {
  const std::string variable = made("futures ", as);
  for (std::uint32_t i = 0; i < count; ++i) m_futures[scenarios::repeated_name(as, i + 1)] = {variable, i, count};
  return variable;
}

std::string ScenarioScope::declare_iterator(const std::string& as, bool gives_futures) {
  const std::string variable = made("iterator ", as);
  m_iterators[as] = {variable, gives_futures};
  return variable;
}

const ScenarioScope::Variable& ScenarioScope::find(const std::string& name) const {
  if (const auto in_main = m_main != nullptr ? scenarios::name_in_main(name) : std::nullopt) {
    return m_main->find(std::string(*in_main));
  }
  const auto found = m_futures.find(name);
  LOITER_ASSERT(found != m_futures.end(), "a scenario that was read speaks only of futures that it has named");
  return found->second;
}

std::string ScenarioScope::future(const std::string& name) const {
  const Variable& variable = find(name);
  return variable.count == 0 ? variable.variable : variable.variable + "[" + std::to_string(variable.index) + "]";
}

std::size_t ScenarioScope::list_from(const std::vector<std::string>& names, std::size_t at) const {
  const Variable& first = find(names[at]);
  if (first.count == 0 || first.index != 0 || at + first.count > names.size()) return 0;
  for (std::uint32_t i = 0; i < first.count; ++i) {
    const Variable& each = find(names[at + i]);
    if (each.variable != first.variable || each.index != i || each.count != first.count) return 0;
  }
  return first.count;
}

std::vector<std::string> ScenarioScope::futures(const std::vector<std::string>& names,
                                                const std::string& spread) const {
  std::vector<std::string> elements;
  for (std::size_t at = 0; at < names.size();) {
    const std::size_t whole = list_from(names, at);
    elements.push_back(whole > 0 ? spread + find(names[at]).variable : future(names[at]));
    at += whole > 0 ? whole : 1;
  }
  return elements;
}

std::string ScenarioScope::whole_list(const std::vector<std::string>& names) const {
  if (names.empty() || list_from(names, 0) != names.size()) return {};
  return find(names.front()).variable;
}

}  // namespace loiter::experiments
