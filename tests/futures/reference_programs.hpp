// The programs of reference/reference.py, written with this floor: same names, same text.
//
// Shape    A program says() what Python's prints; what is logged comes in between. python() and attempt() write values
//          and errors as Python does.
#pragma once

#include <concepts>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/python_text.hpp"
#include "futures/lab.hpp"
#include "futures/states.hpp"

namespace loiter::futures::lab {

struct Program {
  std::string name;
  Body body;
};

std::vector<Program> programs_of_futures();
std::vector<Program> programs_of_pools();
std::vector<Program> programs_of_iterators();

std::string python_name(FutureState state);  // "CANCELLED_AND_NOTIFIED"

template <class T>
std::string python(const T& value) {
  if constexpr (std::same_as<T, FutureState>) {
    return python_name(value);
  } else {
    return python_str(value);
  }
}

// The values with blanks between them, as print() writes them.
template <class... T>
void say(Lab& lab, const T&... values) {
  std::string line;
  ((line += (line.empty() ? "" : " ") + python(values)), ...);
  lab.say(line);
}

// What the call gives, or the exception it raises.
template <class F>
std::string attempt(F f) {
  std::string text = "None";
  const std::string error = raised_by([&] {
    if constexpr (std::is_void_v<std::invoke_result_t<F&>>) {
      f();
    } else {
      text = python(f());
    }
  });
  return error.empty() ? text : error;
}

template <class Iterator>
std::string attempt_next(Iterator& iterator) {
  std::string text;
  const std::string error = raised_by([&] {
    const auto value = iterator.next();
    text = value ? python(*value) : "StopIteration: ";
  });
  return error.empty() ? text : error;
}

template <class Iterator>
auto list(Iterator& iterator) {
  std::vector<std::decay_t<decltype(*iterator.next())>> values;
  while (auto value = iterator.next()) values.push_back(*value);
  return values;
}

inline std::string this_lane() { return runtime::Runtime::current().spec().name; }
inline bool in_main() { return this_lane() == "main"; }

}  // namespace loiter::futures::lab
