#include "cli/text_timeline.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <unordered_set>

#include "cli/cell_row.hpp"
#include "cli/display_width.hpp"
#include "cli/marks.hpp"
#include "views/lane_tags.hpp"
#include "views/ruler.hpp"
#include "views/words.hpp"

namespace loiter::cli {
namespace {

using runtime::WaitOn;
using trace::Outcome;
using views::StateLook;

// Nearer ticks fill the ruler with numbers that nobody needs; farther ones leave a bar's end to guessing.
constexpr float least_tick_columns = 12.0F;

// Tasks too short for a column of their own, together in one.
struct Speck {
  Duration busy{};
  bool raised = false;
};

struct Extent {
  int from = 0;
  int to = 0;  // exclusive
  bool open = false;
  int length() const { return to - from; }
};

class LaneRow {
 public:
  LaneRow(const trace::Run& run, const trace::Lane& lane, const TimelineQuery& query)
      : m_run(run),
        m_lane(lane),
        m_query(query),
        m_marks(marks_of(query.utf8)),
        m_cells(query.columns),
        m_has_bar(static_cast<std::size_t>(query.columns)) {}

  CellRow draw() {
    draw_idle();
    collect_specks();
    for (const trace::TaskSpan& task : m_lane.tasks) draw_task(task);
    draw_specks();
    for (const trace::WaitSpan& wait : m_lane.waits) draw_wait(wait);
    return m_cells;
  }

 private:
  int column(Instant t) const {
    const auto length = static_cast<double>(std::max<std::int64_t>(1, m_query.range.length().count()));
    const double share = static_cast<double>((t - m_query.range.from).count()) / length;
    return static_cast<int>(std::clamp(std::floor(share * m_query.columns + 1e-6), 0.0, 1e6));
  }

  // Nothing if it begins after the instant shown; no length if it took less than a column.
  std::optional<Extent> extent(Instant began, const std::optional<Instant>& ended) const {
    if (began > m_query.now) return std::nullopt;
    const bool open = !ended || *ended > m_query.now;
    Extent extent{.from = column(began), .to = column(open ? m_query.now : *ended), .open = open};
    if (open && extent.to == extent.from) ++extent.to;
    if (!open && *ended - began < m_per_column) extent.to = extent.from;
    return extent;
  }

  bool is_stuck() const { return views::lane_is_stuck(m_run, m_lane.id, m_query.now); }

  void draw_idle() {
    if (m_lane.kind == trace::LaneKind::Main) return;
    if (const auto alive = extent(m_lane.began, m_lane.ended)) {
      m_cells.fill(alive->from, alive->to, m_marks.idle, {.paint = Paint::Quiet});
    }
  }

  void collect_specks() {
    for (const trace::TaskSpan& task : m_lane.tasks) {
      const auto where = extent(task.began, task.ended);
      if (!where || where->length() > 0) continue;
      Speck& speck = m_specks[std::min(where->from, m_query.columns - 1)];
      speck.busy += *task.ended - task.began;
      speck.raised = speck.raised || task.outcome == Outcome::Raised;
    }
  }

  // Where many short tasks keep the lane busy they look like a bar, and else like a line each.
  void draw_specks() {
    for (const auto& [at, speck] : m_specks) {
      if (m_has_bar[static_cast<std::size_t>(at)]) continue;
      const StateLook look = speck.raised ? StateLook::Raised : StateLook::Returned;
      const bool full = speck.busy * 2 >= m_per_column && m_per_column.count() > 0;
      const bool solid = full && m_query.colours;
      m_cells.put(at, !full ? m_marks.instant : solid ? " " : bar_of(m_marks, look), {paint_of(look), solid});
    }
  }

  void draw_task(const trace::TaskSpan& task) {
    auto where = extent(task.began, task.ended);
    if (!where || where->length() < 1) return;
    // A task of no length just before keeps its column, if the bar can spare it.
    if (where->length() >= 4 && m_specks.contains(where->from)) ++where->from;
    const StateLook look = where->open || task.outcome == Outcome::Aborted ? StateLook::Running
                           : task.outcome == Outcome::Raised               ? StateLook::Raised
                                                                           : StateLook::Returned;
    draw_bar(*where, look);
    const int end = where->open ? draw_known(where->to) : where->to;
    if (const auto answered = last_answer(task)) {
      if (!*answered) return;  // it waits for one: that is what is said
      where->from = std::clamp(column(**answered), where->from, where->to);
      if (where->length() > 0) m_cells.put(where->from, sign_of(m_marks, look), {paint_of(look), m_query.colours});
    }
    name_task(task, *where, end, look);
  }

