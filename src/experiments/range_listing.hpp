// The text around a function that a pool calls for range(tasks), in Python and in C++ (range_program.hpp is what runs).
#pragma once

#include <string>

#include "experiments/experiment.hpp"

namespace loiter::experiments {

// The function as text, up to the line before the program; with the place @CLASS@ before it in Python.
struct RangeListing {
  std::string python;
  std::string cpp;
  std::string call;  // "loiter_function.with(1s)"
};

// The function is called as the experiment is.
Listing range_listing(const Setup& setup, const RangeListing& function);

}  // namespace loiter::experiments
