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

// What the card may look like, the usual first; wider ones are lower, for windows that are low.
struct Form {
  float width;               // units
  bool keys_beside_buttons;  // and not in a row of their own
  float margin;              // above and below, units
  float gap;                 // around the line of progress, units
};
constexpr std::array forms{Form{372, false, 14, 12}, Form{480, false, 14, 12}, Form{600, true, 10, 8}};
constexpr float padding_units = 16;
constexpr float leading_units = 20;
constexpr float title_units = 24;
constexpr float hint_units = 17;
constexpr float progress_units = 3;
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

float card_width(const Look& look, const Form& form) {
  return std::min(look.metrics.px(form.width), ImGui::GetIO().DisplaySize.x - 2 * look.metrics.gap8);
}

float keys_height(const Look& look, const Form& form, const TourStep& step, float width) {
  if (form.keys_beside_buttons) return 0;
  const auto rows = static_cast<float>(rows_of_keys(look, step, width).size());
  return rows > 0 ? look.metrics.gap12 + rows * look.metrics.px(hint_units) + (rows - 1) * look.metrics.gap8 : 0.0F;
}

float card_height(const Look& look, const Form& form, const TourStep& step) {
  const Metrics& m = look.metrics;
  const float inside = card_width(look, form) - 2 * m.px(padding_units);
  const auto lines = static_cast<float>(wrapped(look, base_text(look), step.words, inside).size());
  return 2 * m.px(form.margin) + m.px(title_units) + m.gap4 + lines * m.px(leading_units) +
         keys_height(look, form, step, inside) + m.px(form.gap + 2) + m.px(progress_units) + m.px(form.gap) +
         m.control_height;
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

struct Placed {
  Callout callout;
  const Form* form = &forms.front();
};

Placed place_card(const Look& look, const TourStep& step, const std::optional<Box>& lit) {
  const Metrics& m = look.metrics;
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const views::Rect room{m.gap8, m.gap8, display.x - m.gap8, display.y - m.gap8};
  std::array<views::CalloutSize, forms.size()> sizes;
  for (std::size_t i = 0; i < forms.size(); ++i) {
    sizes[i] = {card_width(look, forms[i]), card_height(look, forms[i], step)};
  }
  const auto target = lit ? std::optional(views::Rect{lit->x0, lit->y0, lit->x1, lit->y1}) : std::nullopt;
  const Callout callout = views::place_callout(room, target, sizes, m.px(pointer_units) + m.px(2));
  return {callout, &forms[callout.size]};
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

constexpr const char* skip_label = "Skip tour";

// The free part of the row, between the buttons, is in `row` afterwards.
TourPress draw_buttons(const Look& look, Box& row, std::size_t step) {
  const Metrics& m = look.metrics;
  const bool last = step + 1 == tour_steps().size();
  const ButtonOptions skip{.kind = ButtonKind::Quiet, .tip = "End the tour here (Esc). F8 opens it again."};
  const ButtonOptions back{.enabled = step > 0, .tip = "The step before (Backspace)"};
  const char* next_label = last ? "Done" : "Next";
  const ButtonOptions next{
      .kind = ButtonKind::Primary, .width = m.px(76), .tip = last ? "End the tour (Enter)" : "The next step (Enter)"};
  TourPress press = TourPress::None;
  const float next_x = row.x1 - button_width(look, next_label, next);
  const float back_x = next_x - m.gap_in_group - button_width(look, "Back", back);
  if (!last) {
    ImGui::SetCursorScreenPos({row.x0 - m.button_padding, row.y0});  // a quiet button has no edge: its words are
    if (button(look, skip_label, skip)) press = TourPress::Skip;
    row.x0 = ImGui::GetItemRectMax().x;
  }
  ImGui::SetCursorScreenPos({back_x, row.y0});
  if (button(look, "Back", back)) press = TourPress::Back;
  ImGui::SetCursorScreenPos({next_x, row.y0});
  if (button(look, next_label, next)) press = TourPress::Next;
  row.x1 = back_x - m.gap16;
  return press;
}

void draw_rows_of_keys(const Look& look, const TourStep& step, float x, float y, float width) {
  for (const auto& row : rows_of_keys(look, step, width)) {
    float at = x;
    for (const TourKey& key : row) {
      ImGui::SetCursorScreenPos({at, y});
      key_hint(look, key.key, key.what);
      at += key_hint_width(look, key.key, key.what) + look.metrics.gap16;
    }
    y += look.metrics.px(hint_units) + look.metrics.gap8;
  }
}

// Title, words, keys, progress and buttons, from top to bottom.
TourPress draw_inside(const Look& look, const Box& card, const Form& form, std::size_t number) {
  const Metrics& m = look.metrics;
  const TourStep& step = tour_steps()[number];
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Box inside = card.inset(m.px(padding_units), m.px(form.margin));
  const float title_y = inside.y0 + m.px(title_units) * 0.5F - m.px(2);
  draw_text(list, look, title_style(look), inside.x0, title_y, step.title);
  draw_text(list, look, note_text(look), inside.x1, title_y, fmt::format("{} of {}", number + 1, tour_steps().size()),
            Align::Right);
  ImGui::SetCursorScreenPos({inside.x0, inside.y0 + m.px(title_units) + m.gap4});
  paragraph(look, base_text(look), step.words, inside.width(), m.px(leading_units));
  Box row{inside.x0, inside.y1 - m.control_height, inside.x1, inside.y1};
  const float progress_y = row.y0 - m.px(form.gap) - m.px(progress_units);
  draw_progress(list, look, {inside.x0, progress_y, inside.x1, row.y0 - m.px(form.gap)}, number);
  if (!form.keys_beside_buttons) {
    const float keys_y = progress_y - m.px(form.gap + 2) - keys_height(look, form, step, inside.width()) + m.gap12;
    draw_rows_of_keys(look, step, inside.x0, keys_y, inside.width());
  }
  const TourPress press = draw_buttons(look, row, number);
  if (form.keys_beside_buttons) {
    const float keys_y = std::round(row.centre_y() - m.px(hint_units) * 0.5F);
    draw_rows_of_keys(look, step, row.x0, keys_y, row.width());
  }
  return press;
}

}  // namespace

TourPress draw_tour_card(WorkbenchView& view, const Look& look) {
  const TourStep& step = tour_steps()[view.tour.step];
  const auto lit = lit_box(view, step, look);
  const auto [callout, form] = place_card(look, step, lit);
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
  const TourPress press = draw_inside(look, card, *form, view.tour.step);
  ImGui::End();
  ImGui::PopStyleVar();
  return press;
}

}  // namespace loiter::gui
