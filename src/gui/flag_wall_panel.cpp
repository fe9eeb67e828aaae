#include "gui/flag_wall_panel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gui/paint.hpp"
#include "gui/panel.hpp"
#include "gui/press.hpp"
#include "gui/state_style.hpp"
#include "gui/text.hpp"
#include "gui/widgets.hpp"
#include "views/flag_wall.hpp"
#include "views/futures_table.hpp"

namespace loiter::gui {
namespace {

using views::FlagTile;

// What the timeline below keeps, in units: its title, its ruler and some lanes.
constexpr float least_timeline = 200.0F;
constexpr float least_wall = 110.0F;

// Square by square; neighbours of one colour in one go.
void draw_picture(ImDrawList& list, const FlagPicture& picture, const Box& box) {
  const float w = box.width() / static_cast<float>(picture.width);
  const float h = box.height() / static_cast<float>(picture.height);
  for (int row = 0; row < picture.height; ++row) {
    const std::uint32_t* const pixels = picture.pixels.data() + static_cast<std::ptrdiff_t>(row) * picture.width;
    for (int from = 0, to = 0; from < picture.width; from = to) {
      while (to < picture.width && pixels[to] == pixels[from]) ++to;
      const Box squares{
          box.x0 + std::round(static_cast<float>(from) * w), box.y0 + std::round(static_cast<float>(row) * h),
          box.x0 + std::round(static_cast<float>(to) * w), box.y0 + std::round(static_cast<float>(row + 1) * h)};
      fill_box(list, squares, pixels[from]);
    }
  }
}

// What stands where the picture will be, or would be.
void draw_instead(ImDrawList& list, const Look& look, const FlagTile& tile, const Box& box) {
  const Metrics& m = look.metrics;
  const StateColours& colours = look.theme.state(tile.download.look);
  if (tile.download.look == StateLook::Raised || !tile.download.mark.empty()) {
    const StateColours& raised = look.theme.state(StateLook::Raised);
    fill_box(list, box, raised.tint);
    hatch_diagonal(list, box, 0.0F, raised.hatch, m.px(6), m.line(1.5F));
    outline_box(list, box, raised.ink, 0.0F, m.line(1));
    if (tile.download.mark.empty()) return;
    const TextStyle style{Face::MonoBold, m.type.small, raised.ink};
    const float half = text_width(look, style, tile.download.mark) * 0.5F + m.px(4);
    fill_box(list, {box.centre_x() - half, box.centre_y() - m.px(8), box.centre_x() + half, box.centre_y() + m.px(8)},
             look.theme.panel, m.px(2));
    draw_text(list, look, style, box.centre_x(), box.centre_y(), tile.download.mark, Align::Centre);
    return;
  }
  dashed_box(list, box, colours.ink, 0.0F, m.line(1), {m.px(4), m.px(3)});
  const bool waits = tile.download.look == StateLook::Running && !tile.download.share;
  if (tile.download.look == StateLook::Pending) {
    draw_text(list, look, {Face::Mono, m.type.base, look.theme.text2}, box.centre_x(), box.centre_y(),
              std::to_string(tile.future.value), Align::Centre);
    return;
  }
  const bool has_room = !tile.download.share || box.height() >= m.px(30);  // above the bar
  if (has_room) draw_state_glyph(list, look, waits ? StateLook::Waiting : tile.download.look, box.centre(), m.px(12));
  if (tile.download.share) {
    const Box bar{box.x0 + m.px(4), box.y1 - m.px(8), box.x1 - m.px(4), box.y1 - m.px(4)};
    fill_box(list, bar, colours.tint, m.px(2));
    fill_box(list,
             {bar.x0, bar.y0, bar.x0 + std::round(bar.width() * static_cast<float>(*tile.download.share)), bar.y1},
             colours.ink, m.px(2));
  }
}

void draw_tile(const FlagTile& tile, ImVec2 origin, const trace::Run& run, const FlagPictures& pictures, Frame& frame) {
  const Look& look = frame.look;
  const Metrics& m = look.metrics;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto placed = [&](const views::Rect& rect) {
    return Box{origin.x + m.px(rect.x0), origin.y + m.px(rect.y0), origin.x + m.px(rect.x1), origin.y + m.px(rect.y1)};
  };
  const Box box = placed(tile.box);
  const Box picture = placed(tile.picture);
  ImGui::PushID(static_cast<int>(tile.future.value));
  const Press press = press_area("tile", fmt::format("Flags/{}", tile.code), box);
  if (press.pressed) frame.selection.choose(tile.future);
  const bool is_bad = tile.download.look == StateLook::Raised || !tile.download.mark.empty();
  const bool is_quiet = tile.download.look == StateLook::Pending || tile.download.look == StateLook::CallQueue;
  const StateLook state = is_bad ? StateLook::Raised : tile.download.look;
  const StateColours& colours = look.theme.state(state);
  fill_box(list, box,
           tile.download.has_come ? look.theme.sunk
           : is_quiet             ? look.theme.panel
                                  : colours.tint,
           m.bar_radius);
  if (is_quiet) {
    dashed_box(list, box, look.theme.control_line, m.bar_radius, m.line(1), {m.px(4), m.px(3)});
  } else {
    outline_box(list, box, tile.download.has_come ? look.theme.hairline : colours.ink, m.bar_radius, m.line(1));
  }
  const auto found = pictures.find(tile.future);
  if (tile.download.has_come && found != pictures.end()) {
    draw_picture(list, found->second, picture);
    outline_box(list, picture, look.theme.control_line, 0.0F, m.hairline);
  } else {
    draw_instead(list, look, tile, picture);
  }
  const float left = picture.x1 + m.gap8;
  const bool is_tall = box.height() >= m.px(44);
  const float name_y = is_tall ? box.y0 + std::round(box.height() * 0.36F) : box.centre_y();
  draw_text(list, look, {Face::SansBold, is_tall ? m.type.tile : m.type.base, look.theme.text}, left, name_y,
            tile.code);
  draw_state_glyph(list, look, state, {box.x1 - m.px(16), name_y}, m.px(12));
  if (is_tall && !tile.download.words.empty()) {
    const TextStyle style{Face::Sans, m.type.small, is_bad ? colours.ink : look.theme.text2};
    const float middle = box.y0 + std::round(box.height() * 0.72F);
    draw_text_in(list, look, style, {left, middle - m.px(9), box.x1 - m.gap4, middle + m.px(9)}, tile.download.words);
  }
  if (frame.selection.future == tile.future) selection_frame(list, look, box, m.bar_radius);
  focus_ring(look, press, m.bar_radius);
  if (press.hovered) {
    for (const trace::FutureRow& future : run.futures()) {
      if (future.id == tile.future) facts_tooltip(look, views::future_facts(run, future, frame.playhead));
    }
  }
  ImGui::PopID();
}

std::string subtitle_of(const views::FlagWall& wall) {
  std::string text = fmt::format("each tile is one future; {} have come", wall.come);
  if (wall.left_out > 0) text += fmt::format("; no room for {} more tiles", wall.left_out);
  return text;
}

}  // namespace

float flag_wall_height(const trace::Run& run, const Look& look, float width, float height) {
  const Metrics& m = look.metrics;
  const float strip = m.title_strip / m.scale;
  const float room = height / m.scale - least_timeline;
  if (!views::has_flag_wall(run) || run.futures().empty() || room < least_wall) return 0.0F;
  // As it will be with all of them there, so that it does not grow under the eyes.
  const views::FlagWall wall =
      views::lay_out_flag_wall(run, run.last(), width / m.scale - 2 * m.margin / m.scale, room - strip - 12.0F);
  return m.px(wall.height + strip + 12.0F);
}

bool draw_flag_wall(const trace::Run& run, const FlagPictures& pictures, Frame& frame) {
  const Metrics& m = frame.look.metrics;
  const Box all = rest_of_window();
  ImGui::PushID("Flags");
  const float top = all.y0 + m.title_strip;
  const views::FlagWall wall =
      views::lay_out_flag_wall(run, frame.playhead, (all.width() - 2 * m.margin) / m.scale, (all.y1 - top) / m.scale);
  const bool title_pressed = panel_title(frame.look, "Flags", all.width(), {.subtitle = subtitle_of(wall)});
  for (const FlagTile& tile : wall.tiles) draw_tile(tile, {all.x0 + m.margin, top}, run, pictures, frame);
  ImGui::PopID();
  return title_pressed;
}

}  // namespace loiter::gui
