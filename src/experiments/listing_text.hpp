// Pieces that the listings of several experiments share: the pool of the chosen mode, and the filling in of values.
//
// Shape    Texts with places such as @POOL@. The code panel of an ordinary window shows 42 characters of a line.
#pragma once

#include <string>
#include <string_view>

#include "experiments/setup.hpp"

namespace loiter::experiments {

void replace_all(std::string& text, std::string_view what, const std::string& with);

std::string python_pool(const Setup& setup);  // "cf.ThreadPoolExecutor(3)"
std::string cpp_pool(const Setup& setup);     // the definition of `ex`, on two lines

// "with 3 threads", "sequentially".
std::string workers_in_words(const Setup& setup);

// Python has no executor that runs its calls at once; this is one. Empty in the other modes.
std::string python_pool_class(const Setup& setup);

}  // namespace loiter::experiments
