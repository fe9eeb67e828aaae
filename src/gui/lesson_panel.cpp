#include "gui/lesson_panel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "gui/glyphs.hpp"
#include "gui/lesson_pages.hpp"
#include "gui/lesson_shelf.hpp"
#include "gui/paint.hpp"
#include "gui/panel.hpp"
#include "gui/press.hpp"
#include "gui/text.hpp"
#include "gui/widgets.hpp"

namespace loiter::gui {
namespace {

using lessons::Page;

constexpr float head_units = 62.0F;
constexpr float foot_units = 46.0F;
constexpr float settings_units = 34.0F;
constexpr float low_units = 300.0F;

// --- The head: title, close, pages ---

void draw_pages(LessonView& view, const lessons::Reading& reading, const Box& box, const Look& look) {
  const Metrics& m = look.metrics;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto count = static_cast<float>(reading.pages().size());
  const std::string words = fmt::format("{} of {}", reading.number() + 1, reading.pages().size());
  const float words_width = text_width(look, note_text(look), words) + m.gap8;
  const float step = std::min(m.px(16), (box.width() - words_width) / count);
  for (std::size_t i = 0; i < reading.pages().size(); ++i) {
    const float x = std::round(box.x0 + step * static_cast<float>(i));
    ImGui::PushID(static_cast<int>(i));
    const Press press =
        press_area("##page", fmt::format("Lesson/page {}", i + 1), {x, box.y0, x + std::floor(step), box.y1}, {});
    ImGui::PopID();
    const bool here = i == reading.number();
    const bool done = i < reading.number();
    const Box bar{x, box.centre_y() - m.px(here ? 4 : 2), x + std::floor(step) - m.px(2),
                  box.centre_y() + m.px(here ? 4 : 2)};
    fill_box(list, bar,
             here || press.hovered ? look.theme.text
             : done                ? look.theme.control_line
                                   : look.theme.splitter,
             m.wait_radius);
    focus_ring(look, press, m.wait_radius);
    tip_for_last_item(look, fmt::format("Page {}", i + 1));
    if (press.pressed) view.wanted.emplace_back([i](LessonState& state) { state.go_to(i); });
  }
  draw_text(list, look, note_text(look), box.x1, box.centre_y(), words, Align::Right);
}

void draw_head(LessonView& view, const LessonState& lessons, const Box& box, const Look& look) {
  const Metrics& m = look.metrics;
  const lessons::Reading& reading = lessons.reading();
  const Box title{box.x0 + m.margin, box.y0 + m.gap4, box.x1 - m.px(40), box.y0 + m.px(34)};
  press_area("##title", "Lesson/title", title, {.keyboard = false});
  if (!draw_text_in(*ImGui::GetWindowDrawList(), look, strong_text(look), title, reading.lesson().title))
    tip_for_last_item(look, reading.lesson().title);
  ImGui::SetCursorScreenPos({box.x1 - m.px(36), box.y0 + m.gap4});
  if (icon_button(look, "Close the lesson", Glyph::Close, "Close the lesson; where you are is kept."))
    view.wanted.emplace_back([](LessonState& state) { state.close(); });
  draw_pages(view, reading, {box.x0 + m.margin, box.y0 + m.px(36), box.x1 - m.margin, box.y0 + m.px(54)}, look);
  horizontal_line(*ImGui::GetWindowDrawList(), box.x0, box.x1, box.y1 - m.hairline, look.theme.hairline, m.hairline);
}

// --- Above the foot: whether the settings are the lesson's ---

bool has_settings(const LessonState& lessons) { return lessons.reading().page().lab.has_value(); }

const char* settings_label(const LessonState& lessons) {
  return lessons.is_fixed() ? "Free the settings" : "Fix them again";
}

ButtonOptions settings_options(const LessonState& lessons) {
  return {.kind = ButtonKind::Quiet,
          .small = true,
          .tip = lessons.is_fixed() ? "Lets you change every setting of this lab; the questions are not marked by what "
                                      "runs then."
                                    : "The settings as the lesson has them."};
}

// At the cursor.
void draw_settings_button(LessonView& view, const LessonState& lessons, const Look& look) {
  if (!button(look, settings_label(lessons), settings_options(lessons))) return;
  view.wanted.emplace_back(
      [fixed = lessons.is_fixed()](LessonState& state) { fixed ? state.free_settings() : state.fix_settings(); });
}

void draw_settings(LessonView& view, const LessonState& lessons, const Box& box, const Look& look) {
  const Metrics& m = look.metrics;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  horizontal_line(list, box.x0, box.x1, box.y0, look.theme.hairline, m.hairline);
  const float width = button_width(look, settings_label(lessons), settings_options(lessons));
  draw_glyph(list, Glyph::Lock, {box.x0 + m.margin + m.px(6), box.centre_y()}, m.px(14),
             lessons.is_fixed() ? look.theme.text2 : look.theme.text3);
  const Box words{box.x0 + m.margin + m.px(18), box.y0, box.x1 - m.gap8 - width, box.y1};
  draw_text_in(list, look, note_text(look), words,
               lessons.is_fixed() ? "Settings of the lesson" : "Settings are yours");
  ImGui::SetCursorScreenPos({box.x1 - m.gap8 - width, std::round(box.centre_y() - m.small_control_height * 0.5F)});
  draw_settings_button(view, lessons, look);
}

// --- The foot: Back, Skip, Next or Run ---

void go_on(LessonView& view, LessonStep step) {
  if (step == LessonStep::Next) view.wanted.emplace_back([](LessonState& state) { state.next(); });
  if (step == LessonStep::Answer) view.wanted.emplace_back([](LessonState& state) { state.ask_for_answer(); });
  if (step == LessonStep::Run) view.wanted.emplace_back([](LessonState& state) { state.run(); });
}

void draw_foot(LessonView& view, const LessonState& lessons, const LabState& lab, const Box& box, bool with_settings,
               const Look& look) {
  const Metrics& m = look.metrics;
  fill_box(*ImGui::GetWindowDrawList(), box, look.theme.chrome);
  horizontal_line(*ImGui::GetWindowDrawList(), box.x0, box.x1, box.y0, look.theme.splitter, m.hairline);
  const float y = std::round(box.centre_y() - m.control_height * 0.5F);
  ImGui::SetCursorScreenPos({box.x0 + m.gap12, y});
  if (button(look, "Back", {.icon = Glyph::ChevronLeft, .enabled = !lessons.reading().is_first(), .tip = "Backspace"}))
    view.wanted.emplace_back([](LessonState& state) { state.back(); });
  if (with_settings) {
    ImGui::SameLine(0.0F, m.gap8);
    ImGui::SetCursorScreenPos(
        {ImGui::GetCursorScreenPos().x, std::round(box.centre_y() - m.small_control_height * 0.5F)});
    draw_settings_button(view, lessons, look);
  }
  if (lessons.reading().is_last()) return;
  const LessonStep step = next_step(lessons, lab);
  const bool is_run = step == LessonStep::Run;
  const char* label = !is_run ? "Next" : lab.is_paused() ? "Go on" : "Run the lab";
  const ButtonOptions options{.kind = ButtonKind::Primary,
                              .icon = is_run ? Glyph::Play : Glyph::ChevronRight,
                              .enabled = step == LessonStep::Next || is_run,
                              .width = m.px(84),
                              .tip = step == LessonStep::Answer ? "Say first what you expect, or skip the question."
                                     : step == LessonStep::Wait ? "It runs."
                                                                : "Enter"};
  const float width = button_width(look, label, options);
  const bool can_skip = step != LessonStep::Next;
  if (can_skip) {
    const ButtonOptions quiet{.kind = ButtonKind::Quiet, .tip = "Go on without it."};
    ImGui::SetCursorScreenPos({box.x1 - m.gap12 - width - m.gap8 - button_width(look, "Skip", quiet), y});
    if (button(look, "Skip", quiet)) view.wanted.emplace_back([](LessonState& state) { state.next(); });
  }
  ImGui::SetCursorScreenPos({box.x1 - m.gap12 - width, y});
  if (button(look, label, options)) go_on(view, step);
}

// What is wrong with the file since it was changed; the lesson goes on as it was.
float draw_mistakes(const LessonState& lessons, const Box& box, const Look& look) {
  if (lessons.mistakes().empty()) return 0.0F;
  const Metrics& m = look.metrics;
  constexpr std::size_t most_letters = 180;  // the rest is told on hover
  const std::string& first = lessons.mistakes().front();
  ImGui::SetCursorScreenPos({box.x0 + m.margin, box.y0 + m.gap8});
  paragraph(look, base_text(look),
            first.size() <= most_letters ? first : first.substr(0, first.rfind(' ', most_letters)) + " ...",
            box.width() - 2 * m.margin, m.px(19));
  if (first.size() > most_letters) tip_for_last_item(look, first);
  if (lessons.mistakes().size() > 1) {
    paragraph(look, note_text(look), fmt::format("And {} more.", lessons.mistakes().size() - 1),
              box.width() - 2 * m.margin, m.px(19));
  }
  const float y = ImGui::GetItemRectMax().y + m.gap8;
  horizontal_line(*ImGui::GetWindowDrawList(), box.x0, box.x1, y, look.theme.splitter, m.hairline);
  return y - box.y0;
}

void draw_page_in(LessonView& view, const LessonState& lessons, const LabState& lab, const Box& box, Frame& frame) {
  const Metrics& m = frame.look.metrics;
  ImGui::SetCursorScreenPos(box.min());
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{m.margin, m.gap12});
  if (ImGui::BeginChild("page", {box.width(), box.height()},
                        ImGuiChildFlags_NavFlattened | ImGuiChildFlags_AlwaysUseWindowPadding,
                        ImGuiWindowFlags_NoBackground)) {
    const std::string shown =
        fmt::format("{} {} {}", lessons.reading().lesson().id, lessons.reading().number(), lessons.reading().has_run());
    if (shown != view.shown) ImGui::SetScrollY(0);
    if (shown != view.shown) view.said.clear();
    view.shown = shown;
    const float room = box.width() - 2 * m.margin - ImGui::GetStyle().ScrollbarSize * 0.5F;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{0, 0});
    draw_lesson_page(view, lessons, lab, std::floor(room), frame);
    ImGui::Dummy({1, m.gap8});
    ImGui::PopStyleVar();
    view.height = ImGui::GetCursorPosY() + m.gap12;
  }
  ImGui::EndChild();
  ImGui::PopStyleVar();
}

}  // namespace

