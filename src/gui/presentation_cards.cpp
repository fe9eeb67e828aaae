// The options of a question as cards: side by side where they are short, else below each other. Each has its letter, and
// beside it how many hands went up.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "gui/glyphs.hpp"
#include "gui/paint.hpp"
#include "gui/presentation_parts.hpp"
#include "gui/press.hpp"

namespace loiter::gui::wall {
namespace {

using lessons::Prediction;

constexpr float cap_units = 36.0F;
constexpr float pad_units = 20.0F;
constexpr float gap_units = 14.0F;  // between a cap and its words
constexpr float leading_units = 32.0F;
constexpr float hands_units = 46.0F;         // the row below the words of a card
constexpr float hands_width_units = 190.0F;  // the column beside the words of a row

// "As they finish: the quick ones first": what is said, and what that means.
struct OptionWords {
  std::string_view head;
  std::string_view rest;
};
OptionWords split(std::string_view says) {
  const std::size_t colon = says.find(": ");
  if (colon == std::string_view::npos) return {says, {}};
  return {says.substr(0, colon), says.substr(colon + 2)};
}

class Cards {
 public:
  explicit Cards(const Presenting& p)
      : m_p(p),
        m_step(p.reading().page().step),
        m_prediction(*p.reading().lesson().steps[m_step].prediction),
        m_hands(p.reading().hands(m_step)),
        m_outcome(p.reveals() ? p.reading().outcome(m_step) : nullptr) {}

  float height(float width, std::size_t columns) const {
    float all = 0.0F;
    for (std::size_t first = 0; first < count(); first += columns) {
      if (first > 0) all += u(columns == 1 ? 12 : 20);
      all += row_height(width, columns, first);
    }
    return all;
  }

  void draw(const Box& box, std::size_t columns) {
    const float gap = u(20);
    const float width = card_width(box.width(), columns);
    float y = box.y0;
    for (std::size_t first = 0; first < count(); first += columns) {
      const float height = row_height(box.width(), columns, first);
      for (std::size_t i = first; i < std::min(first + columns, count()); ++i) {
        const float x = std::round(box.x0 + (width + gap) * static_cast<float>(i - first));
        draw_card(i, {x, y, std::floor(x + width), y + height}, columns == 1);
      }
      y += height + u(columns == 1 ? 12 : 20);
    }
  }

  // A word that is wider than its card would be cut in two.
  bool words_fit(float width, std::size_t columns) const {
    const float room = card_width(width, columns) - u(2 * pad_units + cap_units + gap_units) - u(30);
    for (const auto& option : m_prediction.options) {
      std::string_view rest = option.says;
      while (!rest.empty()) {
        const std::string_view word = rest.substr(0, rest.find(' '));
        if (text_width(m_p.look(), m_p.wall.strong(wall_text), word) > room) return false;
        rest.remove_prefix(std::min(rest.size(), word.size() + 1));
      }
    }
    return true;
  }

 private:
  float u(float units) const { return m_p.wall.u(units); }
  std::size_t count() const { return m_prediction.options.size(); }
  bool has_hands() const { return m_p.view.hands.open || !m_hands.empty(); }

