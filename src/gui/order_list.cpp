#include "gui/order_list.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>

#include "gui/paint.hpp"
#include "gui/panel.hpp"
#include "gui/press.hpp"
#include "gui/text.hpp"
#include "gui/widget_core.hpp"
#include "gui/widgets.hpp"

namespace loiter::gui {
namespace {

constexpr std::string_view how_to_begin = "Drag a card, or lift it with Enter and move it with Up and Down.";
constexpr std::string_view how_to_go_on = "Up and Down move it. Enter puts it down, Esc puts it back.";

struct List {
  OrderListView& view;
  const std::vector<std::string>& labels;
  std::vector<std::size_t>& order;
  const Look& look;
  float scale_up;
  bool enabled;
  Box box;  // the numbers and the cards, without the hint
  float pitch = 0.0F;
  float card_x = 0.0F;  // left edge of the cards
  [[nodiscard]] float px(float units) const { return look.metrics.px(units * scale_up); }
  [[nodiscard]] TextStyle style(Face face, float size, Colour colour) const {
    return {face, std::round(size * scale_up), colour};
  }
  [[nodiscard]] Box card(float place) const {
    return Box::at(card_x, std::round(box.y0 + place * pitch), box.x1 - card_x, px(34));
  }
};

bool is_order_of(const std::vector<std::size_t>& order, std::size_t count) {
  std::vector<bool> seen(count, false);
  for (const std::size_t item : order) {
    if (item >= count || seen[item]) return false;
    seen[item] = true;
  }
  return order.size() == count;
}

std::size_t place_of(const List& list, std::size_t item) {
  return static_cast<std::size_t>(std::ranges::find(list.order, item) - list.order.begin());
}

// Takes the item out and puts it in at `place`; those in between move up by one.
void move_item(std::vector<std::size_t>& order, std::size_t from, std::size_t place) {
  const auto first = order.begin() + static_cast<std::ptrdiff_t>(std::min(from, place));
  const auto last = order.begin() + static_cast<std::ptrdiff_t>(std::max(from, place)) + 1;
  std::rotate(first, from < place ? first + 1 : last - 1, last);
}

// Cards go where the order says, however it came to say so.
void follow_order(List& list) {
  OrderListView& view = list.view;
  const bool is_new = view.places.size() != list.labels.size();
  if (is_new) {
    view = {};
    view.places.resize(list.labels.size());
  }
  view.moving = false;
  for (std::size_t place = 0; place < list.order.size(); ++place) {
    const std::size_t item = list.order[place];
    Glide& glide = view.places[item];
    const auto target = static_cast<double>(place);
    if (is_new) {
      glide.jump(target);
    } else if (glide.to != target && view.dragged != item) {
      glide.go(target, list.look);
    }
    static_cast<void>(glide.value(list.look));
    view.moving = view.moving || glide.moving();
  }
}

// The card stays under the pointer, and takes the nearest place.
void drag(List& list, std::size_t item) {
  const float hold = ImGui::GetCurrentContext()->ActiveIdClickOffset.y;
  const auto last = static_cast<float>(list.order.size() - 1);
  const float at = std::clamp((ImGui::GetIO().MousePos.y - hold - list.box.y0) / list.pitch, 0.0F, last);
  list.view.dragged = item;
  list.view.places[item].jump(static_cast<double>(at));
  move_item(list.order, place_of(list, item), static_cast<std::size_t>(std::lround(at)));
}

void move_by_key(List& list, std::size_t item, int by) {
  const std::size_t from = place_of(list, item);
  if (by < 0 ? from == 0 : from + 1 == list.order.size()) return;
  move_item(list.order, from, by < 0 ? from - 1 : from + 1);
}

void lift(List& list, std::size_t item) {
  list.view.lifted = item;
  list.view.before = list.order;
}

void keys(List& list, std::size_t item, const Press& press) {
  OrderListView& view = list.view;
  const bool has_keyboard = ImGui::GetCurrentContext()->NavId == press.id;
  if (!has_keyboard && view.lifted == item) view.lifted.reset();
  if (!has_keyboard || !list.enabled) return;
  const bool by_key = press.pressed && ImGui::GetCurrentContext()->ActiveIdSource != ImGuiInputSource_Mouse;
  if (by_key && view.lifted == item) {
    view.lifted.reset();
  } else if (by_key) {
    lift(list, item);
  }
  const bool lifted = view.lifted == item;
  if (lifted && own_key_pressed(press.id, ImGuiKey_Escape, false)) {
    list.order = view.before;
    view.lifted.reset();
    return;
  }
  if (!lifted && !ImGui::GetIO().KeyAlt) return;
  const int by =
      (own_key_pressed(press.id, ImGuiKey_DownArrow) ? 1 : 0) - (own_key_pressed(press.id, ImGuiKey_UpArrow) ? 1 : 0);
  if (by == 0) return;
  move_by_key(list, item, by);
  ImGui::ScrollToItem(ImGuiScrollFlags_KeepVisibleEdgeY);
}

void pointer(List& list, std::size_t item, const Press& press) {
  OrderListView& view = list.view;
  const bool mine = view.dragged == item;
  if (press.held && (mine || ImGui::IsMouseDragging(ImGuiMouseButton_Left))) {
    view.lifted.reset();
    drag(list, item);
  } else if (mine) {
    view.dragged.reset();
    view.places[item].go(static_cast<double>(place_of(list, item)), list.look);
  }
  if (list.enabled && (press.hovered || mine)) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeNS);
}

void paint_grip(ImDrawList& draw, const List& list, const Box& card) {
  const float dot = std::max(1.0F, list.px(2));
  for (const float column : {-0.5F, 0.5F}) {
    for (const float row : {-1.0F, 0.0F, 1.0F}) {
      const ImVec2 at{card.x0 + list.px(13) + column * list.px(5), card.centre_y() + row * list.px(5)};
      fill_box(draw, Box::at(std::round(at.x - dot * 0.5F), std::round(at.y - dot * 0.5F), dot, dot),
               list.look.theme.text2);
    }
  }
}

void paint_card(List& list, const Press& press, std::size_t item, bool held) {
  const Theme& theme = list.look.theme;
  const float radius = list.px(5);
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  if (held) {
    fill_box(draw, press.box, theme.panel, radius);
    fill_box(draw, press.box, theme.selection_wash, radius);
    outline_box(draw, press.box, theme.selection_line, radius, list.look.metrics.strong_line);
  } else {
    Press ground = press;
    ground.held = false;
    control_ground(draw, list.look, ground, radius);
  }
  if (list.enabled) paint_grip(draw, list, press.box);
  const float left = press.box.x0 + list.px(list.enabled ? 26 : 12);
  draw_text_in(draw, list.look, list.style(held ? Face::SansBold : Face::Sans, list.look.metrics.type.base, theme.text),
               {left, press.box.y0, press.box.x1 - list.px(10), press.box.y1}, list.labels[item]);
  focus_ring(list.look, press, radius);
}

// The area of a card, and what is done to it.
Press card_item(List& list, std::size_t item) {
  const Box box = list.card(static_cast<float>(list.view.places[item].value(list.look)));
  ImGui::PushID(static_cast<int>(item));
  const Press press = press_area("##card", "Order/" + list.labels[item], box, {.enabled = list.enabled});
  ImGui::PopID();
  keys(list, item, press);
  pointer(list, item, press);
  const TextStyle style = list.style(Face::SansBold, list.look.metrics.type.base, 0);
  const bool cut = text_width(list.look, style, list.labels[item]) > box.width() - list.px(36);
  tip_for_last_item(list.look, cut && list.view.dragged != item ? std::string_view(list.labels[item]) : "");
  return press;
}

void draw_cards(List& list) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const TextStyle number = list.style(Face::MonoBold, list.look.metrics.type.base, list.look.theme.text2);
  for (std::size_t place = 0; place < list.order.size(); ++place) {
    const Box card = list.card(static_cast<float>(place));
    draw_text(draw, list.look, number, card.x0 - list.px(10), card.centre_y(), std::to_string(place + 1), Align::Right);
  }
  // Items follow each other as they are seen, for Tab; what is held is painted over the others.
  const std::vector<std::size_t> shown = list.order;
  std::vector<Press> presses;
  presses.reserve(shown.size());
  for (const std::size_t item : shown) presses.push_back(card_item(list, item));
  for (const bool on_top : {false, true}) {
    for (std::size_t place = 0; place < shown.size(); ++place) {
      const bool held = list.view.dragged == shown[place] || list.view.lifted == shown[place];
      if (presses[place].seen && held == on_top) paint_card(list, presses[place], shown[place], held);
    }
  }
}

