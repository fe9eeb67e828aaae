// Lessons in the terminal: every one of the lab's own from start to end, with right and with wrong predictions.
#include <catch2/catch_test_macros.hpp>

#include <fstream>
#include <set>

#include "cli/fake_terminal.hpp"
#include "cli/lesson_lab.hpp"
#include "cli/lesson_library.hpp"
#include "cli/lesson_text.hpp"
#include "lessons/beliefs.hpp"
#include "lessons/links.hpp"
#include "support/approved.hpp"
#include "support/temporary_folder.hpp"

using namespace loiter;
using namespace loiter::cli;
using lessons::Prediction;

namespace {

using Lines = std::deque<std::string>;

Ran ran_with(const Lines& typed, const std::string& line, const std::string& data = "") {
  FakeTerminal terminal;
  terminal.typed = typed;
  terminal.data = data;
  const int status = run_words(terminal, words_of(line));
  return {status, terminal.out, terminal.err};
}

// As one line, for sentences are laid out over several.
std::string flowing(const std::string& text) {
  std::string flow;
  for (const char c : text) {
    const bool is_space = c == ' ' || c == '\n';
    if (!is_space || (!flow.empty() && flow.back() != ' ')) flow += is_space ? ' ' : c;
  }
  return flow;
}

// What is typed from start to end: what `answer` gives for each question, and the solution of each task.
template <class Answer>
Lines lines_for(const lessons::Lesson& lesson, const Answer& answer) {
  Lines lines;
  std::optional<trace::Run> run;
  for (const lessons::Step& step : lesson.steps) {
    if (step.lab) run = *run_lab_unseen(order_of(*step.lab));
    if (step.prediction) lines.push_back(answer(*step.prediction, *run));
    if (step.task) lines.push_back(step.task->solution);
  }
  return lines;
}

std::string typed_option(const Prediction& prediction, std::size_t i, const trace::Run& run) {
  if (prediction.kind == Prediction::Kind::Number)
    return fmt::format("{}", std::get<double>(prediction.options[i].value));
  if (prediction.kind != Prediction::Kind::Order) return std::to_string(i + 1);
  // The order that the option stands for, as the numbers of the items.
  Prediction same = prediction;
  same.question.quantity = std::get<lessons::SameAs>(prediction.options[i].value).quantity;
  return lessons::right_guess(same, run).value();
}

std::string answer_to(const lessons::Option& option) {
  const lessons::Belief* belief = lessons::find_belief(option.belief);
  return option.answer.empty() && belief != nullptr ? std::string(belief->answer) : option.answer;
}

const std::string simulated = " --clock simulated";

}  // namespace

TEST_CASE("every lesson of the lab's own answers its own questions and has tasks that can be solved") {
  for (const std::string& id : shipped_lesson_ids()) {
    const Ran checked = ran("lesson check " + id);
    INFO(id);
    CHECK(checked.err.empty());
    CHECK(checked.status == 0);
  }
}

TEST_CASE("every one of the twelve beliefs is met by a lesson") {
  std::set<std::string> met;
  for (const lessons::Lesson& lesson : shipped_lessons()) {
    for (const lessons::Step& step : lesson.steps) {
      if (!step.prediction) continue;
      for (const std::string& belief : lessons::beliefs_of(*step.prediction)) met.insert(belief);
    }
  }
  for (const lessons::Belief& belief : lessons::all_beliefs()) {
    INFO(belief.id);
    CHECK(met.contains(std::string(belief.id)));
  }
}

TEST_CASE("every lab of every lesson says what to look at, and every lesson has words that point at it") {
  for (const lessons::Lesson& lesson : shipped_lessons()) {
    INFO(lesson.id);
    std::size_t links = 0;
    for (const lessons::Step& step : lesson.steps) {
      links += lessons::links_of(step.prose).size();
      if (step.lab) CHECK((!step.lab->show.empty() && !step.lab->point_at.empty()));
    }
    CHECK(links >= 2);
  }
}

TEST_CASE("every lesson ends well for those who predict everything right") {
  for (const lessons::Lesson& lesson : shipped_lessons()) {
    INFO(lesson.id);
    const Lines lines = lines_for(lesson, [](const Prediction& prediction, const trace::Run& run) {
      return *lessons::right_guess(prediction, run);
    });
    const auto questions =
        std::ranges::count_if(lesson.steps, [](const auto& step) { return step.prediction.has_value(); });
    const Ran result = ran_with(lines, "lesson run " + lesson.id + simulated);
    CHECK(result.status == 0);
    CHECK(result.out.find("Not so") == std::string::npos);
    CHECK(result.out.find("Not reached") == std::string::npos);
    CHECK(result.out.find(fmt::format("{0} of {0} predictions were right.", questions)) != std::string::npos);
  }
}

