#include "gui/way_out_banner.hpp"

#include <algorithm>
#include <cmath>

#include "gui/paint.hpp"
#include "gui/panel.hpp"
#include "gui/state_style.hpp"
#include "gui/text.hpp"
#include "gui/widget_core.hpp"
#include "gui/widgets.hpp"
#include "views/wait_picture.hpp"
#include "views/ways_out.hpp"

namespace loiter::gui {
namespace {

constexpr std::size_t most_lines = 3;  // of the sentence; the proof has all of it
constexpr float line_units = 19.0F;
constexpr float headline_units = 26.0F;
constexpr float least_panels = 146.0F;  // below the banner: tabs, and two lanes or the circle of waits

std::string stop_label() { return "Stop the run##Way out"; }
std::string label_of(engine::Escape how) { return std::string(views::escape_label(how)) + "##Way out"; }

ButtonOptions options_of(const Banner& banner, const BannerWay& way) {
  const auto possible = std::ranges::find_if(banner.ways, [](const BannerWay& w) { return w.why_not.empty(); });
  const bool is_first = possible != banner.ways.end() && possible->how == way.how;
  return {.kind = is_first ? ButtonKind::Primary : ButtonKind::Plain,
          .enabled = way.why_not.empty(),
          .tip = way.why_not.empty() ? views::escape_tip(way.how) : std::string_view(way.why_not)};
}

float text_left(const Look& look) { return look.metrics.px(58); }

// How the buttons stand, line by line: their widths add up to the room or less.
std::size_t button_rows(const Banner& banner, const Look& look, float room) {
  if (banner.ways.empty()) return 0;
  std::size_t rows = 1;
  float x = 0;
  const auto place = [&](float width) {
    if (x > 0 && x + width > room) {
      ++rows;
      x = 0;
    }
    x += width + look.metrics.gap8;
  };
  for (const BannerWay& way : banner.ways)
    place(button_width(look, label_of(way.how).c_str(), options_of(banner, way)));
  place(look.metrics.gap16 + button_width(look, stop_label().c_str(), {.icon = Glyph::Stop}));
  return rows;
}

std::vector<std::string_view> sentence_lines(const Banner& banner, const Look& look, float width) {
  const float room = width - text_left(look) - look.metrics.margin - (banner.stuck ? 0.0F : look.metrics.px(40));
  return wrapped(look, base_text(look), banner.sentence, room);
}

// Of everything but the sentence.
float least_height(const Banner& banner, const Look& look, float width) {
  const Metrics& m = look.metrics;
  const auto rows = static_cast<float>(button_rows(banner, look, width - text_left(look) - m.margin));
  return m.gap12 + m.px(headline_units) + rows * (m.control_height + m.gap8) + m.gap12;
}

// What is left out ends with an ellipsis behind a whole word, and is told on hover.
void draw_sentence(const Banner& banner, const Look& look, const Box& box, float y, std::size_t shown) {
  const Metrics& m = look.metrics;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float left = box.x0 + text_left(look);
  const auto lines = sentence_lines(banner, look, box.width());
  for (std::size_t i = 0; i < std::min(shown, lines.size()); ++i) {
    const bool is_cut = i + 1 == shown && shown < lines.size();
    const Box line{left, y, box.x1 - m.margin, y + m.px(line_units)};
    const std::string words =
        is_cut ? fitted_words(look, base_text(look), std::string(lines[i]) + " \xE2\x80\xA6", line.width())
               : std::string(lines[i]);
    draw_text(list, look, base_text(look), left, line.centre_y(), words);
    if (is_cut) {
      press_area("##sentence", "Way out/sentence", line, {});
      tip_for_last_item(look, banner.sentence);
    }
    y = line.y1;
  }
}

void draw_buttons(const Banner& banner, const Box& box, float y, Frame& frame) {
  const Look& look = frame.look;
  const Metrics& m = look.metrics;
  const float left = box.x0 + text_left(look);
  const float right = box.x1 - m.margin;
  float x = left;
  const auto place = [&](float width) {
    if (x > left && x + width > right) {
      x = left;
      y += m.control_height + m.gap8;
    }
    ImGui::SetCursorScreenPos({x, y});
    x += width + m.gap8;
  };
  for (const BannerWay& way : banner.ways) {
    const ButtonOptions options = options_of(banner, way);
    const std::string label = label_of(way.how);
    place(button_width(look, label.c_str(), options));
    if (button(look, label.c_str(), options)) frame.wanted_escape = way.how;
  }
  const ButtonOptions stop{.icon = Glyph::Stop, .enabled = banner.can_stop, .tip = "Ends the run (X)."};
  const float width = button_width(look, stop_label().c_str(), stop);
  place(m.gap16 + width);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  vertical_line(*ImGui::GetWindowDrawList(), at.x + m.gap4, at.y + m.px(4), at.y + m.control_height - m.px(4),
                look.theme.control_line, m.hairline);
  ImGui::SetCursorScreenPos({at.x + m.gap16, at.y});
  if (button(look, stop_label().c_str(), stop)) frame.wants_stop = true;
}

}  // namespace

std::optional<Banner> what_banner(const BannerView& view, const LabState& lab) {
  if (lab.shows_comparison()) return std::nullopt;
  const trace::Run& run = lab.run_shown();
  const Instant t = lab.playhead();
  const views::Verdict verdict = views::verdict(run, t);
  if (verdict.stuck) {
    Banner banner{.stuck = true, .headline = verdict.headline, .sentence = verdict.sentence, .ways = {}};
    for (const engine::Escape how : engine::all_escapes) banner.ways.push_back({how, lab.why_not(how)});
    banner.can_stop = lab.shows_run_that_goes();
    return banner;
  }
  const trace::EscapeMark* taken = views::escape_at(run, t);
  const bool is_closed = view.closed_run == lab.generation() && view.closed_lessons >= run.escapes().size();
  if (taken == nullptr || is_closed) return std::nullopt;
  return Banner{.stuck = false,
                .headline = views::escape_text(run, *taken),
                .sentence = std::string(views::escape_lesson(taken->how)),
                .ways = {}};
}

float banner_height(const Banner& banner, const Look& look, ImVec2 room) {
  const float least = least_height(banner, look, room.x);
  const float line = look.metrics.px(line_units);
  const auto all = static_cast<float>(std::min(most_lines, sentence_lines(banner, look, room.x).size()));
  const float fit = std::floor((room.y - look.metrics.px(least_panels) - least) / line);
  return least + line * std::min(all, std::max(1.0F, fit));
}

void draw_banner(const Banner& banner, const Box& box, BannerView& view, const LabState& lab, Frame& frame) {
  const Look& look = frame.look;
  const Metrics& m = look.metrics;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const StateLook state = banner.stuck ? StateLook::Stuck : StateLook::Returned;
  const StateColours& colours = look.theme.state(state);
  fill_box(list, box, banner.stuck ? colours.tint : look.theme.sunk);
  fill_box(list, {box.x0, box.y0, box.x0 + m.px(6), box.y1}, colours.ink);
  horizontal_line(list, box.x0, box.x1, box.y1 - m.hairline, look.theme.splitter, m.hairline);
  const float left = box.x0 + text_left(look);
  const float y = box.y0 + m.gap12;
  const float headline_end = y + m.px(headline_units);
  draw_state_glyph(list, look, state, {box.x0 + m.px(33), y + m.px(13)}, m.px(22));
  draw_text_in(list, look, {Face::SansBold, m.type.headline, look.theme.text},
               {left, y, box.x1 - m.margin - (banner.stuck ? 0.0F : m.px(40)), headline_end}, banner.headline);
  const float for_sentence = box.height() - least_height(banner, look, box.width());
  const auto lines = static_cast<std::size_t>(std::max(0.0F, std::round(for_sentence / m.px(line_units))));
  draw_sentence(banner, look, box, headline_end, lines);
  const float sentence_end = headline_end + m.px(line_units) * static_cast<float>(lines);
  if (banner.stuck) return draw_buttons(banner, box, sentence_end + m.gap8, frame);
  ImGui::SetCursorScreenPos({box.x1 - m.margin - m.px(30), box.y0 + m.gap8});
  if (icon_button(look, "Close##Way out", Glyph::Close, "Got it.")) {
    view.closed_run = lab.generation();
    view.closed_lessons = lab.run_shown().escapes().size();
  }
}

}  // namespace loiter::gui
