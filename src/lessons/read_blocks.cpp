#include "lessons/read_blocks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "experiments/scenario_experiment.hpp"
#include "lessons/links.hpp"
#include "scenarios/read_scenario.hpp"
#include "trace/names.hpp"

namespace loiter::lessons {
namespace {

using scenarios::Mistake;
using scenarios::TableReader;

constexpr std::size_t most_options = 9;
constexpr std::size_t most_items = 30;
constexpr double most_number = 1e12;

template <class E>
std::vector<std::string> words_for() {
  const auto names = trace::names<E>();
  return {names.begin(), names.end()};
}

template <class E>
std::optional<E> chosen(TableReader& table, std::string_view key) {
  const auto place = table.word(key, words_for<E>());
  return place ? std::optional(static_cast<E>(*place)) : std::nullopt;
}

// "2s", or a number of seconds.
std::optional<Duration> time_of(TableReader& table, std::string_view key) {
  const toml::node* node = table.take(key);
  if (node == nullptr) return std::nullopt;
  if (!node->is_string()) return from_seconds(*table.number(key, 1e6));
  const auto time = parse_duration(node->as_string()->get());
  if (!time) table.wrong_value(key, "a time such as 2 or \"500ms\"");
  return time;
}

std::vector<std::string> texts_of(TableReader& table, std::string_view key, std::size_t most) {
  if (!table.has(key)) return {};
  std::vector<std::string> texts = table.needed_texts(key);
  if (texts.size() > most) table.complain(key, fmt::format("'{}' has more than {} entries.", key, most));
  return texts;
}

// A parameter as one would type it: tasks = 8, unit = "1s", broken = true.
std::string typed_value(TableReader& table, std::string_view key) {
  const toml::node* node = table.take(key);
  if (node->is_string()) return node->as_string()->get();
  if (node->is_boolean()) return node->as_boolean()->get() ? "yes" : "no";
  if (node->is_integer()) return std::to_string(node->as_integer()->get());
  if (node->is_floating_point()) return fmt::format("{}", node->as_floating_point()->get());
  table.wrong_value(key, "a text or a number");
}

// Tables below a key: [set], or those of [[option]]; none if it is not there.
const toml::table* table_below(TableReader& table, std::string_view key) {
  const toml::node* node = table.take(key);
  if (node == nullptr) return nullptr;
  if (!node->is_table()) table.wrong_value(key, fmt::format("a table, under [{}]", key));
  return node->as_table();
}
std::vector<const toml::table*> tables_below(TableReader& table, std::string_view key) {
  std::vector<const toml::table*> tables;
  const toml::node* node = table.take(key);
  if (node == nullptr) return tables;
  const auto expected = fmt::format("tables, each under [[{}]]", key);
  if (!node->is_array()) table.wrong_value(key, expected);
  for (const toml::node& below : *node->as_array()) {
    if (!below.is_table()) table.wrong_value(key, expected);
    tables.push_back(below.as_table());
  }
  return tables;
}

void read_set(TableReader& lab, experiments::Choices& choices) {
  const toml::table* set = table_below(lab, "set");
  if (set == nullptr) return;
  TableReader table(*set, "'set'", lab.line_of("set"));
  for (const auto& [name, value] : *set) {
    choices.parameters[std::string(name.str())] = typed_value(table, name.str());
  }
}

void read_kill(TableReader& table, Lab& lab) {
  const toml::table* kill = table_below(table, "kill_worker");
  if (kill == nullptr) return;
  TableReader reader(*kill, "'kill_worker'", table.line_of("kill_worker"));
  check_keys(reader, {"process", "at"});
  const auto process = reader.whole("process", 1, experiments::most_workers(trace::Mode::Processes));
  const auto at = time_of(reader, "at");
  if (!process || !at) reader.complain("", "'kill_worker' needs both: { process = 1, at = \"2s\" }.");
  if (lab.setup.mode != trace::Mode::Processes) {
    table.complain("kill_worker", "'kill_worker' needs mode = \"processes\": threads cannot be killed.");
  }
  lab.kill_process = static_cast<std::uint32_t>(*process);
  lab.kill_at = *at;
}

// With as many line ends before it as it stands below the block's first line, so that the lines of its mistakes are right.
void check_scenario(TableReader& table, const std::string& text, const std::string& file) {
  const std::uint32_t begins = table.line_of("scenario");
  const auto read = scenarios::read_scenario(std::string(begins, '\n') + text, file);
  if (read) return;
  std::string_view message = read.error().message;
  message.remove_prefix(std::min(message.size(), printable(file, 400).size() + 1));
  const std::size_t colon = std::min(message.find(':'), message.size());
  const auto line = parse_integer(message.substr(0, colon));
  message.remove_prefix(std::min(message.size(), colon + 2));
  throw Mistake{static_cast<std::uint32_t>(line.value_or(begins)), std::string(message)};
}

void read_what(TableReader& table, Lab& lab, const std::string& file) {
  const auto experiment = table.text("experiment");
  const auto scenario = table.text("scenario");
  if (experiment.has_value() == scenario.has_value()) {
    table.complain(experiment ? "scenario" : "",
                   "A lab runs one thing: experiment = \"loiter\", or the text of a whole scenario.");
  }
  lab.choices.experiment = experiment.value_or(experiments::scenario_experiment_name);
  if (!scenario) return;
  check_scenario(table, *scenario, file);
  lab.choices.scenario = {"the lesson's program", *scenario};
}

Question read_question(TableReader& table) {
  const std::string name = table.needed_text("quantity");
  const Quantity* quantity = find_quantity(name);
  if (quantity == nullptr) {
    const auto known = quantity_names();
    table.complain("quantity", fmt::format("There is no quantity '{}'.{} All of them: {}.", printable(name, 40),
                                           did_you_mean(name, known), join(known, ", ")));
  }
  Question question{.quantity = name};
  const auto at = time_of(table, "at");
  if (at.has_value() != quantity->needs_time) {
    table.complain(at ? "at" : "quantity", at ? fmt::format("'{}' is about the whole run: it takes no 'at'.", name)
                                              : fmt::format("'{}' is about one instant: at = 2, in seconds.", name));
  }
  if (at) question.at = Instant{*at};
  const auto of = table.text("of");
  if (of.has_value() != quantity->needs_future) {
    table.complain(of ? "of" : "quantity", of ? fmt::format("'{}' is not about one future: it takes no 'of'.", name)
                                              : fmt::format("'{}' is about one future: of = \"loiter(1)\".", name));
  }
  question.of = of.value_or("");
  return question;
}

OptionValue read_value(TableReader& table, std::string_view key, const Quantity& quantity) {
  const toml::node* node = table.take(key);
  switch (quantity.kind) {
    case AnswerKind::Truth:
      return *table.flag(key);
    case AnswerKind::Number:
      return *table.number(key, most_number);
    case AnswerKind::Word:
      if (!quantity.words.empty()) return quantity.words[*table.word(key, quantity.words)];
      return *table.text(key);
    case AnswerKind::Some:
      return *table.text(key);
    default:
      if (!node->is_array()) table.wrong_value(key, "a list of futures, such as [\"loiter(0)\", \"loiter(1)\"]");
      return texts_of(table, key, most_items);
  }
}

SameAs read_same_as(TableReader& table, const Quantity& quantity) {
  const std::string name = *table.text("same_as");
  const Quantity* other = find_quantity(name);
  std::vector<std::string> fitting;
  for (const Quantity& each : all_quantities()) {
    if (each.kind == quantity.kind) fitting.emplace_back(each.name);
  }
  if (other == nullptr || other->kind != quantity.kind) {
    table.complain("same_as", fmt::format("'same_as' must be a quantity that is {} too, not '{}'.{}",
                                          words_of(quantity.kind), printable(name, 40), did_you_mean(name, fitting)));
  }
  if ((other->needs_time && !quantity.needs_time) || (other->needs_future && !quantity.needs_future)) {
    table.complain("same_as", fmt::format("'{}' needs an instant or a future, and the question has none.", name));
  }
  return {name};
}

Option read_option(const toml::table& source, const Quantity& quantity, bool is_choice) {
  TableReader table(source, "an option", source.source().begin.line);
  check_keys(table, {"says", "value", "same_as", "belief", "answer"});
  Option option{.line = table.line()};
  if (is_choice) option.says = table.needed_text("says");
  if (table.has("value") == table.has("same_as")) {
    table.complain("", fmt::format("An option stands for one answer: a 'value' ({}), or 'same_as' another quantity.",
                                   words_of(quantity.kind)));
  }
  option.value = table.has("value") ? read_value(table, "value", quantity) : OptionValue(read_same_as(table, quantity));
  option.belief = table.text("belief").value_or("");
  if (!option.belief.empty() && find_belief(option.belief) == nullptr) {
    const auto known = belief_ids();
    table.complain("belief", fmt::format("There is no belief '{}'.{} Known: {}.", printable(option.belief, 40),
                                         did_you_mean(option.belief, known), join(known, ", ")));
  }
  option.answer = table.text("answer").value_or("");
  return option;
}

void check_kind(TableReader& table, Prediction::Kind kind, const Quantity& quantity) {
  using Kind = Prediction::Kind;
  const bool fits = kind == Kind::ChooseSeveral ? quantity.kind == AnswerKind::Some
                    : kind == Kind::Order       ? quantity.kind == AnswerKind::Order
                    : kind == Kind::Number      ? quantity.kind == AnswerKind::Number
                    : kind == Kind::Sketch      ? quantity.kind == AnswerKind::Bars
                                           : quantity.kind != AnswerKind::Some && quantity.kind != AnswerKind::Bars;
  if (fits) return;
  table.complain("kind", fmt::format("The kind of question and the quantity do not fit: '{}' is {}.", quantity.name,
                                     words_of(quantity.kind)));
}

Goal read_goal(const toml::table& source) {
  TableReader table(source, "a goal", source.source().begin.line);
  check_keys(table, {"quantity", "at", "of", "is", "at_least", "at_most"});
  Goal goal{.line = table.line(), .question = read_question(table)};
  const Quantity& quantity = *find_quantity(goal.question.quantity);
  if (table.has("is")) goal.is = read_value(table, "is", quantity);
  goal.at_least = table.number("at_least", most_number);
  goal.at_most = table.number("at_most", most_number);
  const bool has_range = goal.at_least || goal.at_most;
  if (goal.is.has_value() == has_range || (has_range && quantity.kind != AnswerKind::Number)) {
    table.complain("", fmt::format("A goal says what '{}' is to be ('is'), or of a number 'at_least' and 'at_most'.",
                                   quantity.name));
  }
  if (quantity.kind == AnswerKind::Some || quantity.kind == AnswerKind::Bars) {
    table.complain("quantity", fmt::format("A goal cannot be {}.", words_of(quantity.kind)));
  }
  return goal;
}

}  // namespace

toml::table parse_block(const std::string& text) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    throw Mistake{error.source().begin.line, fmt::format("This is not TOML: {}.", printable(error.description(), 300))};
  }
}

