#include <catch2/catch_test_macros.hpp>
#include <istream>
#include <sstream>
#include <stdexcept>
#include <streambuf>
#include <string>

#include "trace/run_file.hpp"

namespace loiter::trace {
namespace {

const std::string header = R"({"loiter": 1, "title": "t", "mode": "threads", "clock": "simulated"})"
                           "\n";
const std::string main_began = R"({"t": 5, "ev": "lane_began", "lane": "main", "kind": "main"})"
                               "\n";

std::string refusal(const std::string& text, const RunFileLimits& limits = {}) {
  std::istringstream in(text);
  const auto file = read_run_file(in, "run.jsonl", limits);
  return file ? "" : file.error().message;
}

// What is wrong with a line that follows a good header and the beginning of main.
std::string third_line(const std::string& line) { return refusal(header + main_began + line + "\n"); }

std::string header_line(const std::string& more) {
  return refusal(R"({"loiter": 1, "title": "t", "mode": "threads", "clock": "live")" + more + "}\n");
}

}  // namespace

TEST_CASE("a good file is not refused") {
  CHECK(refusal(header).empty());
  CHECK(refusal(header + main_began).empty());
  CHECK(refusal(header + "\n  \r\n" + main_began).empty());
  CHECK(refusal(header.substr(0, header.size() - 1)).empty());
  CHECK(third_line(R"({"t": 5, "ev": "printed", "lane": "main", "text": "x"})").empty());
}

TEST_CASE("a bad header is refused with what was expected") {
  CHECK(refusal("") == "run.jsonl:1: this is not a run file: it is empty.");
  CHECK(refusal("hello\n").starts_with("run.jsonl:1: this is not a run file: its first line is not JSON (column 1: "));
  CHECK(refusal("[1]\n") == "run.jsonl:1: this is not a run file: its first line is not a JSON object.");
  CHECK(refusal("{}\n") == R"(run.jsonl:1: this is not a run file: its first line has no "loiter": 1.)");
  CHECK(refusal(R"({"loiter": "1"})") ==
        "run.jsonl:1: the header's 'loiter' is not a version: a whole number, now 1, is expected.");
  CHECK(refusal(R"({"loiter": 2})") ==
        "run.jsonl:1: this run file has version 2; this program reads version 1. A newer Loiter is needed.");
  CHECK(refusal(R"({"loiter": 1})") == "run.jsonl:1: the header has no 'title'.");
  CHECK(refusal(R"({"loiter": 1, "title": "t"})") == "run.jsonl:1: the header has no 'mode'.");
  CHECK(refusal(R"({"loiter": 1, "title": 5, "mode": "threads", "clock": "live"})") ==
        "run.jsonl:1: the header's 'title' is not a text.");
  CHECK(refusal(R"({"loiter": 1, "title": "t", "mode": "fibers", "clock": "live"})") ==
        "run.jsonl:1: the header's 'mode' is not sequential, threads or processes.");
  CHECK(header_line("").empty());
  CHECK(header_line(R"(, "workers": -1)") ==
        "run.jsonl:1: the header's 'workers' is not a whole number from 0 to 4294967295.");
  CHECK(header_line(R"(, "workers": 4294967296)") ==
        "run.jsonl:1: the header's 'workers' is not a whole number from 0 to 4294967295.");
  CHECK(header_line(R"(, "unit_ns": 0)") ==
        "run.jsonl:1: the header's 'unit_ns' is not a whole number from 1 to 9223372036854775807.");
  CHECK(header_line(R"(, "label": "SIMULATED")") ==
        R"(run.jsonl:1: the header's 'label' is "SIMULATED", but a live clock is MEASURED.)");
  CHECK(header_line(R"(, "gil": "cpython", "gil_label": "MEASURED")") ==
        R"(run.jsonl:1: the header's 'gil_label' is "MEASURED", but a GIL here is a MODEL.)");
  CHECK(header_line(R"(, "gil_label": "MODEL")") ==
        R"(run.jsonl:1: the header's 'gil_label' is "MODEL", but no GIL is modelled.)");
  CHECK(header_line(R"(, "gil": "yes")") ==
        "run.jsonl:1: the header's 'gil' is not none, cpython, per-interpreter or free-threaded.");
  CHECK(header_line(R"(, "gil": "cpython", "gil_interval_ns": 0)") ==
        "run.jsonl:1: the header's 'gil_interval_ns' is not a whole number from 1 to 9223372036854775807.");
  CHECK(header_line(R"(, "parameters": [1])") == "run.jsonl:1: the header's 'parameters' is not an object.");
  CHECK(header_line(R"(, "parameters": {"tasks": null})") ==
        "run.jsonl:1: the parameter 'tasks' is not a text, a number, true or false.");
  CHECK(refusal(std::string("{\0}", 3)) == "run.jsonl:1: the header is not JSON: it contains a NUL byte.");
}

TEST_CASE("time is whole nanoseconds that do not run backwards") {
  CHECK(third_line(R"({"t": 4, "ev": "lane_ended", "lane": "main"})") ==
        "run.jsonl:3: time runs backwards: 4 comes after 5.");
  CHECK(third_line(R"({"t": 4, "ev": "of another program", "lane": "main"})") ==
        "run.jsonl:3: time runs backwards: 4 comes after 5.");
  CHECK(third_line(R"({"t": -1, "ev": "lane_ended", "lane": "main"})") ==
        "run.jsonl:3: 't' is a negative number, but whole nanoseconds since the run began, from 0, are expected.");
  CHECK(third_line(R"({"t": 5.5, "ev": "lane_ended", "lane": "main"})") ==
        "run.jsonl:3: 't' is a number with decimals or too large, but whole nanoseconds since the run began, from 0, "
        "are expected.");
  CHECK(third_line(R"({"t": 9223372036854775808, "ev": "lane_ended", "lane": "main"})") ==
        "run.jsonl:3: 't' is too large, but whole nanoseconds since the run began, from 0, are expected.");
  CHECK(third_line(R"({"ev": "lane_ended", "lane": "main"})") ==
        "run.jsonl:3: 't' is missing: whole nanoseconds since the run began are expected.");
  CHECK(third_line(R"({"t": 9223372036854775807, "ev": "lane_ended", "lane": "main"})").empty());
}

TEST_CASE("an event needs a lane that began") {
  CHECK(third_line(R"({"t": 5, "ev": "printed", "lane": "other", "text": "x"})") ==
        R"(run.jsonl:3: the lane "other" never began: its lane_began must come first (printed).)");
  CHECK(third_line(R"({"t": 5, "ev": "printed", "text": "x"})") ==
        "run.jsonl:3: 'lane' is missing: the name of a lane is expected (printed).");
  CHECK(third_line(R"({"t": 5, "ev": "lane_began", "lane": "main", "kind": "main"})") ==
        R"(run.jsonl:3: the lane "main" began before: lanes have names of their own (lane_began).)");
  CHECK(third_line(R"({"t": 5, "ev": "lane_began", "lane": "w", "kind": "thread", "id": 0})") ==
        "run.jsonl:3: another lane has the number 0: an 'id' that is free is expected (lane_began).");
  CHECK(third_line(R"({"t": 5, "ev": "lane_began", "lane": "w", "kind": "thread", "id": 4294967296})") ==
        "run.jsonl:3: 'id' is not a lane's number from 0 to 4294967295 (lane_began).");
  CHECK(third_line(R"({"t": 5, "ev": "lane_began", "lane": ")" + std::string(1001, 'w') + R"(", "kind": "thread"})") ==
        "run.jsonl:3: a lane's name has at most 1000 bytes, not 1001 (lane_began).");
  CHECK(third_line(R"({"t": 5, "ev": "stuck", "lane": "main", "lanes": ["main", "other"]})") ==
        R"(run.jsonl:3: 'lanes' names the lane "other", which never began (stuck).)");
  CHECK(third_line(R"({"t": 5, "ev": "wait_began", "lane": "main", "on": "join", "joins": "other"})") ==
        R"(run.jsonl:3: 'joins' names the lane "other", which never began.)");
}

TEST_CASE("wrong types, numbers out of range and unknown names are refused") {
  const auto event = [](const std::string& rest) { return third_line(R"({"t": 5, "lane": "main", )" + rest + "}"); };
  CHECK(event(R"("ev": 5)") == "run.jsonl:3: 'ev' is not a text: the name of the event is expected.");
  CHECK(event(R"("x": 5)") == "run.jsonl:3: 'ev' is missing: the name of the event is expected.");
  CHECK(event(R"("ev": "task_began")") == "run.jsonl:3: 'future' is missing (task_began).");
  CHECK(event(R"("ev": "task_began", "future": 0)") ==
        "run.jsonl:3: 'future' is 0, but a future's number, from 1 is expected (task_began).");
  CHECK(event(R"("ev": "task_began", "future": 4294967296)") ==
        "run.jsonl:3: 'future' is 4294967296, but a future's number, from 1 is expected (task_began).");
  CHECK(event(R"("ev": "task_began", "future": "one")") ==
        R"(run.jsonl:3: 'future' is "one", but a future's number, from 1 is expected (task_began).)");
  CHECK(event(R"("ev": "printed", "text": null)") == "run.jsonl:3: 'text' is null, but a text is expected (printed).");
  CHECK(event(R"("ev": "pool_shutdown", "executor": 0, "cancel_futures": 1)") ==
        "run.jsonl:3: 'cancel_futures' is 1, but true or false is expected (pool_shutdown).");
  CHECK(event(R"("ev": "gil", "what": "stolen")") ==
        R"(run.jsonl:3: 'what' is "stolen", but requested, taken or dropped is expected (gil).)");
  CHECK(event(R"("ev": "wait_began", "on": "wait", "futures": [1, "2"])") ==
        "run.jsonl:3: 'futures' is a list, but a list of futures' numbers is expected (wait_began).");
  CHECK(event(R"("ev": "wait_began", "on": "wait", "futures": [1, [2]])") ==
        "run.jsonl:3: 'futures' is a list, but a list of futures' numbers is expected (wait_began).");
  CHECK(event(R"("ev": "wait_began", "on": "wait", "futures": [1, 0])") ==
        "run.jsonl:3: 'futures' contains 0: futures count from 1 (wait_began).");
  CHECK(event(R"("ev": "wait_began", "on": "wait", "futures": {"1": 1})") ==
        "run.jsonl:3: 'futures' is an object, but a list of futures' numbers is expected (wait_began).");
  CHECK(event(R"("ev": "wait_began", "on": "sleep", "deadline": 9223372036854775808)") ==
        "run.jsonl:3: 'deadline' is 9223372036854775808, but a whole number below 2^63 is expected (wait_began).");
  CHECK(event(R"("ev": "stuck", "lanes": [0])") ==
        "run.jsonl:3: 'lanes' is a list, but a list of lanes' names is expected (stuck).");
  CHECK(event(R"("ev": "lost", "count": -1)") ==
        "run.jsonl:3: 'count' is a negative number, but a whole number from 0 is expected (lost).");
  CHECK(event(R"("ev": "lane_ended", "t": 6)") == "run.jsonl:3: the key 't' comes twice.");
}

TEST_CASE("what is not JSON, or not UTF-8, is refused with its line") {
  const std::string not_json = "run.jsonl:3: this line is not JSON (column ";
  CHECK(third_line("{").starts_with(not_json));
  CHECK(third_line("{} {}").starts_with(not_json));
  CHECK(third_line("{\"t\": 5, \"ev\": \"\xFF\"}").starts_with(not_json));
  CHECK(third_line(R"({"t": 5, "ev": "printed", "lane": "main", "text": "\ud800"})").starts_with(not_json));
  CHECK(third_line(R"({"t": 5, "ev": "printed", "lane": "main", "text": "\udc00\ud800"})").starts_with(not_json));
  CHECK(third_line(R"({"t": 5, "ev": "printed", "lane": "main", "text": "\ud83d\ude42"})").empty());
  CHECK(third_line("5") == "run.jsonl:3: an event is a JSON object, but this line is a single value.");
  CHECK(third_line("[]") == "run.jsonl:3: an event is a JSON object, but this line is a list.");
  CHECK(third_line(std::string("{\"t\": 5}\0", 9)) == "run.jsonl:3: this line is not JSON (it contains a NUL byte).");
  CHECK(third_line(std::string(500'000, '[')) == "run.jsonl:3: an event is a JSON object, but this line is a list.");
  CHECK(third_line(R"({"t": 5, "ev": "x", "y": )" + std::string(500'000, '[')).starts_with(not_json));
}

TEST_CASE("a file that was not written to its end is refused") {
  const std::string last = R"({"t": 5, "ev": "printed", "lane": "main", "text": "x"})";
  for (std::size_t length = 1; length < last.size(); ++length) {
    CHECK(refusal(header + main_began + last.substr(0, length)) ==
          "run.jsonl:3: the last line is cut off: the file was not written to its end.");
  }
  CHECK(refusal(header + main_began + last).empty());
}

TEST_CASE("limits are refusals, not crashes") {
  const std::string too_long = "this line is over 1048576 bytes long; a run file has one event a line.";
  CHECK(refusal(std::string(2'000'000, 'x')) == "run.jsonl:1: " + too_long);
  CHECK(third_line(std::string(2'000'000, 'x')) == "run.jsonl:3: " + too_long);
  CHECK(refusal(header + std::string(2'000'000, 'x')) == "run.jsonl:2: " + too_long);
  const std::string start = R"({"t": 5, "ev": "printed", "lane": "main", "text": ")";
  const std::string fits(1'048'576 - start.size() - 2, 'x');
  CHECK(third_line(start + fits + "\"}").empty());
  CHECK(third_line(start + fits + "x\"}") == "run.jsonl:3: " + too_long);

  RunFileLimits few;
  few.events = 2;
  const std::string unknown = R"({"t": 5, "ev": "new"})"
                              "\n";
  CHECK(refusal(header + main_began + unknown, few).empty());
  CHECK(refusal(header + main_began + unknown + unknown, few) == "run.jsonl:4: a run file holds at most 2 events.");
}

TEST_CASE("a line without end is refused without reading on") {
  struct Endless : std::streambuf {
    std::string text = std::string(4096, 'x');
    int rounds = 0;
    int_type underflow() override {
      if (++rounds > 1000) throw std::runtime_error("read far beyond the longest line");
      setg(text.data(), text.data(), text.data() + text.size());
      return traits_type::to_int_type('x');
    }
  } endless;
  std::istream in(&endless);
  const auto file = read_run_file(in, "run.jsonl");
  REQUIRE_FALSE(file);
  CHECK(file.error().message == "run.jsonl:1: this line is over 1048576 bytes long; a run file has one event a line.");
}

TEST_CASE("unknown keys and events are counted, not refused") {
  std::istringstream in(
      R"({"loiter": 1, "title": "t", "mode": "threads", "clock": "live", "colour": {"a": [1]}})"
      "\n" +
      main_began + R"({"t": 5, "ev": "dreamt", "of": "sheep", "lane": 5})" + "\n" +
      R"({"t": 5, "ev": "printed", "lane": "main", "text": "x", "colour": [[1], {"t": 9}], "site": 3})" + "\n");
  const auto file = read_run_file(in, "run.jsonl");
  REQUIRE(file);
  CHECK(file->unknown_events == 1);
  CHECK(file->unknown_keys == 3);
  CHECK(file->recording.events.size() == 2);
}

}  // namespace loiter::trace
