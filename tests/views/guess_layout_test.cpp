// Where a guess stands over a timeline and beside an order.
#include "views/guess_layout.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

#include "views/guess_runs.hpp"

using namespace loiter;
using namespace loiter::views;
using samples::at_seconds;

namespace {

float six_a_letter(std::string_view text, TextFont) { return 6.0F * static_cast<float>(text.size()); }

// The whole loiter run at its end, a hundred pixels a second.
struct Timeline {
  explicit Timeline(trace::Run shown = samples::loiter_run(true), double until = 8) : run(std::move(shown)) {
    index.update(run);
    query.visible = {Instant{}, at_seconds(until)};
    query.width = static_cast<float>(until * 100);
    query.height = 400;
    query.playhead = at_seconds(5);
    lay_out_timeline(run, index, query, six_a_letter, layout);
  }
  [[nodiscard]] TimelineGuess guess(const GuessMarks& marks) const {
    return lay_out_timeline_guess(run, marks, query, layout, six_a_letter);
  }
  [[nodiscard]] const Bar& bar(std::uint32_t future) const {
    return *std::ranges::find(layout.bars, FutureId{future}, &Bar::future);
  }
  trace::Run run;
  TimelineIndex index;
  TimelineQuery query;
  TimelineLayout layout;
};

const GuessBox& box_of(const TimelineGuess& guess, std::uint32_t future) {
  return *std::ranges::find(guess.boxes, FutureId{future}, &GuessBox::future);
}

}  // namespace

TEST_CASE("a sketched bar lies in the lane of the real one, at its own time, and is a little taller", "[guess]") {
  const Timeline timeline;
  const TimelineGuess guess = timeline.guess(samples::loiter_sketch());
  REQUIRE(guess.boxes.size() == 5);
  const GuessBox& box = box_of(guess, 5);
  const Bar& real = timeline.bar(5);
  CHECK(box.lane == real.lane);
  CHECK(box.box.x0 == 300);
  CHECK(box.box.x1 == 700);
  CHECK(box.box.y0 == real.box.y0 - 4);
  CHECK(box.box.y1 == real.box.y1 + 4);
  CHECK_FALSE(box.right);
  CHECK(box_of(guess, 4).right);
  CHECK(box_of(guess, 1).box.width() == timeline.query.measures.instant_width);  // it was sketched to take no time
}

TEST_CASE("a bar that was sketched for a future that never ran is told in the note", "[guess]") {
  samples::RunBuilder b(samples::loiter_header());
  b.at(0).main_begins().pool(1).submit(1, "slow").submit(2, "quick");
  b.worker_begins(1).task_begins(1).at(1).task_returns(1, "1");
  const Timeline timeline(b.take());
  GuessMarks marks;
  marks.bars = {samples::guessed_bar(1, 0, 1, true), samples::guessed_bar(2, 1, 2, false)};
  CHECK(timeline.guess(marks).boxes.size() == 1);
  CHECK(guess_note(timeline.run, marks) == "dashed: your sketch; quick never ran");
  marks.bars.pop_back();
  CHECK(guess_note(timeline.run, marks) == "dashed: your sketch");
  CHECK(guess_note(timeline.run, {}).empty());
}

TEST_CASE("a sketched bar is named where nothing else stands", "[guess]") {
  const Timeline timeline;
  const TimelineGuess guess = timeline.guess(samples::loiter_sketch());
  CHECK(box_of(guess, 3).words == "you: loiter(2)");  // beside the real bar, which ends at 2 s
  CHECK(box_of(guess, 3).words_x > 200);
  CHECK(box_of(guess, 5).words == "you: loiter(4)");
  CHECK(box_of(guess, 5).words_x > 500);
  CHECK(box_of(guess, 4).words.empty());  // the real bar has its name
  GuessMarks both;
  both.bars = {samples::guessed_bar(3, 0, 3, false), samples::guessed_bar(3, 2.2, 3, false)};
  for (const GuessBox& box : timeline.guess(both).boxes) CHECK(box.words != "you: loiter(2)");
}

