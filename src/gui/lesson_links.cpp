#include "gui/lesson_links.hpp"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>

#include "base/text.hpp"
#include "gui/workbench.hpp"
#include "lessons/quantities.hpp"

namespace loiter::gui {

FutureId future_labelled(const trace::Run& run, const std::string& label) {
  for (const lessons::Item& item : lessons::futures_of(run)) {
    if (item.label == label) return item.future;
  }
  return no_future;
}

void follow_link(WorkbenchView& view, LabState& lab, LessonState& lessons, const std::string& link) {
  const std::size_t colon = std::min(link.find(':'), link.size());
  const std::string kind = link.substr(0, colon);
  const std::string to = link.substr(std::min(colon + 1, link.size()));
  if (const auto panel = views::panel_named(to); kind == "panel" && panel) return light_up(view, *panel);
  if (kind == "lesson") {
    lessons.open(to);
    return;
  }
  if (kind == "future") {
    const FutureId id = future_labelled(lab.run_shown(), to);
    if (id == no_future) return lab.say(fmt::format("There is no {} yet: run the lab first.", printable(to, 60)));
    if (view.selection.future != id) view.selection.choose(id);
    return;
  }
  ImGui::SetClipboardText(link.c_str());
  lab.say(fmt::format("The address is copied: {}", printable(link, 200)));
}

}  // namespace loiter::gui
