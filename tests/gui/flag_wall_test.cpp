// The wall of flags in the whole window, headless: real bytes, decoded, at every size.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <string>

#include "gui/bench.hpp"
#include "gui/flag_picture.hpp"
#include "support/temporary_folder.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;

namespace {

void run_flags(Bench& bench, const loiter::testing::TemporaryFolder& folder) {
  bench.lab.choose_experiment("flags");
  bench.lab.set_clock(trace::Clock::Simulated);
  bench.lab.set_parameter("dir", folder / "flags");
  bench.lab.set_parameter("not_found", "0.25");
  bench.lab.set_parameter("seed", "4");
  bench.lab.set_parameter("program", "progress");
  bench.lab.set_instant(true);
  bench.driver.click("Run");
  while (bench.lab.is_going()) bench.lab.update();
  bench.driver.wait(0.1);
}

}  // namespace

TEST_CASE("a run of flags has a wall: pictures of those that came, 404 for those that did not", "[flag_wall]") {
  const loiter::testing::TemporaryFolder folder;
  Bench bench;
  run_flags(bench, folder);
  const auto& pictures = bench.lab.pictures_shown();
  CHECK(pictures.size() > 10);
  CHECK(pictures.size() < 20);
  for (const auto& [task, picture] : pictures) {
    CHECK(picture.width == 16);
    CHECK(picture.height == 11);
  }
  CHECK(bench.driver.shows(std::to_string(pictures.size()) + " have come"));
  CHECK(bench.driver.shows("404"));
  CHECK(bench.driver.shows("not found"));
  bench.driver.click("Flags/US");
  CHECK(bench.view.selection.future == FutureId{19});
}

TEST_CASE("another experiment has no wall, and a new run of flags begins with an empty one", "[flag_wall]") {
  const loiter::testing::TemporaryFolder folder;
  Bench bench;
  run_flags(bench, folder);
  bench.lab.set_parameter("not_found", "1");
  bench.driver.click("Run");
  while (bench.lab.is_going()) bench.lab.update();
  CHECK(bench.lab.pictures_shown().empty());
  bench.lab.choose_experiment("loiter");
  bench.run_to_end();
  CHECK_FALSE(bench.driver.shows("each tile is one future"));
}

TEST_CASE("the wall leaves room for the timeline, at every size and scale", "[flag_wall]") {
  const loiter::testing::TemporaryFolder folder;
  Bench bench;
  run_flags(bench, folder);
  const float scale = GENERATE(1.0F, 2.0F);
  const ImVec2 size = GENERATE(ImVec2{1280, 800}, ImVec2{1024, 640}, ImVec2{900, 640}, ImVec2{640, 480});
  bench.view.scale = scale;
  bench.driver.set_scale(scale);
  bench.driver.set_size({size.x * scale, size.y * scale});
  CHECK(bench.driver.shows("Timeline"));
}

TEST_CASE("bytes that are no small GIF are no picture", "[flag_wall]") {
  CHECK_FALSE(decode_flag(""));
  CHECK_FALSE(decode_flag("GIF89a"));
  CHECK_FALSE(decode_flag(std::string("GIF89a\xff\xff\xff\xff\x80\x00\x00", 13)));
  CHECK_FALSE(decode_flag("<html>not found</html>"));
  CHECK_FALSE(decode_flag(std::string(100'000, 'x')));
}

TEST_CASE("a dial that is turned in the window is turned in the run that goes", "[flag_wall]") {
  const loiter::testing::TemporaryFolder folder;
  Bench bench;
  bench.lab.choose_experiment("flags");
  bench.lab.set_clock(trace::Clock::Simulated);
  bench.lab.set_mode(trace::Mode::Sequential);
  bench.lab.set_parameter("dir", folder / "flags");
  bench.lab.set_parameter("program", "progress");
  bench.driver.click("Run");
  while (bench.lab.run_shown().futures().size() < 2) bench.lab.update();
  bench.lab.set_parameter("not_found", "1");
  bench.lab.set_instant(true);
  while (bench.lab.is_going()) bench.lab.update();
  CHECK(bench.lab.pictures_shown().size() < 4);
  CHECK(bench.lab.run_shown().futures().size() == 20);
}