TEST_CASE("the first difference has its place, its future's ring, and a line that spares the words", "[guess]") {
  const Timeline timeline;
  GuessMarks marks = samples::loiter_sketch();
  TimelineGuess guess = timeline.guess(marks);
  CHECK(guess.difference_x == 100);
  REQUIRE(guess.difference_boxes.size() == 1);
  CHECK(guess.difference_boxes[0].box == timeline.bar(5).box);
  marks.difference->at = at_seconds(1.5);
  guess = timeline.guess(marks);
  REQUIRE(guess.difference_line.size() == 2);
  const WaitBox& wait =
      *std::ranges::find_if(timeline.layout.waits, [](const WaitBox& w) { return w.box.contains(150, w.box.y0); });
  CHECK_FALSE(wait.text.empty());
  CHECK(guess.difference_line[0].y1 < wait.text_y);
  CHECK(guess.difference_line[1].y0 > wait.text_y);
  marks.difference->at = at_seconds(100);
  CHECK_FALSE(timeline.guess(marks).difference_x);
  marks.difference = GuessDifference{no_future, at_seconds(2.5), ""};
  guess = timeline.guess(marks);
  CHECK(guess.difference_x == 250);
  CHECK(guess.difference_boxes.empty());
}

TEST_CASE("the flag stands beside its line, and not under the playhead", "[guess]") {
  CHECK(flag_x(100, 80, {0, 700, 600, 650}) == 100);
  CHECK(flag_x(650, 80, {0, 700, 0, 10}) == 570);
  CHECK(flag_x(300, 80, {0, 700, 350, 400}) == 220);
  CHECK(flag_x(10, 80, {0, 700, 0, 50}) == 50);  // beside the playhead's box, if there is no other way
  CHECK(flag_x(60, 80, {-100, 700, 80, 130}) == -20);
  CHECK(flag_x(50, 80, {0, 90, 0, 0}) == 0);
}

TEST_CASE("a fitted timeline shows the sketch too, unless that is far too long", "[guess]") {
  const TimeRange whole{Instant{}, at_seconds(5)};
  CHECK(with_guess(whole, {}) == whole);
  CHECK(with_guess(whole, samples::loiter_sketch()).to == at_seconds(7));
  GuessMarks marks;
  marks.bars = {samples::guessed_bar(1, 0, 60, false)};
  CHECK(with_guess(whole, marks).to == at_seconds(7.5));
}

namespace {

struct Order {
  explicit Order(double seconds = 5, trace::Run shown = samples::loiter_run(true)) : run(std::move(shown)) {
    times.update(run);
    index.update(run, times);
    query = {.playhead = at_seconds(seconds),
             .height = 200,
             .line_height = 24,
             .columns = order_columns(700, 1, 10, 60, 40)};
    lay_out_order(run, times, index, query, layout);
  }
  [[nodiscard]] OrderGuess guess(const GuessMarks& marks) const {
    return lay_out_order_guess(run, times, marks, query, layout);
  }
  trace::Run run;
  FutureTimes times;
  OrderIndex index;
  OrderQuery query;
  OrderLayout layout;
};

}  // namespace

TEST_CASE("a guessed place is a chip in its future's line, and a line to where it was expected", "[guess]") {
  const Order order;
  const OrderGuess guess = order.guess(samples::loiter_order());
  REQUIRE(guess.chips.size() == 5);
  CHECK(guess.chips[0].right);
  CHECK(guess.chips[1].guessed == 3);
  CHECK(guess.chips[1].first_difference);
  CHECK(guess.chips[1].y == order_line_middle(order.query, 1));
  REQUIRE(guess.lines.size() == 3);
  CHECK(guess.lines[0].future == FutureId{2});
  CHECK(guess.lines[0].x0 == order.query.columns.submitted);
  CHECK(guess.lines[0].y0 == order_line_middle(order.query, 1));
  CHECK(guess.lines[0].x1 == order.query.columns.finished);
  CHECK(guess.lines[0].y1 == order_line_middle(order.query, 2));
}

