// The server's panel in the whole window, headless: dials by mouse and keyboard, and the progress below them.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "gui/bench.hpp"
#include "support/temporary_folder.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;

namespace {

void choose_flags(Bench& bench, const loiter::testing::TemporaryFolder& folder) {
  bench.lab.choose_experiment("flags");
  bench.lab.set_clock(trace::Clock::Simulated);
  bench.lab.set_parameter("dir", folder / "flags");
  bench.driver.frames(3);
}

}  // namespace

TEST_CASE("the server's panel is there for experiments that have one, in turn with the code", "[server]") {
  const loiter::testing::TemporaryFolder folder;
  Bench bench;
  CHECK_FALSE(bench.driver.has("Server/latency"));
  choose_flags(bench, folder);
  CHECK(bench.driver.has("Server/latency"));
  CHECK(bench.driver.shows("250 ms"));
  CHECK(bench.driver.shows("starts with the run"));
  bench.driver.click("Left/Code");
  CHECK_FALSE(bench.driver.has("Server/latency"));
  CHECK(bench.driver.has("Code/Python"));
  bench.lab.choose_experiment("loiter");
  bench.driver.frames(3);
  CHECK_FALSE(bench.driver.has("Left/Server"));
}

TEST_CASE("a dial is moved by mouse and keyboard, and the usual values come back", "[server]") {
  const loiter::testing::TemporaryFolder folder;
  Bench bench;
  choose_flags(bench, folder);
  CHECK_FALSE(bench.driver.find("Usual values").enabled);
  bench.driver.drag("Server/latency", {500, 0});
  CHECK(bench.lab.parameter("latency") == "5s");
  CHECK(bench.driver.shows("5 s"));
  bench.driver.focus("Server/errors");
  bench.driver.key(ImGuiKey_RightArrow);
  bench.driver.key(ImGuiKey_RightArrow);
  CHECK(bench.lab.parameter("errors") == "0.02");
  CHECK(bench.driver.shows("2 %"));
  bench.driver.focus("Server/bandwidth");
  for (int i = 0; i < 12; ++i) bench.driver.key(ImGuiKey_RightArrow);
  CHECK(bench.lab.parameter("bandwidth") == "0");
  CHECK(bench.driver.shows("no limit"));
  bench.driver.key(ImGuiKey_LeftArrow);
  CHECK(bench.lab.parameter("bandwidth") == "1000000");
  CHECK(bench.driver.shows("1,000,000"));
  bench.driver.click("Server/seed/more");
  CHECK(bench.lab.parameter("seed") == "1");
  bench.driver.click("Usual values");
  CHECK(bench.lab.parameter("latency") == "250ms");
  CHECK(bench.lab.parameter("errors") == "0");
  CHECK(bench.lab.parameter("bandwidth") == "2000");
  CHECK(bench.lab.parameter("seed") == "0");
}

TEST_CASE("a value between two stops of a dial is shown as it is", "[server]") {
  const loiter::testing::TemporaryFolder folder;
  Bench bench;
  choose_flags(bench, folder);
  bench.lab.set_parameter("latency", "333ms");
  bench.driver.frames(2);
  CHECK(bench.driver.shows("333 ms"));
  bench.driver.focus("Server/latency");
  bench.driver.key(ImGuiKey_RightArrow);
  CHECK(bench.lab.parameter("latency") == "400ms");
}

TEST_CASE("a site of one's own has no dials", "[server]") {
  const loiter::testing::TemporaryFolder folder;
  Bench bench;
  choose_flags(bench, folder);
  bench.lab.set_parameter("base_url", "https://flags.example");
  bench.driver.frames(2);
  CHECK_FALSE(bench.driver.find("Server/latency").enabled);
}

TEST_CASE("what has become of the downloads is counted while they go on", "[server]") {
  const loiter::testing::TemporaryFolder folder;
  Bench bench;
  const float scale = GENERATE(1.0F, 2.0F);
  bench.view.scale = scale;
  bench.driver.set_scale(scale);
  bench.driver.set_size({1280 * scale, 800 * scale});
  choose_flags(bench, folder);
  bench.lab.set_parameter("not_found", "0.25");
  bench.lab.set_parameter("seed", "4");
  bench.lab.set_parameter("program", "progress");
  CHECK(bench.driver.shows("Progress"));
  bench.run_to_end();
  CHECK(bench.driver.shows("20 of 20"));
  CHECK(bench.driver.shows("arrived"));
  CHECK(bench.driver.shows("not found (404)"));
  CHECK(bench.driver.shows("in all"));
  bench.lab.move_playhead(Instant{std::chrono::milliseconds(100)});
  bench.driver.frames(2);
  CHECK(bench.driver.shows("0 of 20"));
  CHECK(bench.driver.shows("on their way"));
}

TEST_CASE("in a window of two columns the server is a tab", "[server]") {
  const loiter::testing::TemporaryFolder folder;
  Bench bench({.size = {1024, 640}});
  choose_flags(bench, folder);
  bench.driver.click("Tabs/Server");
  CHECK(bench.driver.has("Server/latency"));
}
