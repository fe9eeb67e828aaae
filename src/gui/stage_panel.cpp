#include "gui/stage_panel.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gui/panel.hpp"
#include "gui/press.hpp"
#include "gui/stage_paint.hpp"
#include "gui/state_style.hpp"
#include "gui/text.hpp"
#include "gui/widgets.hpp"
#include "views/futures_table.hpp"
#include "views/status_text.hpp"
#include "views/words.hpp"

namespace loiter::gui {
namespace {

constexpr double move_seconds = 0.240;
constexpr double too_fast = 4.0;  // lab seconds a second

using views::StagePlace;
using views::StageToken;

struct Panel {
  StageView& view;
  const trace::Run& run;
  Frame& frame;
  const Look& look;
  Box area;  // below the title
  views::Stage stage;
  bool moves = false;                            // tokens that change their place glide there
  std::optional<Instant> before = std::nullopt;  // the instant of the last frame; none: it showed something else
};

Box placed(const Panel& p, const views::Rect& rect) { return stage_box(p.look, p.area, rect); }

double ease(double share) {
  const double s = std::clamp(share, 0.0, 1.0);
  return s < 0.5 ? 4 * s * s * s : 1 - std::pow(-2 * s + 2, 3) / 2;
}

Box between(const Box& from, const Box& to, float share) {
  const auto mix = [share](float a, float b) { return std::round(a + (b - a) * share); };
  return {mix(from.x0, to.x0), mix(from.y0, to.y0), mix(from.x1, to.x1), mix(from.y1, to.y1)};
}

// From the calling program down, along the line to the queue, and up into it.
Box on_submit_line(const Panel& p, const TokenMotion& motion, float share) {
  const float y = p.area.y0 + p.look.metrics.px(p.stage.submit_y);
  const Box& to = motion.to;
  const ImVec2 stops[] = {motion.from.centre(), {motion.from.centre_x(), y}, {to.centre_x(), y}, to.centre()};
  float lengths[3];
  float whole = 0.0F;
  for (int i = 0; i < 3; ++i) {
    lengths[i] = std::abs(stops[i + 1].x - stops[i].x) + std::abs(stops[i + 1].y - stops[i].y);
    whole += lengths[i];
  }
  float left = share * whole;
  int leg = 0;
  while (leg < 2 && left > lengths[leg]) left -= lengths[leg++];
  const float part = lengths[leg] > 0 ? std::min(1.0F, left / lengths[leg]) : 1.0F;
  const ImVec2 at{stops[leg].x + (stops[leg + 1].x - stops[leg].x) * part,
                  stops[leg].y + (stops[leg + 1].y - stops[leg].y) * part};
  return Box::around({std::round(at.x), std::round(at.y)}, to.width(), to.height());
}

Box place_now(Panel& p, TokenMotion& motion) {
  if (motion.began < 0) return motion.to;
  const double seconds = (motion.submitted ? 2 : 1) * move_seconds / std::max(1.0, p.frame.speed);
  const double share = (ImGui::GetTime() - motion.began) / seconds;
  if (share >= 1 || !p.moves) {
    motion.began = -1.0;
    return motion.to;
  }
  p.frame.moving = true;
  const auto eased = static_cast<float>(ease(share));
  return motion.submitted ? on_submit_line(p, motion, eased) : between(motion.from, motion.to, eased);
}

// Others come into sight from among those that had no room.
bool is_just_submitted(const Panel& p, const StageToken& token) {
  const trace::FutureRow* future = p.run.future(token.future);
  return token.place == StagePlace::Queue && future != nullptr && (!p.before || future->submitted > *p.before);
}

// Where a token is drawn in this frame.
Box follow(Panel& p, const StageToken& token) {
  const Box box = placed(p, token.box);
  const auto [found, is_new] = p.view.tokens.try_emplace(token.future);
  TokenMotion& motion = found->second;
  motion.seen = p.view.frames;
  if (is_new) {
    motion.to = box;
    if (p.moves && is_just_submitted(p, token)) {
      motion.from = Box::around(placed(p, p.stage.caller.box).centre(), box.width(), box.height());
      motion.submitted = true;
      motion.began = ImGui::GetTime();
    }
  } else if (motion.to.x0 != box.x0 || motion.to.y0 != box.y0 || motion.to.x1 != box.x1) {
    motion.from = place_now(p, motion);
    motion.to = box;
    motion.submitted = false;
    motion.began = p.moves ? ImGui::GetTime() : -1.0;
  }
  return place_now(p, motion);
}

void future_item(Panel& p, FutureId future, int kind, const Box& box, float radius) {
  ImGui::PushID(kind);
  ImGui::PushID(static_cast<int>(future.value));
  const Press press = press_area("##future", "Stage/" + views::future_name(p.run, future), box, {});
  ImGui::PopID();
  ImGui::PopID();
  if (press.pressed) p.frame.selection.choose(future);
  focus_ring(p.look, press, radius);
  const trace::FutureRow* row = p.run.future(future);
  if (row != nullptr && ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip)) {
    facts_tooltip(p.look, views::future_facts(p.run, *row, p.frame.playhead));
  }
}

void draw_seats(Panel& p, ImDrawList& list) {
  for (const views::StageWorker& seat : p.stage.seats) {
    const Box box = placed(p, seat.box);
    paint_seat(list, p.frame, seat, box);
    if (!seat.lane || seat.task != no_future) continue;
    const trace::Lane* lane = p.run.lane(*seat.lane);
    if (lane != nullptr && ImGui::IsMouseHoveringRect(box.min(), box.max()) && ImGui::IsWindowHovered()) {
      tooltip(p.look, lane->name + ": " + views::doing_at(p.run, *lane, p.frame.playhead).what);
    }
  }
}

void draw_slots(Panel& p, ImDrawList& list) {
  for (const views::StageSlot& slot : p.stage.slots) {
    const Box box = placed(p, slot.box);
    paint_slot(list, p.look, slot, box);
    if (slot.look != StateLook::Running && slot.look != StateLook::Pending) continue;
    if (p.frame.selection.future == slot.future) selection_frame(list, p.look, box, p.look.metrics.bar_radius);
    future_item(p, slot.future, 2, box, p.look.metrics.bar_radius);
  }
}

void draw_tokens(Panel& p, ImDrawList& list) {
  std::vector<std::pair<const StageToken*, Box>> on_the_way;
  for (const StageToken& token : p.stage.tokens) {
    const Box box = follow(p, token);
    const Box home = placed(p, token.box);
    future_item(p, token.future, 1, home, p.look.metrics.bar_radius);
    const bool arrived = box.x0 == home.x0 && box.y0 == home.y0 && box.x1 == home.x1;
    if (!arrived) {
      on_the_way.emplace_back(&token, box);
      continue;
    }
    paint_token(list, p.frame, p.stage, token, box);
    if (p.frame.selection.future == token.future) selection_frame(list, p.look, box, p.look.metrics.bar_radius);
  }
  for (const auto& [token, box] : on_the_way) {
    paint_token(list, p.frame, p.stage, *token, box);
    if (p.frame.selection.future == token->future) selection_frame(list, p.look, box, p.look.metrics.bar_radius);
  }
  std::erase_if(p.view.tokens, [&](const auto& entry) { return entry.second.seen != p.view.frames; });
}

// It glides to its next holder, unless it does so all the time: then it stands where it is.
void draw_gils(Panel& p, ImDrawList& list) {
  for (const views::StageGil& gil : p.stage.gils) {
    const Box box = placed(p, gil.box);
    if (!gil.shared) {
      paint_gil(list, p.look, box);
      continue;
    }
    TokenMotion& motion = p.view.gil;
    if (motion.to.x0 != box.x0 || motion.to.y0 != box.y0) {
      const double now = ImGui::GetTime();
      const bool is_calm = motion.seen != 0 && now - p.view.gil_moved > 2 * move_seconds;
      motion.from = motion.to;
      motion.to = box;
      motion.began = p.moves && is_calm ? now : -1.0;
      p.view.gil_moved = now;
    }
    motion.seen = p.view.frames;
    paint_gil(list, p.look, place_now(p, motion));
  }
}

void draw_caller(Panel& p, ImDrawList& list) {
  const Box box = placed(p, p.stage.caller.box);
  paint_caller(list, p.frame, p.stage.caller, box);
  const Press press = press_area("##caller", "Stage/main", box, {});
  if (press.pressed && p.stage.caller.future != no_future) p.frame.selection.choose(p.stage.caller.future);
  focus_ring(p.look, press, p.look.metrics.node_radius);
}

// The sentence in the title's strip, cut where the strip ends.
void draw_sentence(const Panel& p, const Box& strip) {
  const Metrics& m = p.look.metrics;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  float x = strip.x0;
  const auto& look = p.stage.caller.look;
  if (look && (*look == StateLook::Waiting || *look == StateLook::Stuck)) {
    draw_state_glyph(list, p.look, *look, {x + m.px(7), strip.centre_y()}, m.px(16));
    x += m.px(21);
  }
  for (const views::Words& piece : p.stage.sentence) {
    const TextStyle style = piece.strong ? strong_text(p.look) : base_text(p.look);
    const std::string words = fitted(p.look, style, piece.text, strip.x1 - x);
    x = draw_text(list, p.look, style, x, strip.centre_y(), words);
    if (words.size() != piece.text.size()) return;
  }
}

// On the wall all of it, on two lines.
void draw_sentence_lines(const Panel& p, const Box& box) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float step = box.height() * 0.5F;
  float y = box.y0 + step * 0.5F;
  const std::string sentence = views::plain_text(p.stage.sentence);
  for (const std::string_view line : wrapped(p.look, base_text(p.look), sentence, box.width())) {
    if (y > box.y1) return;
    draw_text(list, p.look, base_text(p.look), box.x0, y, line);
    y += step;
  }
}