TEST_CASE("lines of a guess lead to the column that was asked for", "[guess]") {
  const Order order;
  const OrderGuess delivered = order.guess(samples::loiter_order(GuessMarks::Column::Delivered));
  REQUIRE(delivered.lines.size() == 3);
  CHECK(delivered.lines[0].x0 == order.query.columns.finished);
  CHECK(delivered.lines[0].x1 == order.query.columns.mapped);
  CHECK(order.guess(samples::loiter_order(GuessMarks::Column::Began)).lines.empty());
  CHECK(order.guess(samples::loiter_order(GuessMarks::Column::Began)).chips.size() == 5);
}

TEST_CASE("what as_completed delivers is guessed at the column of what has finished", "[guess]") {
  trace::Header header = samples::loiter_header();
  header.collect = trace::Collect::AsCompleted;
  samples::RunBuilder b(header);
  b.at(0).main_begins().pool(2).submit(1, "slow").submit(2, "quick").worker_begins(1).task_begins(1);
  b.worker_begins(2).task_begins(2).at(1).task_returns(2, "2");
  b.on(0).delivers(2, 0, trace::DeliveredBy::AsCompleted).at(2).on(1).task_returns(1, "1");
  b.on(0).delivers(1, 1, trace::DeliveredBy::AsCompleted);
  const Order order(5, b.take());
  GuessMarks marks;
  marks.places = {{FutureId{1}, 1, 2}, {FutureId{2}, 2, 1}};
  marks.column = GuessMarks::Column::Delivered;
  const OrderGuess guess = order.guess(marks);
  REQUIRE(guess.lines.size() == 2);
  CHECK(guess.column == GuessMarks::Column::Finished);
  CHECK(guess.lines[0].x1 == order.query.columns.finished);
  CHECK(guess.lines[0].y1 == order_line_middle(order.query, 0));  // the reader expected slow to be first
}

TEST_CASE("a guess about some of the futures counts places among these", "[guess]") {
  const Order order;
  GuessMarks marks;  // of loiter(1), loiter(3), loiter(4): the other way round
  marks.places = {{FutureId{5}, 1, 3}, {FutureId{4}, 2, 2}, {FutureId{2}, 3, 1}};
  const OrderGuess guess = order.guess(marks);
  REQUIRE(guess.lines.size() == 2);
  CHECK(guess.lines[0].future == FutureId{5});
  CHECK(guess.lines[0].y1 == order_line_middle(order.query, 1));  // where loiter(1), the first of them, is
  CHECK(guess.lines[1].y1 == order_line_middle(order.query, 4));
}

TEST_CASE("no line leads to what has not happened at the playhead", "[guess]") {
  const Order early(1.5);
  const OrderGuess guess = early.guess(samples::loiter_order());
  CHECK(guess.chips.size() == 5);
  CHECK(guess.lines.empty());
  CHECK(Order(2.5).guess(samples::loiter_order()).lines.size() == 1);
}

TEST_CASE("what was guessed of a future is told in words", "[guess]") {
  using Facts = std::vector<std::string>;
  CHECK(guess_facts(samples::loiter_sketch(), FutureId{3}) == Facts{"your sketch: 0.00 s - 3.00 s"});
  CHECK(guess_facts(samples::loiter_order(), FutureId{1}) == Facts{"you: place 1 of 5 to finish, and so it was"});
  CHECK(guess_facts(samples::loiter_order(), FutureId{2}) ==
        Facts{"you: place 3 of 5 to finish, not 2", "first difference: At place 2 it was loiter(1), not loiter(3)."});
  GuessMarks marks;
  marks.places = {{FutureId{1}, 12, std::nullopt}};
  marks.column = GuessMarks::Column::Began;
  CHECK(guess_facts(marks, FutureId{1}) == Facts{"you: place 12 of 1 to begin, but it did not come to it"});
  CHECK(guess_facts(marks, FutureId{2}).empty());
}
