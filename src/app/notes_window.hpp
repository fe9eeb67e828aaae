// NotesWindow: a second window of the operating system, for the teacher's notes: with an OpenGL context and a Dear ImGui of
// its own. On another monitor than the class's, if there is one; it never takes the keyboard by itself.
//
// Shape    open(), then draw() whenever what it shows may have changed; whoever presses a key in it is heard as in the
//          first window, but for another context: ask inside of draw().
// Errors   No second window: one sentence from open().
// Threads  The main thread.
// Owner    The lab; after the first window, and destroyed before it.
#pragma once

#include <functional>
#include <memory>

#include "app/window.hpp"
#include "base/result.hpp"
#include "gui/fonts.hpp"

struct ImGuiContext;

namespace loiter::app {

class NotesWindow {
 public:
  static Result<std::unique_ptr<NotesWindow>> open(const Window& first);
  ~NotesWindow();
  NotesWindow(const NotesWindow&) = delete;
  NotesWindow& operator=(const NotesWindow&) = delete;

  bool should_close() const;
  bool take_had_input();
  // A frame, in its own contexts; those of the first window are current again afterwards. It waits for no screen.
  void draw(const std::function<void(const gui::Fonts&)>& draw_inside);
  float content_scale() const;

 private:
  explicit NotesWindow(GLFWwindow* window) : m_window(window) {}
  void begin();

  GLFWwindow* m_window;
  ImGuiContext* m_context = nullptr;
  gui::Fonts m_fonts;
  bool m_had_input = true;
};

}  // namespace loiter::app
