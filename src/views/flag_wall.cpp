#include "views/flag_wall.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "base/text.hpp"
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

// "CN" of "flag('CN')"; a label without a text in quotes as it is.
std::string code_of(const std::string& label) {
  const std::size_t from = label.find('\'');
  const std::size_t to = from == std::string::npos ? from : label.find('\'', from + 1);
  return to == std::string::npos ? label : label.substr(from + 1, to - from - 1);
}

// The status of "... '503 Service Unavailable' ...".
std::string status_in(std::string_view text) {
  for (std::size_t at = text.find('\''); at != text.npos; at = text.find('\'', at + 1)) {
    const std::string_view number = text.substr(at + 1, 3);
    if (number.size() == 3 && std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; })) {
      return std::string(number);
    }
  }
  return "";
}

std::string word_for(const std::string& exception) {
  if (exception == "HTTPStatusError") return "error";
  if (exception == "ReadTimeout" || exception == "TimeoutError") return "timeout";
  if (exception == "RemoteProtocolError") return "cut off";
  if (exception == "ConnectError") return "no server";
  return exception;
}

void describe(FlagTile& tile, const trace::FutureRow& future, Instant t) {
  const bool over = future.finished && *future.finished <= t;
  if (!over) {
    tile.share = tile.look == StateLook::Running ? trace::progress_at(future, t) : std::nullopt;
    if (tile.share) {
      tile.words = fmt::format("{:.0f} %", std::floor(*tile.share * 100));
    } else if (tile.look == StateLook::Running) {
      tile.words = "waits";
    } else if (tile.look == StateLook::CallQueue) {
      tile.words = "in queue";
    }
    return;
  }
  if (tile.look == StateLook::Returned) {
    // A program that tells of each what became of it returns so much.
    const bool is_missing = future.text.find("NOT_FOUND") != std::string::npos;
    tile.has_come = !is_missing;
    tile.mark = is_missing ? "404" : "";
    tile.words = is_missing ? "not found" : seconds_text(*future.finished - future.began.value_or(future.submitted));
  } else if (tile.look == StateLook::Raised) {
    tile.mark = status_in(future.text);
    tile.words = word_for(future.type);
  } else {
    tile.words = state_word(tile.look);
  }
}

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
  for (std::size_t i = 0; i < futures.size(); ++i) {
    const float x = static_cast<float>(i % columns) * (tile_width + gap);
    const float y = static_cast<float>(i / columns) * (tile_height + gap);
    if (y + tile_height > height) break;
    FlagTile tile{.future = futures[i]->id, .code = code_of(futures[i]->label)};
    tile.look = look_at(*futures[i], t).value_or(StateLook::Pending);
    describe(tile, *futures[i], t);
    tile.box = {x, y, x + tile_width, y + tile_height};
    tile.picture = {x + inside, y + inside, x + inside + size.square * squares_across,
                    y + inside + size.square * squares_down};
    wall.height = tile.box.y1;
    wall.come += tile.has_come ? 1 : 0;
    wall.tiles.push_back(std::move(tile));
  }
  return wall;
}

}  // namespace loiter::views
