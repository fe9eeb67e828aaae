#include "app/notes_window.hpp"

#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <algorithm>
#include <span>
#include <utility>

namespace loiter::app {
namespace {

constexpr int usual_width = 560;
constexpr int usual_height = 640;

// Makes the contexts of a window current for a scope: OpenGL's and Dear ImGui's.
class Current {
 public:
  Current(GLFWwindow* window, ImGuiContext* context)
      : m_window(glfwGetCurrentContext()), m_context(ImGui::GetCurrentContext()) {
    glfwMakeContextCurrent(window);
    ImGui::SetCurrentContext(context);
  }
  ~Current() {
    glfwMakeContextCurrent(m_window);
    ImGui::SetCurrentContext(m_context);
  }
  Current(const Current&) = delete;
  Current& operator=(const Current&) = delete;

 private:
  GLFWwindow* m_window;
  ImGuiContext* m_context;
};

// In the middle of a monitor that the class does not look at; where there is one only, the system chooses the place.
void place_beside(GLFWwindow* window, const Window& first) {
  int count = 0;
  GLFWmonitor** found = glfwGetMonitors(&count);
  GLFWmonitor* of_class = first.monitor();
  for (GLFWmonitor* monitor : std::span(found, static_cast<std::size_t>(std::max(0, count)))) {
    if (monitor == of_class) continue;
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    glfwGetMonitorWorkarea(monitor, &x, &y, &width, &height);
    glfwSetWindowPos(window, x + (width - usual_width) / 2, y + (height - usual_height) / 2);
    return;
  }
}

}  // namespace

Result<std::unique_ptr<NotesWindow>> NotesWindow::open(const Window& first) {
  glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
  glfwWindowHint(GLFW_FOCUSED, GLFW_FALSE);
  glfwWindowHint(GLFW_FOCUS_ON_SHOW, GLFW_FALSE);
  GLFWwindow* handle = glfwCreateWindow(usual_width, usual_height, "Loiter: notes", nullptr, nullptr);
  if (handle == nullptr)
    return fail("The notes cannot have a window of their own here; the lesson's file has them too, as note blocks.");
  std::unique_ptr<NotesWindow> window(new NotesWindow(handle));
  place_beside(handle, first);
  window->begin();
  glfwShowWindow(handle);
  return window;
}

void NotesWindow::begin() {
  glfwSetWindowSizeLimits(m_window, 320, 240, GLFW_DONT_CARE, GLFW_DONT_CARE);
  glfwSetWindowUserPointer(m_window, this);
  static constexpr auto had_input = [](GLFWwindow* window) {
    static_cast<NotesWindow*>(glfwGetWindowUserPointer(window))->m_had_input = true;
  };
  glfwSetKeyCallback(m_window, [](GLFWwindow* w, int, int, int, int) { had_input(w); });
  glfwSetCursorPosCallback(m_window, [](GLFWwindow* w, double, double) { had_input(w); });
  glfwSetMouseButtonCallback(m_window, [](GLFWwindow* w, int, int, int) { had_input(w); });
  glfwSetScrollCallback(m_window, [](GLFWwindow* w, double, double) { had_input(w); });
  glfwSetWindowRefreshCallback(m_window, [](GLFWwindow* w) { had_input(w); });
  glfwSetFramebufferSizeCallback(m_window, [](GLFWwindow* w, int, int) { had_input(w); });
  ImGuiContext* before = ImGui::GetCurrentContext();
  m_context = ImGui::CreateContext();
  ImGui::SetCurrentContext(before);
  const Current current(m_window, m_context);
  glfwSwapInterval(0);  // one of two windows waits for the screen: the first
  ImGui::GetIO().IniFilename = nullptr;
  ImGui::GetIO().LogFilename = nullptr;
  ImGui_ImplGlfw_InitForOpenGL(m_window, true);
  ImGui_ImplOpenGL3_Init("#version 150");
  m_fonts = gui::load_fonts(*ImGui::GetIO().Fonts);
}

NotesWindow::~NotesWindow() {
  if (m_context != nullptr) {
    const Current current(m_window, m_context);
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplGlfw_Shutdown();
  }
  ImGuiContext* before = ImGui::GetCurrentContext();
  ImGui::DestroyContext(m_context);
  ImGui::SetCurrentContext(before);
  glfwDestroyWindow(m_window);
}

bool NotesWindow::should_close() const { return glfwWindowShouldClose(m_window) != GLFW_FALSE; }

bool NotesWindow::take_had_input() { return std::exchange(m_had_input, false); }

float NotesWindow::content_scale() const {
  float x = 1;
  float y = 1;
  glfwGetWindowContentScale(m_window, &x, &y);
  return std::max(x, y);
}

void NotesWindow::draw(const std::function<void(const gui::Fonts&)>& draw_inside) {
  const Current current(m_window, m_context);
  int width = 0;
  int height = 0;
  glfwGetFramebufferSize(m_window, &width, &height);
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGui::NewFrame();
  draw_inside(m_fonts);
  ImGui::Render();
  glViewport(0, 0, width, height);
  glClearColor(0, 0, 0, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  glfwSwapBuffers(m_window);
}

}  // namespace loiter::app
