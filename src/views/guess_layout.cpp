#include "views/guess_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "views/words.hpp"

namespace loiter::views {
namespace {

// A stretch in which nothing stands, across or down.
struct Free {
  float x0 = 0.0F;
  float x1 = 0.0F;
};

void take(std::vector<Free>& free, float x0, float x1) {
  std::vector<Free> left;
  for (const Free& one : free) {
    if (x1 <= one.x0 || x0 >= one.x1) {
      left.push_back(one);
      continue;
    }
    if (x0 > one.x0) left.push_back({one.x0, x0});
    if (x1 < one.x1) left.push_back({x1, one.x1});
  }
  free = std::move(left);
}

class TimelineWork {
 public:
  TimelineWork(const trace::Run& run, const GuessMarks& marks, const TimelineQuery& query, const TimelineLayout& layout,
               const TextWidth& text_width)
      : m_run(run),
        m_marks(marks),
        m_query(query),
        m_layout(layout),
        m_text_width(text_width),
        m_scale(query.visible, query.width) {}

  TimelineGuess make() {
    for (const GuessedBar& bar : m_marks.bars) add_box(bar);
    if (m_marks.difference) add_difference(*m_marks.difference);
    for (GuessBox& box : m_out.boxes) find_words(box);
    return std::move(m_out);
  }

 private:
  float taller() const { return std::round(m_query.measures.bar_height / 6); }

  // The top of the real bar. One that is not seen now has its place at the top of the lane all the same.
  std::optional<float> top_of(FutureId future, LaneId lane) const {
    for (const Bar& bar : m_layout.bars) {
      if (bar.future == future) return bar.box.y0;
    }
    for (const LaneBox& box : m_layout.lanes) {
      if (box.lane == lane) return box.y0 + m_query.measures.bar_top;
    }
    return std::nullopt;
  }

  void add_box(const GuessedBar& bar) {
    const trace::FutureRow* future = m_run.future(bar.future);
    if (future == nullptr || !future->began || !future->worker) return;
    const auto top = top_of(bar.future, *future->worker);
    if (!top) return;
    const float x0 = std::round(m_scale.x(bar.from));
    const float x1 = std::max(std::round(m_scale.x(bar.until)), x0 + m_query.measures.instant_width);
    if (x1 < 0 || x0 > m_query.width) return;
    m_out.boxes.push_back({*future->worker,
                           bar.future,
                           Rect{x0, *top - taller(), x1, *top + m_query.measures.bar_height + taller()},
                           bar.right,
                           {}});
  }

  // Words stand where neither a bar nor a wait nor another sketched bar is.
  void find_words(GuessBox& box) const {
    std::vector<Free> free{{std::max(0.0F, box.box.x0), std::min(m_query.width, box.box.x1)}};
    const auto take_all = [&](const auto& marks) {
      for (const auto& mark : marks) {
        if (mark.lane == box.lane) take(free, mark.box.x0, mark.box.x1);
      }
    };
    take_all(m_layout.bars);
    take_all(m_layout.blocks);
    take_all(m_layout.waits);
    take_all(m_layout.wake_ups);
    const float half = m_query.measures.diamond;
    if (m_out.difference_x) take(free, *m_out.difference_x - half, *m_out.difference_x + half);
    for (const SelectedBox& ring : m_out.difference_boxes) {
      if (ring.lane == box.lane) take(free, ring.box.x0 - half, ring.box.x1 + half);
    }
    for (const InstantMark& mark : m_layout.instants) {
      if (mark.lane == box.lane) take(free, mark.x - half, mark.x + half);
    }
    for (const Note& note : m_layout.notes) {
      if (note.lane == box.lane) take(free, note.x, note.x + m_text_width(note.text, TextFont::Label));
    }
    for (const GuessBox& other : m_out.boxes) {
      if (&other != &box && other.lane == box.lane) take(free, other.box.x0, other.box.x1);
    }
    const auto widest = std::ranges::max_element(free, {}, [](const Free& one) { return one.x1 - one.x0; });
    if (widest == free.end()) return;
    const float room = widest->x1 - widest->x0 - m_query.measures.note_gap;
    const std::string name = future_name(m_run, box.future);
    for (const std::string& words : {"you: " + name, name}) {
      if (m_text_width(words, TextFont::Label) > room) continue;
      box.words = words;
      box.words_x = widest->x0 + std::round(m_query.measures.note_gap / 2);
      return;
    }
  }

