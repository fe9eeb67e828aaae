#include "gui/guess_overlay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "gui/panel.hpp"
#include "gui/text.hpp"
#include "gui/widgets.hpp"

namespace loiter::gui {
namespace {

using timeline::LanesPanel;

constexpr std::string_view flag_words = "first difference";
// A panel so wide says whose place it is.
constexpr float words_from_width = 420;

TextStyle flag_style(const Look& look) { return {Face::SansBold, look.metrics.type.tiny, look.theme.text}; }
TextStyle chip_style(const Look& look) { return {Face::SansBold, look.metrics.type.tiny, look.theme.text}; }

std::string chip_words(std::size_t place, bool whole) {
  return whole ? fmt::format("you: {}", place) : std::to_string(place);
}
float chip_width(const Look& look, std::size_t place, bool whole) {
  return std::ceil(text_width(look, chip_style(look), chip_words(place, whole))) + look.metrics.px(10);
}

Box flag_box(const LanesPanel& p, float x) {
  const Metrics& m = p.look.metrics;
  const float width = std::ceil(text_width(p.look, flag_style(p.look), flag_words)) + 2 * m.px(5);
  const float taken = m.px(26);                                         // half of the playhead's box
  const views::FlagRoom room{.least = p.areas.all.x0 - p.areas.time_x,  // nothing else stands on the ruler there
                             .most = p.time_width(),
                             .taken_x0 = p.playhead_x() - taken,
                             .taken_x1 = p.playhead_x() + taken};
  const float left = views::flag_x(x, width, room);
  return Box::at(p.areas.time_x + left, p.areas.ruler.y0 - m.px(2), width, m.px(17));
}

// Yellow below and a line around it: a mark, as the selection's, that is not taken for it.
void halo(ImDrawList& list, const Look& look, const Box& box, float radius) {
  const float gap = look.metrics.px(6);
  fill_box(list, box.inset(-gap), look.theme.selection_wash, radius + gap);
  outline_box(list, box.inset(-gap), look.theme.selection_line, radius + gap, look.metrics.state_line);
}

void paint_box(ImDrawList& list, const Look& look, const views::GuessBox& guess, ImVec2 origin) {
  const Metrics& m = look.metrics;
  const Box box = on_screen(guess.box, origin);
  const Colour ink = guess.right ? look.theme.control_line : look.theme.text;
  fill_box(list, box, faded(look.theme.text2, 0.10F), m.bar_radius);
  dashed_box(list, box, ink, m.bar_radius, m.state_line, {m.px(4), m.px(3)});
  // Bars hide its sides but for their ends: these are drawn whole.
  const float end = m.px(4);
  for (const float x : {box.x0, box.x1 - m.state_line}) {
    fill_box(list, {x, box.y0, x + m.state_line, box.y0 + end}, ink);
    fill_box(list, {x, box.y1 - end, x + m.state_line, box.y1}, ink);
  }
  if (!guess.words.empty()) {
    draw_text(list, look, note_text(look), guess.words_x + origin.x, box.centre_y(), guess.words);
  }
}

}  // namespace

void add_guess_facts(const Frame& frame, FutureId future, std::vector<std::string>& facts) {
  if (frame.guess == nullptr || facts.empty()) return;
  const auto more = views::guess_facts(*frame.guess, future);
  facts.insert(facts.end() - 1, more.begin(), more.end());
}

// --- The timeline ---

TimelineGuessOverlay begin_timeline_guess(LanesPanel& p) {
  TimelineGuessOverlay guess;
  if (p.frame.guess == nullptr) return guess;
  const views::GuessMarks& marks = *p.frame.guess;
  p.note = views::guess_note(p.run, marks);
  guess.layout = views::lay_out_timeline_guess(p.run, marks, p.view.query, p.view.layout, text_width_for_views(p.look));
  if (!guess.layout.difference_x) return guess;
  const Box box = flag_box(p, *guess.layout.difference_x);
  p.on_ruler = box;
  guess.flag = press_area("##difference", p.label(flag_words), box, {});
  tip_for_last_item(p.look, marks.difference->sentence);
  if (guess.flag.pressed) p.frame.wanted_playhead = std::clamp(*marks.difference->at, Instant{}, p.latest);
  return guess;
}

void paint_guess_flag(const LanesPanel& p, const TimelineGuessOverlay& guess) {
  if (!guess.flag.seen) return;
  const Metrics& m = p.look.metrics;
  const Box& box = guess.flag.box;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float x = std::round(p.areas.time_x + *guess.layout.difference_x);
  vertical_line(list, x - std::floor(m.strong_line * 0.5F), box.y0, p.areas.lanes.y0, p.look.theme.selection_line,
                m.strong_line);
  fill_box(list, box, p.look.theme.panel, m.lane_tag_radius);
  fill_box(list, box, p.look.theme.selection_wash, m.lane_tag_radius);
  outline_box(list, box, p.look.theme.selection_line, m.lane_tag_radius, m.hairline);
  draw_text(list, p.look, flag_style(p.look), box.centre_x(), box.centre_y(), flag_words, Align::Centre);
  focus_ring(p.look, guess.flag, m.lane_tag_radius);
}

void paint_guess_ground(const LanesPanel& p, const TimelineGuessOverlay& guess) {
  if (p.frame.guess == nullptr) return;
  const Metrics& m = p.look.metrics;
  const Box& lanes = p.areas.lanes;
  const ImVec2 origin{p.areas.time_x, lanes.y0};
  ImDrawList& list = *p.list;
  const auto in_lane = [&](LaneId lane, const auto& paint) {
    const float top = lane == main_lane ? lanes.y0 : lanes.y0 + p.view.layout.main_height;
    ImGui::PushClipRect({origin.x, top}, lanes.max(), true);
    paint();
    ImGui::PopClipRect();
  };
  for (const views::SelectedBox& ring : guess.layout.difference_boxes) {
    in_lane(ring.lane, [&] { halo(list, p.look, on_screen(ring.box, origin), m.bar_radius); });
  }
  for (const views::GuessBox& box : guess.layout.boxes) {
    in_lane(box.lane, [&] { paint_box(list, p.look, box, origin); });
  }
  if (!guess.layout.difference_x) return;
  const float x = std::round(origin.x + *guess.layout.difference_x);
  fill_box(list, {x - m.px(3), lanes.y0, x + m.px(3), lanes.y1}, p.look.theme.selection_wash);
  for (const views::Rect& piece : guess.layout.difference_line) {
    dashed_line(list, {x, piece.y0 + origin.y}, {x, piece.y1 + origin.y}, p.look.theme.selection_line, m.strong_line,
                {m.px(4), m.px(3)});
  }
}

// --- The order ---

float guess_chip_room(const Frame& frame, float width) {
  if (frame.guess == nullptr || frame.guess->places.empty()) return 0.0F;
  const Look& look = frame.look;
  const bool whole = width >= look.metrics.px(words_from_width);
  return chip_width(look, frame.guess->places.size(), whole) + look.metrics.gap8;
}

namespace {

void paint_chip(ImDrawList& list, const OrderPaint& paint, const views::GuessChip& chip) {
  const Look& look = paint.frame.look;
  const Metrics& m = look.metrics;
  const float room = paint.columns.chip_width - m.gap8;
  const float left = paint.origin.x + paint.columns.label_end + m.gap8;
  const Box box = Box::at(left, std::round(chip.y + paint.origin.y - m.px(8)), room, m.px(16));
  const bool whole = chip_width(look, chip.guessed, true) <= room;
  TextStyle style = chip_style(look);
  fill_box(list, box, look.theme.panel, m.lane_tag_radius);
  if (chip.first_difference) {
    fill_box(list, box, look.theme.selection_wash, m.lane_tag_radius);
    outline_box(list, box, look.theme.selection_line, m.lane_tag_radius, m.state_line);
  } else {
    dashed_box(list, box, chip.right ? look.theme.control_line : look.theme.text, m.lane_tag_radius, m.hairline,
               {m.px(3), m.px(2)});
  }
  if (chip.right) style = {Face::Sans, style.size, look.theme.text2};
  draw_text(list, look, style, box.centre_x(), box.centre_y(), chip_words(chip.guessed, whole), Align::Centre);
}

// As the curves of the panel, but dashed, and up to where the reader expected it.
void paint_line(ImDrawList& list, const OrderPaint& paint, const views::GuessLine& line) {
  const Look& look = paint.frame.look;
  const Metrics& m = look.metrics;
  const float head = m.px(7);
  const Colour ink = line.first_difference ? look.theme.text : look.theme.text2;
  // Both ends stand clear of the marks there.
  const ImVec2 from{line.x0 + paint.origin.x + m.px(10), line.y0 + paint.origin.y};
  const ImVec2 to{line.x1 + paint.origin.x - m.px(11), line.y1 + paint.origin.y};
  const auto points = order_curve(from, {to.x - head * 0.8F, to.y});
  dashed_path(list, points.data(), points.size(), ink, line.first_difference ? m.strong_line : m.state_line,
              {m.px(4), m.px(3)});
  arrow_head(list, to, {1, 0}, head, ink);
}

// Around the mark of the future at which the guess first differs.
void paint_ring(ImDrawList& list, const OrderPaint& paint, views::GuessMarks::Column column, FutureId future) {
  const Look& look = paint.frame.look;
  const Metrics& m = look.metrics;
  const auto ring = [&](float x, float y) {
    const ImVec2 at{x + paint.origin.x, y + paint.origin.y};
    list.AddCircle(at, m.px(11), look.theme.selection_wash, 0, m.px(3));
    list.AddCircle(at, m.px(12), look.theme.selection_line, 0, m.state_line);
  };
  if (column == views::GuessMarks::Column::Delivered) {
    for (const views::OrderLine& line : paint.layout.seen) {
      if (line.row.id == future) ring(paint.columns.mapped, line.y);
    }
  } else if (column == views::GuessMarks::Column::Finished) {
    for (const views::OrderMark& mark : paint.layout.finished) {
      if (mark.future == future) ring(paint.columns.finished, mark.y);
    }
  }
}

}  // namespace

void paint_order_guess(ImDrawList& list, const OrderPaint& paint, const views::OrderGuess& guess) {
  for (const bool on_top : {false, true}) {
    for (const views::GuessLine& line : guess.lines) {
      if (line.first_difference == on_top) paint_line(list, paint, line);
    }
  }
  for (const views::GuessChip& chip : guess.chips) {
    paint_chip(list, paint, chip);
    if (chip.first_difference) paint_ring(list, paint, guess.column, chip.future);
  }
}

}  // namespace loiter::gui
