#include "gui/theme.hpp"

namespace loiter::gui {
namespace {

void set_lengths(const Metrics& metrics, ImGuiStyle& style) {
  style.FontSizeBase = metrics.type.base;
  style.WindowPadding = {0.0F, 0.0F};  // panels place their own content
  style.WindowRounding = 0.0F;
  style.WindowBorderSize = 0.0F;
  style.WindowMinSize = {1.0F, 1.0F};
  style.ChildRounding = 0.0F;
  style.ChildBorderSize = 0.0F;
  style.PopupRounding = metrics.control_radius;
  style.PopupBorderSize = metrics.hairline;
  style.FramePadding = {metrics.gap8, metrics.px(7)};
  style.FrameRounding = metrics.control_radius;
  style.FrameBorderSize = metrics.hairline;
  style.ItemSpacing = {metrics.gap_in_group, metrics.gap4};
  style.ItemInnerSpacing = {metrics.gap4, metrics.gap4};
  style.CellPadding = {metrics.gap4, metrics.gap4};
  style.IndentSpacing = metrics.gap16;
  style.ScrollbarSize = metrics.px(10);
  style.ScrollbarRounding = metrics.px(5);
  style.GrabMinSize = metrics.px(14);
  style.GrabRounding = metrics.px(5);
  style.TabRounding = 0.0F;
  style.TabBorderSize = 0.0F;
  style.SeparatorTextBorderSize = metrics.hairline;
  style.WindowBorderHoverPadding = metrics.gap4;
  style.MouseCursorScale = metrics.scale;
  style.AntiAliasedLines = true;
  style.AntiAliasedFill = true;
  style.CurveTessellationTol = 0.6F;         // smaller: rounder curves in the graph, more vertices
  style.CircleTessellationMaxError = 0.15F;  // smaller: rounder glyphs and corners, more vertices
  style.DisabledAlpha = 1.0F;                // widgets draw their own disabled look in text3
  style.HoverDelayShort = 0.30F;
  style.HoverDelayNormal = 0.50F;
}

void set_colours(const Theme& theme, ImGuiStyle& style) {
  const auto set = [&style](ImGuiCol slot, Colour colour) {
    style.Colors[slot] = ImGui::ColorConvertU32ToFloat4(colour);
  };
  set(ImGuiCol_Text, theme.text);
  set(ImGuiCol_TextDisabled, theme.text3);
  set(ImGuiCol_WindowBg, theme.panel);
  set(ImGuiCol_ChildBg, faded(theme.panel, 0.0F));
  set(ImGuiCol_PopupBg, theme.panel);
  set(ImGuiCol_Border, theme.control_line);
  set(ImGuiCol_BorderShadow, faded(theme.panel, 0.0F));
  set(ImGuiCol_FrameBg, theme.control);
  set(ImGuiCol_FrameBgHovered, theme.control_hover);
  set(ImGuiCol_FrameBgActive, theme.control_active);
  set(ImGuiCol_MenuBarBg, theme.chrome);
  set(ImGuiCol_ScrollbarBg, faded(theme.panel, 0.0F));
  set(ImGuiCol_ScrollbarGrab, theme.splitter);
  set(ImGuiCol_ScrollbarGrabHovered, theme.control_line);
  set(ImGuiCol_ScrollbarGrabActive, theme.text2);
  set(ImGuiCol_CheckMark, theme.text);
  set(ImGuiCol_SliderGrab, theme.text);
  set(ImGuiCol_SliderGrabActive, theme.text);
  set(ImGuiCol_Button, theme.control);
  set(ImGuiCol_ButtonHovered, theme.control_hover);
  set(ImGuiCol_ButtonActive, theme.control_active);
  set(ImGuiCol_Header, theme.control_active);
  set(ImGuiCol_HeaderHovered, theme.control_hover);
  set(ImGuiCol_HeaderActive, theme.control_active);
  set(ImGuiCol_Separator, theme.splitter);
  set(ImGuiCol_SeparatorHovered, theme.control_line);
  set(ImGuiCol_SeparatorActive, theme.text2);
  set(ImGuiCol_ResizeGrip, faded(theme.panel, 0.0F));
  set(ImGuiCol_ResizeGripHovered, theme.splitter);
  set(ImGuiCol_ResizeGripActive, theme.control_line);
  set(ImGuiCol_TableHeaderBg, theme.panel);
  set(ImGuiCol_TableBorderStrong, theme.splitter);
  set(ImGuiCol_TableBorderLight, theme.hairline);
  set(ImGuiCol_TableRowBg, faded(theme.panel, 0.0F));
  set(ImGuiCol_TableRowBgAlt, faded(theme.panel, 0.0F));
  set(ImGuiCol_TextSelectedBg, theme.selection_wash);
  set(ImGuiCol_DragDropTarget, theme.selection_line);
  set(ImGuiCol_NavCursor, theme.text);
  set(ImGuiCol_ModalWindowDimBg, faded(theme.text, 0.35F));
}

}  // namespace

void apply_to_imgui(const Theme& theme, const Metrics& metrics, ImGuiStyle& style) {
  style = ImGuiStyle{};
  if (theme.choice == ThemeChoice::Dark) {
    ImGui::StyleColorsDark(&style);
  } else {
    ImGui::StyleColorsLight(&style);
  }
  set_lengths(metrics, style);
  set_colours(theme, style);
}

}  // namespace loiter::gui