// Whether tokens may glide in this frame; if not, all that was known of them is void.
void begin_frame(Panel& p) {
  StageView& view = p.view;
  ++view.frames;
  const bool is_new_run = view.run_number != p.frame.run_number;
  const bool resized = view.area.x0 != p.area.x0 || view.area.x1 != p.area.x1 || view.area.y1 != p.area.y1;
  const bool backwards = !is_new_run && p.frame.playhead < view.t;
  p.moves = p.look.motion && p.frame.following && p.frame.speed < too_fast && !backwards && !resized;
  if (!is_new_run) p.before = view.t;
  if (is_new_run || !p.moves) {
    view.tokens.clear();
    view.gil = {};
  }
  view.run_number = p.frame.run_number;
  view.area = p.area;
  view.t = p.frame.playhead;
}

void draw_fold_button(Panel& p, const Box& strip, bool folded) {
  const Metrics& m = p.look.metrics;
  const float side = m.small_control_height;
  const Box box = Box::around({strip.x1 - m.margin - side * 0.5F + m.px(4), strip.centre_y()}, side, side);
  const Press press = press_area("##fold", "Stage/fold", box, {});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (press.hovered) fill_box(list, box, p.look.theme.control_hover, m.lane_tag_radius);
  draw_glyph(list, folded ? Glyph::ChevronDown : Glyph::ChevronUp, box.centre(), m.icon, p.look.theme.text2);
  focus_ring(p.look, press, m.lane_tag_radius);
  tip_for_last_item(p.look, folded ? "Opens the stage." : "Folds the stage to its sentence.");
  if (press.pressed) p.frame.wants_stage_fold = true;
}

}  // namespace

