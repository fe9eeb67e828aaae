#include "gui/drawn_text.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

namespace loiter::gui::testing {
namespace {

struct Letter {
  ImFontBaked* baked = nullptr;
  const ImFontGlyph* glyph = nullptr;
};

// Finds the letter that is at a place of the atlas.
class Letters {
 public:
  explicit Letters(const ImFontAtlas& atlas) {
    if (atlas.Builder == nullptr) return;
    auto& pool = atlas.Builder->BakedPool;
    for (int i = 0; i < pool.Size; ++i) {
      ImFontBaked& baked = pool[i];
      if (baked.WantDestroy) continue;
      for (const ImFontGlyph& glyph : baked.Glyphs) {
        if (glyph.Visible) m_by_corner[{glyph.U0, glyph.V0}] = {&baked, &glyph};
      }
    }
  }

  [[nodiscard]] std::optional<Letter> at(ImVec2 low, ImVec2 high) const {
    if (const auto found = m_by_corner.find({low.x, low.y}); found != m_by_corner.end()) return found->second;
    // A letter that was cut off begins elsewhere, but its middle is still its own.
    const ImVec2 middle{(low.x + high.x) * 0.5F, (low.y + high.y) * 0.5F};
    for (const auto& [corner, letter] : m_by_corner) {
      const ImFontGlyph& glyph = *letter.glyph;
      if (middle.x > glyph.U0 && middle.x < glyph.U1 && middle.y > glyph.V0 && middle.y < glyph.V1) return letter;
    }
    return std::nullopt;
  }

 private:
  std::map<std::pair<float, float>, Letter> m_by_corner;
};

std::string utf8(unsigned int codepoint) {
  std::array<char, 5> bytes{};
  ImTextCharToUtf8(bytes.data(), codepoint);
  return bytes.data();
}

class Reader {
 public:
  explicit Reader(const ImFontAtlas& atlas) : m_letters{atlas} {}

  void read(const ImDrawList& list, const ImDrawCmd& command) {
    for (unsigned int i = 0; i + 6 <= command.ElemCount;) {
      // A letter is a quad: two triangles over four new corners, drawn as 0 1 2, 0 2 3.
      const ImDrawIdx* index = &list.IdxBuffer[static_cast<int>(command.IdxOffset + i)];
      const auto corner = [&](unsigned int k) -> const ImDrawVert& {
        return list.VtxBuffer[static_cast<int>(command.VtxOffset + index[k])];
      };
      const bool quad = index[0] == index[3] && index[2] == index[4] && corner(0).uv.x != corner(2).uv.x &&
                        corner(0).uv.y != corner(2).uv.y;
      const auto letter = quad ? m_letters.at(corner(0).uv, corner(2).uv) : std::nullopt;
      if (!letter) {
        i += 3;
        continue;
      }
      i += 6;
      const Box ink{corner(0).pos.x, corner(0).pos.y, corner(2).pos.x, corner(2).pos.y};
      const Box clip{command.ClipRect.x, command.ClipRect.y, command.ClipRect.z, command.ClipRect.w};
      if (clip.contains(ink.centre())) add(*letter, ink, corner(0).col);
    }
  }

  std::vector<DrawnText> finished() { return std::move(m_runs); }

 private:
  void add(const Letter& letter, const Box& ink, ImU32 colour) {
    const float pen = ink.x0 - letter.glyph->X0;
    const float baseline = ink.y0 - letter.glyph->Y0 + letter.baked->Ascent;
    const std::optional<int> spaces = spaces_before(letter, pen, baseline, colour);
    if (!spaces) {
      m_runs.push_back({.text = {},
                        .ink = ink,
                        .baseline_y = baseline,
                        .begin_x = pen,
                        .end_x = pen,
                        .size = letter.baked->Size,
                        .colour = colour});
    }
    DrawnText& run = m_runs.back();
    run.text.append(static_cast<std::size_t>(spaces.value_or(0)), ' ');
    run.text += utf8(letter.glyph->Codepoint);
    run.ink = {std::min(run.ink.x0, ink.x0), std::min(run.ink.y0, ink.y0), std::max(run.ink.x1, ink.x1),
               std::max(run.ink.y1, ink.y1)};
    run.end_x = pen + letter.glyph->AdvanceX;
    m_last = letter;
  }

  // How many spaces lie between the last letter and this one; nothing when it begins another run.
  [[nodiscard]] std::optional<int> spaces_before(const Letter& letter, float pen, float baseline, ImU32 colour) const {
    if (m_runs.empty() || m_last.baked != letter.baked) return std::nullopt;
    const DrawnText& run = m_runs.back();
    if (run.colour != colour || std::abs(run.baseline_y - baseline) > 0.5F) return std::nullopt;
    constexpr float tolerance = 0.6F;  // positions are rounded to whole pixels when a text begins
    constexpr int most = 3;            // wider gaps separate columns
    const float gap = pen - run.end_x;
    const float space = letter.baked->GetCharAdvance(' ');
    const int count = static_cast<int>(std::lround(gap / space));
    if (count < 0 || count > most || std::abs(gap - static_cast<float>(count) * space) > tolerance) return std::nullopt;
    return count;
  }

  Letters m_letters;
  Letter m_last;
  std::vector<DrawnText> m_runs;
};

void append(std::string& line, const DrawnText* before, const DrawnText& run) {
  const bool touches = before != nullptr && std::abs(before->baseline_y - run.baseline_y) < 1.5F &&
                       std::abs(run.begin_x - before->end_x) < 0.12F * run.size;
  if (!line.empty() && line.back() != '\n' && !touches) line += ' ';
  line += run.text;
}

}  // namespace

std::vector<DrawnText> drawn_text(const ImDrawData& data, const ImFontAtlas& atlas) {
  Reader reader{atlas};
  for (const ImDrawList* list : data.CmdLists) {
    for (const ImDrawCmd& command : list->CmdBuffer) {
      if (command.UserCallback == nullptr) reader.read(*list, command);
    }
  }
  return reader.finished();
}

std::string in_drawing_order(const std::vector<DrawnText>& runs) {
  std::string all;
  const DrawnText* before = nullptr;
  for (const DrawnText& run : runs) {
    append(all, before, run);
    before = &run;
  }
  return all;
}

std::string in_lines(std::vector<DrawnText> runs) {
  std::ranges::stable_sort(runs, {}, [](const DrawnText& run) {
    return std::pair{std::lround(run.baseline_y / 2.0F), run.begin_x};
  });
  std::string all;
  const DrawnText* before = nullptr;
  for (const DrawnText& run : runs) {
    if (before != nullptr && std::abs(before->baseline_y - run.baseline_y) > 2.5F) all += '\n';
    append(all, before, run);
    before = &run;
  }
  return all;
}

}  // namespace loiter::gui::testing
