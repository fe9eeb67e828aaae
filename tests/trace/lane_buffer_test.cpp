// LaneBuffer and the budget that lanes share: nothing gets out of order, and nothing is lost without being counted.
#include "trace/lane_buffer.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <iterator>
#include <thread>
#include <vector>

#include "futures/context.hpp"
#include "runtime/live.hpp"
#include "trace/recorder.hpp"
#include "trace/run.hpp"

using namespace loiter;
using namespace loiter::trace;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t plenty = std::size_t{1} << 30U;

RawRecord record_of(std::uint32_t number) { return {.future = number, .kind = RawRecord::Kind::Delivered}; }

std::vector<std::uint32_t> read_all(LaneBuffer& buffer) {
  std::vector<std::uint32_t> numbers;
  for (const RawRecord* record = buffer.peek(); record != nullptr; record = buffer.peek()) {
    numbers.push_back(record->future);
    buffer.pop();
  }
  return numbers;
}

std::vector<std::uint32_t> numbers_from(std::uint32_t first, std::size_t count) {
  std::vector<std::uint32_t> numbers;
  for (std::size_t i = 0; i < count; ++i) numbers.push_back(first + static_cast<std::uint32_t>(i));
  return numbers;
}

}  // namespace

TEST_CASE("records are read in the order in which they were written, over many chunks and several rounds") {
  ChunkStore store(plenty);
  LaneBuffer buffer({0}, store);
  std::uint32_t next = 0;
  for (const std::size_t count : {1U, 63U, 64U, 65U, 20'000U, 5U, 50'000U}) {
    const std::uint32_t first = next;
    for (std::size_t i = 0; i < count; ++i) REQUIRE(buffer.append(record_of(next++)));
    CHECK(read_all(buffer) == numbers_from(first, count));
  }
  CHECK(store.lost() == 0);
}

TEST_CASE("what does not fit the budget is counted, and there is room again once something was read") {
  constexpr std::uint32_t fits = 64 + 128;             // the first two chunks; the third takes 256
  ChunkStore store((fits + 200) * sizeof(RawRecord));  // enough for it once the first is given back
  LaneBuffer buffer({0}, store);
  for (std::uint32_t i = 0; i < fits; ++i) REQUIRE(buffer.append(record_of(i)));
  CHECK_FALSE(buffer.append(record_of(1000)));
  CHECK_FALSE(buffer.append(record_of(1001)));
  CHECK(store.lost() == 2);
  CHECK(read_all(buffer) == numbers_from(0, fits));
  CHECK(buffer.append(record_of(1002)));
  CHECK(read_all(buffer) == numbers_from(1002, 1));
  CHECK(store.lost() == 2);
}

TEST_CASE("lanes share one budget, and a chunk that one has read serves another") {
  constexpr std::size_t room = std::size_t{64 + 128 + 256 + 512 + 1024 + 2048 + 4096 + 4096} + 64;
  ChunkStore store(room * sizeof(RawRecord));
  LaneBuffer second({1}, store);
  for (int round = 0; round < 3; ++round) {
    LaneBuffer first({0}, store);
    std::uint32_t written = 0;
    while (first.append(record_of(written))) ++written;
    CHECK(written == room - 64);
    CHECK(store.lost() == static_cast<std::uint64_t>(round) + 1);
    CHECK(read_all(first) == numbers_from(0, written));
  }
  REQUIRE(second.append(record_of(7)));
  CHECK(read_all(second) == numbers_from(7, 1));
}

TEST_CASE("a reader beside the writer gets every record once, in order") {
  constexpr std::uint32_t count = 200'000;
  ChunkStore store(plenty);
  LaneBuffer buffer({0}, store);
  std::thread writer([&] {
    for (std::uint32_t i = 0; i < count; ++i) buffer.append(record_of(i));
  });
  std::uint32_t expected = 0;
  std::uint32_t out_of_order = 0;
  while (expected < count) {
    const RawRecord* const record = buffer.peek();
    if (record == nullptr) {
      std::this_thread::yield();
      continue;
    }
    if (record->future != expected) ++out_of_order;
    ++expected;
    buffer.pop();
  }
  writer.join();
  CHECK(out_of_order == 0);
  CHECK(buffer.peek() == nullptr);
}

TEST_CASE("a live run whose events do not fit says how many are missing, and claims no deadlock any more") {
  Recorder recorder(16 * 1024);
  constexpr std::uint64_t told = 5'000;
  std::vector<Event> events;
  {
    runtime::Live runtime(recorder);
    recorder.attach(runtime);
    futures::Context context(runtime, recorder);
    std::atomic<bool> all_told = false;
    runtime.start([&] {
      for (std::uint64_t i = 0; i < told; ++i) recorder.reached("here");
      all_told = true;
      runtime.park({.on = runtime::WaitOn::Result});  // for ever: a deadlock, if all were known
    });
    std::vector<Event> taken;
    const auto take = [&] {
      for (bool more = true; more;) {
        more = recorder.take(taken);
        std::ranges::move(taken, std::back_inserter(events));
      }
    };
    while (!all_told) std::this_thread::yield();  // nothing is taken meanwhile
    take();
    CHECK_FALSE(recorder.is_stuck());
    runtime.stop();
    while (runtime.wait(1h) != runtime::Phase::Ended) {
    }
    take();
  }
  Run run;
  std::uint64_t kept = 0;
  for (const Event& event : events) {
    if (std::holds_alternative<SiteReached>(event.body)) ++kept;
    run.apply(event);
  }
  CHECK(kept > 0);
  CHECK(run.lost() > 0);
  CHECK(kept + run.lost() >= told);
  CHECK(kept + run.lost() <= told + 4);  // the lane's begin and end, the wait's begin and end
}
