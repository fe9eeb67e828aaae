#include "gui/machine_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "engine/catalogue.hpp"
#include "gui/paint.hpp"
#include "gui/panel.hpp"
#include "gui/state_style.hpp"
#include "gui/text.hpp"
#include "gui/widgets.hpp"
#include "views/status_text.hpp"
#include "views/words.hpp"

namespace loiter::gui {
namespace {

using views::LaneUse;

constexpr float counter_units = 46.0F;
constexpr float heading_units = 22.0F;
constexpr float row_units = 36.0F;

bool has_lock(const trace::Header& header) {
  return header.gil == trace::GilKind::Cpython || header.gil == trace::GilKind::PerInterpreter;
}

std::string run_text(const trace::Header& header) {
  const std::string_view lock = engine::words_of(header.gil).name;
  if (!has_lock(header)) return fmt::format("This run: {}", lock);
  return fmt::format("This run: {}, {:g} ms", lock, to_seconds(header.gil_interval) * 1e3);
}

// A tip over a part of the panel that is no control.
void tip_over(const Look& look, const Box& box, std::string_view tip) {
  ImGui::SetCursorScreenPos(box.min());
  ImGui::Dummy({box.width(), box.height()});
  tip_for_last_item(look, tip);
}

void draw_counters(const trace::Run& run, const views::MachineTimes& times, const Box& box, const Frame& frame) {
  const Look& look = frame.look;
  const Metrics& m = look.metrics;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const views::CounterWords words = views::counter_words(run.header(), times.counters_at(run, frame.playhead));
  struct Counter {
    std::string_view value, name, tip;
  };
  const std::array<Counter, 4> counters{{
      {words.switches, "switches", "How often the GIL went from one thread to another."},
      {words.waited, "wait for GIL",
       "The share of the time in which lanes held the GIL, or wanted it, that they spent waiting for it."},
      {words.busy, "cores busy", "Lanes that run at this instant: each is on a core."},
      {words.average, "on average", "Cores that were busy on average since the run began."},
  }};
  const TextStyle value{Face::MonoBold, m.type.tile, look.theme.text};
  const TextStyle name{Face::Sans, m.type.tiny, look.theme.text2};
  const auto width_of = [&](const Counter& counter) {
    return std::ceil(std::max(text_width(look, value, counter.value), text_width(look, name, counter.name)));
  };
  float room = box.width();
  for (const Counter& counter : counters) room -= width_of(counter);
  const float gap = std::floor(std::clamp(room / static_cast<float>(counters.size() - 1), 0.0F, m.px(40)));
  float x = box.x0;
  for (const Counter& counter : counters) {
    draw_text(list, look, value, x, box.y0 + m.px(13), counter.value);
    draw_text(list, look, name, x, box.y0 + m.px(32), counter.name);
    tip_over(look, Box::at(x, box.y0, width_of(counter), box.height()), counter.tip);
    x += width_of(counter) + gap;
  }
}

// Where the right edges of the columns are.
struct Columns {
  float stopwatch, cpu, ran, waited;
};
Columns columns_of(const Look& look, const Box& box) {
  const float width = std::floor((box.width() - look.metrics.px(26)) / 4.0F);
  const float x = box.x1 - 3 * width;
  return {x, x + width, x + 2 * width, box.x1};
}

void draw_headings(const trace::Run& run, const Box& box, const Frame& frame) {
  const Look& look = frame.look;
  const Columns at = columns_of(look, box);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const TextStyle style{Face::Sans, look.metrics.type.tiny, look.theme.text2};
  const bool locked = has_lock(run.header());
  const float middle = box.centre_y();
  const float width = at.cpu - at.stopwatch;
  const auto heading = [&](float x, std::string_view words, std::string_view tip) {
    draw_text(list, look, style, x, middle, words, Align::Right);
    tip_over(look, {x - width, box.y0, x, box.y1}, tip);
  };
  heading(
      at.stopwatch, "stopwatch",
      "How long the lane's own stopwatch says that its computing took, in seconds. It counts the turns of others too.");
  heading(at.cpu, "CPU", "How long it had a core meanwhile: what of it was its own.");
  if (locked) {
    heading(at.ran, "held GIL", "How long it held the GIL.");
    heading(at.waited, "waited", "How long it waited for the GIL, or for a core.");
  } else {
    heading(at.ran, "ran", "How long it waited for nothing.");
    heading(at.waited, "waited", "How long it waited for a core.");
  }
}

// Solid: ran, or held the GIL. Hatched: waited for it, or for a core. The rest it spent otherwise.
void draw_use_bar(ImDrawList& list, const Look& look, const LaneUse& use, bool locked, Duration whole, const Box& box) {
  if (whole <= Duration::zero()) return;
  const auto share = [&](Duration d) {
    return std::round(box.width() * static_cast<float>(to_seconds(d) / to_seconds(whole)));
  };
  const float lasted = box.x0 + share(use.lasted);
  const float solid = box.x0 + share(locked ? use.held : use.ran);
  const float hatched = std::min(box.x1, solid + share(use.wanted_gil + use.wanted_core));
  const float radius = look.metrics.px(2);
  outline_box(list, {box.x0, box.y0, std::max(lasted, box.x0 + look.metrics.px(2)), box.y1}, look.theme.splitter,
              radius, look.metrics.hairline);
  if (hatched - solid >= 1) draw_wait_bar(list, look, {.box = {solid, box.y0, hatched, box.y1}});
  if (solid - box.x0 >= 1)
    fill_box(list, {box.x0, box.y0, solid, box.y1}, look.theme.state(StateLook::Running).ink, radius);
}

void draw_lane(const trace::Run& run, const trace::Lane& lane, const LaneUse& use, const Box& box, Frame& frame) {
  const Look& look = frame.look;
  const Metrics& m = look.metrics;
  ImGui::PushID(static_cast<int>(lane.id.value));
  const Press press = press_area("##row", "Machine/" + lane.name, box, {});
  ImGui::PopID();
  if (!press.seen) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool locked = has_lock(run.header());
  const Box tag = Box::at(box.x0, box.y0 + m.px(4), m.lane_tag, m.lane_tag);
  draw_tag(frame, list, tag, lane.id);
  const Columns at = columns_of(look, box);
  const float middle = box.y0 + m.px(11);
  const TextStyle number{Face::Mono, m.type.small, look.theme.text};
  const TextStyle none{Face::Mono, m.type.small, look.theme.text2};
  const auto put = [&](float x, Duration d, bool is_known) {
    draw_text(list, look, is_known ? number : none, x, middle, is_known ? views::column_seconds(d) : "-", Align::Right);
  };
  const bool measured = use.stopwatch > Duration::zero();
  put(at.stopwatch, use.stopwatch, measured);
  put(at.cpu, use.cpu, measured);
  put(at.ran, locked ? use.held : use.ran, true);
  put(at.waited, use.wanted_gil + use.wanted_core, true);
  const float bar = box.y0 + m.px(22);
  draw_use_bar(list, look, use, locked, frame.playhead.time_since_epoch(),
               {tag.x1 + m.gap8, bar, box.x1, bar + m.wait_height});
  focus_ring(look, press, m.lane_tag_radius);
  tip_for_last_item(look, lane.name);
  if (!press.pressed) return;
  if (const trace::TaskSpan* task = trace::task_at(lane, frame.playhead)) frame.selection.choose(task->future);
}

}  // namespace

void draw_machine_use(const trace::Run& run, const views::MachineTimes& times, const Box& box, Frame& frame) {
  const Look& look = frame.look;
  const Metrics& m = look.metrics;
  if (run.lanes().empty()) {
    const float least = box.y0 + m.px(72);
    draw_empty(look, {box.x0, box.y0, box.x1, std::max(box.y1, least)}, views::press_run_text(run));
    ImGui::SetCursorScreenPos({box.x0, least});
    ImGui::Dummy({1, 1});
    return;
  }
  const float left = box.x0 + m.margin;
  const float right = box.x1 - m.margin;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_text_in(list, look, quiet_text(look), {left, box.y0 + m.gap4, right, box.y0 + m.px(26)}, run_text(run.header()));
  float y = box.y0 + m.px(28);
  draw_counters(run, times, {left, y, right, y + m.px(counter_units)}, frame);
  y += m.px(counter_units);
  draw_headings(run, {left, y, right, y + m.px(heading_units)}, frame);
  y += m.px(heading_units);
  for (std::size_t i = 0; i < run.lanes().size(); ++i) {
    const trace::Lane& lane = run.lanes()[i];
    if (!views::uses_cores(lane) || lane.began > frame.playhead) continue;
    const Box row{left, y, right, y + m.px(row_units)};
    y = row.y1;
    if (!ImGui::IsRectVisible(row.min(), row.max())) continue;
    draw_lane(run, lane, times.use_at(run, i, frame.playhead), row, frame);
  }
  ImGui::SetCursorScreenPos({left, y});
  ImGui::Dummy({1, m.gap8});
}

}  // namespace loiter::gui
