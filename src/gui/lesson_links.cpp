#include "gui/lesson_links.hpp"

#include <fmt/format.h>
#include <imgui.h>

#include "base/text.hpp"
#include "gui/workbench.hpp"
#include "lessons/links.hpp"
#include "lessons/quantities.hpp"

namespace loiter::gui {

FutureId future_labelled(const trace::Run& run, const std::string& label) {
  for (const lessons::Item& item : lessons::futures_of(run)) {
    if (item.label == label) return item.future;
  }
  return no_future;
}

void follow_link(WorkbenchView& view, LabState& lab, LessonState& lessons, const std::string& target) {
  using Kind = lessons::Link::Kind;
  const auto link = lessons::read_link(target);
  if (!link) return lab.say(link.error().message);
  switch (link->kind) {
    case Kind::Panel:
      if (const auto panel = views::panel_named(link->name)) light_up(view, *panel);
      return;
    case Kind::Lesson:
      lessons.open(link->name);
      return;
    case Kind::Future: {
      const FutureId id = future_labelled(lab.run_shown(), link->name);
      if (id == no_future)
        return lab.say(fmt::format("There is no {} yet: run the lab first.", printable(link->name, 60)));
      if (view.selection.future != id) view.selection.choose(id);
      return;
    }
    case Kind::Web:
      ImGui::SetClipboardText(link->name.c_str());
      return lab.say(fmt::format("The address is copied: {}", printable(link->name, 200)));
  }
}

}  // namespace loiter::gui
