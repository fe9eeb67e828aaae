#include "gui/top_bar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.hpp"
#include "gui/paint.hpp"
#include "gui/text.hpp"
#include "gui/widgets.hpp"
#include "trace/header.hpp"
#include "trace/names.hpp"
#include "views/comparison.hpp"

namespace loiter::gui {
namespace {

using trace::Clock;
using trace::Collect;
using trace::Mode;

int mode_of(const LabState& lab) { return static_cast<int>(lab.choices().mode.value_or(Mode::Threads)); }
int collect_of(const LabState& lab) { return static_cast<int>(lab.choices().collect.value_or(Collect::Map)); }
int clock_of(const LabState& lab) { return static_cast<int>(lab.choices().clock.value_or(Clock::Live)); }

// Between two groups of controls: a gap in the row, a new line in the folded setup's list.
void next_group(const Look& look, BarSize size) {
  if (size == BarSize::Folded) {
    ImGui::Dummy({0.0F, look.metrics.gap4});
    return;
  }
  ImGui::SameLine(0.0F,
                  size == BarSize::Wide ? look.metrics.gap_between_groups : look.metrics.gap_between_groups_compact);
}

constexpr std::string_view fixed_tip = "The lesson has fixed this setting; the Lesson panel can free it.";
constexpr std::string_view file_tip = "A scenario in a file. It is read again at every run.";

void draw_experiment(LabState& lab, const Look& look, BarSize size) {
  std::vector<Choice> choices;
  for (const engine::Experiment& experiment : engine::all_experiments()) {
    if (experiment.name != engine::scenario_experiment_name)
      choices.push_back({.label = experiment.name, .tip = experiment.summary});
  }
  for (const engine::ShippedScenario& scenario : engine::shipped_scenarios())
    choices.push_back({.label = scenario.name, .tip = scenario.title, .note = "scenario"});
  const std::size_t named = choices.size();
  for (const std::string& file : lab.files()) choices.push_back({.label = file, .tip = file_tip, .note = "file"});
  // One that was dropped here, or lies elsewhere.
  const std::string subject = lab.subject();
  if (std::ranges::find(choices, subject, &Choice::label) == choices.end())
    choices.push_back({.label = subject, .tip = file_tip, .note = "file"});
  int chosen = static_cast<int>(std::ranges::find(choices, subject, &Choice::label) - choices.begin());
  const float width = look.metrics.px(size == BarSize::Compact ? 92.0F : 124.0F);
  const bool may_change = lab.may_change("experiment") || lab.may_change("scenario");
  if (!combo(look, "Experiment", choices, chosen, width, may_change)) return;
  const std::string name(choices[static_cast<std::size_t>(chosen)].label);
  if (static_cast<std::size_t>(chosen) < named) {
    lab.choose_experiment(name);
  } else if (lab.may_change("experiment")) {
    lab.open_scenario(name);
  }
}

void draw_mode(LabState& lab, const Look& look, BarSize size) {
  constexpr std::array modes{Mode::Sequential, Mode::Threads, Mode::Processes};
  constexpr std::array<std::string_view, 3> tips{
      "One call after the other, in the calling program: the baseline.",
      "A pool of threads: while one waits another runs.",
      "A pool of worker processes: each has an interpreter of its own.",
  };
  const bool free = lab.may_change("mode");
  std::vector<Choice> choices;
  for (std::size_t i = 0; i < modes.size(); ++i)
    choices.push_back({.label = views::mode_title(modes[i]), .enabled = free, .tip = free ? tips[i] : fixed_tip});
  int chosen = mode_of(lab);
  if (segmented(look, "Mode", choices, chosen, size == BarSize::Compact)) {
    lab.set_mode(modes[static_cast<std::size_t>(chosen)]);
  }
}

void draw_workers(LabState& lab, const Look& look) {
  const bool sequential = mode_of(lab) == static_cast<int>(Mode::Sequential);
  int workers = static_cast<int>(lab.choices().workers.value_or(1));
  field_label(look, "Workers");
  ImGui::SameLine(0.0F, look.metrics.gap8);
  const StepperOptions options{.min = 1,
                               .max = static_cast<int>(engine::most_workers(lab.choices().mode)),
                               .enabled = !sequential && lab.may_change("workers"),
                               .tip = !lab.may_change("workers") ? fixed_tip
                                      : sequential
                                          ? "The sequential mode has no workers: the calling program does it all."
                                          : "The most workers the pool may start (max_workers)."};
  if (stepper(look, "Workers", workers, options)) lab.set_workers(workers);
}

void draw_collect(LabState& lab, const Look& look, BarSize size) {
  int chosen = collect_of(lab);
  const bool free = lab.may_change("collect");
  std::array<Choice, 2> choices{{
      {.label = "map", .tip = "Gives results in the order of the calls: a slow early one holds back the rest."},
      {.label = "as_completed", .tip = "Gives futures in the order in which they finish."},
  }};
  for (Choice& choice : choices) choice = {choice.label, free, free ? choice.tip : fixed_tip};
  if (segmented(look, "Collect", choices, chosen, size == BarSize::Compact))
    lab.set_collect(static_cast<Collect>(chosen));
}

std::string capitalised(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

void draw_count(LabState& lab, const Look& look, const engine::Parameter& parameter) {
  int value = static_cast<int>(parse_integer(lab.parameter(parameter.name)).value_or(parameter.least));
  const std::string label = capitalised(parameter.name);
  field_label(look, label);
  ImGui::SameLine(0.0F, look.metrics.gap8);
  // Room for four digits is enough on most days; a larger number makes its own.
  const std::int64_t most = value > 9999 ? parameter.most : std::min<std::int64_t>(parameter.most, 9999);
  const StepperOptions options{.min = static_cast<int>(parameter.least),
                               .max = static_cast<int>(most),
                               .enabled = lab.may_change(parameter.name),
                               .tip = lab.may_change(parameter.name) ? std::string_view(parameter.help) : fixed_tip};
  if (stepper(look, label.c_str(), value, options)) lab.set_parameter(parameter.name, std::to_string(value));
}

// Times are chosen from a few that make sense; any other can be set on the command line.
void draw_time(LabState& lab, const Look& look, const engine::Parameter& parameter) {
  constexpr std::array<std::string_view, 6> times{"0s", "10ms", "100ms", "250ms", "1s", "2s"};
  const std::string now = lab.parameter(parameter.name);
  std::vector<Choice> choices;
  int chosen = -1;
  for (std::size_t i = 0; i < times.size(); ++i) {
    choices.push_back({.label = times[i]});
    if (now == times[i]) chosen = static_cast<int>(i);
  }
  if (chosen < 0) {
    chosen = static_cast<int>(choices.size());
    choices.push_back({.label = now});
  }
  const std::string label = capitalised(parameter.name);
  field_label(look, label);
  ImGui::SameLine(0.0F, look.metrics.gap8);
  if (combo(look, label.c_str(), choices, chosen, look.metrics.px(78.0F), lab.may_change(parameter.name))) {
    lab.set_parameter(parameter.name, std::string(choices[static_cast<std::size_t>(chosen)].label));
  }
}

void draw_word(LabState& lab, const Look& look, const engine::Parameter& parameter) {
  std::vector<Choice> choices;
  int chosen = 0;
  for (std::size_t i = 0; i < parameter.words.size(); ++i) {
    choices.push_back({.label = parameter.words[i]});
    if (parameter.words[i] == lab.parameter(parameter.name)) chosen = static_cast<int>(i);
  }
  const std::string label = capitalised(parameter.name);
  field_label(look, label);
  ImGui::SameLine(0.0F, look.metrics.gap8);
  if (combo(look, label.c_str(), choices, chosen, look.metrics.px(124.0F), lab.may_change(parameter.name))) {
    lab.set_parameter(parameter.name, parameter.words[static_cast<std::size_t>(chosen)]);
  }
}

// A few shares that make sense; any other can be set on the command line.
void draw_share(LabState& lab, const Look& look, const engine::Parameter& parameter) {
  constexpr std::array<std::string_view, 6> shares{"0", "0.05", "0.1", "0.25", "0.5", "1"};
  constexpr std::array<std::string_view, 6> percents{"0 %", "5 %", "10 %", "25 %", "50 %", "100 %"};
  const double now = parse_number(lab.parameter(parameter.name)).value_or(0);
  std::vector<Choice> choices;
  int chosen = -1;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    choices.push_back({.label = percents[i]});
    if (now == parse_number(shares[i])) chosen = static_cast<int>(i);
  }
  const std::string other = fmt::format("{:g} %", now * 100);
  if (chosen < 0) {
    chosen = static_cast<int>(choices.size());
    choices.push_back({.label = other});
  }
  const std::string label = capitalised(parameter.name);
  field_label(look, label);
  ImGui::SameLine(0.0F, look.metrics.gap8);
  if (combo(look, label.c_str(), choices, chosen, look.metrics.px(92.0F), lab.may_change(parameter.name)) &&
      static_cast<std::size_t>(chosen) < shares.size()) {
    lab.set_parameter(parameter.name, std::string(shares[static_cast<std::size_t>(chosen)]));
  }
}

void draw_parameter(LabState& lab, const Look& look, const engine::Parameter& parameter) {
  using Kind = engine::Parameter::Kind;
  switch (parameter.kind) {
    case Kind::Count:
      return draw_count(lab, look, parameter);
    case Kind::Time:
      return draw_time(lab, look, parameter);
    case Kind::Share:
      return draw_share(lab, look, parameter);
    case Kind::Word:
      return draw_word(lab, look, parameter);
    case Kind::Text:
      break;  // typed on the command line
  }
}

using Parameters = std::vector<const engine::Parameter*>;

void draw_more_parameters(LabState& lab, const Look& look, const Parameters& parameters) {
  if (button(look, "More", {.tip = "The experiment's other settings"})) ImGui::OpenPopup("more");
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{look.metrics.gap12, look.metrics.gap12});
  if (ImGui::BeginPopup("more")) {
    for (const engine::Parameter* parameter : parameters) {
      if (parameter != parameters.front()) next_group(look, BarSize::Folded);
      draw_parameter(lab, look, *parameter);
    }
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
}

void draw_parameters(LabState& lab, const Look& look, const Box& box, BarSize size) {
  using Kind = engine::Parameter::Kind;
  const auto& all = lab.experiment().parameters;
  const auto has_control = [](const engine::Parameter& parameter) { return parameter.kind != Kind::Text; };
  const bool has_more =
      std::ranges::any_of(all, &engine::Parameter::is_rare) || std::ranges::count_if(all, has_control) > 1;
  Parameters more;
  for (const engine::Parameter& parameter : all) {
    // Which scenario it is says the list of experiments.
    const bool is_said = parameter.name == "name" && lab.choices().scenario;
    if (parameter.kind == Kind::Text || is_said) continue;
    // What a small row has no room for is in the folded setup of a narrow one, and on the command line.
    const float room = box.x1 - ImGui::GetItemRectMax().x;
    const float needed = parameter.kind == Kind::Word   ? 560.0F
                         : parameter.kind == Kind::Time ? 400.0F
                         : has_more                     ? 440.0F
                                                        : 0.0F;
    if (parameter.is_rare || (size != BarSize::Folded && room < look.metrics.px(needed))) {
      more.push_back(&parameter);
      continue;
    }
    next_group(look, size);
    draw_parameter(lab, look, parameter);
  }
  if (more.empty()) return;
  next_group(look, size);
  draw_more_parameters(lab, look, more);
}

void draw_clock_choice(LabState& lab, const Look& look, BarSize size) {
  int chosen = clock_of(lab);
  const bool free = lab.may_change("clock");
  std::array<Choice, 2> choices{{
      {.label = "Live", .tip = "Real threads, truly in parallel, on a real clock: every time is measured."},
      {.label = "Simulated",
       .tip = "The same threads one at a time on a virtual clock: exact, and the same each time."},
  }};
  for (Choice& choice : choices) choice = {choice.label, free, free ? choice.tip : fixed_tip};
  if (segmented(look, "Clock", choices, chosen, size == BarSize::Compact)) lab.set_clock(static_cast<Clock>(chosen));
}

void draw_setup_controls(LabState& lab, const Look& look, const Box& box, BarSize size) {
  draw_experiment(lab, look, size);
  next_group(look, size);
  draw_mode(lab, look, size);
  next_group(look, size);
  draw_workers(lab, look);
  next_group(look, size);
  draw_collect(lab, look, size);
  draw_parameters(lab, look, box, size);
  next_group(look, size);
  draw_clock_choice(lab, look, size);
}

void draw_folded_setup(LabState& lab, const Look& look, const Box& box) {
  // Tests and the keyboard find it by its sentence.
  if (button(look, setup_sentence(lab).c_str(), {.tip = "What the next run will be."})) ImGui::OpenPopup("setup");
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{look.metrics.gap12, look.metrics.gap12});
  if (ImGui::BeginPopup("setup")) {
    draw_setup_controls(lab, look, box, BarSize::Folded);
    next_group(look, BarSize::Folded);
    draw_speed(lab, look, {});
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
}

std::string workers_words(Mode mode, std::int64_t workers) {
  switch (mode) {
    case Mode::Sequential:
      return "sequential";
    case Mode::Threads:
      return fmt::format("{} thread{}", workers, workers == 1 ? "" : "s");
    case Mode::Processes:
      return fmt::format("{} process{}", workers, workers == 1 ? "" : "es");
  }
  return {};
}

}  // namespace

std::string setup_sentence(const LabState& lab) {
  return fmt::format("{}, {}, {}, {}", lab.subject(),
                     workers_words(static_cast<Mode>(mode_of(lab)), lab.choices().workers.value_or(1)),
                     collect_of(lab) == 0 ? "map" : "as_completed", clock_of(lab) == 0 ? "live" : "simulated");
}

std::string setup_sentence(const engine::Setup& setup) {
  return fmt::format("{}, {}, {}, {}", setup.scenario ? setup.scenario->name : setup.experiment,
                     workers_words(setup.mode, setup.workers), trace::name_of(setup.collect),
                     trace::name_of(setup.clock));
}

BarRequests draw_setup_row(LabState& lab, const Look& look, const Box& box, BarSize size) {
  const float y = std::round(box.centre_y() - look.metrics.control_height * 0.5F) + look.metrics.px(1.0F);
  ImGui::SetCursorScreenPos({box.x0 + look.metrics.gap12, y});
  if (size == BarSize::Folded) {
    draw_folded_setup(lab, look, box);
  } else {
    draw_setup_controls(lab, look, box, size);
  }
  BarRequests requests;
  requests.controls = {box.x0 + look.metrics.gap12, y, ImGui::GetItemRectMax().x, y + look.metrics.control_height};
  ImGui::SetCursorScreenPos({box.x1 - look.metrics.px(72.0F), y});
  const bool dark = look.theme.choice == ThemeChoice::Dark;
  requests.switch_theme = icon_button(look, "Theme", Glyph::HalfCircle, dark ? "Light theme (D)" : "Dark theme (D)");
  ImGui::SetCursorScreenPos({box.x1 - look.metrics.px(40.0F), y});
  requests.show_keys = icon_button(look, "Keys", Glyph::Question, "All keys (F1)");
  return requests;
}

}  // namespace loiter::gui
