#include "views/flag_wall.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "views/words.hpp"

namespace loiter::views {
namespace {

constexpr float gap = 8.0F;
constexpr float inside = 8.0F;  // between a tile's edge and its picture
// How large a square of a picture is, and how wide a tile then must be for the words beside it.
struct TileSize {
  float square;
  float least_width;
};
constexpr std::array<TileSize, 3> sizes{{{4.0F, 132.0F}, {3.0F, 112.0F}, {2.0F, 92.0F}}};
constexpr float squares_across = 16.0F;
constexpr float squares_down = 11.0F;

float height_of(const TileSize& size) { return size.square * squares_down + 2 * inside; }

}  // namespace

bool has_flag_wall(const trace::Run& run) { return run.header().title == "flags"; }

FlagWall lay_out_flag_wall(const trace::Run& run, Instant t, float width, float height) {
  FlagWall wall;
  std::vector<const trace::FutureRow*> futures;
  for (const trace::FutureRow& future : run.futures()) {
    if (future.submitted <= t) futures.push_back(&future);
  }
  if (futures.empty() || width <= 0) return wall;
  TileSize size = sizes.back();
  std::size_t columns = 1;
  for (const TileSize& candidate : sizes) {
    size = candidate;
    columns = static_cast<std::size_t>(std::max(1.0F, std::floor((width + gap) / (size.least_width + gap))));
    // Rows of the same length are easier on the eye: twenty stand best in five columns.
    columns = std::min({columns, futures.size(), std::size_t{5}});
    const auto rows = (futures.size() + columns - 1) / columns;
    if (static_cast<float>(rows) * (height_of(size) + gap) - gap <= height) break;
    // More columns than five, before tiles become smaller.
    columns = std::min(static_cast<std::size_t>((width + gap) / (size.least_width + gap)), futures.size());
    columns = std::max<std::size_t>(columns, 1);
    const auto fewer_rows = (futures.size() + columns - 1) / columns;
    if (static_cast<float>(fewer_rows) * (height_of(size) + gap) - gap <= height) break;
  }
  const float tile_height = height_of(size);
  const float tile_width = std::floor((width - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns));
  wall.come = static_cast<std::size_t>(
      std::ranges::count_if(futures, [&](const trace::FutureRow* future) { return download_at(*future, t).has_come; }));
  for (std::size_t i = 0; i < futures.size(); ++i) {
    const float x = static_cast<float>(i % columns) * (tile_width + gap);
    const float y = static_cast<float>(i / columns) * (tile_height + gap);
    if (y + tile_height > height) break;
    FlagTile tile{
        .future = futures[i]->id, .code = brief_label(futures[i]->label), .download = download_at(*futures[i], t)};
    tile.box = {x, y, x + tile_width, y + tile_height};
    tile.picture = {x + inside, y + inside, x + inside + size.square * squares_across,
                    y + inside + size.square * squares_down};
    wall.height = tile.box.y1;
    wall.tiles.push_back(std::move(tile));
  }
  wall.left_out = futures.size() - wall.tiles.size();
  return wall;
}

}  // namespace loiter::views
