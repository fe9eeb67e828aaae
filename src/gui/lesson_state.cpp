#include "gui/lesson_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.hpp"
#include "gui/lesson_marks.hpp"

namespace loiter::gui {
namespace {

using lessons::Page;

constexpr const char* say_first = "Say first what you expect: answer the lesson's questions, or skip them.";
constexpr std::chrono::seconds between_looks{1};  // at the files

std::vector<engine::ScheduledKill> kills_of(const lessons::Lab& lab) {
  if (!lab.kill_process) return {};
  return {{.process = *lab.kill_process, .at = lab.kill_at}};
}

// A run that stands still for ever, as it would be told if it were ended now.
trace::Run ended_as_stuck(const trace::Run& run, Instant now) {
  trace::Run ended = run;
  ended.apply({.t = now, .body = trace::RunEnded{.how = trace::RunEnd::Stuck}});
  return ended;
}

}  // namespace

LessonState::LessonState(LabState& lab, const std::string& data_folder) : m_lab(lab), m_progress(data_folder) {}

// --- The shelf ---

bool LessonState::open(const std::string& wanted) {
  std::string message;
  std::string name = wanted;
  if (lessons::names_lesson_file(name) && !m_shelf.add(name, message)) {
    m_mistakes = {message};
    return false;
  }
  const auto number = parse_integer(name);
  const auto& entries = m_shelf.entries();
  if (number && *number >= 1 && static_cast<std::size_t>(*number) <= entries.size())
    name = entries[static_cast<std::size_t>(*number - 1)].name;
  const lessons::ShelfEntry* entry = m_shelf.find(name);
  if (entry == nullptr) {
    std::vector<std::string> ids;
    for (const lessons::ShelfEntry& each : entries) ids.push_back(each.name);
    m_mistakes = {fmt::format("There is no lesson '{}'.{} Lessons: {}.", printable(name, 60), did_you_mean(name, ids),
                              join(ids, ", "))};
    return false;
  }
  if (!entry->read.lesson) {
    m_mistakes = entry->read.mistakes;
    return false;
  }
  close();
  m_mistakes.clear();
  m_name = name;
  m_version = entry->version;
  m_before = m_lab.choices();
  m_reading.emplace(*entry->read.lesson);
  const auto known = progress().lessons.find(m_reading->lesson().id);
  if (known != progress().lessons.end()) m_reading->resume(known->second.step);
  sync_lab();
  return true;
}

void LessonState::close() {
  if (!is_open()) return;
  m_reading.reset();
  m_mistakes.clear();
  m_runs.clear();
  m_marks = {};
  m_pointer.reset();
  m_panels.clear();
  m_lab.free_setup();
  m_lab.hold_back("");
  if (m_set_up && m_before && !m_lab.is_going()) m_lab.set_up(*m_before);
  m_set_up.reset();
  m_before.reset();
}

void LessonState::forget(const std::string& lesson) {
  m_progress.change([&](lessons::Progress& progress) { progress.forget(lesson); });
}

void LessonState::look_at_files() {
  const auto now = std::chrono::steady_clock::now();
  if (m_looked && now - *m_looked < between_looks) return;
  look_at_files_now();
}

void LessonState::look_at_files_now() {
  m_looked = std::chrono::steady_clock::now();
  m_shelf.look_again();
  const lessons::ShelfEntry* entry = is_open() ? m_shelf.find(m_name) : nullptr;
  if (entry == nullptr || entry->version == m_version) return;
  m_version = entry->version;
  m_mistakes = entry->read.mistakes;
  if (!entry->read.lesson) return;  // what is being read stays until the file is right again
  m_reading->replace(*entry->read.lesson);
  m_set_up.reset();
  m_runs.clear();
  m_marks = {};
  sync_lab();
}

std::string LessonState::folder() const {
  const auto slash = m_name.rfind('/');
  return slash == std::string::npos ? "" : m_name.substr(0, slash);
}

// --- The lesson ---

void LessonState::go_to(std::size_t page) {
  if (!is_open()) return;
  m_reading->go_to(page);
  note_progress();
  sync_lab();
}

void LessonState::start_over() {
  if (!is_open()) return;
  m_reading->start_over();
  forget(m_reading->lesson().id);
  m_runs.clear();
  m_marks = {};
  m_set_up.reset();
  sync_lab();
}

void LessonState::note_progress() {
  const auto& steps = m_reading->lesson().steps;
  m_progress.change([&](lessons::Progress& progress) {
    for (lessons::Answered& answered : m_reading->take_answers()) progress.answer(std::move(answered));
    progress.reach(m_reading->lesson().id,
                   {static_cast<std::uint32_t>(m_reading->page().step), static_cast<std::uint32_t>(steps.size())});
  });
}

void LessonState::guess(lessons::Guess guess) {
  if (!is_open() || m_reading->page().kind != Page::Kind::Question || m_reading->has_run()) return;
  m_reading->set_guess(m_reading->page().step, std::move(guess));
  update_hold();
}

void LessonState::clear_guess() {
  if (!is_open() || m_reading->has_run()) return;
  m_reading->clear_guess(m_reading->page().step);
  update_hold();
}

void LessonState::set_hands(std::vector<std::uint32_t> counts) {
  if (is_open() && m_reading->page().kind == Page::Kind::Question)
    m_reading->set_hands(m_reading->page().step, std::move(counts));
}

void LessonState::ask_again() {
  if (!is_open() || !m_reading->page().lab) return;
  m_reading->ask_again();
  const auto questions = m_reading->questions();
  const auto& pages = m_reading->pages();
  const auto first = std::ranges::find_if(
      pages, [&](const Page& page) { return !questions.empty() && page.step == questions.front(); });
  m_runs.erase(*m_reading->page().lab);
  m_marks = {};
  if (first != pages.end()) m_reading->go_to(static_cast<std::size_t>(first - pages.begin()));
  set_up(*m_reading->page().lab);
}

bool LessonState::waits_for_answer() const {
  return is_open() && m_reading->page().kind == Page::Kind::Question && !m_reading->has_run() &&
         m_reading->guess(m_reading->page().step) == nullptr;
}

void LessonState::set_hold_back(bool hold_back) {
  m_hold_back = hold_back;
  update_hold();
}

// Of this page's lab, from this page on: those before it were answered, or skipped.
bool LessonState::has_open_question() const {
  if (!is_open() || m_reading->page().kind != Page::Kind::Question || m_reading->has_run()) return false;
  return std::ranges::any_of(m_reading->questions(), [&](std::size_t step) {
    return step >= m_reading->page().step && m_reading->guess(step) == nullptr;
  });
}

void LessonState::ask_for_answer() { m_lab.say(say_first); }

// Whoever sees the run first has nothing to predict any more.
void LessonState::update_hold() {
  const bool holds = m_hold_back && m_lab.is_fixed() && has_open_question();
  m_lab.hold_back(holds ? say_first : "");
}

// --- The lab ---

void LessonState::sync_lab() {
  const auto& page = m_reading->page();
  if (page.lab && (page.lab != m_set_up || (page.kind != Page::Kind::Task && !is_as_set() && m_lab.is_fixed()))) {
    set_up(*page.lab);
  } else if (page.lab && m_lab.is_fixed()) {
    fix();
  }
  if (page.lab) point();
  if (m_lab.has_run() && m_lab.generation() == m_taken) lay_marks(m_lab.run_shown());
  update_hold();
}

// On the page of a question what was guessed there; on others of the lab all of it.
void LessonState::lay_marks(const trace::Run& run) {
  const bool is_question = m_reading->page().kind == Page::Kind::Question;
  m_marks = guess_marks(*m_reading, is_question ? std::vector{m_reading->page().step} : m_reading->questions(), run);
}

// The run of a lab that is left is kept for whoever comes back.
void LessonState::keep_run() {
  if (!m_set_up || m_lab.is_recorded() || m_lab.generation() != m_taken) return;
  // A task has been tried with other settings: that is not the run that was explained.
  if (m_lab.setup_shown() != m_reading->lesson().steps[*m_set_up].lab->setup) return;
  LabRun run = m_lab.take_run_shown();
  if (run.number != 0) m_runs[*m_set_up] = std::move(run);
}

void LessonState::set_up(std::size_t lab_step) {
  keep_run();
  const lessons::Lab& lab = *m_reading->lesson().steps[lab_step].lab;
  LabRun run;
  if (const auto kept = m_runs.find(lab_step); kept != m_runs.end() && m_reading->has_run()) {
    run = std::move(kept->second);
    m_runs.erase(kept);
  }
  m_marks = {};
  m_taken = run.number;
  m_marked_run = run.number;
  m_set_up = lab_step;
  if (!m_lab.set_up(lab.choices, kills_of(lab), std::move(run))) return;
  fix();
  m_panels.clear();
  for (const std::string& name : lab.show) {
    if (const auto panel = views::panel_named(name)) m_panels.push_back(*panel);
  }
}

// Once there is something to see there.
void LessonState::point() {
  const std::string& at = m_reading->lab()->point_at;
  m_pointer.reset();
  if (at.empty() || m_reading->page().kind != Page::Kind::Outcome) return;
  const auto panel = views::panel_named(at);
  m_pointer = panel ? LessonPointer{.panel = panel, .future = {}} : LessonPointer{.panel = {}, .future = at};
}

void LessonState::fix() {
  const lessons::Step* step = m_reading->step();
  std::set<std::string> changeable;
  if (step != nullptr && step->task) changeable.insert(step->task->may_change.begin(), step->task->may_change.end());
  m_lab.fix_setup(std::move(changeable),
                  "The lesson has fixed this setting. 'Free the settings' in the Lesson panel lets you change it.");
}

bool LessonState::is_as_set() const {
  const lessons::Lab* lab = is_open() ? m_reading->lab() : nullptr;
  const auto setup = engine::complete(m_lab.choices());
  return lab != nullptr && setup && *setup == lab->setup;
}

void LessonState::run() {
  if (!is_open() || !m_reading->page().lab) return;
  const bool is_task = m_reading->page().kind == Page::Kind::Task;
  if (m_lab.is_paused() && !m_lab.is_setup_changed()) return m_lab.pause_or_resume();
  if (!is_task && !is_as_set()) set_up(*m_reading->page().lab);
  m_lab.run();
}

void LessonState::free_settings() {
  m_lab.free_setup();
  m_lab.hold_back("");
}

void LessonState::fix_settings() {
  if (!is_open() || !m_reading->page().lab) return;
  set_up(*m_reading->page().lab);
  update_hold();
}

void LessonState::show_solution() {
  const lessons::Step* step = is_open() ? m_reading->step() : nullptr;
  if (step == nullptr || !step->task || m_reading->lab() == nullptr) return;
  const auto choices = lessons::with_changes(*m_reading->lab(), *step->task, step->task->solution);
  if (!choices) return m_lab.say(choices.error().message);
  if (m_lab.set_up(*choices, kills_of(*m_reading->lab()))) fix();
}

bool LessonState::update() {
  const auto version = m_version;
  look_at_files();
  if (std::string message = m_progress.take_message(); !message.empty()) m_lab.say(std::move(message));
  bool is_otherwise = version != m_version;
  if (!is_open() || m_lab.generation() == m_taken) return is_otherwise;
  const bool is_of_setup = m_lab.has_run() && !m_lab.is_recorded() && m_lab.comparison() == nullptr && !m_lab.sweep();
  const trace::Run& run = m_lab.run_shown();
  const bool stands_still = m_lab.is_standstill() && !run.stuck().empty() && !run.stuck().back().freed;
  const bool is_over = !m_lab.is_going() && run.ended() && run.ended()->how != trace::RunEnd::Stopped;
  if (!is_of_setup || (!stands_still && !is_over)) return is_otherwise;
  take_run();
  return true;
}

void LessonState::take_run() {
  m_taken = m_lab.generation();
  const trace::Run& shown = m_lab.run_shown();
  const std::optional<trace::Run> stuck =
      shown.ended() ? std::nullopt : std::optional(ended_as_stuck(shown, m_lab.now()));
  const trace::Run& run = stuck ? *stuck : shown;
  if (m_reading->page().kind == Page::Kind::Task) {
    if (m_lab.is_fixed()) m_reading->take_attempt(run);
    return;
  }
  const lessons::Lab* lab = m_reading->lab();
  if (lab == nullptr || !m_lab.setup_shown() || !(*m_lab.setup_shown() == lab->setup) || m_reading->has_run()) return;
  m_reading->take_run(run);
  m_marked_run = m_taken;
  lay_marks(run);
  note_progress();
  update_hold();
}

const views::GuessMarks* LessonState::marks() const {
  const bool is_shown = is_open() && m_lab.has_run() && m_lab.generation() == m_marked_run && !m_marks.empty();
  return is_shown ? &m_marks : nullptr;
}

std::optional<LessonPointer> LessonState::take_pointer() { return std::exchange(m_pointer, std::nullopt); }

std::vector<views::PanelName> LessonState::take_panels() { return std::exchange(m_panels, {}); }

}  // namespace loiter::gui
