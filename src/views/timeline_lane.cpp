#include "views/timeline_lane.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "views/words.hpp"

namespace loiter::views {
namespace {

std::int64_t nanoseconds(Instant t) { return t.time_since_epoch().count(); }
Instant instant(std::int64_t count) { return Instant{Duration{count}}; }

// Turns under the GIL that are narrower than this are not drawn one by one, but as a share of the time.
constexpr std::int32_t least_turn_pixels = 6;
// That share is told for so many of such widths at a time. More: more even; fewer: it follows changes sooner.
constexpr std::int32_t even_columns = 5;

// Lays out one lane; the lane's facts at the playhead are asked once.
class LaneLayout {
 public:
  LaneLayout(const trace::Run& run, const LaneIndex& index, const TimelineQuery& query, const TextWidth& text_width,
             const LaneBox& box, TimelineLayout& out)
      : m_run(run),
        m_lane(run.lanes()[box.index]),
        m_index(index),
        m_query(query),
        m_text_width(text_width),
        m_box(box),
        m_out(out),
        m_scale(query.visible, query.width),
        m_stuck(lane_is_stuck(run, box.lane, query.playhead)) {}

  void lay_out() {
    const std::size_t first_bar = m_out.bars.size();
    m_index.gaps.pieces(m_query.visible, cut_columns(), nanoseconds(m_query.playhead), m_out.scratch_gaps);
    m_index.away.pieces(m_query.visible, cut_columns(), nanoseconds(m_query.playhead), m_out.scratch_away);
    for (std::size_t row = 0; row < m_index.tasks.size(); ++row) lay_out_tasks(row);
    const float lower = m().wait_middle + (m_index.gets_stuck ? std::round(m().stuck_room * 0.6F) : 0);
    lay_out_waits(m_index.own_waits, WaitRow::Own, m_box.y0 + lower, m_box.y0 + m().wait_text);
    lay_out_waits(m_index.inside_waits, WaitRow::Inside, inside_top() + lower, inside_top() + m().wait_text);
    lay_out_gaps();
    lay_out_turns(m_out.scratch_away, true, first_bar);
    lay_out_turns(m_out.scratch_gaps, false, first_bar);
    lay_out_wake_up();
    lay_out_deliveries();
    note_idle();
  }

 private:
  const TimelineMeasures& m() const { return m_query.measures; }
  std::int32_t columns() const { return std::max(1, static_cast<std::int32_t>(m_query.width)); }
  // Turns of a few pixels, each rounded to whole ones, would beat: a pattern would be seen that the run has not.
  std::int32_t cut_columns() const { return m_index.has_gil ? std::max(1, columns() / least_turn_pixels) : columns(); }
  float x_of(std::int64_t t) const { return std::round(m_scale.x(instant(t))); }
  // Where a lane of its own would begin if the waits inside tasks had one: the last of its rows.
  float inside_top() const { return m_box.y1 - m().lane_height - (m_index.gets_stuck ? m().stuck_room : 0); }
  float end_of_picture() const { return m_query.width; }

  Rect bar_box(std::size_t row, float x0, float x1) const {
    const float top = m_box.y0 + m().bar_top + static_cast<float>(row) * m().row_height;
    return {x0, top, x1, top + m().bar_height};
  }

  void lay_out_tasks(std::size_t row) {
    m_index.tasks[row].pieces(m_query.visible, columns(), nanoseconds(m_query.playhead), m_out.scratch);
    m_after_instant = -1e9F;
    for (const Block& block : m_out.scratch.blocks) {
      const Rect box = bar_box(row, static_cast<float>(block.first), static_cast<float>(block.last));
      m_out.blocks.push_back({m_lane.id, box, block.mostly_raised ? StateLook::Raised : StateLook::Returned,
                              static_cast<float>(block.cover) * 0.25F, block.some_raised});
    }
    for (const Span& span : m_out.scratch.spans) lay_out_task(row, span, false);
    if (m_out.scratch.open) lay_out_task(row, *m_out.scratch.open, true);
  }

  StateLook look_of(const trace::TaskSpan& task, bool open) const {
    if (open || task.outcome == trace::Outcome::Aborted) return StateLook::Running;
    return task.outcome == trace::Outcome::Raised ? StateLook::Raised : StateLook::Returned;
  }

