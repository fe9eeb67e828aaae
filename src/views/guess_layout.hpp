// Where a guess stands over what happened: sketched bars in the lanes of a timeline, guessed places beside an order.
//
//   lane "..0_1"   [loiter(1)][  loiter(4)                    ]
//                +- - - - - - - - - - - - - -+                     a sketched bar is a little taller than the real one
//
// Shape    Pure functions over a timeline or an order that is laid out already.
// Units    Those of the layout: pixels from the top left corner of the lanes' time area, or of the order's lines.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "views/future_times.hpp"
#include "views/guess_marks.hpp"
#include "views/order_layout.hpp"
#include "views/timeline.hpp"

namespace loiter::views {

// --- The timeline ---

struct GuessBox {
  LaneId lane;  // in which the future really ran
  FutureId future;
  Rect box;
  bool right = false;
  std::string words;  // whose it is, where nothing else stands; or empty
  float words_x = 0.0F;
};

struct TimelineGuess {
  std::vector<GuessBox> boxes;
  std::optional<float> difference_x;          // if it is seen
  std::vector<Rect> difference_line;          // of its line: where no words stand
  std::vector<SelectedBox> difference_boxes;  // of its future
};
TimelineGuess lay_out_timeline_guess(const trace::Run& run, const GuessMarks& marks, const TimelineQuery& query,
                                     const TimelineLayout& layout, const TextWidth& text_width);

// What a timeline shows when it is fitted: the sketch too, if that is not much longer than the run.
TimeRange with_guess(TimeRange whole, const GuessMarks& marks);

// Beside the line at x, from `least` to `most`: to its right, else to its left; not over `taken`, if that can be helped.
// Gives the left edge.
struct FlagRoom {
  float least = 0.0F;
  float most = 0.0F;
  float taken_x0 = 0.0F;
  float taken_x1 = 0.0F;
};
float flag_x(float x, float flag_width, const FlagRoom& room);

// "dashed: your sketch; quick #2 never ran"; empty if no bar was sketched.
std::string guess_note(const trace::Run& run, const GuessMarks& marks);

// --- The order ---

struct GuessChip {
  FutureId future;
  std::size_t guessed = 0;
  bool right = false;
  bool first_difference = false;
  float y = 0.0F;  // the middle of its line
};
// From where the future's curve begins to where the reader expected it to end.
struct GuessLine {
  FutureId future;
  bool first_difference = false;
  float x0 = 0.0F;
  float y0 = 0.0F;
  float x1 = 0.0F;
  float y1 = 0.0F;
};
struct OrderGuess {
  // Where the lines lead. Only map() has a column for what it delivers: as_completed() delivers what has finished.
  GuessMarks::Column column = GuessMarks::Column::Finished;
  std::vector<GuessChip> chips;
  std::vector<GuessLine> lines;
};
OrderGuess lay_out_order_guess(const trace::Run& run, const FutureTimes& times, const GuessMarks& marks,
                               const OrderQuery& query, const OrderLayout& layout);

// --- Both ---

// What is to be said of a future, a line each: "your sketch: 0.00 s - 3.00 s", "you: place 2 of 3 to finish, not 3", and
// the sentence of the first difference.
std::vector<std::string> guess_facts(const GuessMarks& marks, FutureId future);

}  // namespace loiter::views
