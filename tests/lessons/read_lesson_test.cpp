// Lesson files: what is read, and what is refused, with its line.
#include "lessons/read_lesson.hpp"

#include <catch2/catch_test_macros.hpp>

#include <sstream>

#include "lessons/links.hpp"
#include "lessons/shipped.hpp"

using namespace loiter;
using namespace loiter::lessons;

namespace {

const std::string head = "+++\nid = \"mine\"\ntitle = \"My lesson\"\nminutes = 5\n+++\n";
const std::string lab = "```lab\nexperiment = \"loiter\"\n```\n";
const std::string question = "```predict\nkind = \"number\"\nask = \"How long?\"\nquantity = \"total_time\"\n```\n";
const std::string explanation = "```explain\nBecause.\n```\n";
const std::string whole = head + lab + question + explanation;

std::vector<std::string> mistakes(const std::string& text) { return read_lesson(text, "x.md").mistakes; }
std::string mistake(const std::string& text) {
  const auto all = mistakes(text);
  return all.empty() ? "" : all.front();
}
std::string in_predict(const std::string& lines) {
  return mistake(head + lab + "```predict\n" + lines + "\n```\n" + explanation);
}

}  // namespace

TEST_CASE("a lesson has a head and steps in order") {
  const auto read =
      read_lesson(head + "# Hello\n\nText.\n\n" + lab + question + explanation + "```note\nHush.\n```\n", "x.md");
  REQUIRE(read.lesson);
  CHECK(read.lesson->id == "mine");
  CHECK(read.lesson->minutes == 5);
  REQUIRE(read.lesson->steps.size() == 5);
  using Kind = Step::Kind;
  const std::vector<Kind> kinds{Kind::Prose, Kind::Lab, Kind::Predict, Kind::Explain, Kind::Note};
  for (std::size_t i = 0; i < kinds.size(); ++i) CHECK(read.lesson->steps[i].kind == kinds[i]);
  CHECK(read.lesson->steps[1].line == 10);
  CHECK(read.lesson->steps[1].lab->setup.experiment == "loiter");
  CHECK(read.lesson->steps[3].prose.front().spans.front().text == "Because.");
}

TEST_CASE("a lab may carry a whole scenario, and its mistakes have the lesson's lines") {
  const std::string scenario =
      "```lab\nscenario = \"\"\"\n[tasks.a]\nsteps = [ { loiter = 1 } ]\n[[main]]\nsubmit = \"a\"\nas = "
      "\"f\"\n\"\"\"\n```\n";
  const auto read = read_lesson(head + scenario + question + explanation, "x.md");
  REQUIRE(read.lesson);
  CHECK(read.lesson->steps[0].lab->setup.scenario.has_value());
  std::string wrong = scenario;
  wrong.replace(wrong.find("submit"), 6, "sumbit");
  CHECK(mistake(head + wrong + question + explanation).starts_with("x.md:11: "));
}

TEST_CASE("mistakes are told with file, line and what was meant, all of them") {
  CHECK(mistake("") == "x.md:1: A lesson begins with a line +++, then its id, title and minutes, then a line +++.");
  CHECK(mistake("+++\nid = 1\n") == "x.md:1: The head of the lesson has no end: a second line +++.");
  CHECK(mistake("+++\nid = \"A b\"\ntitle=\"t\"\nminutes=1\n+++\n" + lab + question + explanation)
            .starts_with("x.md:2: 'id' must be a name of small letters, digits and hyphens"));
  CHECK(mistake(head + "```lba\n```\n" + lab + question + explanation) ==
        "x.md:6: There is no block 'lba'. Did you mean 'lab'? Blocks: lab, predict, explain, try, note.");
  CHECK(mistake(head + "```lab\nexperiment = \"loitre\"\n```\n" + question + explanation)
            .starts_with("x.md:6: There is no experiment or scenario 'loitre'. Did you mean 'loiter'?"));
  CHECK(mistake(head + "```lab\nexperimnet = \"loiter\"\n```\n")
            .starts_with("x.md:7: a lab has no key 'experimnet'. Did you mean 'experiment'?"));
  CHECK(mistake(head + "```lab\nworkers = = 3\n```\n").starts_with("x.md:7: This is not TOML: "));
  CHECK(mistake(head + "```lab\nexperiment = \"loiter\"\n").ends_with("The block 'lab' has no end: a line ```."));
  CHECK(mistakes("+++\nid = \"mine\"\n+++\n```lab\nworkers = 0\n```\n```predict\nkind = \"guess\"\n```\n").size() == 3);
}

