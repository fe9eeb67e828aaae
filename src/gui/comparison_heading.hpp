// The headings of a comparison's strips: they stand apart from each other, but in columns, like the rows of a table.
//
//   ✓ Threads   3 workers   5.00 s   speed-up 2.00   efficiency 0.67        in the other panels  >
//
// Shape    columns_of() once a frame, draw_heading() for each strip.
// Units    Pixels.
// Threads  GUI thread.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "gui/comparison_panel.hpp"
#include "gui/press.hpp"

namespace loiter::gui {

struct HeadingWords {
  std::string mode;
  std::string workers;
  std::string time;      // empty before the run has begun
  std::string speed_up;  // both empty: `stands` is told instead
  std::string efficiency;
  std::string stands;
  [[nodiscard]] bool has_begun() const { return !time.empty(); }
};
[[nodiscard]] HeadingWords heading_words(const views::ComparedRun& run);
// The whole of it in one sentence.
[[nodiscard]] std::string heading_sentence(const HeadingWords& words);

// Where the columns begin, from the left edge. The workers go where there is no room.
struct HeadingColumns {
  float mode = 0.0F;
  float workers = 0.0F;
  float time = 0.0F;  // its right edge
  float figures = 0.0F;
  float efficiency = 0.0F;
  bool with_workers = true;
};
[[nodiscard]] HeadingColumns heading_columns(const Look& look, std::span<const HeadingWords> rows, float width);

struct Heading {
  const HeadingWords& words;
  const HeadingColumns& columns;
  views::ComparedStage stage = views::ComparedStage::Next;
  const trace::Run& run;
  bool is_subject = false;
};
void draw_heading(ImDrawList& list, const Look& look, const Press& press, const Heading& heading);

}  // namespace loiter::gui