LessonStep next_step(const LessonState& lessons, const LabState& lab) {
  const lessons::Reading& reading = lessons.reading();
  switch (reading.page().kind) {
    case Page::Kind::Question:
      return lessons.waits_for_answer() ? LessonStep::Answer : LessonStep::Next;
    case Page::Kind::Outcome:
      if (reading.has_run()) return LessonStep::Next;
      return lab.is_going() && !lab.is_paused() ? LessonStep::Wait : LessonStep::Run;
    case Page::Kind::Task: {
      const lessons::Attempt* attempt = reading.attempt();
      if (attempt != nullptr && attempt->solved) return LessonStep::Next;
      return lab.is_going() && !lab.is_paused() && !lab.is_standstill() ? LessonStep::Wait : LessonStep::Run;
    }
    case Page::Kind::Prose:
    case Page::Kind::Closing:
      break;
  }
  return LessonStep::Next;
}

void draw_lesson(LessonView& view, const LessonState& lessons, const LabState& lab, Frame& frame) {
  const Look& look = frame.look;
  const Metrics& m = look.metrics;
  const Box all = rest_of_window();
  ImGui::PushID("Lesson");
  view.link.clear();
  if (!lessons.is_open()) {
    draw_shelf(view, lessons, all, frame);
    ImGui::PopID();
    return;
  }
  view.prose.folder = lessons.folder();
  Box page{all.x0, all.y0 + m.px(head_units), all.x1, all.y1 - m.px(foot_units)};
  draw_head(view, lessons, {all.x0, all.y0, all.x1, page.y0}, look);
  // In a low panel the settings have no row of their own.
  const bool is_low = all.height() < m.px(low_units);
  draw_foot(view, lessons, lab, {all.x0, page.y1, all.x1, all.y1}, is_low && has_settings(lessons), look);
  if (!is_low && has_settings(lessons)) {
    draw_settings(view, lessons, {page.x0, page.y1 - m.px(settings_units), page.x1, page.y1}, look);
    page.y1 -= m.px(settings_units);
  }
  page.y0 += draw_mistakes(lessons, page, look);
  if (!page.empty()) draw_page_in(view, lessons, lab, page, frame);
  view.height += all.height() - page.height();
  ImGui::PopID();
}