TEST_CASE("a question names what is known and fits") {
  CHECK(in_predict("ask = \"?\"\nquantity = \"totl_time\"")
            .starts_with("x.md:11: There is no quantity 'totl_time'. Did you mean 'total_time'? All of them: "));
  CHECK(in_predict("kind = \"order\"\nask = \"?\"\nquantity = \"total_time\"") ==
        "x.md:10: The kind of question and the quantity do not fit: 'total_time' is a number.");
  CHECK(in_predict("kind = \"number\"\nask = \"?\"\nquantity = \"results_delivered\"") ==
        "x.md:12: 'results_delivered' is about one instant: at = 2, in seconds.");
  CHECK(in_predict("kind = \"number\"\nask = \"?\"\nquantity = \"total_time\"\nof = \"a\"") ==
        "x.md:13: 'total_time' is not about one future: it takes no 'of'.");
  CHECK(in_predict("ask = \"?\"\nquantity = \"is_stuck\"\n[[option]]\nsays = \"a\"\nvalue = true") ==
        "x.md:9: A choice has at least two options, each under [[option]].");
  CHECK(in_predict("ask = \"?\"\nquantity = \"is_stuck\"\n[[option]]\nsays = \"a\"\nvalue = 3\n[[option]]\nsays = "
                   "\"b\"\nvalue = true") == "x.md:14: 'value' must be true or false, not 3.");
  CHECK(in_predict(
            "kind = \"number\"\nask = \"?\"\nquantity = \"total_time\"\n[[option]]\nvalue = 3\nbelief = \"map-oder\"")
            .starts_with("x.md:15: There is no belief 'map-oder'. Did you mean 'map-order'?"));
  CHECK(in_predict("kind = \"order\"\nask = \"?\"\nquantity = \"start_order\"\nitems = [\"a\", \"a\"]") ==
        "x.md:13: 'a' is among the items twice.");
}

TEST_CASE("the order of blocks is that of a lesson") {
  CHECK(mistake(head + question + lab + explanation)
            .ends_with("This question belongs to no lab: put a 'lab' block before it."));
  CHECK(mistake(head + lab + question).starts_with("x.md:6: This lab is never explained"));
  CHECK(mistake(whole + question).starts_with("x.md:17: This question comes after the run of its lab"));
  CHECK(mistake(head + lab + explanation) == "x.md:1: The lesson asks nothing: give it a 'predict' block.");
  const std::string task =
      "```try\ntask = \"t\"\nmay_change = [\"workers\"]\nsolution = \"workers=2\"\n[[goal]]\nquantity = "
      "\"total_time\"\nat_most = 1\n```\n";
  CHECK(mistake(whole + task).empty());
  CHECK(mistake(head + lab + question + task + explanation).ends_with("put it after the 'explain' block."));
  std::string wrong = task;
  wrong.replace(wrong.find("workers=2"), 9, "wrokers=2");
  CHECK(mistake(whole + wrong) ==
        "x.md:17: The solution is none: 'wrokers' is not to be changed here. Did you mean "
        "'workers'? You may change: workers.");
}

