#include "views/futures_table.hpp"

#include <catch2/catch_test_macros.hpp>

#include <vector>

#include "views/sample_runs.hpp"

using namespace loiter;
using namespace loiter::views;
using loiter::samples::at_seconds;

namespace {

FutureCells cells_of(const trace::Run& run, std::uint32_t id, double seconds) {
  return future_cells(run, *run.future(FutureId{id}), at_seconds(seconds));
}

std::vector<std::uint32_t> ids_in(const FuturesOrder& order, const trace::Run& run) {
  std::vector<std::uint32_t> ids;
  for (std::size_t line = 0; line < order.size(); ++line) ids.push_back(run.futures()[order.at(line)].id.value);
  return ids;
}

using Ids = std::vector<std::uint32_t>;

}  // namespace

TEST_CASE("a line of the table says what was true at the instant", "[futures_table]") {
  const trace::Run run = samples::loiter_run(true);
  const FutureCells pending = cells_of(run, 5, 0.5);
  CHECK(pending.look == StateLook::Pending);
  CHECK(pending.state == "pending");
  CHECK_FALSE(pending.worker);
  CHECK(pending.began.empty());
  CHECK(pending.result.empty());
  const FutureCells running = cells_of(run, 5, 3.4);
  CHECK(running.state == "running");
  CHECK(running.worker == LaneId{2});
  CHECK(running.began == "1.00");
  CHECK(running.duration == "2.40");
  const FutureCells returned = cells_of(run, 5, 5);
  CHECK(returned.state == "returned");
  CHECK(returned.duration == "4.00");
  CHECK(returned.result == "40");
}

TEST_CASE("every state has a look of its own", "[futures_table]") {
  const trace::Run run = samples::states_run();
  CHECK(cells_of(run, 1, 2).look == StateLook::Returned);
  CHECK(cells_of(run, 2, 2).look == StateLook::Raised);
  CHECK(cells_of(run, 2, 2).result == "ValueError");
  CHECK(cells_of(run, 2, 2).unread_exception);
  CHECK(cells_of(run, 3, 2).look == StateLook::Running);
  CHECK(cells_of(run, 4, 2).look == StateLook::Cancelled);
  CHECK(cells_of(run, 5, 2).look == StateLook::CancelledNotified);
  CHECK(cells_of(run, 6, 2).look == StateLook::CallQueue);
  CHECK(cells_of(run, 6, 2).state == "in call queue");
  CHECK(cells_of(run, 7, 2).look == StateLook::Pending);
}

TEST_CASE("an exception is unread until somebody is given it", "[futures_table]") {
  samples::RunBuilder b;
  b.at(0).main_begins().pool(1).submit(1, "f").worker_begins(1).task_begins(1);
  b.at(1).task_raises(1, "ValueError", "boom");
  b.at(2).on(0).delivers(1, 0, trace::DeliveredBy::Result);
  CHECK(cells_of(b.run(), 1, 1.5).unread_exception);
  CHECK_FALSE(cells_of(b.run(), 1, 2).unread_exception);
}

TEST_CASE("Python's repr is exact but for the address", "[futures_table]") {
  const trace::Run run = samples::states_run();
  const auto last_fact = [&](std::uint32_t id) { return future_facts(run, *run.future(FutureId{id}), at_seconds(2)).back(); };
  CHECK(last_fact(1) == "<Future at 0x... state=finished returned str>");
  CHECK(last_fact(2) == "<Future at 0x... state=finished raised ValueError>");
  CHECK(last_fact(3) == "<Future at 0x... state=running>");
  CHECK(last_fact(4) == "<Future at 0x... state=cancelled>");
  CHECK(last_fact(5) == "<Future at 0x... state=cancelled>");
  CHECK(last_fact(6) == "<Future at 0x... state=running>");
  CHECK(last_fact(7) == "<Future at 0x... state=pending>");
}

TEST_CASE("only what has been submitted has a line", "[futures_table]") {
  samples::RunBuilder b;
  b.at(0).main_begins().pool(1).submit(1, "a").at(1).submit(2, "b");
  FuturesOrder order;
  order.update(b.run(), at_seconds(0.5), FuturesColumn::Id, false);
  CHECK(order.size() == 1);
  order.update(b.run(), at_seconds(1), FuturesColumn::Id, true);
  CHECK(ids_in(order, b.run()) == Ids{2, 1});
  CHECK(order.line_of(b.run(), FutureId{1}) == 1);
  CHECK_FALSE(order.line_of(b.run(), FutureId{9}));
}

TEST_CASE("lines are sorted by any column, both ways, and equal ones by id", "[futures_table]") {
  const trace::Run run = samples::loiter_run(true);
  FuturesOrder order;
  const auto sorted = [&](FuturesColumn column, bool descending, double seconds) {
    order.update(run, at_seconds(seconds), column, descending);
    return ids_in(order, run);
  };
  CHECK(sorted(FuturesColumn::Duration, true, 5) == Ids{5, 4, 3, 2, 1});
  CHECK(sorted(FuturesColumn::Duration, false, 0.5) == Ids{1, 2, 3, 4, 5});
  CHECK(sorted(FuturesColumn::Worker, false, 5) == Ids{1, 4, 2, 5, 3});
  CHECK(sorted(FuturesColumn::Began, true, 5) == Ids{5, 1, 2, 3, 4});
  CHECK(sorted(FuturesColumn::State, false, 3.4) == Ids{5, 1, 2, 3, 4});
  CHECK(sorted(FuturesColumn::Result, true, 5) == Ids{5, 4, 3, 2, 1});
  CHECK(sorted(FuturesColumn::Label, true, 5) == Ids{5, 4, 3, 2, 1});
  CHECK(order.line_of(run, FutureId{4}) == 1);
  CHECK(sorted(FuturesColumn::Id, false, 5) == Ids{1, 2, 3, 4, 5});
}

TEST_CASE("an order that is kept up to date is the order made anew", "[futures_table]") {
  const trace::Run run = samples::long_run(3000);
  FuturesOrder kept;
  for (const FuturesColumn column : {FuturesColumn::Duration, FuturesColumn::State, FuturesColumn::Label}) {
    for (double share = 0; share <= 1; share += 0.1) {
      const Instant t{Duration{static_cast<std::int64_t>(share * static_cast<double>(run.last().time_since_epoch().count()))}};
      kept.update(run, t, column, true);
      FuturesOrder anew;
      anew.update(run, t, column, true);
      CHECK(ids_in(kept, run) == ids_in(anew, run));
    }
  }
}

TEST_CASE("2 stands before 10", "[futures_table]") {
  CHECK(natural_less("loiter(2)", "loiter(10)"));
  CHECK_FALSE(natural_less("loiter(10)", "loiter(2)"));
  CHECK(natural_less("a", "b"));
  CHECK(natural_less("a", "a1"));
  CHECK(natural_less("a009", "a10"));
  CHECK_FALSE(natural_less("a", "a"));
}

TEST_CASE("the headline counts what has finished", "[futures_table]") {
  const trace::Run run = samples::loiter_run(true);
  CHECK(futures_headline(count_futures(run, at_seconds(3.4))) == "4 of 5 finished");
  CHECK(futures_headline(count_futures(run, at_seconds(5))) == "5 finished");
  CHECK(futures_headline(count_futures(samples::deadlock_run(), Instant{})) == "2, none finished");
  CHECK(futures_headline(count_futures(trace::Run{}, Instant{})) == "none yet");
  CHECK(count_futures(samples::states_run(), at_seconds(2)).unread_exceptions == 1);
  CHECK(count_futures(samples::states_run(), at_seconds(2)).finished == 4);
}
