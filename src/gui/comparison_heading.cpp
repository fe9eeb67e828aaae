#include "gui/comparison_heading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gui/paint.hpp"
#include "gui/state_style.hpp"
#include "gui/text.hpp"
#include "views/words.hpp"

namespace loiter::gui {
namespace {

using views::ComparedStage;

constexpr std::string_view speed_up_word = "speed-up";
constexpr std::string_view efficiency_word = "efficiency";
constexpr std::string_view subject_words = "in the other panels";

TextStyle number_style(const Look& look) { return {Face::MonoBold, look.metrics.type.small, look.theme.text}; }

struct Sign {
  Glyph glyph = Glyph::HollowCircle;
  Colour colour = 0;
};

Sign sign_of(const Look& look, const Heading& heading) {
  const auto state = [&](StateLook which) { return Sign{state_glyph(which), look.theme.state(which).ink}; };
  switch (heading.stage) {
    case ComparedStage::Next:
      return state(StateLook::Pending);
    case ComparedStage::Now:
      return state(StateLook::Running);
    case ComparedStage::NotRun:
      return {Glyph::StruckCircle, look.theme.text2};
    case ComparedStage::Over:
      break;
  }
  switch (heading.run.ended() ? heading.run.ended()->how : trace::RunEnd::Stopped) {
    case trace::RunEnd::Finished:
      return state(StateLook::Returned);
    case trace::RunEnd::Raised:
      return state(StateLook::Raised);
    case trace::RunEnd::Stuck:
      return state(StateLook::Stuck);
    case trace::RunEnd::Stopped:
    case trace::RunEnd::Timeout:
      break;
  }
  return {Glyph::Stop, look.theme.text2};
}

// "speed-up 2.00": gives where it ends.
float draw_figure(ImDrawList& list, const Look& look, float x, float y, std::string_view word, std::string_view value) {
  const float end = draw_text(list, look, note_text(look), x, y, word);
  return draw_text(list, look, number_style(look), end + look.metrics.px(6), y, value);
}

float figure_width(const Look& look, std::string_view word, std::string_view value) {
  return std::ceil(text_width(look, note_text(look), word) + look.metrics.px(6) +
                   text_width(look, number_style(look), value));
}

// The figures, or how the run stands: gives where they end.
float draw_result(ImDrawList& list, const Look& look, const Heading& heading, float x, float y, Colour ink) {
  const HeadingWords& words = heading.words;
  const HeadingColumns& columns = heading.columns;
  if (!words.stands.empty()) {
    TextStyle style = note_text(look);
    style.colour = ink;
    return draw_text(list, look, style, x + columns.figures, y, words.stands);
  }
  draw_figure(list, look, x + columns.figures, y, speed_up_word, words.speed_up);
  return draw_figure(list, look, x + columns.efficiency, y, efficiency_word, words.efficiency);
}

}  // namespace

HeadingWords heading_words(const views::ComparedRun& run) {
  HeadingWords words{.mode = std::string(views::mode_title(run.run.header().mode)),
                     .workers = views::workers_text(run.run.header().workers)};
  if (run.stage == ComparedStage::Now || run.stage == ComparedStage::Over) words.time = views::seconds_text(run.now);
  words.stands = views::compared_text(run.stage, run.run);
  if (!words.stands.empty()) return words;
  words.speed_up = views::figure_text(run.figures.speed_up);
  words.efficiency = views::figure_text(run.figures.efficiency);
  return words;
}

std::string heading_sentence(const HeadingWords& words) {
  std::string sentence = words.mode + ", " + words.workers;
  if (!words.time.empty()) sentence += ", " + words.time;
  if (!words.stands.empty()) return sentence + ": " + words.stands + ".";
  return sentence + fmt::format(": {} {}, {} {}.", speed_up_word, words.speed_up, efficiency_word, words.efficiency);
}

HeadingColumns heading_columns(const Look& look, std::span<const HeadingWords> rows, float width) {
  const Metrics& m = look.metrics;
  float mode = 0;
  float workers = 0;
  float time = text_width(look, number_style(look), "10.00 s");  // as wide while it counts
  float speed_up = figure_width(look, speed_up_word, "0.00");
  float efficiency = figure_width(look, efficiency_word, "0.00");
  for (const HeadingWords& row : rows) {
    mode = std::max(mode, std::ceil(text_width(look, strong_text(look), row.mode)));
    workers = std::max(workers, std::ceil(text_width(look, note_text(look), row.workers)));
    time = std::max(time, std::ceil(text_width(look, number_style(look), row.time)));
    speed_up = std::max(speed_up, figure_width(look, speed_up_word, row.speed_up));
    efficiency = std::max(efficiency, figure_width(look, efficiency_word, row.efficiency));
  }
  HeadingColumns columns;
  columns.mode = m.margin + m.px(20);
  const float after_mode = columns.mode + mode + m.gap16;
  const float rest = std::ceil(time) + m.gap24 + speed_up + m.gap16 + efficiency + m.px(30);
  columns.with_workers = after_mode + workers + m.gap16 + rest <= width;
  columns.workers = after_mode;
  columns.time = after_mode + (columns.with_workers ? workers + m.gap16 : 0.0F) + std::ceil(time);
  columns.figures = columns.time + m.gap24;
  columns.efficiency = columns.figures + speed_up + m.gap16;
  return columns;
}

void draw_heading(ImDrawList& list, const Look& look, const Press& press, const Heading& heading) {
  const Metrics& m = look.metrics;
  const Box& box = press.box;
  const HeadingWords& words = heading.words;
  const HeadingColumns& columns = heading.columns;
  const float y = box.centre_y();
  fill_box(list, box,
           press.held      ? look.theme.control_active
           : press.hovered ? look.theme.control_hover
                           : look.theme.chrome);
  horizontal_line(list, box.x0, box.x1, box.y0, look.theme.splitter, m.hairline);
  horizontal_line(list, box.x0, box.x1, box.y1 - m.hairline, look.theme.hairline, m.hairline);
  const Sign sign = sign_of(look, heading);
  draw_glyph(list, sign.glyph, {box.x0 + m.margin + m.px(7), y}, m.px(14), sign.colour);
  draw_text(list, look, strong_text(look), box.x0 + columns.mode, y, words.mode);
  if (columns.with_workers) draw_text(list, look, note_text(look), box.x0 + columns.workers, y, words.workers);
  draw_text(list, look, number_style(look), box.x0 + columns.time, y, words.time, Align::Right);
  const float end = draw_result(list, look, heading, box.x0, y, sign.colour);
  if (heading.stage != ComparedStage::Now && heading.stage != ComparedStage::Over) return;
  const float chevron = box.x1 - m.margin - m.px(5);
  draw_glyph(list, Glyph::ChevronRight, {chevron, y}, m.icon, press.hovered ? look.theme.text : look.theme.text2);
  const float note = chevron - m.px(12);
  if (heading.is_subject && note - text_width(look, note_text(look), subject_words) > end + m.gap16) {
    draw_text(list, look, note_text(look), note, y, subject_words, Align::Right);
  }
}

}  // namespace loiter::gui