bool draw_stage(StageView& view, const trace::Run& run, const views::FutureTimes& times, Frame& frame,
                const StageOptions& options) {
  const Metrics& m = frame.look.metrics;
  const Box all = rest_of_window();
  ImGui::PushID("Stage");
  Panel p{.view = view, .run = run, .frame = frame, .look = frame.look, .area = all, .stage = {}};
  const Box strip = Box::at(all.x0, all.y0, all.width(), frame.wall ? m.px(38) : m.title_strip);
  p.area.y0 = strip.y1;
  p.stage = views::lay_out_stage(run, times, frame.playhead, p.area.width() / m.scale, p.area.height() / m.scale);
  ImGui::SetNextItemAllowOverlap();
  const bool title_pressed = !frame.wall && panel_title(p.look, frame.titled ? "Stage" : "##Stage", all.width());
  if (run.lanes().empty()) {
    if (p.area.height() > m.px(40)) draw_empty(p.look, p.area, views::press_run_text(run));
  } else {
    const float title = frame.titled ? text_width(p.look, strong_text(p.look), "Stage") + m.px(15) : 0.0F;
    const float button = options.can_fold ? m.px(30) : 0.0F;
    const Box words{strip.x0 + m.margin + title, strip.y0, strip.x1 - m.margin - button, strip.y1};
    frame.wall ? draw_sentence_lines(p, words) : draw_sentence(p, words);
    if (p.stage.has_room && !options.folded) {
      begin_frame(p);
      ImDrawList& list = *ImGui::GetWindowDrawList();
      paint_stage_ground(list, p.frame, p.stage, p.area);
      draw_seats(p, list);
      draw_slots(p, list);
      draw_caller(p, list);
      draw_tokens(p, list);
      draw_gils(p, list);
    }
  }
  if (options.can_fold) draw_fold_button(p, strip, options.folded);
  ImGui::PopID();
  return title_pressed;
}

}  // namespace loiter::gui
