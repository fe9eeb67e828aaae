// Window: one GLFW window with OpenGL and Dear ImGui behind it.
//
// Shape    open(), then frames: wait() -> begin_frame() -> draw -> end_frame().
// Units    Pixels of the framebuffer.
// Errors   No display, or no OpenGL 3.2: one sentence from open().
// Threads  The main thread; wake() from any.
// Owner    main. The ImGui context lives and ends with it.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"

struct GLFWmonitor;
struct GLFWwindow;

namespace loiter::app {

struct WindowOptions {
  int width = 1280;
  int height = 800;
  std::string title = "Loiter";
};

// RGBA, top row first.
struct Pixels {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> bytes;
};

class Window {
 public:
  static Result<std::unique_ptr<Window>> open(const WindowOptions& options);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  bool should_close() const;
  // Waits for something to happen, at most that long; none or less only looks.
  void wait(std::chrono::nanoseconds at_most);
  // Whether keys or pointer did anything since the last call.
  bool take_had_input();
  static void wake();

  void begin_frame();
  // `picture`, if given, becomes what this frame shows.
  void end_frame(Pixels* picture = nullptr);

  // How much larger the display wants everything, 1 on an ordinary one.
  float content_scale() const;
  int width() const;
  int height() const;
  // All of the monitor that it is on, and back to where it was.
  void set_full_screen(bool full);
  bool is_full_screen() const;
  GLFWmonitor* monitor() const;
  // Files dropped onto the window since the last call.
  std::vector<std::string> take_dropped_files();

 private:
  explicit Window(GLFWwindow* window) : m_window(window) {}
  void watch_input();
  Pixels read_back_buffer() const;

  GLFWwindow* m_window;
  bool m_had_input = true;
  struct Place {
    int x = 0, y = 0, width = 0, height = 0;
  };
  Place m_before;  // it filled the monitor
  std::vector<std::string> m_dropped;
};

// Writes a PNG; complete or not at all.
Result<void> write_png(const std::string& path, const Pixels& pixels);

}  // namespace loiter::app
