// What the window remembers: all of it comes back, and a damaged file is the defaults.
#include "app/settings.hpp"

#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "app/first_start.hpp"
#include "support/temporary_folder.hpp"

using namespace loiter;
using namespace loiter::app;

TEST_CASE("the sizes of all regions, and which are hidden, are the same after a restart") {
  const testing::TemporaryFolder folder;
  const std::filesystem::path path = folder / "settings.json";
  Settings settings;
  settings.layout.code_width = 0.31F;
  settings.layout.right_width = 0.32F;
  settings.layout.transcript_height = 0.33F;
  settings.layout.stage_height = 0.34F;
  settings.layout.stuck_height = 0.35F;
  settings.layout.order_height = 0.36F;
  settings.layout.waits_height = 0.37F;
  settings.layout.stage_hidden = !settings.layout.stage_hidden;
  settings.layout.order_hidden = !settings.layout.order_hidden;
  settings.layout.waits_hidden = !settings.layout.waits_hidden;
  settings.scale = 2;
  save_settings(path, settings);
  CHECK(load_settings(path).settings == settings);
}

TEST_CASE("a region whose size nobody chose has its usual size after a restart too") {
  const testing::TemporaryFolder folder;
  const std::filesystem::path path = folder / "settings.json";
  Settings settings;
  settings.scale = 1;
  save_settings(path, settings);
  CHECK(load_settings(path).settings == settings);
}

TEST_CASE("sizes that leave no room are brought into reason") {
  const testing::TemporaryFolder folder;
  const std::filesystem::path path = folder / "settings.json";
  std::ofstream(path) << R"({"stage_height": 77, "waits_height": -1, "order_height": "much"})";
  const views::LayoutChoices layout = load_settings(path).settings.layout;
  CHECK(layout.stage_height == 0.9F);
  CHECK(layout.waits_height == 0.05F);
  CHECK(layout.order_height == Settings{}.layout.order_height);
}

TEST_CASE("the window begins with the tour once, at the first start") {
  const testing::TemporaryFolder folder;
  const std::filesystem::path path = folder / "settings.json";
  cli::OpenLabCommand plain;
  plain.choices.experiment = "loiter";
  Settings settings = load_settings(path).settings;
  CHECK(begins_with_tour(plain, settings));
  save_settings(path, settings);
  CHECK(begins_with_tour(plain, load_settings(path).settings));  // not seen yet: the first start was of a file
  settings.tour_seen = true;
  save_settings(path, settings);
  CHECK_FALSE(begins_with_tour(plain, load_settings(path).settings));
}

TEST_CASE("the tour does not come to who knows the window, nor where nothing can be remembered") {
  const testing::TemporaryFolder folder;
  const std::filesystem::path path = folder / "settings.json";
  cli::OpenLabCommand plain;
  plain.choices.experiment = "loiter";
  std::ofstream(path) << R"({"theme": "dark"})";  // of a window that had no tour yet
  CHECK_FALSE(begins_with_tour(plain, load_settings(path).settings));
  std::ofstream(path) << "damaged";
  CHECK_FALSE(begins_with_tour(plain, load_settings(path).settings));
  CHECK_FALSE(begins_with_tour(plain, load_settings({}).settings));
}

TEST_CASE("who opens the window for something of their own is not shown the tour, unless they ask for it") {
  const auto begins = [](auto change) {
    cli::OpenLabCommand command;
    command.choices.experiment = "loiter";
    change(command);
    return begins_with_tour(command, Settings{});
  };
  CHECK(begins([](cli::OpenLabCommand&) {}));
  CHECK_FALSE(begins([](cli::OpenLabCommand& c) { c.file = "run.jsonl"; }));
  CHECK_FALSE(begins([](cli::OpenLabCommand& c) { c.scenario = "mine.toml"; }));
  CHECK_FALSE(begins([](cli::OpenLabCommand& c) { c.lesson = "4"; }));
  CHECK_FALSE(begins([](cli::OpenLabCommand& c) { c.run = true; }));
  CHECK_FALSE(begins([](cli::OpenLabCommand& c) { c.compare = true; }));
  CHECK_FALSE(begins([](cli::OpenLabCommand& c) { c.screenshot = "picture.png"; }));
  CHECK_FALSE(begins([](cli::OpenLabCommand& c) { c.choices.experiment = "flags"; }));
  CHECK(begins([](cli::OpenLabCommand& c) { c.screenshot = "picture.png", c.tour = 1; }));
}
