#include "gui/fonts.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <string_view>

namespace loiter::gui {
namespace {

namespace fs = std::filesystem;
using Bytes = std::shared_ptr<const std::string>;

// Where one face may lie below a font folder: as Debian packs it, then as other systems do. The first that is there
// wins; entries after `fallback_from` are not the face that was asked for.
struct FaceFiles {
  std::string_view wanted;
  std::vector<std::string_view> files;
  std::vector<std::string_view> fallbacks;
};

const std::array<FaceFiles, 4>& face_files() {
  static const std::array<FaceFiles, 4> table{{
      {"Inter",
       {"opentype/inter/Inter-Regular.otf", "truetype/inter/Inter-Regular.ttf", "inter/Inter-Regular.otf",
        "Inter-Regular.otf", "Inter-Regular.ttf"},
       {"truetype/dejavu/DejaVuSans.ttf", "dejavu/DejaVuSans.ttf", "DejaVuSans.ttf"}},
      {"Inter",
       {"opentype/inter/Inter-SemiBold.otf", "truetype/inter/Inter-SemiBold.ttf", "inter/Inter-SemiBold.otf",
        "Inter-SemiBold.otf", "Inter-SemiBold.ttf"},
       {"truetype/dejavu/DejaVuSans-Bold.ttf", "dejavu/DejaVuSans-Bold.ttf", "DejaVuSans-Bold.ttf"}},
      {"JetBrains Mono",
       {"truetype/jetbrains-mono/JetBrainsMono-Regular.ttf", "jetbrains-mono/JetBrainsMono-Regular.ttf",
        "JetBrainsMono-Regular.ttf"},
       {"truetype/dejavu/DejaVuSansMono.ttf", "dejavu/DejaVuSansMono.ttf", "DejaVuSansMono.ttf"}},
      {"JetBrains Mono",
       {"truetype/jetbrains-mono/JetBrainsMono-Bold.ttf", "jetbrains-mono/JetBrainsMono-Bold.ttf",
        "JetBrainsMono-Bold.ttf"},
       {"truetype/dejavu/DejaVuSansMono-Bold.ttf", "dejavu/DejaVuSansMono-Bold.ttf", "DejaVuSansMono-Bold.ttf"}},
  }};
  return table;
}

constexpr std::array<std::string_view, 3> cjk_files{"truetype/wqy/wqy-microhei.ttc", "wqy-microhei/wqy-microhei.ttc",
                                                    "wqy-microhei.ttc"};

// The font parser stops the program on a file that is no font, so look at its first four bytes.
bool looks_like_a_font(const std::string& bytes) {
  constexpr std::array<std::string_view, 4> magics{{{"\0\1\0\0", 4}, {"OTTO", 4}, {"ttcf", 4}, {"true", 4}}};
  const std::string_view head = std::string_view{bytes}.substr(0, 4);
  return bytes.size() > 1024 && std::ranges::find(magics, head) != magics.end();
}

// Reads each file once, however many faces use it.
class Library {
 public:
  explicit Library(std::span<const fs::path> folders) : m_folders{folders} {}

  Bytes first_of(std::span<const std::string_view> names) {
    for (const fs::path& folder : m_folders) {
      for (const std::string_view name : names) {
        if (Bytes bytes = read(folder / name)) {
          return bytes;
        }
      }
    }
    return nullptr;
  }

  std::vector<Bytes> files() const {
    std::vector<Bytes> all;
    for (const auto& [path, bytes] : m_read) {
      all.push_back(bytes);
    }
    return all;
  }

 private:
  Bytes read(const fs::path& path) {
    if (const auto found = m_read.find(path); found != m_read.end()) {
      return found->second;
    }
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) {
      return nullptr;
    }
    std::ifstream file{path, std::ios::binary};
    std::string bytes{std::istreambuf_iterator<char>{file}, {}};
    if (!looks_like_a_font(bytes)) {
      return nullptr;
    }
    return m_read.emplace(path, std::make_shared<const std::string>(std::move(bytes))).first->second;
  }

