// How Python would name a value's type and print the value: what futures, traces and transcripts show.
//
// Shape    python_type<T>() gives "int", "str", "NoneType", "list", ...; python_repr(value) gives repr(value);
//          python_str(value) gives str(value), which differs for text only.
// Source   CPython 3.11: float repr (shortest digits that read back the same), string escapes and quotes.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace loiter {

// The value of a function that returns nothing: Python's None.
using None = std::monostate;

std::string python_repr(std::string_view text);
std::string python_repr(double value);

// Specialise for a type of your own: static const char* name(), static std::string repr(const T&). A type whose values
// are of several types in Python also has static const char* name_of(const T&).
template <class T>
struct PythonType;

template <class T>
const char* python_type() {
  return PythonType<std::remove_cvref_t<T>>::name();
}
template <class T>
const char* python_type_of(const T& value) {
  if constexpr (requires { PythonType<T>::name_of(value); }) {
    return PythonType<T>::name_of(value);
  } else {
    return python_type<T>();
  }
}
template <class T>
  requires(!std::convertible_to<T, std::string_view> && !std::same_as<std::remove_cvref_t<T>, double>)
std::string python_repr(const T& value) { return PythonType<T>::repr(value); }
template <class T>
std::string python_str(const T& value) {
  if constexpr (std::convertible_to<T, std::string_view>) {
    return std::string(std::string_view(value));
  } else {
    return python_repr(value);
  }
}

template <std::integral T>
struct PythonType<T> {
  static const char* name() { return "int"; }
  static std::string repr(T value) { return std::to_string(value); }
};
template <>
struct PythonType<bool> {
  static const char* name() { return "bool"; }
  static std::string repr(bool value) { return value ? "True" : "False"; }
};
template <>
struct PythonType<double> {
  static const char* name() { return "float"; }
  static std::string repr(double value) { return python_repr(value); }
};
template <>
struct PythonType<None> {
  static const char* name() { return "NoneType"; }
  static std::string repr(None) { return "None"; }
};
template <>
struct PythonType<std::string> {
  static const char* name() { return "str"; }
  static std::string repr(const std::string& value) { return python_repr(std::string_view(value)); }
};
template <>
struct PythonType<std::string_view> : PythonType<std::string> {
  static std::string repr(std::string_view value) { return python_repr(value); }
};
template <>
struct PythonType<const char*> : PythonType<std::string_view> {};

template <class T>
struct PythonType<std::optional<T>> {
  static const char* name() { return python_type<T>(); }
  static std::string repr(const std::optional<T>& value) { return value ? python_repr(*value) : "None"; }
};
template <class T>
struct PythonType<std::vector<T>> {
  static const char* name() { return "list"; }
  static std::string repr(const std::vector<T>& values) {
    std::string text = "[";
    for (const T& value : values) {
      if (text.size() > 1) text += ", ";
      text += python_repr(value);
    }
    return text + "]";
  }
};
template <class... T>
struct PythonType<std::tuple<T...>> {
  static const char* name() { return "tuple"; }
  static std::string repr(const std::tuple<T...>& values) {
    std::string text = "(";
    std::apply([&](const T&... value) { ((text += (text.size() > 1 ? ", " : "") + python_repr(value)), ...); }, values);
    return text + (sizeof...(T) == 1 ? ",)" : ")");
  }
};
template <class A, class B>
struct PythonType<std::pair<A, B>> {
  static const char* name() { return "tuple"; }
  static std::string repr(const std::pair<A, B>& value) {
    return PythonType<std::tuple<A, B>>::repr({value.first, value.second});
  }
};

}  // namespace loiter
