// The run in hand: its buttons, its speed, its clock.
#include <array>
#include <cmath>
#include <vector>

#include "gui/text.hpp"
#include "gui/top_bar.hpp"
#include "gui/widgets.hpp"
#include "trace/header.hpp"
#include "views/comparison.hpp"

namespace loiter::gui {
namespace {

constexpr const char* speed_label = "Speed";
constexpr const char* instant_label = "Instant";

// What the row shows. Each of the forms gives up one thing more than the one before it.
struct Form {
  bool slider_ends = true;
  bool phase = true;  // room for how the run stands, before the run label; the status line says it too
  bool words = true;  // on Step, Stop and Restart
  float track = 150;  // units
  bool compare_word = true;
  bool pause_word = true;
  bool clock_end = true;  // "s of 5.00 s"
  bool run_word = true;
};

constexpr std::array<Form, 9> forms = [] {
  std::array<Form, 9> all{};
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].slider_ends = i < 1;
    all[i].words = i < 2;
    all[i].phase = i < 3;
    all[i].track = i < 4 ? 150 : 96;
    all[i].compare_word = i < 5;
    all[i].pause_word = i < 6;
    all[i].clock_end = i < 7;
    all[i].run_word = i < 8;
  }
  return all;
}();

struct TransportButton {
  const char* label = "";
  ButtonOptions options;
  void (*press)(LabState& lab) = nullptr;
};

std::vector<TransportButton> buttons_of(const LabState& lab, const Look& look, const Form& form) {
  const bool going = lab.is_going();
  const char* run_tip = lab.is_paused() && !lab.is_setup_changed() ? "Go on (Space)" : "Run it with this setup (Space)";
  std::vector<TransportButton> buttons{
      {"Run",
       {.kind = ButtonKind::Primary,
        .icon = Glyph::Play,
        .compact = !form.run_word,
        .width = form.run_word ? look.metrics.px(84.0F) : 0.0F,
        .tip = run_tip},
       press_run},
      {"Pause",
       {.icon = Glyph::Pause,
        .enabled = going,
        .on = lab.is_paused(),
        .compact = !form.pause_word,
        .tip = "Hold the clock of the run (Space)"},
       [](LabState& l) { l.pause_or_resume(); }},
      {"Step",
       {.icon = Glyph::Step, .compact = !form.words, .tip = "Go on to the next event (S)"},
       [](LabState& l) { l.step(); }},
      {"Stop",
       {.icon = Glyph::Stop, .enabled = going, .compact = !form.words, .tip = "End the run now (X)"},
       [](LabState& l) { l.stop(); }},
      {"Restart",
       {.icon = Glyph::Restart, .compact = !form.words, .tip = "Begin again from the start (R)"},
       [](LabState& l) { l.run(); }},
      {"Compare",
       {.icon = Glyph::Compare,
        .compact = !form.compare_word,
        .tip = "Run it sequentially, on threads and in processes, one after the other, and lay the three over one "
               "axis of time (C)"},
       [](LabState& l) { l.compare(); }},
  };
  if (!lab.can_draw_chart()) return buttons;
  buttons.push_back({"Chart",
                     {.compact = false,
                      .tip = "Draw the time of every mode over the share that computes or waits, value by value (V)"},
                     [](LabState& l) { l.draw_chart(); }});
  return buttons;
}

SpeedOptions speed_options(const Look& look, const Form& form) {
  return {.ends = form.slider_ends, .track = look.metrics.px(form.track)};
}

RunLabel label_of(const LabState& lab) {
  const trace::Clock next = lab.choices().clock.value_or(trace::Clock::Live);
  const trace::Clock clock = lab.has_run() ? lab.run_shown().header().clock : next;
  return clock == trace::Clock::Live ? RunLabel::Measured : RunLabel::Simulated;
}

bool is_model(const LabState& lab) { return *trace::model_label(lab.run_shown().header()) != '\0'; }

// Both of them, where there are two.
float labels_width(const LabState& lab, const Look& look) {
  const float model = is_model(lab) ? run_label_width(look, RunLabel::Model) + look.metrics.gap_in_group : 0.0F;
  return run_label_width(look, label_of(lab)) + model;
}

struct ClockStyles {
  TextStyle clock;
  TextStyle unit;
  TextStyle phase;
};

ClockStyles clock_styles(const Look& look) {
  return {{Face::MonoBold, look.metrics.type.clock, look.theme.text},
          {Face::Sans, look.metrics.type.small, look.theme.text2},
          {Face::SansBold, look.metrics.type.base, look.theme.text2}};
}

std::string phase_word(const LabState& lab) {
  const bool compared = lab.shows_comparison() && lab.phase() == views::Phase::Ended;
  return compared ? "Compared" : views::phase_word(lab.run_shown(), lab.phase());
}

views::ClockText clock_words(const LabState& lab, const Form& form) {
  const bool over = lab.has_run() && !lab.shows_run_that_goes();
  const auto end = over ? std::optional<Instant>(lab.latest()) : lab.expected_end();
  return views::clock_text(lab.clock(), lab.has_run() && form.clock_end ? end : std::nullopt);
}

