// Progress: what becomes of beliefs, and a file that is kept whole or set aside.
#include "lessons/progress.hpp"

#include <catch2/catch_test_macros.hpp>

#include <fstream>

#include "support/approved.hpp"
#include "support/temporary_folder.hpp"

using namespace loiter;
using namespace loiter::lessons;

namespace {

Progress some_progress() {
  Progress progress;
  progress.reach("first", {2, 9});
  progress.answer({.lesson = "first", .question = 2, .right = false, .beliefs = {"map-order"}});
  progress.answer({.lesson = "first", .question = 3, .right = true, .beliefs = {"own-pool", "worked-once"}});
  progress.answer({.lesson = "first", .question = 4, .right = false, .beliefs = {}});
  return progress;
}

}  // namespace

TEST_CASE("a belief that was held is open until a question on it is answered right") {
  Progress progress = some_progress();
  CHECK(state_of(progress, "map-order") == BeliefState::Open);
  CHECK(state_of(progress, "own-pool") == BeliefState::NotHeld);
  CHECK(state_of(progress, "more-jobs") == BeliefState::NotMet);
  progress.answer({.lesson = "second", .question = 1, .right = true, .beliefs = {"map-order"}});
  CHECK(state_of(progress, "map-order") == BeliefState::Changed);
  progress.answer({.lesson = "second", .question = 2, .right = false, .beliefs = {"map-order"}});
  CHECK(state_of(progress, "map-order") == BeliefState::Open);
  progress.forget("second");
  progress.forget("first");
  CHECK(progress == Progress());
}

TEST_CASE("progress is kept in a file and comes back as it was") {
  const testing::TemporaryFolder folder;
  const std::string path = progress_path(folder.path());
  CHECK(load_progress(path).progress == Progress());
  CHECK(load_progress(path).message.empty());
  REQUIRE(save_progress(path, some_progress()));
  CHECK(load_progress(path).progress == some_progress());
  CHECK(load_progress(path).message.empty());
}

TEST_CASE("a damaged file is set aside, and that is said") {
  const testing::TemporaryFolder folder;
  const std::string path = folder / "progress.txt";
  for (const std::string damaged :
       {"", "loiter-progress 1", "something else\n", "loiter-progress 1\nreached first 3\n",
        "loiter-progress 1\nanswered first 2 perhaps -\n", "loiter-progress 1\nanswered first 2 right no-belief\n"}) {
    INFO(damaged);
    std::ofstream(path) << damaged;
    const LoadedProgress loaded = load_progress(path);
    CHECK(loaded.progress == Progress());
    CHECK(loaded.message.find("It is kept as ") != std::string::npos);
    CHECK(!std::filesystem::exists(path));
  }
  CHECK(testing::read_text(path + ".damaged-2") == "loiter-progress 1");
}

TEST_CASE("a later look back to an earlier step does not take progress away") {
  Progress progress = some_progress();
  progress.reach("first", {1, 9});
  CHECK(progress.lessons.at("first") == Reached{2, 9});
  progress.reach("first", {1, 5});  // the lesson was written anew
  CHECK(progress.lessons.at("first") == Reached{1, 5});
}

TEST_CASE("progress is told in words") {
  Progress progress = some_progress();
  progress.reach("of-my-own", {3, 3});
  progress.reach("a-second", {7, 7});
  progress.answer({.lesson = "a-second", .question = 2, .right = true, .beliefs = {"own-pool"}});
  progress.answer({.lesson = "first", .question = 4, .right = false, .beliefs = {"more-jobs"}});
  progress.answer({.lesson = "a-second", .question = 3, .right = true, .beliefs = {"more-jobs"}});
  // In the order of teaching, not of names; every line can be read without the lab.
  const std::vector<LessonName> names{{"first", "The first one"}, {"not-read", "Not read"}, {"a-second", "The second"}};
  testing::approved("lessons", "progress", text_of(progress, names));
  CHECK(text_of(Progress()) == "No lesson has been read yet. 'loiter lesson list' names them.\n");
}
