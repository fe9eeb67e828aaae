// What the panel Order knows: who finished when, who was held back by whom, and in which words it is said.
#include "views/order.hpp"

#include <catch2/catch_test_macros.hpp>

#include "views/order_layout.hpp"
#include "views/sample_runs.hpp"

using namespace loiter;
using namespace loiter::views;
using samples::at_seconds;
using trace::DeliveredBy;
using trace::FutureState;

namespace {

struct Shown {
  explicit Shown(trace::Run made) : run(std::move(made)) {
    times.update(run);
    index.update(run, times);
  }
  OrderSums sums(double seconds) const { return order_sums(times, index, at_seconds(seconds)); }
  OrderRow row(std::size_t place, double seconds) const {
    return order_row(run, times, index, place, at_seconds(seconds));
  }
  std::string headline(double seconds, bool over = false) const { return order_headline(run, sums(seconds), over); }

  trace::Run run;
  FutureTimes times;
  OrderIndex index;
};

// Lengths in seconds, each on a worker of its own, all from zero on.
trace::Run run_of(std::initializer_list<double> lengths, trace::Collect collect) {
  trace::Header header = samples::loiter_header();
  header.collect = collect;
  samples::RunBuilder b(header);
  const auto count = static_cast<std::uint32_t>(lengths.size());
  b.at(0).main_begins().pool(count);
  std::vector<std::pair<double, std::uint32_t>> ends;
  std::uint32_t future = 1;
  for (const double length : lengths) {
    b.on(0).submit(future, "loiter(" + std::to_string(static_cast<int>(length)) + ")");
    ends.emplace_back(length, future++);
  }
  for (std::uint32_t lane = 1; lane <= count; ++lane) b.worker_begins(lane).task_begins(lane);
  std::ranges::stable_sort(ends);
  std::uint32_t next = 1;
  std::vector<bool> done(count + 2, false);
  std::uint32_t index = 0;
  for (const auto& [at, id] : ends) {
    b.at(at).on(id).task_returns(id, "1");
    done[id] = true;
    if (collect == trace::Collect::AsCompleted) b.on(0).delivers(id, index++, DeliveredBy::AsCompleted);
    while (collect == trace::Collect::Map && next <= count && done[next]) b.on(0).delivers(next++, index++);
  }
  b.on(0).event(trace::RunEnded{});
  return b.take();
}

}  // namespace

TEST_CASE("tasks that finish in the order of the call hold nothing back", "[order]") {
  const Shown shown(samples::loiter_run(true));
  CHECK(shown.sums(3.4).held == 0);
  CHECK(shown.headline(3.4) == "Nothing is held back: so far the tasks finish in the order of the call.");
  CHECK(shown.headline(5, true) == "Nothing was held back: the tasks finished in the order of the call.");
  CHECK(shown.row(4, 3.4).rank == std::nullopt);
  CHECK(shown.row(3, 3.4).rank == 3U);
  CHECK(shown.row(3, 3.4).mapped == at_seconds(3));
}

TEST_CASE("one slow task holds back all that finished after it, and lets them go at once", "[order]") {
  const Shown shown(run_of({6, 1, 2, 1}, trace::Collect::Map));
  CHECK(shown.headline(0.5) == "4 submitted, none finished.");
  const OrderSums early = shown.sums(1.5);
  CHECK(early.held_now == 2);
  CHECK(early.holder == 0U);
  CHECK(early.held_for == from_seconds(1));
  CHECK(early.first_completed == at_seconds(1));
  CHECK_FALSE(early.first_mapped);
  CHECK(shown.headline(1.5) == "#1 is slow. map holds back two finished results.");
  CHECK(shown.row(1, 1.5).held_by == 0U);
  CHECK_FALSE(shown.row(1, 1.5).mapped);
  const OrderSums late = shown.sums(6);
  CHECK(late.held_now == 0);
  CHECK(late.held == 3);
  CHECK(late.held_for == from_seconds(5 + 4 + 5));
  CHECK(late.first_mapped == at_seconds(6));
  CHECK(shown.headline(6, true) == "#1 was slow. map held back three finished results.");
  CHECK(shown.row(1, 6).mapped == at_seconds(6));
  const OrderFoot foot = order_foot(shown.run, late);
  CHECK(foot.completed == "first result at 1 s");
  CHECK(foot.mapped == "first result at 6 s");
  CHECK(foot.held == "finished, but held back by #1");
  CHECK(foot.held_for == "14 s in all");
  CHECK(foot.as_completed == "as_completed would deliver here: at once, in the order of finishing");
  CHECK(foot.map == "map delivers here: in the order of the call");
}

TEST_CASE("a run of as_completed says what map would have done", "[order]") {
  const Shown shown(run_of({3, 1, 2}, trace::Collect::AsCompleted));
  CHECK(shown.headline(1.5) == "#1 is slow. map would hold back one finished result.");
  CHECK(shown.headline(3, true) == "#1 was slow. map would have held back two finished results.");
  CHECK(shown.row(1, 3).mapped == at_seconds(3));
  CHECK(order_foot(shown.run, shown.sums(3)).map == "map would deliver here: in the order of the call");
  CHECK(order_facts(shown.run, shown.row(1, 3), at_seconds(3)) ==
        std::vector<std::string>{"number 1 in the order of finishing",
                                 "with map it would have been held back by #1 for 2 s"});
}

