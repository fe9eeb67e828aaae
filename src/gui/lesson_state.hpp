// LessonState: the lesson in the window: which one is read, its labs set up and run in the lab, its questions marked when a
// run is over, the reader's progress kept.
//
//   open() --> page --next()--> a lab is set up, its settings fixed --run()--> over (or stuck) --> marks, progress
//
// Shape    Commands are what buttons and keys call; each is harmless when it makes no sense. No drawing, no Dear ImGui.
//          The run of a lab stays: who goes back to its pages sees it again.
// Errors   A lesson that cannot be read: its mistakes, a line each. What else goes wrong is said on the lab's status line.
// Threads  GUI thread.
// Owner    The app; borrows the LabState.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gui/lab_state.hpp"
#include "lessons/progress_file.hpp"
#include "lessons/reading.hpp"
#include "lessons/shelf.hpp"
#include "views/guess_marks.hpp"
#include "views/window_layout.hpp"

namespace loiter::gui {

// A panel or a future that the lesson points at now.
struct LessonPointer {
  std::optional<views::PanelName> panel;
  std::string future;  // its label
};

class LessonState {
 public:
  // Progress is kept in this folder for data; "": nowhere.
  explicit LessonState(LabState& lab, const std::string& data_folder = "");

  // --- The shelf ---
  const lessons::Shelf& shelf() const { return m_shelf; }
  const lessons::Progress& progress() const { return m_progress.progress(); }
  // An id, a number of the lab's own, or the path of a file. False: there is none, or it is wrong; mistakes() tells.
  bool open(const std::string& name);
  void close();
  // Of the lesson that could not be opened, or of the open one's file since it was changed.
  const std::vector<std::string>& mistakes() const { return m_mistakes; }
  // As if that lesson had never been read.
  void forget(const std::string& lesson);
  // Takes up files that have changed; update() does so once a second.
  void look_at_files_now();

  // --- The lesson ---
  bool is_open() const { return m_reading.has_value(); }
  const lessons::Reading& reading() const { return *m_reading; }
  // Where the pictures of the open lesson lie: the folder of its file.
  std::string folder() const;
  void go_to(std::size_t page);
  void next() {
    if (is_open()) go_to(m_reading->number() + 1);
  }
  void back() {
    if (is_open() && m_reading->number() > 0) go_to(m_reading->number() - 1);
  }
  void start_over();
  void guess(lessons::Guess guess);
  void clear_guess();
  void set_hands(std::vector<std::uint32_t> counts);
  // The questions of this page's lab anew.
  void ask_again();
  // The page is a question that is neither answered nor run: the lab waits for an answer.
  bool waits_for_answer() const;
  void ask_for_answer();               // on the status line
  void set_hold_back(bool hold_back);  // false: a class may run it without a guess of anybody's

  // --- The lab ---
  // As the lesson has set it; on a task as it was changed. One that is held goes on.
  void run();
  // The settings on screen are those of the lesson.
  bool is_as_set() const;
  bool is_fixed() const { return is_open() && m_lab.is_fixed(); }
  void free_settings();
  void fix_settings();
  // The task's solution, into the settings.
  void show_solution();

  // Once a frame, after the lab's own update: files that have changed, a run that is over. True: something has changed.
  bool update();

  // What is to be laid over the run on the screen; null: nothing.
  const views::GuessMarks* marks() const;
  // What is to be shown now, told once: after a page was turned to another lab, and after its run.
  std::optional<LessonPointer> take_pointer();
  std::vector<views::PanelName> take_panels();

 private:
  void sync_lab();
  void set_up(std::size_t lab_step);
  void lay_marks(const trace::Run& run);
  bool has_open_question() const;
  void fix();
  void point();
  void keep_run();
  void take_run();
  void note_progress();
  void look_at_files();
  void update_hold();

  LabState& m_lab;
  lessons::Shelf m_shelf;
  lessons::ProgressFile m_progress;
  std::string m_name;  // of the open lesson, on the shelf
  std::uint64_t m_version = 0;
  std::optional<lessons::Reading> m_reading;
  std::vector<std::string> m_mistakes;
  std::optional<engine::Choices> m_before;  // what the user had chosen before the lesson
  std::optional<std::size_t> m_set_up;      // the lab in the window, by its step
  std::map<std::size_t, LabRun> m_runs;     // of labs that were left, by their steps
  std::uint64_t m_taken = 0;                // the last run that was marked
  bool m_hold_back = true;
  views::GuessMarks m_marks;
  std::uint64_t m_marked_run = 0;
  std::optional<LessonPointer> m_pointer;
  std::vector<views::PanelName> m_panels;
  std::optional<std::chrono::steady_clock::time_point> m_looked;  // at the files
};

}  // namespace loiter::gui
