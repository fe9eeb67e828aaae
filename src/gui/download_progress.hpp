// What has become of the downloads of a run: a bar in parts, counts with their signs, rate and remaining time; over
// views/downloads.
//
// Shape    Draws into a box of the current window.
// Units    Pixels.
#pragma once

#include "gui/box.hpp"
#include "gui/frame.hpp"
#include "trace/run.hpp"

namespace loiter::gui {

void draw_download_progress(const trace::Run& run, const Box& box, const Frame& frame);
// That all of it can be read.
[[nodiscard]] float download_progress_height(const Look& look);

}  // namespace loiter::gui
