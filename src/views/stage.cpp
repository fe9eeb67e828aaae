#include "views/stage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/text.hpp"
#include "views/words.hpp"

namespace loiter::views {
namespace {

constexpr float margin = 14.0F;
constexpr float heading_height = 22.0F;
constexpr float arrow_room = 36.0F;
constexpr float least_row_height = 22.0F;
constexpr float most_row_height = 28.0F;
constexpr float row_gap = 4.0F;
constexpr float token_height = 17.0F;
constexpr float token_gap = 1.0F;
constexpr float least_seat = 26.0F;
constexpr float slot_gap = 3.0F;
constexpr float least_slot = 24.0F;
constexpr float most_slot = 40.0F;
constexpr float slot_height = 26.0F;
constexpr float least_height = 100.0F;
constexpr float submit_room = 16.0F;  // below the boxes
constexpr std::size_t most_seats = 2000;
constexpr float narrow = 500.0F;          // as on the wall
constexpr float least_gil_seat = 138.0F;  // in which the token has room for its word

std::string more_text(std::size_t count) { return fmt::format("+ {} more", count); }

struct Widths {
  float queue, call_queue, workers, shelf, caller;
};

// What is left of a wide window goes to the workers and the shelf.
Widths widths(float width, bool has_call_queue) {
  const float arrows = arrow_room * (has_call_queue ? 4 : 3);
  const float room = std::max(260.0F, width - 2 * margin - arrows);
  Widths w{};
  w.queue = std::min(room * (has_call_queue ? 0.15F : 0.175F), 170.0F);
  w.call_queue = has_call_queue ? std::min(room * 0.16F, 190.0F) : 0.0F;
  const float caller_share = width < narrow ? 0.26F : has_call_queue ? 0.2F : 0.205F;  // so that its words have room
  w.caller = std::min(room * caller_share, 210.0F);
  const float rest = room - w.queue - w.call_queue - w.caller;
  w.workers = std::floor(rest * (has_call_queue ? 0.5F : 0.56F));
  w.shelf = rest - w.workers;
  return w;
}

class Layout {
 public:
  Layout(const trace::Run& run, const FutureTimes& times, Instant t, float width, float height)
      : m_run(run), m_times(times), m_t(t), m_width(width), m_height(height) {}

  Stage make() {
    m_stage.sentence = stage_sentence(m_run, m_times, m_t);
    m_stage.has_room = m_height >= least_height;
    fill_caller();
    if (!m_stage.has_room) return std::move(m_stage);
    look_at_pools();
    place_boxes();
    fill_queue();
    if (m_stage.call_queue) fill_call_queue();
    m_is_sequential ? seat_caller() : fill_workers();
    fill_shelf();
    place_gils();
    return std::move(m_stage);
  }

 private:
  void look_at_pools() {
    const auto& pools = m_run.pools();
    for (const trace::Pool& pool : pools) {
      m_most_workers += trace::max_workers_at(pool, m_t);
      m_has_processes = m_has_processes || std::ranges::any_of(pool.workers, [&](LaneId lane) {
                          const trace::Lane* row = m_run.lane(lane);
                          return row != nullptr && row->kind == trace::LaneKind::Process;
                        });
    }
    m_has_processes = m_has_processes || (m_run.header().mode == trace::Mode::Processes && m_most_workers > 0);
    m_is_sequential = m_most_workers == 0 && (!pools.empty() || m_run.header().mode == trace::Mode::Sequential);
  }

  void place_boxes() {
    const Widths w = widths(m_width, m_has_processes);
    const float top = heading_height + 4.0F;
    const float bottom = m_height - 5.0F - submit_room;
    float x = margin;
    const auto next = [&](float wide) {
      const Rect box{x, top, x + std::floor(wide), bottom};
      x = box.x1 + arrow_room;
      return box;
    };
    const std::size_t pools = m_run.pools().size();
    m_stage.queue.heading = m_is_sequential || pools < 2 ? "Queue" : fmt::format("Queues of {} pools", pools);
    m_stage.queue.box = next(w.queue);
    if (m_has_processes) m_stage.call_queue = StageBox{"Call queue", {}, {}, next(w.call_queue), {}};
    m_stage.workers.heading = m_is_sequential ? "No workers" : m_has_processes ? "Processes" : "Workers";
    m_stage.workers.box = next(w.workers);
    m_stage.shelf.heading = "Results";
    m_stage.shelf.box = next(w.shelf);
    m_stage.caller.box = next(w.caller);
    m_stage.caller.box.x1 = std::max(m_stage.caller.box.x1, m_width - margin);
    m_stage.submit_y = m_height - 10.0F;
  }

  // --- Queues ---

