// What a scenario file says, and what is said of one that is wrong.
#include "scenarios/read_scenario.hpp"

#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "scenarios/shipped.hpp"

using namespace loiter;
using namespace loiter::scenarios;

namespace {

// A task and a main part, so that only what is tested can be wrong. The steps of main begin on line 4.
std::string with_main(const std::string& main) {
  return "[tasks.slow]\nsteps = [ { loiter = 4 }, { return = 'slow' } ]\n\n" + main;
}
std::string with_task(const std::string& steps) {
  return "[[main]]\nsubmit = 'slow'\nas = 'a'\n[tasks.slow]\nsteps = [ " + steps + " ]\n";
}

std::string refusal(const std::string& text) {
  const auto scenario = read_scenario(text, "s.toml");
  return scenario ? "" : scenario.error().message;
}

Step only_step(const std::string& main) {
  const auto scenario = read_scenario(with_main("[[main]]\nsubmit = 'slow'\nas = 'a'\n[[main]]\n" + main), "s.toml");
  INFO(main);
  if (!scenario) FAIL(scenario.error().message);
  return scenario->main.back();
}

}  // namespace

TEST_CASE("every shipped scenario is right, has a title, and says at its top what to look for") {
  CHECK(shipped_texts().size() >= 18);
  for (const ShippedText& shipped : shipped_texts()) {
    INFO(shipped.name);
    const auto scenario = read_scenario(shipped.text, std::string(shipped.name));
    REQUIRE(scenario);
    CHECK(!scenario->title.empty());
    CHECK(shipped.text.starts_with("# "));
    CHECK(shipped.text.substr(0, shipped.text.find("title")).find("# Look for: ") != std::string_view::npos);
  }
}

TEST_CASE("a file may say which lock its threads obey") {
  const auto scenario =
      read_scenario("gil = 'per-interpreter'\ngil_interval = '500us'\n[[main]]\nsay = 'x'\n", "s.toml");
  REQUIRE(scenario);
  CHECK(scenario->gil == Lock::PerInterpreter);
  CHECK(scenario->gil_interval == std::chrono::microseconds(500));
}

TEST_CASE("times that add up to more than a clock can hold are refused, with the step that is too much") {
  const std::string unit = "unit = '3600s'\n";
  const std::string twice = "{ loiter = 1000000 },\n{ crunch = 1000000 }";
  CHECK(refusal(unit + with_task(twice)).empty());
  const std::string sentence =
      "With this step the times of the file add up to more than 285 years, and no clock of the lab goes so far: make "
      "the unit or the numbers smaller.";
  CHECK(refusal(unit + with_task(twice + ",\n{ loiter = 500001 }")) == "s.toml:8: " + sentence);
  CHECK(refusal(unit + with_task(twice) + "[[main]]\nloiter = 500001\n") == "s.toml:8: " + sentence);
  CHECK(refusal(unit + with_task(twice) + "[[main]]\non_done = 'a'\nloiter = 500001\n") == "s.toml:8: " + sentence);
}

TEST_CASE("the head of a file, and what it means without") {
  const auto plain = read_scenario("[[main]]\nsay = 'x'\n", "s.toml");
  REQUIRE(plain);
  CHECK(*plain == Scenario{.title = "", .main = {{.kind = Step::Kind::Say, .line = 1, .text = "x"}}});
  const auto full = read_scenario(
      "title = 'T'\nmode = 'processes'\nworkers = 3\nunit = '250ms'\nstop_on_error = true\n[pools.p]\nmode = "
      "'threads'\n"
      "workers = 2\n[pools.a]\n[[main]]\nsay = 'x'\n",
      "s.toml");
  REQUIRE(full);
  CHECK(full->title == "T");
  CHECK(full->mode == PoolMode::Processes);
  CHECK(full->workers == 3U);
  CHECK(full->unit == std::chrono::milliseconds(250));
  CHECK(full->stop_on_error);
  REQUIRE(full->pools.size() == 2);
  CHECK(full->pools[0] == Pool{.name = "p", .line = 6, .mode = PoolMode::Threads, .workers = 2});
  CHECK(full->pools[1] == Pool{.name = "a", .line = 9});
}

TEST_CASE("steps and their keys") {
  CHECK(only_step("crunch = 0.5\n").units == 0.5);
  CHECK(only_step("result = 'a'\ntimeout = 2\n").timeout == 2.0);
  CHECK(only_step("submit = 'slow'\nrepeat = 3\nas = 'b'\n").repeat == 3U);
  CHECK(only_step("map = ['slow', 'slow']\nchunksize = 5\nas = 'm'\n").chunk_size == 5);
  CHECK(only_step("wait = ['a']\nreturn_when = 'FIRST_EXCEPTION'\n").return_when == ReturnWhen::FirstException);
  const Step shutdown = only_step("shutdown = true\nwait = false\ncancel_futures = true\n");
  CHECK((!shutdown.wait && shutdown.cancel_futures));
  const Step callback = only_step("on_done = 'a'\nsay = 'x'\nloiter = 1\n");
  CHECK((callback.kind == Step::Kind::OnDone && callback.text == "x" && callback.units == 1.0));
  CHECK(only_step("raise = 'ValueError'\nmessage = 'boom'\n").text == "boom");
}