  void add_difference(const GuessDifference& difference) {
    if (difference.at) {
      const float x = std::round(m_scale.x(*difference.at));
      if (x >= 0 && x <= m_query.width) add_line(x);
    }
    if (difference.future == no_future) return;
    for (const Bar& bar : m_layout.bars) {
      if (bar.future == difference.future) add_ring(bar.lane, bar.box);
    }
    for (const InstantMark& mark : m_layout.instants) {
      if (mark.future != difference.future) continue;
      const float across = std::ceil(m_query.measures.instant_width / 2);
      const float down = std::round(m_query.measures.bar_height / 2);
      add_ring(mark.lane, {mark.x - across, mark.centre_y - down, mark.x + across, mark.centre_y + down});
    }
  }

  // It leaves out the words of waits and lanes: nothing is drawn between it and them.
  void add_line(float x) {
    m_out.difference_x = x;
    std::vector<Free> down{{0, m_query.height}};
    const float half = std::round(m_query.measures.bar_height / 3);
    const auto spare = [&](std::string_view words, float words_x, float y) {
      const float end = words_x + m_text_width(words, TextFont::Label);
      if (!words.empty() && x > words_x - half / 2 && x < end + half / 2) take(down, y - half, y + half);
    };
    for (const WaitBox& wait : m_layout.waits) spare(wait.text, wait.text_x, wait.text_y);
    for (const Note& note : m_layout.notes) spare(note.text, note.x, note.y);
    for (const Free& piece : down) m_out.difference_line.push_back({x, piece.x0, x, piece.x1});
  }

  // The parts of a bar have one ring.
  void add_ring(LaneId lane, const Rect& box) {
    for (SelectedBox& ring : m_out.difference_boxes) {
      if (ring.lane != lane || ring.box.y0 != box.y0) continue;
      ring.box.x0 = std::min(ring.box.x0, box.x0);
      ring.box.x1 = std::max(ring.box.x1, box.x1);
      return;
    }
    m_out.difference_boxes.push_back({lane, box});
  }

