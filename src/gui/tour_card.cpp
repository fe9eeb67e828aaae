#include "gui/tour_card.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "gui/lit.hpp"
#include "gui/paint.hpp"
#include "gui/text.hpp"
#include "gui/tour_steps.hpp"
#include "gui/widgets.hpp"
#include "gui/workbench.hpp"
#include "views/callout_layout.hpp"

namespace loiter::gui {
namespace {

using views::Callout;
using views::CalloutSide;

// How wide the card may be, the usual first; wider ones are lower, for windows that are low.
constexpr std::array widths{372.0F, 480.0F, 600.0F};
constexpr float padding_units = 16;
constexpr float leading_units = 20;
constexpr float title_units = 24;
constexpr float hint_units = 17;
constexpr float pointer_units = 10;  // from the card's edge to the tip

TextStyle title_style(const Look& look) { return {Face::SansBold, look.metrics.type.tile, look.theme.text}; }

std::span<const TourKey> keys_of(const TourStep& step) {
  const auto end = std::ranges::find_if(step.keys, [](const TourKey& key) { return key.key.empty(); });
  return {step.keys.begin(), end};
}

// The keys of a step in rows, as they fit.
std::vector<std::vector<TourKey>> rows_of_keys(const Look& look, const TourStep& step, float width) {
  std::vector<std::vector<TourKey>> rows;
  float x = 0;
  for (const TourKey& key : keys_of(step)) {
    const float wide = key_hint_width(look, key.key, key.what);
    if (rows.empty() || x + wide > width) {
      rows.emplace_back();
      x = 0;
    }
    rows.back().push_back(key);
    x += wide + look.metrics.gap16;
  }
  return rows;
}

float card_height(const Look& look, const TourStep& step, float width) {
  const Metrics& m = look.metrics;
  const float inside = width - 2 * m.px(padding_units);
  const auto lines = static_cast<float>(wrapped(look, base_text(look), step.words, inside).size());
  const auto rows = static_cast<float>(rows_of_keys(look, step, inside).size());
  const float hints = rows > 0 ? m.gap12 + rows * m.px(hint_units) + (rows - 1) * m.gap8 : 0.0F;
  return m.px(14) + m.px(title_units) + m.gap4 + lines * m.px(leading_units) + hints + m.px(14) + m.px(3) + m.gap12 +
         m.control_height + m.px(14);
}

// What the step points at in this frame, with the frame that lights it; none: nothing, or it is not on the screen.
std::optional<Box> lit_box(const WorkbenchView& view, const TourStep& step, const Look& look) {
  Box box;
  if (const auto* panel = std::get_if<views::PanelName>(&step.target)) {
    box = view.places[static_cast<std::size_t>(*panel)];
  } else {
    const TourPlaces& places = view.tour.places;
    const std::array boxes{Box{}, places.setup, places.run, places.controls, places.states};
    box = boxes[static_cast<std::size_t>(std::get<TourPlace>(step.target))];
    // A control is small: its frame is around it.
    const bool is_control = std::get<TourPlace>(step.target) != TourPlace::States;
    if (!box.empty() && is_control) box = box.inset(-look.metrics.px(7));
  }
  if (box.empty()) return std::nullopt;
  return box;
}

Callout place_card(const Look& look, const TourStep& step, const std::optional<Box>& lit) {
  const Metrics& m = look.metrics;
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const views::Rect room{m.gap8, m.gap8, display.x - m.gap8, display.y - m.gap8};
  std::vector<views::CalloutSize> sizes;
  for (const float units : widths) {
    const float width = std::min(m.px(units), room.width());
    sizes.push_back({width, card_height(look, step, width)});
  }
  const auto target = lit ? std::optional(views::Rect{lit->x0, lit->y0, lit->x1, lit->y1}) : std::nullopt;
  return views::place_callout(room, target, sizes, m.px(pointer_units) + m.px(2));
}

void draw_shadow(ImDrawList& list, const Look& look, const Box& card) {
  const float strength = look.theme.choice == ThemeChoice::Dark ? 0.10F : 0.028F;
  for (int i = 6; i > 0; --i) {
    const float by = look.metrics.px(static_cast<float>(i) * 2);
    fill_box(list, card.inset(-by).moved(0, look.metrics.px(3)), faded(rgb(0x000000), strength),
             look.metrics.node_radius + by);
  }
}

// A triangle on the card's edge, open towards the card.
void draw_pointer(ImDrawList& list, const Look& look, const Callout& callout) {
  const Metrics& m = look.metrics;
  const bool beside = callout.side == CalloutSide::Right || callout.side == CalloutSide::Left;
  const bool at_start = callout.side == CalloutSide::Right || callout.side == CalloutSide::Below;
  const views::Rect& card = callout.card;
  const float edge = beside ? (at_start ? card.x0 : card.x1) : (at_start ? card.y0 : card.y1);
  const float out = at_start ? -1.0F : 1.0F;
  const float half = m.px(pointer_units);
  const float first = beside ? card.y0 : card.x0;
  const float last = beside ? card.y1 : card.x1;
  const float along = std::clamp(callout.pointer, first + half + m.px(8), last - half - m.px(8));
  const auto at = [&](float across, float down) {
    return beside ? ImVec2{edge + across * out, along + down} : ImVec2{along + down, edge + across * out};
  };
  const float line = m.state_line;
  list.AddTriangleFilled(at(-line - m.hairline, -half), at(half, 0), at(-line - m.hairline, half), look.theme.panel);
  const std::array<ImVec2, 3> outline{at(-line * 0.5F, -half), at(half, 0), at(-line * 0.5F, half)};
  list.AddPolyline(outline.data(), static_cast<int>(outline.size()), look.theme.text, ImDrawFlags_None, line);
}

// How far the tour has come: also what parts the words from the buttons.
void draw_progress(ImDrawList& list, const Look& look, const Box& box, std::size_t step) {
  const auto count = static_cast<float>(tour_steps().size());
  const float gap = look.metrics.px(3);
  for (std::size_t i = 0; i < tour_steps().size(); ++i) {
    const auto n = static_cast<float>(i);
    const float x0 = std::round(box.x0 + (box.width() + gap) * n / count);
    const float x1 = std::round(box.x0 + (box.width() + gap) * (n + 1) / count - gap);
    fill_box(list, {x0, box.y0, x1, box.y1}, i <= step ? look.theme.text : look.theme.splitter, box.height() * 0.5F);
  }
}

TourPress draw_buttons(const Look& look, const Box& row, std::size_t step) {
  const Metrics& m = look.metrics;
  const bool last = step + 1 == tour_steps().size();
  const ButtonOptions skip{.kind = ButtonKind::Quiet, .tip = "End the tour here (Esc). F8 opens it again."};
  const ButtonOptions back{.enabled = step > 0, .tip = "The step before (Backspace)"};
  const char* next_label = last ? "Done" : "Next";
  const ButtonOptions next{
      .kind = ButtonKind::Primary, .width = m.px(76), .tip = last ? "End the tour (Enter)" : "The next step (Enter)"};
  TourPress press = TourPress::None;
  if (!last) {
    ImGui::SetCursorScreenPos({row.x0 - m.button_padding, row.y0});  // a quiet button has no edge: its words are
    if (button(look, "Skip tour", skip)) press = TourPress::Skip;
  }
  const float next_x = row.x1 - button_width(look, next_label, next);
  ImGui::SetCursorScreenPos({next_x - m.gap_in_group - button_width(look, "Back", back), row.y0});
  if (button(look, "Back", back)) press = TourPress::Back;
  ImGui::SetCursorScreenPos({next_x, row.y0});
  if (button(look, next_label, next)) press = TourPress::Next;
  return press;
}

void draw_keys_of(const Look& look, const TourStep& step, float x, float& y, float width) {
  const auto rows = rows_of_keys(look, step, width);
  if (rows.empty()) return;
  y += look.metrics.gap12;
  for (const auto& row : rows) {
    if (&row != &rows.front()) y += look.metrics.gap8;
    ImGui::SetCursorScreenPos({x, y});
    for (const TourKey& key : row) {
      key_hint(look, key.key, key.what);
      ImGui::SameLine(0.0F, look.metrics.gap16);
    }
    y += look.metrics.px(hint_units);
  }
}

TourPress draw_inside(const Look& look, const Box& card, std::size_t number) {
  const Metrics& m = look.metrics;
  const TourStep& step = tour_steps()[number];
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Box inside = card.inset(m.px(padding_units), m.px(14));
  const float title_y = inside.y0 + m.px(title_units) * 0.5F - m.px(2);
  draw_text(list, look, title_style(look), inside.x0, title_y, step.title);
  draw_text(list, look, note_text(look), inside.x1, title_y, fmt::format("{} of {}", number + 1, tour_steps().size()),
            Align::Right);
  float y = inside.y0 + m.px(title_units) + m.gap4;
  ImGui::SetCursorScreenPos({inside.x0, y});
  paragraph(look, base_text(look), step.words, inside.width(), m.px(leading_units));
  y += static_cast<float>(wrapped(look, base_text(look), step.words, inside.width()).size()) * m.px(leading_units);
  draw_keys_of(look, step, inside.x0, y, inside.width());
  const float buttons_y = inside.y1 - m.control_height;
  draw_progress(list, look, {inside.x0, buttons_y - m.gap12 - m.px(3), inside.x1, buttons_y - m.gap12}, number);
  return draw_buttons(look, {inside.x0, buttons_y, inside.x1, inside.y1}, number);
}

}  // namespace

TourPress draw_tour_card(WorkbenchView& view, const Look& look) {
  const TourStep& step = tour_steps()[view.tour.step];
  const auto lit = lit_box(view, step, look);
  const Callout callout = place_card(look, step, lit);
  const Box card{callout.card.x0, callout.card.y0, callout.card.x1, callout.card.y1};
  view.tour.card = card;
  ImGui::SetNextWindowPos(card.min());
  ImGui::SetNextWindowSize({card.width(), card.height()});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{0, 0});
  ImGui::Begin("Tour", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoScrollWithMouse |
                   ImGuiWindowFlags_NoSavedSettings);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRectFullScreen();
  draw_shadow(list, look, card);
  if (lit && !std::holds_alternative<views::PanelName>(step.target)) outline_lit(list, look, *lit);
  fill_box(list, card, look.theme.panel, look.metrics.node_radius);
  outline_box(list, card, look.theme.text, look.metrics.node_radius, look.metrics.state_line);
  if (callout.side != CalloutSide::None) draw_pointer(list, look, callout);
  list.PopClipRect();
  const TourPress press = draw_inside(look, card, view.tour.step);
  ImGui::End();
  ImGui::PopStyleVar();
  return press;
}

}  // namespace loiter::gui
