// The list of cards that are put into an order: by the mouse, by the keyboard, and how it looks.
#include "gui/order_list.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <cstdlib>
#include <filesystem>

#include "gui/driver.hpp"

using namespace loiter::gui;
using namespace loiter::gui::testing;

namespace {

using Order = std::vector<std::size_t>;

struct Cards {
  explicit Cards(const DriverOptions& options = {.size = {300, 400}})
      : driver{in_window([this](const Look& look) {
                 Look own = look;
                 own.motion = motion;
                 const float width = ImGui::GetContentRegionAvail().x;
                 if (draw_order_list(view, labels, order, own, width, enabled, scale_up)) ++changes;
                 below = ImGui::GetCursorScreenPos().y;
               }),
               options} {}
  OrderListView view;
  std::vector<std::string> labels{"slow", "quick #1", "quick #2", "slow #2"};
  Order order;
  bool enabled = true;
  bool motion = true;
  float scale_up = 1.0F;
  int changes = 0;
  float below = 0.0F;
  Driver driver;
  [[nodiscard]] float top(const char* card) const { return driver.find(card).box.y0; }
  [[nodiscard]] float pitch() const { return driver.look().metrics.px(40 * scale_up); }
};

DriverOptions any_screen() {
  const float scale = GENERATE(1.0F, 2.0F);
  return {.size = {300 * scale, 400 * scale}, .scale = scale};
}

}  // namespace

TEST_CASE("a list without an order begins with the one in which the labels are given", "[order list]") {
  Cards cards;
  CHECK(cards.order == Order{0, 1, 2, 3});
  cards.order = {3, 3, 1, 0};
  cards.driver.frames(1);
  CHECK(cards.order == Order{0, 1, 2, 3});
  CHECK(cards.driver.shows("4"));
}

TEST_CASE("a card that is dragged takes the place at which it is let go", "[order list]") {
  Cards cards(any_screen());
  cards.driver.drag("Order/slow", {0, 2 * cards.pitch()});
  CHECK(cards.order == Order{1, 2, 0, 3});
  CHECK(cards.changes == 2);
  cards.driver.drag("Order/slow #2", {0, -9 * cards.pitch()});
  CHECK(cards.order == Order{3, 1, 2, 0});
  cards.driver.drag("Order/slow", {0, 0.4F * cards.pitch()});
  cards.driver.click("Order/quick #1");
  CHECK(cards.order == Order{3, 1, 2, 0});
  CHECK_FALSE(cards.view.lifted);
}

TEST_CASE("cards make room while another is dragged, and glide to their places", "[order list]") {
  Cards cards;
  cards.motion = GENERATE(true, false);
  const float first = cards.top("Order/slow");
  cards.driver.hover("Order/slow");
  const ImVec2 from = ImGui::GetIO().MousePos;
  ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, true);
  cards.driver.frames(1);
  cards.driver.hover(ImVec2{from.x, from.y + cards.pitch() * 0.8F});
  CHECK(cards.order == Order{1, 0, 2, 3});
  CHECK(cards.top("Order/slow") == first + cards.pitch() * 0.8F);  // under the pointer
  CHECK(cards.view.moving == cards.motion);
  cards.driver.wait(0.3);
  CHECK(cards.top("Order/quick #1") == first);
  ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, false);
  cards.driver.wait(0.3);
  CHECK(cards.top("Order/slow") == first + cards.pitch());
  CHECK_FALSE(cards.view.moving);
}

TEST_CASE("with the keyboard a card is lifted, moved and put down", "[order list]") {
  Cards cards;
  cards.driver.focus("Order/quick #2");
  cards.driver.key(ImGuiKey_Enter);
  CHECK(cards.driver.shows("Enter puts it down, Esc puts it back."));
  cards.driver.key(ImGuiKey_UpArrow);
  cards.driver.key(ImGuiKey_UpArrow);
  cards.driver.key(ImGuiKey_UpArrow);  // it is at the top already
  CHECK(cards.order == Order{2, 0, 1, 3});
  CHECK(cards.driver.has_ring("Order/quick #2"));
  cards.driver.key(ImGuiKey_Enter);
  CHECK_FALSE(cards.view.lifted);
  cards.driver.key(ImGuiKey_DownArrow);  // the keyboard goes to the next card
  CHECK(cards.order == Order{2, 0, 1, 3});
  CHECK(cards.driver.has_ring("Order/slow"));
  CHECK(cards.driver.shows("lift it with Enter"));
}

