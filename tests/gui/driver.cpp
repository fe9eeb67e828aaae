#include "gui/driver.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

namespace loiter::gui::testing {
namespace {

constexpr float frame_seconds = 1.0F / 60.0F;

bool ends_like(std::string_view path, std::string_view label) {
  return path.ends_with(label) && (path.size() == label.size() || path[path.size() - label.size() - 1] == '/');
}

std::string squeezed(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    const bool blank = letter == ' ' || letter == '\n';
    if (blank && (result.empty() || result.back() == ' ')) continue;
    result += blank ? ' ' : letter;
  }
  if (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

void set_clipboard(ImGuiContext* context, const char* text) {
  *static_cast<std::string*>(context->PlatformIO.Platform_ClipboardUserData) = text;
}

const char* get_clipboard(ImGuiContext* context) {
  return static_cast<std::string*>(context->PlatformIO.Platform_ClipboardUserData)->c_str();
}

}  // namespace

Driver::Driver(Draw draw, const DriverOptions& options)
    : m_draw{std::move(draw)}, m_before{ImGui::GetCurrentContext()}, m_context{ImGui::CreateContext()} {
  ImGui::SetCurrentContext(m_context);
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = options.size;
  io.DeltaTime = frame_seconds;
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures | ImGuiBackendFlags_RendererHasVtxOffset;
  ImGuiPlatformIO& platform = ImGui::GetPlatformIO();
  platform.Platform_ClipboardUserData = &m_clipboard;
  platform.Platform_SetClipboardTextFn = set_clipboard;
  platform.Platform_GetClipboardTextFn = get_clipboard;
  listen_to_widgets(*m_context, this);
  m_look.fonts = load_fonts(*io.Fonts, options.font_folders);
  new_look(options.theme, options.scale);
}

Driver::~Driver() {
  listen_to_widgets(*m_context, nullptr);
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
    texture->SetTexID(ImTextureID_Invalid);
    texture->SetStatus(ImTextureStatus_Destroyed);
  }
  ImGui::DestroyContext(m_context);
  ImGui::SetCurrentContext(m_before);
}

// The screen.

void Driver::new_look(ThemeChoice theme, float scale) {
  m_look = make_look(theme, scale, m_look.fonts);
  apply_to_imgui(m_look);
  frames(3);  // windows that size themselves, and tabs, have their rectangles only in the third frame
}

void Driver::set_size(ImVec2 size) {
  ImGui::GetIO().DisplaySize = size;
  frames(3);
}

void Driver::set_scale(float scale) { new_look(m_look.theme.choice, scale); }
void Driver::set_theme(ThemeChoice theme) { new_look(theme, m_look.metrics.scale); }

void Driver::frames(int count) {
  for (int i = 0; i < count; ++i) one_frame();
}

void Driver::one_frame() {
  m_seen.clear();
  ImGui::NewFrame();
  m_draw(m_look);
  ImGui::Render();
  answer_textures();
  m_widgets = std::move(m_seen);
}

// Plays the graphics card: says that every texture is uploaded. Its pixels stay where rasterise() finds them.
void Driver::answer_textures() {
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
    if (texture->Status == ImTextureStatus_WantCreate || texture->Status == ImTextureStatus_WantUpdates) {
      texture->SetTexID(static_cast<ImTextureID>(texture->UniqueID + 1));
      texture->SetStatus(ImTextureStatus_OK);
    } else if (texture->Status == ImTextureStatus_WantDestroy && texture->UnusedFrames > 0) {
      texture->SetTexID(ImTextureID_Invalid);
      texture->SetStatus(ImTextureStatus_Destroyed);
    }
  }
}

// Widgets.

void Driver::on_widget(const WidgetSeen& widget) {
  std::string path = std::string{widget.window} + "/" + std::string{widget.label};
  const Widget seen{path, widget.id, widget.window_id, widget.box, widget.visible, widget.enabled};
  m_seen.insert_or_assign(std::move(path), seen);
}

std::string Driver::list_of_widgets() const {
  std::string list;
  for (const auto& [path, widget] : m_widgets) list += "\n  " + path;
  return list.empty() ? " There is no widget at all." : " There are:" + list;
}

const Widget& Driver::find(std::string_view label) const {
  const Widget* found = nullptr;
  for (const auto& [path, widget] : m_widgets) {
    if (!ends_like(path, label)) continue;
    if (path == label) return widget;
    if (found != nullptr) {
      throw DriverError("more than one widget is called '" + std::string{label} + "'." + list_of_widgets());
    }
    found = &widget;
  }
  if (found == nullptr) throw DriverError("no widget is called '" + std::string{label} + "'." + list_of_widgets());
  return *found;
}

bool Driver::has(std::string_view label) const {
  return std::ranges::any_of(m_widgets, [label](const auto& entry) { return ends_like(entry.first, label); });
}

std::vector<Widget> Driver::widgets() const {
  std::vector<Widget> all;
  for (const auto& [path, widget] : m_widgets) all.push_back(widget);
  return all;
}

// The mouse.

