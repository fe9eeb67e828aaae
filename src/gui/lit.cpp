#include "gui/lit.hpp"

#include "gui/paint.hpp"
#include "gui/workbench.hpp"

namespace loiter::gui {

void outline_lit(ImDrawList& list, const Look& look, const Box& box) {
  outline_box(list, box, look.theme.text, look.metrics.bar_radius, look.metrics.px(4));
  outline_box(list, box.inset(look.metrics.px(1)), look.theme.lit, look.metrics.bar_radius, look.metrics.px(2));
}

void draw_lit(const WorkbenchView& view, const Look& look) {
  // While a tour is open also without anything to draw: windows lie upon each other in the order in which they came.
  if (!view.lit && !view.tour.open) return;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
  ImGui::Begin("Lit", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoInputs | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoSavedSettings);
  if (view.lit) {
    const Box& box = view.places[static_cast<std::size_t>(*view.lit)];
    if (!box.empty()) outline_lit(*ImGui::GetWindowDrawList(), look, box);
  }
  ImGui::End();
}

}  // namespace loiter::gui
