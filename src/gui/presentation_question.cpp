// A question on the wall: what will run, the question, what can be answered; below it what is known of the run, and once it
// is revealed what the run said.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "gui/glyphs.hpp"
#include "gui/paint.hpp"
#include "gui/presentation_parts.hpp"

namespace loiter::gui::wall {
namespace {

using lessons::Prediction;
using Kind = Prediction::Kind;

constexpr std::array question_sizes{52.0F, 46.0F, 40.0F, 36.0F};
constexpr float most_lines = 3;        // of a question, before its letters shrink
constexpr float below_units = 112.0F;  // kept below the answers, for what the run will say

float leading_of(float size) { return std::round(size * 1.18F); }

// The wrong option that most of the class chose, or that was chosen for it: the one to be answered.
struct Believed {
  const lessons::Option* option = nullptr;
  std::uint32_t hands = 0;
  std::uint32_t of = 0;
};

class QuestionSlide {
 public:
  QuestionSlide(Presenting& p, const Box& box)
      : m_p(p),
        m_box(box),
        m_step(p.reading().page().step),
        m_prediction(*p.reading().lesson().steps[m_step].prediction) {}

  void draw() {
    draw_setup_line(m_p, {m_box.x0, m_box.y0 + u(4), m_box.x1, m_box.y0 + u(52)});
    m_top = m_box.y0 + u(68);
    switch (m_prediction.kind) {
      case Kind::Choose:
      case Kind::ChooseSeveral:
        return draw_choice();
      case Kind::Order:
        return draw_order();
      case Kind::Number:
        return draw_number();
      case Kind::Sketch:
        return draw_sketch();
    }
  }

 private:
  float u(float units) const { return m_p.wall.u(units); }
  const lessons::Outcome* outcome() const { return m_p.reveals() ? m_p.reading().outcome(m_step) : nullptr; }

  float question_height(float size) const {
    return lines_height(m_p, m_p.wall.strong(size), m_prediction.ask, m_box.width(), leading_of(size));
  }
  // In the largest letters that leave `wanted` for the rest. Gives where it ends.
  float draw_question_above(float wanted) {
    float size = question_sizes.back();
    for (const float each : question_sizes) {
      const float height = question_height(each);
      if (height > most_lines * u(leading_of(each)) || m_top + height + u(24) + wanted > m_box.y1) continue;
      size = each;
      break;
    }
    return draw_lines(m_p, m_p.wall.strong(size), m_prediction.ask, {m_box.x0, m_top, m_box.x1, m_box.y1},
                      leading_of(size)) +
           u(24);
  }

  // --- Options ---

  std::vector<std::size_t> possible_columns() const {
    const std::size_t count = m_prediction.options.size();
    if (count == 4) return {2, 1};
    if (count <= 3) return {count, 1};
    return {1};
  }

  CardsPlan plan(float room) const {
    CardsPlan best{.columns = 1, .height = 1e9F};
    for (const std::size_t columns : possible_columns()) {
      const CardsPlan each = plan_cards(m_p, m_box.width(), columns);
      if (each.columns == 0) continue;
      if (each.height <= room) return each;
      if (each.height < best.height) best = each;
    }
    return best;
  }

  void draw_choice() {
    CardsPlan cards{.columns = 1, .height = 1e9F};
    for (const float size : question_sizes) {
      const float height = question_height(size);
      if (height > most_lines * u(leading_of(size)) && size != question_sizes.back()) continue;
      const float room = m_box.y1 - m_top - height - u(24 + 20) - u(below_units);
      cards = plan(room);
      if (cards.height <= room) break;
    }
    const float y = draw_question_above(cards.height + u(20) + u(below_units));
    draw_cards(m_p, {m_box.x0, y, m_box.x1, m_box.y1}, cards);
    draw_below({m_box.x0, y + cards.height + u(20), m_box.x1, m_box.y1});
  }

  // --- What the run says, or before that what is known of it ---

  void draw_below(const Box& box) {
    if (outcome() == nullptr) return draw_preview(m_p, box);
    const float y = draw_sentences(box) + u(20);
    // The run itself where all of it has room: the timeline has a page of its own.
    constexpr float ruler_units = 44.0F;
    constexpr float lane_units = 72.0F;
    const float lanes = u(lane_units) * static_cast<float>(m_p.lab.run_shown().lanes().size());
    if (m_p.lab.has_run() && y + u(ruler_units) + lanes <= box.y1) m_p.draw_timeline({box.x0, y, box.x1, box.y1});
  }

