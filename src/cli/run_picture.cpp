#include "cli/run_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "cli/display_width.hpp"
#include "cli/marks.hpp"
#include "cli/progress_line.hpp"
#include "cli/text_timeline.hpp"
#include "trace/names.hpp"
#include "views/futures_table.hpp"
#include "views/timeline.hpp"
#include "views/words.hpp"

namespace loiter::cli {
namespace {

constexpr Ink quiet{.paint = Paint::Quiet};
constexpr Ink strong{.paint = Paint::Strong};
// Under this many columns the lanes are named by one letter.
constexpr int narrow = 50;
// This many rows must stay free before lanes are set apart.
constexpr int rows_of_air = 12;

std::string without_parameters(const trace::Header& header) {
  std::string text = header.title + ": " + std::string(trace::name_of(header.mode));
  if (header.mode != trace::Mode::Sequential) {
    text += fmt::format(", {} {}", header.workers, header.workers == 1 ? "worker" : "workers");
  }
  return text + ", " + std::string(trace::name_of(header.collect));
}

// Left what runs, right how its times are to be read.
TextLine head_row(const trace::Run& run, const PictureQuery& query, int columns) {
  const trace::Header& header = run.header();
  std::string right = trace::labels(header) + "  " + views::seconds_text(query.now);
  if (!query.pace.empty()) right += "  " + query.pace;
  const int room = columns - display_width(right) - 2;
  std::string left = one_line(setup_text(header));
  if (display_width(left) > room) left = one_line(without_parameters(header));
  if (display_width(left) > room) left = one_line(header.title);
  TextLine line;
  if (room > 0) line.add(cut_to_width(left, room, query.screen.utf8), strong);
  line.pad_to(columns - display_width(right));
  line.add(cut_to_width(right, columns, query.screen.utf8));
  return line;
}

// Signs of all looks that are there, in order of the looks: "✓ 12 returned  ► 3 running".
TextLine counted_futures(const trace::Run& run, const PictureQuery& query) {
  std::array<std::size_t, views::state_look_count> counts{};
  for (const trace::FutureRow& future : run.futures()) {
    if (const auto look = views::look_at(future, query.now)) ++counts[static_cast<std::size_t>(*look)];
  }
  TextLine line;
  for (const views::StateLook look : views::all_state_looks) {
    const std::size_t count = counts[static_cast<std::size_t>(look)];
    if (count == 0) continue;
    if (!line.pieces.empty()) line.add("  ");
    line.add(sign_of(marks_of(query.screen.utf8), look), {.paint = paint_of(look)});
    line.add(fmt::format(" {} {}", count, views::state_word(look)));
  }
  return line;
}

// A sign for each future, with its name as long as there is room for all.
TextLine listed_futures(const trace::Run& run, const PictureQuery& query, bool named) {
  TextLine line;
  for (const trace::FutureRow& future : run.futures()) {
    const auto look = views::look_at(future, query.now);
    if (!look) continue;
    if (named && !line.pieces.empty()) line.add("  ");
    line.add(sign_of(marks_of(query.screen.utf8), *look), {.paint = paint_of(*look)});
    if (named) line.add(" " + one_line(views::future_name(run, future.id)));
  }
  return line;
}

TextLine futures_row(const trace::Run& run, const PictureQuery& query, int columns) {
  TextLine line("futures", quiet);
  line.pad_to(columns < narrow ? 0 : 10);
  const int room = columns - line.width();
  if (run.futures().empty()) {
    line.add("none yet", quiet);
    return line;
  }
  TextLine states = counted_futures(run, query);
  if (run.futures().size() <= static_cast<std::size_t>(std::max(room, 0))) {
    TextLine named = listed_futures(run, query, true);
    if (named.width() > room) {
      named = listed_futures(run, query, false);
      named.add("  ");
      for (const Piece& piece : states.pieces) named.add(piece.text, piece.ink);
    }
    if (named.width() <= room) states = named;
  }
  for (const Piece& piece : states.pieces) line.add(piece.text, piece.ink);
  return line;
}

// How far the program has come, by its own account.
TextLine progress_row(const trace::Run& run, const PictureQuery& query, int columns) {
  TextLine line("progress", quiet);
  line.pad_to(columns < narrow ? 0 : 10);
  if (const auto progress = views::progress_at(run.progress(), query.now))
    line.add(progress_line(*progress, columns - line.width(), query.screen.utf8));
  return line;
}

// What the calling program is doing.
TextLine sentence_row(const trace::Run& run, const PictureQuery& query) {
  const trace::Lane* main = run.lane(main_lane);
  if (main == nullptr) return TextLine("starting", quiet);
  const views::Doing doing = views::doing_at(run, *main, query.now);
  std::string text = one_line(main->name + " " + doing.what);
  if (!doing.detail.empty()) text += "; " + one_line(doing.detail);
  return TextLine(text);
}

struct Frame {
  bool rule, ruler, futures, progress, sentence;
  std::size_t lanes;
  bool more;  // not all lanes have room
  bool airy;  // an empty row between lanes
};

// Who gets how many rows. The clock always; then main's lane, the sentence, the other lanes, futures, ruler, rule.
Frame frame_of(const trace::Run& run, const PictureQuery& query) {
  int left = query.rows - 1;
  const auto take = [&left] { return left > 0 && left-- > 0; };
  const auto all = static_cast<int>(shown_lanes(run).size());
  Frame frame{};
  const bool has_main = all > 0 && take();
  frame.sentence = !run.ended() && take();
  frame.futures = take();
  frame.progress = views::progress_at(run.progress(), query.now) && take();
  frame.ruler = take();
  frame.rule = query.has_rule && left > all && take();
  const int others = has_main ? std::min(left, all - 1) : 0;
  frame.airy = left >= others + (all - 1) + rows_of_air;
  frame.more = has_main && others < all - 1 && others > 0;
  frame.lanes = static_cast<std::size_t>((has_main ? 1 : 0) + others - (frame.more ? 1 : 0));
  return frame;
}

void add_lanes(std::vector<TextLine>& lines, const trace::Run& run, const PictureQuery& query, const Frame& frame,
               int columns) {
  const std::vector<std::string> names = lane_names(run, frame.lanes, columns < narrow);
  int name_columns = columns < narrow ? 1 : 8;
  for (const std::string& name : names)
    name_columns = std::max(name_columns, std::min(display_width(name), columns / 4));
  TimelineQuery timeline{.range = views::whole_range(run, query.now),
                         .columns = std::max(1, columns - name_columns - 2),
                         .now = query.now,
                         .lanes = frame.lanes,
                         .utf8 = query.screen.utf8,
                         .colours = query.screen.colours != Colours::None};
  const auto add = [&](const std::string& name, const TextLine& row) {
    TextLine line(cut_to_width(name, name_columns, query.screen.utf8));
    line.add(std::string(static_cast<std::size_t>(name_columns + 2 - line.width()), ' '));
    for (const Piece& piece : row.pieces) line.add(piece.text, piece.ink);
    lines.push_back(std::move(line));
  };
  if (frame.ruler) add("", ruler_row(timeline, run.header().unit));
  const std::vector<TextLine> rows = lane_rows(run, timeline);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    add(names[i], rows[i]);
    if (frame.airy) lines.emplace_back();
  }
  if (frame.more) lines.emplace_back(fmt::format("and {} more lanes", shown_lanes(run).size() - frame.lanes), quiet);
}

}  // namespace

