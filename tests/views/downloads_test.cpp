// What became of downloads: counted, in words, and in stages.
#include "views/downloads.hpp"

#include <catch2/catch_test_macros.hpp>

#include "views/futures_table.hpp"
#include "views/sample_runs.hpp"

using namespace loiter;
using namespace loiter::views;
using namespace std::chrono_literals;
using samples::at_seconds;

namespace {

trace::Header flags_header() {
  trace::Header header = samples::loiter_header();
  header.title = "flags";
  return header;
}

trace::WaitBegan for_an_answer() { return {.on = runtime::WaitOn::Io}; }
trace::WaitEnded answered() { return {.on = runtime::WaitOn::Io}; }

// Ten downloads: two arrive, three fail in two ways, one is on its way, one was cancelled, the rest has not begun.
trace::Run ten_downloads() {
  samples::RunBuilder b(flags_header());
  b.at(1).main_begins().pool(6);
  for (std::uint32_t i = 1; i <= 10; ++i) b.submit(i, "flag('F" + std::to_string(i) + "')");
  for (std::uint32_t i = 1; i <= 6; ++i) b.worker_begins(i).task_begins(i);
  b.at(1.25).on(1).event(for_an_answer());
  b.at(2).event(answered());
  b.at(3).on(1).task_returns(1, "'F1'", "str");
  b.on(2).task_returns(2, "'F2'", "str");
  b.at(4).on(3).task_raises(3, "HTTPStatusError", "Server error '503 Service Unavailable' for url 'http://x'");
  b.on(4).task_raises(4, "HTTPStatusError", "Server error '503 Service Unavailable' for url 'http://x'");
  b.on(5).task_raises(5, "HTTPStatusError", "Client error '404 Not Found' for url 'http://x'");
  return b.take();
}

std::string told(const DownloadCounts& counts) {
  std::string text;
  for (const DownloadCount& kind : counts.counts) text += std::to_string(kind.count) + " " + kind.words + ", ";
  return text;
}

}  // namespace

TEST_CASE("downloads are counted by what became of them, first what arrived") {
  const DownloadCounts counts = count_downloads(ten_downloads(), at_seconds(5));
  CHECK(told(counts) == "2 arrived, 2 error (503), 1 not found (404), 1 on their way, 4 not begun, ");
  CHECK(counts.wanted == 10);
  CHECK(counts.over == 5);
  CHECK(counts.progress.elapsed == 3s);
  CHECK(counts.progress.remaining == 3s);
}

TEST_CASE("downloads are counted for the instant that is looked at") {
  const trace::Run run = ten_downloads();
  CHECK(told(count_downloads(run, at_seconds(3))) == "2 arrived, 4 on their way, 4 not begun, ");
  CHECK(count_downloads(run, at_seconds(3)).progress.rate == 1.0);
  CHECK(count_downloads(run, at_seconds(0)).wanted == 0);
  CHECK_FALSE(count_downloads(run, at_seconds(1)).progress.rate);
}

TEST_CASE("a download has three stages, told with the future") {
  const trace::Run run = ten_downloads();
  const trace::FutureRow& future = *run.future(FutureId{1});
  CHECK_FALSE(download_stages(run, future, at_seconds(1)));  // still connecting
  const auto waiting = download_stages(run, future, at_seconds(1.5));
  REQUIRE(waiting);
  CHECK(waiting->connect == 250ms);
  CHECK(waiting->wait == 250ms);
  CHECK(waiting->receive == 0s);
  const auto over = download_stages(run, future, at_seconds(9));
  REQUIRE(over);
  CHECK(over->connect == 250ms);
  CHECK(over->wait == 750ms);
  CHECK(over->receive == 1s);
  bool is_told = false;
  for (const std::string& fact : future_facts(run, future, at_seconds(9)))
    is_told = is_told || fact == "connected in 0.25 s, waited 0.75 s for the answer, received for 1.00 s";
  CHECK(is_told);
  CHECK_FALSE(download_stages(run, *run.future(FutureId{2}), at_seconds(9)));  // never waited for an answer
}

TEST_CASE("downloads that will be submitted when their turn comes are counted, while the run goes on") {
  trace::Header header = flags_header();
  header.parameters["tasks"] = "20";
  samples::RunBuilder b(header);
  b.at(0).main_begins().pool(1).submit(1, "flag('F1')").worker_begins(1).task_begins(1);
  b.at(1).on(1).task_returns(1, "'F1'", "str");
  CHECK(told(count_downloads(b.run(), at_seconds(2))) == "1 arrived, 19 not begun, ");
  CHECK(count_downloads(b.run(), at_seconds(2)).wanted == 20);
  b.at(2).on(0).event(trace::RunEnded{.how = trace::RunEnd::Stopped, .type = {}, .text = {}});
  CHECK(told(count_downloads(b.run(), at_seconds(2))) == "1 arrived, ");
}
