// The GIL in the timeline: who holds it is solid, who wants it is hatched, who has let it go is an outline.
#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

#include <algorithm>

#include "views/gil_runs.hpp"
#include "views/timeline.hpp"

using namespace loiter;
using namespace loiter::views;
using loiter::samples::at_seconds;

namespace {

float fixed_pitch(std::string_view text, TextFont) { return static_cast<float>(text.size()) * 6.0F; }

struct Laid {
  Laid(const trace::Run& run, double playhead, double from, double to) {
    TimelineIndex index;
    index.update(run);
    TimelineQuery query;
    query.visible = {at_seconds(from), at_seconds(to)};
    query.width = 800;
    query.height = 400;
    query.playhead = at_seconds(playhead);
    lay_out_timeline(run, index, query, fixed_pitch, layout);
  }
  std::vector<Bar> bars_of(std::uint32_t lane) const {
    std::vector<Bar> bars;
    std::ranges::copy_if(layout.bars, std::back_inserter(bars), [&](const Bar& b) { return b.lane == LaneId{lane}; });
    return bars;
  }
  std::vector<WaitBox> waits_of(std::uint32_t lane) const {
    std::vector<WaitBox> waits;
    std::ranges::copy_if(layout.waits, std::back_inserter(waits),
                         [&](const WaitBox& w) { return w.lane == LaneId{lane}; });
    return waits;
  }
  TimelineLayout layout;
};

}  // namespace

TEST_CASE("a thread under the GIL is solid in its turns, and hatched while it wants the next", "[timeline][gil]") {
  const trace::Run run = samples::turns_run(8);
  const Laid laid(run, 0.08, 0, 0.08);  // 10 pixels a millisecond
  const auto bars = laid.bars_of(1);
  REQUIRE(bars.size() == 8);
  for (const Bar& bar : bars) {
    CHECK(bar.part == BarPart::Solid);
    CHECK_FALSE(bar.under_turns);
  }
  CHECK(bars[1].box.x0 == 101);
  CHECK(bars[1].box.x1 == 149);
  const auto waits = laid.waits_of(1);
  REQUIRE(waits.size() == 7);
  CHECK(waits[0].box.x0 == 50);
  CHECK(waits[0].box.x1 == 100);
  CHECK(waits[0].text == "the GIL");
  CHECK(waits[0].text_y < waits[0].box.y0);
}

TEST_CASE("a task in turns is named in the first of them with room", "[timeline][gil]") {
  const trace::Run run = samples::turns_run(8);
  const auto named = [](const std::vector<Bar>& bars) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < bars.size(); ++i) {
      if (!bars[i].name.empty()) places.push_back(i);
    }
    return places;
  };
  CHECK(named(Laid(run, 0.08, 0, 0.08).bars_of(1)) == std::vector<std::size_t>{7});  // room in none: the last
  const Laid near(run, 0.04, 0.002, 0.042);                                          // 20 pixels a millisecond
  CHECK(named(near.bars_of(1)) == std::vector<std::size_t>{1});                      // the first is cut off at the edge
}

TEST_CASE("turns narrower than a pixel are one part, hatched as far as the task waits", "[timeline][gil]") {
  const trace::Run run = samples::turns_run(2000, 0.0005);
  const Laid laid(run, 2.0, 0, 2.0);  // two and a half pixels a millisecond... of which each has one turn of each
  CHECK(laid.bars_of(1).size() < 10);
  CHECK(laid.waits_of(1).size() < 10);
  float covered = 0;
  for (const TurnsBox& turns : laid.layout.turns) {
    if (turns.lane != LaneId{1}) continue;
    CHECK_FALSE(turns.away);
    CHECK(turns.cover > 0.4F);
    covered += turns.box.width() * turns.cover;
  }
  CHECK(laid.bars_of(1).front().under_turns);  // its name stands on a plate
  CHECK(laid.layout.turns.size() < 60);        // taken together, so that they do not flicker
  CHECK(covered > 350);
  CHECK(covered < 520);
}

TEST_CASE("turns of a few pixels are one even part: rounded each by itself they would show a pattern that is none",
          "[timeline][gil]") {
  const trace::Run run = samples::turns_run(400);
  for (const double to : {1.3, 1.7, 2.0}) {  // 2 to 3 pixels a turn
    const Laid laid(run, 2.0, 0, to);
    CHECK(laid.bars_of(1).size() < 10);
    CHECK(laid.waits_of(1).size() < 10);
    std::size_t uneven = 0;
    for (const TurnsBox& turns : laid.layout.turns) {
      uneven += turns.lane == LaneId{1} && (turns.cover < 0.42F || turns.cover > 0.58F) ? 1U : 0U;
    }
    CHECK(laid.layout.turns.size() > 8);
    CHECK(uneven <= 2);  // at the ends
  }
}

TEST_CASE("the convoy can be read: a sleep of 1 ms is an outline, and the wait for the GIL after it is longer",
          "[timeline][gil]") {
  const trace::Run run = samples::convoy_run(4);
  const Laid laid(run, 0.024, 0, 0.024);  // 33 pixels a millisecond
  const auto bars = laid.bars_of(2);
  REQUIRE(bars.size() == 4);
  for (const Bar& bar : bars) {
    CHECK(bar.part == BarPart::Away);
    CHECK(bar.box.width() <= 34);
  }
  const auto waits = laid.waits_of(2);
  REQUIRE(waits.size() == 4);
  for (const WaitBox& wait : waits) CHECK(wait.box.width() > 160);
  CHECK(laid.bars_of(1).front().part == BarPart::Solid);
}

TEST_CASE("without a GIL the bar of a task that sleeps stays whole", "[timeline][gil]") {
  const trace::Run run = samples::loiter_run();
  const Laid laid(run, 3, 0, 6);
  for (const Bar& bar : laid.layout.bars) CHECK(bar.part == BarPart::Solid);
  CHECK(laid.layout.turns.empty());
}

TEST_CASE("a wait for the GIL of no length is not seen, however many there are", "[timeline][gil]") {
  samples::RunBuilder b;
  b.at(0).main_begins().pool(1).submit(1, "work").worker_begins(1).event(samples::TurnsBuilder::taken).task_begins(1);
  for (int i = 1; i < 4000; ++i) {
    b.at(0.0005 * i).event(samples::TurnsBuilder::dropped).waits(trace::WaitOn::Gil);
    b.wait_ends(trace::WaitOn::Gil).event(samples::TurnsBuilder::taken);
  }
  const Laid laid(b.run(), 2, 0, 2);
  CHECK(laid.layout.turns.empty());
  CHECK(laid.bars_of(1).size() == 1);
}

TEST_CASE("a task that waits for a core is cut there, with the reason", "[timeline][gil]") {
  samples::RunBuilder b;
  b.at(0).main_begins().pool(1).submit(1, "work").worker_begins(1).task_begins(1);
  b.at(1).waits(trace::WaitOn::Core).at(3).wait_ends(trace::WaitOn::Core).at(4).task_returns(1, "1");
  const Laid laid(b.run(), 5, 0, 8);
  REQUIRE(laid.bars_of(1).size() == 2);
  REQUIRE(laid.waits_of(1).size() == 1);
  CHECK(laid.waits_of(1)[0].text == "a core");
}
