#include "app/window.hpp"

#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cstring>
#include <span>

namespace loiter::app {
namespace {

std::string& last_glfw_error() {
  static std::string text;
  return text;
}

void remember_error(int /*code*/, const char* text) { last_glfw_error() = text; }

std::string reason() { return last_glfw_error().empty() ? "no reason given" : last_glfw_error(); }

}  // namespace

Result<std::unique_ptr<Window>> Window::open(const WindowOptions& options) {
  glfwSetErrorCallback(remember_error);
  if (glfwInit() == GLFW_FALSE) return fail(fmt::format("No window can be opened here ({}).", reason()));
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 2);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  GLFWwindow* handle = glfwCreateWindow(options.width, options.height, options.title.c_str(), nullptr, nullptr);
  if (handle == nullptr) {
    const std::string why = reason();
    glfwTerminate();
    return fail(fmt::format("The lab needs OpenGL 3.2, which this display does not give ({}).", why));
  }
  std::unique_ptr<Window> window(new Window(handle));
  glfwSetWindowSizeLimits(handle, 480, 320, GLFW_DONT_CARE, GLFW_DONT_CARE);
  glfwMakeContextCurrent(handle);
  glfwSwapInterval(1);
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;
  ImGui::GetIO().LogFilename = nullptr;
  ImGui::GetIO().ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  window->watch_input();
  ImGui_ImplGlfw_InitForOpenGL(handle, true);  // calls on to the callbacks set before
  ImGui_ImplOpenGL3_Init("#version 150");
  return window;
}

Window::~Window() {
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplGlfw_Shutdown();
  ImGui::DestroyContext();
  glfwDestroyWindow(m_window);
  glfwTerminate();
}

void Window::watch_input() {
  glfwSetWindowUserPointer(m_window, this);
  static constexpr auto had_input = [](GLFWwindow* window) {
    static_cast<Window*>(glfwGetWindowUserPointer(window))->m_had_input = true;
  };
  glfwSetKeyCallback(m_window, [](GLFWwindow* w, int, int, int, int) { had_input(w); });
  glfwSetCharCallback(m_window, [](GLFWwindow* w, unsigned) { had_input(w); });
  glfwSetCursorPosCallback(m_window, [](GLFWwindow* w, double, double) { had_input(w); });
  glfwSetMouseButtonCallback(m_window, [](GLFWwindow* w, int, int, int) { had_input(w); });
  glfwSetScrollCallback(m_window, [](GLFWwindow* w, double, double) { had_input(w); });
  glfwSetWindowFocusCallback(m_window, [](GLFWwindow* w, int) { had_input(w); });
  glfwSetWindowRefreshCallback(m_window, [](GLFWwindow* w) { had_input(w); });
  glfwSetFramebufferSizeCallback(m_window, [](GLFWwindow* w, int, int) { had_input(w); });
  glfwSetDropCallback(m_window, [](GLFWwindow* w, int count, const char** paths) {
    auto* window = static_cast<Window*>(glfwGetWindowUserPointer(w));
    window->m_had_input = true;
    window->m_dropped.insert(window->m_dropped.end(), paths, paths + count);
  });
}

bool Window::should_close() const { return glfwWindowShouldClose(m_window) != GLFW_FALSE; }

void Window::wait(std::chrono::nanoseconds at_most) {
  if (at_most.count() > 0) {
    glfwWaitEventsTimeout(std::chrono::duration<double>(at_most).count());
  } else {
    glfwPollEvents();
  }
}

bool Window::take_had_input() { return std::exchange(m_had_input, false); }

void Window::wake() { glfwPostEmptyEvent(); }

void Window::begin_frame() {
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGui::NewFrame();
}

void Window::end_frame(Pixels* picture) {
  ImGui::Render();
  glViewport(0, 0, width(), height());
  glClearColor(0, 0, 0, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  if (picture != nullptr) *picture = read_back_buffer();
  glfwSwapBuffers(m_window);
}

Pixels Window::read_back_buffer() const {
  Pixels pixels{.width = width(), .height = height(), .bytes = {}};
  const auto row = static_cast<std::size_t>(pixels.width) * 4;
  pixels.bytes.resize(row * static_cast<std::size_t>(pixels.height));
  glReadBuffer(GL_BACK);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, pixels.width, pixels.height, GL_RGBA, GL_UNSIGNED_BYTE, pixels.bytes.data());
  for (int y = 0; y < pixels.height / 2; ++y) {  // OpenGL's first row is the lowest
    auto* upper = pixels.bytes.data() + row * static_cast<std::size_t>(y);
    auto* lower = pixels.bytes.data() + row * static_cast<std::size_t>(pixels.height - 1 - y);
    std::swap_ranges(upper, upper + row, lower);
  }
  for (std::size_t i = 3; i < pixels.bytes.size(); i += 4) pixels.bytes[i] = 255;
  return pixels;
}

float Window::content_scale() const {
  float x = 1;
  float y = 1;
  glfwGetWindowContentScale(m_window, &x, &y);
  return std::max(x, y);
}

int Window::width() const {
  int w = 0;
  int h = 0;
  glfwGetFramebufferSize(m_window, &w, &h);
  return w;
}

int Window::height() const {
  int w = 0;
  int h = 0;
  glfwGetFramebufferSize(m_window, &w, &h);
  return h;
}

bool Window::is_full_screen() const { return glfwGetWindowMonitor(m_window) != nullptr; }

// The one that shows most of it.
GLFWmonitor* Window::monitor() const {
  if (GLFWmonitor* filled = glfwGetWindowMonitor(m_window)) return filled;
  Place here;
  glfwGetWindowPos(m_window, &here.x, &here.y);
  glfwGetWindowSize(m_window, &here.width, &here.height);
  int count = 0;
  GLFWmonitor** found = glfwGetMonitors(&count);
  GLFWmonitor* best = glfwGetPrimaryMonitor();
  int most = 0;
  for (GLFWmonitor* each : std::span(found, static_cast<std::size_t>(std::max(0, count)))) {
    Place there;
    glfwGetMonitorPos(each, &there.x, &there.y);
    const GLFWvidmode* mode = glfwGetVideoMode(each);
    if (mode == nullptr) continue;
    const int across = std::min(here.x + here.width, there.x + mode->width) - std::max(here.x, there.x);
    const int down = std::min(here.y + here.height, there.y + mode->height) - std::max(here.y, there.y);
    if (across <= 0 || down <= 0 || across * down <= most) continue;
    most = across * down;
    best = each;
  }
  return best;
}

void Window::set_full_screen(bool full) {
  if (full == is_full_screen()) return;
  if (!full) {
    glfwSetWindowMonitor(m_window, nullptr, m_before.x, m_before.y, m_before.width, m_before.height, GLFW_DONT_CARE);
    return;
  }
  GLFWmonitor* on = monitor();
  const GLFWvidmode* mode = on == nullptr ? nullptr : glfwGetVideoMode(on);
  if (mode == nullptr) return;
  glfwGetWindowPos(m_window, &m_before.x, &m_before.y);
  glfwGetWindowSize(m_window, &m_before.width, &m_before.height);
  // The teacher works in the window with the notes meanwhile: what the class sees must not go away for that.
  glfwSetWindowAttrib(m_window, GLFW_AUTO_ICONIFY, GLFW_FALSE);
  glfwSetWindowMonitor(m_window, on, 0, 0, mode->width, mode->height, mode->refreshRate);
}

std::vector<std::string> Window::take_dropped_files() { return std::exchange(m_dropped, {}); }

}  // namespace loiter::app
