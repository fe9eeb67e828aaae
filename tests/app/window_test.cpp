// The real program in a real window (under Xvfb): what it shows and how it ends.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#include <stb/stb_image.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>

#include "app/program.hpp"

using namespace loiter::app::testing;

namespace {

struct Folder {
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "loiter-window-XXXXXX").string();
    path = mkdtemp(name.data());
  }
  ~Folder() {
    std::error_code error;
    std::filesystem::remove_all(path, error);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path path;
};

struct Image {
  int width = 0;
  int height = 0;
  std::map<unsigned, int> colours;  // 0xRRGGBB to how many pixels
};

Image read_image(const std::filesystem::path& path) {
  Image image;
  int channels = 0;
  const std::unique_ptr<unsigned char, void (*)(void*)> pixels(
      stbi_load(path.c_str(), &image.width, &image.height, &channels, 3), stbi_image_free);
  REQUIRE(pixels != nullptr);
  for (int i = 0; i < image.width * image.height; ++i) {
    const unsigned char* p = pixels.get() + static_cast<std::ptrdiff_t>(i) * 3;
    ++image.colours[(unsigned{p[0]} << 16U) | (unsigned{p[1]} << 8U) | unsigned{p[2]}];
  }
  return image;
}

}  // namespace

TEST_CASE("the window runs loiter to its end and shows its bars in the colours of their states") {
  const Folder folder;
  const auto picture = folder.path / "end.png";
  const Finished finished = run_loiter({"--run", "--clock", "simulated", "--speed", "instant", "--screenshot",
                                        picture.string(), "--after", "1.5", "--size", "1280x800"});
  INFO(finished.err);
  REQUIRE(finished.status == 0);
  const Image image = read_image(picture);
  CHECK(image.width == 1280);
  CHECK(image.height == 800);
  // Four bars of 24 units, together more than 400 units wide, in the green of "returned"; nothing runs any more.
  CHECK(image.colours.at(0x007B5A) > 24 * 400);
  CHECK(image.colours.at(0xFFFFFF) > 100'000);
}

TEST_CASE("the window compares the three modes: four bars in each of three strips, over one axis") {
  const Folder folder;
  const auto compared = folder.path / "compared.png";
  const Finished finished = run_loiter({"--compare", "--clock", "simulated", "--speed", "instant", "--screenshot",
                                        compared.string(), "--after", "2", "--size", "1280x800"});
  INFO(finished.err);
  REQUIRE(finished.status == 0);
  // Ten seconds of bars per strip, 24 units high, over one axis of ten seconds that is some 450 units wide: as much as
  // three bars of the whole width, but for the words in them.
  const int green = read_image(compared).colours.at(0x007B5A);
  CHECK(green > 3 * 24 * 350);
  CHECK(green < 3 * 24 * 480);
}

TEST_CASE("what the window shows of a recorded run is what it showed of the run itself") {
  const Folder folder;
  const auto file = (folder.path / "run.jsonl").string();
  REQUIRE(run_loiter({"run", "loiter", "--clock", "simulated", "--format", "transcript", "--record", file}).status ==
          0);
  const auto live = folder.path / "live.png";
  const auto shown = folder.path / "shown.png";
  REQUIRE(run_loiter(
              {"--run", "--clock", "simulated", "--speed", "instant", "--screenshot", live.string(), "--after", "1.5"})
              .status == 0);
  REQUIRE(run_loiter({"show", file, "--speed", "instant", "--screenshot", shown.string(), "--after", "1.5"}).status ==
          0);
  const Image a = read_image(live);
  const Image b = read_image(shown);
  // Alike to the pixel in every colour of a state.
  for (const unsigned state : {0x007B5AU, 0x0072B2U, 0xB94C00U, 0x845700U}) {
    const auto count = [&](const Image& image) { return image.colours.contains(state) ? image.colours.at(state) : 0; };
    CHECK(count(a) == count(b));
  }
}

TEST_CASE("both themes and scale 2 are drawn") {
  const Folder folder;
  const auto picture = (folder.path / "dark.png").string();
  REQUIRE(run_loiter({"--run", "--clock", "simulated", "--speed", "instant", "--theme", "dark", "--scale", "2",
                      "--size", "1600x1000", "--screenshot", picture, "--after", "1"})
              .status == 0);
  CHECK(read_image(picture).colours.at(0x1A1E22) > 100'000);
}

TEST_CASE("a lesson for the wall is drawn as large as the window, and light though the window is dark") {
  const Folder folder;
  const auto picture = (folder.path / "wall.png").string();
  const Finished finished = run_loiter({"--lesson", "4", "--page", "3", "--present", "--theme", "dark", "--size",
                                        "1024x768", "--screenshot", picture, "--after", "1"});
  INFO(finished.err);
  REQUIRE(finished.status == 0);
  const Image image = read_image(picture);
  CHECK(image.width == 1024);
  CHECK(image.height == 768);
  CHECK(image.colours.at(0xFFFFFF) > 600'000);
  CHECK(image.colours.at(0xF2F4F6) > 50'000);  // the foot with its keys
}

TEST_CASE("a signal closes the window in the middle of a run, without an error") {
  const int signal = GENERATE(SIGINT, SIGTERM);
  const Finished finished = run_loiter({"--run", "--clock", "live"}, signal, std::chrono::milliseconds(1500));
  CHECK(finished.status == 0);
  CHECK(finished.err.empty());
}

TEST_CASE("a damaged run file is one line with file and line, and no window") {
  const Folder folder;
  const auto file = (folder.path / "bad.jsonl").string();
  std::ofstream(file) << "{\"loiter\": 1}\n[]\n";
  const Finished finished = run_loiter({"show", file});
  CHECK(finished.status == 2);
  CHECK(finished.err.find("bad.jsonl:") != std::string::npos);
  CHECK(std::count(finished.err.begin(), finished.err.end(), '\n') == 1);
}

TEST_CASE("bad options of the window are one line each, status 2") {
  const auto [arguments, said] = GENERATE(table<std::vector<std::string>, std::string>({
      {{"--sceenshot", "x.png"}, "--screenshot"},
      {{"--scale", "9"}, "--scale must be a number from 1 to 2.5"},
      {{"--size", "big"}, "--size must be WIDTHxHEIGHT"},
      {{"--theme", "pink"}, "--theme is light or dark"},
      {{"--screenshot"}, "--screenshot"},
      {{"--workers", "0"}, "--workers must be a whole number from 1 to 1000"},
      {{"--mode", "processes", "--workers", "101"}, "from 1 to 100 for processes"},
      {{"--screenshot", "/nowhere/at/all.png", "--after", "0.1"}, "could not be written"},
  }));
  const Finished finished = run_loiter(arguments);
  INFO(finished.err);
  CHECK(finished.status == 2);
  CHECK(finished.err.find(said) != std::string::npos);
  CHECK(std::count(finished.err.begin(), finished.err.end(), '\n') == 1);
}
