#include "trace/run_file.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "trace/names.hpp"
#include "trace/script.hpp"

namespace loiter::trace {
namespace {

std::string written(const Recording& recording) {
  std::ostringstream out;
  REQUIRE(write_run_file(out, recording));
  return out.str();
}

RunFile read(const std::string& text) {
  std::istringstream in(text);
  auto file = read_run_file(in, "run.jsonl");
  INFO((file ? std::string() : file.error().message));
  REQUIRE(file);
  return std::move(*file);
}

Header full_header() {
  Header header;
  header.title = "loiter";
  header.mode = Mode::Processes;
  header.workers = 3;
  header.collect = Collect::AsCompleted;
  header.clock = Clock::Live;
  header.seed = std::numeric_limits<std::uint64_t>::max();
  header.unit = std::chrono::milliseconds(250);
  header.producer = "loiter 0.1.0";
  header.started = "2024-05-01T12:00:00Z";
  header.parameters = {{"tasks", "5"},
                       {"site", "example \"1\""},
                       {"ratio", "0.5"},
                       {"odd", "007"},
                       {"keep", "true"},
                       {"minus", "-0"},
                       {"huge", "1e400"},
                       {"dot", "5."},
                       {"empty", ""},
                       {"real", "5.0"},
                       {"long", "99999999999999999999"}};
  return header;
}

// Every event, its optional members once with and once without a value.
Script every_event() {
  Script s;
  s.recording.header = full_header();
  s.on(0).add(LaneBegan{LaneKind::Main, "main", 4711, 4712, {}});
  s.on(1).add(LaneBegan{LaneKind::Thread, "ThreadPoolExecutor-0_0", 0, 0, ExecutorId{0}});
  s.on(7).add(LaneBegan{LaneKind::Manager, "manager-0"}).on(2).add(LaneBegan{LaneKind::Server, "server"});
  s.on(3).add(LaneBegan{LaneKind::Process, "Process-1", 1, 1, ExecutorId{2}}).add(LaneEnded{});
  s.at(1).on(0).add(PoolCreated{ExecutorId{0}, 3, "ThreadPoolExecutor-0"}).add(PoolCreated{ExecutorId{1}, 0});
  s.add(PoolGrown{ExecutorId{0}, 1}).add(PoolShutDown{ExecutorId{0}, true}).add(PoolShutDown{ExecutorId{0}, false});
  s.add(PoolBroken{ExecutorId{0}, "a worker died"}).add(Submitted{FutureId{1}, ExecutorId{0}, "loiter(3)"});
  for (std::size_t i = 0; i < names<FutureState>().size(); ++i) s.state(1, static_cast<FutureState>(i), FutureState{});
  s.add(StateChanged{FutureId{1}, {}, FutureState::Finished, Outcome::Raised, "BrokenProcessPool", "died"});
  s.add(TaskBegan{FutureId{4'294'967'295U}});
  for (std::size_t i = 0; i < names<Outcome>().size(); ++i) s.add(TaskEnded{FutureId{1}, static_cast<Outcome>(i)});
  s.add(TaskEnded{FutureId{1}, Outcome::Returned, "int", "30"});
  for (std::size_t i = 0; i < names<WaitOn>().size(); ++i) s.wait(static_cast<WaitOn>(i));
  s.add(WaitBegan{WaitOn::AsCompleted, {FutureId{3}, FutureId{1}}, 98, true, seconds_in(12), {}});
  s.add(WaitBegan{.on = WaitOn::Wait, .futures = {FutureId{1}}, .any = true, .first_exception = true});
  s.wait(WaitOn::Map, {1}, false, Instant{Duration{-5}}).join(7).join(99);
  for (std::size_t i = 0; i < names<WaitEnd>().size(); ++i) s.woken(WaitOn::Join, static_cast<WaitEnd>(i));
  for (std::size_t i = 0; i < names<DeliveredBy>().size(); ++i) {
    s.add(Delivered{FutureId{1}, static_cast<DeliveredBy>(i), static_cast<std::uint32_t>(i)});
  }
  s.at(2).add(Printed{"result 1: 30"}).add(Printed{.text = "BD ", .goes_on = true}).add(SiteReached{"submit"});
  for (std::size_t i = 0; i < names<Observation>().size(); ++i) s.add(Observed{3, static_cast<Observation>(i)});
  s.add(Observed{1, Observation::Value, "int", "30"}).add(Observed{2, Observation::Sets, {}, {}, {"a", "b"}, {"c"}});
  for (std::size_t i = 0; i < names<GilChange>().size(); ++i) s.add(GilChanged{static_cast<GilChange>(i)});
  s.add(Computed{FutureId{1}, seconds_in(1), Duration{7}}).add(Computed{});
  s.add(Progressed{FutureId{1}, 3, 10}).add(Progressed{{}, -1, std::numeric_limits<std::int64_t>::max()});
  s.add(Stuck{{LaneId{0}, LaneId{7}}, {FutureId{1}}, "main waits for f"}).add(Unstuck{{LaneId{0}}, {FutureId{1}}});
  s.add(Stuck{}).add(Unstuck{}).add(Logged{"ERROR", "exception calling callback"});
  for (std::size_t i = 0; i < names<Escape>().size(); ++i) {
    s.add(Escaped{static_cast<Escape>(i), FutureId{static_cast<std::uint32_t>(i)}});
  }
  s.add(Lost{std::numeric_limits<std::uint64_t>::max()});
  for (std::size_t i = 0; i < names<RunEnd>().size(); ++i) s.add(RunEnded{static_cast<RunEnd>(i)});
  s.add(RunEnded{RunEnd::Raised, "ValueError", "boom"});
  return s;
}

}  // namespace

TEST_CASE("every event comes back as it was written") {
  const Recording recording = every_event().recording;
  const std::string text = written(recording);
  const RunFile file = read(text);
  CHECK(file.unknown_events == 0);
  CHECK(file.unknown_keys == 0);
  CHECK(file.recording.header == recording.header);
  REQUIRE(file.recording.events.size() == recording.events.size());
  for (std::size_t i = 0; i < recording.events.size(); ++i) {
    INFO("event " << i << ", " << event_name(recording.events[i].body));
    CHECK(file.recording.events[i] == recording.events[i]);
  }
  CHECK(written(file.recording) == text);

  std::vector<bool> seen(event_names().size());
  for (const Event& event : recording.events) seen[event.body.index()] = true;
  CHECK(std::find(seen.begin(), seen.end(), false) == seen.end());
}

TEST_CASE("odd texts come back as they were written") {
  using namespace std::string_literals;
  for (const std::string& text :
       {""s, "quotes \" and \\ and /"s, "NUL \0 within"s, "lines\r\n\ttabs"s, "\x01\x1f\x7f"s, "中文 日本語"s, "🙂"s,
        "\xEF\xBB\xBF byte order"s, "\xE2\x80\xA8"s, std::string(100'000, 'x')}) {
    Script s;
    s.recording.header.title = text;
    s.recording.header.parameters[text] = text;
    s.on(0).add(LaneBegan{LaneKind::Main, text.substr(0, 900)}).add(Printed{text}).submit(1, text);
    const std::string file = written(s.recording);
    CHECK(std::count(file.begin(), file.end(), '\n') == 4);
    CHECK(file.find('\x7f') == std::string::npos);  // it would be a command to a terminal
    CHECK(read(file).recording == s.recording);
  }
}

TEST_CASE("bytes that are no text are replaced, and the file can be read") {
  Script s;
  s.main().add(Printed{"a\xFF\xC3(\xED\xA0\x80 b"});
  const RunFile file = read(written(s.recording));
  const std::string mark = "\xEF\xBF\xBD";
  CHECK(std::get<Printed>(file.recording.events[1].body).text == "a" + mark + mark + "(" + mark + mark + mark + " b");
}

TEST_CASE("a run file looks as agreed") {
  Script s;
  s.recording.header = {.title = "loiter",
                        .mode = Mode::Threads,
                        .workers = 3,
                        .clock = Clock::Simulated,
                        .producer = "loiter 0.1.0",
                        .parameters = {{"tasks", "5"}}};
  s.main().pool(0, 3).submit(1, "loiter(3)").worker(1, 0, "ThreadPoolExecutor-0_0").begin(1);
  s.wait(WaitOn::Sleep, {}, false, seconds_in(3)).on(0).wait(WaitOn::AsCompleted, {1}, true).join(1);
  const std::string expected =
      R"-({"loiter": 1, "title": "loiter", "mode": "threads", "workers": 3, "collect": "map", )-"
      R"-("clock": "simulated", "label": "SIMULATED", "seed": 0, "unit_ns": 1000000000, )-"
      R"-("producer": "loiter 0.1.0", "parameters": {"tasks": 5}}
{"t": 0, "ev": "lane_began", "lane": "main", "kind": "main"}
{"t": 0, "ev": "pool_created", "lane": "main", "executor": 0, "workers": 3, "name": "ThreadPoolExecutor-0"}
{"t": 0, "ev": "submitted", "lane": "main", "future": 1, "label": "loiter(3)", "executor": 0}
{"t": 0, "ev": "lane_began", "lane": "ThreadPoolExecutor-0_0", "kind": "thread", "executor": 0}
{"t": 0, "ev": "state", "lane": "ThreadPoolExecutor-0_0", "future": 1, "from": "pending", "to": "running"}
{"t": 0, "ev": "task_began", "lane": "ThreadPoolExecutor-0_0", "future": 1}
{"t": 0, "ev": "wait_began", "lane": "ThreadPoolExecutor-0_0", "on": "sleep", "deadline": 3000000000}
{"t": 0, "ev": "wait_began", "lane": "main", "on": "as_completed", "futures": [1], "any": true}
{"t": 0, "ev": "wait_began", "lane": "main", "on": "join", "joins": "ThreadPoolExecutor-0_0"}
)-";
  CHECK(written(s.recording) == expected);
}

TEST_CASE("the header of a run under a modelled GIL says so, and is read again") {
  Script s;
  s.main();
  s.recording.header.gil = GilKind::Cpython;
  s.recording.header.gil_interval = std::chrono::milliseconds(2);
  s.recording.header.cores = 8;
  const std::string text = written(s.recording);
  CHECK(text.find(R"("cores": 8, "gil": "cpython", "gil_label": "MODEL", "gil_interval_ns": 2000000,)") !=
        std::string::npos);
  CHECK(read(text).recording.header == s.recording.header);
  CHECK(labels(s.recording.header) == "MEASURED, MODEL");
}

TEST_CASE("the sample run reads, folds and is written again byte for byte") {
  const std::string path = LOITER_SOURCE_DIR "/tests/trace/data/loiter_3_workers.jsonl";
  const auto file = load_run_file(path);
  INFO((file ? "" : file.error().message));
  REQUIRE(file);
  const Run run = fold(file->recording);
  CHECK(run.inconsistent() == 0);
  CHECK(run.futures().size() == 5);
  CHECK(run.last() == seconds_in(5));
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  CHECK(written(file->recording) == text.str());
}

TEST_CASE("a lane may be joined before it begins") {
  Script s;
  s.main().join(1).at(1).worker(1, 0, "late");
  const std::string text = written(s.recording);
  CHECK(text.find(R"("joins": "late")") != std::string::npos);
  CHECK(read(text).recording == s.recording);
}

TEST_CASE("lanes of one name are told apart in the file") {
  Script s;
  s.main().worker(1, 0, "SpecialPool_0").worker(2, 1, "SpecialPool_0").add(Printed{"second"});
  const RunFile file = read(written(s.recording));
  CHECK(std::get<LaneBegan>(file.recording.events[2].body).name == "SpecialPool_0#2");
  CHECK(file.recording.events[3].lane == LaneId{2});
}

TEST_CASE("a line that no reader would take is shortened") {
  Script s;
  s.main().add(Printed{std::string(3'000'000, 'x')});
  WaitBegan wait{WaitOn::Wait, {}, 5, false, {}, {}};
  for (std::uint32_t i = 1; i <= 300'000; ++i) wait.futures.push_back(FutureId{i});
  s.add(wait);
  const RunFile file = read(written(s.recording));
  const auto& printed = std::get<Printed>(file.recording.events[1].body);
  CHECK(printed.text.ends_with("xxx..."));
  CHECK(printed.text.size() > 500'000);
  const auto& waited = std::get<WaitBegan>(file.recording.events[2].body);
  CHECK(waited.futures.size() + waited.more == 300'005);
  CHECK(waited.futures.size() > 50'000);
}

TEST_CASE("what no reader would take is not written") {
  const auto refusal = [](const Script& s) {
    std::ostringstream out;
    const auto result = write_run_file(out, s.recording);
    return result ? std::string() : result.error().message;
  };
  CHECK(refusal(Script().main()).empty());
  CHECK(refusal(Script().main().on(1).add(Printed{"x"})) ==
        "event 2, 'printed', cannot be kept: its lane never began.");
  CHECK(refusal(Script().main().main()) == "event 2, 'lane_began', cannot be kept: its lane began before.");
  CHECK(refusal(Script().at(1).main().at(0).add(Printed{"x"})) ==
        "event 2, 'printed', cannot be kept: its time is negative or before that of the event ahead of it.");
}

}  // namespace loiter::trace