void Driver::move_to(ImVec2 at) {
  ImGui::GetIO().AddMousePosEvent(at.x, at.y);
  one_frame();
}

void Driver::press_and_release(ImGuiMouseButton button) {
  ImGui::GetIO().AddMouseButtonEvent(button, true);
  one_frame();
  ImGui::GetIO().AddMouseButtonEvent(button, false);
  one_frame();
}

void Driver::hover(ImVec2 at) {
  move_to(at);
  one_frame();
}

void Driver::hover(std::string_view label) {
  const Box box = find(label).visible;
  if (box.empty()) throw DriverError("'" + std::string{label} + "' cannot be seen.");
  hover(box.centre());
}

void Driver::click(ImVec2 at, ImGuiMouseButton button) {
  move_to(at);
  press_and_release(button);
  frames(2);  // a popup it opens has its size in the second
}

void Driver::click(std::string_view label) {
  hover(label);
  press_and_release(ImGuiMouseButton_Left);
  frames(2);
}

void Driver::double_click(ImVec2 at) {
  wait(0.5);  // so that an earlier click is not part of it
  move_to(at);
  press_and_release(ImGuiMouseButton_Left);
  press_and_release(ImGuiMouseButton_Left);
  frames(2);
}

void Driver::double_click(std::string_view label) {
  hover(label);
  double_click(find(label).visible.centre());
}

void Driver::drag(ImVec2 from, ImVec2 to) {
  constexpr int steps = 8;
  move_to(from);
  ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, true);
  one_frame();
  for (int i = 1; i <= steps; ++i) {
    const float share = static_cast<float>(i) / steps;
    move_to({from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share});
  }
  ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, false);
  frames(2);
}

void Driver::drag(std::string_view label, ImVec2 by) {
  hover(label);
  const ImVec2 from = find(label).visible.centre();
  drag(from, {from.x + by.x, from.y + by.y});
}

void Driver::wheel(ImVec2 at, float up, float right) {
  move_to(at);
  ImGui::GetIO().AddMouseWheelEvent(right, up);
  frames(2);
}

void Driver::wait(double seconds) { frames(static_cast<int>(std::ceil(seconds / static_cast<double>(frame_seconds)))); }

// The keyboard.

void Driver::key(ImGuiKey key) { chord(key); }

void Driver::chord(ImGuiKeyChord chord) {
  ImGuiIO& io = ImGui::GetIO();
  const auto key = static_cast<ImGuiKey>(chord & ~ImGuiMod_Mask_);
  const auto send = [&](bool down) {
    for (const ImGuiKey modifier : {ImGuiMod_Ctrl, ImGuiMod_Shift, ImGuiMod_Alt, ImGuiMod_Super}) {
      if ((chord & modifier) != 0) io.AddKeyEvent(modifier, down);
    }
    io.AddKeyEvent(key, down);
    one_frame();
  };
  send(true);
  send(false);
  one_frame();
}

void Driver::type(std::string_view text) {
  ImGui::GetIO().AddInputCharactersUTF8(std::string{text}.c_str());
  frames(2);
}

void Driver::focus(std::string_view label) {
  const Widget& widget = find(label);
  ImGuiWindow* window = ImGui::FindWindowByID(widget.window_id);
  if (window == nullptr) throw DriverError("the window of '" + widget.path + "' is gone.");
  ImGui::FocusWindow(window);
  ImGui::SetNavWindow(window);
  ImGui::SetNavID(widget.id, ImGuiNavLayer_Main, 0,
                  ImGui::WindowRectAbsToRel(window, ImRect{widget.box.min(), widget.box.max()}));
  m_context->NavCursorVisible = true;
  m_context->NavHighlightItemUnderNav = true;
  frames(2);
}

bool Driver::has_ring(std::string_view label) const {
  return m_context->NavCursorVisible && m_context->NavId == find(label).id;
}

// What the last frame shows.

std::vector<DrawnText> Driver::texts() const { return drawn_text(*ImGui::GetDrawData(), *ImGui::GetIO().Fonts); }

bool Driver::shows(std::string_view words) const {
  const std::vector<DrawnText> runs = texts();
  const std::string wanted = squeezed(words);
  return squeezed(in_drawing_order(runs)).find(wanted) != std::string::npos ||
         squeezed(in_lines(runs)).find(wanted) != std::string::npos;
}

std::string Driver::screen() const { return in_lines(texts()); }

Picture Driver::picture() const { return rasterise(*ImGui::GetDrawData(), m_look.theme.chrome); }

void Driver::picture(const std::filesystem::path& path) const { write_png(picture(), path); }

Driver::Draw in_window(Driver::Draw draw, float margin) {
  return [draw = std::move(draw), margin](const Look& look) {
    ImGui::SetNextWindowPos({0.0F, 0.0F});
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    const float inside = look.metrics.px(margin);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{inside, inside});
    if (ImGui::Begin("test", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove)) draw(look);
    ImGui::End();
    ImGui::PopStyleVar();
  };
}

}  // namespace loiter::gui::testing
