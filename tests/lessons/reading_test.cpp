// A lesson in the hands of its reader: pages, guesses, what runs say to them, attempts at a task.
#include "lessons/reading.hpp"

#include <catch2/catch_test_macros.hpp>

#include "lessons/read_lesson.hpp"
#include "lessons/sample_run.hpp"

using namespace loiter;
using namespace loiter::lessons;

namespace {

const std::string text = R"(+++
id = "mine"
title = "My lesson"
minutes = 5
+++

Words.

```lab
experiment = "loiter"
```

```predict
ask = "Which comes first?"
quantity = "finishing_order"

[[option]]
says = "As they finish"
same_as = "finishing_order"

[[option]]
says = "As they were submitted"
same_as = "submission_order"
belief = "map-order"
```

```predict
kind = "number"
ask = "How long?"
quantity = "total_time"
```

```explain
So it was.
```

```note
Ask them why.
```

```lab
experiment = "crunch"
```

```explain
And this.
```

```try
task = "In two seconds."
may_change = ["workers"]
hint = "More of them."
solution = "workers=4"

[[goal]]
quantity = "total_time"
at_most = 2
```
)";

Lesson lesson_of(const std::string& written) {
  auto read = read_lesson(written, "x.md");
  if (!read.lesson) FAIL(read.mistakes.front());
  return *read.lesson;
}

std::string replaced(std::string in, const std::string& from, const std::string& to) {
  const std::size_t at = in.find(from);
  REQUIRE(at != std::string::npos);
  return in.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a lesson has a page for each step that is read, and one at its end") {
  using Kind = Page::Kind;
  Reading reading(lesson_of(text));
  std::vector<Kind> kinds;
  for (const Page& page : reading.pages()) kinds.push_back(page.kind);
  CHECK(kinds == std::vector{Kind::Prose, Kind::Question, Kind::Question, Kind::Outcome, Kind::Outcome, Kind::Task,
                             Kind::Closing});
  CHECK(reading.is_first());
  CHECK(reading.lab() == nullptr);
  reading.go_to(2);
  REQUIRE(reading.lab() != nullptr);
  CHECK(reading.lab()->setup.experiment == "loiter");
  CHECK(reading.question_number(reading.page().step) == 2);
  CHECK(reading.question_count() == 2);
  reading.go_to(4);
  CHECK(reading.lab()->setup.experiment == "crunch");
  reading.go_to(100);
  CHECK(reading.is_last());
  CHECK(reading.step() == nullptr);
}

TEST_CASE("a run marks what was guessed and tells the rest, and the answers are told once") {
  Reading reading(lesson_of(text));
  reading.go_to(1);
  const std::size_t first = reading.page().step;
  reading.set_guess(first, {.chosen = {1}});
  reading.go_to(3);
  CHECK_FALSE(reading.has_run());
  reading.take_run(sample_run());
  CHECK(reading.has_run());
  REQUIRE(reading.marking(first) != nullptr);
  CHECK_FALSE(reading.marking(first)->marked.right);
  CHECK(reading.marking(first)->marked.belief == "map-order");
  REQUIRE(reading.outcome(first) != nullptr);
  CHECK(reading.outcome(first)->right->chosen == std::vector<std::size_t>{0});
  // Nobody guessed the second.
  const std::size_t second = reading.questions()[1];
  CHECK(reading.marking(second) == nullptr);
  REQUIRE(reading.outcome(second) != nullptr);
  CHECK(reading.outcome(second)->answer == "4.00 s");
  const auto answers = reading.take_answers();
  REQUIRE(answers.size() == 1);
  CHECK(answers[0] == Answered{.lesson = "mine", .question = 3, .right = false, .beliefs = {"map-order"}});
  CHECK(reading.take_answers().empty());
  CHECK(reading.asked() == 1);
  CHECK(reading.right() == 0);
}

TEST_CASE("questions can be asked again, and a lesson begun anew") {
  Reading reading(lesson_of(text));
  reading.go_to(1);
  const std::size_t step = reading.page().step;
  reading.set_guess(step, {.chosen = {0}});
  reading.take_run(sample_run());
  reading.ask_again();
  CHECK_FALSE(reading.has_run());
  CHECK(reading.marking(step) == nullptr);
  CHECK(reading.outcome(step) == nullptr);
  CHECK(reading.guess(step) != nullptr);
  reading.start_over();
  CHECK(reading.is_first());
  CHECK(reading.guess(step) == nullptr);
}

TEST_CASE("an attempt at a task says of each goal whether it was met") {
  Reading reading(lesson_of(text));
  reading.go_to(5);
  CHECK(reading.attempt() == nullptr);
  reading.take_attempt(sample_run());
  REQUIRE(reading.attempt() != nullptr);
  CHECK_FALSE(reading.attempt()->solved);
  CHECK(reading.attempt()->goals.at(0).was == "4.00 s");
  CHECK(reading.attempts() == 1);
  // A run is no attempt on another page.
  reading.go_to(0);
  reading.take_attempt(sample_run());
  reading.go_to(5);
  CHECK(reading.attempts() == 1);
}

TEST_CASE("who resumes goes on at the first page of the lab they were in") {
  Reading reading(lesson_of(text));
  const auto at_step = [&](std::size_t done) {
    reading.resume(done);
    return reading.number();
  };
  CHECK(at_step(0) == 0);
  CHECK(at_step(reading.pages()[2].step) == 1);  // the second question: the first of the same lab
  CHECK(at_step(reading.pages()[3].step) == 1);
  CHECK(at_step(reading.pages()[5].step) == 4);
  CHECK(at_step(reading.lesson().steps.size()) == 0);  // read to its end
}

TEST_CASE("guesses stay when a lesson's file is changed in its words, and go when it asks something else") {
  Reading reading(lesson_of(text));
  reading.go_to(1);
  const std::size_t step = reading.page().step;
  reading.set_guess(step, {.chosen = {0}});
  reading.replace(lesson_of(replaced(text, "Words.", "Other\nwords, and more of them.")));
  CHECK(reading.number() == 1);
  CHECK(reading.guess(step) != nullptr);
  reading.replace(lesson_of(replaced(text, "Which comes first?", "Which is last?")));
  CHECK(reading.guess(step) == nullptr);
}

TEST_CASE("notes are told with whether they belong to the page") {
  Reading reading(lesson_of(text));
  reading.go_to(1);
  REQUIRE(reading.notes().size() == 1);
  CHECK(reading.notes()[0].here);
  reading.go_to(4);
  CHECK_FALSE(reading.notes()[0].here);
}

TEST_CASE("a reading is a text with questions, predictions, hands and outcomes") {
  Reading reading(lesson_of(text));
  reading.go_to(1);
  reading.set_guess(reading.page().step, {.chosen = {1}});
  reading.set_hands(reading.page().step, {3, 1});
  reading.take_run(sample_run());
  const std::string written = text_of(reading);
  for (const char* part :
       {"My lesson", "1. Which comes first?", "3 hands: As they finish", "1 hand: As they were",
        "Predicted: As they were submitted", "It was: quick #1", "The belief behind it: map gives", "2. How long?"}) {
    INFO(part);
    CHECK(written.find(part) != std::string::npos);
  }
}
