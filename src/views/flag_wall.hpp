// The wall of flags: a tile for each download, in the order of submission.
//
//   [picture  CN  v ]   [ 43 %   IN  > ]   [ 404   US  x ]
//   [         0.49 s]   [ ===         ]   [  not found   ]
//
// Shape    A pure function of a run, an instant and a size. Pictures are not its business: only where they stand.
// Units    Units of the design; the caller multiplies by the scale.
#pragma once

#include <string>
#include <vector>

#include "trace/run.hpp"
#include "views/downloads.hpp"
#include "views/rect.hpp"

namespace loiter::views {

struct FlagTile {
  FutureId future;
  std::string code;        // "CN"
  DownloadWords download;  // its mark stands in place of the picture
  Rect box;
  Rect picture;  // of 16 by 11 squares, in whole units
};

// Whether this run has a wall: it downloads flags.
bool has_flag_wall(const trace::Run& run);

struct FlagWall {
  std::vector<FlagTile> tiles;
  float height = 0.0F;       // that it needs, at most the height given
  std::size_t come = 0;      // whether their tiles have room or not
  std::size_t left_out = 0;  // tiles
};
// Tiles become smaller until they fit, and stop at a size that can still be read: then the last are left out.
FlagWall lay_out_flag_wall(const trace::Run& run, Instant t, float width, float height);

}  // namespace loiter::views
