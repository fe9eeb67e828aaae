#include "gui/lesson_shelf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <ostream>
#include <system_error>

#include "base/save_file.hpp"
#include "gui/glyphs.hpp"
#include "gui/lesson_pages.hpp"
#include "gui/paint.hpp"
#include "gui/press.hpp"
#include "gui/text.hpp"
#include "gui/widgets.hpp"

namespace loiter::gui {
namespace {

constexpr float row_units = 40.0F;
constexpr float foot_units = 46.0F;
constexpr float said_units = 28.0F;  // what came of Copy or Save

// "8 minutes", "step 3 of 12", "read".
std::string stand_of(const lessons::ShelfEntry& entry, const lessons::Progress& progress) {
  if (!entry.read.lesson)
    return fmt::format("{} mistake{}", entry.read.mistakes.size(), entry.read.mistakes.size() == 1 ? "" : "s");
  const auto known = progress.lessons.find(entry.read.lesson->id);
  if (known == progress.lessons.end() || known->second.step == 0)
    return fmt::format("{} minutes", entry.read.lesson->minutes);
  if (known->second.step >= known->second.of) return "read to its end";
  return fmt::format("{} % read", known->second.step * 100 / std::max(1U, known->second.of));
}

bool is_read(const lessons::ShelfEntry& entry, const lessons::Progress& progress) {
  if (!entry.read.lesson) return false;
  const auto known = progress.lessons.find(entry.read.lesson->id);
  return known != progress.lessons.end() && known->second.of > 0 && known->second.step >= known->second.of;
}

void draw_row(LessonView& view, const lessons::ShelfEntry& entry, std::size_t number, const LessonState& lessons,
              const Box& box, const Look& look) {
  const Metrics& m = look.metrics;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Press press =
      press_area(fmt::format("##{}", entry.name).c_str(), fmt::format("Lesson/{}", entry.name), box, {});
  if (press.hovered) fill_box(list, box, look.theme.control_hover);
  focus_ring(look, press, m.lane_tag_radius);
  if (press.pressed) view.wanted.emplace_back([name = entry.name](LessonState& state) { state.open(name); });
  const float x = box.x0 + m.margin;
  const float upper = box.y0 + m.px(14);
  const float lower = box.y0 + m.px(29);
  if (is_read(entry, lessons.progress())) {
    draw_glyph(list, Glyph::Check, {x + m.px(8), upper}, m.px(14), look.theme.text);
  } else {
    draw_text(list, look, {Face::Mono, m.type.small, look.theme.text2}, x + m.px(16), upper,
              entry.is_file ? "+" : std::to_string(number), Align::Right);
  }
  const Box title{x + m.px(26), upper - m.px(8), box.x1 - m.margin, upper + m.px(8)};
  const bool whole = draw_text_in(list, look, base_text(look), title, entry.title);
  std::string note = stand_of(entry, lessons.progress());
  if (entry.is_file) note += fmt::format(", in {}", entry.name);
  draw_text_in(list, look, note_text(look), title.moved(0, lower - upper), note);
  horizontal_line(list, box.x0 + m.margin, box.x1, box.y1 - m.hairline, look.theme.hairline, m.hairline);
  if (!entry.read.lesson) {
    tip_for_last_item(look, entry.read.mistakes.front());
  } else if (!whole) {
    tip_for_last_item(look, entry.title);
  }
}

void draw_rows(LessonView& view, const LessonState& lessons, const Box& box, const Look& look) {
  const Metrics& m = look.metrics;
  float y = std::round(box.y0 - ImGui::GetScrollY());
  if (!lessons.mistakes().empty()) {
    ImGui::SetCursorScreenPos({box.x0 + m.margin, y + m.gap8});
    for (const std::string& mistake : lessons.mistakes())
      paragraph(look, base_text(look), mistake, box.width() - 2 * m.margin, m.px(19));
    y = ImGui::GetItemRectMax().y + m.gap8;
    horizontal_line(*ImGui::GetWindowDrawList(), box.x0, box.x1, y, look.theme.splitter, m.hairline);
  }
  std::size_t number = 0;
  for (const lessons::ShelfEntry& entry : lessons.shelf().entries()) {
    draw_row(view, entry, ++number, lessons, {box.x0, y, box.x1, y + m.px(row_units)}, look);
    y += m.px(row_units);
  }
  ImGui::SetCursorScreenPos({box.x0, y});
  ImGui::Dummy({1, 1});
}

// A name that nothing has yet: no file of anybody's is written over.
std::string free_name() {
  std::error_code ignored;
  std::string name = "my-lessons.txt";
  for (int i = 2; std::filesystem::exists(name, ignored) && i < 1000; ++i) name = fmt::format("my-lessons-{}.txt", i);
  return name;
}

std::string summary_text(const LessonState& lessons) {
  std::vector<lessons::LessonName> names;
  for (const lessons::ShelfEntry& entry : lessons.shelf().entries()) {
    if (entry.read.lesson) names.push_back({entry.read.lesson->id, entry.title});
  }
  return lessons::text_of(lessons.progress(), names);
}

// At the cursor, in the foot.
void draw_exports(LessonView& view, const LessonState& lessons, const Look& look) {
  const Metrics& m = look.metrics;
  ImGui::SameLine(0.0F, m.gap8);
  if (button(look, "Copy", {.tip = "Lessons, predictions and beliefs, as text."})) {
    ImGui::SetClipboardText(summary_text(lessons).c_str());
    view.said = "Copied.";
  }
  ImGui::SameLine(0.0F, m.gap8);
  if (button(look, "Save as text", {.tip = "Into the folder where the lab was started."})) {
    const std::string name = free_name();
    const auto saved = save_file(name, [&](std::ostream& file) -> Result<void> {
      file << summary_text(lessons);
      return {};
    });
    view.said = saved ? fmt::format("Saved: {}", name) : saved.error().message;
  }
}

}  // namespace

void draw_shelf(LessonView& view, const LessonState& lessons, const Box& box, Frame& frame) {
  const Look& look = frame.look;
  const Metrics& m = look.metrics;
  const float said = view.said.empty() ? 0.0F : m.px(said_units);
  const Box list_box{box.x0, box.y0, box.x1, box.y1 - m.px(foot_units) - said};
  ImGui::SetCursorScreenPos(list_box.min());
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, view.shows_beliefs ? ImVec2{m.margin, m.gap12} : ImVec2{0, 0});
  if (ImGui::BeginChild(view.shows_beliefs ? "beliefs" : "shelf", {list_box.width(), list_box.height()},
                        ImGuiChildFlags_NavFlattened | ImGuiChildFlags_AlwaysUseWindowPadding,
                        ImGuiWindowFlags_NoBackground)) {
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{0, 0});
    if (view.shows_beliefs) {
      draw_beliefs(lessons.progress(), lessons::belief_ids(),
                   box.width() - 2 * m.margin - ImGui::GetStyle().ScrollbarSize, look);
    } else {
      draw_rows(view, lessons, list_box, look);
    }
    ImGui::PopStyleVar();
  }
  ImGui::EndChild();
  ImGui::PopStyleVar();
  const Box foot{box.x0, list_box.y1 + said, box.x1, box.y1};
  if (said > 0) {
    draw_text_in(*ImGui::GetWindowDrawList(), look, base_text(look),
                 {box.x0 + m.margin, list_box.y1, box.x1 - m.margin, foot.y0}, view.said);
  }
  fill_box(*ImGui::GetWindowDrawList(), foot, look.theme.chrome);
  horizontal_line(*ImGui::GetWindowDrawList(), foot.x0, foot.x1, foot.y0, look.theme.splitter, m.hairline);
  ImGui::SetCursorScreenPos({foot.x0 + m.gap12, std::round(foot.centre_y() - m.control_height * 0.5F)});
  const char* label = view.shows_beliefs ? "All lessons" : "My beliefs";
  const bool was_shown = view.shows_beliefs;
  if (button(look, label,
             {.tip = was_shown ? "The list of lessons" : "What you have met, changed, and what is open"})) {
    view.shows_beliefs = !view.shows_beliefs;
    view.said.clear();
  }
  if (was_shown) draw_exports(view, lessons, look);
}

}  // namespace loiter::gui