// Room for the longer of the two sentences is always kept, so that nothing below jumps.
float draw_hint(const List& list) {
  const float width = list.box.x1 - list.card_x;
  const TextStyle style = list.style(Face::Sans, list.look.metrics.type.small, list.look.theme.text2);
  const float leading = list.px(18);
  const auto lines_of = [&](std::string_view words) { return wrapped(list.look, style, words, width); };
  float y = list.box.y1 + leading * 0.5F;
  for (const std::string_view line : lines_of(list.view.lifted ? how_to_go_on : how_to_begin)) {
    draw_text(*ImGui::GetWindowDrawList(), list.look, style, list.card_x, y, line);
    y += leading;
  }
  return leading * static_cast<float>(std::max(lines_of(how_to_begin).size(), lines_of(how_to_go_on).size()));
}

}  // namespace

bool draw_order_list(OrderListView& view, const std::vector<std::string>& labels, std::vector<std::size_t>& order,
                     const Look& look, float width, bool enabled, float scale_up) {
  if (!is_order_of(order, labels.size())) {
    order.resize(labels.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
  }
  List list{view, labels, order, look, scale_up, enabled, {}};
  list.pitch = list.px(40);
  list.box = next_box(width, list.pitch * static_cast<float>(labels.size()));
  const TextStyle number = list.style(Face::MonoBold, look.metrics.type.base, 0);
  list.card_x =
      std::round(list.box.x0 + list.px(10) + std::ceil(text_width(look, number, std::to_string(labels.size()))));
  if (!enabled) {
    view.dragged.reset();
    view.lifted.reset();
  }
  const std::vector<std::size_t> before = order;
  ImGui::PushID("Order list");
  follow_order(list);
  draw_cards(list);
  ImGui::PopID();
  const float hint = enabled && labels.size() > 1 ? draw_hint(list) : 0.0F;
  ImGui::SetCursorScreenPos(list.box.min());
  ImGui::Dummy({width, list.box.height() + hint});
  return order != before;
}

}  // namespace loiter::gui
