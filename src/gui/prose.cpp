#include "gui/prose.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "gui/paint.hpp"
#include "gui/press.hpp"
#include "gui/prose_code.hpp"
#include "gui/text.hpp"
#include "gui/widgets.hpp"

namespace loiter::gui {
namespace {

using lessons::Block;
using lessons::Span;

// A part of a word in one look. What has no space between it is one word, and is not broken.
struct Piece {
  std::string_view text;
  const Span* span = nullptr;
  float width = 0.0F;
};
struct Word {
  std::vector<Piece> pieces;
  float width = 0.0F;
};

TextStyle style_of(const Span& span, const ProseStyle& style, const Look& look) {
  const bool strong = span.strong || span.emphasis;  // the fonts have no slanted face
  const Face face = span.code ? (strong ? Face::MonoBold : Face::Mono) : strong ? Face::SansBold : Face::Sans;
  // The letters of code look larger at the same size.
  return {face, span.code ? style.text * 0.94F : style.text, look.theme.text};
}

std::vector<Word> words_of(const std::vector<Span>& spans, const ProseStyle& style, const Look& look) {
  std::vector<Word> words;
  bool begins = true;
  for (const Span& span : spans) {
    if (span.picture) continue;
    std::string_view rest = span.text;
    while (!rest.empty()) {
      const std::size_t blank = rest.find_first_of(" \n");
      const std::string_view text = rest.substr(0, blank);
      if (!text.empty()) {
        if (begins) words.emplace_back();
        begins = false;
        const float width = text_width(look, style_of(span, style, look), text);
        words.back().pieces.push_back({text, &span, width});
        words.back().width += width;
      }
      if (blank == std::string_view::npos) break;
      begins = true;
      rest.remove_prefix(blank + 1);
    }
  }
  return words;
}

class ProseDrawing {
 public:
  ProseDrawing(ProseView& view, float width, const ProseStyle& style, const Look& look)
      : m_view(view), m_width(width), m_style(style), m_look(look) {}

  void draw(const lessons::Blocks& blocks) {
    m_x0 = ImGui::GetCursorScreenPos().x;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const Block& block = blocks[i];
      if (i > 0) leave(block.kind == Block::Kind::Item && blocks[i - 1].kind == Block::Kind::Item ? 0.4F : 1.0F);
      const bool has_twin = block.kind == Block::Kind::Code && i + 1 < blocks.size() && is_python(block) &&
                            blocks[i + 1].kind == Block::Kind::Code && is_cpp(blocks[i + 1]);
      draw(block, has_twin ? &blocks[i + 1] : nullptr);
      if (has_twin) ++i;
    }
  }
  ProsePressed pressed;

 private:
  static bool is_python(const Block& block) { return block.language == "python"; }
  static bool is_cpp(const Block& block) { return block.language == "cpp" || block.language == "c++"; }

  void leave(float share) { skip(std::round(m_style.gap * share)); }
  void skip(float height) {
    ImGui::SetCursorScreenPos({m_x0, ImGui::GetCursorScreenPos().y + height});
    ImGui::Dummy({1, 0});
    ImGui::SetCursorScreenPos({m_x0, ImGui::GetCursorScreenPos().y - ImGui::GetStyle().ItemSpacing.y});
  }

  void draw(const Block& block, const Block* twin) {
    const float indent = static_cast<float>(block.depth) * std::round(m_style.text * 1.4F);
    switch (block.kind) {
      case Block::Kind::Heading: {
        ProseStyle heading = m_style;
        heading.text = block.level <= 1 ? m_style.heading : std::round((m_style.heading + m_style.text) * 0.5F);
        heading.leading = std::round(heading.text * 1.4F);
        std::vector<Span> spans = block.spans;
        for (Span& span : spans) span.strong = true;
        draw_words(spans, heading, 0.0F);
        break;
      }
      case Block::Kind::Item:
        draw_mark(block, indent);
        draw_words(block.spans, m_style, indent);
        break;
      case Block::Kind::Paragraph:
        draw_words(block.spans, m_style, indent);
        draw_pictures(block.spans);
        break;
      case Block::Kind::Code:
        draw_prose_code(block.code, twin == nullptr ? "" : twin->code, is_cpp(block), m_view.language,
                        {m_x0 + indent, m_width - indent}, m_style, m_look);
        break;
      case Block::Kind::Rule: {
        const ImVec2 at = ImGui::GetCursorScreenPos();
        horizontal_line(*ImGui::GetWindowDrawList(), m_x0, m_x0 + m_width, at.y, m_look.theme.hairline,
                        m_look.metrics.hairline);
        skip(m_look.metrics.hairline);
        break;
      }
    }
  }

