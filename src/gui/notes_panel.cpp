#include "gui/notes_panel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "gui/lesson_question.hpp"
#include "gui/paint.hpp"
#include "gui/status_line.hpp"
#include "gui/text.hpp"
#include "gui/widgets.hpp"
#include "views/status_text.hpp"

namespace loiter::gui {
namespace {

using lessons::Page;
using lessons::Prediction;

constexpr float head_units = 108.0F;
constexpr float foot_units = 36.0F;

struct Notes {
  NotesView& view;
  const LessonState& lessons;
  const LabState& lab;
  const PresentationView& wall;
  const Look& look;
  float width = 0.0F;
  [[nodiscard]] const lessons::Reading& reading() const { return lessons.reading(); }
};

void leave(float height) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({at.x, at.y + height});
}

void say(const Notes& n, const TextStyle& style, std::string_view words) {
  paragraph(n.look, style, words, n.width, n.look.metrics.px(20));
}

void heading(const Notes& n, std::string_view words) {
  leave(n.look.metrics.gap16);
  say(n, strong_text(n.look), words);
  leave(n.look.metrics.gap4);
}

std::string first_words(const lessons::Blocks& blocks) {
  std::string words;
  const auto heads = std::ranges::find(blocks, lessons::Block::Kind::Heading, &lessons::Block::kind);
  if (blocks.empty()) return words;
  for (const lessons::Span& span : (heads == blocks.end() ? blocks.front() : *heads).spans) words += span.text;
  return words;
}

std::string_view shown_words(Presented shown) {
  constexpr std::array<std::string_view, 4> words{"The code", "The stage", "The timeline", "The page"};
  return words[static_cast<std::size_t>(shown)];
}

// --- The head: what the class sees, what comes next, the clock ---

void draw_head(const Notes& n, const Box& box) {
  const Metrics& m = n.look.metrics;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const lessons::Reading& reading = n.reading();
  const views::ClockText clock = views::clock_text(n.lab.clock(), n.lab.expected_end());
  const TextStyle digits{Face::MonoBold, m.type.clock, n.look.theme.text};
  const Box inner = box.inset(m.margin, 0);
  const float baseline = baseline_of(digits, box.y0 + m.px(24));
  draw_text_on_baseline(list, n.look, note_text(n.look), inner.x1, baseline, clock.rest, Align::Right);
  const float right = inner.x1 - text_width(n.look, note_text(n.look), clock.rest) - m.gap8;
  draw_text_on_baseline(list, n.look, digits, right, baseline, clock.now, Align::Right);
  const float room = right - text_width(n.look, digits, clock.now) - m.gap12;
  const std::string place = fmt::format("Page {} of {}", reading.number() + 1, reading.pages().size());
  const std::string seen =
      n.wall.open ? fmt::format("{}. The class sees: {}", place, shown_words(n.wall.shown)) : place;
  draw_text_in(list, n.look, note_text(n.look), {inner.x0, box.y0 + m.px(12), room, box.y0 + m.px(36)}, seen);
  draw_text_in(list, n.look, {Face::SansBold, m.type.tile, n.look.theme.text},
               {inner.x0, box.y0 + m.px(40), inner.x1, box.y0 + m.px(64)}, page_title(reading, reading.number()));
  const std::string next =
      reading.is_last() ? "This is the last page." : fmt::format("Next: {}", page_title(reading, reading.number() + 1));
  draw_text_in(list, n.look, base_text(n.look), {inner.x0, box.y0 + m.px(70), inner.x1, box.y0 + m.px(92)}, next);
  horizontal_line(list, box.x0, box.x1, box.y1 - m.hairline, n.look.theme.hairline, m.hairline);
}

// --- The run: what it said, and what the class had said ---

void draw_answers(const Notes& n) {
  const lessons::Reading& reading = n.reading();
  bool is_first = true;
  for (const std::size_t step : reading.questions()) {
    const lessons::Outcome* outcome = reading.outcome(step);
    if (outcome == nullptr) continue;
    const bool hidden = n.wall.open && !is_revealed(n.wall, n.lessons);
    if (is_first) heading(n, hidden ? "What the run said (the class does not see it yet: R)" : "What the run said");
    is_first = false;
    say(n, quiet_text(n.look), reading.lesson().steps[step].prediction->ask);
    say(n, base_text(n.look), fmt::format("{}.", outcome->answer));
    leave(n.look.metrics.gap4);
  }
}

void draw_hands(const Notes& n) {
  const lessons::Reading& reading = n.reading();
  for (const std::size_t step : reading.questions()) {
    const auto& hands = reading.hands(step);
    const Prediction& question = *reading.lesson().steps[step].prediction;
    if (hands.empty()) continue;
    heading(n, fmt::format("Hands: {}", question.ask));
    for (std::size_t i = 0; i < std::min(hands.size(), question.options.size()); ++i)
      say(n, base_text(n.look), fmt::format("{:>3}  {}", hands[i], question.options[i].says));
  }
}

void draw_notes_of(Notes& n, bool here) {
  bool is_first = true;
  for (const lessons::Reading::NoteAt& note : n.reading().notes()) {
    if (note.here != here) continue;
    if (is_first) heading(n, here ? "Notes" : "Other notes of this lesson");
    is_first = false;
    draw_prose(n.view.prose, note.note->prose, n.width, panel_prose(n.look), n.look);
    leave(n.look.metrics.gap8);
  }
  if (is_first && here) {
    heading(n, "Notes");
    say(n, quiet_text(n.look), "The lesson has none for this part.");
  }
}

void draw_foot(const Notes& n, const Box& box) {
  constexpr std::array hints{KeyHint{"Space", "run"}, KeyHint{"PgDn", "next"}, KeyHint{"PgUp", "back"},
                             KeyHint{"R", "reveal"},  KeyHint{"1-4", "view"},  KeyHint{"N", "close"}};
  const Metrics& m = n.look.metrics;
  fill_box(*ImGui::GetWindowDrawList(), box, n.look.theme.chrome);
  horizontal_line(*ImGui::GetWindowDrawList(), box.x0, box.x1, box.y0, n.look.theme.splitter, m.hairline);
  float x = box.x0 + m.margin;
  for (const KeyHint& hint : hints) {
    if (!n.wall.open && (hint.what == "reveal" || hint.what == "view")) continue;  // of the presentation alone
    const float width = key_hint_width(n.look, hint.key, hint.what);
    if (x + width > box.x1 - m.gap8) return;
    ImGui::SetCursorScreenPos({x, std::round(box.centre_y() - m.px(9))});
    key_hint(n.look, hint.key, hint.what);
    x += width + m.gap16;
  }
}

void draw_content(Notes& n, const Box& box) {
  const Metrics& m = n.look.metrics;
  ImGui::SetCursorScreenPos(box.min());
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{m.margin, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{0, 0});
  if (ImGui::BeginChild("notes", {box.width(), box.height()}, ImGuiChildFlags_AlwaysUseWindowPadding)) {
    const std::string shown = fmt::format("{} {}", n.reading().lesson().id, n.reading().number());
    if (shown != n.view.shown) ImGui::SetScrollY(0);
    n.view.shown = shown;
    n.width = std::floor(box.width() - 2 * m.margin - ImGui::GetStyle().ScrollbarSize);
    draw_answers(n);
    draw_hands(n);
    draw_notes_of(n, true);
    draw_notes_of(n, false);
    ImGui::Dummy({1, m.gap16});
  }
  ImGui::EndChild();
  ImGui::PopStyleVar(2);
}

}  // namespace