bool asks_for_sketch(const LessonState& lessons) {
  if (!lessons.is_open() || lessons.reading().page().kind != Page::Kind::Question) return false;
  return lessons.reading().step()->prediction->kind == lessons::Prediction::Kind::Sketch &&
         !lessons.reading().has_run();
}

void draw_sketch(LessonView& view, const LessonState& lessons, std::size_t step, Frame& frame) {
  const Look& look = frame.look;
  const Box all = rest_of_window();
  panel_title(look, "Your sketch", all.width(), {.subtitle = "Where do you expect each call to run?"});
  const Box board{all.x0 + look.metrics.gap4, all.y0 + look.metrics.title_strip, all.x1 - look.metrics.gap4,
                  all.y1 - look.metrics.gap4};
  auto guess = draw_question_board(view.question, lessons.reading(), step, board, look);
  frame.moving = frame.moving || view.question.sketch.moving;
  if (guess) view.wanted.emplace_back([given = std::move(*guess)](LessonState& state) { state.guess(given); });
}

bool act_on_lesson_keys(LessonView& view, const LessonState& lessons, const LabState& lab) {
  if (!lessons.is_open()) return false;
  const lessons::Reading& reading = lessons.reading();
  if (ImGui::IsKeyPressed(ImGuiKey_Enter, false) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter, false))
    go_on(view, next_step(lessons, lab));
  if (ImGui::IsKeyPressed(ImGuiKey_Backspace, false))
    view.wanted.emplace_back([](LessonState& state) { state.back(); });
  // Between questions they choose nothing: the modes are fixed.
  if (reading.page().kind != Page::Kind::Question || reading.has_run()) return lab.is_fixed();
  for (int i = 0; i < 9; ++i) {
    const bool pressed = ImGui::IsKeyPressed(static_cast<ImGuiKey>(ImGuiKey_1 + i), false) ||
                         ImGui::IsKeyPressed(static_cast<ImGuiKey>(ImGuiKey_Keypad1 + i), false);
    if (!pressed) continue;
    if (auto guess = toggled_option(reading, reading.page().step, static_cast<std::size_t>(i) + 1))
      view.wanted.emplace_back([given = std::move(*guess)](LessonState& state) { state.guess(given); });
  }
  return true;
}

}  // namespace loiter::gui
