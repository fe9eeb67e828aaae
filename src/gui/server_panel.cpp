#include "gui/server_panel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "gui/download_progress.hpp"
#include "gui/paint.hpp"
#include "gui/panel.hpp"
#include "gui/text.hpp"
#include "gui/widgets.hpp"

namespace loiter::gui {
namespace {

using Kind = engine::Parameter::Kind;

constexpr float row_units = 46.0F;
constexpr float foot_units = 34.0F;

// A dial stops at values that make a difference to the eye; any other can be set on the command line.
constexpr std::array time_stops{0.0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1.0, 1.5, 2.0, 5.0};
constexpr std::array share_stops{0.0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1.0};
constexpr std::array rate_stops{200.0, 500.0, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 1e6, 0.0};
constexpr std::array count_stops{1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 50.0, 100.0, 0.0};

struct Dial {
  const char* parameter;
  const char* words;
  const char* at_zero;  // what the value 0 is called; null: as any other
};
// Row by row, two in each.
constexpr std::array<Dial, 9> dials{{{"latency", "Latency", nullptr},
                                     {"jitter", "Jitter", nullptr},
                                     {"bandwidth", "Bytes/s", "no limit"},
                                     {"per_client", "At a time", "any"},
                                     {"not_found", "Not found", nullptr},
                                     {"errors", "Errors", nullptr},
                                     {"hang", "Hang", nullptr},
                                     {"cut", "Cut off", nullptr},
                                     {"redirects", "Redirects", nullptr}}};
constexpr std::size_t dial_rows = 5;  // the seed is the tenth

std::span<const double> stops_of(const Dial& dial, Kind kind) {
  if (kind == Kind::Time) return time_stops;
  if (kind == Kind::Share) return share_stops;
  return std::string_view(dial.parameter) == "bandwidth" ? std::span<const double>(rate_stops) : count_stops;
}

const engine::Parameter* parameter_of(const engine::Experiment& experiment, std::string_view name) {
  const auto it = std::ranges::find(experiment.parameters, name, &engine::Parameter::name);
  return it == experiment.parameters.end() ? nullptr : &*it;
}

double value_of(const engine::Setup& setup, const engine::Parameter& parameter) {
  if (parameter.kind == Kind::Time) return to_seconds(setup.time(parameter.name));
  if (parameter.kind == Kind::Share) return setup.share(parameter.name);
  return static_cast<double>(setup.count(parameter.name));
}

// As one types it after --set.
std::string typed(Kind kind, double value) {
  if (kind == Kind::Time)
    return value < 1.0 ? fmt::format("{:g}ms", std::round(value * 1000)) : fmt::format("{:g}s", value);
  return kind == Kind::Share ? fmt::format("{:g}", value) : fmt::format("{:.0f}", value);
}

std::string with_commas(double value) {
  std::string digits = fmt::format("{:.0f}", value);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string shown(const Dial& dial, Kind kind, double value) {
  if (value == 0 && dial.at_zero != nullptr) return dial.at_zero;
  if (kind == Kind::Time) return value < 1.0 ? fmt::format("{:g} ms", value * 1000) : fmt::format("{:g} s", value);
  if (kind == Kind::Share) return fmt::format("{:g} %", value * 100);
  return with_commas(value);
}

// 0 stands at the end of a scale on which it means no limit: it is farther from every value than the largest.
double distance(double stop, double value) {
  if ((stop == 0) != (value == 0)) return 1e300;
  return std::abs(stop - value);
}

std::size_t nearest(std::span<const double> stops, double value) {
  const auto closer = [&](double a, double b) {
    return stops.front() == 0 ? std::abs(a - value) < std::abs(b - value) : distance(a, value) < distance(b, value);
  };
  return static_cast<std::size_t>(std::ranges::min_element(stops, closer) - stops.begin());
}

// Shares of the same answers: together they are at most all of them.
constexpr std::array<std::string_view, 4> fates{"not_found", "errors", "hang", "cut"};
bool is_fate(std::string_view parameter) { return std::ranges::find(fates, parameter) != fates.end(); }
double others(const engine::Setup& setup, std::string_view parameter) {
  double sum = 0;
  for (const std::string_view fate : fates) sum += fate == parameter ? 0 : setup.share(std::string(fate));
  return sum;
}
double largest_stop(std::span<const double> stops, double room) {
  double largest = stops.front();
  for (const double stop : stops) {
    if (stop <= room + 1e-9) largest = stop;
  }
  return largest;
}

void draw_label(const Look& look, const Box& box, std::string_view words, std::string_view value, bool enabled) {
  const float middle = box.y0 + look.metrics.px(10);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Colour quiet = enabled ? look.theme.text : look.theme.text3;
  draw_text(list, look, {Face::Sans, look.metrics.type.base, quiet}, box.x0, middle, words);
  draw_text(list, look, {Face::MonoBold, look.metrics.type.small, quiet}, box.x1, middle, value, Align::Right);
}

void draw_dial(const Dial& dial, const engine::Parameter& parameter, const engine::Setup& setup, bool enabled,
               const Box& box, Frame& frame) {
  const Look& look = frame.look;
  const std::span<const double> stops = stops_of(dial, parameter.kind);
  const double value = value_of(setup, parameter);
  draw_label(look, box, dial.words, shown(dial, parameter.kind, value), enabled);
  auto place = static_cast<double>(nearest(stops, value));
  const SliderOptions options{
      .min = 0,
      .max = static_cast<double>(stops.size() - 1),
      .step = 1,
      .enabled = enabled,
      .tip = enabled ? std::string_view(parameter.help) : "A site that was chosen has no dials."};
  ImGui::SetCursorScreenPos({box.x0, box.y0 + look.metrics.px(20)});
  if (!slider(look, fmt::format("Server/{}", dial.parameter).c_str(), place, options, box.width())) return;
  double chosen = stops[static_cast<std::size_t>(std::lround(place))];
  if (is_fate(dial.parameter)) chosen = std::min(chosen, largest_stop(stops, 1 - others(setup, dial.parameter)));
  if (chosen != value) frame.wanted_parameters.emplace_back(parameter.name, typed(parameter.kind, chosen));
}

void draw_seed(const engine::Parameter& parameter, const engine::Setup& setup, bool enabled, const Box& box,
               Frame& frame) {
  const Look& look = frame.look;
  int seed = static_cast<int>(setup.count(parameter.name));
  const float middle = box.y0 + look.metrics.px(18);
  draw_text(*ImGui::GetWindowDrawList(), look,
            {Face::Sans, look.metrics.type.base, enabled ? look.theme.text : look.theme.text3}, box.x0, middle, "Seed");
  // Room for four digits is enough on most days; a larger number makes its own.
  const bool is_long = seed > 9999;
  const float x = std::max(box.x0 + look.metrics.px(36), box.x1 - look.metrics.px(is_long ? 150.0F : 100.0F));
  ImGui::SetCursorScreenPos({x, box.y0 + look.metrics.px(3)});
  const int most = is_long ? static_cast<int>(parameter.most) : 9999;
  if (stepper(look, "Server/seed", seed, {.min = 0, .max = most, .enabled = enabled, .tip = parameter.help})) {
    frame.wanted_parameters.emplace_back(parameter.name, std::to_string(seed));
  }
}

void draw_foot(const LabState& lab, const Look& look, const Box& box, bool enabled, Frame& frame) {
  bool is_usual = true;
  for (const engine::Parameter& parameter : lab.experiment().parameters) {
    if (engine::is_dial(parameter.name)) is_usual = is_usual && lab.parameter(parameter.name) == parameter.usual;
  }
  const ButtonOptions options{
      .enabled = enabled && !is_usual, .small = true, .tip = "Every dial as the experiment has it by itself."};
  const float width = button_width(look, "Usual values", options);
  ImGui::SetCursorScreenPos({box.x1 - width, box.y0});
  if (button(look, "Usual values##Server", options)) {
    for (const engine::Parameter& parameter : lab.experiment().parameters) {
      if (engine::is_dial(parameter.name)) frame.wanted_parameters.emplace_back(parameter.name, parameter.usual);
    }
  }
  const std::string_view note = lab.is_going() ? "Answers change at once." : "";
  draw_text_in(*ImGui::GetWindowDrawList(), look, note_text(look),
               {box.x0, box.y0, box.x1 - width - look.metrics.gap8, box.y0 + look.metrics.small_control_height}, note);
}

// Returns where it ends.
float draw_dials(const LabState& lab, const engine::Setup& setup, const Box& all, Frame& frame) {
  const Metrics& m = frame.look.metrics;
  const bool enabled = lab.parameter("base_url").empty();
  const float gap = m.gap16;
  const float width = std::floor((all.width() - 2 * m.margin - gap) * 0.5F);
  const auto place = [&](std::size_t i) {
    return Box::at(all.x0 + m.margin + static_cast<float>(i % 2) * (width + gap),
                   all.y0 + m.gap8 + static_cast<float>(i / 2) * m.px(row_units), width, m.px(row_units));
  };
  for (std::size_t i = 0; i < dials.size(); ++i) {
    if (const engine::Parameter* parameter = parameter_of(lab.experiment(), dials[i].parameter))
      draw_dial(dials[i], *parameter, setup, enabled, place(i), frame);
  }
  if (const engine::Parameter* seed = parameter_of(lab.experiment(), "seed"))
    draw_seed(*seed, setup, enabled, place(dials.size()), frame);
  const float end = all.y0 + m.gap8 + m.px(row_units) * dial_rows;
  draw_foot(lab, frame.look, {all.x0 + m.margin, end, all.x1 - m.margin, end + m.px(foot_units)}, enabled, frame);
  return end + m.px(foot_units);
}

}  // namespace

bool has_server(const engine::Experiment& experiment) { return parameter_of(experiment, "latency") != nullptr; }

void draw_server(const LabState& lab, Frame& frame) {
  const Metrics& m = frame.look.metrics;
  const auto setup = engine::complete(lab.choices());
  const Box all = rest_of_window();
  ImGui::PushID("Server");
  // In a low window the dials scroll, together with what stands below them.
  ImGui::BeginChild("dials", {all.width(), all.height()});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Box inside = rest_of_window();
  float y = inside.y0;
  if (setup) {
    y = draw_dials(lab, *setup, inside, frame);
  } else {
    ImGui::SetCursorScreenPos({inside.x0 + m.margin, inside.y0 + m.gap8});
    paragraph(frame.look, note_text(frame.look), setup.error().message, inside.width() - 2 * m.margin, m.px(18));
    y = ImGui::GetCursorScreenPos().y + m.gap8;
  }
  horizontal_line(list, inside.x0, inside.x1, y, frame.look.theme.splitter, m.hairline);
  const float height = std::max(download_progress_height(frame.look), all.y1 - y - m.hairline);
  draw_download_progress(lab.run_shown(), {inside.x0, y + m.hairline, inside.x1, y + m.hairline + height}, frame);
  ImGui::EndChild();
  ImGui::PopID();
}

void draw_server_address(const LabState& lab, const Look& look, float x0, float x1, float y0) {
  std::string address = lab.server_address();
  if (address.starts_with("http://")) address.erase(0, std::string_view("http://").size());
  if (address.empty()) address = "starts with the run";
  const TextStyle style{Face::Mono, look.metrics.type.small, look.theme.text2};
  draw_text_in(*ImGui::GetWindowDrawList(), look, style, {x0, y0, x1, y0 + look.metrics.title_strip}, address,
               Align::Right);
}

}  // namespace loiter::gui