  void draw_mark(const Block& block, float indent) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float centre = at.y + m_style.leading * 0.5F;
    const float right = m_x0 + indent - std::round(m_style.text * 0.5F);
    const TextStyle style{Face::Sans, m_style.text, m_look.theme.text2};
    if (block.number > 0) {
      draw_text(list, m_look, style, right, centre, fmt::format("{}.", block.number), Align::Right);
    } else {
      list.AddCircleFilled({right - m_style.text * 0.2F, std::round(centre)}, std::round(m_style.text * 0.18F),
                           m_look.theme.text2);
    }
  }

  void draw_words(const std::vector<Span>& spans, const ProseStyle& style, float indent) {
    const auto words = words_of(spans, style, m_look);
    if (words.empty()) return;
    const float y0 = ImGui::GetCursorScreenPos().y;
    const float left = m_x0 + indent;
    const float right = m_x0 + m_width;
    const float space = text_width(m_look, {Face::Sans, style.text, 0}, " ");
    const Span* last = nullptr;
    float x = left;
    float y = y0 + style.leading * 0.5F;
    for (const Word& word : words) {
      if (x > left && x + word.width > right) {
        x = left;
        y += style.leading;
      }
      const Span* const before = x > left ? last : nullptr;
      if (before != nullptr && !before->to.empty() && before == word.pieces.front().span)
        underline(x - space, x, y, style);
      for (const Piece& piece : word.pieces) {
        draw_piece(piece, style, x, y);
        x += piece.width;
      }
      last = word.pieces.back().span;
      x += space;
    }
    ImGui::SetCursorScreenPos({m_x0, y0});
    ImGui::Dummy({m_width, y + style.leading * 0.5F - y0});
    ImGui::SetCursorScreenPos({m_x0, y + style.leading * 0.5F});
  }

  void underline(float x0, float x1, float y, const ProseStyle& style) const {
    horizontal_line(*ImGui::GetWindowDrawList(), x0, x1, std::round(y + style.text * 0.52F), m_look.theme.text2,
                    m_look.metrics.hairline);
  }

  void draw_piece(const Piece& piece, const ProseStyle& style, float x, float y) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const TextStyle text = style_of(*piece.span, style, m_look);
    const float half = std::round(style.leading * 0.42F);
    const Box box{x, y - half, x + piece.width, y + half};
    if (piece.span->code) {
      const float edge = m_look.metrics.px(2);
      fill_box(list, {box.x0 - edge, box.y0 + edge, box.x1 + edge, box.y1 - edge}, m_look.theme.chrome,
               m_look.metrics.wait_radius);
    }
    if (!piece.span->to.empty()) {
      ImGui::PushID(m_links++);
      const std::string label = fmt::format("Link/{}", piece.span->text);
      const Press press = press_area("##link", label, box, {});
      ImGui::PopID();
      if (press.pressed) pressed.link = piece.span->to;
      if (press.hovered) fill_box(list, box, m_look.theme.selection_wash, m_look.metrics.wait_radius);
      underline(box.x0, box.x1, y, style);
      focus_ring(m_look, press, m_look.metrics.lane_tag_radius);
      if (press.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    }
    draw_text(list, m_look, text, x, y, piece.text);
  }

  void draw_pictures(const std::vector<Span>& spans) {
    for (const Span& span : spans) {
      if (!span.picture) continue;
      const std::string path =
          m_view.folder.empty() || span.to.starts_with('/') ? span.to : m_view.folder + "/" + span.to;
      const auto size = m_view.pictures.size_of(path);
      if (!size) {
        const Span words{.text = fmt::format("[picture: {}]", span.text)};
        draw_words({words}, m_style, 0.0F);
        continue;
      }
      const float scale = std::min(1.0F * m_look.metrics.scale, m_width / size->x);
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const Box box = Box::at(m_x0, at.y, std::round(size->x * scale), std::round(size->y * scale));
      press_area(fmt::format("##{}", path).c_str(), fmt::format("Picture/{}", span.text), box, {.keyboard = false});
      m_view.pictures.draw(path, *ImGui::GetWindowDrawList(), box);
      tip_for_last_item(m_look, span.text);
      ImGui::SetCursorScreenPos({m_x0, box.y1});
    }
  }

  ProseView& m_view;
  float m_width;
  const ProseStyle& m_style;
  const Look& m_look;
  float m_x0 = 0.0F;
  int m_links = 0;
};

}  // namespace

ProseStyle panel_prose(const Look& look) {
  const Metrics& m = look.metrics;
  return {.text = m.type.base,
          .leading = m.px(20),
          .code = m.type.tiny,
          .code_line = m.px(17),
          .heading = m.type.tile,
          .gap = m.px(10)};
}

ProsePressed draw_prose(ProseView& view, const lessons::Blocks& blocks, float width, const ProseStyle& style,
                        const Look& look) {
  ImGui::PushID(&blocks);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{0, 0});
  ProseDrawing drawing(view, width, style, look);
  drawing.draw(blocks);
  ImGui::PopStyleVar();
  ImGui::PopID();
  return drawing.pressed;
}

}  // namespace loiter::gui