  void lay_out_task(std::size_t row, const Span& span, bool open) {
    const trace::TaskSpan& task = m_lane.tasks[span.index];
    const StateLook look = look_of(task, open);
    const float x0 = x_of(span.from);
    const float x1 = x_of(span.to);
    if (span.from == span.to && !open) {
      const float middle = bar_box(row, 0, 0).centre_y();
      m_out.instants.push_back({m_lane.id, task.future, look, x0, middle, m().instant_height});
      if (task.future == m_query.selected) {
        const float half = m().instant_height / 2;
        frame_selected({x0 - m().instant_width, middle - half, x0 + m().instant_width, middle + half});
      }
      m_after_instant = x0 + std::ceil(m().instant_width / 2) + 1;
      return;
    }
    const trace::FutureRow* future = m_run.future(task.future);
    Bar bar{.lane = m_lane.id,
            .future = task.future,
            .look = look,
            .part = BarPart::Solid,
            .box = bar_box(row, x0, x1),
            .begins = x0 >= 0,
            .ends = !open && x1 <= end_of_picture(),
            .no_end = open && m_stuck,
            .name = future != nullptr ? std::string_view(future->label) : std::string_view{},
            .value = {}};
    if (future != nullptr && !open) bar.value = look == StateLook::Raised ? future->type : future->text;
    if (x1 - x0 >= 6 * m().bar_gap) {
      bar.box.x0 += bar.begins ? m().bar_gap : 0;
      bar.box.x1 -= bar.ends ? m().bar_gap : 0;
    }
    bar.box.x0 = std::max({bar.box.x0, std::min(m_after_instant, x1), 0.0F});
    bar.box.x1 = bar.no_end ? end_of_picture() - m().chevrons : std::min(bar.box.x1, end_of_picture());
    push_around_cuts(bar, span, row == 0);
  }

  // A task is drawn where it works: its waits for an answer, for a core or for the GIL are cut out, and what it does
  // without the GIL is a part of its own.
  void push_around_cuts(Bar bar, const Span& span, bool outermost) {
    const float end = bar.box.x1;
    const bool no_end = bar.no_end;
    const std::size_t first_part = m_out.bars.size();
    const std::string_view name = std::exchange(bar.name, {});
    const std::string_view value = std::exchange(bar.value, {});
    bar.no_end = false;
    const auto push = [&](BarPart part, float x1) {
      bar.part = part;
      bar.box.x1 = x1;
      if (bar.box.width() > 0.5F) m_out.bars.push_back(bar);
      bar.box.x0 = std::max(bar.box.x0, x1);
    };
    std::vector<BarCut>& cuts = m_out.scratch_cuts;
    cuts.clear();
    if (outermost) cuts_between(span.from, span.to, m_out.scratch_gaps, m_out.scratch_away, cuts);
    for (const BarCut& cut : cuts) {
      const float from = x_of(cut.from);
      const float to = x_of(cut.to);
      // Between turns of a few pixels nothing is kept free: little would be left of them.
      const float gap = !cut.away && to - from >= 8 * m().bar_gap ? m().bar_gap : 0.0F;
      const bool answer = !cut.away && m_lane.waits[cut.wait].what.on == runtime::WaitOn::Io;
      const bool connects = answer && m_out.bars.size() == first_part;
      push(connects ? BarPart::Quiet : BarPart::Solid, std::clamp(from - gap, bar.box.x0, end));
      if (cut.away) push(BarPart::Away, std::clamp(to, bar.box.x0, end));
      bar.box.x0 = std::max(bar.box.x0, std::min(end, to + gap));
    }
    push(BarPart::Solid, end);
    if (m_out.bars.size() == first_part) return;
    m_out.bars.back().no_end = no_end;
    Bar& named = m_out.bars[part_for_words(first_part, name, value)];
    named.name = name;
    named.value = value;
    if (bar.future == m_query.selected) {
      const Rect first = m_out.bars[first_part].box;
      frame_selected({first.x0, first.y0, m_out.bars.back().box.x1, first.y1});
    }
  }

