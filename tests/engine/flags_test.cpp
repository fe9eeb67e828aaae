// The flags experiment through the engine: what it prints and saves, what goes wrong, and that nothing is lost.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>
#include <thread>
#include <vector>

#include "engine/session.hpp"
#include "engine/transcript.hpp"
#include "net/site.hpp"
#include "support/temporary_folder.hpp"
#include "trace/run.hpp"

using namespace loiter;
using namespace loiter::engine;
using namespace loiter::engine::testing;
using namespace std::chrono_literals;
using loiter::testing::TemporaryFolder;
using trace::Clock;
using trace::Collect;
using trace::Mode;

namespace {

using Values = std::map<std::string, std::string>;

experiments::Setup flags_on(Clock clock, Mode mode, const std::string& folder, Values values = {}) {
  values["dir"] = folder;
  return experiments::complete({.experiment = "flags", .mode = mode, .clock = clock, .parameters = values}).value();
}

trace::Recording run(const experiments::Setup& setup) { return run_to_end(setup, {.pace = runtime::Pace::instant()}); }

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// How many flags are there, each of which must be whole.
std::size_t whole_flags_in(const std::filesystem::path& folder) {
  static const net::Site site = net::Site::load();
  std::size_t count = 0;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string code = entry.path().stem().string();
    INFO(entry.path().string());
    const net::File* const served = site.find("/flags/" + code + "/" + code + ".gif");
    REQUIRE(served != nullptr);  // no temporary file either
    CHECK(bytes_of(entry.path()) == served->bytes);
    ++count;
  }
  return count;
}

constexpr int rounds = 200;

std::ptrdiff_t open_descriptors() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), std::filesystem::directory_iterator());
}

// The number that begins the line which ends so; 0 if there is none.
std::size_t told(const std::string& text, const std::string& end) {
  for (const std::string& line : lines_of(text)) {
    if (line.ends_with(end)) return std::stoul(line);
  }
  return 0;
}

}  // namespace

TEST_CASE("flags: twenty files, whole, in every mode and on both clocks", "[live]") {
  const Mode mode = GENERATE(Mode::Sequential, Mode::Threads, Mode::Processes);
  for (const Clock clock : {Clock::Simulated, Clock::Live}) {
    const TemporaryFolder folder;
    const std::string text = transcript(
        run(flags_on(clock, mode, folder / "flags", {{"latency", "5ms"}, {"jitter", "5ms"}, {"bandwidth", "0"}})));
    CHECK(whole_flags_in(folder / "flags") == 20);
    const auto lines = lines_of(text);
    REQUIRE(lines.size() == 2);
    auto codes = lines_of(lines.front());
    std::istringstream words(lines.front());
    std::vector<std::string> printed{std::istream_iterator<std::string>(words), {}};
    if (mode == Mode::Sequential) CHECK(std::ranges::is_sorted(printed));
    std::ranges::sort(printed);
    CHECK(printed == std::vector<std::string>{"BD", "BR", "CD", "CN", "DE", "EG", "ET", "FR", "ID", "IN",
                                              "IR", "JP", "MX", "NG", "PH", "PK", "RU", "TR", "US", "VN"});
    CHECK(lines.back().starts_with("20 downloads in "));
  }
}

TEST_CASE("flags: runs one after the other may have one server, and each gets the same answers", "[live]") {
  const auto server = std::make_shared<RunServer>();
  std::vector<std::vector<std::string>> told_by_mode;
  for (const Mode mode : {Mode::Sequential, Mode::Threads, Mode::Processes}) {
    const TemporaryFolder folder;
    const Values values{{"program", "progress"}, {"latency", "1ms"}, {"jitter", "0s"}, {"bandwidth", "0"},
                        {"not_found", "0.2"},    {"errors", "0.2"},  {"seed", "5"}};
    auto lines =
        lines_of(transcript(run_to_end(flags_on(Clock::Live, mode, folder / "f", values), {.server = server})));
    // Not how many connections there were and how long it took; errors come as they finish.
    std::erase_if(lines, [](const std::string& line) {
      return line.ends_with("will be used.") || line.starts_with("Elapsed time");
    });
    std::ranges::sort(lines);
    told_by_mode.push_back(std::move(lines));
  }
  CHECK(std::ranges::any_of(told_by_mode[0], [](const auto& line) { return line.starts_with("Site: http://127."); }));
  CHECK(std::ranges::any_of(told_by_mode[0], [](const auto& line) { return line.ends_with("not found."); }));
  CHECK(told_by_mode[1] == told_by_mode[0]);
  CHECK(told_by_mode[2] == told_by_mode[0]);
}

