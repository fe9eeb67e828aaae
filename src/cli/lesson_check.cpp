#include "cli/lesson_check.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "cli/lesson_lab.hpp"

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
    faults.push_back({goal.line, fmt::format("The solution '{}' does not reach this: wanted is {}, and it is {}.",
                                             task.solution, lessons::text_of(goal), met.was)});
  }
}

std::vector<Fault> faults_of(const lessons::Lesson& lesson) {
  std::vector<Fault> faults;
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
    if (!run) continue;
    if (step.prediction) std::ranges::move(lessons::faults_of(*step.prediction, *run), std::back_inserter(faults));
    if (step.task) check_task(*lab, *step.task, *run, faults);
  }
  std::ranges::stable_sort(faults, {}, &Fault::line);
  return faults;
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
  for (const Fault& fault : faults_of(*found.read.lesson)) {
    mistakes.push_back(fmt::format("{}:{}: {}", file, fault.line, fault.what));
  }
  return mistakes;
}

}  // namespace loiter::cli
