#include "gui/sweep_state.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"

namespace loiter::gui {

SweepState::SweepState(engine::SweepPlan plan) : m_plan(std::move(plan)) {
  LOITER_ASSERT(!m_plan.points.empty() && !m_plan.points.front().setups.empty(), "a plan has runs");
  m_header = engine::header_of(m_plan.points.front().setups.front());
  for (const engine::SweepPoint& point : m_plan.points) m_points.push_back({.value = point.value, .runs = {}});
}

std::size_t SweepState::runs_in_all() const { return m_plan.points.size() * m_plan.points.front().setups.size(); }

const engine::Setup* SweepState::next() const {
  if (m_is_stopped || m_over == runs_in_all()) return nullptr;
  const std::size_t modes = m_plan.points.front().setups.size();
  return &m_plan.points[m_over / modes].setups[m_over % modes];
}

void SweepState::note(const LabRun& run) {
  const engine::Setup* setup = next();
  if (setup == nullptr) return;  // it was stopped in the middle of a run
  const auto& ended = run.run.ended();
  const bool finished = ended && ended->how == trace::RunEnd::Finished;
  const std::size_t modes = m_plan.points.front().setups.size();
  m_points[m_over / modes].runs.push_back({setup->workers, run.now.time_since_epoch(), finished});
  ++m_over;
}

std::string parameter_to_sweep(const engine::Experiment& experiment) {
  const auto it = std::ranges::find_if(experiment.parameters, [](const engine::Parameter& parameter) {
    return parameter.kind == engine::Parameter::Kind::Share && !engine::is_dial(parameter.name);
  });
  return it == experiment.parameters.end() ? "" : it->name;
}

Result<engine::SweepPlan> plan_chart(engine::Choices choices) {
  const engine::Experiment* experiment = engine::find_experiment(choices.experiment);
  const std::string parameter = experiment == nullptr ? "" : parameter_to_sweep(*experiment);
  if (parameter.empty())
    return fail(choices.experiment + " has no parameter to draw a chart over; crunch has one, mix.");
  choices.parameters.erase(parameter);
  if (choices.workers) choices.workers = std::min(*choices.workers, engine::most_workers(trace::Mode::Processes));
  return engine::plan_sweep(choices, parameter + "=0,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,1");
}

}  // namespace loiter::gui
