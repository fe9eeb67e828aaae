// The documents experiment through the engine: who is told first, what a chunk loses, and how far each file had come.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "engine/session.hpp"
#include "engine/transcript.hpp"
#include "net/site.hpp"
#include "support/temporary_folder.hpp"
#include "trace/run.hpp"

using namespace loiter;
using namespace loiter::engine;
using namespace loiter::engine::testing;
using loiter::testing::TemporaryFolder;
using trace::Clock;
using trace::Collect;
using trace::Mode;

namespace {

experiments::Setup documents_on(Clock clock, Mode mode, Collect collect, const std::string& folder,
                                std::map<std::string, std::string> values = {}) {
  values["dir"] = folder;
  return experiments::complete(
             {.experiment = "documents", .mode = mode, .collect = collect, .clock = clock, .parameters = values})
      .value();
}

trace::Recording run(const experiments::Setup& setup) { return run_to_end(setup, {.pace = runtime::Pace::instant()}); }

constexpr const char* in_order =
    "Finished downloading f1040.pdf\nFinished downloading f1040es.pdf\nFinished downloading f1040sb.pdf\n"
    "Finished downloading f4868.pdf\nFinished downloading fw4.pdf\n";
constexpr const char* as_they_finish =
    "Finished downloading fw4.pdf\nFinished downloading f1040es.pdf\nFinished downloading f4868.pdf\n"
    "Finished downloading f1040sb.pdf\nFinished downloading f1040.pdf\n";

}  // namespace

TEST_CASE("documents: as_completed tells of the small ones first, map in the order of the calls") {
  const TemporaryFolder folder;
  for (const Mode mode : {Mode::Threads, Mode::Processes}) {
    CHECK(transcript(run(documents_on(Clock::Simulated, mode, Collect::AsCompleted, folder / "d"))) == as_they_finish);
    CHECK(transcript(run(documents_on(Clock::Simulated, mode, Collect::Map, folder / "d"))) == in_order);
  }
  CHECK(transcript(run(documents_on(Clock::Simulated, Mode::Sequential, Collect::Map, folder / "d"))) == in_order);
}

TEST_CASE("documents: in a process pool chunksize=8 makes all five one worker's") {
  const TemporaryFolder folder;
  const trace::Run chunked =
      trace::fold(run(documents_on(Clock::Simulated, Mode::Processes, Collect::Map, folder / "d")));
  REQUIRE(chunked.futures().size() == 1);
  CHECK(chunked.futures().front().label == "get x 5");
  const trace::Run threads =
      trace::fold(run(documents_on(Clock::Simulated, Mode::Threads, Collect::Map, folder / "d")));
  CHECK(threads.futures().size() == 5);
  CHECK(threads.last() < chunked.last());
}

TEST_CASE("documents: files are whole on both clocks, in every mode", "[live]") {
  const net::Site site = net::Site::load();
  const Mode mode = GENERATE(Mode::Sequential, Mode::Threads, Mode::Processes);
  for (const Clock clock : {Clock::Simulated, Clock::Live}) {
    const TemporaryFolder folder;
    run(documents_on(clock, mode, Collect::AsCompleted, folder / "d", {{"latency", "5ms"}, {"bandwidth", "20000000"}}));
    for (const std::string& name : net::document_names()) {
      std::ifstream file(folder / "d" + "/" + name + ".pdf", std::ios::binary);
      CHECK(std::string(std::istreambuf_iterator<char>(file), {}) == site.find("/documents/" + name + ".pdf")->bytes);
    }
  }
}

TEST_CASE("documents: an address without an extension is an exception in its future, and ends a map") {
  const TemporaryFolder folder;
  const auto run_with = [&](Mode mode, Collect collect) {
    return run(documents_on(Clock::Simulated, mode, collect, folder / "d", {{"broken", "yes"}}));
  };
  const trace::Recording completed = run_with(Mode::Threads, Collect::AsCompleted);
  CHECK(transcript(completed).starts_with("index: URL does not contain an extension\nFinished downloading fw4.pdf\n"));
  CHECK(end_of(completed).how == trace::RunEnd::Finished);
  const trace::Recording mapped = run_with(Mode::Threads, Collect::Map);
  CHECK(transcript(mapped) == "Finished downloading f1040.pdf\nFinished downloading f1040es.pdf\n");
  CHECK(end_of(mapped).type == "RuntimeError");
  CHECK(end_of(mapped).text == "URL does not contain an extension");
  // It is lost with the whole chunk.
  CHECK(transcript(run_with(Mode::Processes, Collect::Map)).empty());
}

TEST_CASE("documents: how far a file had come is known at every instant", "[live]") {
  const Clock clock = GENERATE(Clock::Simulated, Clock::Live);
  const Mode mode = GENERATE(Mode::Sequential, Mode::Threads, Mode::Processes);
  const TemporaryFolder folder;
  const trace::Run folded = trace::fold(run(
      documents_on(clock, mode, Collect::AsCompleted, folder / "d", {{"latency", "10ms"}, {"bandwidth", "3000000"}})));
  REQUIRE(folded.futures().size() == 5);
  const trace::FutureRow& largest = folded.futures().front();
  REQUIRE_FALSE(largest.progress.empty());
  CHECK_FALSE(trace::progress_at(largest, largest.submitted));
  double before = 0;
  for (const trace::ProgressMark& mark : largest.progress) {
    const auto share = trace::progress_at(largest, mark.t);
    REQUIRE(share);
    CHECK(*share >= before);
    before = *share;
  }
  CHECK(before == 1);
}