TEST_CASE("flags: one after another takes the sum of the waits, with threads the longest of them") {
  const TemporaryFolder folder;
  const Values values{{"latency", "100ms"}, {"jitter", "0s"}, {"bandwidth", "0"}};
  const auto time_of = [&](Mode mode) {
    return trace::fold(run(flags_on(Clock::Simulated, mode, folder / "f", values))).last();
  };
  CHECK(time_of(Mode::Sequential) == Instant{20 * 102ms});  // 2 ms to connect
  CHECK(time_of(Mode::Threads) == Instant{102ms});
  CHECK(time_of(Mode::Processes) == Instant{102ms});
}

TEST_CASE("flags: a run with errors repeats exactly on the simulated clock") {
  const Values values{{"program", "progress"}, {"verbose", "yes"}, {"not_found", "0.1"}, {"errors", "0.15"},
                      {"cut", "0.1"},          {"hang", "0.05"},   {"redirects", "0.3"}, {"seed", "5"}};
  const Mode mode = GENERATE(Mode::Sequential, Mode::Threads, Mode::Processes);
  const TemporaryFolder folder;
  const auto setup = flags_on(Clock::Simulated, mode, folder / "flags", values);
  const trace::Recording first = run(setup);
  for (int i = 0; i < 5; ++i) REQUIRE(run(setup) == first);
}

TEST_CASE("flags: the program that follows every future prints its repr twice") {
  const TemporaryFolder folder;
  const auto lines = lines_of(transcript(
      run(flags_on(Clock::Simulated, Mode::Threads, folder / "flags", {{"program", "as_completed"}, {"tasks", "5"}}))));
  REQUIRE(lines.size() == 11);
  CHECK(lines[0] == "Scheduled for BR: <Future at 0x7f3a00000040 state=running>");
  CHECK(lines[9].find("state=finished returned str> result: '") != std::string::npos);
  CHECK(lines[10].starts_with("5 downloads in "));
}

TEST_CASE("flags: the program with progress says what became of each") {
  const TemporaryFolder folder;
  const Values values{{"program", "progress"}, {"not_found", "0.2"}, {"errors", "0.2"}, {"seed", "1"}};
  const std::string text = transcript(run(flags_on(Clock::Simulated, Mode::Threads, folder / "flags", values)));
  const std::size_t downloaded = told(text, " flags downloaded.");
  const std::size_t missing = told(text, " not found.");
  const std::size_t errors = told(text, " errors.");
  CHECK(downloaded + missing + errors == 20);
  CHECK(missing > 0);
  CHECK(errors > 0);
  CHECK(whole_flags_in(folder / "flags") == downloaded);
  CHECK(text.find(" error: Server error '503 Service Unavailable' for url 'http://127.0.0.1:8001/flags/") !=
        std::string::npos);
  CHECK(text.starts_with(
      "Site: http://127.0.0.1:8001\nSearching for 20 flags: from BD to VN\n20 concurrent connections"));
}