  float card_width(float width, std::size_t columns) const {
    return (width - u(20) * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  }

  float row_height(float width, std::size_t columns, std::size_t first) const {
    float highest = 0.0F;
    for (std::size_t i = first; i < std::min(first + columns, count()); ++i)
      highest = std::max(highest, card_height(i, card_width(width, columns), columns == 1));
    return highest;
  }

  float words_x() const { return u(pad_units + cap_units + gap_units); }
  // The mark of what happened stands at the right of the first line.
  float head_room(float width) const { return width - words_x() - u(pad_units) - u(30); }
  // Room for hands is kept, so that nothing moves when they are counted.
  float row_room(float width) const { return width - words_x() - u(pad_units) - u(hands_width_units); }

  float card_height(std::size_t i, float width, bool is_row) const {
    const std::string_view says = m_prediction.options[i].says;
    if (is_row)
      return std::max(u(60),
                      lines_height(m_p, m_p.wall.strong(wall_text), says, row_room(width), leading_units) + u(24));
    const OptionWords words = split(says);
    float height = std::max(u(cap_units),
                            lines_height(m_p, m_p.wall.strong(wall_text), words.head, head_room(width), leading_units));
    if (!words.rest.empty())
      height +=
          u(14) + lines_height(m_p, m_p.wall.text(wall_text), words.rest, width - u(2 * pad_units), leading_units);
    return height + u(2 * pad_units) + (has_hands() ? u(hands_units) : 0.0F);
  }

  bool is_chosen(std::size_t i) const {
    const lessons::Guess* guess = m_p.reading().guess(m_step);
    return guess != nullptr && std::ranges::find(guess->chosen, i) != guess->chosen.end();
  }
  bool happened(std::size_t i) const {
    return m_outcome != nullptr && m_outcome->right &&
           std::ranges::find(m_outcome->right->chosen, i) != m_outcome->right->chosen.end();
  }

  void draw_card(std::size_t i, const Box& box, bool is_row) {
    const Theme& theme = m_p.look().theme;
    const bool is_open = m_p.reading().outcome(m_step) == nullptr && !m_p.view.hands.open;
    const Press press =
        press_area(fmt::format("##option {}", i).c_str(), fmt::format("Option/{}", i + 1), box, {.enabled = is_open});
    const bool strong = is_chosen(i) || happened(i);
    const float radius = u(9);
    if (press.hovered && is_open) fill_box(*m_p.list, box, theme.control_hover, radius);
    outline_box(*m_p.list, box, strong ? theme.text : theme.control_line, radius, u(strong ? 4 : 2));
    draw_cap(i, Box::at(box.x0 + u(pad_units),
                        is_row ? std::round(box.centre_y() - u(cap_units / 2)) : box.y0 + u(pad_units), u(cap_units),
                        u(cap_units)));
    is_row ? draw_row_words(i, box) : draw_card_words(i, box);
    const float mark_y = is_row ? box.centre_y() : box.y0 + u(pad_units + cap_units / 2);
    const bool is_over = m_p.reveals() && m_p.reading().outcome(m_step) != nullptr;
    if (is_over && is_chosen(i) && !happened(i))
      draw_glyph(*m_p.list, Glyph::Cross, {box.x1 - u(pad_units + 10), mark_y}, u(36), theme.text2);
    if (happened(i)) draw_glyph(*m_p.list, Glyph::Check, {box.x1 - u(pad_units + 10), mark_y}, u(36), theme.text);
    if (has_hands()) {
      const float right = box.x1 - u(pad_units) - (is_row ? u(40) : 0.0F);
      const float y = is_row ? box.centre_y() : box.y1 - u(pad_units + 12);
      draw_hands(i, {is_row ? right - u(hands_width_units - 50) : box.x0 + u(pad_units), y - u(18), right, y + u(18)});
    }
    focus_ring(m_p.look(), press, radius);
    if (!press.pressed || !is_open) return;
    if (auto guess = toggled_option(m_p.reading(), m_step, i + 1))
      m_p.lesson.wanted.emplace_back([given = std::move(*guess)](LessonState& state) { state.guess(given); });
  }

  void draw_cap(std::size_t i, const Box& box) {
    const Theme& theme = m_p.look().theme;
    const bool chosen = is_chosen(i);
    if (chosen) {
      fill_box(*m_p.list, box, theme.text, u(5));
    } else {
      outline_box(*m_p.list, box, theme.control_line, u(5), u(2));
    }
    const std::string letter(1, static_cast<char>('A' + static_cast<int>(i)));
    draw_text(*m_p.list, m_p.look(), {Face::MonoBold, u(wall_text), chosen ? theme.on_text : theme.text},
              box.centre_x(), box.centre_y(), letter, Align::Centre);
  }

  void draw_row_words(std::size_t i, const Box& box) {
    const std::string_view says = m_prediction.options[i].says;
    const TextStyle style = is_chosen(i) || happened(i) ? m_p.wall.strong(wall_text) : m_p.wall.text(wall_text);
    const float x = box.x0 + words_x();
    const float room = row_room(box.width());
    const float height = lines_height(m_p, style, says, room, leading_units);
    draw_lines(m_p, style, says, {x, std::round(box.centre_y() - height * 0.5F), x + room, box.y1}, leading_units);
  }

  void draw_card_words(std::size_t i, const Box& box) {
    const OptionWords words = split(m_prediction.options[i].says);
    const float x = box.x0 + words_x();
    const float top = box.y0 + u(pad_units);
    const float room = head_room(box.width());
    const float head = lines_height(m_p, m_p.wall.strong(wall_text), words.head, room, leading_units);
    const float y = std::round(top + std::max(0.0F, u(cap_units) - head) * 0.5F);
    const float end = draw_lines(m_p, m_p.wall.strong(wall_text), words.head, {x, y, x + room, box.y1}, leading_units);
    draw_lines(m_p, m_p.wall.quiet(wall_text), words.rest,
               {box.x0 + u(pad_units), std::max(end, top + u(cap_units)) + u(14), box.x1 - u(pad_units), box.y1},
               leading_units);
  }

  std::string count_of(std::size_t i) const {
    if (m_p.view.hands.open) return i < m_p.view.hands.typed.size() ? m_p.view.hands.typed[i] : "";
    return i < m_hands.size() ? std::to_string(m_hands[i]) : "0";
  }

  // "17 =======": the bar is as long as its part of the longest one.
  void draw_hands(std::size_t i, const Box& box) {
    const Theme& theme = m_p.look().theme;
    const bool is_typed = m_p.view.hands.open && m_p.view.hands.option == i;
    const Box field{box.x0, box.y0, box.x0 + u(64), box.y1};
    if (m_p.view.hands.open)
      outline_box(*m_p.list, field, is_typed ? theme.text : theme.control_line, u(5), u(is_typed ? 4 : 2));
    draw_text(*m_p.list, m_p.look(), m_p.wall.number(26), field.x1 - u(10), box.centre_y(), count_of(i), Align::Right);
    const std::uint32_t most = m_hands.empty() ? 0 : *std::ranges::max_element(m_hands);
    if (most == 0 || i >= m_hands.size()) return;
    const float room = box.x1 - field.x1 - u(10);
    const float length = std::round(room * static_cast<float>(m_hands[i]) / static_cast<float>(most));
    if (length >= 1)
      fill_box(*m_p.list, Box::at(field.x1 + u(10), box.centre_y() - u(8), length, u(16)), theme.control_line, u(3));
  }

  const Presenting& m_p;
  std::size_t m_step;
  const Prediction& m_prediction;
  const std::vector<std::uint32_t>& m_hands;
  const lessons::Outcome* m_outcome;
};

}  // namespace

CardsPlan plan_cards(const Presenting& p, float width, std::size_t columns) {
  const Cards cards(p);
  if (columns > 1 && !cards.words_fit(width, columns)) return {.columns = 0, .height = 0.0F};
  return {.columns = columns, .height = cards.height(width, columns)};
}

void draw_cards(Presenting& p, const Box& box, const CardsPlan& plan) { Cards(p).draw(box, plan.columns); }

}  // namespace loiter::gui::wall
