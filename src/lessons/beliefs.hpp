// The twelve beliefs about futures that people bring along and that a run can answer.
//
// Shape    A constant table. An option of a prediction names one by its id; whoever chooses the option holds it, and is
//          answered with the option's own sentence, or with the one that stands here.
// Threads  Constant.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace loiter::lessons {

struct Belief {
  std::string_view id;
  std::string_view name;    // what is believed, in a few words
  std::string_view answer;  // the sentence that answers it
};

std::span<const Belief> all_beliefs();
const Belief* find_belief(std::string_view id);
std::vector<std::string> belief_ids();

}  // namespace loiter::lessons