void check_keys(TableReader& table, const std::vector<std::string>& known) {
  for (const std::string& key : known) table.take(key);
  table.finish();
}

Lab read_lab(const std::string& text, const std::string& file) {
  const toml::table source = parse_block(text);
  TableReader table(source, "a lab", 0);
  check_keys(table, {"experiment", "scenario", "mode", "workers", "collect", "clock", "seed", "cores", "gil",
                     "gil_interval", "set", "show", "point_at", "kill_worker"});
  Lab lab;
  read_what(table, lab, file);
  experiments::Choices& choices = lab.choices;
  choices.mode = chosen<trace::Mode>(table, "mode");
  choices.workers = table.whole("workers", 1, experiments::most_workers(choices.mode));
  choices.collect = chosen<trace::Collect>(table, "collect");
  choices.clock = chosen<trace::Clock>(table, "clock");
  if (const auto seed = table.whole("seed", 0, 1'000'000'000)) choices.seed = static_cast<std::uint64_t>(*seed);
  choices.cores = table.whole("cores", 1, experiments::most_cores);
  choices.gil = chosen<trace::GilKind>(table, "gil");
  choices.gil_interval = time_of(table, "gil_interval");
  if (choices.gil_interval && (*choices.gil_interval < experiments::least_gil_interval ||
                               *choices.gil_interval > experiments::most_gil_interval)) {
    table.wrong_value("gil_interval", "a time from 0.1ms to 100ms");
  }
  read_set(table, choices);
  auto setup = experiments::complete(choices);
  if (!setup) table.complain("", setup.error().message);
  lab.setup = std::move(*setup);
  for (const std::string& panel : texts_of(table, "show", panel_names().size())) {
    if (!is_panel(panel)) table.complain("show", no_such_panel(panel));
    lab.show.push_back(panel);
  }
  lab.point_at = table.text("point_at").value_or("");
  read_kill(table, lab);
  return lab;
}

Prediction read_prediction(const std::string& text) {
  using Kind = Prediction::Kind;
  const toml::table source = parse_block(text);
  TableReader table(source, "a question", 0);
  check_keys(table, {"kind", "ask", "quantity", "at", "of", "tolerance", "items", "option"});
  Prediction prediction;
  const auto kind = table.word("kind", {"choose", "several", "order", "number", "sketch"});
  prediction.kind = static_cast<Kind>(kind.value_or(0));
  prediction.ask = table.needed_text("ask");
  prediction.question = read_question(table);
  const Quantity& quantity = *find_quantity(prediction.question.quantity);
  check_kind(table, prediction.kind, quantity);
  prediction.tolerance = table.number("tolerance", most_number).value_or(0);
  const bool has_items = prediction.kind == Kind::Order || prediction.kind == Kind::Sketch;
  if (has_items != table.has("items")) {
    table.complain("items", has_items
                                ? "This question needs the futures that it is about: items = [\"loiter(0)\", ...]."
                                : "Only an order and a sketch have 'items'.");
  }
  prediction.items = texts_of(table, "items", most_items);
  if (has_items && prediction.items.size() < (prediction.kind == Kind::Order ? 2U : 1U)) {
    table.complain("items", "There is nothing to put in order: give at least two 'items', or one of a sketch.");
  }
  for (std::size_t i = 0; i < prediction.items.size(); ++i) {
    if (std::ranges::count(prediction.items, prediction.items[i]) > 1) {
      table.complain("items", fmt::format("'{}' is among the items twice.", printable(prediction.items[i], 60)));
    }
  }
  const bool is_choice = prediction.kind == Kind::Choose || prediction.kind == Kind::ChooseSeveral;
  const auto options = tables_below(table, "option");
  if (options.size() > most_options) table.complain("option", fmt::format("More than {} options.", most_options));
  if (is_choice && options.size() < 2) table.complain("", "A choice has at least two options, each under [[option]].");
  if (prediction.kind == Kind::Sketch && !options.empty()) table.complain("option", "A sketch has no options.");
  for (const toml::table* option : options) prediction.options.push_back(read_option(*option, quantity, is_choice));
  return prediction;
}

Try read_try(const std::string& text) {
  const toml::table source = parse_block(text);
  TableReader table(source, "a task", 0);
  check_keys(table, {"task", "may_change", "goal", "hint", "solution"});
  Try task{.task = table.needed_text("task"), .may_change = table.needed_texts("may_change")};
  if (task.may_change.empty()) table.complain("may_change", "A task lets something be changed: [\"workers\"].");
  for (const toml::table* goal : tables_below(table, "goal")) task.goals.push_back(read_goal(*goal));
  if (task.goals.empty()) table.complain("", "A task needs at least one [[goal]]: when is it done?");
  task.hint = table.text("hint").value_or("");
  task.solution = table.needed_text("solution");
  return task;
}

}  // namespace loiter::lessons