TEST_CASE("a task returns texts, numbers, truth values and futures") {
  const auto value_of = [](const std::string& value) {
    const auto scenario = read_scenario(with_task("{ return = " + value + " }"), "s.toml");
    REQUIRE(scenario);
    return scenario->tasks[0].steps[0];
  };
  CHECK(value_of("'x'").value == Value(std::string("x")));
  CHECK(value_of("7").value == Value(std::int64_t{7}));
  CHECK(value_of("1.5").value == Value(1.5));
  CHECK(value_of("true").value == Value(true));
  CHECK(value_of("{ future = 'main.a' }").kind == Step::Kind::ReturnFuture);
  CHECK(refusal(with_task("{ return = nan }")).find("'return' must be a text") != std::string::npos);
  CHECK(refusal(with_task("{ return = [1] }")).find("not a list") != std::string::npos);
}

TEST_CASE("patterns are written out, each name once") {
  const auto scenario =
      read_scenario(with_main("[[main]]\nsubmit = 'slow'\nas = 'b'\nrepeat = 3\n[[main]]\nsubmit = 'slow'\nas = 'a'\n"
                              "[[main]]\nwait = ['b2', 'b*', '*']\n[[main]]\nsubmit = 'slow'\nas = 'b4'\n"),
                    "s.toml");
  REQUIRE(scenario);
  CHECK(scenario->main[2].names == std::vector<std::string>{"b2", "b1", "b3", "a"});
}

TEST_CASE("what is not TOML is refused with its line") {
  CHECK(refusal("title = 'x'\nmode =\n").starts_with("s.toml:2: This is not TOML: "));
  CHECK(refusal("[[main]]\nsay = 'a\n").starts_with("s.toml:2: This is not TOML: "));
  CHECK(refusal("a = 1\na = 2\n").starts_with("s.toml:2: This is not TOML: "));
  CHECK(refusal("title = 'x'\n# \xFF\n") == "s.toml:2: The file is not UTF-8 text.");
  CHECK(refusal(std::string(most_bytes + 1, '#')).starts_with("s.toml:1: The file has 2097153 bytes"));
  CHECK(refusal("") == "s.toml:1: The file has no [[main]]: nothing would happen.");
}

TEST_CASE("unknown names are refused with the nearest known one") {
  CHECK(refusal("titel = 'x'\n[[main]]\nsay = 'x'\n")
            .starts_with("s.toml:1: a scenario has no key 'titel'. Did you mean 'title'?"));
  CHECK(refusal(with_main("[[mian]]\nsay = 'x'\n")).find("Did you mean 'main'?") != std::string::npos);
  CHECK(refusal(with_main("[[main]]\nsumbit = 'slow'\n"))
            .starts_with("s.toml:5: There is no step 'sumbit'. Did you mean 'submit'? Steps: "));
  CHECK(refusal(with_main("[[main]]\nsubmit = 'slow'\nas = 'a'\nrepaet = 2\n"))
            .starts_with("s.toml:7: 'submit' has no key 'repaet'. Did you mean 'repeat'?"));
  CHECK(refusal(with_main("[[main]]\nsubmit = 'slwo'\n")) ==
        "s.toml:4: There is no task 'slwo'. Did you mean 'slow'? Known: slow.");
  CHECK(refusal(with_main("[[main]]\nsubmit = 'slow'\npool = 'p'\n")) ==
        "s.toml:4: There is no pool 'p'. There is none.");
  CHECK(refusal(with_main("[[main]]\nresult = 'a'\n")) ==
        "s.toml:4: There is no future 'a' here. There is none at all.");
  CHECK(refusal(with_main("[[main]]\nresult = 'a'\n[[main]]\nsubmit = 'slow'\nas = 'a'\n")) ==
        "s.toml:4: The future 'a' gets its name only later.");
  CHECK(refusal(with_main("[[main]]\nsubmit = 'slow'\nas = 'first'\n[[main]]\nresult = 'frist'\n")) ==
        "s.toml:7: There is no future 'frist' here. Did you mean 'first'? Known: first.");
  CHECK(refusal(with_main("[[main]]\neach = 'done'\n")).starts_with("s.toml:4: There is no iterator 'done' here."));
  CHECK(refusal(with_main("[[main]]\nwait = ['b*']\n")).starts_with("s.toml:4: There is no future 'b*' here."));
  CHECK(refusal(with_task("{ result = 'a' }")) ==
        "s.toml:5: There is no future 'a' in this task. Did you mean 'main.a', that of the program?");
  CHECK(refusal(with_task("{ result = 'main.b' }")).starts_with("s.toml:5: There is no future 'b' in main."));
  CHECK(refusal("mode = 'thread'\n[[main]]\nsay = 'x'\n") ==
        "s.toml:1: 'mode' must be sequential or threads or processes, not 'thread'. Did you mean 'threads'?");
}