  std::span<const fs::path> m_folders;
  std::map<fs::path, Bytes> m_read;
};

// Puts the baseline where capital letters (0.73 em high in all of our faces) stand in the middle of the line box.
// Without this a line box of one em sits with its text too low, and every label in every button with it.
bool init_baked(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void* data) {
  if (!ImFontAtlasGetFontLoaderForStbTruetype()->FontBakedInit(atlas, source, baked, data)) {
    return false;
  }
  if (!source->MergeMode) {
    constexpr float capital_height = 0.73F;
    baked->Ascent = std::round(baked->Size * (0.5F + capital_height * 0.5F));
    baked->Descent = baked->Ascent - baked->Size;
  }
  return true;
}

const ImFontLoader* centring_loader() {
  static const ImFontLoader loader = [] {
    ImFontLoader made = *ImFontAtlasGetFontLoaderForStbTruetype();
    made.Name = "stb_truetype, capitals centred";
    made.FontBakedInit = init_baked;
    return made;
  }();
  return &loader;
}

// Negative sizes ask the loader for ems instead of the height of the tallest line; it looks at the sign only while a
// source is added.
constexpr float reference_size = 16.0F;

ImFont* add_source(ImFontAtlas& atlas, const Bytes& bytes, bool merge) {
  ImFontConfig config;
  // The parser reads only; the atlas would free the bytes if it believed they were its own, so that is taken back
  // right after it has copied the configuration.
  config.FontData = const_cast<char*>(bytes->data());
  config.FontDataSize = static_cast<int>(bytes->size());
  config.FontDataOwnedByAtlas = true;
  config.FontLoader = centring_loader();
  config.SizePixels = -reference_size;
  config.MergeMode = merge;
  config.OversampleV = 1;
  ImFont* font = atlas.AddFont(&config);
  font->Sources.back()->FontDataOwnedByAtlas = false;
  return font;
}

std::string missing_sentence(const std::vector<std::string_view>& missing, bool built_in) {
  if (missing.empty()) {
    return {};
  }
  std::string names;
  for (const std::string_view name : missing) {
    names += (names.empty() ? "" : " and ") + std::string{name};
  }
  return names + (missing.size() == 1 ? " is" : " are") + " not installed; " +
         (built_in ? "a built-in font stands in." : "DejaVu stands in.");
}

}  // namespace

std::vector<fs::path> font_folders() {
  std::vector<fs::path> folders{"/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "C:/Windows/Fonts"};
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing in the lab changes its environment
  if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0') {
    folders.push_back(fs::path{home} / ".local/share/fonts");
    folders.push_back(fs::path{home} / ".fonts");
  }
  return folders;
}

Fonts load_fonts(ImFontAtlas& atlas, std::span<const fs::path> folders) {
  Library library{folders};
  const Bytes cjk = library.first_of(cjk_files);
  Fonts fonts;
  std::vector<std::string_view> missing;
  bool built_in = false;
  for (std::size_t i = 0; i < fonts.faces.size(); ++i) {
    const FaceFiles& wanted = face_files()[i];
    Bytes bytes = library.first_of(wanted.files);
    if (!bytes) {
      if (std::ranges::find(missing, wanted.wanted) == missing.end()) {
        missing.push_back(wanted.wanted);
      }
      bytes = library.first_of(wanted.fallbacks);
    }
    built_in = built_in || !bytes;
    fonts.faces[i] = bytes ? add_source(atlas, bytes, false) : atlas.AddFontDefault();
    if (!bytes) continue;
    if (cjk) add_source(atlas, cjk, true);
    // Later the sign would turn the limits of a letter's width upside down.
    for (ImFontConfig* source : fonts.faces[i]->Sources) source->SizePixels = reference_size;
  }
  fonts.files = library.files();
  fonts.message = missing_sentence(missing, built_in);
  return fonts;
}

Fonts load_fonts(ImFontAtlas& atlas) { return load_fonts(atlas, font_folders()); }

}  // namespace loiter::gui