TEST_CASE("every wrong option of every lesson is answered by the sentence for its belief") {
  for (const lessons::Lesson& lesson : shipped_lessons()) {
    for (std::size_t option = 0; option < 9; ++option) {
      std::vector<std::string> sentences;
      const Lines lines = lines_for(lesson, [&](const Prediction& prediction, const trace::Run& run) {
        const auto right = *lessons::right_guess(prediction, run);
        if (option >= prediction.options.size()) return right;
        const std::string typed = typed_option(prediction, option, run);
        const auto marked = *lessons::mark(prediction, *lessons::read_guess(prediction, typed), run);
        if (!marked.right && !answer_to(prediction.options[option]).empty()) {
          sentences.push_back(answer_to(prediction.options[option]));
        }
        return typed;
      });
      if (sentences.empty()) continue;
      INFO(lesson.id << ", option " << option + 1);
      const Ran result = ran_with(lines, "lesson run " + lesson.id + simulated);
      CHECK(result.status == 0);
      for (const std::string& sentence : sentences) CHECK(flowing(result.out).find(sentence) != std::string::npos);
    }
  }
}

TEST_CASE("a lesson with answers from a file reads like this") {
  const Ran result = ran_with({"1 2 3 4", "1", "what?", "3", "skip", "2", "workers=9", "workers=2"},
                              "lesson run map-or-as-completed" + simulated);
  CHECK(result.status == 0);
  testing::approved("cli", "lesson-map-or-as-completed", result.out);
}

TEST_CASE("a lesson that is left can be taken up again where its lab begins") {
  const testing::TemporaryFolder folder;
  const Ran left = ran_with({"2 3 4 1", "quit"}, "lesson run 4" + simulated, folder.path());
  CHECK(left.status == 0);
  CHECK(left.out.find("Left at step 4 of 13. 'loiter lesson run map-or-as-completed --resume' goes on there.") !=
        std::string::npos);
  const Ran resumed = ran_with({}, "lesson run 4 --resume" + simulated, folder.path());
  CHECK(resumed.out.find("Two ways to ask") == std::string::npos);
  CHECK(resumed.out.find("In which order do the calls finish?") != std::string::npos);
  const Ran anew = ran_with({}, "lesson run 4" + simulated, folder.path());
  CHECK(anew.out.find("Two ways to ask") != std::string::npos);
  const Ran progress = ran_with({}, "lesson progress", folder.path());
  CHECK(progress.out.find("map against as_completed           step 3 of 13") != std::string::npos);
}

TEST_CASE("back asks the question before once more, and the answer that counts is the last one") {
  const Ran result = ran_with({"1 2 3 4", "back", "2 3 4 1", "2", "0", "1", "1", "skip"}, "lesson run 4" + simulated);
  CHECK(result.status == 0);
  CHECK(result.out.find("5 of 5 predictions were right.") != std::string::npos);
}

TEST_CASE("back goes over a lab to what is before it, and answers to another lab are not marked there") {
  const auto times = [](const std::string& text, const std::string& words) {
    std::size_t count = 0;
    for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++count;
    return count;
  };
  const Ran first = ran_with({"back", "quit"}, "lesson run 4" + simulated);
  CHECK(times(first.out, "Two ways to ask for results") == 2);
  CHECK(times(first.out, "In which order do the calls finish?") == 2);
  // From the second lab's second question to the prose before that lab, and on again.
  const Ran second = ran_with({"2 3 4 1", "2", "0", "1", "back", "back", "1", "1", "skip"}, "lesson run 4" + simulated);
  CHECK(second.status == 0);
  CHECK(times(second.out, "Ask for whoever is ready") == 2);
  CHECK(second.out.find("5 of 5 predictions were right.") != std::string::npos);
}

TEST_CASE("Ctrl-C leaves a lesson with its status") {
  FakeTerminal terminal;
  terminal.signal = [] { return 2; };
  CHECK(run_words(terminal, words_of("lesson run 4" + simulated)) == 130);
}

TEST_CASE("a lesson whose reader is gone ends with an error") {
  FakeTerminal terminal;
  terminal.takes = 100;
  CHECK(run_words(terminal, words_of("lesson run 4" + simulated)) == 2);
  CHECK(terminal.err == "loiter: Standard output could not be written: nobody reads it any more.\n");
}

TEST_CASE("the teacher's notes are for the teacher") {
  const Lines lines{"1 2 3 4", "1", "3", "2", "1", "skip"};
  CHECK(ran_with(lines, "lesson run 4" + simulated).out.find("Let the class vote") == std::string::npos);
  CHECK(ran_with(lines, "lesson run 4 --notes" + simulated).out.find("Let the class vote") != std::string::npos);
}

