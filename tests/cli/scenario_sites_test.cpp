// Where lanes stand in the listings of scenarios: every marker that a run reaches is on a line, and on the right one.
#include "cli/scenario_files.hpp"
#include "engine/session.hpp"
#include "trace/names.hpp"
#include "trace/run.hpp"
#include "views/code_view.hpp"

using namespace loiter;
using namespace loiter::cli;

namespace {

experiments::Setup setup_of(const std::string& scenario, trace::Mode mode) {
  engine::Choices choices{.experiment = scenario, .mode = mode, .clock = trace::Clock::Simulated};
  if (scenario.ends_with(".toml")) choices.scenario = *engine::scenario_of_file(scenario);
  const auto setup = engine::complete(choices);
  REQUIRE(setup);
  return *setup;
}

trace::Run run_of(const experiments::Setup& setup) {
  return trace::fold(engine::run_to_end(setup, {.pace = runtime::Pace::instant(), .stop_when_stuck = true}));
}

// The text of the line on which the lane stands at the end.
std::string last_line(const trace::Run& run, const views::Listing& listing, const std::string& lane) {
  for (const trace::Lane& each : run.lanes()) {
    if (each.name == lane && !each.sites.empty()) {
      const auto site = listing.sites.find(each.sites.back().site);
      return site == listing.sites.end() ? "" : listing.lines[site->second].text;
    }
  }
  return "";
}

}  // namespace

TEST_CASE("every place that a lane of a scenario reaches is in both listings, in every mode") {
  for (const std::string& scenario : all_scenarios()) {
    for (const trace::Mode mode : {trace::Mode::Sequential, trace::Mode::Threads, trace::Mode::Processes}) {
      const experiments::Setup setup = setup_of(scenario, mode);
      const experiments::Listing texts = engine::find_experiment("scenario")->listing(setup);
      const views::Listing python = views::parse_listing(texts.python, views::Language::Python);
      const views::Listing cpp = views::parse_listing(texts.cpp, views::Language::Cpp);
      const trace::Run run = run_of(setup);
      for (const trace::Lane& lane : run.lanes()) {
        for (const trace::SiteMark& mark : lane.sites) {
          INFO(scenario << " --mode " << trace::name_of(mode) << ": " << mark.site);
          CHECK(python.sites.contains(mark.site));
          CHECK(cpp.sites.contains(mark.site));
        }
      }
    }
  }
}

TEST_CASE("a callback that waits stands on its own line, not on the last one of its task") {
  const experiments::Setup setup = setup_of("waiting_callback", trace::Mode::Threads);
  const experiments::Listing texts = engine::find_experiment("scenario")->listing(setup);
  const trace::Run run = run_of(setup);
  CHECK(last_line(run, views::parse_listing(texts.python, views::Language::Python), "ThreadPoolExecutor-0_0") ==
        "        b.result()");
  CHECK(last_line(run, views::parse_listing(texts.cpp, views::Language::Cpp), "ThreadPoolExecutor-0_0") ==
        "    b.result();");
}