  static std::size_t lines_in(const Rect& box) {
    return static_cast<std::size_t>(std::max(1.0F, (box.height() - 6.0F + token_gap) / (token_height + token_gap)));
  }
  static Rect line_in(const Rect& box, std::size_t line) {
    const float y = box.y0 + 4.0F + static_cast<float>(line) * (token_height + token_gap);
    return {box.x0 + 4.0F, y, box.x1 - 4.0F, y + token_height};
  }

  void put_in(StageBox& into, const std::vector<FutureId>& futures, std::size_t count, StagePlace place,
              StateLook look) {
    const std::size_t lines = lines_in(into.box);
    const std::size_t shown = count > lines ? lines - 1 : count;
    for (std::size_t i = 0; i < std::min(shown, futures.size()); ++i) {
      m_stage.tokens.push_back({futures[i], place, look, future_name(m_run, futures[i]), {}, line_in(into.box, i)});
    }
    into.more_box = line_in(into.box, shown);
    if (count > shown) into.more = more_text(count - shown);
    if (count == 0) into.note = "empty";
  }

  void fill_queue() {
    if (m_is_sequential) {
      m_stage.queue.note = "no queue";
      return;
    }
    const std::size_t lines = lines_in(m_stage.queue.box);
    const std::size_t submitted = m_times.submitted_by(m_t);
    const std::size_t left = m_times.left_queue_by(m_t);
    const std::vector<Instant>& left_at = m_times.column(FutureTimes::LeftQueue);
    std::vector<FutureId> first;
    std::size_t promises = 0;
    for (std::size_t row = 0; row < submitted && first.size() < lines; ++row) {
      if (left_at[row] <= m_t) continue;
      const trace::FutureRow& future = m_run.futures()[row];
      if (future.executor) {
        first.push_back(future.id);
      } else {
        ++promises;
      }
    }
    const std::size_t waiting = submitted > left ? submitted - left : 0;
    put_in(m_stage.queue, first, waiting - std::min(waiting, promises), StagePlace::Queue, StateLook::Pending);
  }

  // Those that say they run, and do not: the latest to leave the queue are looked at.
  void fill_call_queue() {
    constexpr std::size_t looked_at = 256;
    const auto& left = m_run.left_queue();
    std::vector<FutureId> futures;
    const std::size_t end = m_times.left_queue_by(m_t);
    for (std::size_t i = end > looked_at ? end - looked_at : 0; i < end; ++i) {
      const trace::FutureRow* future = m_run.future(left[i]);
      if (future != nullptr && trace::in_call_queue_at(*future, m_t)) futures.push_back(future->id);
    }
    put_in(*m_stage.call_queue, futures, futures.size(), StagePlace::CallQueue, StateLook::CallQueue);
  }

  // --- Workers ---

  struct Grid {
    std::size_t rows = 1;
    std::size_t columns = 1;
    float width = 0.0F;
    float height = least_row_height;
  };

  Grid grid_for(std::size_t seats) const {
    const Rect& box = m_stage.workers.box;
    Grid grid;
    grid.rows = static_cast<std::size_t>(std::max(1.0F, (box.height() + row_gap) / (least_row_height + row_gap)));
    const auto rows = static_cast<float>(grid.rows);
    grid.height = std::min(most_row_height, std::floor((box.height() - row_gap * (rows - 1)) / rows));
    const auto most_columns =
        static_cast<std::size_t>(std::max(1.0F, (box.width() + row_gap) / (least_seat + row_gap)));
    grid.columns = std::clamp<std::size_t>((seats + grid.rows - 1) / grid.rows, 1, most_columns);
    const auto columns = static_cast<float>(grid.columns);
    grid.width = std::floor((box.width() - row_gap * (columns - 1)) / columns);
    return grid;
  }
  Rect seat(const Grid& grid, std::size_t place) const {
    const Rect& box = m_stage.workers.box;
    const auto column = static_cast<float>(place / grid.rows);
    const auto row = static_cast<float>(place % grid.rows);
    const float x = box.x0 + column * (grid.width + row_gap);
    const float y = box.y0 + row * (grid.height + row_gap);
    return {x, y, x + grid.width, y + grid.height};
  }