  Believed believed() const {
    const lessons::Outcome* said = outcome();
    const auto& hands = m_p.reading().hands(m_step);
    const lessons::Guess* guess = m_p.reading().guess(m_step);
    Believed found;
    const auto is_right = [&](std::size_t i) {
      return said->right && std::ranges::find(said->right->chosen, i) != said->right->chosen.end();
    };
    for (std::size_t i = 0; i < m_prediction.options.size(); ++i) {
      const std::uint32_t count = i < hands.size() ? hands[i] : 0;
      const bool was_guessed =
          hands.empty() && guess != nullptr && std::ranges::find(guess->chosen, i) != guess->chosen.end();
      found.of += count;
      if (is_right(i) || (count <= found.hands && !was_guessed)) continue;
      found.option = &m_prediction.options[i];
      found.hands = count;
    }
    return found;
  }

  static std::string answer_to(const lessons::Option& option) {
    if (!option.answer.empty()) return option.answer;
    const lessons::Belief* belief = lessons::find_belief(option.belief);
    return belief == nullptr ? "" : std::string(belief->answer);
  }

  float draw_sentences(const Box& box) {
    const lessons::Outcome& said = *outcome();
    const bool has_options = m_prediction.kind == Kind::Choose || m_prediction.kind == Kind::ChooseSeveral;
    float y = box.y0;
    if (!has_options || !said.right)  // else the option is marked
      y = draw_lines(m_p, m_p.wall.strong(has_options ? 28 : 40), fmt::format("The run says: {}.", said.answer), box,
                     has_options ? 38 : 52);
    std::string sentence = has_options ? sentence_for_class() : sentence_for_guess();
    if (sentence.empty()) return y;
    y += u(4);
    const bool large = y + lines_height(m_p, m_p.wall.text(28), sentence, box.width(), 40) <= box.y1;
    return draw_lines(m_p, m_p.wall.text(large ? 28 : wall_text), sentence, {box.x0, y, box.x1, box.y1},
                      large ? 40 : 32);
  }

  std::string sentence_for_class() const {
    const Believed wrong = believed();
    if (wrong.option == nullptr) return "";
    const std::string answer = answer_to(*wrong.option);
    if (answer.empty() || wrong.hands == 0) return answer;
    return fmt::format("To the {} of {}: {}", wrong.hands, wrong.of, answer);
  }

  std::string sentence_for_guess() const {
    const lessons::Marking* marking = m_p.reading().marking(m_step);
    if (marking == nullptr || marking->marked.right) return "";
    if (!marking->marked.sentence.empty()) return marking->marked.sentence;
    return marking->marked.difference ? marking->marked.difference->sentence : "";
  }

  // --- An order, a number, a sketch ---

  QuestionStyle style() const { return {.text = u(28), .leading = u(38), .scale_up = 1.0F, .reveal = false}; }

  // Gives where it ends.
  float draw_answer(const Box& box) {
    float end = box.y1;
    ImGui::SetCursorScreenPos(box.min());
    if (ImGui::BeginChild("answer", {box.width(), box.height()}, ImGuiChildFlags_NavFlattened,
                          ImGuiWindowFlags_NoBackground)) {
      draw_answer_here(box);
      end = ImGui::GetCursorScreenPos().y;
      ImGui::SetCursorScreenPos(box.min());
    }
    ImGui::EndChild();
    return end;
  }

  void draw_answer_here(const Box& box) {
    QuestionView& question = m_p.lesson.question;
    take_up_question(question, m_p.reading(), m_step);
    // On the wall the keys are the lab's until somebody asks to answer.
    question.wants_keyboard = std::exchange(m_p.view.begins_answer, false);
    if (auto guess = draw_question(m_p.lesson.question, m_p.reading(), m_step, box.width(), style(), m_p.look()))
      m_p.lesson.wanted.emplace_back([given = std::move(*guess)](LessonState& state) { state.guess(given); });
    m_p.frame.moving = m_p.frame.moving || m_p.lesson.question.order.moving;
  }

