// `run --format json` and --record: the run file, while the run goes on.
#include <catch2/catch_test_macros.hpp>
#include <sstream>
#include <string>

#include "cli/fake_terminal.hpp"
#include "engine/session.hpp"
#include "support/approved.hpp"
#include "support/temporary_folder.hpp"
#include "trace/run.hpp"
#include "trace/run_file.hpp"

using namespace loiter;
using namespace loiter::cli;
using loiter::testing::read_text;
using loiter::testing::TemporaryFolder;

namespace {

trace::RunFile read_back(const std::string& text) {
  std::istringstream in(text);
  const auto file = trace::read_run_file(in, "stdout");
  if (!file) FAIL(file.error().message);
  return *file;
}

}  // namespace

TEST_CASE("the JSON of a simulated run reads back as the very run, and is the same each time") {
  const std::string line = "run loiter --clock simulated --format json --set tasks=8 --workers 4";
  const auto [status, out, err] = ran(line);
  CHECK(status == 0);
  CHECK(err.empty());
  const trace::RunFile file = read_back(out);
  CHECK(file.unknown_keys == 0);
  CHECK(file.unknown_events == 0);
  const auto setup = engine::complete(
      {.experiment = "loiter", .workers = 4, .clock = trace::Clock::Simulated, .parameters = {{"tasks", "8"}}});
  CHECK(file.recording == engine::run_to_end(*setup, {.pace = engine::Pace::instant()}));
  CHECK(ran(line).out == out);
}

TEST_CASE("the JSON of a live run reads back, and is measured", "[live]") {
  const trace::RunFile file = read_back(ran("run loiter --set unit=20ms --format json").out);
  const trace::Run run = trace::fold(file.recording);
  CHECK(std::string(trace::run_label(run.header())) == "MEASURED");
  CHECK_FALSE(run.header().started.empty());
  CHECK(run.inconsistent() == 0);
  CHECK(run.ended()->how == trace::RunEnd::Finished);
  CHECK(run.futures().size() == 5);
}

TEST_CASE("a recorded run is what JSON would have printed, beside the transcript") {
  const TemporaryFolder folder;
  const std::string file = folder / "run.jsonl";
  const auto [status, out, err] = ran("run loiter --clock simulated --record " + file);
  CHECK(status == 0);
  CHECK(err.empty());
  CHECK(out == ran("run loiter --clock simulated").out);
  CHECK(read_text(file) == ran("run loiter --clock simulated --format json").out);
  CHECK(folder.file_count() == 1);
}

TEST_CASE("a run that is recorded again replaces the file only when it is over") {
  const TemporaryFolder folder;
  const std::string file = folder / "run.jsonl";
  std::ofstream(file) << "before";
  FakeTerminal terminal;
  std::string during;
  terminal.signal = [&] {
    during += read_text(file) + " ";
    return 0;
  };
  CHECK(run_words(terminal, {"run", "loiter", "--clock", "simulated", "--record", file}) == 0);
  CHECK(during.starts_with("before "));
  CHECK(during.find('{') == std::string::npos);
  CHECK(read_text(file).starts_with("{\"loiter\": 1"));
}

TEST_CASE("a run that is stopped leaves what was recorded until then") {
  const TemporaryFolder folder;
  const std::string file = folder / "run.jsonl";
  FakeTerminal terminal;
  terminal.signal = [&] { return terminal.out.empty() ? 0 : 2; };
  CHECK(run_words(terminal, {"run", "loiter", "--set", "unit=1h", "--record", file}) == 2);
  CHECK(run_words(terminal, {"run", "loiter", "--set", "unit=1000s", "--record", file}) == 130);
  const auto loaded = trace::load_run_file(file);
  REQUIRE(loaded);
  const trace::Run run = trace::fold(loaded->recording);
  CHECK(run.ended()->how == trace::RunEnd::Stopped);
  CHECK(run.futures().size() == 5);
}

TEST_CASE("a reader that goes away ends the run, and the recording is kept") {
  const TemporaryFolder folder;
  const std::string file = folder / "run.jsonl";
  FakeTerminal terminal;
  terminal.takes = 40;
  CHECK(run_words(terminal, {"run", "loiter", "--set", "unit=1000s", "--record", file}) == 2);
  CHECK(terminal.err == "loiter: Standard output could not be written: nobody reads it any more.\n");
  CHECK(trace::load_run_file(file).has_value());
}
