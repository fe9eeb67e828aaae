#include "gui/status_line.hpp"

#include <cmath>
#include <string>

#include "gui/panel.hpp"
#include "gui/state_style.hpp"
#include "gui/text.hpp"
#include "gui/widget_core.hpp"
#include "gui/widgets.hpp"

namespace loiter::gui {
namespace {

// How many of the keys there is room for beside the sentence.
std::size_t keys_that_fit(const Look& look, std::span<const KeyHint> keys, float room) {
  std::size_t fit = 0;
  for (const KeyHint& hint : keys) {
    room -= key_hint_width(look, hint.key, hint.what) + look.metrics.gap16;
    if (room < 0) break;
    ++fit;
  }
  return fit;
}

// What does not fit is left out by the sentence, what stands first is worth more; the first is cut between words.
std::string whole_sentences(const Look& look, const TextStyle& style, std::string_view text, float room) {
  std::string_view kept = text;
  while (text_width(look, style, kept) > room) {
    const std::size_t end = kept.rfind(". ", kept.size() - 2);
    if (end == std::string_view::npos) return fitted_words(look, style, kept, room);
    kept = kept.substr(0, end + 1);
  }
  return std::string(kept);
}

}  // namespace

void draw_status_line(const Frame& frame, std::string_view sentence, std::span<const KeyHint> keys, StatusKind kind) {
  const Look& look = frame.look;
  const Metrics& m = look.metrics;
  const Box all = rest_of_window();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  fill_box(list, all, look.theme.chrome);
  TextStyle style = small_text(look);
  float x = all.x0 + m.margin;
  if (kind == StatusKind::Error) {
    style = {Face::SansBold, m.type.small, look.theme.state(StateLook::Raised).ink};
    draw_state_glyph(list, look, StateLook::Raised, {x + m.px(6), all.centre_y()}, m.px(14));
    x += m.px(20);
  }
  const float wanted = std::ceil(text_width(look, style, sentence));
  const std::size_t fit = keys_that_fit(look, keys, all.x1 - m.margin - x - wanted - m.gap8);
  float right = all.x1 - m.px(12);
  for (std::size_t i = fit; i-- > 0;) {
    right -= key_hint_width(look, keys[i].key, keys[i].what);
    ImGui::SetCursorScreenPos({std::round(right), std::round(all.centre_y() - m.px(17) * 0.5F)});
    key_hint(look, keys[i].key, keys[i].what);
    right -= m.gap16;
  }
  const Box room{x, all.y0, std::max(x, right), all.y1};
  ImGui::PushItemFlag(ImGuiItemFlags_NoNav, true);
  press_area("##sentence", "Status/sentence", {x, all.y0, std::max(x + 1, std::min(x + wanted, right)), all.y1}, {});
  ImGui::PopItemFlag();
  const std::string shown = whole_sentences(look, style, sentence, room.width());
  draw_text(list, look, style, room.x0, room.centre_y(), shown);
  if (shown != sentence) tip_for_last_item(look, sentence);
}

}  // namespace loiter::gui
