#include "views/timeline.hpp"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

#include <algorithm>

#include "views/sample_runs.hpp"

using namespace loiter;
using namespace loiter::views;
using Catch::Approx;
using loiter::samples::at_seconds;

namespace {

// Six pixels a byte, so that widths can be counted.
float fixed_pitch(std::string_view text, TextFont) { return static_cast<float>(text.size()) * 6.0F; }

// 100 pixels a second from second zero, unless told otherwise.
struct Laid {
  Laid(const trace::Run& shown, double playhead, FutureId selected = no_future, double from = 0, double to = 6)
      : run(shown) {
    index.update(run);
    query.visible = {at_seconds(from), at_seconds(to)};
    query.width = 600;
    query.height = 400;
    query.playhead = at_seconds(playhead);
    query.selected = selected;
    lay_out_timeline(run, index, query, fixed_pitch, layout);
  }
  const Bar& bar(std::uint32_t future) const {
    const auto it = std::ranges::find(layout.bars, FutureId{future}, &Bar::future);
    REQUIRE(it != layout.bars.end());
    return *it;
  }
  TimelineHit hit(float x, float y) const { return hit_timeline(run, index, query, layout, x, y); }
  const trace::Run& run;
  TimelineIndex index;
  TimelineQuery query;
  TimelineLayout layout;
};

}  // namespace

TEST_CASE("lanes stand in order: the calling program, then the workers as they appeared", "[timeline]") {
  const trace::Run run = samples::loiter_run();
  const Laid laid(run, 3.4);
  REQUIRE(laid.layout.lanes.size() == 4);
  CHECK(laid.layout.lanes[0].lane == main_lane);
  CHECK(laid.layout.lanes[1].lane == LaneId{1});
  CHECK(laid.layout.lanes[1].y0 == laid.layout.lanes[0].y1);
  CHECK(laid.layout.content_height == 4 * 38);
}

TEST_CASE("a finished task is a bar with its name and value, a little inside of its times", "[timeline]") {
  const trace::Run run = samples::loiter_run();
  const Laid laid(run, 3.4);
  const Bar& bar = laid.bar(3);  // loiter(2), 0 to 2 s on worker 2
  CHECK(bar.lane == LaneId{3});
  CHECK(bar.look == StateLook::Returned);
  CHECK(bar.name == "loiter(2)");
  CHECK(bar.value == "20");
  CHECK(bar.box.x0 == 1);
  CHECK(bar.box.x1 == 199);
  CHECK(bar.box.height() == 24);
}

TEST_CASE("a running task grows to the playhead and says what is known to come", "[timeline]") {
  const trace::Run run = samples::loiter_run();
  const Laid laid(run, 3.4);
  const Bar& bar = laid.bar(5);
  CHECK(bar.look == StateLook::Running);
  CHECK_FALSE(bar.ends);
  CHECK(bar.value.empty());
  CHECK(bar.box.x1 == 340);
  REQUIRE(laid.layout.wake_ups.size() == 1);
  CHECK(laid.layout.wake_ups[0].text == "sleeps until 5.00 s");
  CHECK(laid.layout.wake_ups[0].box == Rect{340, bar.box.y0, 500, bar.box.y1});
}

TEST_CASE("what ends after the playhead is shown as still running", "[timeline]") {
  const trace::Run run = samples::loiter_run(true);
  const Laid laid(run, 1.5);
  CHECK(laid.bar(3).look == StateLook::Running);
  CHECK(laid.bar(3).value.empty());
  CHECK(laid.bar(3).box.x1 == 150);
  CHECK(laid.bar(2).look == StateLook::Returned);
}

TEST_CASE("nothing that begins after the playhead is shown", "[timeline]") {
  const trace::Run run = samples::loiter_run(true);
  const Laid laid(run, 0.5);
  CHECK(std::ranges::find(laid.layout.bars, FutureId{5}, &Bar::future) == laid.layout.bars.end());
  CHECK(laid.layout.deliveries.size() == 1);
}

