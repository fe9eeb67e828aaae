#include "trace/names.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cstddef>
#include <string>
#include <string_view>

namespace loiter::trace {
namespace {

template <class E>
void check_round_trip(E last) {
  REQUIRE(names<E>().size() == static_cast<std::size_t>(last) + 1);
  for (std::size_t i = 0; i < names<E>().size(); ++i) {
    CHECK(from_name<E>(name_of(static_cast<E>(i))) == static_cast<E>(i));
  }
  CHECK_FALSE(from_name<E>("nothing"));
  CHECK_FALSE(from_name<E>(""));
}

}  // namespace

TEST_CASE("every enumerator has a name that leads back to it") {
  check_round_trip(LaneKind::Server);
  check_round_trip(FutureState::Finished);
  check_round_trip(Outcome::Aborted);
  check_round_trip(DeliveredBy::Wait);
  check_round_trip(WaitOn::Core);
  check_round_trip(WaitEnd::Aborted);
  check_round_trip(GilChange::Dropped);
  check_round_trip(GilKind::FreeThreaded);
  check_round_trip(Escape::RanInline);
  check_round_trip(Observation::Sets);
  check_round_trip(RunEnd::Timeout);
  check_round_trip(Mode::Processes);
  check_round_trip(Collect::AsCompleted);
  check_round_trip(Clock::Simulated);
}

TEST_CASE("names are those of the run file") {
  CHECK(name_of(WaitOn::AsCompleted) == "as_completed");
  CHECK(name_of(FutureState::CancelledAndNotified) == "cancelled_and_notified");
  CHECK(name_of(Escape::RanInline) == "ran_inline");
  CHECK(event_name(PoolShutDown{}) == "pool_shutdown");
  CHECK(event_name(StateChanged{}) == "state");
  CHECK(event_name(SiteReached{}) == "at");
  CHECK(event_name(Progressed{}) == "progress");
  CHECK(event_name(RunEnded{}) == "run_ended");
  CHECK(names_in_words<Clock>() == "live or simulated");
  CHECK(names_in_words<Mode>() == "sequential, threads or processes");
}

}  // namespace loiter::trace