  // The first part with room for name and value, else for the name; else the last. That stays the same while it grows.
  std::size_t part_for_words(std::size_t first, std::string_view name, std::string_view value) const {
    const std::size_t last = m_out.bars.size() - 1;
    if (first == last) return last;
    const float glyph = m().bar_height * 1.2F;
    const float both = m_text_width(name, TextFont::Label) + m_text_width(value, TextFont::Label) + glyph * 1.5F;
    const float alone = m_text_width(name, TextFont::Label) + glyph;
    for (const float wanted : {both, alone}) {
      for (std::size_t i = first; i <= last; ++i) {
        if (m_out.bars[i].part != BarPart::Quiet && m_out.bars[i].box.width() >= wanted) return i;
      }
    }
    return last;
  }

  void lay_out_waits(const SpanTrack& track, WaitRow row, float middle, float text_middle) {
    if (track.size() == 0) return;
    track.pieces(m_query.visible, columns(), nanoseconds(m_query.playhead), m_out.scratch);
    const float half = m().wait_height / 2;
    for (const Block& block : m_out.scratch.blocks) {
      const Rect box{static_cast<float>(block.first), middle - half, static_cast<float>(block.last), middle + half};
      m_out.blocks.push_back({m_lane.id, box, StateLook::Waiting, static_cast<float>(block.cover) * 0.25F, false});
    }
    for (const Span& span : m_out.scratch.spans) lay_out_wait(span, row, middle, text_middle, false);
    if (m_out.scratch.open) lay_out_wait(*m_out.scratch.open, row, middle, text_middle, true);
  }

  // A wait for an answer stands in the middle of the bar that it interrupts; one for the GIL or a core as low as those
  // of lanes without a task, below its reason.
  void lay_out_gaps() {
    const float middle = bar_box(0, 0, 0).centre_y();
    const auto lay_out = [&](const Span& span, bool open) {
      const bool answer = m_lane.waits[span.index].what.on == runtime::WaitOn::Io;
      const float at = answer ? middle : m_box.y0 + m().wait_middle;
      lay_out_wait(span, WaitRow::Gap, at, answer ? middle : m_box.y0 + m().wait_text, open);
    };
    for (const Span& span : m_out.scratch_gaps.spans) lay_out(span, false);
    if (m_out.scratch_gaps.open) lay_out(*m_out.scratch_gaps.open, true);
  }

  void lay_out_turns(const Pieces& pieces, bool away, std::size_t first_bar) {
    if (m_index.tasks.empty()) return;
    const float pixels_per_column = m_query.width / static_cast<float>(cut_columns());
    for (auto it = pieces.blocks.begin(); it != pieces.blocks.end();) {
      // A few columns together: in each alone a turn more or less would make steps.
      Block block = *it++;
      float busy = block.share * static_cast<float>(block.last - block.first);
      for (; it != pieces.blocks.end() && it->first == block.last && block.last - block.first < even_columns; ++it) {
        busy += it->share * static_cast<float>(it->last - it->first);
        block.last = it->last;
      }
      const Rect box = bar_box(0, std::round(static_cast<float>(block.first) * pixels_per_column),
                               std::round(static_cast<float>(block.last) * pixels_per_column));
      const auto middle = m_scale.at(static_cast<double>(box.x0 + box.x1) * 0.5);
      const auto task = m_index.tasks[0].last_begun(nanoseconds(middle));
      if (!task) continue;
      const trace::TaskSpan& row = m_lane.tasks[task->index];
      const StateLook look = look_of(row, !row.ended || *row.ended > m_query.playhead);
      m_out.turns.push_back({m_lane.id, box, look, away, busy / static_cast<float>(block.last - block.first)});
    }
    if (pieces.blocks.empty()) return;
    for (std::size_t i = first_bar; i < m_out.bars.size(); ++i) {
      Bar& bar = m_out.bars[i];
      if (bar.name.empty() && bar.value.empty()) continue;
      bar.under_turns = bar.under_turns || std::ranges::any_of(pieces.blocks, [&](const Block& block) {
                          return static_cast<float>(block.first) * pixels_per_column < bar.box.x1 &&
                                 bar.box.x0 < static_cast<float>(block.last) * pixels_per_column;
                        });
    }
  }

