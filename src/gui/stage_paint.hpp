// Draws a stage that views/stage has laid out. No input, no state.
//
// Units    Pixels of the display; stage_box() takes the layout's units there.
#pragma once

#include "gui/frame.hpp"
#include "gui/paint.hpp"
#include "views/stage.hpp"

namespace loiter::gui {

[[nodiscard]] Box stage_box(const Look& look, const Box& area, const views::Rect& units);

// Headings, empty boxes, arrows and the line of submission: everything that does not move.
void paint_stage_ground(ImDrawList& list, const Frame& frame, const views::Stage& stage, const Box& area);
void paint_seat(ImDrawList& list, const Frame& frame, const views::StageWorker& seat, const Box& box);
void paint_slot(ImDrawList& list, const Look& look, const views::StageSlot& slot, const Box& box);
void paint_caller(ImDrawList& list, const Frame& frame, const views::StageCaller& caller, const Box& box);
// Wherever it is on its way, in the looks of the place it goes to.
// The token of the GIL, or where that has no room a square that stands for it.
void paint_gil(ImDrawList& list, const Look& look, const Box& box);
void paint_token(ImDrawList& list, const Frame& frame, const views::Stage& stage, const views::StageToken& token,
                 const Box& box);

}  // namespace loiter::gui
