// Driver: uses a panel as a person would, without a window: finds widgets by label, clicks, types, reads the screen.
//
//   Driver lab{[&](const Look& look) { draw_panel(view, look); }, {.size = {800, 600}, .scale = 2.0F}};
//   lab.click("Run");
//   CHECK(lab.shows("5 tasks"));
//   lab.picture("panel.png");
//
// The draw function is called between NewFrame and Render, once a frame; it opens its own windows, or uses
// in_window() to be put into one that fills the screen.
//
// Shape    Labels are paths and a part from the right is enough: "Run" finds "Setup/Run" when there is only one "Run"
//          (window/label; see gui/widgets.hpp for the parts of compound widgets). Time is the driver's own: every frame
//          is a sixtieth of a second.
// Units    Positions are pixels of the display; sizes are pixels too, whatever the scale is.
// Errors   Each throws DriverError when the widget is not there, not alone, or cannot be seen; its message lists what
//          is there.
// Owner    One ImGui context, made current while the driver lives; the one before it comes back afterwards.
#pragma once

#include <imgui.h>

#include <filesystem>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "gui/drawn_text.hpp"
#include "gui/look.hpp"
#include "gui/raster.hpp"
#include "gui/test_hooks.hpp"

namespace loiter::gui::testing {

class DriverError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct DriverOptions {
  ImVec2 size{1280.0F, 800.0F};
  float scale = 1.0F;
  ThemeChoice theme = ThemeChoice::Light;
  std::vector<std::filesystem::path> font_folders = gui::font_folders();
};

// A widget of the last frame.
struct Widget {
  std::string path;  // "window/label"
  ImGuiID id = 0;
  ImGuiID window_id = 0;
  Box box;
  Box visible;
  bool enabled = true;
};

class Driver : private WidgetListener {
 public:
  using Draw = std::function<void(const Look&)>;

  explicit Driver(Draw draw, const DriverOptions& options = {});
  ~Driver() override;
  Driver(const Driver&) = delete;
  Driver& operator=(const Driver&) = delete;

  // The screen. Each change is followed by the three frames Dear ImGui needs to settle.
  void set_size(ImVec2 size);
  void set_scale(float scale);
  void set_theme(ThemeChoice theme);
  [[nodiscard]] const Look& look() const { return m_look; }
  void frames(int count);

  // Widgets.
  [[nodiscard]] const Widget& find(std::string_view label) const;
  [[nodiscard]] bool has(std::string_view label) const;
  [[nodiscard]] std::vector<Widget> widgets() const;

  // The mouse. Each leaves the pointer where it ends.
  void hover(std::string_view label);
  void hover(ImVec2 at);
  void click(std::string_view label);
  void click(ImVec2 at, ImGuiMouseButton button = ImGuiMouseButton_Left);
  void double_click(std::string_view label);
  void double_click(ImVec2 at);
  void drag(std::string_view label, ImVec2 by);
  void drag(ImVec2 from, ImVec2 to);
  void wheel(ImVec2 at, float up, float right = 0.0F);
  void wait(double seconds);  // for tooltips and motion

  // The keyboard.
  void key(ImGuiKey key);
  void chord(ImGuiKeyChord chord);  // ImGuiMod_Ctrl | ImGuiKey_C
  void type(std::string_view text);
  void focus(std::string_view label);  // moves the keyboard's ring there, as Tab would
  [[nodiscard]] bool has_ring(std::string_view label) const;
  [[nodiscard]] const std::string& clipboard() const { return m_clipboard; }

  // What the last frame shows.
  [[nodiscard]] std::vector<DrawnText> texts() const;
  // Whether these words can be read, in one piece, over several styles, or over the lines of a paragraph.
  [[nodiscard]] bool shows(std::string_view words) const;
  [[nodiscard]] std::string screen() const;  // all of it, line by line
  [[nodiscard]] Picture picture() const;
  void picture(const std::filesystem::path& path) const;

 private:
  void on_widget(const WidgetSeen& widget) override;
  void one_frame();
  void answer_textures();
  void move_to(ImVec2 at);
  void press_and_release(ImGuiMouseButton button);
  void new_look(ThemeChoice theme, float scale);
  [[nodiscard]] std::string list_of_widgets() const;

  Draw m_draw;
  ImGuiContext* m_before = nullptr;
  ImGuiContext* m_context = nullptr;
  Look m_look;
  std::string m_clipboard;
  std::map<std::string, Widget, std::less<>> m_seen;     // while a frame is drawn
  std::map<std::string, Widget, std::less<>> m_widgets;  // of the last complete frame
};

// Wraps a draw function so that it draws into one window, named "test", that fills the display, `margin` units inside.
[[nodiscard]] Driver::Draw in_window(Driver::Draw draw, float margin = 8.0F);

}  // namespace loiter::gui::testing
