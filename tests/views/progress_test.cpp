// How far a program says it has come, how fast it goes and how long the rest takes.
#include "views/progress.hpp"

#include <catch2/catch_test_macros.hpp>
#include <vector>

using namespace loiter;
using namespace loiter::views;
using namespace std::chrono_literals;

namespace {
Instant at(Duration d) { return Instant{d}; }
}  // namespace

TEST_CASE("progress: nothing is known before the first mark") {
  CHECK_FALSE(progress_at({}, at(1s)));
  const std::vector<trace::ProgressMark> marks{{at(2s), 0, 20}};
  CHECK_FALSE(progress_at(marks, at(1s)));
  const auto first = progress_at(marks, at(3s));
  REQUIRE(first);
  CHECK(first->share() == 0.0);
  CHECK(first->elapsed == 1s);
  CHECK_FALSE(first->rate);
  CHECK_FALSE(first->remaining);
  CHECK(rate_text(*first).empty());
}

TEST_CASE("progress: the rate is that of what is done, and the rest takes as long for each") {
  const std::vector<trace::ProgressMark> marks{{at(0s), 0, 20}, {at(1s), 4, 20}, {at(2s), 5, 20}, {at(4s), 20, 20}};
  const auto early = progress_at(marks, at(1500ms));
  REQUIRE(early);
  CHECK(early->done == 4);
  CHECK(early->rate == 4.0);
  CHECK(early->remaining == 4s);
  CHECK(early->elapsed == 1500ms);
  CHECK(rate_text(*early) == "4.0/s");
  CHECK(progress_at(marks, at(2s))->rate == 2.5);
  const auto late = progress_at(marks, at(100s));
  REQUIRE(late);
  CHECK(late->is_complete());
  CHECK(late->elapsed == 4s);
  CHECK(late->remaining == 0s);
}

TEST_CASE("progress: slow work is told by the time of each, and work without an end has no share") {
  CHECK(rate_text(progress_of(2, 20, 5s)) == "2.5 s each");
  CHECK(progress_of(3, 0, 1s).share() == 0.0);
  CHECK(progress_of(30, 20, 1s).share() == 1.0);
  CHECK(progress_of(30, 20, 1s).remaining == 0s);
}
