// The Python listing of a scenario is a program: CPython runs it, and its main part sees what the lab's sees.
#include <array>
#include <cstdio>
#include <fstream>
#include <regex>

#include "cli/scenario_files.hpp"
#include "support/temporary_folder.hpp"
#include "trace/names.hpp"

using namespace loiter;
using namespace loiter::cli;

namespace {

// Units that any of these takes to its end, if it has one.
constexpr int longest = 30;

struct Program {
  std::string name;
  std::string python;
  std::string expected;
};

std::vector<Program> programs_in(trace::Mode mode, int unit_ms) {
  std::vector<Program> programs;
  for (const std::string& scenario : all_scenarios()) {
    engine::Choices choices{
        .experiment = scenario, .mode = mode, .parameters = {{"unit", fmt::format("{}ms", unit_ms)}}};
    if (scenario.ends_with(".toml")) choices.scenario = *engine::scenario_of_file(scenario);
    const auto setup = engine::complete(choices);
    REQUIRE(setup);
    const std::string mode_option = fmt::format(" --mode {}", trace::name_of(mode));
    programs.push_back({.name = stem(scenario),
                        .python = engine::find_experiment("scenario")->listing(*setup).python,
                        .expected = without_times(observed(scenario, "--clock simulated" + mode_option))});
  }
  return programs;
}

// What observe.py says of them; nothing if there is no Python here.
std::optional<std::string> seen_by_python(const std::vector<Program>& programs, double seconds) {
  const testing::TemporaryFolder folder;
  std::string command =
      fmt::format("timeout -s KILL 120 python3 {}/tests/cli/cpython/observe.py {}", LOITER_SOURCE_DIR, seconds);
  for (const Program& program : programs) {
    const std::string path = folder / (program.name + ".py");
    std::ofstream(path) << program.python;
    command += " " + path;
  }
  std::FILE* const pipe = popen((command + " 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string text;
  std::array<char, 4096> buffer{};
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe)) text.append(buffer.data(), size);
  const int status = pclose(pipe);
  if (WIFEXITED(status) && (WEXITSTATUS(status) == 127 || WEXITSTATUS(status) == 77)) return std::nullopt;
  CHECK(status == 0);
  return text;
}

// Nobody can ask CPython which of its threads are stuck.
std::string without_lanes(std::string observations) {
  const std::size_t at = observations.find(R"(, "lanes")");
  if (at != std::string::npos) observations.erase(at, observations.find('}', at) - at);
  return observations;
}

// as_completed gives what was finished before in any order, for CPython keeps it in a set: without a pool that is everything.
std::string in_one_order(const std::string& observations) {
  static const std::regex step(R"("step": [0-9]+, )");
  std::vector<std::string> lines;
  std::istringstream in(std::regex_replace(observations, step, ""));
  for (std::string line; std::getline(in, line);) lines.push_back(line + "\n");
  std::ranges::sort(lines);
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

// What differs; empty if nothing does, none without a Python.
std::optional<std::string> difference(trace::Mode mode, int unit_ms) {
  const std::vector<Program> programs = programs_in(mode, unit_ms);
  const auto text = seen_by_python(programs, longest * unit_ms / 1000.0 + 3);
  if (!text) return std::nullopt;
  std::string differs;
  for (const Program& program : programs) {
    const std::string head = "== " + program.name + ".py\n";
    const std::size_t begin = text->find(head) + head.size();
    std::string seen = text->substr(begin, text->find("== ", begin) - begin);
    std::string expected = without_lanes(program.expected);
    if (mode == trace::Mode::Sequential) {
      seen = in_one_order(seen);
      expected = in_one_order(expected);
    }
    if (seen != expected) {
      differs += fmt::format("{}\n--- CPython:\n{}--- the lab:\n{}\n", program.python, seen, expected);
    }
  }
  return differs;
}

// These are races with real clocks: on a busy machine the first unit may be too short to keep who is first.
void compare(trace::Mode mode) {
  std::optional<std::string> differs;
  for (const int unit_ms : {150, 1000}) {
    differs = difference(mode, unit_ms);
    if (!differs) SKIP("there is no CPython 3.11 or newer here");
    if (differs->empty()) break;
  }
  CHECK(*differs == "");
}

}  // namespace

TEST_CASE("CPython sees what the lab sees: threads", "[python]") { compare(trace::Mode::Threads); }
TEST_CASE("CPython sees what the lab sees: no pool", "[python]") { compare(trace::Mode::Sequential); }
TEST_CASE("CPython sees what the lab sees: processes", "[python]") { compare(trace::Mode::Processes); }