TEST_CASE("Esc puts a lifted card back where it was", "[order list]") {
  Cards cards;
  cards.driver.focus("Order/slow");
  cards.driver.key(ImGuiKey_Space);
  cards.driver.key(ImGuiKey_DownArrow);
  cards.driver.key(ImGuiKey_DownArrow);
  CHECK(cards.order == Order{1, 2, 0, 3});
  cards.driver.key(ImGuiKey_Escape);
  CHECK(cards.order == Order{0, 1, 2, 3});
  CHECK_FALSE(cards.view.lifted);
}

TEST_CASE("Alt with an arrow moves a card without lifting it", "[order list]") {
  Cards cards;
  cards.driver.focus("Order/slow");
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Alt, true);  // a moment before, as hands do
  cards.driver.frames(1);
  cards.driver.key(ImGuiKey_DownArrow);
  CHECK(cards.order == Order{1, 0, 2, 3});
  CHECK(cards.driver.has_ring("Order/slow"));
  cards.driver.key(ImGuiKey_UpArrow);
  CHECK(cards.order == Order{0, 1, 2, 3});
}

TEST_CASE("Tab goes through the cards as they stand, and a lifted one is put down on the way", "[order list]") {
  Cards cards;
  cards.order = {2, 0, 1, 3};
  cards.driver.frames(2);
  cards.driver.focus("Order/quick #2");
  cards.driver.key(ImGuiKey_Tab);
  CHECK(cards.driver.has_ring("Order/slow"));
  cards.driver.key(ImGuiKey_Enter);
  cards.driver.key(ImGuiKey_Tab);
  CHECK(cards.driver.has_ring("Order/quick #1"));
  CHECK_FALSE(cards.view.lifted);
}

TEST_CASE("a list that is not asked for any more shows the order and cannot be changed", "[order list]") {
  Cards cards;
  const float with_hint = cards.below;
  cards.enabled = false;
  cards.driver.frames(2);
  cards.driver.drag("Order/slow", {0, 2 * cards.pitch()});
  CHECK(cards.order == Order{0, 1, 2, 3});
  CHECK(cards.driver.shows("quick #2"));
  CHECK_FALSE(cards.driver.shows("Drag a card"));
  CHECK(cards.below < with_hint);
}

TEST_CASE("on the wall everything of the list is larger", "[order list]") {
  Cards cards;
  const float before = cards.driver.find("Order/slow").box.height();
  cards.scale_up = 2.0F;
  cards.driver.frames(2);
  CHECK(cards.driver.find("Order/slow").box.height() == 2 * before);
}

TEST_CASE("pictures of the order list", "[.pictures]") {
  const char* folder = std::getenv("LOITER_PICTURES");  // NOLINT(concurrency-mt-unsafe): one thread
  if (folder == nullptr) SKIP("LOITER_PICTURES names no folder");
  struct Shot {
    const char* name;
    ImVec2 units;
    float scale;
    float scale_up;
    ThemeChoice theme;
  };
  for (const Shot& shot : {Shot{"order-list-panel", {296, 240}, 1, 1, ThemeChoice::Light},
                           Shot{"order-list-dark", {296, 240}, 1, 1, ThemeChoice::Dark},
                           Shot{"order-list-2x", {296, 240}, 2, 1, ThemeChoice::Light},
                           Shot{"order-list-wall", {916, 400}, 1, 1.8F, ThemeChoice::Light},
                           Shot{"order-list-wall-dark-2x", {916, 400}, 2, 1.8F, ThemeChoice::Dark}}) {
    Cards cards(
        {.size = {shot.units.x * shot.scale, shot.units.y * shot.scale}, .scale = shot.scale, .theme = shot.theme});
    cards.labels[1] = "a label that is rather long for its card and is cut";
    cards.scale_up = shot.scale_up;
    cards.driver.frames(2);
    cards.driver.focus("Order/slow");
    cards.driver.picture(std::filesystem::path(folder) / (std::string(shot.name) + ".png"));
    cards.driver.key(ImGuiKey_Enter);
    cards.driver.key(ImGuiKey_DownArrow);
    cards.driver.wait(0.3);
    cards.driver.picture(std::filesystem::path(folder) / (std::string(shot.name) + "-lifted.png"));
    cards.enabled = false;
    cards.driver.frames(2);
    cards.driver.picture(std::filesystem::path(folder) / (std::string(shot.name) + "-told.png"));
  }
}