TEST_CASE("a damaged file of progress is set aside and the lesson goes on") {
  const testing::TemporaryFolder folder;
  std::filesystem::create_directory(folder / "loiter");
  std::ofstream(folder / "loiter/progress.txt") << "nonsense";
  const Ran result = ran_with({}, "lesson run 4" + simulated, folder.path());
  CHECK(result.status == 0);
  CHECK(result.err.find("is damaged (its end is missing). It is kept as") != std::string::npos);
}

TEST_CASE("a new lesson is right as it stands, and never takes the place of a file") {
  const testing::TemporaryFolder folder;
  CHECK(ran("lesson new " + folder / "my-lesson").status == 0);
  const std::string path = folder / "my-lesson.md";
  const Ran checked = ran("lesson check " + path);
  CHECK(checked.err.empty());
  CHECK(checked.out == path + ": right: 6 steps, labs: 1, questions: 1, tasks: 1.\n");
  const std::string before = testing::read_text(path);
  CHECK(ran("lesson new " + folder / "my-lesson").status == 2);
  CHECK(testing::read_text(path) == before);
  CHECK(ran("lesson new " + folder / "My").err.find("is no name for a lesson") != std::string::npos);
}

TEST_CASE("check says what the experiment thinks of a question") {
  const testing::TemporaryFolder folder;
  CHECK(ran("lesson new " + folder / "wrong").status == 0);
  std::string text = testing::read_text(folder / "wrong.md");
  text.replace(text.find("value = 5\n"), 9, "value = 6");
  text.replace(text.find("\"workers=4\""), 11, "\"workers=2\"");
  std::ofstream(folder / "wrong.md") << text;
  const Ran checked = ran("lesson check " + folder / "wrong.md");
  CHECK(checked.status == 2);
  CHECK(checked.out.empty());
  CHECK(checked.err.find("wrong.md:32: No option is what happens: total_time is 5.00 s.\n") != std::string::npos);
  CHECK(checked.err.find("The solution 'workers=2' does not reach this goal (how long the program took: at most 4 s): "
                         "it is 6.00 s.\n") != std::string::npos);
}

TEST_CASE("check looks for the futures and lessons that links name, and for what a lab points at") {
  const testing::TemporaryFolder folder;
  CHECK(ran("lesson new " + folder / "links").status == 0);
  const std::string right = testing::read_text(folder / "links.md");
  const auto complaint = [&](const std::string& from, const std::string& to) {
    std::string text = right;
    text.replace(text.find(from), from.size(), to);
    std::ofstream(folder / "links.md") << text;
    const Ran checked = ran("lesson check " + folder / "links.md");
    CHECK(checked.status == 2);
    const std::size_t begin = checked.err.find("links.md:");
    return begin == std::string::npos ? checked.err : checked.err.substr(begin);
  };
  CHECK(complaint("future:loiter(4)", "future:loiter(5)") ==
        "links.md:52: There is no future 'loiter(5)' in this lab. Did you mean 'loiter(0)'? Its futures: loiter(0), "
        "loiter(1), loiter(2), loiter(3), loiter(4).\n");
  // Before any lab, a link is about the first one.
  CHECK(complaint("(panel:stage)", "(future:loiter(9))").starts_with("links.md:12: There is no future 'loiter(9)'"));
  CHECK(complaint("lesson:a-pool-of-threads", "lesson:a-pool-of-thread") ==
        "links.md:12: There is no lesson 'a-pool-of-thread'. Did you mean 'a-pool-of-threads'? 'loiter lesson list' "
        "names them.\n");
  CHECK(complaint("point_at = \"timeline\"", "point_at = \"timelien\"")
            .starts_with("links.md:21: 'point_at' is a panel or a future's label. There is no future 'timelien'"));
}

TEST_CASE("check looks for the pictures of a lesson beside it") {
  const testing::TemporaryFolder folder;
  const std::string path = folder / "mine.md";
  std::ofstream(path) << "+++\nid = \"mine\"\ntitle = \"Mine\"\nminutes = 5\n+++\n"
                         "![a dog](dog.png)\n\n"
                         "```lab\nexperiment = \"loiter\"\n```\n"
                         "```predict\nkind = \"number\"\nask = \"How long?\"\nquantity = \"total_time\"\n```\n"
                         "```explain\nSo.\n```\n";
  const Ran without = ran("lesson check " + path);
  CHECK(without.status == 2);
  CHECK(without.err.find("mine.md:6: There is no picture 'dog.png'") != std::string::npos);
  std::ofstream(folder / "dog.png") << "bytes";
  CHECK(ran("lesson check " + path).status == 0);
}