  void fill_workers() {
    std::vector<const trace::Lane*> lanes;
    for (const trace::Pool& pool : m_run.pools()) {
      for (const LaneId id : pool.workers) {
        const trace::Lane* lane = m_run.lane(id);
        if (lane != nullptr && lane->began <= m_t) lanes.push_back(lane);
      }
    }
    std::ranges::sort(lanes, {}, &trace::Lane::id);
    const std::size_t wanted = std::max<std::size_t>(lanes.size(), std::min<std::size_t>(m_most_workers, most_seats));
    const Grid grid = grid_for(wanted);
    const std::size_t room = grid.rows * grid.columns;
    // A seat of its own for the count, wide enough to be read: the whole last column if seats are narrow.
    const bool is_narrow = grid.width < 60.0F;
    const std::size_t given_up = wanted <= room ? 0 : is_narrow ? 2 * grid.rows : 1;
    const std::size_t shown = wanted <= room ? wanted : room - std::min(room, given_up);
    for (std::size_t i = 0; i < shown; ++i) {
      m_stage.seats.push_back(i < lanes.size() ? worker(*lanes[i], seat(grid, i)) : not_started(seat(grid, i)));
    }
    if (m_most_workers == 0 && lanes.empty()) m_stage.workers.note = "none yet";
    if (shown == wanted) return;
    std::size_t busy = 0;
    for (std::size_t i = shown; i < lanes.size(); ++i) busy += trace::task_at(*lanes[i], m_t) != nullptr ? 1 : 0;
    m_stage.workers.more = more_text(wanted - shown);
    m_stage.workers.note = busy > 0 ? fmt::format("{} busy", busy) : "";
    m_stage.workers.more_box = seat(grid, shown);
    m_stage.workers.more_box.x1 = m_stage.workers.box.x1;
  }

  static StageWorker not_started(const Rect& box) {
    StageWorker worker;
    worker.note = "not started";
    worker.box = box;
    return worker;
  }

  StageWorker worker(const trace::Lane& lane, const Rect& box) {
    StageWorker worker;
    worker.lane = lane.id;
    worker.name = lane.name;
    worker.box = box;
    if (lane.ended && *lane.ended <= m_t) {
      worker.note = "ended";
      return worker;
    }
    const trace::TaskSpan* task = trace::task_at(lane, m_t);
    if (task == nullptr) {
      worker.note = "idle";
      return worker;
    }
    worker.task = task->future;
    worker.look = doing_at(m_run, lane, m_t).look.value_or(StateLook::Running);
    tell_progress(worker, lane, *task);
    m_stage.tokens.push_back({task->future,
                              StagePlace::Worker,
                              worker.look,
                              future_name(m_run, task->future),
                              {},
                              {box.x0 + std::min(28.0F, box.width() * 0.5F), box.y0, box.x1, box.y1}});
    if (box.width() < 60.0F) m_stage.tokens.back().box = box;
    return worker;
  }

  // "2.40 of 4 s" while its end is known, else "2.40 s"; of a download "43 %".
  void tell_progress(StageWorker& worker, const trace::Lane& lane, const trace::TaskSpan& task) const {
    const trace::FutureRow* future = m_run.future(task.future);
    const trace::WaitSpan* wait = trace::wait_at(lane, m_t);
    const Duration so_far = m_t - task.began;
    if (future != nullptr) worker.share = trace::progress_at(*future, m_t);
    if (worker.share) {
      worker.note = fmt::format("{:.0f} %", std::floor(*worker.share * 100));
    } else if (wait != nullptr && wait->what.on == runtime::WaitOn::Sleep && wait->what.deadline) {
      const Duration whole = *wait->what.deadline - task.began;
      worker.note = fmt::format("{:.2f} of {:.4g} s", to_seconds(so_far), to_seconds(whole));
      if (whole > Duration::zero()) worker.share = std::clamp(to_seconds(so_far) / to_seconds(whole), 0.0, 1.0);
    } else {
      worker.note = seconds_text(so_far);
    }
  }

  // Sequentially the calling program runs each call itself.
  void seat_caller() {
    const trace::Lane* main = m_run.lane(main_lane);
    if (main == nullptr || main->began > m_t) return;
    const Grid grid = grid_for(1);
    m_stage.seats.push_back(worker(*main, seat(grid, 0)));
    if (m_stage.seats.back().task == no_future) m_stage.seats.back().note = "main runs each call itself";
  }

  // --- Results ---

  // With more futures than slots the window of them turns a page when half of it is delivered.
  void fill_shelf() {
    const Rect& box = m_stage.shelf.box;
    const std::size_t submitted = m_times.submitted_by(m_t);
    const float each = (box.width() + slot_gap) / static_cast<float>(std::max<std::size_t>(submitted, 5)) - slot_gap;
    const float side = std::floor(std::clamp(each, least_slot, most_slot));
    const auto slots = static_cast<std::size_t>(std::max(1.0F, (box.width() + slot_gap) / (side + slot_gap)));
    const std::vector<Instant>& delivered = m_times.column(FutureTimes::Delivered);
    std::size_t count = 0;
    std::size_t first_open = submitted;
    for (std::size_t row = 0; row < submitted; ++row) {
      const bool has = delivered[row] <= m_t;
      count += has ? 1 : 0;
      if (!has && first_open == submitted) first_open = row;
    }
    const std::size_t half = std::max<std::size_t>(1, slots / 2);
    const std::size_t last_start = submitted > slots ? submitted - slots : 0;
    const std::size_t start = std::min(last_start, first_open / half * half);
    const float y = box.y0 + std::floor(std::max(15.0F, (box.height() - 66.0F) * 0.5F + 15.0F));
    for (std::size_t i = 0; i < std::min(slots, submitted - start); ++i) {
      const float x = box.x0 + static_cast<float>(i) * (side + slot_gap);
      add_slot(start + i, {x, y, x + side, y + slot_height});
    }
    const std::size_t after = submitted > start + slots ? submitted - start - slots : 0;
    if (after > 0) m_stage.shelf.more = more_text(after);
    if (start > 0)
      m_stage.shelf.more =
          after > 0 ? fmt::format("+ {} before, {} more", start, after) : fmt::format("+ {} before", start);
    m_stage.shelf.more_box = {box.x0, y + 34.0F, box.x1, y + 52.0F};
    if (count > 0) m_stage.delivered = fmt::format("{} delivered", count);
    m_stage.submitted = fmt::format("submits: {} so far", submitted);
  }