  const trace::Run& m_run;
  const GuessMarks& m_marks;
  const TimelineQuery& m_query;
  const TimelineLayout& m_layout;
  const TextWidth& m_text_width;
  TimeScale m_scale;
  TimelineGuess m_out;
};

bool is_first_difference(const GuessMarks& marks, FutureId future) {
  return marks.difference && marks.difference->future == future && future != no_future;
}

const char* came_to_it(GuessMarks::Column column) {
  switch (column) {
    case GuessMarks::Column::Submitted:
      return "submitted";
    case GuessMarks::Column::Began:
      return "to begin";
    case GuessMarks::Column::Finished:
      return "to finish";
    case GuessMarks::Column::Delivered:
      return "to be delivered";
  }
  return "";
}

// Where the curve of a future begins and ends, for the column that the guess is about; none: no curve leads there.
struct Ends {
  float x0 = 0.0F;
  float y0 = 0.0F;
  float x1 = 0.0F;
  float y1 = 0.0F;
};
std::optional<Ends> ends_of(const FutureTimes& times, GuessMarks::Column column, const OrderQuery& query,
                            std::size_t row) {
  const OrderColumns& x = query.columns;
  const auto rank = times.rank_of_row(row);
  const bool over = rank && times.column(FutureTimes::Over)[row] <= query.playhead;
  const float line = order_line_middle(query, row);
  if (!over) return std::nullopt;
  const float finished = order_line_middle(query, *rank);
  if (column == GuessMarks::Column::Finished) return Ends{x.submitted, line, x.finished, finished};
  if (column == GuessMarks::Column::Delivered) return Ends{x.finished, finished, x.mapped, line};
  return std::nullopt;
}

// The row of the future that really has this place.
std::optional<std::size_t> row_with_place(const trace::Run& run, const FutureTimes& times, const GuessMarks& marks,
                                          std::size_t place) {
  for (const GuessedPlace& one : marks.places) {
    if (one.real == place) return times.row_of(run, one.future);
  }
  return std::nullopt;
}

}  // namespace

TimelineGuess lay_out_timeline_guess(const trace::Run& run, const GuessMarks& marks, const TimelineQuery& query,
                                     const TimelineLayout& layout, const TextWidth& text_width) {
  return TimelineWork(run, marks, query, layout, text_width).make();
}

TimeRange with_guess(TimeRange whole, const GuessMarks& marks) {
  Instant last = whole.to;
  for (const GuessedBar& bar : marks.bars) last = std::max(last, bar.until);
  return {whole.from, std::min(last, whole.to + whole.length() / 2)};
}

float flag_x(float x, float flag_width, const FlagRoom& room) {
  const float right = x;
  const float left = x - flag_width;
  const auto fits = [&](float from) { return from >= room.least && from + flag_width <= room.most; };
  const auto is_free = [&](float from) { return from + flag_width <= room.taken_x0 || from >= room.taken_x1; };
  // Else beside the playhead's box, which hides what is below it.
  for (const float from : {right, left, room.taken_x1, room.taken_x0 - flag_width}) {
    if (fits(from) && is_free(from)) return from;
  }
  if (fits(right)) return right;
  return std::max(room.least, std::min(left, room.most - flag_width));
}

std::string guess_note(const trace::Run& run, const GuessMarks& marks) {
  if (marks.bars.empty()) return {};
  std::string note = "dashed: your sketch";
  std::string idle;
  for (const GuessedBar& bar : marks.bars) {
    const trace::FutureRow* future = run.future(bar.future);
    if (future != nullptr && future->began) continue;
    idle += fmt::format("{}{}", idle.empty() ? "" : ", ", future_name(run, bar.future));
  }
  return idle.empty() ? note : fmt::format("{}; {} never ran", note, idle);
}

OrderGuess lay_out_order_guess(const trace::Run& run, const FutureTimes& times, const GuessMarks& marks,
                               const OrderQuery& query, const OrderLayout& layout) {
  OrderGuess out;
  const bool as_finished = marks.column == GuessMarks::Column::Delivered && !is_map_run(run);
  out.column = as_finished ? GuessMarks::Column::Finished : marks.column;
  for (const GuessedPlace& place : marks.places) {
    const auto line = std::ranges::find(layout.seen, place.future, [](const OrderLine& one) { return one.row.id; });
    if (line == layout.seen.end()) continue;
    const bool first = is_first_difference(marks, place.future);
    const bool right = place.real == place.guessed;
    out.chips.push_back({place.future, place.guessed, right, first, line->y});
    if (right) continue;
    const auto row = times.row_of(run, place.future);
    const auto other = row_with_place(run, times, marks, place.guessed);
    if (!row || !other) continue;
    const auto from = ends_of(times, out.column, query, *row);
    const auto to = ends_of(times, out.column, query, *other);
    if (from && to) out.lines.push_back({place.future, first, from->x0, from->y0, to->x1, to->y1});
  }
  return out;
}

std::vector<std::string> guess_facts(const GuessMarks& marks, FutureId future) {
  std::vector<std::string> facts;
  for (const GuessedBar& bar : marks.bars) {
    if (bar.future != future) continue;
    facts.push_back(fmt::format("your sketch: {} - {}", seconds_text(bar.from), seconds_text(bar.until)));
  }
  for (const GuessedPlace& place : marks.places) {
    if (place.future != future) continue;
    const std::string guessed =
        fmt::format("you: place {} of {} {}", place.guessed, marks.places.size(), came_to_it(marks.column));
    facts.push_back(!place.real                    ? fmt::format("{}, but it did not come to it", guessed)
                    : *place.real == place.guessed ? fmt::format("{}, and so it was", guessed)
                                                   : fmt::format("{}, not {}", guessed, *place.real));
  }
  if (is_first_difference(marks, future))
    facts.push_back(fmt::format("first difference: {}", marks.difference->sentence));
  return facts;
}

}  // namespace loiter::views
