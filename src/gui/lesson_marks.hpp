// What a lesson's reader guessed, as marks that can be laid over the run: sketched bars, an order, the first difference.
//
// Shape    A pure function. Of several questions the first sketch and the first order are drawn, and the difference that
//          comes first in time.
// Threads  Any.
#pragma once

#include <vector>

#include "lessons/reading.hpp"
#include "trace/run.hpp"
#include "views/guess_marks.hpp"

namespace loiter::gui {

// Of these questions; those that were not marked say nothing.
views::GuessMarks guess_marks(const lessons::Reading& reading, const std::vector<std::size_t>& questions,
                              const trace::Run& run);

}  // namespace loiter::gui
