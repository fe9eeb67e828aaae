#include "experiments/futures_demo.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/lab.hpp"
#include "experiments/task_lab.hpp"
#include "futures/as_completed.hpp"

namespace loiter::experiments {
namespace {

std::string visit(futures::Host& host, Duration unit, std::string cc) {
  TaskLab lab(host);
  const auto country = std::ranges::find(most_populous, cc, &Country::code);
  if (country == most_populous.end()) throw futures::Exception(python_repr(cc), "KeyError");
  lab.at("visit.sleep");
  lab.sleep(unit * country->stay);
  lab.at("visit.return");
  return cc;
}
const futures::RemoteFunction visit_function("visit", visit);

template <class F>
void collect_with_map(Lab& lab, futures::Executor& executor, const futures::Call<F>& call,
                      const std::vector<std::string>& codes) {
  lab.at("main.map");
  auto results = executor.map(call, codes);
  lab.at("main.next");
  for (auto code = codes.begin(); const auto result = results.next(); ++code) {
    lab.at("main.result");
    lab.print(fmt::format("{} result: {}", *code, python_repr(*result)));
    lab.at("main.next");
  }
}

template <class F>
void collect_as_completed(Lab& lab, futures::Executor& executor, const futures::Call<F>& call,
                          const std::vector<std::string>& codes) {
  std::vector<futures::Future<std::string>> to_do;
  for (const std::string& code : codes) {
    lab.at("main.submit");
    to_do.push_back(executor.submit(call, code));
    lab.at("main.scheduled");
    lab.print(fmt::format("Scheduled for {}: {}", code, to_do.back().repr()));
  }
  auto completed = futures::as_completed(to_do);
  lab.at("main.next");
  while (const auto future = completed.next()) {
    lab.at("main.result");
    const std::string result = future->result();
    lab.print(fmt::format("{} result: {}", future->repr(), python_repr(result)));
    lab.at("main.next");
  }
}

void main_program(Lab& lab) {
  lab.at("main.start");
  const Instant start = lab.runtime().now();
  std::vector<std::string> codes;
  for (const Country& country : countries_of(lab.setup())) codes.emplace_back(country.code);
  {
    lab.at("main.pool");
    const auto executor = lab.make_executor();
    const auto call = futures::named("visit", visit_function.with(lab.setup().time("unit")));
    if (lab.setup().collect == Collect::Map) {
      collect_with_map(lab, *executor, call, codes);
    } else {
      collect_as_completed(lab, *executor, call, codes);
    }
    lab.at("main.leave");
  }
  lab.at("main.end");
  lab.print(fmt::format("{} results in {:.2f}s", codes.size(), to_seconds(lab.runtime().now() - start)));
}

}  // namespace

std::vector<Country> countries_of(const Setup& setup) {
  const auto count = setup.count("tasks");
  std::vector<Country> countries(most_populous.begin(), most_populous.begin() + count);
  std::ranges::sort(countries, {}, &Country::code);
  return countries;
}

Experiment futures_experiment() {
  constexpr std::int64_t minute = std::chrono::nanoseconds(std::chrono::minutes(1)).count();
  return {
      .name = "futures",
      .title = "Futures: what the program holds in its hands",
      .summary =
          "Visits to five countries, each of another length. With as_completed the program prints every future when it "
          "is submitted (is it pending, or running already?) and when it is done; with map it never sees one.",
      .parameters = {{.name = "tasks",
                      .kind = Parameter::Kind::Count,
                      .help = "how many countries, the most populous first",
                      .usual = "5",
                      .least = 0,
                      .most = static_cast<std::int64_t>(most_populous.size())},
                     {.name = "unit",
                      .kind = Parameter::Kind::Time,
                      .help = "how long the shortest visit takes",
                      .usual = "1s",
                      .least = 0,
                      .most = minute}},
      .usual_workers = 3,
      .usual_collect = Collect::AsCompleted,
      .main = main_program,
      .listing = futures_listing,
  };
}

}  // namespace loiter::experiments
