// A lesson's question on the screen: options to choose, cards to put in order, a number to type, bars to sketch.
//
//   label a test finds     what it is
//   "Option/1"             an option
//   "Order/slow"           a card
//   "Answer"               the field for a number
//   "Keep this order"      and "Keep this sketch": what stands there is the guess
//
// Shape    Drawn at the ImGui cursor as items. QuestionView is what is in hand before it is a guess. A sketch is drawn where
//          the timeline is: here stand only its words and its button.
// Units    Widths are pixels; `scale_up` makes everything larger, for the wall.
// Errors   What is typed and is no number: one sentence below the field.
// Threads  GUI thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gui/frame.hpp"
#include "gui/order_list.hpp"
#include "gui/sketch_board.hpp"
#include "lessons/reading.hpp"

namespace loiter::gui {

struct QuestionView {
  std::optional<std::size_t> step;  // of the question that all of this belongs to
  std::string lesson;
  OrderListView order;
  std::vector<std::size_t> places;
  std::string typed;
  std::string complaint;
  bool wants_keyboard = false;  // the field is new on the screen
  bool entered = false;         // Enter was pressed in the field, and what stands there is a guess
  std::vector<lessons::Bar> bars;
  SketchView sketch;
};

struct QuestionStyle {
  float text = 13.0F;
  float leading = 20.0F;
  float scale_up = 1.0F;
  bool reveal = true;  // what the run says is shown once there is one
};

// Returns a guess when it has changed.
std::optional<lessons::Guess> draw_question(QuestionView& view, const lessons::Reading& reading, std::size_t step,
                                            float width, const QuestionStyle& style, const Look& look);

// The board of a sketch, into the box; a guess once every bar was put somewhere, or at the first of them: on the wall nobody
// presses a button for it.
enum class SketchCounts : std::uint8_t { OnceAllAreTouched, AtOnce };
std::optional<lessons::Guess> draw_question_board(QuestionView& view, const lessons::Reading& reading, std::size_t step,
                                                  const Box& box, const Look& look,
                                                  SketchCounts counts = SketchCounts::OnceAllAreTouched);

// Forgets what is in hand when it belongs to another question, and takes up what was guessed.
void take_up_question(QuestionView& view, const lessons::Reading& reading, std::size_t step);

// What choosing option `number` (from 1) makes of the guess: chosen, or of several added or taken out. Nothing: no such option.
std::optional<lessons::Guess> toggled_option(const lessons::Reading& reading, std::size_t step, std::size_t number);

}  // namespace loiter::gui
