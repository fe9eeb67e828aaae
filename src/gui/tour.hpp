// Tour: a card that goes from panel to panel and says what each is, on a run of loiter.
//
//   closed --start_tour()--> step 1 <--Back, Next--> ... <--> last step --Done--> closed
//                               \______________ Skip, Esc ______________________/
//
// Shape    A guide and no wall: every other key, and the mouse, are the lab's as ever. What the tour changes for its own
//          sake (the experiment, the speed, tabs, hidden panels) it puts back when it ends, unless somebody has
//          changed it since. It begins a run only where there is none to speak of.
// Threads  GUI thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "engine/catalogue.hpp"
#include "gui/box.hpp"
#include "gui/look.hpp"
#include "views/window_layout.hpp"

namespace loiter::gui {

class LabState;
struct WorkbenchView;

// Where the things of the bars are in this frame that the tour points at; empty: nowhere.
struct TourPlaces {
  Box setup, run, controls, states;
};

struct TourView {
  bool open = false;
  std::size_t step = 0;
  bool was_seen = false;  // to its end, or skipped
  TourPlaces places;
  Box card;                 // in this frame
  bool keys_taken = false;  // by a widget, in the frame before

  // Which tabs are in front.
  struct Tabs {
    std::optional<views::PanelName> tab, left;
    int centre = 0;
    bool operator==(const Tabs&) const = default;
  };
  Tabs tabs;  // as the tour has put them

  // How things were before.
  struct Before {
    engine::Choices choices;
    std::optional<std::string> file;
    bool chose_loiter = false;
    double speed = 1.0;
    bool instant = false;
    bool set_speed = false;
    bool moved_playhead = false;
    views::LayoutChoices layout;
    Tabs tabs;
  };
  Before before;
};

// From its beginning, or from another step, counted from 0.
void start_tour(WorkbenchView& view, LabState& lab, std::size_t step = 0);
void end_tour(WorkbenchView& view, LabState& lab);

// Whether a key that was pressed was the tour's.
bool act_on_tour_keys(WorkbenchView& view, LabState& lab);

// The card, on top of everything; nothing when no tour is open.
void draw_tour(WorkbenchView& view, LabState& lab, const Look& look);

}  // namespace loiter::gui