std::string page_title(const lessons::Reading& reading, std::size_t page) {
  const Page& at = reading.pages()[page];
  if (at.kind == Page::Kind::Closing) return "The end of the lesson";
  const lessons::Step& step = reading.lesson().steps[at.step];
  if (at.kind == Page::Kind::Question) return step.prediction->ask;
  if (at.kind == Page::Kind::Task) return fmt::format("To do: {}", step.task->task);
  return fmt::format("{}{}", at.kind == Page::Kind::Outcome ? "What happened, and why: " : "", first_words(step.prose));
}

void draw_notes(NotesView& view, const LessonState& lessons, const LabState& lab, const PresentationView& wall,
                const Look& look) {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(display);
  ImGui::Begin("Notes", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
  fill_box(*ImGui::GetWindowDrawList(), {0, 0, display.x, display.y}, look.theme.panel);
  Notes n{.view = view, .lessons = lessons, .lab = lab, .wall = wall, .look = look};
  const Box body{0, look.metrics.px(head_units), display.x, display.y - look.metrics.px(foot_units)};
  if (lessons.is_open()) {
    draw_head(n, {0, 0, display.x, body.y0});
    draw_content(n, body);
  } else {
    n.width = display.x - 2 * look.metrics.margin;
    ImGui::SetCursorScreenPos({look.metrics.margin, look.metrics.px(24)});
    say(n, quiet_text(look), "No lesson is open: the notes of its teacher stand here when one is.");
  }
  draw_foot(n, {0, body.y1, display.x, display.y});
  ImGui::SetCursorScreenPos({0, 0});
  ImGui::End();
}

}  // namespace loiter::gui
