// Test hooks: lets a test know where each widget is, by its label.
//
// Dear ImGui built with IMGUI_ENABLE_TEST_ENGINE calls four functions; test_hooks.cpp defines them. They pass what they
// hear to the listener of that context. Without one (every normal run) ImGui does not even call them.
//
// Owner    The context borrows the listener: take it away (nullptr) before it dies.
// Threads  GUI thread only.
#pragma once

#include "gui/box.hpp"

#include <imgui.h>

#include <string_view>

namespace loiter::gui {

// A widget as it was laid out in the current frame.
struct WidgetSeen {
  ImGuiID id = 0;
  ImGuiID window_id = 0;
  std::string_view window;  // name of the window it is in
  std::string_view label;   // "Run"; a part of a compound widget has its name too: "Workers/more"
  Box box;
  Box visible;  // what the window's clip rectangle leaves of the box
  bool enabled = true;
};

class WidgetListener {
 public:
  virtual ~WidgetListener() = default;
  virtual void on_widget(const WidgetSeen& widget) = 0;
};

void listen_to_widgets(ImGuiContext& context, WidgetListener* listener);

// Tells the listener of the current context about the last item. Every widget of widgets.hpp does so.
void report_widget(std::string_view label);

}  // namespace loiter::gui
