#include "views/order_layout.hpp"

#include <algorithm>
#include <cmath>

namespace loiter::views {
namespace {

// A curve to a line far away leaves the picture; how far does not matter then.
constexpr float far_away = 4000.0F;

class Layout {
 public:
  Layout(const trace::Run& run, const FutureTimes& times, const OrderIndex& index, const OrderQuery& query,
         OrderLayout& out)
      : m_run(run), m_times(times), m_index(index), m_query(query), m_out(out) {}

  void make() {
    m_out.lines = m_times.submitted_by(m_query.playhead);
    const std::size_t first = std::min(m_out.lines, place(m_query.scroll));
    const std::size_t end = std::min(m_out.lines, place(m_query.scroll + m_query.height) + 1);
    for (std::size_t row = first; row < end; ++row) {
      m_out.seen.push_back({order_row(m_run, m_times, m_index, row, m_query.playhead), middle(row)});
      add_links(row, m_out.seen.back().row);
    }
    const std::size_t over = m_times.over_by(m_query.playhead);
    for (std::size_t rank = first; rank < end; ++rank) {
      if (rank >= over) {
        m_out.open_places.push_back(middle(rank));
        continue;
      }
      const std::size_t row = m_times.row_of_rank(rank);
      const OrderRow facts = order_row(m_run, m_times, m_index, row, m_query.playhead);
      m_out.finished.push_back({facts.id, facts.look, middle(rank)});
      if (row < first || row >= end) add_links(row, facts);
    }
  }

 private:
  std::size_t place(float y) const { return static_cast<std::size_t>(std::max(0.0F, y / m_query.line_height)); }
  float middle(std::size_t place) const { return order_line_middle(m_query, place); }

  void add_links(std::size_t row, const OrderRow& facts) {
    if (!facts.rank) return;
    const OrderColumns& x = m_query.columns;
    const float line = middle(row);
    const float rank = middle(*facts.rank);
    m_out.links.push_back({facts.id, facts.look, x.submitted, line, x.finished, rank, false, true});
    const bool has_result = facts.look == StateLook::Returned;
    if (!facts.of_call || !has_result || (!facts.mapped && !facts.held_by)) return;
    m_out.links.push_back(
        {facts.id, facts.look, x.finished, rank, x.mapped, line, facts.held_by.has_value(), facts.mapped.has_value()});
  }

  const trace::Run& m_run;
  const FutureTimes& m_times;
  const OrderIndex& m_index;
  const OrderQuery& m_query;
  OrderLayout& m_out;
};

}  // namespace

void OrderLayout::clear() {
  lines = 0;
  seen.clear();
  links.clear();
  finished.clear();
  open_places.clear();
}

float order_line_middle(const OrderQuery& query, std::size_t place) {
  const float y = (static_cast<float>(place) + 0.5F) * query.line_height - query.scroll;
  return std::clamp(std::floor(y), -far_away, query.height + far_away);
}

OrderColumns order_columns(float width, float scale, float number_width, float label_width, float chip_width) {
  constexpr float margin = 14.0F;
  constexpr float least_time = 150.0F;
  const float units = width / scale;
  float gap = std::clamp(units * 0.13F, 64.0F, 112.0F);
  const float label = margin + std::max(10.0F, number_width / scale) + 7.0F;
  const float most_label = std::max(44.0F, units * 0.2F);
  const float label_end = label + std::clamp(label_width / scale, 44.0F, most_label);
  const float submitted = label_end + (chip_width > 0 ? chip_width / scale + 10.0F : 16.0F);
  const bool has_time = units - submitted - 2 * gap - std::max(58.0F, gap * 0.66F) - margin >= least_time;
  if (!has_time) gap = std::max(gap, (units - submitted - 56.0F) * 0.5F);  // the curves have all of the room
  const float mapped = submitted + 2 * gap;
  const float time = mapped + std::max(58.0F, gap * 0.66F);
  OrderColumns out;
  const auto px = [scale](float value) { return std::round(value * scale); };
  out.number = px(margin);
  out.label = px(label);
  out.label_end = px(label_end);
  out.chip_width = chip_width;
  out.submitted = px(submitted);
  out.finished = px(submitted + gap);
  out.mapped = px(mapped);
  out.time = px(time);
  out.time_width = has_time ? width - px(time) : 0.0F;
  return out;
}

float order_line_height(std::size_t lines, float room, float scale) {
  const float each = room / static_cast<float>(std::max<std::size_t>(1, lines));
  return std::floor(std::clamp(each, std::round(24.0F * scale), std::round(37.0F * scale)));
}

void lay_out_order(const trace::Run& run, const FutureTimes& times, const OrderIndex& index, const OrderQuery& query,
                   OrderLayout& out) {
  out.clear();
  Layout(run, times, index, query, out).make();
}

}  // namespace loiter::views
