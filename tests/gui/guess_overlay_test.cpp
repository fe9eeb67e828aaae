// What a lesson's reader expected, laid over the timeline and the order.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "gui/panel_scene.hpp"
#include "views/guess_runs.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;

namespace {

constexpr ImVec2 normal{711, 260};

Scene guessed_scene(trace::Run run, double seconds, views::GuessMarks marks) {
  Scene scene(std::move(run), seconds);
  scene.guess = std::move(marks);
  return scene;
}

}  // namespace

TEST_CASE("a sketch over the timeline says whose bars they are and leaves every word of the run", "[guess]") {
  const float scale = GENERATE(1.0F, 2.0F);
  const ThemeChoice theme = GENERATE(ThemeChoice::Light, ThemeChoice::Dark);
  Scene scene = guessed_scene(samples::loiter_run(true), 5, samples::loiter_sketch());
  Driver lab{scene.draw(&Scene::timeline),
             {.size = {normal.x * scale, normal.y * scale}, .scale = scale, .theme = theme}};
  for (const char* words :
       {"dashed: your sketch", "first difference", "loiter(1)", "loiter(3)", "loiter(4)", "you: loiter(4)"}) {
    INFO(words);
    CHECK(lab.shows(words));
  }
}

TEST_CASE("without a guess nothing is laid over a panel", "[guess]") {
  const auto panel = GENERATE(&Scene::timeline, &Scene::order);
  Scene scene(samples::loiter_run(true), 5);
  Driver lab{scene.draw(panel), {.size = normal}};
  for (const char* words : {"dashed", "first difference", "you:"}) CHECK_FALSE(lab.shows(words));
  const Picture before = lab.picture();
  scene.guess = views::GuessMarks{};
  lab.frames(2);
  CHECK(std::ranges::equal(lab.picture().pixels, before.pixels));
}

TEST_CASE("the flag of the first difference tells it, and leads there", "[guess]") {
  Scene scene = guessed_scene(samples::loiter_run(true), 5, samples::loiter_sketch());
  Driver lab{scene.draw(&Scene::timeline), {.size = normal}};
  lab.hover("Timeline/first difference");
  lab.wait(1.0);
  CHECK(lab.shows("loiter(4) begins at 1.00 s, not at 3.00 s."));
  lab.click("Timeline/first difference");
  CHECK(scene.playhead == samples::at_seconds(1));
  scene.playhead = samples::at_seconds(5);
  lab.focus("Timeline/first difference");
  lab.key(ImGuiKey_Enter);
  CHECK(scene.playhead == samples::at_seconds(1));
}

TEST_CASE("a difference that is only an instant has its flag, and no note about a sketch", "[guess]") {
  views::GuessMarks marks;
  marks.difference = {no_future, samples::at_seconds(2.5), "At 2.50 s there were three results, not two."};
  Scene scene = guessed_scene(samples::loiter_run(true), 5, marks);
  Driver lab{scene.draw(&Scene::timeline), {.size = {GENERATE(300.0F, 711.0F), 260}}};
  CHECK(lab.has("Timeline/first difference"));
  CHECK_FALSE(lab.shows("dashed"));
}

TEST_CASE("a difference without an instant has no flag", "[guess]") {
  views::GuessMarks marks = samples::loiter_sketch();
  marks.difference->at.reset();
  Scene scene = guessed_scene(samples::loiter_run(true), 5, marks);
  Driver lab{scene.draw(&Scene::timeline), {.size = normal}};
  CHECK_FALSE(lab.has("Timeline/first difference"));
}

TEST_CASE("what was sketched of a bar is told beside its facts", "[guess]") {
  Scene scene = guessed_scene(samples::loiter_run(true), 5, samples::loiter_sketch());
  Driver lab{scene.draw(&Scene::timeline), {.size = normal}};
  const Box bar = lab.find("Timeline/loiter(4)").box;
  lab.hover(bar.centre());
  lab.wait(1.0);
  CHECK(lab.shows("your sketch: 3.00 s - 7.00 s"));
  CHECK(lab.shows("first difference: loiter(4) begins at 1.00 s, not at 3.00 s."));
}

TEST_CASE("a guessed order has a chip in every row", "[guess]") {
  const float scale = GENERATE(1.0F, 2.0F);
  const float width = GENERATE(280.0F, 711.0F);
  const auto column = GENERATE(views::GuessMarks::Column::Submitted, views::GuessMarks::Column::Began,
                               views::GuessMarks::Column::Finished, views::GuessMarks::Column::Delivered);
  Scene scene = guessed_scene(samples::loiter_run(true), 5, samples::loiter_order(column));
  Driver lab{scene.draw(&Scene::order), {.size = {width * scale, 260 * scale}, .scale = scale}};
  CHECK(lab.shows("loiter(4)"));
  for (int place = 1; place <= 5; ++place) {
    const std::string words = std::to_string(place);
    CHECK(lab.shows(width > 400 ? "you: " + words : words));
  }
  lab.hover("Order/loiter(1)");
  lab.wait(1.0);
  CHECK(lab.shows("you: place 3 of 5"));
  if (width > 400) CHECK(lab.shows("first difference: At place 2 it was loiter(1), not loiter(3)."));
}