TEST_CASE("a task of no length is an upright, and the bar that follows makes room for it", "[timeline]") {
  const trace::Run run = samples::loiter_run();
  const Laid laid(run, 3.4);
  REQUIRE(laid.layout.instants.size() == 1);
  CHECK(laid.layout.instants[0].future == FutureId{1});
  CHECK(laid.layout.instants[0].x == 0);
  CHECK(laid.bar(4).box.x0 == 3);
}

TEST_CASE("a wait says its reason; the open one says it right of the playhead", "[timeline]") {
  const trace::Run run = samples::loiter_run();
  const Laid laid(run, 3.4);
  REQUIRE(laid.layout.waits.size() == 4);
  CHECK(laid.layout.waits[0].text.empty() == false);
  const WaitBox& open = laid.layout.waits[3];
  CHECK(open.text == "result of loiter(4)");
  CHECK(open.text_x == 350);
  CHECK_FALSE(open.ends);
  CHECK(open.box.x1 == 340);
}

TEST_CASE("a reason that does not fit loses its first words, then all", "[timeline]") {
  const trace::Run run = samples::loiter_run();
  // 19 letters need 114 pixels, 9 need 54.
  const auto text_of_second = [&](double seconds_across) {
    const Laid laid(run, 3.4, no_future, 0, seconds_across);
    return laid.layout.waits.size() > 1 ? laid.layout.waits[1].text : std::string("no wait");
  };
  CHECK(text_of_second(4.0) == "result of loiter(2)");
  CHECK(text_of_second(6.0) == "loiter(2)");
  CHECK(text_of_second(20.0).empty());
}

TEST_CASE("map delivers filled diamonds, as_completed hollow ones", "[timeline]") {
  const trace::Run run = samples::loiter_run();
  const Laid laid(run, 3.4);
  REQUIRE(laid.layout.deliveries.size() == 4);
  CHECK(laid.layout.deliveries[1].x == 100);
  CHECK(laid.layout.deliveries[1].filled);
  CHECK(laid.layout.deliveries[1].future == FutureId{2});

  samples::RunBuilder b;
  b.at(0).main_begins().pool(1).submit(1, "a").worker_begins(1).task_begins(1);
  b.at(1).task_raises(1, "ValueError", "").on(0).delivers(1, 0, trace::DeliveredBy::AsCompleted);
  const Laid other(b.run(), 2);
  REQUIRE(other.layout.deliveries.size() == 1);
  CHECK_FALSE(other.layout.deliveries[0].filled);
  CHECK(other.layout.deliveries[0].look == StateLook::Raised);
}

TEST_CASE("a raised task carries the name of its exception", "[timeline]") {
  const trace::Run run = samples::states_run();
  const Laid laid(run, 2);
  CHECK(laid.bar(2).look == StateLook::Raised);
  CHECK(laid.bar(2).value == "ValueError");
}

TEST_CASE("an idle worker says so after its last bar, or right of the playhead when that is near", "[timeline]") {
  const trace::Run run = samples::loiter_run();
  const Laid laid(run, 3.4);
  REQUIRE(laid.layout.notes.size() == 2);
  CHECK(laid.layout.notes[0].lane == LaneId{1});
  CHECK(laid.layout.notes[0].x == 350);  // 24 wide, 40 between bar and playhead: too near
  CHECK(laid.layout.notes[1].lane == LaneId{3});
  CHECK(laid.layout.notes[1].x == 210);
  CHECK(Laid(run, 3.6).layout.notes[0].x == 310);
}

