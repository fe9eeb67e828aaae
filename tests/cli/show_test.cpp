// `show FILE --text`: a recorded run to read, or the place where its file is damaged.
#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <string>

#include "cli/fake_terminal.hpp"
#include "support/approved.hpp"
#include "support/temporary_folder.hpp"

using namespace loiter;
using namespace loiter::cli;
using loiter::testing::approved;
using loiter::testing::TemporaryFolder;

namespace {

std::string recorded(const TemporaryFolder& folder, const std::string& options = "") {
  const std::string file = folder / "run.jsonl";
  REQUIRE(ran("run loiter --clock simulated --record " + file + " " + options).status == 0);
  return file;
}

void damage(const std::string& file, const std::string& text) { std::ofstream(file) << text; }

}  // namespace

TEST_CASE("a recorded run is shown as timeline, futures and transcript") {
  const TemporaryFolder folder;
  FakeTerminal terminal;
  terminal.shown = {.columns = 100, .utf8 = true};
  CHECK(run_words(terminal, {"show", recorded(folder), "--text"}) == 0);
  CHECK(terminal.err.empty());
  approved("cli", "show-loiter", terminal.out);
}

TEST_CASE("a recorded run has all its lanes, however small the window") {
  const TemporaryFolder folder;
  FakeTerminal terminal;
  terminal.shown = terminal_of(60, 10, Colours::None, false);
  CHECK(run_words(terminal, {"show", recorded(folder, "--workers 20 --set tasks=30"), "--text"}) == 0);
  CHECK(terminal.out.find("worker 19 ") != std::string::npos);
  CHECK(terminal.out.find("more lanes") == std::string::npos);
}

TEST_CASE("a damaged file is named with the line and what is wrong there") {
  const TemporaryFolder folder;
  const std::string file = folder / "bad.jsonl";
  const auto complaint = [&](const std::string& text) {
    damage(file, text);
    const auto [status, out, err] = ran("show --text " + file);
    CHECK(status == 2);
    CHECK(out.empty());
    CHECK(err.find('\n') + 1 == err.size());
    REQUIRE(err.starts_with(file));
    return err.substr(file.size());
  };
  const std::string header =
      R"({"loiter": 1, "title": "t", "mode": "threads", "workers": 1, "collect": "map", "clock": "simulated", "label": "SIMULATED", "seed": 0, "unit_ns": 1000000000, "producer": "p", "parameters": {}})";
  CHECK(complaint("hello").starts_with(":1: "));
  CHECK(complaint(header + "\n{\"t\": 5, \"ev\": \"printed\", \"lane\": \"main\", \"text\": \"x\"}\n")
            .starts_with(":2: "));
  CHECK(complaint(header + "\n{\"t\": 5, \"ev\"\n").starts_with(":2: "));
  CHECK(complaint("").starts_with(":1: "));
}

TEST_CASE("a file that is not there or is a folder is one line") {
  const TemporaryFolder folder;
  for (const std::string& file : {folder / "none.jsonl", folder.path()}) {
    const auto [status, out, err] = ran("show --text " + file);
    CHECK(status == 2);
    CHECK(out.empty());
    CHECK(err.find(file) != std::string::npos);
    CHECK(err.find('\n') + 1 == err.size());
  }
}

TEST_CASE("what a hostile file prints cannot reach the terminal as control characters") {
  const TemporaryFolder folder;
  const std::string file = recorded(folder);
  std::string text = loiter::testing::read_text(file);
  const std::string harmless = "Script starting.";
  text.replace(text.find(harmless), harmless.size(), "\\u001b[2J\\u0007");
  text.replace(text.find("loiter(1)"), 9, "\\u001b]0;x");
  damage(file, text);
  const auto [status, out, err] = ran("show --text " + file);
  CHECK(status == 0);
  for (const char c : out) CHECK((c == '\n' || static_cast<unsigned char>(c) >= 0x20));
}
