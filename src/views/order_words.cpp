// What the panel Order says in words.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "base/text.hpp"
#include "views/order.hpp"
#include "views/words.hpp"

namespace loiter::views {
namespace {

// "1 s", "0.25 s", "25 s": as short as the number is; "12 us" where seconds say nothing.
std::string short_seconds(Duration d) {
  if (d > Duration::zero() && d < std::chrono::milliseconds(100)) return format_duration(d);
  std::string digits = fmt::format("{:.2f}", to_seconds(d));
  while (digits.ends_with('0')) digits.pop_back();
  if (digits.ends_with('.')) digits.pop_back();
  return digits + " s";
}
std::string first_at(const std::optional<Instant>& moment) {
  return moment ? "first result at " + short_seconds(moment->time_since_epoch()) : "no result yet";
}

std::string number_of(const trace::Run& run, std::size_t row) {
  return fmt::format("#{}", run.futures()[row].id.value);
}

// "map ended at #2, which raised ValueError."
std::string end_of_map(const trace::Run& run, std::size_t row, bool map) {
  const trace::FutureRow& future = run.futures()[row];
  const bool raised = future.outcome == trace::Outcome::Raised;
  return fmt::format("map {} at {}, which {}.", map ? "ended" : "would have ended", number_of(run, row),
                     raised ? "raised " + printable(future.type, 40) : "was cancelled");
}

std::string results(std::size_t count) {
  return count_word(count) + (count == 1 ? " finished result" : " finished results");
}

}  // namespace

std::string count_word(std::size_t count) {
  constexpr std::array<const char*, 13> words{"no",    "one",   "two",  "three", "four",   "five",  "six",
                                              "seven", "eight", "nine", "ten",   "eleven", "twelve"};
  return count < words.size() ? words[count] : std::to_string(count);
}

bool is_map_run(const trace::Run& run) {
  if (run.deliveries().empty()) return run.header().collect == trace::Collect::Map;
  constexpr std::size_t looked_at = 32;
  const std::size_t count = std::min(looked_at, run.deliveries().size());
  return std::any_of(run.deliveries().begin(), run.deliveries().begin() + static_cast<std::ptrdiff_t>(count),
                     [](const trace::Delivery& delivery) { return delivery.by == trace::DeliveredBy::Map; });
}

// Whether the futures were over in the order of the call, as far as they are.
static bool is_in_order(const trace::Run& run) {
  FutureId latest{};
  for (const FutureId id : run.over()) {
    if (id < latest) return false;
    latest = id;
  }
  return true;
}

std::string order_headline(const trace::Run& run, const OrderSums& sums, bool run_is_over) {
  if (sums.submitted == 0) return {};
  if (sums.over == 0) return fmt::format("{} submitted, none finished.", sums.submitted);
  if (sums.ended_by && sums.held_now == 0) return end_of_map(run, *sums.ended_by, is_map_run(run));
  if (sums.held == 0 && !is_in_order(run))
    return "Nothing is held back: what finished in another order finished at one instant.";
  if (sums.held == 0) {
    if (run_is_over) return "Nothing was held back: the tasks finished in the order of the call.";
    return "Nothing is held back: so far the tasks finish in the order of the call.";
  }
  const std::string holder = number_of(run, *sums.holder) + (sums.several_holders ? " and others" : "");
  const bool map = is_map_run(run);
  if (sums.held_now > 0) {
    return fmt::format("{} {} slow. map {} {}.", holder, sums.several_holders ? "are" : "is",
                       map ? "holds back" : "would hold back", results(sums.held_now));
  }
  return fmt::format("{} {} slow. map {} {}.", holder, sums.several_holders ? "were" : "was",
                     map ? "held back" : "would have held back", results(sums.held));
}

OrderFoot order_foot(const trace::Run& run, const OrderSums& sums) {
  const bool map = is_map_run(run);
  OrderFoot foot;
  foot.as_completed =
      fmt::format("as_completed {} here: at once, in the order of finishing", map ? "would deliver" : "delivers");
  foot.map = fmt::format("map {} here: in the order of the call", map ? "delivers" : "would deliver");
  foot.held = "finished, but held back" + (sums.holder ? " by " + number_of(run, *sums.holder) : "") +
              (sums.several_holders ? " and others" : "");
  foot.completed = first_at(sums.first_completed);
  foot.mapped = first_at(sums.first_mapped);
  foot.held_for = short_seconds(sums.held_for) + " in all";
  return foot;
}

std::string order_sums_text(const trace::Run& run, const OrderSums& sums) {
  if (sums.held == 0 || !sums.first_completed) return {};
  const char* mapped = is_map_run(run) ? "map" : "with map";
  const std::string by_map = sums.first_mapped ? short_seconds(sums.first_mapped->time_since_epoch()) : "not yet";
  return fmt::format("first result at {}, {} {}; held back {} in all",
                     short_seconds(sums.first_completed->time_since_epoch()), mapped, by_map,
                     short_seconds(sums.held_for));
}

std::vector<std::string> order_facts(const trace::Run& run, const OrderRow& row, Instant t) {
  const trace::FutureRow* future = run.future(row.id);
  if (future == nullptr || !row.over) return {};
  std::vector<std::string> facts;
  facts.push_back(fmt::format("number {} in the order of finishing", *row.rank + 1));
  if (!row.held_by) return facts;
  const Instant until = row.mapped.value_or(t);
  const char* how = is_map_run(run) ? (row.mapped ? "was" : "is") : (row.mapped ? "would have been" : "would be");
  facts.push_back(fmt::format("with map it {} held back by {} for {}", how, number_of(run, *row.held_by),
                              short_seconds(until - *row.over)));
  return facts;
}

}  // namespace loiter::views