  void add_slot(std::size_t row, const Rect& box) {
    const trace::FutureRow& future = m_run.futures()[row];
    const StateLook look = look_at(future, m_t).value_or(StateLook::Pending);
    const bool by_map = m_times.column(FutureTimes::ByMap)[row] <= m_t;
    const bool delivered = m_times.column(FutureTimes::Delivered)[row] <= m_t;
    m_stage.slots.push_back({future.id, look, fmt::format("#{}", future.id.value), delivered, by_map, box});
    if (m_times.column(FutureTimes::Over)[row] > m_t) return;
    const std::string value = look == StateLook::Returned ? printable(future.text, 12) : std::string{};
    m_stage.tokens.push_back({future.id, StagePlace::Shelf, look, future_name(m_run, future.id), value, box});
  }

  // --- The GIL ---

  static Rect gil_in(const Rect& seat) {
    const float y = std::round(seat.centre_y()) - 8.0F;
    if (seat.width() < 60.0F) return {seat.x1 - 10.0F, seat.y0 + 3.0F, seat.x1 - 3.0F, seat.y0 + 10.0F};
    // Between the lane's tag and its task.
    if (seat.width() < least_gil_seat) return {seat.x0 + 19.0F, y + 4.0F, seat.x0 + 27.0F, y + 12.0F};
    return {seat.x1 - 33.0F, y, seat.x1 - 5.0F, y + 15.0F};
  }

  void place_gils() {
    const auto place = [this](LaneId id, const Rect& box) {
      const trace::Lane* lane = m_run.lane(id);
      if (lane == nullptr || lane->gil.empty()) return;
      m_stage.has_gil = true;
      if (trace::holds_gil_at(*lane, m_t)) m_stage.gils.push_back({id, trace::shares_gil(m_run.header(), *lane), box});
    };
    for (const StageWorker& seat : m_stage.seats) {
      if (seat.lane) place(*seat.lane, gil_in(seat.box));
    }
    const Rect& box = m_stage.caller.box;
    const float y = box.y0 + std::round(box.height() / 5) - 8.0F;
    if (!m_is_sequential) place(main_lane, {box.x1 - 58.0F, y, box.x1 - 30.0F, y + 15.0F});
  }

  // --- The calling program ---

  void fill_caller() {
    const trace::Lane* main = m_run.lane(main_lane);
    StageCaller& caller = m_stage.caller;
    if (main == nullptr) return;
    caller.name = main->name;
    const bool over = (main->ended && *main->ended <= m_t) || (m_run.ended() && m_t >= m_run.last());
    const trace::WaitSpan* wait = trace::wait_at(*main, m_t);
    const trace::TaskSpan* task = trace::task_at(*main, m_t);
    if (over) {
      caller.what = "has ended";
    } else if (wait != nullptr && wait->what.on != runtime::WaitOn::Sleep) {
      caller.look = lane_is_stuck(m_run, main->id, m_t) ? StateLook::Stuck : StateLook::Waiting;
      caller.what = caller.look == StateLook::Stuck ? "stuck on" : "blocked on";
      caller.on = wait_words(m_run, *wait).brief;
      if (wait->what.futures.size() == 1 && wait->what.more == 0) caller.future = wait->what.futures.front();
    } else {
      caller.look = StateLook::Running;
      caller.what = wait != nullptr && task == nullptr ? "sleeps" : "runs";
      if (task != nullptr) caller.on = future_name(m_run, task->future);
    }
  }

  const trace::Run& m_run;
  const FutureTimes& m_times;
  Instant m_t;
  float m_width;
  float m_height;
  std::size_t m_most_workers = 0;
  bool m_has_processes = false;
  bool m_is_sequential = false;
  Stage m_stage;
};

}  // namespace

Stage lay_out_stage(const trace::Run& run, const FutureTimes& times, Instant t, float width, float height) {
  return Layout(run, times, t, width, height).make();
}

}  // namespace loiter::views
