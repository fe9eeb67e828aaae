// What people type as a guess, and how they are told to.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "lessons/prediction.hpp"

namespace loiter::lessons {
namespace {

using Kind = Prediction::Kind;

std::vector<std::string> parts_of(std::string_view text, std::string_view separators) {
  std::vector<std::string> parts;
  std::string part;
  for (const char c : text) {
    if (separators.find(c) == std::string_view::npos) {
      part += c;
    } else if (!part.empty()) {
      parts.push_back(std::exchange(part, {}));
    }
  }
  if (!part.empty()) parts.push_back(part);
  return parts;
}

std::string trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \t\r");
  if (from == std::string_view::npos) return "";
  return std::string(text.substr(from, text.find_last_not_of(" \t\r") - from + 1));
}

tl::unexpected<Error> not_a_guess(const Prediction& prediction, const std::string& typed) {
  if (typed.empty()) return fail(fmt::format("Type {}.", guess_help(prediction)));
  return fail(fmt::format("'{}' is no answer here: type {}.", printable(typed, 40), guess_help(prediction)));
}

// Places in a list of so many, none twice.
std::optional<std::vector<std::size_t>> places_in(const std::string& typed, std::size_t count) {
  std::vector<std::size_t> places;
  for (const std::string& part : parts_of(typed, " \t,;")) {
    const auto number = parse_integer(part);
    if (!number || *number < 1 || static_cast<std::size_t>(*number) > count) return std::nullopt;
    const auto place = static_cast<std::size_t>(*number - 1);
    if (std::ranges::find(places, place) != places.end()) return std::nullopt;
    places.push_back(place);
  }
  return places;
}

std::optional<double> seconds_in(const std::string& typed) {
  const auto time = parse_duration(trimmed(typed));
  return time ? std::optional(to_seconds(*time)) : std::nullopt;
}

std::optional<std::vector<Bar>> bars_in(const std::string& typed, std::size_t count) {
  std::vector<Bar> bars;
  for (const std::string& part : parts_of(typed, ",;")) {
    const std::size_t dash = part.find('-');
    if (dash == std::string::npos) return std::nullopt;
    const auto from = seconds_in(part.substr(0, dash));
    const auto to = seconds_in(part.substr(dash + 1));
    if (!from || !to || *to < *from) return std::nullopt;
    bars.push_back({*from, *to});
  }
  return bars.size() == count ? std::optional(bars) : std::nullopt;
}

}  // namespace

std::string guess_help(const Prediction& prediction) {
  const Quantity* quantity = find_quantity(prediction.question.quantity);
  switch (prediction.kind) {
    case Kind::Choose:
      return fmt::format("a number from 1 to {}", prediction.options.size());
    case Kind::ChooseSeveral:
      return fmt::format("the numbers of all that fit, from 1 to {}, such as 1 2; or none", prediction.options.size());
    case Kind::Order:
      return fmt::format("all numbers from 1 to {} in the order you expect", prediction.items.size());
    case Kind::Number:
      if (quantity != nullptr && quantity->unit == "s") return "a number of seconds, such as 2 or 0.5";
      if (quantity != nullptr && !quantity->unit.empty()) return fmt::format("a number of {}", quantity->unit);
      return "a number";
    case Kind::Sketch:
      return "for each, with commas between them, when it begins and ends in seconds, such as 0-1, 0-2";
  }
  return "";
}

Result<Guess> read_guess(const Prediction& prediction, std::string_view text) {
  const std::string typed = trimmed(text);
  Guess guess;
  if (typed.empty()) return not_a_guess(prediction, typed);
  if (prediction.kind == Kind::Number) {
    const Quantity* quantity = find_quantity(prediction.question.quantity);
    const bool is_time = quantity != nullptr && quantity->unit == "s";
    const auto number = is_time ? seconds_in(typed) : parse_number(typed);
    if (!number) return not_a_guess(prediction, typed);
    guess.number = *number;
    return guess;
  }
  if (prediction.kind == Kind::Sketch) {
    auto bars = bars_in(typed, prediction.items.size());
    if (!bars) return not_a_guess(prediction, typed);
    guess.bars = std::move(*bars);
    return guess;
  }
  if (prediction.kind == Kind::ChooseSeveral && typed == "none") return guess;
  const bool is_order = prediction.kind == Kind::Order;
  const std::size_t count = is_order ? prediction.items.size() : prediction.options.size();
  auto places = places_in(typed, count);
  const bool fits = places && !places->empty() && (!is_order || places->size() == count) &&
                    (prediction.kind != Kind::Choose || places->size() == 1);
  if (!fits) return not_a_guess(prediction, typed);
  guess.chosen = std::move(*places);
  return guess;
}

}  // namespace loiter::lessons