  // When the last answer came that the task waited for; within: nothing while it still waits. None: it waits for none.
  std::optional<std::optional<Instant>> last_answer(const trace::TaskSpan& task) const {
    std::optional<std::optional<Instant>> answered;
    auto wait = std::ranges::lower_bound(m_lane.waits, task.began, {}, &trace::WaitSpan::began);
    const Instant end = std::min(m_query.now, task.ended.value_or(m_query.now));
    for (; wait != m_lane.waits.end() && wait->began <= end; ++wait) {
      if (wait->what.on != WaitOn::Io) continue;
      answered = wait->ended && *wait->ended <= m_query.now ? wait->ended : std::nullopt;
    }
    return answered;
  }

  void draw_bar(const Extent& where, StateLook look) {
    std::fill(m_has_bar.begin() + where.from, m_has_bar.begin() + std::min(where.to, m_query.columns), true);
    const Ink ink{.paint = paint_of(look), .solid = m_query.colours};
    const bool patterned = look == StateLook::Raised || !m_query.colours;
    m_cells.fill(where.from, where.to, patterned ? bar_of(m_marks, look) : " ", ink);
    m_cells.put(where.from, sign_of(m_marks, look), ink);
    if (m_query.colours && !where.open && where.length() >= 2) {
      m_cells.put(where.to - 1, m_marks.bar_end, {.paint = ink.paint});
    }
  }

  // The rest of a sleep, dotted; gives where it ends.
  int draw_known(int from) {
    const trace::WaitSpan* wait = trace::wait_at(m_lane, m_query.now);
    if (wait == nullptr || wait->what.on != WaitOn::Sleep || !wait->what.deadline) return from;
    const int to = std::clamp(column(*wait->what.deadline), from, m_query.columns);
    m_cells.fill(from, to, m_marks.known, {.paint = Paint::Running});
    return to;
  }

  void name_task(const trace::TaskSpan& task, const Extent& where, int end, StateLook look) {
    const int room = end - where.from - (where.open ? 2 : 3);  // after the sign and a space, before the bar's end
    if (room < 2) return;
    const std::string name = one_line(views::future_name(m_run, task.future));
    const int wide = display_width(name);
    if (wide > room) {
      // Of loiter(12) the arguments tell more than the rest.
      const std::string brief = views::brief_label(name);
      if (brief != name && display_width(brief) <= room) {
        m_cells.write(where.from + 1, end, " " + brief + (display_width(brief) < room ? " " : ""));
        return;
      }
      const std::size_t arguments = name.find('(');
      if (arguments == std::string::npos || display_width(name.substr(arguments)) > room) return;
      m_cells.write(where.from + 1, end, " " + name.substr(arguments));
      return;
    }
    m_cells.write(where.from + 1, end, " " + name + (wide < room ? " " : ""));
    if (!where.open) write_value(task, where, where.from + 3 + wide, look);
  }

  void write_value(const trace::TaskSpan& task, const Extent& where, int from, StateLook look) {
    const trace::FutureRow* future = m_run.future(task.future);
    if (future == nullptr || look == StateLook::Running) return;
    const std::string value = one_line(look == StateLook::Raised ? future->type : future->text);
    const int begin = where.to - 2 - display_width(value);
    if (value.empty() || begin < from) return;
    m_cells.write(begin - 1, where.to - 1, " " + value + " ");
  }

  void draw_wait(const trace::WaitSpan& wait) {
    if (views::is_idle_wait(wait)) return;
    const auto where = extent(wait.began, wait.ended);
    if (!where || where->length() < 1) return;
    if (wait.what.on == WaitOn::Sleep) {
      if (trace::task_at(m_lane, wait.began) != nullptr) return;  // its task's bar says so
      m_cells.fill(where->from, where->to, m_marks.known, {.paint = Paint::Running});
    } else {
      const StateLook look = where->open && is_stuck() ? StateLook::Stuck : StateLook::Waiting;
      m_cells.fill(where->from, where->to, bar_of(m_marks, look), {.paint = paint_of(look)});
    }
    say_why(wait, *where);
  }

