// The status line: one sentence at the left, the most useful keys at the right.
//
// When it gets narrow, keys go, the first of the list last; then the sentence is cut and its tooltip holds the whole.
//
//   label a test finds      what it is
//   "Status/sentence"       the sentence
//
// Shape    draw_status_line() draws into the rest of the current window, on chrome.
// Threads  GUI thread.
#pragma once

#include <span>
#include <string_view>

#include "gui/frame.hpp"

namespace loiter::gui {

struct KeyHint {
  std::string_view key;
  std::string_view what;
};

enum class StatusKind { Plain, Error };

void draw_status_line(const Frame& frame, std::string_view sentence, std::span<const KeyHint> keys,
                      StatusKind kind = StatusKind::Plain);

}  // namespace loiter::gui
