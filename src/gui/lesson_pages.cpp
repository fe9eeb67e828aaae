#include "gui/lesson_pages.hpp"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "gui/glyphs.hpp"
#include "gui/paint.hpp"
#include "gui/text.hpp"
#include "gui/top_bar.hpp"
#include "gui/widgets.hpp"

namespace loiter::gui {
namespace {

using lessons::BeliefState;
using lessons::Page;

void leave(float height) { ImGui::Dummy({1, height}); }

void say(const Look& look, const TextStyle& style, std::string_view words, float width) {
  paragraph(look, style, words, width, look.metrics.px(20));
}

// A sentence behind a glyph; further lines stand below its words.
void say_behind(const Look& look, Glyph glyph, const TextStyle& style, std::string_view words, float width) {
  const Metrics& m = look.metrics;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_glyph(*ImGui::GetWindowDrawList(), glyph, {at.x + m.px(8), at.y + m.px(10)}, m.px(16), style.colour);
  ImGui::SetCursorScreenPos({at.x + m.px(24), at.y});
  say(look, style, words, width - m.px(24));
  ImGui::SetCursorScreenPos({at.x, ImGui::GetCursorScreenPos().y});
}

// --- A question ---

void draw_question_page(LessonView& view, const LessonState& lessons, float width, Frame& frame) {
  const Look& look = frame.look;
  const lessons::Reading& reading = lessons.reading();
  const std::size_t step = reading.page().step;
  const lessons::Prediction& prediction = *reading.step()->prediction;
  say(look, note_text(look),
      fmt::format("Question {} of {}: what will this do? {}.", reading.question_number(step), reading.question_count(),
                  setup_sentence(reading.lab()->setup)),
      width);
  if (!lessons.is_fixed()) {
    leave(look.metrics.gap4);
    say(look, base_text(look),
        "The settings are free now. A run marks this question only if it is made with exactly those of the lesson.",
        width);
  }
  leave(look.metrics.gap8);
  paragraph(look, {Face::SansBold, look.metrics.type.tile, look.theme.text}, prediction.ask, width,
            look.metrics.px(23));
  leave(look.metrics.gap12);
  const QuestionStyle style{
      .text = look.metrics.type.base, .leading = look.metrics.px(19), .scale_up = 1.0F, .reveal = true};
  if (auto guess = draw_question(view.question, reading, step, width, style, look)) {
    view.wanted.emplace_back([given = std::move(*guess)](LessonState& state) { state.guess(given); });
  }
  if (std::exchange(view.question.entered, false)) view.wanted.emplace_back([](LessonState& state) { state.next(); });
  frame.moving = frame.moving || view.question.order.moving;
  if (!reading.has_run()) return;
  leave(look.metrics.gap16);
  draw_marks(lessons, width, look);
  if (button(look, "Answer again",
             {.icon = Glyph::Restart, .tip = "The questions of this run anew, then run it again."}))
    view.wanted.emplace_back([](LessonState& state) { state.ask_again(); });
}

// --- An outcome ---

void draw_before_run(const LessonState& lessons, const LabState& lab, float width, const Look& look) {
  const lessons::Reading& reading = lessons.reading();
  const auto questions = reading.questions();
  const auto answered = static_cast<std::size_t>(
      std::ranges::count_if(questions, [&](std::size_t step) { return reading.guess(step) != nullptr; }));
  say(look, strong_text(look), !lab.is_going() ? "Now run it." : lab.is_paused() ? "It is held." : "It runs.", width);
  leave(look.metrics.gap4);
  std::string words = fmt::format("{}.", setup_sentence(reading.lab()->setup));
  if (!questions.empty() && answered == questions.size()) {
    words += questions.size() == 1 ? " Your prediction is made." : " Your predictions are made.";
  } else if (!questions.empty()) {
    words += fmt::format(" {} of {} questions are answered; Back goes to them.", answered, questions.size());
  }
  say(look, quiet_text(look), words, width);
  if (lab.is_going() || lessons.is_as_set()) return;
  leave(look.metrics.gap8);
  say(look, base_text(look), "The settings are not those of the lesson any more: Run sets them again.", width);
}

void draw_outcome_page(LessonView& view, const LessonState& lessons, const LabState& lab, float width, Frame& frame) {
  const Look& look = frame.look;
  if (!lessons.reading().has_run()) return draw_before_run(lessons, lab, width, look);
  draw_marks(lessons, width, look);
  const auto pressed = draw_prose(view.prose, lessons.reading().step()->prose, width, panel_prose(look), look);
  if (!pressed.link.empty()) view.link = pressed.link;
  leave(look.metrics.gap12);
  if (button(look, "Answer again",
             {.icon = Glyph::Restart, .tip = "The questions of this run anew, then run it again."}))
    view.wanted.emplace_back([](LessonState& state) { state.ask_again(); });
}

// --- A task ---

void draw_goals(const LessonState& lessons, const LabState& lab, float width, const Look& look) {
  const lessons::Try& task = *lessons.reading().step()->task;
  // Of the run before, until the one that goes is over.
  const bool goes = lab.is_going() && !lab.is_standstill();
  const lessons::Attempt* attempt = goes ? nullptr : lessons.reading().attempt();
  for (std::size_t i = 0; i < task.goals.size(); ++i) {
    std::string words = lessons::text_of(task.goals[i]);
    const bool met = attempt != nullptr && attempt->goals[i].met;
    if (attempt != nullptr) words += fmt::format(" (it was {})", attempt->goals[i].was);
    const Glyph glyph = met ? Glyph::Check : attempt == nullptr ? Glyph::HollowCircle : Glyph::Cross;
    say_behind(look, glyph, base_text(look), words, width);
  }
}

std::string changeable_words(const lessons::Try& task) {
  std::vector<std::string> names = task.may_change;
  std::ranges::replace(names, std::string("scenario"), std::string("the scenario (the list at the top left)"));
  return join(names, ", ");
}

void draw_task_page(LessonView& view, const LessonState& lessons, const LabState& lab, float width, Frame& frame) {
  const Look& look = frame.look;
  const lessons::Reading& reading = lessons.reading();
  const lessons::Try& task = *reading.step()->task;
  say(look, note_text(look), "Something to do", width);
  leave(look.metrics.gap4);
  say(look, strong_text(look), task.task, width);
  leave(look.metrics.gap8);
  draw_goals(lessons, lab, width, look);
  leave(look.metrics.gap8);
  const lessons::Attempt* attempt = reading.attempt();
  if (attempt != nullptr && attempt->solved) {
    say(look, strong_text(look), "That is it.", width);
    return;
  }
  say(look, quiet_text(look), fmt::format("You may change above: {}. Then run it.", changeable_words(task)), width);
  if (reading.attempts() >= 1 && !task.hint.empty()) {
    leave(look.metrics.gap8);
    say(look, base_text(look), fmt::format("A hint: {}", task.hint), width);
  }
  if (reading.attempts() < 2) return;
  leave(look.metrics.gap8);
  if (button(look, "Show a solution", {.tip = "Puts the settings that do it into the row above; you run them."}))
    view.wanted.emplace_back([](LessonState& state) { state.show_solution(); });
}

// --- The end ---

void draw_closing_page(LessonView& view, const LessonState& lessons, float width, Frame& frame) {
  const Look& look = frame.look;
  const lessons::Reading& reading = lessons.reading();
  say(look, {Face::SansBold, look.metrics.type.tile, look.theme.text}, "That was the lesson.", width);
  leave(look.metrics.gap4);
  if (reading.asked() > 0)
    say(look, base_text(look), fmt::format("{} of {} predictions were right.", reading.right(), reading.asked()),
        width);
  leave(look.metrics.gap12);
  draw_beliefs(lessons.progress(), reading.beliefs(), width, look);
  const auto& entries = lessons.shelf().entries();
  const auto here = std::ranges::find_if(entries, [&](const lessons::ShelfEntry& entry) {
    return entry.read.lesson && entry.read.lesson->id == reading.lesson().id;
  });
  if (here != entries.end() && here + 1 != entries.end() && !(here + 1)->is_file) {
    const std::string label = fmt::format("Next lesson: {}", (here + 1)->title);
    if (button(look, label.c_str(), {.icon = Glyph::ChevronRight}))
      view.wanted.emplace_back([name = (here + 1)->name](LessonState& state) { state.open(name); });
    leave(look.metrics.gap8);
  }
  if (button(look, "Copy my answers", {.tip = "The questions, your predictions and what happened, as text."})) {
    ImGui::SetClipboardText(lessons::text_of(reading).c_str());
    view.said = "Copied.";
  }
  leave(look.metrics.gap8);
  if (button(look, "Start over", {.icon = Glyph::Restart, .tip = "Forgets what you answered in this lesson."}))
    view.wanted.emplace_back([](LessonState& state) { state.start_over(); });
  leave(look.metrics.gap8);
  if (!view.said.empty()) say(look, quiet_text(look), view.said, width);
  if (reading.lesson().sources.empty()) return;
  leave(look.metrics.gap8);
  say(look, note_text(look), "Sources", width);
  for (const std::string& source : reading.lesson().sources) say(look, note_text(look), source, width);
}

}  // namespace

namespace {

// The belief behind an answer, by its name, and the sentence that answers it.
void say_belief(const lessons::Marked& marked, float width, const Look& look) {
  const lessons::Belief* belief = lessons::find_belief(marked.belief);
  if (belief == nullptr && marked.sentence.empty()) return;
  leave(look.metrics.gap4);
  if (belief != nullptr) say(look, quiet_text(look), fmt::format("The belief behind it: {}.", belief->name), width);
  if (!marked.sentence.empty()) say(look, base_text(look), marked.sentence, width);
}

}  // namespace

void draw_marks(const LessonState& lessons, float width, const Look& look) {
  const lessons::Reading& reading = lessons.reading();
  const auto& page = reading.page();
  const auto questions = page.kind == Page::Kind::Question ? std::vector{page.step} : reading.questions();
  for (const std::size_t step : questions) {
    const lessons::Marking* marking = reading.marking(step);
    const lessons::Outcome* outcome = reading.outcome(step);
    if (page.kind != Page::Kind::Question) {
      say(look, quiet_text(look), reading.lesson().steps[step].prediction->ask, width);
      leave(look.metrics.px(2));
    }
    if (marking == nullptr) {
      if (outcome != nullptr)
        say(look, base_text(look), fmt::format("You did not say. It was: {}.", outcome->answer), width);
    } else if (!marking->no_answer.empty()) {
      say(look, base_text(look), fmt::format("This run has no answer to that: {}.", marking->no_answer), width);
    } else if (marking->marked.right) {
      say_behind(look, Glyph::Check, strong_text(look), fmt::format("Right: {}.", marking->marked.answer), width);
    } else {
      say_behind(look, Glyph::Cross, strong_text(look), fmt::format("Not so. It was: {}.", marking->marked.answer),
                 width);
      const lessons::Prediction& prediction = *reading.lesson().steps[step].prediction;
      if (const lessons::Guess* guess = reading.guess(step))
        say(look, base_text(look), fmt::format("You said: {}.", lessons::text_of(prediction, *guess)), width);
      const auto& difference = marking->marked.difference;
      if (difference && difference->sentence != fmt::format("It was {}.", marking->marked.answer))
        say(look, base_text(look), difference->sentence, width);
      say_belief(marking->marked, width, look);
    }
    leave(look.metrics.gap16);
  }
}

void draw_beliefs(const lessons::Progress& progress, const std::vector<std::string>& ids, float width,
                  const Look& look) {
  constexpr std::array<std::pair<BeliefState, std::string_view>, 4> groups{
      {{BeliefState::Changed, "You have changed your mind about"},
       {BeliefState::Open, "Still open"},
       {BeliefState::NotHeld, "Asked about, and never held"},
       {BeliefState::NotMet, "Not asked about yet"}}};
  for (const auto& [state, heading] : groups) {
    bool is_first = true;
    for (const std::string& id : ids) {
      if (lessons::state_of(progress, id) != state) continue;
      if (is_first) say(look, strong_text(look), heading, width);
      is_first = false;
      const lessons::Belief* belief = lessons::find_belief(id);
      const Glyph glyph = state == BeliefState::Open     ? Glyph::Cross
                          : state == BeliefState::NotMet ? Glyph::HollowCircle
                                                         : Glyph::Check;
      say_behind(look, glyph, base_text(look), belief->name, width);
      if (state == BeliefState::Open) say_behind(look, Glyph::ChevronRight, quiet_text(look), belief->answer, width);
      leave(look.metrics.gap4);
    }
    if (!is_first) leave(look.metrics.gap12);
  }
}

void draw_lesson_page(LessonView& view, const LessonState& lessons, const LabState& lab, float width, Frame& frame) {
  switch (lessons.reading().page().kind) {
    case Page::Kind::Prose: {
      const auto pressed =
          draw_prose(view.prose, lessons.reading().step()->prose, width, panel_prose(frame.look), frame.look);
      if (!pressed.link.empty()) view.link = pressed.link;
      return;
    }
    case Page::Kind::Question:
      return draw_question_page(view, lessons, width, frame);
    case Page::Kind::Outcome:
      return draw_outcome_page(view, lessons, lab, width, frame);
    case Page::Kind::Task:
      return draw_task_page(view, lessons, lab, width, frame);
    case Page::Kind::Closing:
      return draw_closing_page(view, lessons, width, frame);
  }
}

}  // namespace loiter::gui
