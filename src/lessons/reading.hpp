// Reading: a lesson in the hands of its reader: the page they are on, what they guessed, and what the runs said to that.
//
//   go_to() a page    guess() on a question    take_run() of its lab --> marks    take_attempt() of a task --> goals met
//
// Shape    A value with its lesson inside; knows no screen, runs nothing. A page is a step that is read: prose, a question,
//          an outcome (the explanation, after the run), a task; the last page is the closing. A lab is no page of its own: it
//          belongs to the pages after it. Notes are given for the page they stand behind.
// Units    Pages count from 0; steps are places in lesson().steps.
// Threads  One at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "lessons/lesson.hpp"
#include "lessons/progress.hpp"

namespace loiter::lessons {

struct Page {
  enum class Kind : std::uint8_t { Prose, Question, Outcome, Task, Closing };
  Kind kind = Kind::Prose;
  std::size_t step = 0;            // of the closing: behind the last
  std::optional<std::size_t> lab;  // the step of the lab it belongs to
};

// What a run said to a guess; or why it has no answer to the question.
struct Marking {
  Marked marked;
  std::string no_answer = {};
};

// What a run says to a question, whoever guessed what.
struct Outcome {
  std::string answer;               // in words
  std::optional<Guess> right = {};  // the guess that would have been right
};

// What a run came to of a task.
struct Attempt {
  std::vector<Met> goals;  // as they stand in the task
  bool solved = false;
};

class Reading {
 public:
  explicit Reading(Lesson lesson);

  const Lesson& lesson() const { return m_lesson; }
  // The same lesson, changed in its file: page and guesses stay where there is something to hold on to.
  void replace(Lesson lesson);

  // --- Where ---
  const std::vector<Page>& pages() const { return m_pages; }
  std::size_t number() const { return m_number; }
  const Page& page() const { return m_pages[m_number]; }
  bool is_first() const { return m_number == 0; }
  bool is_last() const { return m_number + 1 == m_pages.size(); }
  void go_to(std::size_t page);
  // To where a reader of so many steps goes on: at the first page of the lab they were in.
  void resume(std::size_t steps_done);
  // Forgets guesses and marks too.
  void start_over();
  // Null on the closing.
  const Step* step() const;
  const Lab* lab() const;
  // The notes for the teacher; those `here` stand behind the same lab as the page.
  struct NoteAt {
    const Step* note = nullptr;
    bool here = false;
  };
  std::vector<NoteAt> notes() const;

  // --- Questions ---
  // Those of the lab that the page belongs to, by step.
  std::vector<std::size_t> questions() const;
  // "Question 3 of 9"; nothing of other pages.
  std::size_t question_number(std::size_t step) const;
  std::size_t question_count() const;
  const Guess* guess(std::size_t step) const;
  void set_guess(std::size_t step, Guess guess);
  void clear_guess(std::size_t step) { m_guesses.erase(step); }
  const Marking* marking(std::size_t step) const;
  const Outcome* outcome(std::size_t step) const;
  // How many of a class chose each option; empty: nobody was asked.
  const std::vector<std::uint32_t>& hands(std::size_t step) const;
  void set_hands(std::size_t step, std::vector<std::uint32_t> counts);

  // --- Runs ---
  // Of the lab that the page belongs to, as the lesson set it: marks its guesses.
  void take_run(const trace::Run& run);
  bool has_run() const { return page().lab && m_runs.contains(*page().lab); }
  // Its questions can be answered anew.
  void ask_again();
  // Of the task on this page.
  void take_attempt(const trace::Run& run);
  const Attempt* attempt() const;
  std::size_t attempts() const;

  // What was answered since the last call, for the reader's progress.
  std::vector<Answered> take_answers();
  std::size_t asked() const { return m_marks.size(); }
  std::size_t right() const;
  // The beliefs that the lesson's questions are about.
  std::vector<std::string> beliefs() const;

 private:
  struct Attempts {
    std::size_t count = 0;
    Attempt last;
  };
  void find_pages();
  void forget();

  Lesson m_lesson;
  std::vector<Page> m_pages;
  std::size_t m_number = 0;
  std::map<std::size_t, Guess> m_guesses;  // by the step of the question, as the three below
  std::map<std::size_t, Marking> m_marks;
  std::map<std::size_t, Outcome> m_outcomes;
  std::map<std::size_t, std::vector<std::uint32_t>> m_hands;
  std::set<std::size_t> m_runs;                // of the labs that were run, by step
  std::map<std::size_t, Attempts> m_attempts;  // by the step of the task
  std::vector<Answered> m_answers;
};

// What was guessed, in the words of the question: "As they finish", "slow, quick #1", "3 s".
std::string text_of(const Prediction& prediction, const Guess& guess);

// The lesson as it was read, with every question, guess, show of hands and outcome: to keep or to hand in.
std::string text_of(const Reading& reading);

}  // namespace loiter::lessons