TEST_CASE("flags: with all faults at once every file is whole or absent, and the counts add up", "[live]") {
  std::ptrdiff_t descriptors = 0;
  for (int seed = 0; seed <= rounds; ++seed) {
    INFO("seed " << seed);
    if (seed == 1) descriptors = open_descriptors();  // after what is made once for all runs
    const TemporaryFolder folder;
    const Mode mode = seed % 8 == 0 ? Mode::Processes : Mode::Threads;
    const auto setup = flags_on(Clock::Live, mode, folder / "flags",
                                {{"program", "progress"},
                                 {"latency", "1ms"},
                                 {"jitter", "4ms"},
                                 {"bandwidth", "100000"},
                                 {"not_found", "0.15"},
                                 {"errors", "0.15"},
                                 {"cut", "0.15"},
                                 {"hang", "0.1"},
                                 {"redirects", "0.3"},
                                 {"timeout", "60ms"},
                                 {"per_client", seed % 3 == 0 ? "4" : "0"},
                                 {"seed", std::to_string(seed)}});
    const trace::Recording recording = run(setup);
    const std::string text = transcript(recording);
    const std::size_t downloaded = told(text, " downloaded.");
    CHECK(downloaded + told(text, " not found.") + told(text, " error.") + told(text, " errors.") == 20);
    CHECK(whole_flags_in(folder / "flags") == downloaded);
    const trace::Run folded = trace::fold(recording);
    CHECK(folded.ended()->how == trace::RunEnd::Finished);
    for (const trace::FutureRow& future : folded.futures())
      CHECK(trace::state_at(future, folded.last()) == trace::FutureState::Finished);
    if (seed > 0) CHECK(open_descriptors() == descriptors);
  }
}

