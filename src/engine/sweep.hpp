// Sweep: the comparison of the modes again and again, each time with another value of one parameter.
//
// Shape    A plan is plain values: every setup that has to run, complete and checked. What comes of it is folded by
//          views/sweep.hpp, for the terminal's table and the window's chart alike.
// Errors   A parameter that the experiment does not have, a value that it cannot have, one that is set beside: one
//          sentence each.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "engine/catalogue.hpp"

namespace loiter::engine {

// The modes that are compared; the others are measured against the first.
inline constexpr std::array compared_modes{trace::Mode::Sequential, trace::Mode::Threads, trace::Mode::Processes};

// The same work in every mode.
Result<std::vector<Setup>> setups_to_compare(Choices choices);

struct SweepPoint {
  std::string value;
  std::vector<Setup> setups;  // in the order of compared_modes
};
struct SweepPlan {
  std::string parameter;
  std::vector<SweepPoint> points;
};

// `over` is a parameter with or without values: "mix=0,0.5,1", "mix". A share without any takes five from 0 to 1, a word
// all that it can be.
Result<SweepPlan> plan_sweep(const Choices& choices, std::string_view over);

}  // namespace loiter::engine
