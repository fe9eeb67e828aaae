#include "gui/lesson_question.hpp"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "gui/glyphs.hpp"
#include "gui/paint.hpp"
#include "gui/press.hpp"
#include "gui/test_hooks.hpp"
#include "gui/text.hpp"
#include "gui/widgets.hpp"

namespace loiter::gui {
namespace {

using lessons::Guess;
using lessons::Prediction;
using Kind = Prediction::Kind;

bool holds(const Guess* guess, std::size_t i) {
  return guess != nullptr && std::ranges::find(guess->chosen, i) != guess->chosen.end();
}

class QuestionDrawing {
 public:
  QuestionDrawing(QuestionView& view, const lessons::Reading& reading, std::size_t step, float width,
                  const QuestionStyle& style, const Look& look)
      : m_view(view),
        m_reading(reading),
        m_step(step),
        m_prediction(*reading.lesson().steps[step].prediction),
        m_width(width),
        m_style(style),
        m_look(look),
        m_guess(reading.guess(step)),
        m_outcome(style.reveal ? reading.outcome(step) : nullptr),
        m_open(reading.outcome(step) == nullptr) {}

  std::optional<Guess> draw() {
    switch (m_prediction.kind) {
      case Kind::Choose:
      case Kind::ChooseSeveral:
        return draw_options();
      case Kind::Order:
        return draw_order();
      case Kind::Number:
        return draw_number();
      case Kind::Sketch:
        return draw_sketch_words();
    }
    return std::nullopt;
  }

 private:
  float units(float value) const { return std::round(m_look.metrics.px(value) * m_style.scale_up); }
  TextStyle words(Face face, Colour colour) const { return {face, m_style.text, colour}; }

  static void leave(float height) { ImGui::Dummy({1, height}); }

  void say(std::string_view sentence, Colour colour) {
    paragraph(m_look, {Face::Sans, m_style.text, colour}, sentence, m_width, m_style.leading);
  }

  // --- Options ---

  std::optional<Guess> draw_options() {
    std::optional<Guess> changed;
    for (std::size_t i = 0; i < m_prediction.options.size(); ++i) {
      if (i > 0) leave(units(8));
      if (draw_option(i)) changed = toggled_option(m_reading, m_step, i + 1);
    }
    return changed;
  }

  bool draw_option(std::size_t i) {
    const Metrics& m = m_look.metrics;
    const bool chosen = holds(m_guess, i);
    const bool is_right = m_outcome != nullptr && m_outcome->right && holds(&*m_outcome->right, i);
    const bool was_wrong = m_outcome != nullptr && chosen && !is_right;
    const float cap = units(24);
    const float pad = units(10);
    const float mark = m_outcome != nullptr ? units(30) : 0.0F;
    const TextStyle style = words(chosen ? Face::SansBold : Face::Sans, m_look.theme.text);
    const float text_x = pad + cap + units(10);
    const float text_room = m_width - text_x - pad - mark;
    // As high as the strong letters need, so that nothing moves when one is chosen.
    const auto lines = wrapped(m_look, words(Face::SansBold, 0), m_prediction.options[i].says, text_room);
    const float height =
        std::max(cap + 2 * units(7), m_style.leading * static_cast<float>(lines.size()) + 2 * units(8));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const Box box{at.x, at.y, at.x + m_width, std::round(at.y + height)};
    const Press press =
        press_area(fmt::format("##option {}", i).c_str(), fmt::format("Option/{}", i + 1), box, {.enabled = m_open});
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float radius = m.control_radius * m_style.scale_up;
    if (press.hovered && m_open) fill_box(list, box, m_look.theme.control_hover, radius);
    const bool strong = chosen || is_right;
    outline_box(list, box, strong ? m_look.theme.text : m_look.theme.control_line, radius,
                strong ? m.strong_line : m.hairline);
    draw_cap(list, Box::at(box.x0 + pad, std::round(box.centre_y() - cap * 0.5F), cap, cap), i, chosen);
    const auto shown = wrapped(m_look, style, m_prediction.options[i].says, text_room);
    float y = box.centre_y() - m_style.leading * 0.5F * static_cast<float>(shown.size() - 1);
    for (const std::string_view line : shown) {
      draw_text(list, m_look, style, box.x0 + text_x, y, line);
      y += m_style.leading;
    }
    const ImVec2 at_mark{box.x1 - pad - units(8), box.centre_y()};
    if (is_right) draw_glyph(list, Glyph::Check, at_mark, units(18), m_look.theme.text);
    if (was_wrong) draw_glyph(list, Glyph::Cross, at_mark, units(18), m_look.theme.text2);
    focus_ring(m_look, press, radius);
    ImGui::SetCursorScreenPos({at.x, box.y1});
    return press.pressed && m_open;
  }

