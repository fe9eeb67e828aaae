// Guesses for tests of the overlay: what somebody could expect of the runs of sample_runs.hpp.
#pragma once

#include "views/guess_marks.hpp"
#include "views/sample_runs.hpp"

namespace loiter::samples {

inline views::GuessedBar guessed_bar(std::uint32_t future, double from, double until, bool right) {
  return {FutureId{future}, at_seconds(from), at_seconds(until), right};
}

// Of the whole loiter run: loiter(3) is right, loiter(4) begins too early, loiter(2) takes too long.
inline views::GuessMarks loiter_sketch() {
  views::GuessMarks marks;
  marks.bars = {guessed_bar(1, 0, 0, true), guessed_bar(2, 0, 1, true), guessed_bar(3, 0, 3, false),
                guessed_bar(4, 0, 3, true), guessed_bar(5, 3, 7, false)};
  marks.difference = {FutureId{5}, at_seconds(1), "loiter(4) begins at 1.00 s, not at 3.00 s."};
  return marks;
}

// Right up to the first place, wrong from the second on; the fifth did not come to it.
inline views::GuessMarks loiter_order(views::GuessMarks::Column column = views::GuessMarks::Column::Finished) {
  views::GuessMarks marks;
  marks.places = {
      {FutureId{1}, 1, 1}, {FutureId{2}, 3, 2}, {FutureId{3}, 4, 3}, {FutureId{4}, 2, 4}, {FutureId{5}, 5, 5}};
  marks.column = column;
  marks.difference = {FutureId{2}, at_seconds(1), "At place 2 it was loiter(1), not loiter(3)."};
  return marks;
}

}  // namespace loiter::samples
