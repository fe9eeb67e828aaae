#include "cli/comparison.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "cli/run_picture.hpp"
#include "trace/names.hpp"
#include "views/comparison.hpp"
#include "views/words.hpp"

namespace loiter::cli {
namespace {

std::vector<views::ComparisonFigures> figures_of(const std::vector<ComparisonRow>& rows) {
  return views::comparison_figures(compared_times(rows));
}

// Another program has no model in it.
std::string label_of(const ComparisonRow& row) {
  std::string label = row.program.empty() ? trace::labels(row.header) : trace::run_label(row.header);
  if (row.ended.how != trace::RunEnd::Finished) label += fmt::format(", {}", trace::name_of(row.ended.how));
  return label;
}

constexpr std::size_t columns = 6;
using TableRow = std::array<std::string, columns>;

}  // namespace

std::string name_of(const ComparisonRow& row) {
  const std::string mode(trace::name_of(row.header.mode));
  return row.program.empty() ? mode : row.program + " " + mode;
}

std::vector<views::ComparedTime> compared_times(const std::vector<ComparisonRow>& rows) {
  std::vector<views::ComparedTime> times;
  for (const ComparisonRow& row : rows) {
    times.push_back({.workers = row.header.workers,
                     .time = row.time,
                     .finished = row.ended.how == trace::RunEnd::Finished,
                     .program = row.program.empty() ? 0 : 1});
  }
  return times;
}

std::string comparison_head(const trace::Header& header, const std::string& more) {
  std::string text = fmt::format("{}: {}", header.title, trace::name_of(header.collect));
  for (const auto& [name, value] : header.parameters) {
    if (!value.empty()) text += fmt::format(", {}={}", name, value);
  }
  if (header.gil != trace::GilKind::None) text += ", " + gil_text(header);
  return text + more + "\n\n";
}

std::string comparison_table(const std::vector<ComparisonRow>& rows) {
  std::vector<TableRow> table{{"mode", "workers", "time", "speed-up", "efficiency", "label"}};
  const std::vector<views::ComparisonFigures> figures = figures_of(rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ComparisonRow& row = rows[i];
    table.push_back({name_of(row), std::to_string(row.header.workers), views::compared_time_text(row.time),
                     views::figure_text(figures[i].speed_up), views::figure_text(figures[i].efficiency),
                     label_of(row)});
  }
  std::array<std::size_t, columns> widths{};
  for (const TableRow& row : table) {
    for (std::size_t i = 0; i < columns; ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const TableRow& row : table) {
    // Words to the left, numbers to the right.
    text += fmt::format("{:<{}}  {:>{}}  {:>{}}  {:>{}}  {:>{}}  {}\n", row[0], widths[0], row[1], widths[1], row[2],
                        widths[2], row[3], widths[3], row[4], widths[4], row[5]);
  }
  return text;
}

void add_comparison_head(trace::JsonObject& object, const trace::Header& header) {
  object.text("title", header.title);
  object.text("collect", trace::name_of(header.collect));
  object.text("clock", trace::name_of(header.clock));
  object.text("label", trace::run_label(header));
  if (header.gil != trace::GilKind::None) {
    object.text("gil", trace::name_of(header.gil));
    object.text("gil_label", trace::model_label(header));
    object.number("gil_interval_ns", header.gil_interval.count());
  }
  std::string parameters;
  trace::JsonObject inner(parameters);
  for (const auto& [name, value] : header.parameters) inner.text(name, value);
  inner.end();
  object.literal("parameters", parameters);
}

void add_comparison_rows(trace::JsonObject& object, const std::vector<ComparisonRow>& rows) {
  const std::vector<views::ComparisonFigures> figures = figures_of(rows);
  auto figure = figures.begin();
  object.list("rows", rows, [&](std::string& out, const ComparisonRow& row) {
    trace::JsonObject item(out);
    const auto optional_number = [&](std::string_view key, std::optional<double> value) {
      item.literal(key, value ? fmt::format("{:.6g}", *value) : "null");
    };
    if (!row.program.empty()) item.text("program", row.program);
    item.text("mode", trace::name_of(row.header.mode));
    item.number("workers", row.header.workers);
    item.number("time_ns", row.time.count());
    optional_number("speed_up", figure->speed_up);
    optional_number("efficiency", figure->efficiency);
    ++figure;
    item.text("how", trace::name_of(row.ended.how));
    item.end();
  });
}

std::string comparison_json(const std::vector<ComparisonRow>& rows) {
  std::string text;
  trace::JsonObject object(text);
  add_comparison_head(object, rows.front().header);
  add_comparison_rows(object, rows);
  object.end();
  return text + "\n";
}

}  // namespace loiter::cli
