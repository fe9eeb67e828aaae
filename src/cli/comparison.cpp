#include "cli/comparison.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "cli/display_width.hpp"
#include "trace/json_text.hpp"
#include "trace/names.hpp"
#include "views/words.hpp"

namespace loiter::cli {
namespace {

std::optional<double> speed_up(const std::vector<ComparisonRow>& rows, const ComparisonRow& row) {
  const auto counts = [](const ComparisonRow& r) {
    return r.ended.how == trace::RunEnd::Finished && r.time.count() > 0;
  };
  if (!counts(rows.front()) || !counts(row)) return std::nullopt;
  return to_seconds(rows.front().time) / to_seconds(row.time);
}

std::string number(std::optional<double> value) { return value ? fmt::format("{:.2f}", *value) : "-"; }

std::optional<double> efficiency(const std::vector<ComparisonRow>& rows, const ComparisonRow& row) {
  const auto speed = speed_up(rows, row);
  return speed && row.header.workers > 0 ? std::optional(*speed / row.header.workers) : std::nullopt;
}

constexpr std::size_t columns = 6;
using TableRow = std::array<std::string, columns>;

}  // namespace

std::string comparison_table(const std::vector<ComparisonRow>& rows) {
  std::vector<TableRow> table{{"mode", "workers", "time", "speed-up", "efficiency", "label"}};
  for (const ComparisonRow& row : rows) {
    const bool finished = row.ended.how == trace::RunEnd::Finished;
    std::string label = trace::run_label(row.header);
    if (!finished) label += fmt::format(", {}", trace::name_of(row.ended.how));
    table.push_back({std::string(trace::name_of(row.header.mode)), std::to_string(row.header.workers),
                     views::seconds_text(row.time), number(speed_up(rows, row)), number(efficiency(rows, row)), label});
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

std::string comparison_json(const std::vector<ComparisonRow>& rows) {
  std::string text;
  trace::JsonObject object(text);
  const trace::Header& header = rows.front().header;
  object.text("title", header.title);
  object.text("collect", trace::name_of(header.collect));
  object.text("clock", trace::name_of(header.clock));
  object.text("label", trace::run_label(header));
  std::string parameters;
  trace::JsonObject inner(parameters);
  for (const auto& [name, value] : header.parameters) inner.text(name, value);
  inner.end();
  object.literal("parameters", parameters);
  object.list("rows", rows, [&](std::string& out, const ComparisonRow& row) {
    trace::JsonObject item(out);
    const auto optional_number = [&](std::string_view key, std::optional<double> value) {
      item.literal(key, value ? fmt::format("{:.6g}", *value) : "null");
    };
    item.text("mode", trace::name_of(row.header.mode));
    item.number("workers", row.header.workers);
    item.number("time_ns", row.time.count());
    optional_number("speed_up", speed_up(rows, row));
    optional_number("efficiency", efficiency(rows, row));
    item.text("how", trace::name_of(row.ended.how));
    item.end();
  });
  object.end();
  return text + "\n";
}

}  // namespace loiter::cli
