#include "experiments/scenario_player.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"
#include "experiments/task_lab.hpp"
#include "futures/wait.hpp"
#include "trace/names.hpp"

namespace loiter::experiments {
namespace {

using scenarios::Step;
using Kind = Step::Kind;
using trace::Observation;
using trace::Observed;

// Tasks of a sequential executor run inside of those that submit them; CPython's interpreter gives up at about so many.
constexpr int most_nested = 200;

futures::ReturnWhen return_when_of(const Step& step) { return static_cast<futures::ReturnWhen>(step.return_when); }

TaskValue play_task(ScenarioRun& run, const scenarios::Task& task, int depth) {
  if (depth > most_nested) raise("RecursionError", "maximum recursion depth exceeded");
  ScenarioPlayer player(run, std::make_shared<FutureNames>(), nullptr, depth);
  for (std::size_t i = 0; i < task.steps.size(); ++i) {
    const Step& step = task.steps[i];
    const std::string site = site_of(run.site(task.name), i + 1);
    run.at(site);
    if (step.kind == Kind::Return) return TaskValue::of(step.value);
    if (step.kind == Kind::ReturnFuture) return {player.future(step.name)};
    player.play(step, site);
  }
  return {};
}

}  // namespace

ScenarioPlayer::ScenarioPlayer(ScenarioRun& run, std::shared_ptr<FutureNames> names, Observe observe, int depth)
    : m_run(run), m_names(std::move(names)), m_observe(std::move(observe)), m_depth(depth) {}

void ScenarioPlayer::play(const Step& step, const std::string& site) {
  futures::LocalHost host(context());
  if (play_simple_step(host, m_run.unit(), step)) return;
  switch (step.kind) {
    case Kind::Submit:
      return submit(step);
    case Kind::Map:
      return map(step);
    case Kind::AsCompleted: {
      auto iterator =
          std::make_unique<futures::AsCompleted<TaskFuture>>(futures::as_completed(futures_of(step), timeout_of(step)));
      m_iterators.insert_or_assign(step.as, Iterator{nullptr, std::move(iterator)});
      return;
    }
    case Kind::Next:
    case Kind::Each:
    case Kind::Close: {
      const auto found = m_iterators.find(step.name);
      if (found == m_iterators.end()) raise_name_error(step.name);  // the step that names it has failed
      if (step.kind == Kind::Each) return drive(found->second);
      if (step.kind == Kind::Next) {
        if (!advance(found->second)) observe({.what = Observation::End});
      } else if (found->second.map) {
        found->second.map->close();
      } else {
        found->second.as_completed->close();
      }
      return;
    }
    case Kind::Wait:
      return wait(step);
    case Kind::Result:
      return result(step);
    case Kind::Exception: {
      const std::exception_ptr error = future(step.name, "exception").exception(timeout_of(step));
      return error ? observe_error(error) : observe_value({});
    }
    case Kind::Cancel:
      return observe_value({future(step.name, "cancel").cancel()});
    case Kind::State:
      return observe(
          {.what = Observation::State, .text = std::string(trace::name_of(future(step.name, "_state").state()))});
    case Kind::OnDone:
      return add_callback(step, site);
    case Kind::Shutdown:
      return m_run.pool(step.pool).executor->shutdown({.wait = step.wait, .cancel_futures = step.cancel_futures});
    default:
      LOITER_ASSERT(false, "every other step is simple, or ends a task");
  }
}

futures::AnyFuture ScenarioPlayer::future(const std::string& name, const char* attribute) const {
  const auto in_main = m_depth == of_the_program ? std::nullopt : scenarios::name_in_main(name);
  const std::string own(in_main.value_or(name));
  const auto value = in_main ? m_run.names_of_main()->find(own) : m_names->find(own);
  if (!value) raise_name_error(own);
  if (value->future() == nullptr) {
    raise("AttributeError", std::string("'") + value->type() + "' object has no attribute '" + attribute + "'");
  }
  return *value->future();
}

Timeout ScenarioPlayer::timeout_of(const Step& step) const {
  return step.timeout ? Timeout(m_run.length_of(*step.timeout)) : std::nullopt;
}

std::vector<TaskFuture> ScenarioPlayer::futures_of(const Step& step) const {
  std::vector<TaskFuture> futures;
  for (const std::string& name : step.names) futures.push_back(TaskFuture::of(future(name)));
  return futures;
}

TaskFuture ScenarioPlayer::submit_task(const ScenarioRun::Pool& pool, const std::string& name) {
  const scenarios::Task& task = m_run.scenario().task(name);
  const futures::CallName label{std::string_view(name)};
  if (pool.mode == Mode::Processes) {
    TaskBody body{.site = m_run.site(name), .unit = m_run.unit(), .steps = task.steps};
    return pool.executor->submit(futures::named(label, scenario_task_function.with(std::move(body))));
  }
  const int depth = pool.mode == Mode::Sequential ? std::max(m_depth, 0) + 1 : 0;
  return pool.executor->submit(
      futures::named(label, [&run = m_run, &task, depth] { return play_task(run, task, depth); }));
}

void ScenarioPlayer::submit(const Step& step) {
  const ScenarioRun::Pool& pool = m_run.pool(step.pool);
  for (std::uint32_t i = 1; i <= step.repeat.value_or(1); ++i) {
    const TaskFuture future = submit_task(pool, step.name);
    if (!step.as.empty()) m_names->set(step.repeat ? scenarios::repeated_name(step.as, i) : step.as, {future});
  }
}

void ScenarioPlayer::map(const Step& step) {
  const ScenarioRun::Pool& pool = m_run.pool(step.pool);
  std::unique_ptr<futures::MapIterator<TaskValue>> iterator;
  if (pool.mode == Mode::Processes && step.chunk_size != 1) {
    std::vector<TaskBody> bodies;
    for (const std::string& name : step.names) {
      bodies.push_back({.site = m_run.site(name), .unit = m_run.unit(), .steps = m_run.scenario().task(name).steps});
    }
    iterator = std::make_unique<futures::MapIterator<TaskValue>>(
        pool.executor->map(futures::named("tasks", scenario_task_function.with()), std::move(bodies),
                           {.timeout = timeout_of(step), .chunk_size = step.chunk_size}));
  } else {
    const Deadline end = context().deadline_in(timeout_of(step));
    std::vector<TaskFuture> futures;
    for (const std::string& name : step.names) futures.push_back(submit_task(pool, name));
    iterator = std::make_unique<futures::MapIterator<TaskValue>>(context(), std::move(futures), end);
  }
  m_iterators.insert_or_assign(step.as, Iterator{std::move(iterator), nullptr});
}

// False: it is exhausted. What it gives is observed.
bool ScenarioPlayer::advance(Iterator& iterator) {
  if (iterator.map) {
    const auto value = iterator.map->next();
    if (value) observe_value(*value);
    return value.has_value();
  }
  const auto future = iterator.as_completed->next();
  if (!future) return false;
  if (!m_observe) return true;
  try {
    observe_value(future->result());
  } catch (const runtime::Aborted&) {
    throw;
  } catch (...) {  // the future's, not the iterator's
    observe_error(std::current_exception());
  }
  return true;
}

void ScenarioPlayer::drive(Iterator& iterator) {
  try {
    while (advance(iterator)) {
    }
  } catch (const runtime::Aborted&) {
    throw;
  } catch (...) {
    if (!m_observe || m_run.scenario().stop_on_error) throw;
    observe_error(std::current_exception());
  }
  observe({.what = Observation::End});
}

void ScenarioPlayer::wait(const Step& step) {
  const std::vector<TaskFuture> futures = futures_of(step);
  const futures::DoneAndNotDone sets =
      futures::wait(futures, {.timeout = timeout_of(step), .return_when = return_when_of(step)});
  if (!m_observe) return;
  const auto names_of = [&](const std::vector<futures::AnyFuture>& some) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < futures.size(); ++i) {
      if (std::ranges::find(some, futures[i]) != some.end()) names.push_back(step.names[i]);
    }
    std::ranges::sort(names);
    return names;
  };
  observe({.what = Observation::Sets, .done = names_of(sets.done), .not_done = names_of(sets.not_done)});
}

