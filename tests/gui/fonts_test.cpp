#include "gui/fonts.hpp"

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <vector>

#include "gui/driver.hpp"
#include "gui/text.hpp"

using namespace loiter::gui;
using namespace loiter::gui::testing;

namespace {

namespace fs = std::filesystem;

struct ScratchFolder {
  fs::path path = fs::current_path() / "fonts_test_folder";
  ScratchFolder() { fs::create_directories(path); }
  ~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
};

const fs::path system_fonts{"/usr/share/fonts"};
bool have(const char* file) { return fs::exists(system_fonts / file); }

}  // namespace

TEST_CASE("without any font file the built-in font stands in, and one sentence says so", "[fonts]") {
  ImFontAtlas atlas;
  const std::vector<fs::path> nowhere;
  const Fonts fonts = load_fonts(atlas, nowhere);
  for (const Face face : {Face::Sans, Face::SansBold, Face::Mono, Face::MonoBold}) CHECK(fonts.face(face) != nullptr);
  CHECK(fonts.message == "Inter and JetBrains Mono are not installed; a built-in font stands in.");
}

TEST_CASE("DejaVu stands in for the fonts that are missing", "[fonts]") {
  if (!have("truetype/dejavu/DejaVuSans.ttf")) SKIP("DejaVu is not installed");
  const ScratchFolder folder;
  for (const char* file : {"DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf"}) {
    fs::copy_file(system_fonts / "truetype/dejavu" / file, folder.path / file);
  }
  ImFontAtlas atlas;
  const Fonts fonts = load_fonts(atlas, std::vector{folder.path});
  CHECK(fonts.message == "Inter and JetBrains Mono are not installed; DejaVu stands in.");
  CHECK(fonts.files.size() == 4);
}

TEST_CASE("a file that is no font is passed over", "[fonts]") {
  const ScratchFolder folder;
  std::ofstream{folder.path / "Inter-Regular.ttf"} << std::string(4096, 'x');
  ImFontAtlas atlas;
  const Fonts fonts = load_fonts(atlas, std::vector{folder.path});
  CHECK(fonts.files.empty());
  CHECK_FALSE(fonts.message.empty());
}

TEST_CASE("a font file that several faces share is read once", "[fonts]") {
  if (!have("truetype/wqy/wqy-microhei.ttc")) SKIP("WenQuanYi Micro Hei is not installed");
  ImFontAtlas atlas;
  const Fonts fonts = load_fonts(atlas, std::vector{system_fonts});
  CHECK(fonts.files.size() <= 5);
}

TEST_CASE("sizes are ems: a digit of JetBrains Mono is 0.6 of the size wide", "[fonts]") {
  if (!have("truetype/jetbrains-mono/JetBrainsMono-Regular.ttf")) SKIP("JetBrains Mono is not installed");
  const Driver driver{in_window([](const Look&) {})};
  const Look& look = driver.look();
  for (const float size : {11.0F, 12.0F, 22.0F, 52.0F}) {
    const float width = text_width(look, {Face::Mono, size, 0}, "0000000000");
    CHECK(std::abs(width - size * 6.0F) < 0.05F);
  }
}

TEST_CASE("capital letters stand in the middle of the line box", "[fonts]") {
  const Driver driver{in_window([](const Look& look) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    for (const float size : {11.0F, 12.0F, 13.0F, 16.0F, 22.0F, 26.0F, 52.0F}) {
      for (const Face face : {Face::Sans, Face::SansBold, Face::Mono, Face::MonoBold}) {
        const float x = 20.0F + 100.0F * static_cast<float>(face);
        draw_text(list, look, {face, size, look.theme.text}, x, size * 10.0F, "H");
      }
    }
  })};
  const std::vector<DrawnText> letters = driver.texts();
  CHECK(letters.size() == 28);
  for (const DrawnText& letter : letters) {
    INFO(letter.size);
    // Half a pixel is rounding; letters are drawn on whole rows.
    CHECK(std::abs(letter.ink.centre_y() - letter.size * 10.0F) <= 1.0F);
  }
}

TEST_CASE("Dear ImGui's own text is centred by its capital letters too", "[fonts]") {
  for (const float scale : {1.0F, 2.0F}) {
    float middle = 0.0F;
    const Driver driver{in_window([&middle](const Look&) {
                          middle = ImGui::GetCursorScreenPos().y + ImGui::GetTextLineHeight() * 0.5F;
                          ImGui::TextUnformatted("H");
                        }),
                        {.scale = scale}};
    REQUIRE(driver.texts().size() == 1);
    CHECK(std::abs(driver.texts()[0].ink.centre_y() - middle) <= 1.0F);
  }
}

TEST_CASE("Chinese, Japanese and Korean can be written in every face", "[fonts]") {
  if (!have("truetype/wqy/wqy-microhei.ttc")) SKIP("WenQuanYi Micro Hei is not installed");
  for (const Face face : {Face::Sans, Face::SansBold, Face::Mono, Face::MonoBold}) {
    const Driver driver{in_window([face](const Look& look) {
      text(look, {face, look.metrics.type.base, look.theme.text}, "线程 スレッド 스레드");
    })};
    CHECK(driver.shows("线程 スレッド 스레드"));
  }
}
