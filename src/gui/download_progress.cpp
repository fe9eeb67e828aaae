#include "gui/download_progress.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string>

#include "gui/paint.hpp"
#include "gui/panel.hpp"
#include "gui/state_style.hpp"
#include "gui/text.hpp"
#include "views/downloads.hpp"
#include "views/status_text.hpp"
#include "views/words.hpp"

namespace loiter::gui {
namespace {

constexpr float bar_units = 16.0F;
constexpr float row_units = 23.0F;
constexpr std::size_t usual_rows = 5;

void draw_part(ImDrawList& list, const Look& look, StateLook state, const Box& box) {
  const Metrics& m = look.metrics;
  const StateColours& colours = look.theme.state(state);
  const float radius = m.px(2);
  switch (state) {
    case StateLook::Raised:
      fill_box(list, box, colours.tint, radius);
      hatch_diagonal(list, box, radius, colours.hatch, m.px(6), m.line(1.5F));
      outline_box(list, box, colours.ink, radius, m.line(1));
      return;
    case StateLook::Pending:
    case StateLook::CallQueue:
    case StateLook::Cancelled:
      dashed_box(list, box, colours.ink, radius, m.line(1), {m.px(4), m.px(3)});
      return;
    default:
      fill_box(list, box, colours.ink, radius);
  }
}

// As wide as there are downloads of the kind; none is so small that it cannot be seen.
void draw_bar(ImDrawList& list, const Look& look, const views::DownloadCounts& counts, const Box& bar) {
  const float gap = look.metrics.px(2);
  float left = bar.width() - gap * static_cast<float>(counts.counts.size() - 1);
  std::size_t rest = counts.wanted;
  float x = bar.x0;
  for (const views::DownloadCount& part : counts.counts) {
    const float width =
        std::max(look.metrics.px(4), std::round(left * static_cast<float>(part.count) / static_cast<float>(rest)));
    draw_part(list, look, part.look, {x, bar.y0, std::min(x + width, bar.x1), bar.y1});
    x += width + gap;
    left -= width;
    rest -= part.count;
    if (rest == 0) return;
  }
}

// "4.2/s, about 1.43 s left".
std::string pace_words(const views::DownloadCounts& counts) {
  std::string words = views::rate_text(counts.progress);
  if (words.empty()) return words;
  if (counts.progress.is_complete())
    return fmt::format("{}, {} in all", words, views::seconds_text(counts.progress.elapsed));
  return fmt::format("{}, about {} left", words, views::seconds_text(*counts.progress.remaining));
}

}  // namespace

float download_progress_height(const Look& look) {
  const Metrics& m = look.metrics;
  return m.title_strip + m.px(bar_units) + m.gap8 + m.px(row_units) * (usual_rows + 1) + m.gap8;
}

void draw_download_progress(const trace::Run& run, const Box& box, const Frame& frame) {
  const Look& look = frame.look;
  const Metrics& m = look.metrics;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float left = box.x0 + m.margin;
  const float right = box.x1 - m.margin;
  const float title = box.y0 + m.title_strip * 0.5F;
  draw_text(list, look, strong_text(look), left, title, "Progress");
  const views::DownloadCounts counts = views::count_downloads(run, frame.playhead);
  if (counts.wanted == 0 || !views::has_downloads(run)) {
    draw_empty(look, {box.x0, box.y0 + m.title_strip, box.x1, box.y1}, views::press_run_text(run));
    return;
  }
  draw_text(list, look, {Face::MonoBold, m.type.base, look.theme.text}, right, title,
            fmt::format("{} of {}", counts.over, counts.wanted), Align::Right);
  float y = box.y0 + m.title_strip;
  draw_bar(list, look, counts, {left, y, right, y + m.px(bar_units)});
  y += m.px(bar_units) + m.gap8;
  const TextStyle number{Face::MonoBold, m.type.base, look.theme.text};
  for (const views::DownloadCount& kind : counts.counts) {
    const float middle = y + m.px(row_units) * 0.5F;
    draw_state_glyph(list, look, kind.look, {left + m.px(8), std::round(middle)}, m.px(14));
    draw_text(list, look, number, left + m.px(46), middle, std::to_string(kind.count), Align::Right);
    draw_text_in(list, look, base_text(look), {left + m.px(58), y, right, y + m.px(row_units)}, kind.words);
    y += m.px(row_units);
  }
  const std::string pace = pace_words(counts);
  draw_text_in(list, look, note_text(look), {left, y, right, y + m.px(row_units)}, pace);
}

}  // namespace loiter::gui