TEST_CASE("flags: a run that is stopped at any moment keeps what is complete and says what is missing", "[live]") {
  std::mt19937 random(1);
  std::ptrdiff_t descriptors = 0;
  for (int round = 0; round < rounds; ++round) {
    INFO("round " << round);
    if (round == 8) descriptors = open_descriptors();  // every mode has been: what stays for ever is there
    const TemporaryFolder folder;
    const Mode mode = round % 8 == 0 ? Mode::Processes : round % 8 == 1 ? Mode::Sequential : Mode::Threads;
    Session session(flags_on(Clock::Live, mode, folder / "flags",
                             {{"program", "progress"},
                              {"concurrency", "5"},
                              {"latency", "5ms"},
                              {"jitter", "10ms"},
                              {"bandwidth", "50000"},
                              {"hang", "0.05"},
                              {"cut", "0.1"},
                              {"seed", std::to_string(round)}}),
                    {});
    std::this_thread::sleep_for(std::chrono::microseconds(std::uniform_int_distribution(0, 60'000)(random)));
    session.stop();
    trace::Recording recording{.header = session.header(), .events = {}};
    while (recording.events.empty() || !std::holds_alternative<trace::RunEnded>(recording.events.back().body)) {
      session.wait_for_news(1h);
      for (trace::Event& event : session.take()) recording.events.push_back(std::move(event));
    }
    const std::string text = transcript(recording);
    const std::size_t whole = whole_flags_in(folder / "flags");
    const trace::Run folded = trace::fold(recording);
    CHECK(folded.inconsistent() == 0);
    CHECK(folded.lost() == 0);
    for (const trace::FutureRow& future : folded.futures()) {
      const bool was_stopped = future.outcome == trace::Outcome::Aborted || !future.finished;
      CHECK((was_stopped || future.outcome.has_value()));
      for (const trace::Lane& lane : folded.lanes()) CHECK(lane.ended.has_value());
    }
    if (text.find("Elapsed time") == std::string::npos) continue;  // it was stopped before it had begun
    const std::size_t downloaded = told(text, " flags downloaded.") + told(text, " flag downloaded.");
    CHECK(downloaded <= whole);  // a file may be there before its future is finished
    CHECK(downloaded + told(text, " not found.") + told(text, " error.") + told(text, " errors.") +
              told(text, " not fetched.") ==
          20);
  }
  CHECK(open_descriptors() <= descriptors);
}

TEST_CASE("flags: what cannot be written, or reached, is one clear error") {
  const TemporaryFolder folder;
  const auto end_with = [&](Values values) {
    const auto setup = flags_on(Clock::Simulated, Mode::Threads, folder / "flags");
    experiments::Setup changed = setup;
    for (auto& [name, value] : values) changed.parameters[name] = value;
    const trace::RunEnded end = end_of(run(changed));
    CHECK(end.how == trace::RunEnd::Raised);
    return end.type + ": " + end.text;
  };
  CHECK(end_with({{"dir", "/proc/flags"}}) == "OSError: /proc/flags cannot be made: No such file or directory.");
  // The program that counts errors counts those of downloads: what is none ends it too.
  CHECK(end_with({{"dir", "/proc/flags"}, {"program", "progress"}}) ==
        "OSError: /proc/flags cannot be made: No such file or directory.");
  CHECK(end_with({{"base_url", "http://nowhere.invalid"}})
            .starts_with("ConnectError: http://nowhere.invalid/flags/bd/bd.gif: "));
  CHECK(end_with({{"base_url", "file:///etc"}})
            .starts_with("UnsupportedProtocol: file:///etc/flags/bd/bd.gif: only http"));
  CHECK(end_with({{"not_found", "1"}}) ==
        "HTTPStatusError: Client error '404 Not Found' for url 'http://127.0.0.1:8001/flags/bd/bd.gif'");
}

TEST_CASE("flags: a worker that is killed while its flag is on its way breaks the pool at once", "[live]") {
  const Clock clock = GENERATE(Clock::Live, Clock::Simulated);
  const TemporaryFolder folder;
  auto setup =
      flags_on(clock, Mode::Processes, folder / "flags", {{"latency", "60s"}, {"timeout", "60s"}, {"tasks", "4"}});
  setup.workers = 2;
  Session session(setup, {.pace = {.rate = clock == Clock::Live ? 1.0 : 10.0}});
  trace::Run run(session.header());
  const auto waits_for_answers = [&] {
    return std::ranges::count_if(run.lanes(), [](const trace::Lane& lane) {
             return !lane.waits.empty() && !lane.waits.back().ended && lane.waits.back().what.on == trace::WaitOn::Io;
           }) == 2;
  };
  while (!waits_for_answers()) {
    session.wait_for_news(1h);
    for (const trace::Event& event : session.take()) run.apply(event);
  }
  CHECK(session.kill_worker("Process-1"));
  while (!run.ended()) {
    session.wait_for_news(1h);
    for (const trace::Event& event : session.take()) run.apply(event);
  }
  CHECK(run.ended()->type == "BrokenProcessPool");
  CHECK(run.last() < Instant{30s});
}

TEST_CASE("flags: a dial that is turned while a run goes holds for the answers from then on", "[live]") {
  const Clock clock = GENERATE(Clock::Live, Clock::Simulated);
  const TemporaryFolder folder;
  const auto setup = flags_on(clock, Mode::Sequential, folder / "flags",
                              {{"program", "progress"}, {"latency", "20ms"}, {"jitter", "0s"}, {"bandwidth", "0"}});
  Session session(setup, {.pace = {.rate = clock == Clock::Live ? 1.0 : 2.0}});
  trace::Run run(session.header());
  while (run.futures().size() < 5) {
    session.wait_for_news(1h);
    for (const trace::Event& event : session.take()) run.apply(event);
  }
  auto turned = setup;
  turned.parameters["not_found"] = "1";
  session.turn_dials(turned);
  while (!run.ended()) {
    session.wait_for_news(1h);
    for (const trace::Event& event : session.take()) run.apply(event);
  }
  std::string text;
  for (const trace::Line& line : run.lines()) text += line.text + "\n";
  CHECK(told(text, " flags downloaded.") >= 3);
  CHECK(told(text, " not found.") >= 10);
}

TEST_CASE("flags: a link in the folder is replaced and never followed out of it") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "flags");
  std::ofstream(folder / "victim") << "as it was";
  std::filesystem::create_symlink("../victim", folder / "flags/cn.gif");
  const auto setup = flags_on(Clock::Simulated, Mode::Threads, folder / "flags");
  CHECK(end_of(run(setup)).how == trace::RunEnd::Finished);
  CHECK(bytes_of(folder / "victim") == "as it was");
  CHECK_FALSE(std::filesystem::is_symlink(folder / "flags/cn.gif"));
  CHECK(whole_flags_in(folder / "flags") == 20);
}
