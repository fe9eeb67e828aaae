// StateLook as gui knows it: the views' own, since what a run looks like is decided there.
#pragma once

#include "views/state_look.hpp"

namespace loiter::gui {

using views::all_state_looks;
using views::state_look_count;
using views::StateLook;

}  // namespace loiter::gui
