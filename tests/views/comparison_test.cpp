#include "views/comparison.hpp"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

#include <array>

#include "views/sample_runs.hpp"

using namespace loiter;
using namespace loiter::views;
using namespace std::chrono_literals;
using Catch::Approx;

TEST_CASE("speed-up is measured against the first run, and shared among the workers", "[comparison]") {
  const std::array runs{ComparedTime{1, 10s, true}, ComparedTime{3, 5s, true}, ComparedTime{4, 20s, true}};
  const auto figures = comparison_figures(runs);
  CHECK(figures[0].speed_up == Approx(1));
  CHECK(figures[0].efficiency == Approx(1));
  CHECK(figures[1].speed_up == Approx(2));
  CHECK(figures[1].efficiency == Approx(2.0 / 3));
  CHECK(figures[2].speed_up == Approx(0.5));
  CHECK(figures[2].efficiency == Approx(0.125));
}

TEST_CASE("a run that did not finish has no figures, and the others keep theirs", "[comparison]") {
  const std::array runs{ComparedTime{1, 10s, true}, ComparedTime{3, 5s, false}, ComparedTime{3, 4s, true}};
  const auto figures = comparison_figures(runs);
  CHECK(figures[1] == ComparisonFigures{});
  CHECK(figures[2].speed_up == Approx(2.5));
}

TEST_CASE("nothing is measured against a first run that did not finish or took no time", "[comparison]") {
  const std::array unfinished{ComparedTime{1, 10s, false}, ComparedTime{3, 5s, true}};
  CHECK(comparison_figures(unfinished)[1] == ComparisonFigures{});
  const std::array no_time{ComparedTime{1, 0s, true}, ComparedTime{3, 5s, true}, ComparedTime{3, 0s, true}};
  for (const ComparisonFigures& figures : comparison_figures(no_time)) CHECK(figures == ComparisonFigures{});
  CHECK(comparison_figures({}).empty());
}

TEST_CASE("figures have two digits, and one that is missing is a dash", "[comparison]") {
  CHECK(figure_text(2.0 / 3) == "0.67");
  CHECK(figure_text(std::nullopt) == "-");
}

TEST_CASE("times that two digits behind the point cannot tell apart are told in milliseconds", "[comparison]") {
  CHECK(compared_time_text(std::chrono::milliseconds(1234)) == "1.23 s");
  CHECK(compared_time_text(std::chrono::milliseconds(100)) == "0.10 s");
  CHECK(compared_time_text(std::chrono::microseconds(12'340)) == "12.3 ms");
  CHECK(compared_time_text(std::chrono::microseconds(40)) == "0.04 ms");
  CHECK(compared_time_text({}) == "0.00 s");
}

TEST_CASE("how a compared run stands is told in words", "[comparison]") {
  const auto ended = [](trace::RunEnded how) { return samples::RunBuilder().at(1).main_begins().event(how).take(); };
  CHECK(compared_text(ComparedStage::Next, {}) == "runs next");
  CHECK(compared_text(ComparedStage::Now, {}) == "runs now");
  CHECK(compared_text(ComparedStage::NotRun, {}) == "not run");
  CHECK(compared_text(ComparedStage::Over, ended({})) == "");
  CHECK(compared_text(ComparedStage::Over, ended({trace::RunEnd::Raised, "ValueError", "boom"})) ==
        "raised ValueError");
  CHECK(compared_text(ComparedStage::Over, ended({trace::RunEnd::Stopped})) == "stopped");
  CHECK(compared_text(ComparedStage::Over, ended({trace::RunEnd::Stuck})) == "stuck");
  CHECK(compared_text(ComparedStage::Over, ended({trace::RunEnd::Timeout})) == "timed out");
}

namespace {

struct ThreeRuns {
  ThreeRuns() {
    for (const trace::Mode mode : {trace::Mode::Sequential, trace::Mode::Threads, trace::Mode::Processes}) {
      trace::Header header = samples::loiter_header();
      header.mode = mode;
      const double end = mode == trace::Mode::Sequential ? 10 : 5;
      whole.push_back(samples::RunBuilder(header).at(end).main_begins().event(trace::RunEnded{}).take());
    }
  }
  std::vector<ComparedRun> as(ComparedStage first, ComparedStage second, ComparedStage third) const {
    return {{whole[0], first, whole[0].last(), {1.0, 1.0}},
            {whole[1], second, whole[1].last(), {2.0, 2.0 / 3}},
            {whole[2], third, whole[2].last(), {}}};
  }
  std::vector<trace::Run> whole;
};

}  // namespace

TEST_CASE("the status line tells whose turn it is, and what came of it", "[comparison]") {
  using enum ComparedStage;
  const ThreeRuns runs;
  CHECK(work_text(runs.whole[0].header()) == "loiter with map, tasks=5");
  CHECK(turn_text(runs.as(Over, Now, Next)) == "Now threads, 2 of 3. ");
  CHECK(turn_text(runs.as(Over, Over, NotRun)).empty());
  CHECK(
      compared_sentence(runs.as(Over, Over, NotRun)) ==
      "loiter with map: sequential 10.00 s, threads 5.00 s (2.00 times as fast), processes not run. Press C to compare "
      "again.");
  CHECK(compared_sentence(runs.as(Over, Over, Over)).find("processes 5.00 s.") != std::string::npos);  // no figures
  CHECK(opened_text(runs.whole[1]) == "Threads: finished at 5.00 s. Press Esc to return to the comparison.");
}
