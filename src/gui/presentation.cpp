#include "gui/presentation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cfloat>

#include "gui/paint.hpp"
#include "gui/presentation_parts.hpp"
#include "gui/press.hpp"
#include "gui/sweep_panel.hpp"
#include "gui/workbench.hpp"
#include "gui/workbench_regions.hpp"
#include "views/status_text.hpp"

namespace loiter::gui {
namespace {

using lessons::Page;
using wall::Presenting;

constexpr float footer_units = 66.0F;
constexpr float head_units = 60.0F;

// --- The foot: which keys do what, and where we are ---

std::string place_words(const Presenting& p) {
  if (!p.lessons.is_open()) return "";
  const lessons::Reading& reading = p.reading();
  std::string words =
      reading.page().kind == Page::Kind::Question
          ? fmt::format("Question {} of {}", reading.question_number(reading.page().step), reading.question_count())
          : fmt::format("Page {} of {}", reading.number() + 1, reading.pages().size());
  const bool in_parts = p.view.shown == Presented::Page && p.view.slides.count > 1;
  if (in_parts) words += fmt::format(", part {} of {}", p.view.slides.part + 1, p.view.slides.count);
  return words;
}

void draw_hints(const Presenting& p, const Box& box) {
  const float gap = p.wall.u(26);
  float x = box.x0;
  for (const wall::Hint& hint : wall::hints_of(p)) {
    const float key = text_width(p.look(), p.wall.strong(wall_text), hint.key) + p.wall.u(8);
    if (x + key + text_width(p.look(), p.wall.quiet(wall_text), hint.what) > box.x1) return;
    draw_text(*p.list, p.look(), p.wall.strong(wall_text), x, box.centre_y(), hint.key);
    x = draw_text(*p.list, p.look(), p.wall.quiet(wall_text), x + key, box.centre_y(), hint.what) + gap;
  }
}

void draw_footer(const Presenting& p, const Box& box) {
  fill_box(*p.list, box, p.look().theme.chrome);
  horizontal_line(*p.list, box.x0, box.x1, box.y0, p.look().theme.splitter, p.look().metrics.hairline);
  const Box inner = box.inset(p.wall.u(wall_margin), 0);
  if (!p.lab.message().empty()) {
    const std::string words = fitted_words(p.look(), p.wall.text(wall_text), p.lab.message(), inner.width());
    draw_text(*p.list, p.look(), p.wall.text(wall_text), inner.x0, inner.centre_y(), words);
    return;
  }
  const std::string place = place_words(p);
  draw_text(*p.list, p.look(), p.wall.quiet(wall_text), inner.x1, inner.centre_y(), place, Align::Right);
  const float room = text_width(p.look(), p.wall.quiet(wall_text), place) + p.wall.u(24);
  draw_hints(p, {inner.x0, inner.y0, inner.x1 - room, inner.y1});
}

// --- A panel: what runs, the clock, and below them the panel alone ---

void draw_head(const Presenting& p, const Box& box) {
  const views::ClockText clock = views::clock_text(p.lab.clock(), std::nullopt);
  const TextStyle digits = p.wall.number(52);
  const TextStyle unit = p.wall.quiet(26);
  const float baseline = baseline_of(digits, box.centre_y());
  draw_text_on_baseline(*p.list, p.look(), unit, box.x1, baseline, clock.rest, Align::Right);
  const float right = box.x1 - text_width(p.look(), unit, clock.rest) - p.wall.u(10);
  draw_text_on_baseline(*p.list, p.look(), digits, right, baseline, clock.now, Align::Right);
  const float room = right - std::max(text_width(p.look(), digits, "10.00"), text_width(p.look(), digits, clock.now));
  const Box words{box.x0, box.y0, room - p.wall.u(24), box.y1};
  const std::string program = wall::program_words(p.lab);
  const std::string machine = wall::machine_words(p.lab);
  const float code = text_width(p.look(), p.wall.code(26), program);
  draw_text_in(*p.list, p.look(), p.wall.code(26), words, program);
  if (code + p.wall.u(28) + text_width(p.look(), p.wall.quiet(wall_text), machine) > words.width()) return;
  draw_text(*p.list, p.look(), p.wall.quiet(wall_text), words.x0 + code + p.wall.u(28), words.centre_y(), machine);
}

void draw_code_on_wall(WorkbenchView& view, Presenting& p) {
  Look look = p.look();
  look.metrics.type.small = p.wall.u(26);
  look.metrics.code_line = p.wall.u(38);
  look.metrics.lane_tag_small = look.metrics.lane_tag;
  Frame frame{.look = look,
              .selection = p.frame.selection,
              .tags = p.frame.tags,
              .playhead = p.frame.playhead,
              .following = p.frame.following,
              .wall = true,
              .titled = false,
              .run_number = p.frame.run_number};
  draw_code(view.code, p.lab.run_shown(), frame);
}

void draw_timeline_on_wall(WorkbenchView& view, Presenting& p, const Box& box) {
  const bool has_runs = p.lab.sweep() != nullptr || p.lab.shows_comparison();
  if (!has_runs && !p.lab.has_run()) return wall::draw_preview(p, box);
  if (!has_runs) return p.draw_timeline(box);
  in_region("Timeline", box, [&] {
    if (p.lab.sweep() != nullptr) {
      draw_sweep(*p.lab.sweep(), p.frame);
    } else {
      draw_comparison(view.comparison, comparison_of(p.lab), p.frame);
    }
  });
}

void draw_panel_on_wall(WorkbenchView& view, Presenting& p, const Box& body) {
  const Box head{body.x0, body.y0, body.x1, body.y0 + p.wall.u(head_units)};
  draw_head(p, head);
  const Box box{body.x0, head.y1 + p.wall.u(12), body.x1, body.y1};
  switch (p.view.shown) {
    case Presented::Code:
      return in_region("Code", box, [&] { draw_code_on_wall(view, p); });
    case Presented::Stage:  // its boxes need the width
      return in_region("Stage", box.inset(-p.wall.u(36), 0),
                       [&] { draw_stage(view.stage, p.lab.run_shown(), view.times, p.frame); });
    case Presented::Timeline:
    case Presented::Page:
      return draw_timeline_on_wall(view, p, box);
  }
}

// --- The pointer, found from the last row ---

void draw_halo(Presenting& p) {
  constexpr double shown_seconds = 2.0;
  constexpr double fading_seconds = 0.4;
  const ImVec2 at = ImGui::GetIO().MousePos;
  const double now = ImGui::GetTime();
  if (!ImGui::IsMousePosValid(&at)) return;
  if (at.x != p.view.pointer.x || at.y != p.view.pointer.y) p.view.pointer_moved = now;
  p.view.pointer = at;
  const double left = p.view.pointer_moved + shown_seconds - now;
  if (left <= 0) {
    // With it goes what the pointer has called up; the next movement brings both back.
    ImGui::GetIO().AddMousePosEvent(-FLT_MAX, -FLT_MAX);
    return;
  }
  p.frame.moving = true;
  const float strength = p.look().motion ? static_cast<float>(std::min(1.0, left / fading_seconds)) : 1.0F;
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  // Wide and faint to narrow and strong: a ring with soft edges, that hides nothing inside.
  constexpr std::array<std::array<float, 2>, 3> rings{{{14.0F, 0.10F}, {9.0F, 0.16F}, {4.0F, 0.45F}}};
  for (const auto& [thickness, alpha] : rings)
    list.AddCircle(at, p.wall.u(30), faded(p.look().theme.text, alpha * strength), 48, p.wall.u(thickness));
}

// What is remembered belongs to one lesson, and answers to a run that is asked for again are hidden again.
void take_up(Presenting& p) {
  PresentationView& view = p.view;
  const std::string lesson = p.lessons.is_open() ? p.reading().lesson().id : "";
  if (view.lesson != lesson) {
    view.lesson = lesson;
    view.revealed.clear();
    view.hands = {};
    view.slides = {};
    if (!p.lessons.is_open() && view.shown == Presented::Page) view.shown = Presented::Timeline;
  }
  if (!p.lessons.is_open() || p.reading().has_run()) return;
  const auto& pages = p.reading().pages();
  std::erase_if(view.revealed,
                [&](std::size_t page) { return page >= pages.size() || pages[page].lab == p.reading().page().lab; });
}

void draw_no_lesson(const Presenting& p, const Box& box) {
  const Box words{box.x0, box.y0 + p.wall.u(66), box.x1, box.y1};
  const float y = wall::draw_lines(p, p.wall.strong(44), "No lesson is open.", words, 54) + p.wall.u(24);
  wall::draw_lines(p, p.wall.text(28),
                   "Leave the presentation with Esc, open the lessons with L and choose one; F11 comes back here.",
                   {words.x0, y, words.x1, words.y1}, 40);
}

}  // namespace

void set_presentation(PresentationView& view, LessonState& lessons, bool open) {
  if (view.open == open) return;
  drop_keyboard_ring();
  view.open = open;
  view.show_keys = false;
  view.hands = {};
  view.shown = lessons.is_open() ? Presented::Page : Presented::Timeline;
  lessons.set_hold_back(!open);
}

bool is_revealed(const PresentationView& view, const LessonState& lessons) {
  return lessons.is_open() && lessons.reading().has_run() && view.revealed.contains(lessons.reading().number());
}

bool draw_presentation(WorkbenchView& view, const LabState& lab, const LessonState& lessons, Frame& frame,
                       const Wall& wall) {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(display);
  ImGui::Begin("Presentation", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoBringToFrontOnFocus |
                   ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoSavedSettings);
  const auto timeline = [&](const Box& box) {
    in_region("Timeline", box, [&] { draw_timeline(view.timeline, lab.run_shown(), frame); });
  };
  Presenting p{view.presentation, view.lesson, lab, lessons, frame, wall, timeline, ImGui::GetWindowDrawList()};
  frame.wall = true;
  frame.titled = false;
  frame.can_kill = false;
  take_up(p);
  const Box footer{0, display.y - wall.u(footer_units), display.x, display.y};
  const float margin = wall.u(wall_margin);
  const Box body{margin, wall.u(36), display.x - margin, footer.y0 - wall.u(12)};
  fill_box(*p.list, {0, 0, display.x, footer.y0}, wall.look.theme.panel);
  if (p.view.shown != Presented::Page) {
    draw_panel_on_wall(view, p, body);
  } else if (lessons.is_open()) {
    wall::draw_page(p, body);
  } else {
    draw_no_lesson(p, body);
  }
  draw_footer(p, footer);
  ImGui::SetCursorScreenPos({0, 0});
  ImGui::End();
  if (p.view.show_keys) wall::draw_key_list(p);
  draw_halo(p);
  return frame.moving;
}

}  // namespace loiter::gui
