// The keys of the presentation. Page Down and Page Up, which are what a wireless presenter sends, turn pages whatever has
// the keyboard; the others act while no widget has it.
//
// Shape    The same keys are taken from the window with the teacher's notes, as PresentationKey.
// Threads  GUI thread.
#pragma once

#include <cstdint>
#include <optional>

#include "gui/frame.hpp"
#include "gui/lab_state.hpp"
#include "gui/lesson_state.hpp"

namespace loiter::gui {

struct WorkbenchView;

// What the keys that steer a lesson ask for, wherever they are pressed.
enum class PresentationKey : std::uint8_t { Run, Step, Next, Back, Reveal, Code, Stage, Timeline, Page, Notes };
[[nodiscard]] std::optional<PresentationKey> pressed_presentation_key();
void act_on(PresentationKey key, WorkbenchView& view, LabState& lab, LessonState& lessons);

void act_on_presentation_keys(WorkbenchView& view, LabState& lab, LessonState& lessons, Frame& frame);

}  // namespace loiter::gui
