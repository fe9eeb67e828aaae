#include "views/words.hpp"

#include <catch2/catch_test_macros.hpp>

#include "views/lane_tags.hpp"
#include "views/ruler.hpp"
#include "views/sample_runs.hpp"
#include "views/status_text.hpp"

using namespace loiter;
using namespace loiter::views;
using loiter::samples::at_seconds;
using trace::WaitOn;

namespace {

trace::WaitSpan wait_of(WaitOn on, std::vector<FutureId> futures = {}, bool any = false, Deadline deadline = {}) {
  trace::WaitSpan wait;
  wait.what.on = on;
  wait.what.futures = std::move(futures);
  wait.what.any = any;
  wait.what.deadline = deadline;
  return wait;
}

std::vector<std::string> labels(const std::vector<Tick>& ticks) {
  std::vector<std::string> all;
  for (const Tick& tick : ticks) all.push_back(tick.label);
  return all;
}
using Labels = std::vector<std::string>;

}  // namespace

TEST_CASE("every wait has words, and a form without the first of them", "[words]") {
  const trace::Run run = samples::loiter_run();
  const auto full = [&](const trace::WaitSpan& wait) { return wait_words(run, wait).full; };
  const FutureId one{2};
  const FutureId other{3};
  CHECK(full(wait_of(WaitOn::Map, {one})) == "result of loiter(1)");
  CHECK(wait_words(run, wait_of(WaitOn::Map, {one})).brief == "loiter(1)");
  CHECK(full(wait_of(WaitOn::Result, {FutureId{77}})) == "result of future 77");
  CHECK(full(wait_of(WaitOn::AsCompleted, {one, other}, true)) == "next of 2 futures");
  CHECK(full(wait_of(WaitOn::Wait, {one, other}, true)) == "any of 2 futures");
  CHECK(full(wait_of(WaitOn::Wait, {one, other})) == "all of 2 futures");
  CHECK(full(wait_of(WaitOn::Wait, {one})) == "end of loiter(1)");
  CHECK(full(wait_of(WaitOn::Sleep, {}, false, at_seconds(5))) == "sleeps until 5.00 s");
  CHECK(full(wait_of(WaitOn::Gil)) == "the GIL");
  trace::WaitSpan join = wait_of(WaitOn::Join);
  join.what.joins = LaneId{1};
  CHECK(full(join) == "end of ThreadPoolExecutor-0_0");
}

TEST_CASE("what a lane does is told for waits inside and outside of tasks", "[words]") {
  const trace::Run stuck = samples::deadlock_run();
  const Doing main = doing_at(stuck, *stuck.lane(main_lane), Instant{});
  CHECK(main.what == "asks for a result");
  CHECK(main.detail == "stuck: result of wait_forever");
  CHECK(main.look == StateLook::Stuck);
  const Doing worker = doing_at(stuck, *stuck.lane(LaneId{1}), Instant{});
  CHECK(worker.what == "runs wait_forever");
  CHECK(worker.detail == "stuck: result of zip");

  const trace::Run downloads = samples::downloads_run();
  CHECK(doing_at(downloads, *downloads.lane(LaneId{1}), at_seconds(0.2)).what == "waits for an answer inside CN");
  CHECK(doing_at(downloads, *downloads.lane(LaneId{1}), at_seconds(0.5)).what == "runs CN");

  const trace::Run run = samples::loiter_run(true);
  CHECK(doing_at(run, *run.lane(LaneId{1}), at_seconds(5)).what == "ended");
}

TEST_CASE("the facts of a wait say how long and until when", "[words]") {
  const trace::Run run = samples::loiter_run();
  const trace::Lane& main = *run.lane(main_lane);
  const auto facts = wait_facts(run, main, main.waits.back(), at_seconds(3.4));
  REQUIRE(facts.size() == 2);
  CHECK(facts[0] == "main waits: result of loiter(4)");
  CHECK(facts[1] == "from 3.00 s until now (0.40 s)");
}

TEST_CASE("lanes carry short tags", "[lane_tags]") {
  LaneTags tags;
  tags.update(samples::loiter_run());
  CHECK(tags.of(main_lane) == LaneSign{"M", 0});
  CHECK(tags.of(LaneId{1}) == LaneSign{"0", 1});
  CHECK(tags.of(LaneId{3}) == LaneSign{"2", 3});
  CHECK(tags.of(LaneId{9}).text == "?");
  samples::RunBuilder b;
  b.main_begins().on(1).event(trace::LaneBegan{.kind = trace::LaneKind::Manager, .name = "manager-0"});
  b.worker_begins(2, trace::LaneKind::Process);
  tags.update(b.run());
  CHECK(tags.of(LaneId{1}).text == "Q");
  CHECK(tags.of(LaneId{2}).text == "1");
}

