#include "cli/sweep_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trace/json_text.hpp"
#include "trace/names.hpp"
#include "views/sweep.hpp"
#include "views/words.hpp"

namespace loiter::cli {
namespace {

using Cells = std::vector<std::string>;

std::vector<views::SweptPoint> swept_points(const std::vector<SweptRows>& points) {
  std::vector<views::SweptPoint> swept;
  for (const SweptRows& point : points) swept.push_back({point.value, compared_times(point.rows)});
  return swept;
}

bool has_another_program(const std::vector<ComparisonRow>& rows) {
  return std::ranges::any_of(rows, [](const ComparisonRow& row) { return !row.program.empty(); });
}

// Its version is in the line above: "CPython threads".
std::string short_name_of(ComparisonRow row) {
  row.program.resize(std::min(row.program.find(' '), row.program.size()));
  return name_of(row);
}

// " beside CPython 3.11.2", or nothing.
std::string beside(const std::vector<ComparisonRow>& rows) {
  const auto it = std::ranges::find_if(rows, [](const ComparisonRow& row) { return !row.program.empty(); });
  return it == rows.end() ? "" : ", beside " + it->program;
}

Cells head_cells(const std::string& parameter, const std::vector<ComparisonRow>& rows) {
  Cells cells{parameter};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    cells.push_back(short_name_of(rows[i]));
    if (i > 0 && !has_another_program(rows)) cells.emplace_back("speed-up");
  }
  return cells;
}

Cells point_cells(const views::SweepChart& chart, std::size_t at, const SweptRows& point, bool has_speed_ups) {
  Cells cells{point.value};
  for (std::size_t i = 0; i < chart.lines.size(); ++i) {
    const auto& run = chart.lines[i].points[at];
    const bool was_begun = i < point.rows.size();
    const std::string how(was_begun ? trace::name_of(point.rows[i].ended.how) : "-");
    cells.push_back(run ? views::compared_time_text(run->time) : how);
    if (i > 0 && has_speed_ups) cells.push_back(views::figure_text(run ? run->figures.speed_up : std::nullopt));
  }
  cells.push_back(trace::labels(point.rows.front().header));
  return cells;
}

// All to the right, but the label at the end.
std::string aligned(const std::vector<Cells>& table) {
  std::vector<std::size_t> widths(table.front().size());
  for (const Cells& cells : table) {
    for (std::size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], cells[i].size());
  }
  std::string text;
  for (const Cells& cells : table) {
    for (std::size_t i = 0; i + 1 < cells.size(); ++i) text += fmt::format("{:>{}}  ", cells[i], widths[i]);
    text += cells.back() + "\n";
  }
  return text;
}

}  // namespace

std::string sweep_table(const std::string& parameter, const std::vector<SweptRows>& points) {
  const std::vector<ComparisonRow>& first = points.front().rows;
  std::vector<Cells> table{head_cells(parameter, first)};
  table.front().emplace_back("label");
  const views::SweepChart chart = views::sweep_chart(swept_points(points));
  for (std::size_t i = 0; i < points.size(); ++i) {
    table.push_back(point_cells(chart, i, points[i], !has_another_program(first)));
  }
  trace::Header header = first.front().header;
  header.parameters.erase(parameter);
  return comparison_head(header, beside(first)) + aligned(table);
}

std::string sweep_json(const std::string& parameter, const std::vector<SweptRows>& points) {
  std::string text;
  trace::JsonObject object(text);
  trace::Header header = points.front().rows.front().header;
  header.parameters.erase(parameter);
  add_comparison_head(object, header);
  object.text("over", parameter);
  object.list("points", points, [](std::string& out, const SweptRows& point) {
    trace::JsonObject item(out);
    item.text("value", point.value);
    add_comparison_rows(item, point.rows);
    item.end();
  });
  object.end();
  return text + "\n";
}

}  // namespace loiter::cli