TEST_CASE("a future that shares its label is told by its number") {
  const testing::TemporaryFolder folder;
  std::ofstream(folder / "x.md")
      << "+++\nid = \"x\"\ntitle = \"X\"\nminutes = 1\n+++\n[it](future:quick)\n```lab\nexperiment "
         "= \"slow_first_map\"\n```\n```predict\nkind = \"number\"\nask = \"?\"\nquantity = "
         "\"total_time\"\n```\n```explain\n[it](<future:quick #3>)\n```\n";
  CHECK(ran("lesson check " + folder / "x.md").err ==
        folder / "x.md" +
            ":6: There is no future 'quick' in this lab. Did you mean 'quick #1'? Its futures: slow, "
            "quick #1, quick #2, quick #3.\n");
}

TEST_CASE("links print as their words, and pages of the web with their address") {
  const auto text = [](std::string_view prose) { return prose_text(lessons::read_prose(prose), 80); };
  CHECK(text("Look at [the stage](panel:stage), [`loiter(4)`](future:loiter(4)) and [lesson 10](lesson:chains).") ==
        "Look at the stage, `loiter(4)` and lesson 10.\n");
  CHECK(text("See [PEP 703](https://peps.python.org/pep-0703/) or <https://python.org>.") ==
        "See PEP 703 (https://peps.python.org/pep-0703/) or https://python.org.\n");
}

TEST_CASE("progress is told by titles in the order of teaching, and lessons are forgotten one by one or all") {
  const testing::TemporaryFolder folder;
  const auto said = [&](const std::string& line) { return ran_with({}, line, folder.path()); };
  CHECK(said("lesson forget all").out == "Nothing was kept of any lesson.\n");
  CHECK(!std::filesystem::exists(folder / "loiter"));
  ran_with({"2 3 4 1", "quit"}, "lesson run 4" + simulated, folder.path());
  ran_with({"1", "10", "skip"}, "lesson run 1" + simulated, folder.path());
  const std::string progress = said("lesson progress").out;
  CHECK(progress.starts_with(
      "Lessons:\n   1  One after another                  read to its end; 2 of 2 predictions right\n"
      "   4  map against as_completed           step 3 of 13; no prediction yet\n"
      "Together: 1 of 14 lessons read to the end; 2 of 2 predictions right.\n"));

  const Ran unknown = said("lesson forget 4 one-after-anothr");
  CHECK(unknown.status == 2);
  CHECK(unknown.err.find("There is no lesson 'one-after-anothr'. Did you mean 'one-after-another'?") !=
        std::string::npos);
  CHECK(said("lesson progress").out == progress);

  const Ran one = said("lesson forget 1 chains");
  CHECK(one.status == 0);
  CHECK(
      one.out ==
      "one-after-another: forgotten (6 of 6 steps, 2 predictions). It begins anew.\nchains: nothing was kept of it.\n");
  CHECK(said("lesson progress").out.find("One after another") == std::string::npos);
  CHECK(said("lesson progress").out.find("map against as_completed") != std::string::npos);
  CHECK(said("lesson forget all").out ==
        "map-or-as-completed: forgotten (3 of 13 steps, 0 predictions). It begins anew.\n");
  CHECK(said("lesson progress").out == "No lesson has been read yet. 'loiter lesson list' names them.\n");
}

TEST_CASE("what makes no sense of lessons is refused") {
  const auto refused = [](const std::string& line) {
    const Ran result = ran(line);
    CHECK(result.status == 2);
    CHECK(result.out.empty());
    return result.err;
  };
  CHECK(refused("lesson") ==
        "loiter: 'loiter lesson' needs to know what to do: check, new, list, run, progress, "
        "forget.\n");
  CHECK(refused("lesson rnu").starts_with("loiter: 'loiter lesson' cannot 'rnu'. Did you mean 'run'?"));
  CHECK(refused("lesson check").starts_with("loiter: 'loiter lesson check' needs a lesson"));
  CHECK(refused("lesson run").starts_with("loiter: 'loiter lesson run' needs one lesson"));
  CHECK(refused("lesson forget") == "loiter: 'loiter lesson forget' needs to know which lessons: their ids, or all.\n");
  CHECK(refused("lesson list all") == "loiter: 'loiter lesson list' takes no name: leave 'all' out.\n");
  CHECK(refused("lesson list --notes") == "loiter: --notes is for 'loiter lesson run'.\n");
  CHECK(refused("lesson run map-or-as-complete")
            .starts_with("loiter: There is no lesson 'map-or-as-complete'. Did you mean 'map-or-as-completed'?"));
  CHECK(refused("lesson check /nowhere/x.md") ==
        "/nowhere/x.md: This file cannot be opened: No such file or directory.\n");
}

TEST_CASE("a lesson runs on real threads too", "[live]") {
  const Ran result = ran_with({"1", "2", "0", "1", "1", "skip"}, "lesson run 12 --clock live");
  CHECK(result.status == 0);
  CHECK(result.out.find("--- Finished after") != std::string::npos);
}