// As wide as it may become while it counts, so that the row stays as it is.
float clock_width(const LabState& lab, const Look& look, const Form& form) {
  const Metrics& m = look.metrics;
  const ClockStyles styles = clock_styles(look);
  const views::ClockText words = clock_words(lab, form);
  const float clock = std::max(text_width(look, styles.clock, "10.00"), text_width(look, styles.clock, words.now));
  const float most_rest = form.clock_end ? text_width(look, styles.unit, "s of 10.00 s") : 0.0F;
  const float rest = std::max(most_rest, text_width(look, styles.unit, words.rest));
  const float phase = form.phase ? text_width(look, styles.phase, "Looking back") + m.px(10.0F) : 0.0F;
  return std::ceil(m.margin + rest + m.gap8 + clock + m.px(14.0F) + labels_width(lab, look) + phase);
}

float controls_width(const LabState& lab, const Look& look, const Form& form, bool with_speed) {
  const Metrics& m = look.metrics;
  float width = m.gap12 - m.gap_in_group;
  for (const TransportButton& one : buttons_of(lab, look, form)) {
    width += button_width(look, one.label, one.options) + m.gap_in_group;
  }
  if (!with_speed) return width;
  return width + m.px(22.0F) + speed_slider_width(look, speed_label, speed_options(look, form)) + m.gap_between_groups +
         button_width(look, instant_label);
}

const Form& form_that_fits(const LabState& lab, const Look& look, float width, bool with_speed) {
  for (const Form& form : forms) {
    const float wanted =
        controls_width(lab, look, form, with_speed) + look.metrics.gap12 + clock_width(lab, look, form);
    if (wanted <= width) return form;
  }
  return forms.back();
}

// From the right edge: the clock, the run label, how the run stands.
void draw_clock(const LabState& lab, const Look& look, const Box& box, const Form& form) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const views::ClockText words = clock_words(lab, form);
  const ClockStyles styles = clock_styles(look);
  const float baseline = baseline_of(styles.clock, box.centre_y());
  float x = box.x1 - look.metrics.margin;
  draw_text_on_baseline(list, look, styles.unit, x, baseline, words.rest, Align::Right);
  x -= text_width(look, styles.unit, words.rest) + look.metrics.gap8;
  draw_text_on_baseline(list, look, styles.clock, x, baseline, words.now, Align::Right);
  x -= text_width(look, styles.clock, words.now) + look.metrics.px(14.0F);
  x -= labels_width(lab, look);
  ImGui::SetCursorScreenPos({x, box.centre_y() - look.metrics.px(10.0F)});
  run_label(look, label_of(lab));
  if (is_model(lab)) {
    ImGui::SameLine(0.0F, look.metrics.gap_in_group);
    run_label(look, RunLabel::Model);
    tip_for_last_item(look, engine::words_of(lab.run_shown().header().gil).sentence);
  }
  x -= look.metrics.px(10.0F);
  if (form.phase) draw_text(list, look, styles.phase, x, box.centre_y(), phase_word(lab), Align::Right);
}

}  // namespace

void press_run(LabState& lab) {
  if (lab.is_paused() && !lab.is_setup_changed()) {
    lab.pause_or_resume();
  } else {
    lab.run();
  }
}

void draw_speed(LabState& lab, const Look& look, const SpeedOptions& options) {
  double speed = lab.speed();
  if (speed_slider(look, speed_label, speed, options)) lab.set_speed(speed);
  ImGui::SameLine(0.0F, look.metrics.gap_between_groups);
  bool instant = lab.is_instant();
  if (toggle(look, instant_label, instant,
             {.tip = "Do not wait for the eye: jump over all time in which nothing happens."})) {
    lab.set_instant(instant);
  }
}

TransportPlaces draw_transport_row(LabState& lab, const Look& look, const Box& box, BarSize size) {
  const bool with_speed = size != BarSize::Folded;  // else it is with the setup
  const Form& form = form_that_fits(lab, look, box.width(), with_speed);
  const float y = std::round(box.centre_y() - look.metrics.control_height * 0.5F) - look.metrics.px(2.0F);
  ImGui::SetCursorScreenPos({box.x0 + look.metrics.gap12, y});
  TransportPlaces places;
  bool first = true;
  for (const TransportButton& one : buttons_of(lab, look, form)) {
    if (!first) ImGui::SameLine(0.0F, look.metrics.gap_in_group);
    if (button(look, one.label, one.options)) one.press(lab);
    if (first) places.run = {ImGui::GetItemRectMin().x, y, ImGui::GetItemRectMax().x, ImGui::GetItemRectMax().y};
    first = false;
  }
  if (with_speed) {
    ImGui::SameLine(0.0F, look.metrics.px(22.0F));
    draw_speed(lab, look, speed_options(look, form));
  }
  places.controls = {places.run.x0, y, ImGui::GetItemRectMax().x, places.run.y1};
  draw_clock(lab, look, {box.x0, y, box.x1, y + look.metrics.control_height}, form);
  return places;
}

}  // namespace loiter::gui