void ScenarioPlayer::result(const Step& step) {
  const TaskValue value = TaskFuture::of(future(step.name, "result")).result(timeout_of(step));
  if (!step.as.empty()) m_names->set(step.as, value);
  observe_value(value);
}

void ScenarioPlayer::add_callback(const Step& step, const std::string& site) {
  m_run.release_at_end(m_names);
  // It may be called after this body has ended: it keeps the names, as a closure does.
  const auto call = [&run = m_run, &step, site, names = m_names, depth = m_depth] {
    futures::LocalHost host(run.lab().context());
    TaskLab lab(host);
    if (!step.text.empty()) {
      lab.at(callback_site(site, "say"));
      lab.print(step.text);
    }
    if (step.units) {
      lab.at(callback_site(site, "loiter"));
      lab.sleep(run.length_of(*step.units));
    }
    if (step.awaits.empty()) return;
    lab.at(callback_site(site, "result"));
    const ScenarioPlayer closure(run, names, nullptr, depth);
    TaskFuture::of(closure.future(step.awaits, "result")).result();
  };
  future(step.name, "add_done_callback").add_done_callback([call](const futures::AnyFuture&) { call(); });
}

void ScenarioPlayer::observe(Observed what) const {
  if (m_observe) m_observe(std::move(what));
}

void ScenarioPlayer::observe_value(const TaskValue& value) const {
  if (!m_observe) return;
  observe({.what = Observation::Value,
           .type = value.type(),
           .text = value.future() != nullptr ? "<Future>" : value.str()});  // its address is never the same
}

void ScenarioPlayer::observe_error(const std::exception_ptr& error) const {
  const futures::ErrorText text = futures::describe(error);
  observe({.what = Observation::Error, .type = text.type, .text = text.text});
}

}  // namespace loiter::experiments
