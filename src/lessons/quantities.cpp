#include "lessons/quantities.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <unordered_map>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "trace/names.hpp"

namespace loiter::lessons {
namespace {

using trace::FutureRow;
using trace::Run;

// The same with how it is computed; the future is there if the quantity needs one.
struct Known {
  Quantity quantity;
  std::function<Result<Answer>(const Run&, const Question&, const FutureRow*)> compute;
};

Answer number(double value, std::optional<Instant> at = {}) {
  return {.kind = AnswerKind::Number, .number = value, .at = at};
}
Answer truth(bool value, std::optional<Instant> at = {}) {
  return {.kind = AnswerKind::Truth, .truth = value, .at = at};
}
Answer word(std::string_view value, std::optional<Instant> at = {}) {
  return {.kind = AnswerKind::Word, .word = std::string(value), .at = at};
}

template <class Holds>
std::size_t count_futures(const Run& run, const Holds& holds) {
  return static_cast<std::size_t>(std::ranges::count_if(run.futures(), holds));
}

// Those of which the program has had the result, each at its first time.
std::vector<Item> deliveries_of(const Run& run) {
  std::unordered_map<FutureId, std::string> labels;
  for (Item& item : futures_of(run)) labels[item.future] = std::move(item.label);
  std::set<FutureId> seen;
  std::vector<Item> items;
  for (const trace::Delivery& delivery : run.deliveries()) {
    if (delivery.lane != main_lane || !seen.insert(delivery.future).second) continue;
    items.push_back(
        {.label = labels[delivery.future], .future = delivery.future, .at = delivery.t, .until = delivery.t});
  }
  return items;
}

// Those that have come to an instant, in its order; at one instant in the order of `run`'s futures.
template <class When>
std::vector<Item> futures_by(const Run& run, const When& when) {
  std::vector<Item> items;
  for (Item item : futures_of(run)) {
    const std::optional<Instant> at = when(*run.future(item.future));
    if (!at) continue;
    item.at = item.until = *at;
    items.push_back(std::move(item));
  }
  std::ranges::stable_sort(items, {}, &Item::at);
  return items;
}

// In the order of a list that the run keeps, which is exact where instants are the same.
std::vector<Item> futures_in(const Run& run, const std::vector<FutureId>& order,
                             const std::function<std::optional<Instant>(const FutureRow&)>& when) {
  std::unordered_map<FutureId, Item> known;
  for (Item& item : futures_of(run)) known[item.future] = std::move(item);
  std::vector<Item> items;
  for (const FutureId id : order) {
    const auto found = known.find(id);
    const FutureRow* row = run.future(id);
    if (found == known.end() || row == nullptr) continue;
    const std::optional<Instant> at = when(*row);
    if (!at) continue;
    found->second.at = found->second.until = *at;
    items.push_back(found->second);
  }
  return items;
}

template <class Holds>
Answer some(const Run& run, const Holds& holds) {
  return {.kind = AnswerKind::Some, .items = futures_by(run, [&](const FutureRow& row) {
                                      return holds(row) ? std::optional(row.submitted) : std::nullopt;
                                    })};
}

std::size_t threads_used(const Run& run) {
  return static_cast<std::size_t>(
      std::ranges::count_if(run.lanes(), [](const trace::Lane& lane) { return !lane.tasks.empty(); }));
}

std::size_t most_at_once(const Run& run) {
  std::vector<std::pair<Instant, int>> steps;
  for (const FutureRow& row : run.futures()) {
    if (!row.began) continue;
    steps.emplace_back(*row.began, 1);
    if (row.task_ended) steps.emplace_back(*row.task_ended, -1);
  }
  std::ranges::sort(steps);  // at one instant those that end come first
  int now = 0;
  int most = 0;
  for (const auto& [at, step] : steps) most = std::max(most, now += step);
  return static_cast<std::size_t>(most);
}

const trace::StuckReport* stuck_report(const Run& run) {
  for (const trace::StuckReport& report : run.stuck()) {
    if (!report.freed) return &report;
  }
  return nullptr;
}

std::string_view outcome_of(const FutureRow& row) {
  if (row.cancelled || row.notified) return "cancelled";
  if (!row.outcome || !row.finished) return "none";
  return row.outcome == trace::Outcome::Returned ? "returned"
         : row.outcome == trace::Outcome::Raised ? "raised"
                                                 : "none";
}

double blocked_time(const Run& run) {
  Duration blocked{};
  const trace::Lane* lane = run.lane(main_lane);
  if (lane == nullptr) return 0;
  for (const trace::WaitSpan& wait : lane->waits) blocked += wait.ended.value_or(run.last()) - wait.began;
  return to_seconds(blocked);
}

double bytes_saved(const Run& run) {
  std::int64_t bytes = 0;
  for (const FutureRow& row : run.futures()) {
    if (row.outcome == trace::Outcome::Returned && !row.progress.empty()) bytes += row.progress.back().done;
  }
  return static_cast<double>(bytes);
}

Answer bars(const Run& run) {
  std::vector<Item> items;
  for (Item item : futures_of(run)) {
    const FutureRow& row = *run.future(item.future);
    if (!row.began) continue;
    item.at = *row.began;
    item.until = row.task_ended.value_or(run.last());
    items.push_back(std::move(item));
  }
  return {.kind = AnswerKind::Bars, .items = std::move(items)};
}

bool happened(const std::optional<Instant>& at, Instant by) { return at && *at <= by; }
bool executes_at(const FutureRow& row, Instant t) { return happened(row.began, t) && !happened(row.task_ended, t); }
bool says_running_at(const FutureRow& row, Instant t) { return trace::state_at(row, t) == trace::FutureState::Running; }

template <class E>
std::vector<std::string> words_for() {
  const auto names = trace::names<E>();
  return {names.begin(), names.end()};
}

std::vector<Known> orders() {
  using Asked = const Question&;
  const auto order = [](std::vector<Item> items) {
    return Answer{.kind = AnswerKind::Order, .items = std::move(items)};
  };
  return {
      {{"submission_order", AnswerKind::Order, "the futures as they were submitted"},
       [=](const Run& run, Asked, auto*) { return order(futures_of(run)); }},
      {{"start_order", AnswerKind::Order, "the futures as their calls began"},
       [=](const Run& run, Asked, auto*) { return order(futures_by(run, [](auto& row) { return row.began; })); }},
      {{"finishing_order", AnswerKind::Order, "the futures as they finished"},
       [=](const Run& run, Asked, auto*) {
         return order(futures_in(run, run.over(), [](auto& row) { return row.finished; }));
       }},
      {{"delivery_order", AnswerKind::Order, "the futures as the program got their results"},
       [=](const Run& run, Asked, auto*) { return order(deliveries_of(run)); }},
      {{"bars", AnswerKind::Bars, "when the call of each future began and ended"},
       [](const Run& run, Asked, auto*) { return bars(run); }},
      {{"cancelled_futures", AnswerKind::Some, "the futures that were cancelled"},
       [](const Run& run, Asked, auto*) {
         return some(run, [](auto& row) { return outcome_of(row) == "cancelled"; });
       }},
      {{"raised_futures", AnswerKind::Some, "the futures whose call raised"},
       [](const Run& run, Asked, auto*) { return some(run, [](auto& row) { return outcome_of(row) == "raised"; }); }},
      {{"returned_futures", AnswerKind::Some, "the futures whose call returned"},
       [](const Run& run, Asked, auto*) { return some(run, [](auto& row) { return outcome_of(row) == "returned"; }); }},
      {{"running_futures_at", AnswerKind::Some, "the futures that say running at that time", true},
       [](const Run& run, Asked q, auto*) { return some(run, [&](auto& row) { return says_running_at(row, q.at); }); }},
      {{"finished_futures_at", AnswerKind::Some, "the futures that were finished by that time", true},
       [](const Run& run, Asked q, auto*) {
         return some(run, [&](auto& row) { return happened(row.finished, q.at); });
       }},
      {{"delivered_futures_at", AnswerKind::Some, "the futures whose result the program had by that time", true},
       [](const Run& run, Asked q, auto*) {
         std::vector<Item> items = deliveries_of(run);
         std::erase_if(items, [&](const Item& item) { return item.at > q.at; });
         return Answer{.kind = AnswerKind::Some, .items = std::move(items)};
       }},
  };
}

std::vector<Known> numbers() {
  using Asked = const Question&;
  const auto count = [](auto holds) {
    return [holds](const Run& run, Asked q, auto*) {
      return number(static_cast<double>(count_futures(run, [&](const FutureRow& row) { return holds(row, q.at); })));
    };
  };
  return {
      {{"total_time", AnswerKind::Number, "how long the program took", false, false, "s"},
       [](const Run& run, Asked, auto*) { return number(to_seconds(run.last()), run.last()); }},
      {{"blocked_time", AnswerKind::Number, "how long the program itself waited", false, false, "s"},
       [](const Run& run, Asked, auto*) { return number(blocked_time(run)); }},
      {{"first_result_time", AnswerKind::Number, "when the program got its first result", false, false, "s"},
       [](const Run& run, Asked, auto*) -> Result<Answer> {
         const std::vector<Item> items = deliveries_of(run);
         if (items.empty()) return fail("the program got no result at all");
         return number(to_seconds(items.front().at), items.front().at);
       }},
      {{"stuck_time", AnswerKind::Number, "when somebody could never move again", false, false, "s"},
       [](const Run& run, Asked, auto*) -> Result<Answer> {
         const trace::StuckReport* report = stuck_report(run);
         if (report == nullptr) return fail("nothing got stuck");
         return number(to_seconds(report->t), report->t);
       }},
      {{"begin_time", AnswerKind::Number, "when the call of that future began", false, true, "s"},
       [](const Run&, Asked q, auto* row) -> Result<Answer> {
         if (!row->began) return fail(fmt::format("{} never began", q.of));
         return number(to_seconds(*row->began), row->began);
       }},
      {{"end_time", AnswerKind::Number, "when the call of that future ended", false, true, "s"},
       [](const Run&, Asked q, auto* row) -> Result<Answer> {
         if (!row->task_ended) return fail(fmt::format("{} never ended", q.of));
         return number(to_seconds(*row->task_ended), row->task_ended);
       }},
      {{"futures_submitted", AnswerKind::Number, "how many futures there were"},
       [](const Run& run, Asked, auto*) { return number(static_cast<double>(run.futures().size())); }},
      {{"workers", AnswerKind::Number, "how many workers the pool could have"},
       [](const Run& run, Asked, auto*) { return number(run.header().workers); }},
      {{"threads_used", AnswerKind::Number, "how many threads, or processes, executed a call"},
       [](const Run& run, Asked, auto*) { return number(static_cast<double>(threads_used(run))); }},
      {{"most_at_once", AnswerKind::Number, "how many calls were being executed at once, at most"},
       [](const Run& run, Asked, auto*) { return number(static_cast<double>(most_at_once(run))); }},
      {{"results_delivered", AnswerKind::Number, "how many results the program had by that time", true},
       [](const Run& run, Asked q, auto*) {
         const std::vector<Item> items = deliveries_of(run);
         return number(
             static_cast<double>(std::ranges::count_if(items, [&](const Item& item) { return item.at <= q.at; })),
             q.at);
       }},
      {{"futures_finished", AnswerKind::Number, "how many futures were finished by that time", true},
       count([](const FutureRow& row, Instant t) { return happened(row.finished, t); })},
      {{"futures_running", AnswerKind::Number, "how many futures say running at that time", true},
       count(says_running_at)},
      {{"calls_executing", AnswerKind::Number, "how many calls are really being executed at that time", true},
       count(executes_at)},
      {{"futures_pending", AnswerKind::Number, "how many futures say pending at that time", true},
       count([](const FutureRow& row, Instant t) { return trace::state_at(row, t) == trace::FutureState::Pending; })},
      {{"calls_never_begun", AnswerKind::Number, "how many calls were never begun"},
       count([](const FutureRow& row, Instant) { return !row.began; })},
      {{"exceptions_raised", AnswerKind::Number, "how many calls raised"},
       count([](const FutureRow& row, Instant) { return outcome_of(row) == "raised"; })},
      {{"exceptions_unread", AnswerKind::Number, "how many exceptions nobody ever asked for"},
       [](const Run& run, Asked, auto*) {
         return number(static_cast<double>(
             count_futures(run, [&](const FutureRow& row) { return trace::unread_exception_at(row, run.last()); })));
       }},
      {{"lines_printed", AnswerKind::Number, "how many lines were printed"},
       [](const Run& run, Asked, auto*) {
         return number(
             static_cast<double>(std::ranges::count_if(run.lines(), [](auto& line) { return !line.is_log; })));
       }},
      {{"bytes_saved", AnswerKind::Number, "how many bytes were downloaded and saved", false, false, "bytes"},
       [](const Run& run, Asked, auto*) { return number(bytes_saved(run)); }},
  };
}

std::vector<Known> choices() {
  using Asked = const Question&;
  return {
      {{"is_stuck", AnswerKind::Truth, "whether somebody could never move again"},
       [](const Run& run, Asked, auto*) {
         const trace::StuckReport* report = stuck_report(run);
         return truth(report != nullptr, report != nullptr ? std::optional(report->t) : std::nullopt);
       }},
      {{"cancel_returns", AnswerKind::Truth, "what cancel() of that future returned: whether it was cancelled", false,
        true},
       [](const Run&, Asked, auto* row) { return truth(row->cancelled.has_value(), row->cancelled); }},
      {{"pool_broke", AnswerKind::Truth, "whether a pool broke"},
       [](const Run& run, Asked, auto*) {
         for (const trace::Pool& pool : run.pools()) {
           if (pool.broken) return truth(true, pool.broken);
         }
         return truth(false);
       }},
      {{.name = "state_at",
        .kind = AnswerKind::Word,
        .help = "the state of that future at that time",
        .needs_time = true,
        .needs_future = true,
        .words = words_for<trace::FutureState>()},
       [](const Run&, Asked q, auto* row) -> Result<Answer> {
         const auto state = trace::state_at(*row, q.at);
         if (!state) return fail(fmt::format("{} had not been submitted yet", q.of));
         return word(trace::name_of(*state), q.at);
       }},
      {{.name = "outcome_of",
        .kind = AnswerKind::Word,
        .help = "what became of that future",
        .needs_future = true,
        .words = {"returned", "raised", "cancelled", "none"}},
       [](const Run&, Asked, auto* row) { return word(outcome_of(*row), trace::over_at(*row)); }},
      {{.name = "exception_of",
        .kind = AnswerKind::Word,
        .help = "the type of the exception in that future, or none",
        .needs_future = true},
       [](const Run&, Asked, auto* row) {
         return word(outcome_of(*row) == "raised" ? std::string_view(row->type) : "none", trace::over_at(*row));
       }},
      {{.name = "mode", .kind = AnswerKind::Word, .help = "what the calls ran on", .words = words_for<trace::Mode>()},
       [](const Run& run, Asked, auto*) { return word(trace::name_of(run.header().mode)); }},
      {{.name = "how_it_ended",
        .kind = AnswerKind::Word,
        .help = "how the run ended",
        .words = words_for<trace::RunEnd>()},
       [](const Run& run, Asked, auto*) -> Result<Answer> {
         if (!run.ended()) return fail("the run has not ended yet");
         return word(trace::name_of(run.ended()->how), run.last());
       }},
  };
}

const std::vector<Known>& known_quantities() {
  static const std::vector<Known> all = [] {
    std::vector<Known> made = orders();
    std::ranges::move(numbers(), std::back_inserter(made));
    std::ranges::move(choices(), std::back_inserter(made));
    return made;
  }();
  return all;
}

}  // namespace

std::string_view words_of(AnswerKind kind) {
  switch (kind) {
    case AnswerKind::Word:
      return "a word";
    case AnswerKind::Truth:
      return "true or false";
    case AnswerKind::Number:
      return "a number";
    case AnswerKind::Order:
      return "an order of futures";
    case AnswerKind::Some:
      return "some of the futures";
    case AnswerKind::Bars:
      return "bars";
  }
  return "";
}

std::span<const Quantity> all_quantities() {
  static const std::vector<Quantity> all = [] {
    std::vector<Quantity> made;
    for (const Known& known : known_quantities()) made.push_back(known.quantity);
    return made;
  }();
  return all;
}

const Quantity* find_quantity(std::string_view name) {
  const auto all = all_quantities();
  const auto found = std::ranges::find(all, name, &Quantity::name);
  return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> quantity_names() {
  std::vector<std::string> names;
  for (const Quantity& quantity : all_quantities()) names.emplace_back(quantity.name);
  return names;
}

std::vector<Item> futures_of(const Run& run) {
  std::map<std::string, std::size_t> count;
  std::vector<Item> items;
  for (const FutureRow& row : run.futures()) {
    if (row.label.empty()) continue;  // a promise that somebody completes by hand
    ++count[row.label];
    items.push_back({.label = row.label, .future = row.id, .at = row.submitted, .until = row.submitted});
  }
  std::map<std::string, std::size_t> next;
  for (Item& item : items) {
    if (count[item.label] > 1) item.label = fmt::format("{} #{}", item.label, ++next[item.label]);
  }
  return items;
}

Result<Answer> answer_of(const Question& question, const Run& run) {
  const auto& all = known_quantities();
  const auto known = std::ranges::find(all, question.quantity, [](const Known& k) { return k.quantity.name; });
  LOITER_ASSERT(known != all.end(), "read_lesson() refuses a quantity that nobody knows");
  const FutureRow* row = nullptr;
  if (known->quantity.needs_future) {
    const std::vector<Item> items = futures_of(run);
    const auto item = std::ranges::find(items, question.of, &Item::label);
    if (item == items.end()) {
      std::vector<std::string> labels;
      for (const Item& each : items) labels.push_back(each.label);
      return fail(
          fmt::format("the run has no future '{}'{}", printable(question.of, 60), did_you_mean(question.of, labels)));
    }
    row = run.future(item->future);
  }
  return known->compute(run, question, row);
}

std::string text_of(const Answer& answer, std::string_view unit) {
  std::vector<std::string> parts;
  switch (answer.kind) {
    case AnswerKind::Word:
      return answer.word;
    case AnswerKind::Truth:
      return answer.truth ? "true" : "false";
    case AnswerKind::Number:
      if (unit == "s") return fmt::format("{:.2f} s", answer.number);
      return fmt::format("{:g}{}{}", answer.number, unit.empty() ? "" : " ", unit);
    case AnswerKind::Order:
    case AnswerKind::Some:
      for (const Item& item : answer.items) parts.push_back(item.label);
      return parts.empty() ? "none" : join(parts, ", ");
    case AnswerKind::Bars:
      for (const Item& item : answer.items) {
        parts.push_back(fmt::format("{} {:.2f} to {:.2f} s", item.label, to_seconds(item.at), to_seconds(item.until)));
      }
      return parts.empty() ? "none" : join(parts, ", ");
  }
  return "";
}

}  // namespace loiter::lessons