TEST_CASE("hostile text is refused or read, and never more") {
  CHECK(mistake(head + std::string(most_lesson_bytes, 'x')).starts_with("x.md:1: The file has more than"));
  CHECK(mistake(head + "\xff\xfe") == "x.md:6: The file is not UTF-8 text.");
  CHECK(mistake(head + std::string(20'000, '`') + "lab\n") != "");
  std::string deep = whole;
  for (int i = 0; i < 2000; ++i) deep += "> - ";
  CHECK(mistake(deep + "x\n").empty());
  CHECK(mistake(head + "```lab\nexperiment = " + std::string(5000, '[') + "\n```\n")
            .starts_with("x.md:7: This is not TOML"));
  std::string many = whole;
  for (int i = 0; i < 300; ++i) many += "```note\nx\n```\n";
  CHECK(mistake(many) == "x.md:1: The lesson has more than 200 steps.");
}

TEST_CASE("prose keeps headings, lists, code and looks") {
  const Blocks prose = read_prose(
      "# Title\n\nA *b* **c** `d` [e](f) ![g](h.png)\nline &lt; two\n\n1. one\n2. two\n   - deep\n\n```python\nx = "
      "1\n```\n");
  REQUIRE(prose.size() == 6);
  CHECK(prose[0].level == 1);
  const std::vector<Span>& spans = prose[1].spans;
  REQUIRE(spans.size() == 11);
  CHECK(spans[1].emphasis);
  CHECK(spans[3].strong);
  CHECK(spans[5].code);
  CHECK((spans[7].text == "e" && spans[7].to == "f"));
  CHECK((spans[9].picture && spans[9].text == "g" && spans[9].to == "h.png"));
  CHECK(spans[10].text == " line < two");
  CHECK(prose[2].number == 1);
  CHECK(prose[3].number == 2);
  CHECK((prose[4].number == 0 && prose[4].depth == 2));
  CHECK((prose[5].language == "python" && prose[5].code == "x = 1\n"));
}

TEST_CASE("a link that leads nowhere is told with its line and what was meant") {
  CHECK(mistakes(whole + "One [a](panel:stage), [b](<future:quick #1>),\n[c](lesson:chains) and [d](https://a.b).\n")
            .empty());
  CHECK(mistake(whole + "One\n[a](panel:stagee)\n") ==
        "x.md:18: There is no panel 'stagee'. Did you mean 'stage'? Panels: code, futures, machine, order, server, "
        "stage, "
        "timeline, transcript, waits.");
  CHECK(mistake(whole + "One\n\n- two\n- [a](panl:stage)\n") ==
        "x.md:20: A link cannot lead to 'panl:stage'. Did you mean 'panel'? It leads to panel:NAME, future:LABEL, "
        "lesson:ID or https://...");
  CHECK(mistake(whole + "[a](http://a.b)\n").find("Did you mean 'https'?") != std::string::npos);
  CHECK(mistake(whole + "[a](other.md)\n").starts_with("x.md:17: A link cannot lead to 'other.md'."));
  CHECK(mistake(whole + "[a](lesson:Two)\n").starts_with("x.md:17: 'Two' is no lesson's id"));
  CHECK(mistake(whole + "[a]()\n").starts_with("x.md:17: This link leads nowhere."));
  CHECK(mistake(whole + "One\n[](panel:stage)\n") == "x.md:17: The link to 'panel:stage' has no words to click on.");
  CHECK(mistake(whole + "One\n[`a`](future:quick #1)\n").starts_with("x.md:18: This link is none: where its target"));
  CHECK(mistake(head + lab + question + "```explain\nBecause\n[a](panel:)\n```\n")
            .starts_with("x.md:16: There is no panel"));
  CHECK(mistake(whole + "```note\n> deep\n> [a](panel:x)\n```\n").starts_with("x.md:19: There is no panel 'x'."));
}

TEST_CASE("the links of a text are found in order, each with its line") {
  const auto links = links_of(read_prose("A [b](future:loiter(4)) *[c](panel:order)*\n\n> [`d`](lesson:chains)\n", 5));
  REQUIRE(links.size() == 3);
  CHECK((links[0].line == 5 && links[0].link == Link{Link::Kind::Future, "loiter(4)"}));
  CHECK((links[1].line == 5 && links[1].link == Link{Link::Kind::Panel, "order"}));
  CHECK((links[2].line == 7 && links[2].link == Link{Link::Kind::Lesson, "chains"}));
}

TEST_CASE("the lab's own lessons are read without a mistake, each under its own id") {
  std::vector<std::string> ids;
  for (const ShippedLesson& shipped : shipped_lessons()) {
    const auto read = read_lesson(shipped.text, std::string(shipped.name));
    for (const std::string& each : read.mistakes) FAIL_CHECK(each);
    REQUIRE(read.lesson);
    CHECK(shipped.name.substr(3) == read.lesson->id);
    ids.push_back(read.lesson->id);
  }
  CHECK(!ids.empty());
}