TEST_CASE("stuck waits and the tasks around them have no end", "[timeline]") {
  const trace::Run run = samples::deadlock_run();
  const Laid laid(run, 0, no_future, -0.5, 1);
  const Bar& bar = laid.bar(1);
  CHECK(bar.no_end);
  CHECK(bar.box.x1 == 580);
  REQUIRE(laid.layout.waits.size() == 2);
  CHECK(laid.layout.waits[0].text == "waits for the result of wait_forever");
  CHECK(laid.layout.waits[0].stuck);
  CHECK(laid.layout.waits[0].box.height() == 10);
  CHECK(laid.layout.waits[1].text == "inside it: waits for the result of zip");
  CHECK(laid.layout.waits[1].box.y0 > bar.box.y1);
}

TEST_CASE("a wait for an answer takes the place of its task's bar", "[timeline]") {
  samples::RunBuilder b;
  b.at(0).main_begins().pool(1).submit(1, "CN").worker_begins(1).task_begins(1);
  b.at(1).waits(trace::WaitOn::Io).at(3).wait_ends(trace::WaitOn::Io).at(4).task_returns(1, "389");
  const Laid laid(b.run(), 5);
  REQUIRE(laid.layout.bars.size() == 2);
  CHECK(laid.layout.bars[0].part == BarPart::Quiet);
  CHECK(laid.layout.bars[0].name.empty());
  CHECK(laid.layout.bars[1].part == BarPart::Solid);
  CHECK(laid.layout.bars[1].name == "CN");
  CHECK(laid.layout.bars[1].box.x0 == 301);
  REQUIRE(laid.layout.waits.size() == 1);
  CHECK(laid.layout.waits[0].row == WaitRow::Gap);
  CHECK(laid.layout.waits[0].box.x0 == 100);
}

TEST_CASE("tasks nested in tasks have rows of their own", "[timeline]") {
  samples::RunBuilder b;
  b.at(0).main_begins().pool(0).submit(1, "outer").task_begins(1);
  b.at(1).submit(2, "inner").task_begins(2).at(2).task_returns(2, "1").at(3).task_returns(1, "2");
  const Laid laid(b.run(), 4);
  CHECK(laid.bar(2).box.y0 == laid.bar(1).box.y0 + 30);
  CHECK(laid.layout.content_height == 38 + 30);
}

TEST_CASE("the frame of the selected future goes around its bar and what is known to come of it", "[timeline]") {
  const trace::Run run = samples::loiter_run();
  const Laid laid(run, 3.4, FutureId{5});
  REQUIRE(laid.layout.selected.size() == 1);
  CHECK(laid.layout.selected[0].box.x0 == 101);
  CHECK(laid.layout.selected[0].box.x1 == 500);
}

TEST_CASE("main stays when the other lanes scroll", "[timeline]") {
  const trace::Run run = samples::loiter_run();
  TimelineIndex index;
  index.update(run);
  TimelineQuery query{.visible = {at_seconds(0), at_seconds(6)},
                      .width = 600,
                      .height = 80,
                      .scroll = 50,
                      .playhead = at_seconds(3.4),
                      .selected = {},
                      .measures = TimelineMeasures{}};
  TimelineLayout layout;
  lay_out_timeline(run, index, query, fixed_pitch, layout);
  REQUIRE(layout.lanes.size() == 3);
  CHECK(layout.lanes[0].y0 == 0);
  CHECK(layout.lanes[1].lane == LaneId{2});  // lane 1 has gone below main
  CHECK(layout.lanes[1].y0 == 38 + 38 - 50);
  CHECK(hit_timeline(run, index, query, layout, 50, 30).lane == main_lane);
}

