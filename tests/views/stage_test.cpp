// The stage: what stands where at an instant, for few and for many, and the sentence above it.
#include "views/stage.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

#include "views/gil_runs.hpp"
#include "views/sample_runs.hpp"

using namespace loiter;
using namespace loiter::views;
using samples::at_seconds;

namespace {

struct Shown {
  explicit Shown(trace::Run made) : run(std::move(made)) { times.update(run); }
  Stage at(double seconds, float width = 711, float height = 128) const {
    return lay_out_stage(run, times, at_seconds(seconds), width, height);
  }
  std::string sentence(double seconds) const { return plain_text(stage_sentence(run, times, at_seconds(seconds))); }
  trace::Run run;
  FutureTimes times;
};

std::size_t count(const Stage& stage, StagePlace place) {
  return static_cast<std::size_t>(std::ranges::count(stage.tokens, place, &StageToken::place));
}

bool is_inside(const Rect& inner, const Rect& outer) {
  return inner.x0 >= outer.x0 && inner.x1 <= outer.x1 + 0.5F && inner.y0 >= outer.y0 && inner.y1 <= outer.y1 + 0.5F;
}

}  // namespace

TEST_CASE("the sentence says what the calling program is blocked on, and what it has", "[stage]") {
  const Shown shown(samples::loiter_run(true));
  CHECK(shown.sentence(3.4) == "main waits for the result of loiter(4). It has 4 of 5 results.");
  CHECK(shown.sentence(5) == "main has ended. It has all 5 results.");
}

TEST_CASE("the sentence says what is done already while the program waits for something else", "[stage]") {
  samples::RunBuilder b(samples::loiter_header());
  b.at(0).main_begins().pool(3).submit(1, "a").submit(2, "b").submit(3, "c");
  for (std::uint32_t lane = 1; lane <= 3; ++lane) b.worker_begins(lane).task_begins(lane);
  b.on(0).waits(trace::WaitOn::Map, {1});
  b.at(1).on(2).task_returns(2, "2").at(2).on(3).task_returns(3, "3");
  const Shown shown(b.take());
  CHECK(shown.sentence(1) == "main waits for the result of a, though b is done. It has 0 of 3 results.");
  CHECK(shown.sentence(2) == "main waits for the result of a, though b and c are done. It has 0 of 3 results.");
}

TEST_CASE("sequentially main runs each call itself: there is no queue and no worker", "[stage]") {
  trace::Header header = samples::loiter_header();
  header.mode = trace::Mode::Sequential;
  samples::RunBuilder b(header);
  b.at(0).main_begins().pool(0).submit(1, "loiter(3)").task_begins(1);
  const Shown shown(b.take());
  const Stage stage = shown.at(0);
  CHECK(stage.queue.note == "no queue");
  CHECK(stage.workers.heading == "No workers");
  REQUIRE(stage.seats.size() == 1);
  CHECK(stage.seats[0].lane == main_lane);
  CHECK(count(stage, StagePlace::Worker) == 1);
  CHECK(shown.sentence(0) == "main runs loiter(3) itself: nothing else can go on meanwhile. It has 0 of 1 result.");
}

TEST_CASE("every future stands in one place: queue, worker or shelf", "[stage]") {
  const Shown shown(samples::loiter_run(true));
  const Stage early = shown.at(0.5);
  CHECK(count(early, StagePlace::Queue) == 1);
  CHECK(count(early, StagePlace::Worker) == 3);
  CHECK(count(early, StagePlace::Shelf) == 1);
  const Stage late = shown.at(3.4);
  CHECK(late.queue.note == "empty");
  CHECK(count(late, StagePlace::Worker) == 1);
  CHECK(count(late, StagePlace::Shelf) == 4);
  CHECK(late.slots.size() == 5);
  CHECK(late.slots[3].delivered);
  CHECK_FALSE(late.slots[4].delivered);
  CHECK(late.delivered == "4 delivered");
  CHECK(late.submitted == "submits: 5 so far");
  CHECK(late.caller.what == "blocked on");
  CHECK(late.caller.on == "loiter(4)");
  CHECK(late.caller.future == FutureId{5});
  REQUIRE(late.seats.size() == 3);
  CHECK(late.seats[0].note == "idle");
  CHECK(late.seats[1].note == "2.40 of 4 s");
  CHECK(late.seats[1].share == 0.6);
}

TEST_CASE("what says running and only lies in the call queue has a box of its own", "[stage]") {
  const Shown shown(samples::states_run());
  const Stage stage = shown.at(2);
  REQUIRE(stage.call_queue);
  CHECK(count(stage, StagePlace::CallQueue) == 1);
  CHECK(stage.workers.heading == "Processes");
}

