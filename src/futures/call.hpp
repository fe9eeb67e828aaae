// Call: a function with the name that traces show for it: named("loiter", f).
//
// Shape    The label of a submission is the name and the reprs of its arguments: "loiter(3)", "divmod(1, 0)"; without
//          arguments the name alone.
#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/python_text.hpp"
#include "futures/observer.hpp"

namespace loiter::futures {

// A name from a literal is known to live as long as the program; any other is copied when it is recorded.
class CallName {
 public:
  template <std::size_t N>
  consteval CallName(const char (&literal)[N])
      : m_text(literal, N - 1), m_is_static(true) {}  // NOLINT: a literal is a name
  explicit CallName(std::string_view text) : m_text(text) {}
  std::string_view text() const { return m_text; }
  bool is_static() const { return m_is_static; }

 private:
  std::string_view m_text;
  bool m_is_static = false;
};

template <class F>
struct Call {
  CallName name;
  F function;
};

template <class F>
Call<std::decay_t<F>> named(CallName name, F&& function) {
  return {name, std::forward<F>(function)};
}

// Every value of the type is an int64_t: the largest of 64 bits without a sign are not.
template <class T>
concept IsWholeNumber = std::integral<T> && !std::same_as<T, bool> && (std::signed_integral<T> || sizeof(T) < 8);

// A label whose argument text, if there is any, lives in `storage`.
template <class... A>
CallLabel label_of(const CallName& name, std::string& storage, const A&... arguments) {
  CallLabel label{.name = name.text(), .name_is_static = name.is_static()};
  if constexpr (sizeof...(A) == 1 && (... && IsWholeNumber<A>)) {
    label.has_number = true;
    label.number = (static_cast<std::int64_t>(arguments), ...);
  } else if constexpr (sizeof...(A) > 0) {
    ((storage += (storage.empty() ? "" : ", ") + python_repr(arguments)), ...);
    label.arguments = storage;
  }
  return label;
}

// What a task of several calls is called: "loiter x 8".
inline std::string chunk_name(const CallName& name, std::size_t calls) {
  return std::string(name.text()) + " x " + std::to_string(calls);
}

}  // namespace loiter::futures
