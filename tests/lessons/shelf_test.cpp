// The lessons at hand: the lab's own and files, which are read again when they change; and the file with the progress.
#include "lessons/shelf.hpp"

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <fstream>

#include "lessons/progress_file.hpp"
#include "lessons/shipped.hpp"
#include "support/temporary_folder.hpp"

using namespace loiter;
using namespace loiter::lessons;

namespace {

const std::string lesson =
    "+++\nid = \"mine\"\ntitle = \"My lesson\"\nminutes = 5\n+++\n"
    "```lab\nexperiment = \"loiter\"\n```\n"
    "```predict\nkind = \"number\"\nask = \"How long?\"\nquantity = \"total_time\"\n```\n"
    "```explain\nBecause.\n```\n";

void write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

}  // namespace

TEST_CASE("the shelf has every lesson of the lab, in the order in which they are taught") {
  const Shelf shelf;
  REQUIRE(shelf.entries().size() >= shipped_lessons().size());
  for (std::size_t i = 0; i < shipped_lessons().size(); ++i) {
    REQUIRE(shelf.entries()[i].read.lesson);
    CHECK_FALSE(shelf.entries()[i].is_file);
  }
  CHECK(shelf.entries()[3].name == "map-or-as-completed");
  CHECK(shelf.find("map-or-as-completed") != nullptr);
  CHECK(shelf.find("no-such") == nullptr);
}

TEST_CASE("a file on the shelf is read again when it changes, and says what is wrong with it") {
  const testing::TemporaryFolder folder;
  const std::string path = folder / "mine.md";
  Shelf shelf;
  std::string message;
  CHECK_FALSE(shelf.add(path, message));
  CHECK(message.find(path) != std::string::npos);
  write(path, lesson);
  REQUIRE(shelf.add(path, message));
  REQUIRE(shelf.find(path) != nullptr);
  CHECK(shelf.find(path)->title == "My lesson");
  const auto version = shelf.find(path)->version;
  CHECK_FALSE(shelf.look_again());
  write(path, lesson + "More text.\n");
  CHECK(shelf.look_again());
  CHECK(shelf.find(path)->version > version);
  write(path, "+++\nid = \"mine\"\n+++\n");
  CHECK(shelf.look_again());
  CHECK_FALSE(shelf.find(path)->read.lesson);
  CHECK_FALSE(shelf.find(path)->read.mistakes.empty());
}

TEST_CASE("lessons in the folder are on the shelf as they come and go, and other texts are not") {
  const testing::TemporaryFolder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  Shelf shelf;
  write("mine.md", lesson);
  write("README.md", "# A text\n");
  CHECK(shelf.look_again());
  CHECK(shelf.find("mine.md") != nullptr);
  CHECK(shelf.find("README.md") == nullptr);
  std::filesystem::remove("mine.md");
  CHECK(shelf.look_again());
  CHECK(shelf.find("mine.md") == nullptr);
  std::filesystem::current_path(before);
}

TEST_CASE("two windows of the lab keep each other's progress") {
  const testing::TemporaryFolder folder;
  ProgressFile one(folder.path());
  ProgressFile other(folder.path());
  one.change([](Progress& progress) { progress.reach("first", {2, 9}); });
  other.change([](Progress& progress) { progress.reach("second", {1, 5}); });
  CHECK(other.progress().lessons.size() == 2);
  CHECK(load_progress(progress_path(folder.path())).progress.lessons.size() == 2);
  CHECK(one.take_message().empty());
}

TEST_CASE("progress that is damaged meanwhile is not lost by who has it in hand") {
  const testing::TemporaryFolder folder;
  ProgressFile file(folder.path());
  file.change([](Progress& progress) { progress.reach("first", {2, 9}); });
  write(progress_path(folder.path()), "nonsense\n");
  file.change([](Progress& progress) { progress.reach("second", {1, 5}); });
  CHECK(file.progress().lessons.size() == 2);
  CHECK(file.take_message().find("damaged") != std::string::npos);
  CHECK(file.take_message().empty());
}