TEST_CASE("workers that have not started have a seat, and too many are counted", "[stage]") {
  samples::RunBuilder b(samples::loiter_header());
  b.at(0).main_begins().pool(1000).submit(1, "a").worker_begins(1).task_begins(1);
  const Shown shown(b.take());
  const Stage stage = shown.at(0);
  REQUIRE(stage.seats.size() > 6);
  CHECK(stage.seats[0].task == FutureId{1});
  CHECK_FALSE(stage.seats[1].lane);
  CHECK(stage.seats[1].note == "not started");
  CHECK(stage.workers.more == "+ " + std::to_string(1000 - stage.seats.size()) + " more");
}

TEST_CASE("of a long queue the first are shown and the rest is counted", "[stage]") {
  const Shown shown(samples::long_run(100'000));
  const Stage stage = shown.at(0);
  CHECK(count(stage, StagePlace::Queue) == 3);
  CHECK(stage.queue.more.starts_with("+ 99"));
  CHECK(stage.slots.size() < 20);
  CHECK_FALSE(stage.shelf.more.empty());
}

TEST_CASE("several pools are told in the heading", "[stage]") {
  samples::RunBuilder b(samples::loiter_header());
  b.at(0).main_begins().pool(1).event(trace::PoolCreated{ExecutorId{1}, 2, "ThreadPoolExecutor-1"});
  b.submit(1, "a");
  const Shown shown(b.take());
  CHECK(shown.at(0).queue.heading == "Queues of 2 pools");
  CHECK(shown.at(0).seats.size() == 3);
}

TEST_CASE("tokens stand inside their boxes, and boxes beside each other, at every size", "[stage]") {
  for (const float width : {480.0F, 711.0F, 1500.0F}) {
    for (const float height : {128.0F, 240.0F, 600.0F}) {
      INFO(width << " x " << height);
      const Shown shown(samples::long_run(500, 20));
      const Stage stage = shown.at(0.01, width, height);
      REQUIRE(stage.has_room);
      CHECK(stage.queue.box.x1 < stage.workers.box.x0);
      CHECK(stage.workers.box.x1 < stage.shelf.box.x0);
      CHECK(stage.shelf.box.x1 < stage.caller.box.x0);
      CHECK(stage.caller.box.x1 <= width);
      for (const StageToken& token : stage.tokens) {
        const Rect& box = token.place == StagePlace::Queue    ? stage.queue.box
                          : token.place == StagePlace::Worker ? stage.workers.box
                                                              : stage.shelf.box;
        CHECK(is_inside(token.box, box));
      }
    }
  }
  CHECK_FALSE(Shown(samples::loiter_run()).at(1, 711, 40).has_room);
}

TEST_CASE("the GIL stands at the seat of its holder, and moves with it", "[stage]") {
  const trace::Run run = samples::turns_run(8);
  FutureTimes times;
  times.update(run);
  const Stage first = lay_out_stage(run, times, samples::at_seconds(0.002), 700, 130);
  const Stage second = lay_out_stage(run, times, samples::at_seconds(0.007), 700, 130);
  CHECK(first.has_gil);
  REQUIRE(first.gils.size() == 1);
  REQUIRE(second.gils.size() == 1);
  CHECK(first.gils[0].lane == LaneId{1});
  CHECK(second.gils[0].lane == LaneId{2});
  CHECK(first.gils[0].shared);
  for (const Stage* stage : {&first, &second}) {
    const auto seat = std::ranges::find(stage->seats, stage->gils[0].lane, &StageWorker::lane);
    REQUIRE(seat != stage->seats.end());
    CHECK(stage->gils[0].box.x0 >= seat->box.x0);
    CHECK(stage->gils[0].box.x1 <= seat->box.x1);
    CHECK(stage->gils[0].box.y0 >= seat->box.y0);
    CHECK(stage->gils[0].box.y1 <= seat->box.y1);
  }
}

TEST_CASE("each interpreter's own GIL stands at its thread", "[stage]") {
  const trace::Run run = samples::TurnsBuilder(8, 0.005, trace::GilKind::PerInterpreter).make();
  FutureTimes times;
  times.update(run);
  const Stage stage = lay_out_stage(run, times, samples::at_seconds(0.002), 700, 130);
  REQUIRE(stage.gils.size() == 1);
  CHECK_FALSE(stage.gils[0].shared);
}

TEST_CASE("a run without a GIL keeps no room for it", "[stage]") {
  const trace::Run run = samples::loiter_run();
  FutureTimes times;
  times.update(run);
  const Stage stage = lay_out_stage(run, times, samples::at_seconds(1), 700, 130);
  CHECK_FALSE(stage.has_gil);
  CHECK(stage.gils.empty());
}