namespace {

struct Shot {
  std::string name;
  ImVec2 units;
  Scene::PanelFunction panel;
  double seconds;
  float scale = 1.0F;
};

void shoot(const trace::Run& run, const views::GuessMarks& marks, const Shot& shot,
           const std::filesystem::path& folder) {
  for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
    Scene scene = guessed_scene(run, shot.seconds, marks);
    Driver driver{
        scene.draw(shot.panel),
        {.size = {shot.units.x * shot.scale, shot.units.y * shot.scale}, .scale = shot.scale, .theme = theme}};
    driver.wait(0.5);
    driver.picture(folder / (shot.name + (theme == ThemeChoice::Light ? "-light.png" : "-dark.png")));
  }
}

// Tasks of many lengths, one after the other on one worker, or each on a worker of its own.
trace::Run row_of_tasks(std::uint32_t count, std::uint32_t workers) {
  samples::RunBuilder b(samples::loiter_header());
  b.at(0).main_begins().pool(workers);
  for (std::uint32_t i = 1; i <= count; ++i) b.submit(i, "task(" + std::to_string(i) + ")");
  double t = 0;
  for (std::uint32_t i = 1; i <= count; ++i) {
    const std::uint32_t lane = workers == 1 ? 1 : i;
    if (workers > 1 || i == 1) b.worker_begins(lane);
    b.on(lane).task_begins(i);
    t += workers == 1 ? i * 0.5 : 0.25;
    if (workers == 1) b.at(t).task_returns(i, std::to_string(i));
  }
  for (std::uint32_t i = 1; i <= count && workers > 1; ++i) b.at(0.25 * i).on(i).task_returns(i, std::to_string(i));
  return b.take();
}

views::GuessMarks all_at_once(std::uint32_t count, double seconds) {
  views::GuessMarks marks;
  for (std::uint32_t i = 1; i <= count; ++i) marks.bars.push_back(samples::guessed_bar(i, 0, seconds, i == 1));
  marks.difference = {FutureId{2}, samples::at_seconds(0.5), "task(2) begins at 0.50 s, not at 0.00 s."};
  return marks;
}

}  // namespace

TEST_CASE("pictures of guesses over a run", "[.pictures]") {
  const char* folder = std::getenv("LOITER_PICTURES");  // NOLINT(concurrency-mt-unsafe): one thread
  if (folder == nullptr) SKIP("LOITER_PICTURES names no folder");
  using Column = views::GuessMarks::Column;
  const trace::Run run = samples::loiter_run(true);
  views::GuessMarks instant;
  instant.difference = {no_future, samples::at_seconds(2.5), "At 2.50 s there were three results, not two."};
  shoot(run, samples::loiter_sketch(), {"guess-sketch", {711, 206}, &Scene::timeline, 5}, folder);
  shoot(run, samples::loiter_sketch(), {"guess-sketch-early", {711, 206}, &Scene::timeline, 2.2}, folder);
  shoot(run, samples::loiter_sketch(), {"guess-sketch-narrow", {300, 240}, &Scene::timeline, 5}, folder);
  shoot(run, samples::loiter_sketch(), {"guess-sketch-2x", {640, 206}, &Scene::timeline, 5, 2.0F}, folder);
  shoot(run, instant, {"guess-instant", {711, 206}, &Scene::timeline, 5}, folder);
  shoot(row_of_tasks(4, 1), all_at_once(4, 1), {"guess-1-worker", {711, 140}, &Scene::timeline, 5}, folder);
  shoot(row_of_tasks(10, 10), all_at_once(10, 1), {"guess-10-workers", {711, 460}, &Scene::timeline, 2.5}, folder);
  shoot(run, samples::loiter_order(), {"guess-order", {711, 230}, &Scene::order, 5}, folder);
  shoot(run, samples::loiter_order(), {"guess-order-narrow", {280, 230}, &Scene::order, 5}, folder);
  shoot(run, samples::loiter_order(), {"guess-order-2x", {500, 230}, &Scene::order, 5, 2.0F}, folder);
  shoot(run, samples::loiter_order(Column::Delivered), {"guess-delivered", {711, 230}, &Scene::order, 5}, folder);
  shoot(run, samples::loiter_order(Column::Began), {"guess-began", {500, 230}, &Scene::order, 5}, folder);
}