  // The longest form of the reason that fits; that of an open wait may stand in the empty time after it.
  void say_why(const trace::WaitSpan& wait, const Extent& where) {
    const bool has_room_after = where.open && trace::task_at(m_lane, m_query.now) == nullptr;
    const int end = has_room_after ? m_query.columns : where.to;
    const views::WaitWords words = views::wait_words(m_run, wait);
    for (const std::string& text : {one_line(words.full), one_line(words.brief)}) {
      if (display_width(text) + 3 > end - where.from) continue;
      m_cells.write(where.from + 1, end, " " + text + " ");
      return;
    }
  }

  const trace::Run& m_run;
  const trace::Lane& m_lane;
  const TimelineQuery& m_query;
  const Marks& m_marks;
  const Duration m_per_column = m_query.range.length() / std::max(1, m_query.columns);
  CellRow m_cells;
  std::map<int, Speck> m_specks;
  std::vector<bool> m_has_bar;  // by column
};

// Who got a result first, and when: a diamond where the wait for it ended. as_completed hands out the future, and the
// program then reads its result at once: that is one delivery to the eye.
void draw_deliveries(const trace::Run& run, const TimelineQuery& query, std::map<LaneId, CellRow>& rows) {
  const Marks& marks = marks_of(query.utf8);
  const auto length = static_cast<double>(std::max<std::int64_t>(1, query.range.length().count()));
  std::unordered_set<FutureId> delivered;
  for (const trace::Delivery& delivery : run.deliveries()) {
    if (delivery.t > query.now) break;
    if (!delivered.insert(delivery.future).second) continue;
    const auto row = rows.find(delivery.lane);
    if (row == rows.end()) continue;
    const double share = static_cast<double>((delivery.t - query.range.from).count()) / length;
    const int column = std::min(static_cast<int>(share * query.columns + 1e-6), query.columns - 1);
    const trace::FutureRow* future = run.future(delivery.future);
    const bool raised = future != nullptr && future->outcome == Outcome::Raised;
    row->second.put(column, delivery.by == trace::DeliveredBy::AsCompleted ? marks.as_finished : marks.delivered,
                    {.paint = raised ? Paint::Raised : Paint::Returned});
  }
}

}  // namespace

std::vector<const trace::Lane*> shown_lanes(const trace::Run& run) {
  std::vector<const trace::Lane*> lanes;
  for (const trace::Lane& lane : run.lanes()) {
    if (lane.kind != trace::LaneKind::Server) lanes.push_back(&lane);
  }
  return lanes;
}

std::vector<TextLine> lane_rows(const trace::Run& run, const TimelineQuery& query) {
  std::map<LaneId, CellRow> rows;
  const std::vector<const trace::Lane*> lanes = shown_lanes(run);
  const std::size_t count = std::min(lanes.size(), query.lanes);
  for (std::size_t i = 0; i < count; ++i) rows.insert_or_assign(lanes[i]->id, LaneRow(run, *lanes[i], query).draw());
  draw_deliveries(run, query, rows);
  std::vector<TextLine> lines(count);
  for (std::size_t i = 0; i < count; ++i) rows.at(lanes[i]->id).append_to(lines[i]);
  return lines;
}

TextLine ruler_row(const TimelineQuery& query, Duration unit) {
  CellRow cells(query.columns);
  const auto ticks = views::ruler_ticks(query.range, static_cast<float>(query.columns), least_tick_columns,
                                        views::RulerMeasure::Seconds, unit);
  int free_from = 0;
  for (const views::Tick& tick : ticks) {
    const int wide = display_width(tick.label);
    // The last one ends with the picture.
    const int at = std::min(static_cast<int>(tick.x + 0.001F), query.columns - wide);
    if (at < free_from) continue;
    cells.write(at, query.columns, tick.label);
    free_from = at + wide + 1;
  }
  TextLine line;
  cells.append_to(line);
  for (Piece& piece : line.pieces) piece.ink.paint = Paint::Quiet;
  return line;
}

std::vector<std::string> lane_names(const trace::Run& run, std::size_t lanes, bool brief) {
  views::LaneTags tags;
  tags.update(run);
  std::vector<std::string> names;
  const std::vector<const trace::Lane*> all = shown_lanes(run);
  for (std::size_t i = 0; i < std::min(lanes, all.size()); ++i) {
    const trace::Lane& lane = *all[i];
    const std::string& tag = tags.of(lane.id).text;
    const bool worker = lane.kind == trace::LaneKind::Thread || lane.kind == trace::LaneKind::Process;
    names.push_back(brief ? tag : worker ? "worker " + tag : one_line(lane.name));
  }
  return names;
}

}  // namespace loiter::cli
