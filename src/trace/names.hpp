// Names: the text of every enumerator and of every event, as run files, the command line and the screen write it.
//
// Shape    name_of(WaitOn::AsCompleted) is "as_completed"; from_name<WaitOn>("as_completed") is the way back.
// Errors   from_name gives nothing for a text that is none of names<E>().
// Source   RUNFILE, version 1.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "trace/event.hpp"
#include "trace/header.hpp"

namespace loiter::trace {

// All names of an enumeration, in the order of its enumerators.
template <class E>
std::span<const std::string_view> names();

template <>
std::span<const std::string_view> names<LaneKind>();
template <>
std::span<const std::string_view> names<FutureState>();
template <>
std::span<const std::string_view> names<Outcome>();
template <>
std::span<const std::string_view> names<DeliveredBy>();
template <>
std::span<const std::string_view> names<WaitOn>();
template <>
std::span<const std::string_view> names<WaitEnd>();
template <>
std::span<const std::string_view> names<GilChange>();
template <>
std::span<const std::string_view> names<GilKind>();
template <>
std::span<const std::string_view> names<Escape>();
template <>
std::span<const std::string_view> names<Observation>();
template <>
std::span<const std::string_view> names<RunEnd>();
template <>
std::span<const std::string_view> names<Mode>();
template <>
std::span<const std::string_view> names<Collect>();
template <>
std::span<const std::string_view> names<Clock>();

template <class E>
std::string_view name_of(E value) {
  return names<E>()[static_cast<std::size_t>(value)];
}

template <class E>
std::optional<E> from_name(std::string_view name) {
  const auto all = names<E>();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i] == name) return static_cast<E>(i);
  }
  return std::nullopt;
}

// "pending, running or finished": for messages.
template <class E>
std::string names_in_words() {
  std::string words;
  const auto all = names<E>();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i > 0) words += i + 1 == all.size() ? " or " : ", ";
    words += all[i];
  }
  return words;
}

// The names of the events, in the order of EventBody's alternatives.
std::span<const std::string_view> event_names();
std::string_view event_name(const EventBody& body);

}  // namespace loiter::trace
