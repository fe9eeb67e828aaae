#include "cli/recorded_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cli/display_width.hpp"
#include "cli/marks.hpp"
#include "cli/run_picture.hpp"
#include "cli/run_summary.hpp"
#include "cli/text_line.hpp"
#include "cli/text_timeline.hpp"
#include "views/futures_table.hpp"
#include "views/lane_tags.hpp"
#include "views/words.hpp"

namespace loiter::cli {
namespace {

constexpr Ink quiet{.paint = Paint::Quiet};
constexpr Ink strong{.paint = Paint::Strong};

constexpr std::size_t column_count = 7;
using Cells = std::array<std::string, column_count>;
constexpr std::array<bool, column_count> is_number{true, false, false, false, true, true, false};

std::string worker_text(const trace::Run& run, const std::optional<LaneId>& worker, const views::LaneTags& tags) {
  if (!worker) return "";
  const trace::Lane* lane = run.lane(*worker);
  return lane != nullptr && lane->kind == trace::LaneKind::Main ? "main" : "worker " + tags.of(*worker).text;
}

void add_futures(std::vector<TextLine>& lines, const trace::Run& run, const Screen& screen) {
  views::LaneTags tags;
  tags.update(run);
  std::vector<Cells> table{{"#", "future", "state", "worker", "began", "took", "result"}};
  std::vector<views::StateLook> looks{views::StateLook::Pending};
  for (const trace::FutureRow& future : run.futures()) {
    const views::FutureCells cells = views::future_cells(run, future, run.last());
    table.push_back({cells.number, one_line(cells.label), cells.state, worker_text(run, cells.worker, tags),
                     cells.began, cells.duration,
                     one_line(cells.result) + (cells.unread_exception ? " (nobody asked)" : "")});
    looks.push_back(cells.look);
  }
  std::array<int, column_count> widths{};
  for (const Cells& row : table) {
    for (std::size_t i = 0; i < column_count; ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  for (std::size_t n = 0; n < table.size(); ++n) {
    TextLine line;
    const Ink ink = n == 0 ? quiet : Ink{};
    for (std::size_t i = 0; i < column_count; ++i) {
      const std::string space(static_cast<std::size_t>(widths[i] - display_width(table[n][i])), ' ');
      if (i > 0) line.add("  ");
      if (i == 2) line.add(n == 0 ? " " : sign_of(marks_of(screen.utf8), looks[n]), {.paint = paint_of(looks[n])});
      if (i == 2) line.add(" ");
      line.add(is_number[i] ? space + table[n][i] : table[n][i], ink);
      if (!is_number[i] && i + 1 < column_count) line.add(space);
    }
    lines.push_back(std::move(line));
  }
}

void add_transcript(std::vector<TextLine>& lines, const trace::Run& run) {
  std::string unfinished;
  for (const trace::Line& line : run.lines()) {
    unfinished += line.text;
    if (line.goes_on && &line != &run.lines().back()) continue;
    lines.emplace_back(one_line(unfinished));
    unfinished.clear();
  }
}

void add_heading(std::vector<TextLine>& lines, std::string text) {
  lines.emplace_back();
  lines.emplace_back(std::move(text), strong);
}

}  // namespace

std::string recorded_run_text(const trace::Run& run, const Screen& screen) {
  const auto all_lanes = static_cast<int>(shown_lanes(run).size()) + 4;  // with setup, ruler and futures
  std::vector<TextLine> lines = run_picture(run, {.now = run.last(), .screen = screen, .rows = all_lanes});
  if (run.ended()) lines.emplace_back(one_line(summary_text(run)), strong);
  for (const trace::StuckReport& report : run.stuck()) {
    lines.emplace_back(fmt::format("Stuck at {}: {}", views::seconds_text(report.t), one_line(report.chain)));
  }
  if (run.ended() && run.ended()->how == trace::RunEnd::Raised) {
    lines.emplace_back(one_line(raised_text(*run.ended())));
  }
  lines.push_back(legend_row(screen.utf8));
  add_heading(lines, "Futures");
  add_futures(lines, run, screen);
  add_heading(lines, "Transcript");
  add_transcript(lines, run);
  std::string text;
  for (const TextLine& line : lines) text += encode(line, screen.colours) + "\n";
  return text;
}

}  // namespace loiter::cli
