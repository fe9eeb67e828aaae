#include <exception>
#include <ranges>

#include "base/assert.hpp"
#include "experiments/scenario_names.hpp"
#include "experiments/scenario_player.hpp"
#include "experiments/task_lab.hpp"

namespace loiter::experiments {
namespace {

using scenarios::Step;

// Answers when nobody waits for the answer any more. The future is one that nobody will ever complete.
void wait_for_ever(futures::Context& context, const futures::Context::IsGone& is_gone) {
  const futures::Promise<None> never(context);
  const FutureId id = never.future().id();
  while (!is_gone || !is_gone()) context.runtime().park({.on = runtime::WaitOn::Result, .futures = {&id, 1}});
}

// What the program's step sees becomes an event; what it raises too, unless the program ends with it.
void play_in_main(ScenarioRun& run, ScenarioPlayer& player, const Step& step, std::uint32_t& current) {
  ++current;
  const std::string site = site_of("main", current);
  run.at(site);
  try {
    player.play(step, site);
  } catch (const runtime::Aborted&) {
    throw;
  } catch (...) {
    if (step.kind == Step::Kind::Raise) throw;
    const futures::ErrorText text = futures::describe(std::current_exception());
    run.lab().observe({.step = current, .what = trace::Observation::Error, .type = text.type, .text = text.text});
    if (run.scenario().stop_on_error) throw;
  }
}

}  // namespace

ScenarioRun::ScenarioRun(Lab& lab, const scenarios::Scenario& scenario)
    : m_lab(lab), m_scenario(scenario), m_unit(lab.setup().time("unit")), m_sites(site_names(scenario)) {
  lab.context().set_answerer([&lab](std::string_view question, const futures::Context::IsGone& is_gone) {
    LOITER_ASSERT(question == wait_for_ever_question, "tasks of scenarios ask nothing else");
    wait_for_ever(lab.context(), is_gone);
    return std::string();
  });
  const Mode mode = lab.setup().mode;
  m_pools.push_back({.name = "", .mode = mode, .executor = lab.make_executor()});
  for (const scenarios::Pool& pool : scenario.pools) {
    const Mode its_mode = pool.mode ? static_cast<Mode>(*pool.mode) : mode;
    const auto workers = pool.workers.value_or(usual_workers_of(its_mode));
    m_pools.push_back(
        {.name = pool.name, .mode = its_mode, .executor = lab.make_executor(its_mode, static_cast<int>(workers))});
  }
}

ScenarioRun::~ScenarioRun() {
  while (!m_pools.empty()) m_pools.pop_back();  // tasks use everything else
  m_lab.context().set_answerer(nullptr);
  Lock lock(m_mutex);
  for (const auto& names : m_to_release) names->clear();
}

void ScenarioRun::release_at_end(std::shared_ptr<FutureNames> names) {
  Lock lock(m_mutex);
  m_to_release.insert(std::move(names));
}

const ScenarioRun::Pool& ScenarioRun::pool(const std::string& name) const {
  const auto found = std::ranges::find(m_pools, name, &Pool::name);
  LOITER_ASSERT(found != m_pools.end(), "a scenario that was read names only pools that it has");
  return *found;
}

void ScenarioRun::at(const std::string& site) {
  futures::LocalHost host(m_lab.context());
  TaskLab(host).at(site);
}

void ScenarioRun::shut_down() {
  for (const Pool& pool : m_pools | std::views::reverse) pool.executor->shutdown();
}

void run_scenario(Lab& lab, const scenarios::Scenario& scenario) {
  ScenarioRun run(lab, scenario);
  run.at("main.pool");
  std::uint32_t current = 0;
  const auto observe = [&](trace::Observed what) {
    what.step = current;
    lab.observe(std::move(what));
  };
  ScenarioPlayer player(run, run.names_of_main(), observe, ScenarioPlayer::of_the_program);
  std::exception_ptr error;
  try {
    for (const Step& step : scenario.main) play_in_main(run, player, step, current);
  } catch (const runtime::Aborted&) {
    throw;
  } catch (...) {
    error = std::current_exception();
  }
  run.at("main.leave");
  run.shut_down();
  if (error) std::rethrow_exception(error);
}

}  // namespace loiter::experiments