TEST_CASE("everything under the pointer is found", "[timeline]") {
  const trace::Run run = samples::loiter_run();
  const Laid laid(run, 3.4);
  const Bar& bar = laid.bar(4);
  CHECK(laid.hit(150, bar.box.centre_y()).what == TimelineHit::What::Task);
  CHECK(laid.hit(150, bar.box.centre_y()).future == FutureId{4});
  CHECK(laid.hit(0, bar.box.centre_y()).future == FutureId{1});  // the upright wins over the bar beside it
  const TimelineHit wait = laid.hit(150, laid.layout.waits[1].box.centre_y());
  CHECK(wait.what == TimelineHit::What::Wait);
  CHECK(wait.wait == 1);
  const TimelineHit reason = laid.hit(150, laid.layout.waits[1].text_y);
  CHECK(reason.what == TimelineHit::What::Wait);
  const TimelineHit diamond = laid.hit(100, laid.layout.deliveries[1].y);
  CHECK(diamond.what == TimelineHit::What::Delivery);
  CHECK(diamond.future == FutureId{2});
  const TimelineHit wake = laid.hit(400, laid.layout.wake_ups[0].box.centre_y());
  CHECK(wake.what == TimelineHit::What::WakeUp);
  CHECK(wake.future == FutureId{5});
  CHECK(laid.hit(550, bar.box.centre_y()).what == TimelineHit::What::Lane);
  CHECK(laid.hit(550, 390).what == TimelineHit::What::Nothing);
  CHECK(laid.hit(250, 10).t == at_seconds(2.5));
}

TEST_CASE("an arrow leads from a wait to the bar it waits for", "[timeline]") {
  const trace::Run run = samples::loiter_run();
  const Laid laid(run, 3.4);
  const auto arrows = wait_arrows(run, laid.layout, laid.layout.waits[3]);
  REQUIRE(arrows.size() == 1);
  CHECK(arrows[0].future == FutureId{5});
  CHECK(arrows[0].y0 == laid.layout.waits[3].box.y1);
  CHECK(arrows[0].y1 == laid.bar(5).box.y0);
  CHECK(arrows[0].x0 == arrows[0].x1);
}

TEST_CASE("the whole range ends where the run ends, or where a sleeper is known to wake", "[timeline]") {
  CHECK(whole_range(samples::loiter_run(true), at_seconds(1)).to == at_seconds(5));
  CHECK(whole_range(samples::loiter_run(), at_seconds(3.4)).to == at_seconds(5));
  CHECK(whole_range(samples::loiter_run(), at_seconds(5.3)).to == at_seconds(6));
  CHECK(whole_range(trace::Run{}, Instant{}).to == at_seconds(1));
}

TEST_CASE("zooming keeps the instant under the pointer", "[timeline]") {
  const TimeRange range{at_seconds(2), at_seconds(4)};
  const TimeRange near = zoomed(range, 200, 50, 0.5);
  CHECK(near.from == at_seconds(2.25));
  CHECK(near.to == at_seconds(3.25));
  const TimeRange nearest = zoomed(range, 200, 50, 1e-12);
  CHECK(nearest.length().count() >= 200);
  CHECK(moved(range, 200, -100).from == at_seconds(1));
  const TimeRange margins = with_margins({at_seconds(0), at_seconds(5)}, 530, 10, 20);
  CHECK(to_seconds(margins.from) == Approx(-0.1));
  CHECK(to_seconds(margins.to) == Approx(5.2));
}

TEST_CASE("the index grows with the run and forgets another run", "[timeline]") {
  samples::RunBuilder b;
  TimelineIndex index;
  b.at(0).main_begins().pool(1).submit(1, "a").submit(2, "b").worker_begins(1).task_begins(1);
  index.update(b.run());
  CHECK(index.lanes()[1].tasks[0].is_open());
  b.at(1).task_returns(1, "1").task_begins(2);
  index.update(b.run());
  CHECK(index.lanes()[1].tasks[0].size() == 2);
  CHECK(index.lanes()[1].tasks[0].find(500'000'000, 0)->index == 0);
  b.at(2).task_returns(2, "1");
  index.update(b.run());
  CHECK_FALSE(index.lanes()[1].tasks[0].is_open());

  samples::RunBuilder other;
  other.at(0).main_begins();
  index.update(other.run());
  CHECK(index.lanes().size() == 1);
}