TEST_CASE("a paused run says that transfers under way are not held") {
  samples::RunBuilder b(samples::loiter_header());
  b.at(0).main_begins().waits(trace::WaitOn::Io).at(2).wait_ends(trace::WaitOn::Io);
  CHECK(status_text(b.run(), Phase::Paused, at_seconds(1)) ==
        "Paused at 1.00 s; transfers under way are not held. Press Space to go on, S for one step.");
  CHECK(status_text(b.run(), Phase::Paused, at_seconds(2)) ==
        "Paused at 2.00 s. Press Space to go on, S for one step.");
}

TEST_CASE("the status line speaks in sentences", "[status_text]") {
  const trace::Run run = samples::loiter_run();
  CHECK(status_text(run, Phase::Ready, {}) == "Press Run (Space) to start loiter.");
  CHECK(status_text(run, Phase::Paused, at_seconds(3.4)) == "Paused at 3.40 s. Press Space to go on, S for one step.");
  CHECK(status_text(samples::deadlock_run(), Phase::Stuck, {}) ==
        "Stuck at 0.00 s: main, ThreadPoolExecutor-0_0. Choose a way out above, or press X to stop.");
  CHECK(status_text(samples::loiter_run(true), Phase::Ended, at_seconds(5)) ==
        "Finished after 5.00 s. Press R to run it again.");
  CHECK(phase_word(samples::loiter_run(true), Phase::Ended) == "Finished");
  CHECK(clock_text(at_seconds(3.4), at_seconds(5)).now == "3.40");
  CHECK(clock_text(at_seconds(3.4), at_seconds(5)).rest == "s of 5.00 s");
  CHECK(clock_text(at_seconds(1.62), {}).rest == "s");
  CHECK(unit_text(std::chrono::seconds(1)) == "1 unit = 1 s");
  CHECK(unit_text(std::chrono::milliseconds(250)) == "1 unit = 250 ms");
}

TEST_CASE("ticks stand at round times and say the measure once or each time", "[ruler]") {
  const auto ticks = [](double from, double to, float width, RulerMeasure measure = RulerMeasure::Seconds,
                        Duration unit = std::chrono::seconds(1)) {
    return ruler_ticks({at_seconds(from), at_seconds(to)}, width, 64, measure, unit);
  };
  CHECK(labels(ticks(-0.1, 5.2, 530)) == Labels{"0 s", "1 s", "2 s", "3 s", "4 s", "5 s"});
  CHECK(labels(ticks(0, 1.8, 600)) == Labels{"0.0 s", "0.2", "0.4", "0.6", "0.8", "1.0", "1.2", "1.4", "1.6", "1.8"});
  CHECK(labels(ticks(0, 0.01, 400)) == Labels{"0 ms", "2 ms", "4 ms", "6 ms", "8 ms", "10 ms"});
  CHECK(labels(ticks(0, 1, 330, RulerMeasure::Units, std::chrono::milliseconds(250))) ==
        Labels{"0 u", "1 u", "2 u", "3 u", "4 u"});
  const auto one = ticks(0, 5, 500);
  CHECK(one[1].x == 100);
  CHECK(ticks(5, 5, 500).empty());
  for (const double length : {1e-9, 1e-6, 0.003, 1.0, 77.0, 1e6, 1e9}) {
    const auto any = ticks(0, length, 700);
    CHECK(any.size() <= 12);
    for (std::size_t i = 1; i < any.size(); ++i) CHECK(any[i].x - any[i - 1].x >= 63.9F);
  }
}

TEST_CASE("the playhead's box has the digits that the zoom can tell apart", "[ruler]") {
  CHECK(playhead_text(at_seconds(3.4), 10e6) == "3.40");
  CHECK(playhead_text(at_seconds(3.4), 1e9) == "3.40");
  CHECK(playhead_text(at_seconds(3.4), 10e3) == "3.40000");
}

TEST_CASE("round times lie at or after what is asked", "[ruler]") {
  CHECK(round_up(at_seconds(5.3)) == at_seconds(6));
  CHECK(round_up(at_seconds(5)) == at_seconds(5));
  CHECK(round_up(at_seconds(0.011)) == at_seconds(0.012));
  CHECK(round_up(at_seconds(97)) == at_seconds(100));
}

TEST_CASE("labels and values without room lose what says nothing new") {
  CHECK(brief_label("flag('CN')") == "CN");
  CHECK(brief_label("get('f1040.pdf')") == "f1040.pdf");
  CHECK(brief_label("loiter(3)") == "loiter(3)");
  CHECK(brief_label("it's") == "it's");
  CHECK(brief_value("<DownloadStatus.NOT_FOUND: 2>") == "NOT_FOUND");
  CHECK(brief_value("3.5: x") == "3.5: x");
  CHECK(brief_value("<object>") == "<object>");
  CHECK(brief_value("").empty());
}
