#include "cli/lesson_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "cli/lesson_lab.hpp"
#include "cli/lesson_text.hpp"
#include "cli/recorded_run.hpp"
#include "cli/run_summary.hpp"
#include "lessons/progress.hpp"

namespace loiter::cli {
namespace {

using lessons::Lab;
using lessons::Prediction;
using lessons::Step;
using lessons::Try;

// How a step was left.
enum class Leave { Next, Back, End };

class LessonRun {
 public:
  LessonRun(const lessons::Lesson& lesson, const LessonCommand& command, Terminal& terminal)
      : m_lesson(lesson),
        m_command(command),
        m_terminal(terminal),
        m_columns(std::clamp(terminal.screen().is_terminal ? terminal.screen().columns : 80, 40, 100)),
        m_progress_path(lessons::progress_path(terminal.data_folder())) {}

  int run() {
    load_progress();
    say(heading());
    std::size_t i = first_step();
    while (i < m_lesson.steps.size() && !m_status) {
      const Leave leave = carry_out(i);
      if (leave == Leave::End) {
        say(fmt::format("\nLeft at step {} of {}. 'loiter lesson run {} --resume' goes on there.\n", i + 1,
                        m_lesson.steps.size(), m_lesson.id));
        break;
      }
      i = leave == Leave::Back ? step_before(i) : i + 1;
      if (leave == Leave::Next) keep(i);
    }
    if (i >= m_lesson.steps.size()) say(closing());
    if (m_terminal.stop_signal() != 0) return Status::stopped + m_terminal.stop_signal();
    return m_status.value_or(Status::finished);
  }

 private:
  // --- Text ---

  void say(const std::string& text) {
    if (m_status) return;
    if (const auto written = m_terminal.write(text); !written) give_up(written.error().message);
  }
  void give_up(const std::string& why) {
    complain(m_terminal, why);
    m_status = Status::bad_usage;
  }
  void say_wrapped(const std::string& words, int indent) { say(wrapped(words, m_columns, indent)); }

  std::string heading() const {
    std::string text =
        fmt::format("{}\n{} minutes, {} steps.", m_lesson.title, m_lesson.minutes, m_lesson.steps.size());
    if (!m_lesson.needs.empty()) text += fmt::format(" To be read before: {}.", join(m_lesson.needs, ", "));
    return text + "\nAt a question: its answer, or back, skip, quit.\n";
  }

  // --- Progress ---

  void load_progress() {
    lessons::LoadedProgress loaded = lessons::load_progress(m_progress_path);
    if (!loaded.message.empty()) complain(m_terminal, loaded.message);
    m_progress = std::move(loaded.progress);
  }
  std::size_t first_step() const {
    const auto known = m_progress.lessons.find(m_lesson.id);
    if (!m_command.resume || known == m_progress.lessons.end()) return 0;
    std::size_t i = std::min<std::size_t>(known->second.step, m_lesson.steps.size());
    if (i == m_lesson.steps.size()) return 0;  // it was read to its end
    // A question needs its lab, and an explanation the guesses: the reader goes on at the lab.
    for (std::size_t before = i; before > 0; --before) {
      if (m_lesson.steps[before - 1].lab) return before - 1;
    }
    return i;
  }
  void keep(std::size_t done) {
    m_progress.reach(m_lesson.id,
                     {static_cast<std::uint32_t>(done), static_cast<std::uint32_t>(m_lesson.steps.size())});
    save();
  }
  void save() {
    if (m_cannot_keep) return;
    if (const auto saved = lessons::save_progress(m_progress_path, m_progress); !saved) {
      complain(m_terminal, saved.error().message);
      m_cannot_keep = true;
    }
  }

  // --- Steps ---

  bool is_shown(const Step& step) const { return step.kind != Step::Kind::Note || m_command.with_notes; }

  // A lab asks for nothing: who goes back from its first question wants to what is before it.
  std::size_t step_before(std::size_t i) const {
    while (i > 0) {
      --i;
      if (is_shown(m_lesson.steps[i]) && !m_lesson.steps[i].lab) return i;
    }
    return 0;
  }
  // The lab that a step belongs to.
  std::size_t lab_of(std::size_t i) const {
    while (i > 0 && !m_lesson.steps[i].lab) --i;
    return i;
  }

