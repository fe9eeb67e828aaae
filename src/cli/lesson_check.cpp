#include "cli/lesson_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/text.hpp"
#include "cli/lesson_lab.hpp"
#include "lessons/links.hpp"

namespace loiter::cli {
namespace {

using lessons::Fault;
using lessons::Step;

bool meets_all(const lessons::Try& task, const trace::Run& run) {
  return std::ranges::all_of(task.goals, [&](const lessons::Goal& goal) { return lessons::meets(goal, run).met; });
}

void check_task(const lessons::Lab& lab, const lessons::Try& task, const trace::Run& run, std::vector<Fault>& faults) {
  if (meets_all(task, run)) {
    faults.push_back({task.line, "The lab meets every goal already: nothing is left to try."});
    return;
  }
  LabOrder order = order_of(lab);
  order.choices = *lessons::with_changes(lab, task, task.solution);
  const auto solved = run_lab_unseen(order);
  if (!solved) {
    faults.push_back(
        {task.line, fmt::format("The solution '{}' cannot be run: {}.", task.solution, solved.error().message)});
    return;
  }
  for (const lessons::Goal& goal : task.goals) {
    const lessons::Met met = lessons::meets(goal, *solved);
    if (met.met) continue;
    faults.push_back({goal.line, fmt::format("The solution '{}' does not reach this goal ({}): it is {}.",
                                             task.solution, lessons::text_of(goal), met.was)});
  }
}

void check_futures(const lessons::Blocks& prose, const trace::Run& run, std::vector<Fault>& faults) {
  for (const lessons::PlacedLink& placed : lessons::links_of(prose)) {
    if (placed.link.kind != lessons::Link::Kind::Future) continue;
    if (auto why = lessons::why_no_future(placed.link.name, run)) faults.push_back({placed.line, std::move(*why)});
  }
}

void check_pointer(const lessons::Lab& lab, const trace::Run& run, std::vector<Fault>& faults) {
  if (lab.point_at.empty() || lessons::is_panel(lab.point_at)) return;
  if (const auto why = lessons::why_no_future(lab.point_at, run)) {
    faults.push_back({lab.line, fmt::format("'point_at' is a panel or a future's label. {}", *why)});
  }
}

// Links to other lessons, which are known to who has them all.
void check_lessons(const lessons::Lesson& lesson, const std::vector<std::string>& known, std::vector<Fault>& faults) {
  for (const Step& step : lesson.steps) {
    for (const lessons::PlacedLink& placed : lessons::links_of(step.prose)) {
      const std::string& id = placed.link.name;
      if (placed.link.kind != lessons::Link::Kind::Lesson || std::ranges::find(known, id) != known.end()) continue;
      faults.push_back({placed.line, fmt::format("There is no lesson '{}'.{} 'loiter lesson list' names them.", id,
                                                 did_you_mean(id, known))});
    }
  }
}

std::vector<Fault> faults_of(const lessons::Lesson& lesson) {
  std::vector<Fault> faults;
  std::vector<const lessons::Blocks*> before;  // prose that comes before any lab: its links are for the first one
  const lessons::Lab* lab = nullptr;
  std::optional<trace::Run> run;
  for (const Step& step : lesson.steps) {
    if (step.lab) {
      lab = &*step.lab;
      auto ran = run_lab_unseen(order_of(*lab));
      run.reset();
      if (ran) {
        run = std::move(*ran);
      } else {
        faults.push_back({step.line, fmt::format("This lab cannot be run: {}.", ran.error().message)});
      }
    }
    if (lab == nullptr) before.push_back(&step.prose);
    if (!run) continue;
    for (const lessons::Blocks* prose : std::exchange(before, {})) check_futures(*prose, *run, faults);
    check_futures(step.prose, *run, faults);
    if (step.lab) check_pointer(*step.lab, *run, faults);
    if (step.prediction) std::ranges::move(lessons::faults_of(*step.prediction, *run), std::back_inserter(faults));
    if (step.task) check_task(*lab, *step.task, *run, faults);
  }
  return faults;
}

}  // namespace

namespace {

// Pictures are files beside the lesson's own.
void check_pictures(const FoundLesson& found, std::vector<Fault>& faults) {
  const std::filesystem::path folder = std::filesystem::path(found.file).parent_path();
  for (const Step& step : found.read.lesson->steps) {
    for (const lessons::Block& block : step.prose) {
      for (const lessons::Span& span : block.spans) {
        std::error_code ignored;
        if (!span.picture || std::filesystem::is_regular_file(folder / span.to, ignored)) continue;
        faults.push_back({span.line, fmt::format("There is no picture '{}': put that file beside the lesson, or mend "
                                                 "its name.",
                                                 printable(span.to, 100))});
      }
    }
  }
}

}  // namespace

std::vector<std::string> mistakes_of(const FoundLesson& found, const std::vector<std::string>& known_ids) {
  if (!found.read.lesson) return found.read.mistakes;
  std::vector<std::string> mistakes;
  const std::string file = printable(found.file, 400);
  for (const std::string& id : found.read.lesson->needs) {
    if (std::ranges::find(known_ids, id) != known_ids.end()) continue;
    mistakes.push_back(fmt::format("{}:1: The lesson needs '{}', and there is no such lesson.{}", file,
                                   printable(id, 60), did_you_mean(id, known_ids)));
  }
  std::vector<Fault> faults = faults_of(*found.read.lesson);
  check_lessons(*found.read.lesson, known_ids, faults);
  check_pictures(found, faults);
  std::ranges::stable_sort(faults, {}, &Fault::line);
  for (const Fault& fault : faults) {
    mistakes.push_back(fmt::format("{}:{}: {}", file, fault.line, fault.what));
  }
  return mistakes;
}

}  // namespace loiter::cli