  // The number to type; filled when it is chosen, with a tick where several may be.
  void draw_cap(ImDrawList& list, const Box& box, std::size_t i, bool chosen) {
    const float radius = m_look.metrics.lane_tag_radius * m_style.scale_up;
    if (chosen) {
      fill_box(list, box, m_look.theme.text, radius);
    } else {
      outline_box(list, box, m_look.theme.control_line, radius, m_look.metrics.hairline);
    }
    if (chosen && m_prediction.kind == Kind::ChooseSeveral) {
      draw_glyph(list, Glyph::Check, box.centre(), units(16), m_look.theme.on_text);
      return;
    }
    const TextStyle style{Face::MonoBold, m_style.text, chosen ? m_look.theme.on_text : m_look.theme.text2};
    draw_text(list, m_look, style, box.centre_x(), box.centre_y(), std::to_string(i + 1), Align::Centre);
  }

  // --- An order ---

  std::optional<Guess> draw_order() {
    if (std::exchange(m_view.wants_keyboard, false) && m_open) {
      ImGui::SetKeyboardFocusHere();
      ImGui::SetNavCursorVisible(true);
    }
    const bool changed =
        draw_order_list(m_view.order, m_prediction.items, m_view.places, m_look, m_width, m_open, m_style.scale_up);
    bool kept = false;
    if (m_open && m_guess == nullptr) {
      leave(units(8));
      kept = button(m_look, "Keep this order", {.tip = "What stands here now is what you expect."});
    }
    if (!changed && !kept) return std::nullopt;
    return Guess{.chosen = m_view.places};
  }

  // --- A number ---

  std::optional<Guess> draw_number() {
    const auto* quantity = lessons::find_quantity(m_prediction.question.quantity);
    const std::string unit(quantity == nullptr ? "" : quantity->unit == "s" ? "seconds" : quantity->unit);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float height = units(32);
    const float width = std::min(m_width - units(90), units(140));
    const std::string before = m_view.typed;
    const bool entered = draw_field({at.x, at.y, at.x + width, at.y + height});
    draw_text(*ImGui::GetWindowDrawList(), m_look, words(Face::Sans, m_look.theme.text2), at.x + width + units(10),
              at.y + height * 0.5F, unit);
    ImGui::SetCursorScreenPos({at.x, at.y + height + units(6)});
    const auto guess = lessons::read_guess(m_prediction, m_view.typed);
    m_view.entered = entered && guess.has_value();
    if (entered && !guess) m_view.complaint = guess.error().message;
    if (before != m_view.typed) m_view.complaint.clear();
    if (!m_view.complaint.empty()) say(m_view.complaint, m_look.theme.text);
    if (m_open && m_view.complaint.empty())
      say(fmt::format("Type {}.", lessons::guess_help(m_prediction)), m_look.theme.text2);
    if (before == m_view.typed || !guess) return std::nullopt;
    return *guess;
  }

  // Whether Enter was pressed in it.
  bool draw_field(const Box& box) {
    std::string buffer = m_view.typed;
    buffer.resize(32, '\0');
    const TextStyle style{Face::MonoBold, m_style.text * 1.15F, m_look.theme.text};
    const ScopedFont font{m_look.fonts, style.face, style.size};
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                        ImVec2{units(10), std::floor((box.height() - ImGui::GetFontSize()) * 0.5F)});
    ImGui::PushStyleVar(ImGuiStyleVar_FrameRounding, m_look.metrics.control_radius);
    ImGui::PushStyleColor(ImGuiCol_FrameBg, m_look.theme.control);
    ImGui::PushStyleColor(ImGuiCol_Border, m_look.theme.control_line);
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, m_look.metrics.hairline);
    ImGui::SetCursorScreenPos(box.min());
    ImGui::SetNextItemWidth(box.width());
    if (m_view.wants_keyboard && m_open) ImGui::SetKeyboardFocusHere();
    m_view.wants_keyboard = false;
    ImGui::BeginDisabled(!m_open);
    const bool entered = ImGui::InputText("##answer", buffer.data(), buffer.size(),
                                          ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_CharsNoBlank);
    report_widget("Answer");
    ImGui::EndDisabled();
    ImGui::PopStyleColor(2);
    ImGui::PopStyleVar(3);
    m_view.typed = buffer.c_str();
    return entered;
  }