  Leave carry_out(std::size_t i) {
    const Step& step = m_lesson.steps[i];
    if (!is_shown(step)) return Leave::Next;
    switch (step.kind) {
      case Step::Kind::Prose:
        say("\n" + lessons_text(step, 0));
        return pause();
      case Step::Kind::Note:
        say("\n[for the teacher]\n" + lessons_text(step, 4));
        return pause();
      case Step::Kind::Lab:
        m_guesses.clear();
        m_run.reset();
        say("\n" + lab_text(*step.lab, m_columns));
        return Leave::Next;
      case Step::Kind::Predict:
        m_run.reset();  // a question to which the reader went back is asked before another run
        return ask(i, *step.prediction);
      case Step::Kind::Explain:
        if (!m_run && !run_and_mark(lab_of(i))) return Leave::End;
        say("\n" + lessons_text(step, 0));
        return pause();
      case Step::Kind::Try:
        return try_it(*m_lesson.steps[lab_of(i)].lab, *step.task);
    }
    return Leave::Next;
  }

  std::string lessons_text(const Step& step, int indent) const { return prose_text(step.prose, m_columns, indent); }

  // What was typed after a prompt; nothing if the reader wants to leave.
  std::optional<std::string> typed(std::string_view prompt) {
    say(std::string(prompt));
    if (m_status) return std::nullopt;
    auto line = m_terminal.read_line();
    if (!line || !m_terminal.has_reader()) say(fmt::format("{}\n", line ? printable(*line, 200) : ""));
    if (!line || *line == "quit") return std::nullopt;
    return line;
  }

  Leave pause() {
    if (m_status) return Leave::End;
    if (!m_terminal.has_reader()) return Leave::Next;
    const auto line = typed("\n[Enter] ");
    if (!line) return Leave::End;
    return *line == "back" ? Leave::Back : Leave::Next;
  }

  Leave ask(std::size_t i, const Prediction& prediction) {
    say("\n" + question_text(prediction, m_columns));
    for (;;) {
      const auto line = typed("> ");
      if (!line) return Leave::End;
      if (*line == "back") return Leave::Back;
      m_guesses.erase(i);
      if (*line == "skip") return Leave::Next;
      auto guess = lessons::read_guess(prediction, *line);
      if (guess) {
        m_guesses[i] = std::move(*guess);
        return Leave::Next;
      }
      say_wrapped(guess.error().message, 4);
    }
  }

  bool run_and_mark(std::size_t lab) {
    if (!run(order_of(*m_lesson.steps[lab].lab))) return false;
    for (const auto& [i, guess] : m_guesses) {
      // Those of the next lab are there when the reader went back over it.
      if (lab_of(i) == lab) tell(i, *m_lesson.steps[i].prediction, guess);
    }
    save();
    return !m_status;
  }

  bool run(LabOrder order) {
    order.clock = m_command.clock;
    order.pace = m_command.pace;
    say("\n--- the run ---\n");
    if (m_status) return false;
    auto ran = run_lab(order, m_terminal);
    if (!ran) {
      give_up(ran.error().message);
      return false;
    }
    m_run = std::move(*ran);
    if (m_run->ended()->how == trace::RunEnd::Stopped) return false;
    // A picture has its own last line, and shows what a program has done that printed nothing.
    if (!m_terminal.screen().can_redraw) {
      if (m_run->lines().empty()) say(picture());
      say(fmt::format("--- {} ---\n", outcome()));
    }
    if (!m_run->stuck().empty()) say_wrapped(m_run->stuck().back().chain, 4);
    return true;
  }

  // Of a program that has printed nothing: its timeline and its futures, without the (empty) transcript.
  std::string picture() const {
    const std::string text = recorded_run_text(*m_run, m_terminal.screen());
    return text.substr(0, text.find("\nTranscript"));
  }

  std::string outcome() const {
    const trace::RunEnded& ended = *m_run->ended();
    const auto finished =
        std::ranges::count_if(m_run->futures(), [](const auto& row) { return row.finished.has_value(); });
    const std::string early =
        early_end_text(ended, m_run->last(), m_run->futures().size(), static_cast<std::size_t>(finished));
    if (!early.empty()) return early;
    return ended.how == trace::RunEnd::Raised ? raised_text(ended) : summary_text(*m_run);
  }