  void lay_out_wait(const Span& span, WaitRow row, float middle, float text_middle, bool open) {
    const float x0 = x_of(span.from);
    const float x1 = open && m_stuck ? end_of_picture() - m().chevrons : x_of(span.to);
    if (span.from == span.to && !open) return;  // it never had to wait
    WaitBox wait;
    wait.lane = m_lane.id;
    wait.wait = span.index;
    wait.row = row;
    wait.stuck = open && m_stuck;
    wait.ends = !open && x1 <= end_of_picture();
    const float half = (wait.stuck ? m().stuck_wait_height : m().wait_height) / 2;
    wait.box = {std::max(x0, 0.0F), middle - half, std::min(x1, end_of_picture()), middle + half};
    if (x1 - x0 > 4 * m().wait_gap && row != WaitRow::Gap) {
      wait.box.x0 += x0 >= 0 ? m().wait_gap - m().bar_gap : 0;
      wait.box.x1 -= wait.ends ? m().wait_gap : 0;
    }
    wait.text_y = text_middle;
    const bool answer = m_lane.waits[span.index].what.on == runtime::WaitOn::Io;
    if (row != WaitRow::Gap || !answer) place_reason(wait, x1, open);
    m_out.waits.push_back(std::move(wait));
  }

  // The forms of a reason, the longest first; each has lost the first words of the one before.
  std::vector<std::string> reason_forms(const WaitBox& wait) const {
    const trace::WaitSpan& span = m_lane.waits[wait.wait];
    WaitWords words = wait_words(m_run, span);
    std::vector<std::string> forms;
    if (wait.stuck) {
      const std::string what = (span.what.on == runtime::WaitOn::Wait ? "waits for " : "waits for the ") + words.full;
      if (wait.row == WaitRow::Inside) forms.push_back("inside it: " + what);
      forms.push_back(what);
    } else if (wait.row == WaitRow::Inside) {
      forms.push_back("inside it: " + words.full);
    }
    forms.push_back(std::move(words.full));
    forms.push_back(std::move(words.brief));
    return forms;
  }

  void place_reason(WaitBox& wait, float x1, bool open) {
    const float left = wait.box.x0 + (wait.stuck ? m().bar_height : 0);
    const float room = std::min(x1, end_of_picture()) + m().bar_gap - left - (wait.stuck ? m().chevrons * 2 : 0);
    const float right = m_out.playhead_x + m().note_gap;
    const bool at_playhead = open && !wait.stuck;
    const float room_right = at_playhead ? end_of_picture() - right - m().note_gap : 0;
    if (room < m().diamond * 2 && room_right <= 0) return;
    for (std::string& form : reason_forms(wait)) {
      const float width = m_text_width(form, TextFont::Label);
      const bool after = at_playhead && width <= room_right;
      if (!after && width > room) continue;
      wait.text_x = after ? right : left;
      wait.text = std::move(form);
      return;
    }
  }

  void lay_out_wake_up() {
    const trace::WaitSpan* wait = trace::wait_at(m_lane, m_query.playhead);
    if (wait == nullptr || wait->what.on != runtime::WaitOn::Sleep || !wait->what.deadline) return;
    const float x0 = m_out.playhead_x;
    const float x1 = std::min(std::round(m_scale.x(*wait->what.deadline)), end_of_picture());
    if (*wait->what.deadline <= m_query.playhead || x0 >= end_of_picture() || x1 <= 0) return;
    const trace::TaskSpan* task = trace::task_at(m_lane, m_query.playhead);
    WakeUp wake{.lane = m_lane.id, .future = no_future, .box = {}, .text = {}};
    if (task != nullptr) {
      const std::size_t row = m_index.tasks.empty() ? 0 : depth_at_playhead();
      wake.future = task->future;
      wake.box = bar_box(row, std::max(0.0F, x0), x1);
      wake.text = wake_words(wait_words(m_run, *wait), wake.box.width() - m().note_gap * 2.4F);
      if (task->future == m_query.selected) join_selected(wake.box);
    } else {
      const float middle = m_box.y0 + m().wait_middle;
      wake.box = {std::max(0.0F, x0), middle - m().wait_height / 2, x1, middle + m().wait_height / 2};
    }
    m_out.wake_ups.push_back(std::move(wake));
  }

