#include "experiments/scenario_task.hpp"

#include <fmt/format.h>

#include "experiments/task_lab.hpp"
#include "futures/errors.hpp"

namespace loiter::experiments {
namespace {

using scenarios::Step;
using Kind = Step::Kind;

// The body's own futures all come from a pool: only those of the program can be met without touching one.
void touch_pool(futures::Host& host, const Step& step) {
  std::vector<std::string> names = step.names;
  names.push_back(step.name);
  for (const std::string& name : names) {
    if (const auto in_main = scenarios::name_in_main(name)) raise_name_error(std::string(*in_main));
  }
  host.ask(wait_for_ever_question);
  host.checkpoint();  // answered only once nobody waits for the answer any more
}

TaskValue play_scenario_task(futures::Host& host, TaskBody body) {
  TaskLab lab(host);
  for (std::size_t i = 0; i < body.steps.size(); ++i) {
    const Step& step = body.steps[i];
    lab.at(site_of(body.site, i + 1));
    if (step.kind == Kind::Return) return TaskValue::of(step.value);
    if (!play_simple_step(host, body.unit, step)) touch_pool(host, step);
  }
  return {};
}

}  // namespace

const futures::RemoteFunction<TaskValue(TaskBody)> scenario_task_function("scenario_task", play_scenario_task);

Duration units(Duration unit, double count) { return from_seconds(to_seconds(unit) * count); }

std::string site_of(const std::string& body, std::size_t i) { return body + "." + std::to_string(i); }

std::string callback_site(const std::string& site, std::string_view what) { return fmt::format("{}.{}", site, what); }

void raise(const std::string& type, const std::string& message) {
  std::rethrow_exception(futures::exception_of({type, message}, ""));
}

void raise_name_error(const std::string& name) { raise("NameError", "name '" + name + "' is not defined"); }

bool play_simple_step(futures::Host& host, Duration unit, const Step& step) {
  switch (step.kind) {
    case Kind::Say:
      TaskLab(host).print(step.text);
      return true;
    case Kind::Loiter:
      host.sleep_for(units(unit, *step.units));
      return true;
    case Kind::Crunch:
      host.compute(units(unit, *step.units));
      return true;
    case Kind::Raise:
      // str() of a KeyError is the repr of its argument.
      raise(step.name, step.name == "KeyError" && !step.text.empty() ? python_repr(step.text) : step.text);
    default:
      return false;
  }
}

}  // namespace loiter::experiments

namespace loiter::futures {

// What no task in a worker process could make use of is not sent.
void Codec<scenarios::Step>::write(ByteWriter& to, const scenarios::Step& step) {
  to.byte(static_cast<std::uint8_t>(step.kind));
  Codec<std::string>::write(to, step.name);
  Codec<std::vector<std::string>>::write(to, step.names);
  Codec<std::string>::write(to, step.text);
  Codec<std::optional<double>>::write(to, step.units);
  Codec<scenarios::Value>::write(to, step.value);
}

scenarios::Step Codec<scenarios::Step>::read(ByteReader& from) {
  const std::uint8_t kind = from.byte();
  if (kind > static_cast<std::uint8_t>(scenarios::Step::Kind::Raise)) throw BadMessage("a step is of no known kind");
  scenarios::Step step;
  step.kind = static_cast<scenarios::Step::Kind>(kind);
  step.name = Codec<std::string>::read(from);
  step.names = Codec<std::vector<std::string>>::read(from);
  step.text = Codec<std::string>::read(from);
  step.units = Codec<std::optional<double>>::read(from);
  step.value = Codec<scenarios::Value>::read(from);
  const bool needs_units = step.kind == scenarios::Step::Kind::Loiter || step.kind == scenarios::Step::Kind::Crunch;
  if (needs_units && !step.units) throw BadMessage("a step does not say how long");
  return step;
}

void Codec<experiments::TaskBody>::write(ByteWriter& to, const experiments::TaskBody& body) {
  Codec<std::string>::write(to, body.site);
  Codec<Duration>::write(to, body.unit);
  Codec<std::vector<scenarios::Step>>::write(to, body.steps);
}

experiments::TaskBody Codec<experiments::TaskBody>::read(ByteReader& from) {
  experiments::TaskBody body;
  body.site = Codec<std::string>::read(from);
  body.unit = Codec<Duration>::read(from);
  body.steps = Codec<std::vector<scenarios::Step>>::read(from);
  return body;
}

}  // namespace loiter::futures