std::string gil_text(const trace::Header& header) {
  std::string text = fmt::format("gil {}", trace::name_of(header.gil));
  if (!runtime::GilOptions{.kind = header.gil}.has_lock()) return text;
  return text + fmt::format(" (interval {})", format_duration(header.gil_interval));
}

std::string setup_text(const trace::Header& header) {
  std::string text = without_parameters(header);
  for (const auto& [name, value] : header.parameters) text += fmt::format(", {}={}", name, value);
  if (header.gil != trace::GilKind::None) text += ", " + gil_text(header);
  if (header.cores != 0) text += fmt::format(", {} virtual {}", header.cores, header.cores == 1 ? "core" : "cores");
  if (header.seed != 0) text += fmt::format(", seed {}", header.seed);
  return text;
}

TextLine legend_row(bool utf8) {
  TextLine line;
  for (const views::StateLook look : views::all_state_looks) {
    if (look == views::StateLook::CancelledNotified) continue;  // looks as cancelled does
    if (!line.pieces.empty()) line.add("  ");
    line.add(sign_of(marks_of(utf8), look), {.paint = paint_of(look)});
    line.add(std::string(" ") + views::state_word(look), quiet);
  }
  return line;
}

std::vector<TextLine> run_picture(const trace::Run& run, const PictureQuery& query) {
  const int columns = std::max(1, query.screen.columns - 1);
  const Frame frame = frame_of(run, query);
  std::vector<TextLine> lines;
  if (frame.rule) {
    std::string rule;
    for (int i = 0; i < columns; ++i) rule += marks_of(query.screen.utf8).rule;
    lines.emplace_back(rule, quiet);
  }
  lines.push_back(head_row(run, query, columns));
  add_lanes(lines, run, query, frame, columns);
  if (frame.futures) lines.push_back(futures_row(run, query, columns));
  if (frame.progress) lines.push_back(progress_row(run, query, columns));
  if (frame.sentence) lines.push_back(sentence_row(run, query));
  if (lines.size() > static_cast<std::size_t>(std::max(1, query.rows)))
    lines.resize(static_cast<std::size_t>(std::max(1, query.rows)));
  for (TextLine& line : lines) line = cut(line, columns, query.screen.utf8);
  return lines;
}

}  // namespace loiter::cli