TEST_CASE("several slow ones are told apart", "[order]") {
  const Shown shown(run_of({3, 1, 6, 1, 1}, trace::Collect::Map));
  CHECK(shown.row(1, 3).held_by == 0U);
  CHECK(shown.row(3, 7).held_by == 2U);
  CHECK(shown.headline(2) == "#1 is slow. map holds back three finished results.");
  CHECK(shown.headline(4) == "#3 is slow. map holds back two finished results.");
  CHECK(shown.headline(6, true) == "#3 and others were slow. map held back three finished results.");
}

TEST_CASE("map ends at an exception: what comes after it is neither delivered nor held back", "[order]") {
  samples::RunBuilder b(samples::loiter_header());
  b.at(0).main_begins().pool(3).submit(1, "a").submit(2, "b").submit(3, "c");
  for (std::uint32_t lane = 1; lane <= 3; ++lane) b.worker_begins(lane).task_begins(lane);
  b.at(1).on(3).task_returns(3, "3").at(2).on(1).task_returns(1, "1").at(3).on(2).task_raises(2, "ValueError", "no");
  const Shown shown(b.take());
  CHECK(shown.row(2, 2).held_by == 1U);
  CHECK_FALSE(shown.row(2, 4).held_by);
  CHECK_FALSE(shown.row(2, 4).mapped);
  CHECK(shown.row(0, 4).mapped == at_seconds(2));
  CHECK(shown.sums(4).held == 0);
  CHECK(shown.headline(2) == "#2 is slow. map holds back one finished result.");
  CHECK(shown.headline(4) == "map ended at #2, which raised ValueError.");
}

TEST_CASE("cancelled futures are over, and are not held back", "[order]") {
  samples::RunBuilder b(samples::loiter_header());
  b.at(0).main_begins().pool(1).submit(1, "a").submit(2, "b").worker_begins(1).task_begins(1);
  b.at(1).on(0).state(2, FutureState::Pending, FutureState::Cancelled);
  const Shown shown(b.take());
  CHECK(shown.row(1, 1).over == at_seconds(1));
  CHECK(shown.row(1, 1).rank == 0U);
  CHECK(shown.sums(1).held == 0);
}

TEST_CASE("calls of several lanes and pools do not hold each other back, and a promise is no part of any", "[order]") {
  samples::RunBuilder b(samples::loiter_header());
  b.at(0).main_begins().pool(2).submit(1, "outer").worker_begins(1).task_begins(1).submit(2, "inner");
  b.worker_begins(2).task_begins(2).at(1).task_returns(2, "2");
  b.on(0).state(3, FutureState::Pending, FutureState::Finished);
  const Shown shown(b.take());
  CHECK(shown.row(1, 1).mapped == at_seconds(1));
  CHECK_FALSE(shown.row(1, 1).held_by);
  CHECK_FALSE(shown.row(2, 1).of_call);
  CHECK_FALSE(shown.row(2, 1).mapped);
}

TEST_CASE("a layout has the lines that are seen, and every curve that crosses them", "[order]") {
  const Shown shown(samples::long_run(100'000));
  const OrderQuery query{.playhead = shown.run.last(),
                         .height = 240,
                         .scroll = 24.0F * 500,
                         .line_height = 24,
                         .columns = order_columns(700, 1, 40, 70)};
  OrderLayout layout;
  lay_out_order(shown.run, shown.times, shown.index, query, layout);
  CHECK(layout.lines == 100'000);
  CHECK(layout.seen.size() == 11);
  CHECK(layout.seen.front().row.id == FutureId{501});
  CHECK(layout.finished.size() == 11);
  CHECK(layout.links.size() >= 22);
  CHECK(layout.links.size() < 60);
}

TEST_CASE("places that nobody has taken yet are open", "[order]") {
  const Shown shown(samples::loiter_run());
  OrderLayout layout;
  const OrderQuery query{
      .playhead = at_seconds(2.5), .height = 200, .line_height = 24, .columns = order_columns(700, 1, 10, 60)};
  lay_out_order(shown.run, shown.times, shown.index, query, layout);
  CHECK(layout.seen.size() == 5);
  CHECK(layout.finished.size() == 3);
  CHECK(layout.open_places.size() == 2);
}

TEST_CASE("columns stand in order, and bars give way in a narrow panel", "[order]") {
  for (const float width : {300.0F, 480.0F, 711.0F, 1400.0F}) {
    const OrderColumns x = order_columns(width, 1, 30, 300);
    CHECK(x.number < x.label);
    CHECK(x.label < x.label_end);
    CHECK(x.label_end < x.submitted);
    CHECK(x.submitted < x.finished);
    CHECK(x.finished < x.mapped);
    CHECK(x.mapped < x.time);
  }
  CHECK(order_columns(300, 1, 30, 60).time_width == 0);
  CHECK(order_columns(711, 1, 10, 60).time_width > 250);
}

TEST_CASE("small counts are words", "[order]") {
  CHECK(count_word(7) == "seven");
  CHECK(count_word(13) == "13");
}
