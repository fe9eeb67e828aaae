// What the tests of the engine read out of a recording.
#pragma once

#include <string>
#include <vector>

#include "trace/header.hpp"

namespace loiter::engine::testing {

inline std::string transcript(const trace::Recording& recording) {
  std::string text;
  for (const trace::Event& event : recording.events) {
    if (const auto* printed = std::get_if<trace::Printed>(&event.body))
      text += printed->text + (printed->goes_on ? "" : "\n");
  }
  return text;
}

inline const trace::RunEnded& end_of(const trace::Recording& recording) {
  return std::get<trace::RunEnded>(recording.events.back().body);
}

template <class T>
std::size_t count_of(const trace::Recording& recording) {
  std::size_t count = 0;
  for (const trace::Event& event : recording.events) count += std::holds_alternative<T>(event.body) ? 1U : 0U;
  return count;
}

}  // namespace loiter::engine::testing
