#include "views/flag_wall.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "views/sample_runs.hpp"

using namespace loiter;
using namespace loiter::views;

namespace {

trace::Header flags_header() {
  trace::Header header = samples::loiter_header();
  header.title = "flags";
  return header;
}

// Twenty flags submitted; the first come at one second: returned, missing, raised in three ways, and one on its way.
trace::Run some_flags() {
  samples::RunBuilder b(flags_header());
  b.at(0).main_begins().pool(20);
  const char* const codes[] = {"BD", "BR", "CD", "CN", "DE", "EG", "ET", "FR", "ID", "IN",
                               "IR", "JP", "MX", "NG", "PH", "PK", "RU", "TR", "US", "VN"};
  for (std::uint32_t i = 0; i < 20; ++i) b.submit(i + 1, "flag('" + std::string(codes[i]) + "')");
  for (std::uint32_t i = 1; i <= 7; ++i) b.worker_begins(i).task_begins(i);
  b.on(6).at(0.5).event(trace::Progressed{FutureId{6}, 100, 400});
  b.at(1).on(1).task_returns(1, "'BD'", "str");
  b.on(2).task_returns(2, "<DownloadStatus.NOT_FOUND: 2>", "DownloadStatus");
  b.on(3).task_raises(3, "HTTPStatusError",
                      "Server error '503 Service Unavailable' for url 'http://x/flags/cd/cd.gif'");
  b.on(4).task_raises(4, "ReadTimeout", "http://x/flags/cn/cn.gif: not all of it came in time");
  b.on(5).task_raises(5, "RemoteProtocolError", "the connection ended in the middle");
  return b.take();
}

}  // namespace

TEST_CASE("only runs that download flags have a wall") {
  CHECK(has_flag_wall(some_flags()));
  CHECK_FALSE(has_flag_wall(samples::loiter_run()));
}

TEST_CASE("a tile says what became of its flag") {
  const FlagWall wall = lay_out_flag_wall(some_flags(), samples::at_seconds(1), 680, 300);
  REQUIRE(wall.tiles.size() == 20);
  CHECK(wall.come == 1);
  CHECK(wall.tiles[0].code == "BD");
  CHECK(wall.tiles[0].download.has_come);
  CHECK(wall.tiles[0].download.words == "1.00 s");
  CHECK(wall.tiles[1].download.mark == "404");
  CHECK(wall.tiles[1].download.words == "not found");
  CHECK_FALSE(wall.tiles[1].download.has_come);
  CHECK(wall.tiles[2].download.mark == "503");
  CHECK(wall.tiles[2].download.words == "error");
  CHECK(wall.tiles[3].download.words == "timeout");
  CHECK(wall.tiles[4].download.words == "cut off");
  CHECK(wall.tiles[5].download.words == "25 %");
  CHECK(wall.tiles[5].download.share == 0.25);
  CHECK(wall.tiles[6].download.words == "waits");
  CHECK(wall.tiles[7].download.look == StateLook::Pending);
  CHECK(wall.tiles[7].download.words.empty());
}

TEST_CASE("the wall shows any moment of the past") {
  const FlagWall before = lay_out_flag_wall(some_flags(), samples::at_seconds(0.4), 680, 300);
  CHECK(before.come == 0);
  CHECK(before.tiles[0].download.words == "waits");
  CHECK(before.tiles[5].download.words == "waits");
  CHECK_FALSE(before.tiles[5].download.share);
}

TEST_CASE("tiles stand in rows inside the room they have, never over each other") {
  const float width = GENERATE(300.0F, 480.0F, 680.0F, 1200.0F);
  const float height = GENERATE(60.0F, 120.0F, 200.0F, 300.0F, 600.0F);
  const FlagWall wall = lay_out_flag_wall(some_flags(), samples::at_seconds(1), width, height);
  INFO(width << " x " << height);
  CHECK_FALSE(wall.tiles.empty());
  CHECK(wall.height <= height);
  for (std::size_t i = 0; i < wall.tiles.size(); ++i) {
    const Rect& box = wall.tiles[i].box;
    CHECK(box.x0 >= 0);
    CHECK(box.x1 <= width);
    CHECK(box.y1 <= wall.height);
    CHECK(wall.tiles[i].picture.x1 < box.x1);
    CHECK(wall.tiles[i].picture.y1 < box.y1);
    if (i == 0) continue;
    const Rect& left = wall.tiles[i - 1].box;
    CHECK((box.y0 >= left.y1 || (box.y0 == left.y0 && box.x0 > left.x1)));
  }
  if (width == 680 && height == 300) {
    CHECK(wall.tiles.size() == 20);
    CHECK(wall.tiles[4].box.y0 == wall.tiles[0].box.y0);
  }
}