TEST_CASE("missing values, wrong types and numbers out of range are refused") {
  CHECK(refusal("[tasks.t]\n[[main]]\nsay = 'x'\n") ==
        "s.toml:1: The task 't' has no steps: steps = [ { loiter = 1 } ].");
  CHECK(refusal(with_main("[[main]]\nsay = 3\n")) == "s.toml:5: 'say' must be a text, not 3.");
  CHECK(refusal(with_main("[[main]]\nloiter = -1\n")) ==
        "s.toml:5: 'loiter' must be a number from 0 to 1000000, not -1.");
  CHECK(refusal(with_main("[[main]]\nloiter = 'long'\n")).find("not 'long'") != std::string::npos);
  CHECK(refusal(with_main("[[main]]\nsubmit = 'slow'\nrepeat = -3\n")).starts_with("s.toml:6: 'repeat' must be"));
  CHECK(refusal(with_main("[[main]]\nsubmit = 'slow'\nas = 'a'\n[[main]]\nresult = 'a'\ntimeout = -0.5\n"))
            .starts_with("s.toml:9: 'timeout' must be a number from 0"));
  CHECK(refusal("workers = 0\n[[main]]\nsay = 'x'\n") ==
        "s.toml:1: 'workers' must be a whole number from 1 to 1000, not 0.");
  CHECK(refusal("unit = 'soon'\n[[main]]\nsay = 'x'\n").starts_with("s.toml:1: 'unit' must be a time"));
  CHECK(refusal("gil = 'cpyton'\n[[main]]\nsay = 'x'\n").starts_with("s.toml:1: 'gil' must be"));
  CHECK(refusal("gil = 'cpython'\ngil_interval = '1s'\n[[main]]\nsay = 'x'\n") ==
        "s.toml:2: 'gil_interval' must be a time from 0.1ms to 100ms, such as \"5ms\", not '1s'.");
  CHECK(refusal("gil_interval = '5ms'\n[[main]]\nsay = 'x'\n").find("without a lock nobody waits for it") !=
        std::string::npos);
  CHECK(refusal("unit = '0s'\n[[main]]\nsay = 'x'\n").starts_with("s.toml:1: 'unit' must be a time"));
  CHECK(refusal(with_main("[[main]]\nreturn = 1\n")) ==
        "s.toml:5: 'return' ends a task; the program ends after its last step.");
  CHECK(refusal(with_main("[[main]]\nsay = 'x'\nloiter = 1\n")) ==
        "s.toml:4: A step does one thing, and this one has 'say' and 'loiter'.");
  CHECK(refusal(with_main("[[main]]\nwait = 'a'\n")) == "s.toml:5: 'wait' must be a list of names, not 'a'.");
  CHECK(refusal(with_task("3")) == "s.toml:5: A step is a table such as { loiter = 1 }, not a whole number.");
  CHECK(
      refusal(with_main("[[main]]\nsubmit = 'slow'\nas = 'b*'\n")).starts_with("s.toml:6: 'b*' cannot be the name of"));
  CHECK(refusal(with_main("[[main]]\nraise = 'KeyboardInterrupt'\n")).starts_with("s.toml:5: 'raise' must be"));
}

TEST_CASE("more than 10,000 steps or tasks are refused, and 10,000 are not") {
  const auto steps = [](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += "[[main]]\nloiter = 0\n";
    return text;
  };
  CHECK(refusal(steps(10'000)).empty());
  CHECK(refusal(steps(10'001)) == "s.toml:20001: The file has more than 10000 steps.");
  CHECK(refusal(with_main("[[main]]\nsubmit = 'slow'\nrepeat = 10000\n")).empty());
  CHECK(refusal(with_main("[[main]]\nsubmit = 'slow'\nrepeat = 10000\n[[main]]\nsubmit = 'slow'\n")) ==
        "s.toml:7: With this step the program submits more than 10000 tasks.");
  std::string tasks = "[[main]]\nsay = 'x'\n";
  for (int i = 0; i < 10'001; ++i) tasks += fmt::format("[tasks.t{}]\nsteps = []\n", i);
  CHECK(refusal(tasks) == "s.toml:20003: The file describes more than 10000 tasks.");
}
