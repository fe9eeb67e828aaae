// Pictures of the panels Order, Stage and Waits alone, to be looked at: LOITER_PICTURES names the folder.
#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "gui/panel_scene.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;

namespace {

// The eight tasks of the design's picture on three workers.
trace::Run order_run(trace::Collect collect) {
  trace::Header header = samples::loiter_header();
  header.collect = collect;
  samples::RunBuilder b(header);
  constexpr int lengths[] = {6, 1, 2, 1, 3, 1, 2, 1};
  constexpr int starts[] = {0, 0, 0, 0, 1, 1, 2, 2};
  b.at(0).main_begins().pool(4);
  for (std::uint32_t i = 0; i < 8; ++i) b.submit(i + 1, "loiter(" + std::to_string(lengths[i]) + ")");
  for (std::uint32_t lane = 1; lane <= 4; ++lane) b.worker_begins(lane);
  constexpr std::uint32_t lanes[] = {1, 2, 3, 4, 2, 4, 3, 4};
  std::uint32_t delivered = 0;
  for (int t = 0; t <= 6; ++t) {
    b.at(t);
    for (std::uint32_t i = 0; i < 8; ++i) {
      if (starts[i] + lengths[i] != t) continue;
      b.on(lanes[i]).task_returns(i + 1, std::to_string(lengths[i] * 10));
      if (collect == trace::Collect::AsCompleted) {
        b.on(0).delivers(i + 1, delivered++, trace::DeliveredBy::AsCompleted);
      }
    }
    for (std::uint32_t i = 0; i < 8; ++i) {
      if (starts[i] == t) b.on(lanes[i]).task_begins(i + 1);
    }
  }
  if (collect == trace::Collect::Map) {
    for (std::uint32_t i = 0; i < 8; ++i) b.on(0).delivers(i + 1, i);
  }
  b.on(0).event(trace::RunEnded{});
  return b.take();
}

struct Shot {
  std::string name;
  ImVec2 units;
  Scene::PanelFunction panel;
  double seconds;
  float scale = 1.0F;
};

void shoot(const trace::Run& run, const Shot& shot, const std::filesystem::path& folder) {
  for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
    Scene scene(run, shot.seconds);
    scene.selection.future = FutureId{1};
    Driver driver{
        scene.draw(shot.panel),
        {.size = {shot.units.x * shot.scale, shot.units.y * shot.scale}, .scale = shot.scale, .theme = theme}};
    driver.wait(0.5);
    driver.picture(folder / (shot.name + (theme == ThemeChoice::Light ? "-light.png" : "-dark.png")));
  }
}

}  // namespace

TEST_CASE("pictures of the panels beside the timeline", "[.pictures]") {
  const char* folder = std::getenv("LOITER_PICTURES");  // NOLINT(concurrency-mt-unsafe): one thread
  if (folder == nullptr) SKIP("LOITER_PICTURES names no folder");
  shoot(order_run(trace::Collect::Map), {"order", {640, 480}, &Scene::order, 6}, folder);
  shoot(order_run(trace::Collect::Map), {"order-early", {711, 330}, &Scene::order, 3.5}, folder);
  shoot(order_run(trace::Collect::AsCompleted), {"order-completed", {900, 400}, &Scene::order, 4.5}, folder);
  shoot(order_run(trace::Collect::Map), {"order-narrow", {400, 240}, &Scene::order, 6, 2.0F}, folder);
  shoot(samples::states_run(), {"order-states", {711, 260}, &Scene::order, 2}, folder);
  shoot(samples::long_run(100'000), {"order-many", {711, 300}, &Scene::order, 12}, folder);
  shoot(samples::states_run(), {"stage-states", {711, 158}, &Scene::stage, 2}, folder);
  shoot(samples::long_run(300, 12, 0.5), {"stage-12", {711, 158}, &Scene::stage, 1}, folder);
  shoot(samples::long_run(100'000, 1000, 1), {"stage-1000", {1100, 158}, &Scene::stage, 2}, folder);
  shoot(samples::loiter_run(), {"stage-2x", {711, 158}, &Scene::stage, 0.5, 2.0F}, folder);
  shoot(samples::deadlock_run(), {"waits-narrow", {262, 345}, &Scene::waits, 0}, folder);
  shoot(samples::deadlock_run(), {"waits-2x", {711, 280}, &Scene::waits, 0, 2.0F}, folder);
  shoot(samples::states_run(), {"waits-states", {262, 345}, &Scene::waits, 1}, folder);
}