  void tell(std::size_t i, const Prediction& prediction, const lessons::Guess& guess) {
    const auto marked = lessons::mark(prediction, guess, *m_run);
    say("\n" + wrapped(prediction.ask, m_columns, 0));
    if (!marked) {
      say_wrapped(fmt::format("This run has no answer to that: {}.", marked.error().message), 4);
      return;
    }
    ++m_asked;
    if (marked->right) {
      ++m_right;
      say_wrapped(fmt::format("Right: {}.", marked->answer), 4);
    } else {
      say_wrapped(fmt::format("Not so: {}.", marked->answer), 4);
      if (marked->difference && marked->difference->sentence != fmt::format("It was {}.", marked->answer)) {
        say_wrapped(marked->difference->sentence, 4);
      }
      if (const lessons::Belief* belief = lessons::find_belief(marked->belief))
        say_wrapped(fmt::format("The belief behind it: {}.", belief->name), 4);
      if (!marked->sentence.empty()) say_wrapped(marked->sentence, 4);
    }
    std::vector<std::string> beliefs;
    if (marked->right) beliefs = lessons::beliefs_of(prediction);
    if (!marked->right && !marked->belief.empty()) beliefs.push_back(marked->belief);
    m_progress.answer({.lesson = m_lesson.id,
                       .question = static_cast<std::uint32_t>(i + 1),
                       .right = marked->right,
                       .beliefs = std::move(beliefs)});
  }

  Leave try_it(const Lab& lab, const Try& task) {
    say("\n" + task_text(task, m_columns));
    for (int tries = 0;; ++tries) {
      if (tries == 1 && !task.hint.empty()) say_wrapped(fmt::format("A hint: {}", task.hint), 4);
      const auto line = typed("> ");
      if (!line) return Leave::End;
      if (*line == "back") return Leave::Back;
      if (*line == "skip") return Leave::Next;
      const auto choices = lessons::with_changes(lab, task, *line);
      const auto setup = choices ? engine::complete(*choices) : tl::unexpected(choices.error());
      if (!setup) {
        say_wrapped(setup.error().message, 4);
        --tries;
        continue;
      }
      LabOrder order = order_of(lab);
      order.choices = *choices;
      if (!run(std::move(order))) return Leave::End;
      if (goals_are_met(task)) return Leave::Next;
    }
  }

  bool goals_are_met(const Try& task) {
    bool all = true;
    for (const lessons::Goal& goal : task.goals) {
      const lessons::Met met = lessons::meets(goal, *m_run);
      say_wrapped(
          fmt::format("{}: {} (it was {}).", met.met ? "Reached" : "Not reached", lessons::text_of(goal), met.was), 4);
      all = all && met.met;
    }
    if (all) say("    That is it.\n");
    return all;
  }

  std::string closing() const {
    std::string text = "\nThat was the lesson.";
    if (m_asked > 0) text += fmt::format(" {} of {} predictions were right.", m_right, m_asked);
    text += "\n";
    const auto list = [&](lessons::BeliefState state, std::string_view heading) {
      for (const lessons::Belief& belief : lessons::all_beliefs()) {
        if (!is_about(belief.id) || lessons::state_of(m_progress, belief.id) != state) continue;
        text += wrapped(fmt::format("{}: {}.", heading, belief.name), m_columns, 0);
      }
    };
    list(lessons::BeliefState::Changed, "Changed");
    list(lessons::BeliefState::Open, "Still open");
    if (!m_lesson.sources.empty())
      text += wrapped(fmt::format("Sources: {}.", join(m_lesson.sources, "; ")), m_columns, 0);
    return text;
  }
  bool is_about(std::string_view belief) const {
    return std::ranges::any_of(m_lesson.steps, [&](const Step& step) {
      if (!step.prediction) return false;
      const auto beliefs = lessons::beliefs_of(*step.prediction);
      return std::ranges::find(beliefs, belief) != beliefs.end();
    });
  }

  const lessons::Lesson& m_lesson;
  const LessonCommand& m_command;
  Terminal& m_terminal;
  const int m_columns;
  const std::string m_progress_path;
  lessons::Progress m_progress;
  bool m_cannot_keep = false;
  std::map<std::size_t, lessons::Guess> m_guesses;  // of the lab in hand, by step
  std::optional<trace::Run> m_run;                  // of the lab in hand
  std::size_t m_asked = 0;
  std::size_t m_right = 0;
  std::optional<int> m_status;  // once it cannot go on
};

}  // namespace

int run_lesson(const lessons::Lesson& lesson, const LessonCommand& command, Terminal& terminal) {
  const StopSignals signals(terminal);
  return LessonRun(lesson, command, terminal).run();
}

}  // namespace loiter::cli
