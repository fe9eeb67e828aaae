#include "gui/legend_panel.hpp"

#include <array>
#include <cmath>
#include <string>

#include "gui/panel.hpp"
#include "gui/state_style.hpp"
#include "gui/widget_core.hpp"
#include "gui/widgets.hpp"

namespace loiter::gui {
namespace {

struct Entry {
  StateLook state;
  std::string_view meaning;  // one sentence
};

// Down the left column, then down the right.
constexpr std::array<Entry, 8> entries{{
    {StateLook::Pending, "Submitted; no worker has begun it. It can still be cancelled."},
    {StateLook::Running, "A worker executes it."},
    {StateLook::Returned, "Finished with a value."},
    {StateLook::Raised, "Finished with an exception. It is silent until somebody asks for the result."},
    {StateLook::Cancelled, "Cancelled before it began. Filled: its waiters have been told."},
    {StateLook::Waiting, "A lane that waits; the reason is written above the bar."},
    {StateLook::CallQueue, "In the process pool's call queue: it says running, but is not, and cannot be cancelled."},
    {StateLook::Stuck, "Proven never to go on: a deadlock."},
}};
constexpr std::size_t rows = entries.size() / 2;
constexpr float row_units = 24;
constexpr float tight_row_units = 20;

void draw_entry(const Look& look, const Entry& entry, const Box& box, bool with_name) {
  const std::string label = "States/" + std::string(state_name(entry.state));
  ImGui::PushID(static_cast<int>(entry.state));
  const Press press = press_area("##state", label, box, {});
  ImGui::PopID();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (with_name) {
    draw_state_label(list, look, entry.state, box.x0, box.centre_y(), NameColour::Text);
    tip_for_last_item(look, entry.meaning);
  } else {
    draw_state_glyph(list, look, entry.state, box.centre(), look.metrics.px(16));
    tip_for_last_item(look, std::string(state_name(entry.state)) + ": " + std::string(entry.meaning));
  }
  focus_ring(look, press, look.metrics.lane_tag_radius);
}

void draw_row(const Look& look, const Box& all) {
  const Metrics& m = look.metrics;
  const float step = std::min(m.px(34), std::floor((all.width() - 2 * m.margin) / static_cast<float>(entries.size())));
  const float y = std::round(all.y0 + (all.height() - m.px(20)) * 0.5F);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    draw_entry(look, entries[i], Box::at(all.x0 + m.margin + step * static_cast<float>(i), y, step, m.px(20)), false);
  }
}

void draw_columns(const Look& look, const Box& all, bool from_top) {
  const Metrics& m = look.metrics;
  const float room = all.height() / static_cast<float>(rows);
  const float height = std::floor(std::clamp(room, m.px(tight_row_units), m.px(row_units)));
  const float middle = std::max(0.0F, std::floor((all.height() - height * rows) * 0.5F));
  const float top = all.y0 + (from_top ? 0.0F : middle);
  const float column = std::floor((all.width() - m.margin) * 0.49F);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const float x = all.x0 + m.margin + (i < rows ? 0 : column);
    const float y = std::round(top + static_cast<float>(i % rows) * height);
    draw_entry(look, entries[i], Box::at(x, y, column - m.gap8, height), true);
  }
}

}  // namespace

float legend_height(const Look& look, LegendForm form) {
  const Metrics& m = look.metrics;
  switch (form) {
    case LegendForm::Titled:
      return m.title_strip + m.px(row_units) * rows + m.gap8;
    case LegendForm::Untitled:
      return m.px(tight_row_units) * rows + m.gap8;
    case LegendForm::Row:
      return m.px(24);
  }
  return 0;
}

LegendForm legend_form(const Look& look, float height) {
  const float tight_titled = look.metrics.title_strip + look.metrics.px(tight_row_units) * rows;
  if (height >= tight_titled) return LegendForm::Titled;
  if (height >= look.metrics.px(tight_row_units) * rows) return LegendForm::Untitled;
  return LegendForm::Row;
}

bool draw_legend(Frame& frame) {
  const Metrics& m = frame.look.metrics;
  Box all = rest_of_window();
  ImGui::PushID("States");
  bool title_pressed = false;
  const bool narrow = all.width() < m.px(200);
  const LegendForm form = narrow ? LegendForm::Row : legend_form(frame.look, all.height());
  if (form == LegendForm::Row) {
    draw_row(frame.look, all);
  } else {
    if (form == LegendForm::Titled) {
      title_pressed = panel_title(frame.look, "States", all.width());
      all.y0 += m.title_strip;
    }
    draw_columns(frame.look, all, form == LegendForm::Titled);
  }
  ImGui::PopID();
  return title_pressed;
}

}  // namespace loiter::gui