  // --- A sketch ---

  std::optional<Guess> draw_sketch_words() {
    if (!m_open) return std::nullopt;
    say("Sketch it on the empty timeline. Bars with a question mark are those that you have not touched yet.",
        m_look.theme.text2);
    leave(units(8));
    const bool any = std::ranges::any_of(m_view.sketch.touched, [](bool touched) { return touched; });
    if (!button(m_look, "Keep this sketch",
                {.enabled = any || m_guess != nullptr,
                 .tip = any ? "The bars as they stand now are what you expect, also those that you have not touched."
                            : "Move a bar first."}))
      return std::nullopt;
    return Guess{.bars = m_view.bars};
  }

  QuestionView& m_view;
  const lessons::Reading& m_reading;
  std::size_t m_step;
  const Prediction& m_prediction;
  float m_width;
  const QuestionStyle& m_style;
  const Look& m_look;
  const Guess* m_guess;
  const lessons::Outcome* m_outcome;
  bool m_open;
};

}  // namespace

void take_up_question(QuestionView& view, const lessons::Reading& reading, std::size_t step) {
  const Prediction& prediction = *reading.lesson().steps[step].prediction;
  const bool is_same = view.step == step && view.lesson == reading.lesson().id &&
                       view.places.size() == prediction.items.size() && view.bars.size() == prediction.items.size();
  if (is_same) return;
  view = {.step = step, .lesson = reading.lesson().id};
  view.places.resize(prediction.items.size());
  std::iota(view.places.begin(), view.places.end(), std::size_t{0});
  view.bars.resize(prediction.items.size(), lessons::Bar{0, 1});
  view.wants_keyboard = true;
  const Guess* guess = reading.guess(step);
  if (guess == nullptr) return;
  if (prediction.kind == Kind::Order) view.places = guess->chosen;
  if (prediction.kind == Kind::Sketch) view.bars = guess->bars;
  if (prediction.kind == Kind::Number) view.typed = fmt::format("{:g}", guess->number);
}

std::optional<Guess> toggled_option(const lessons::Reading& reading, std::size_t step, std::size_t number) {
  const Prediction& prediction = *reading.lesson().steps[step].prediction;
  const bool is_choice = prediction.kind == Kind::Choose || prediction.kind == Kind::ChooseSeveral;
  if (!is_choice || number < 1 || number > prediction.options.size()) return std::nullopt;
  if (prediction.kind == Kind::Choose) return Guess{.chosen = {number - 1}};
  const Guess* known = reading.guess(step);
  Guess guess = known == nullptr ? Guess{} : *known;
  if (std::erase(guess.chosen, number - 1) == 0) guess.chosen.push_back(number - 1);
  std::ranges::sort(guess.chosen);
  return guess;
}

std::optional<Guess> draw_question_board(QuestionView& view, const lessons::Reading& reading, std::size_t step,
                                         const Box& box, const Look& look, SketchCounts counts) {
  take_up_question(view, reading, step);
  const SketchBoard board{.labels = reading.lesson().steps[step].prediction->items,
                          .enabled = reading.outcome(step) == nullptr};
  std::vector<SketchBar> bars;
  for (const lessons::Bar& bar : view.bars) bars.push_back({bar.from, bar.to});
  const bool changed = draw_sketch_board(view.sketch, board, bars, look, box);
  view.bars.clear();
  for (const SketchBar& bar : bars) view.bars.push_back({bar.from, bar.to});
  const bool all =
      counts == SketchCounts::AtOnce || std::ranges::all_of(view.sketch.touched, [](bool touched) { return touched; });
  if (!changed || (!all && reading.guess(step) == nullptr)) return std::nullopt;
  return Guess{.bars = view.bars};
}

std::optional<Guess> draw_question(QuestionView& view, const lessons::Reading& reading, std::size_t step, float width,
                                   const QuestionStyle& style, const Look& look) {
  take_up_question(view, reading, step);
  ImGui::PushID(static_cast<int>(step));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{0, 0});
  auto guess = QuestionDrawing(view, reading, step, width, style, look).draw();
  ImGui::PopStyleVar();
  ImGui::PopID();
  return guess;
}

}  // namespace loiter::gui