  // What the class expects at the left, what happened at the right: hidden, or place by place.
  void draw_order() {
    const auto count = static_cast<float>(m_prediction.items.size());
    const float pitch = u(80);
    const float y = draw_question_above(u(34) + pitch * count + u(60));
    const float half = std::floor((m_box.width() - u(48)) * 0.5F);
    draw_text(*m_p.list, m_p.look(), m_p.wall.quiet(wall_text), m_box.x0, y + u(14), "What you expect");
    draw_answer({m_box.x0, y + u(34), m_box.x0 + half, m_box.y1});
    const Box right{m_box.x1 - half, y, m_box.x1, m_box.y1};
    draw_text(*m_p.list, m_p.look(), m_p.wall.quiet(wall_text), right.x0, y + u(14), "What happens");
    const lessons::Outcome* said = outcome();
    float top = y + u(34);
    for (std::size_t i = 0; i < m_prediction.items.size(); ++i) {
      const Box card{right.x0 + u(44), top, right.x1, top + u(68)};
      const bool known = said != nullptr && said->right && i < said->right->chosen.size();
      draw_text(*m_p.list, m_p.look(), m_p.wall.number(wall_text), right.x0, card.centre_y(), std::to_string(i + 1));
      if (known) {
        outline_box(*m_p.list, card, m_p.look().theme.control_line, u(9), u(2));
        draw_text_in(*m_p.list, m_p.look(), m_p.wall.strong(26), card.inset(u(20), 0),
                     m_prediction.items[said->right->chosen[i]]);
        const lessons::Guess* guess = m_p.reading().guess(m_step);
        if (guess != nullptr && i < guess->chosen.size()) {
          const bool agrees = guess->chosen[i] == said->right->chosen[i];
          draw_glyph(*m_p.list, agrees ? Glyph::Check : Glyph::Cross, {card.x1 - u(30), card.centre_y()}, u(30),
                     agrees ? m_p.look().theme.text : m_p.look().theme.text2);
        }
      } else {
        dashed_box(*m_p.list, card, m_p.look().theme.control_line, u(9), u(2), {u(6), u(5)});
        draw_text(*m_p.list, m_p.look(), m_p.wall.quiet(26), card.x0 + u(20), card.centre_y(), "?");
      }
      top += pitch;
    }
    if (said != nullptr && !said->right) draw_sentences({right.x0, top, right.x1, m_box.y1});
  }

  void draw_number() {
    const float y = draw_question_above(u(130) + u(24) + u(below_units));
    const float end = draw_answer({m_box.x0, y, m_box.x1, m_box.y1});
    draw_below({m_box.x0, end + u(24), m_box.x1, m_box.y1});
  }

  void draw_sketch() {
    const SketchBoard board{.labels = m_prediction.items, .enabled = m_p.reading().outcome(m_step) == nullptr};
    const lessons::Outcome* said = outcome();
    const float sentence = said == nullptr ? 0.0F : u(84);
    const float wanted = sketch_board_height(board, m_p.look(), m_box.width()) + sentence;
    const float y = draw_question_above(wanted);
    QuestionView& question = m_p.lesson.question;
    if (auto guess = draw_question_board(question, m_p.reading(), m_step, {m_box.x0, y, m_box.x1, m_box.y1 - sentence},
                                         m_p.look(), SketchCounts::AtOnce))
      m_p.lesson.wanted.emplace_back([given = std::move(*guess)](LessonState& state) { state.guess(given); });
    m_p.frame.moving = m_p.frame.moving || question.sketch.moving;
    if (said == nullptr) return;
    const Box box{m_box.x0, m_box.y1 - sentence + u(8), m_box.x1, m_box.y1};
    draw_lines(m_p, m_p.wall.text(wall_text), "What happened is in the timeline (3), with this sketch laid over it.",
               box, 32);
  }

  Presenting& m_p;
  Box m_box;
  std::size_t m_step;
  const Prediction& m_prediction;
  float m_top = 0.0F;
};

}  // namespace

void draw_question_page(Presenting& p, const Box& box) { QuestionSlide(p, box).draw(); }

}  // namespace loiter::gui::wall