  std::string wake_words(WaitWords words, float room) const {
    if (m_text_width(words.full, TextFont::Label) <= room) return std::move(words.full);
    if (m_text_width(words.brief, TextFont::Label) <= room) return std::move(words.brief);
    return {};
  }

  std::size_t depth_at_playhead() const {
    std::size_t depth = 0;
    for (std::size_t row = 1; row < m_index.tasks.size(); ++row) {
      const auto last = m_index.tasks[row].last_begun(nanoseconds(m_query.playhead));
      if (!last) continue;
      const trace::TaskSpan& task = m_lane.tasks[last->index];
      if (!task.ended || *task.ended > m_query.playhead) depth = row;
    }
    return depth;
  }

  // One frame around the bar and what is known to come of it.
  void join_selected(const Rect& box) {
    for (SelectedBox& frame : m_out.selected) {
      if (frame.box.y0 == box.y0 && std::abs(frame.box.x1 - box.x0) < 2.0F) {
        frame.box.x1 = box.x1;
        return;
      }
    }
    frame_selected(box);
  }
  void frame_selected(const Rect& box) { m_out.selected.push_back({m_lane.id, box}); }

  void lay_out_deliveries() {
    const auto& all = m_run.deliveries();
    const auto& mine = m_index.deliveries;
    const bool inside = m_index.inside_waits.size() > 0;
    const float y = (inside ? inside_top() : m_box.y0) + m().wait_middle;
    const Instant from = m_scale.at(-static_cast<double>(m().diamond));
    const auto before = [&](Instant t) { return [&all, t](std::uint32_t i) { return all[i].t < t; }; };
    auto it = std::partition_point(mine.begin(), mine.end(), before(from));
    const Instant to = std::min(m_query.playhead, m_scale.at(static_cast<double>(m_query.width + m().diamond)));
    while (it != mine.end() && all[*it].t <= to) {
      const trace::Delivery& delivery = all[*it];
      const trace::FutureRow* future = m_run.future(delivery.future);
      const bool raised = future != nullptr && future->outcome == trace::Outcome::Raised;
      const bool filled = delivery.by == trace::DeliveredBy::Map || delivery.by == trace::DeliveredBy::Result;
      m_out.deliveries.push_back({m_lane.id, *it, delivery.future, raised ? StateLook::Raised : StateLook::Returned,
                                  filled, std::round(m_scale.x(delivery.t)), y});
      // Those too near to be told apart are one mark; it stands for the first of them.
      const Instant next =
          delivery.t +
          Duration{std::llround(m_scale.nanoseconds_per_pixel() * static_cast<double>(m().diamond * 1.5F))};
      it = std::partition_point(it + 1, mine.end(), before(next));
    }
  }

  void note_idle() {
    if (m_lane.kind == trace::LaneKind::Main) return;
    const Doing doing = doing_at(m_run, m_lane, m_query.playhead);
    if (!doing.idle) return;
    constexpr std::string_view word = "idle";
    const float width = m_text_width(word, TextFont::Label);
    const auto last = m_index.tasks.empty() ? std::nullopt : m_index.tasks[0].last_begun(nanoseconds(m_query.playhead));
    float x = x_of(nanoseconds(m_lane.began)) + m().note_gap;
    if (last) x = x_of(nanoseconds(m_lane.tasks[last->index].ended.value_or(m_query.playhead))) + m().note_gap;
    x = std::max(x, m().note_gap);
    if (x + width + m().note_gap * 1.8F > m_out.playhead_x) x = m_out.playhead_x + m().note_gap;
    if (x + width > end_of_picture()) return;
    m_out.notes.push_back({m_lane.id, x, bar_box(0, 0, 0).centre_y(), word});
  }

  const trace::Run& m_run;
  const trace::Lane& m_lane;
  const LaneIndex& m_index;
  const TimelineQuery& m_query;
  const TextWidth& m_text_width;
  const LaneBox& m_box;
  TimelineLayout& m_out;
  TimeScale m_scale;
  bool m_stuck;
  float m_after_instant = -1e9F;
};

}  // namespace

void lay_out_lane(const trace::Run& run, const LaneIndex& index, const TimelineQuery& query,
                  const TextWidth& text_width, const LaneBox& box, TimelineLayout& out) {
  LaneLayout(run, index, query, text_width, box, out).lay_out();
}

}  // namespace loiter::views
