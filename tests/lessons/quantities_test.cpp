// What a run answers, quantity by quantity.
#include "lessons/quantities.hpp"

#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "lessons/beliefs.hpp"
#include "lessons/sample_run.hpp"
#include "support/approved.hpp"

using namespace loiter;
using namespace loiter::lessons;

namespace {

std::string said(const std::string& quantity, double at = 0, const std::string& of = "",
                 const trace::Run& run = sample_run()) {
  const auto answer = answer_of({.quantity = quantity, .at = Instant{from_seconds(at)}, .of = of}, run);
  return answer ? text_of(*answer, find_quantity(quantity)->unit) : "! " + answer.error().message;
}

}  // namespace

TEST_CASE("the orders of a run are told by labels, numbered where several are the same") {
  CHECK(said("submission_order") == "slow, quick #1, quick #2, late");
  CHECK(said("start_order") == "slow, quick #1, quick #2");
  CHECK(said("finishing_order") == "quick #1, quick #2, slow");
  CHECK(said("delivery_order") == "slow, quick #1, quick #2");
  CHECK(said("bars") == "slow 0.00 to 4.00 s, quick #1 0.00 to 1.00 s, quick #2 1.00 to 2.00 s");
}

TEST_CASE("some of the futures: cancelled, raised, returned, running, finished, delivered") {
  CHECK(said("cancelled_futures") == "late");
  CHECK(said("raised_futures") == "quick #2");
  CHECK(said("returned_futures") == "slow, quick #1");
  CHECK(said("running_futures_at", 1.5) == "slow, quick #2");
  CHECK(said("finished_futures_at", 1) == "quick #1");
  CHECK(said("delivered_futures_at", 3) == "none");
  CHECK(said("delivered_futures_at", 4) == "slow, quick #1, quick #2");
}

TEST_CASE("numbers of a run") {
  CHECK(said("total_time") == "4.00 s");
  CHECK(said("first_result_time") == "4.00 s");
  CHECK(said("begin_time", 0, "quick #2") == "1.00 s");
  CHECK(said("end_time", 0, "quick #2") == "2.00 s");
  CHECK(said("futures_submitted") == "4");
  CHECK(said("workers") == "2");
  CHECK(said("threads_used") == "2");
  CHECK(said("most_at_once") == "2");
  CHECK(said("results_delivered", 3.99) == "0");
  CHECK(said("results_delivered", 4) == "3");
  CHECK(said("futures_finished", 2) == "2");
  CHECK(said("futures_running", 0.5) == "2");
  CHECK(said("calls_executing", 3) == "1");
  CHECK(said("futures_pending", 0.5) == "2");
  CHECK(said("calls_never_begun") == "1");
  CHECK(said("exceptions_raised") == "1");
  CHECK(said("exceptions_unread") == "0");
  CHECK(said("lines_printed") == "1");
  CHECK(said("bytes_saved") == "0 bytes");
  CHECK(said("blocked_time") == "0.00 s");
}

TEST_CASE("words and truths of a run") {
  CHECK(said("is_stuck") == "false");
  CHECK(said("cancel_returns", 0, "late") == "true");
  CHECK(said("cancel_returns", 0, "slow") == "false");
  CHECK(said("pool_broke") == "false");
  CHECK(said("state_at", 0.5, "quick #2") == "pending");
  CHECK(said("state_at", 1, "quick #2") == "running");
  CHECK(said("state_at", 3, "late") == "cancelled");
  CHECK(said("outcome_of", 0, "late") == "cancelled");
  CHECK(said("outcome_of", 0, "quick #1") == "returned");
  CHECK(said("exception_of", 0, "quick #2") == "ValueError");
  CHECK(said("exception_of", 0, "slow") == "none");
  CHECK(said("how_it_ended") == "finished");
  CHECK(said("mode") == "threads");
}

TEST_CASE("a run that is stuck says since when") {
  const trace::Run run = stuck_run();
  CHECK(said("is_stuck", 0, "", run) == "true");
  CHECK(said("stuck_time", 0, "", run) == "1.00 s");
  CHECK(said("how_it_ended", 0, "", run) == "stuck");
  CHECK(said("state_at", 1, "inner", run) == "pending");
}

TEST_CASE("a quantity that a run does not have is told in a sentence") {
  CHECK(said("stuck_time") == "! nothing got stuck");
  CHECK(said("begin_time", 0, "late") == "! late never began");
  CHECK(said("end_time", 0, "slwo") == "! the run has no future 'slwo' Did you mean 'slow'?");
  CHECK(said("first_result_time", 0, "", trace::Run()) == "! the program got no result at all");
}

TEST_CASE("no quantity fails on a run in which nothing has happened") {
  for (const Quantity& quantity : all_quantities()) {
    INFO(quantity.name);
    CHECK(!quantity.help.empty());
    const auto answer = answer_of({.quantity = std::string(quantity.name)}, trace::Run());
    if (answer) CHECK(answer->kind == quantity.kind);
  }
}

TEST_CASE("the page of all blocks names every quantity and every belief") {
  const std::string page = testing::read_text(LOITER_SOURCE_DIR "/lessons/README.md");
  for (const Quantity& quantity : all_quantities()) {
    std::string row = fmt::format("| `{}` | {} | {}", quantity.name, words_of(quantity.kind), quantity.help);
    if (quantity.needs_time) row += "; needs `at`";
    if (quantity.needs_future) row += "; needs `of`";
    INFO(row);
    CHECK(page.find(row + " |\n") != std::string::npos);
  }
  for (const Belief& belief : all_beliefs()) {
    CHECK(page.find(fmt::format("| `{}` | {} |\n", belief.id, belief.name)) != std::string::npos);
  }
}
