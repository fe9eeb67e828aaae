// This floor beside CPython: the same programs, the same text.
//
// reference/expected.txt is what reference/reference.py printed under CPython 3.11; the last test runs it again.
#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <fstream>
#include <map>
#include <regex>

#include "futures/reference_programs.hpp"

namespace loiter::futures::lab {

std::string python_name(FutureState state) {
  constexpr std::array names{"PENDING", "RUNNING", "CANCELLED", "CANCELLED_AND_NOTIFIED", "FINISHED"};
  return names[static_cast<std::size_t>(state)];
}

namespace {

const std::string folder = LOITER_SOURCE_DIR "/tests/futures/reference/";

std::string read_file(const std::string& path) {
  std::ifstream file(path);
  INFO(path);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The text of each "== name", in order.
std::vector<std::pair<std::string, std::string>> sections(const std::string& text) {
  std::vector<std::pair<std::string, std::string>> result;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("== ")) {
      result.emplace_back(line.substr(3), "");
    } else if (!result.empty()) {
      result.back().second += line + '\n';
    }
  }
  return result;
}

std::string text_of(const Program& program) {
  static const std::regex address("0x[0-9a-f]+");
  static const std::regex number("Future [0-9]+");
  std::string text;
  for (std::string line : simulate(program.body)->texts_with("")) {
    if (line.starts_with("says ")) {
      line.erase(0, 5);
    } else if (line.starts_with("logs ")) {
      line.erase(line.find(": "), 1);
    } else {
      continue;
    }
    text += std::regex_replace(std::regex_replace(line, address, "0x.."), number, "Future N") + '\n';
  }
  return text;
}

}  // namespace

TEST_CASE("each program of the reference says what CPython says", "[reference]") {
  std::vector<Program> programs;
  for (const auto& some : {programs_of_futures(), programs_of_pools(), programs_of_iterators()}) {
    programs.insert(programs.end(), some.begin(), some.end());
  }
  const auto expected = sections(read_file(folder + "expected.txt"));
  std::map<std::string, std::string> said;
  for (const Program& program : programs) said[program.name] = text_of(program);
  CHECK(said.size() == programs.size());
  CHECK(said.size() == expected.size());
  for (const auto& [name, text] : expected) {
    INFO(name);
    CHECK(said[name] == text);
  }
}

TEST_CASE("CPython still says what the reference says", "[reference][python]") {
  const std::string command = "python3 " + folder + "reference.py 2>&1";
  std::FILE* const pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string text;
  std::array<char, 4096> buffer{};
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe)) text.append(buffer.data(), size);
  const int status = pclose(pipe);
  if (WIFEXITED(status) && (WEXITSTATUS(status) == 127 || WEXITSTATUS(status) == 77)) {
    SKIP("there is no Python 3.11 to 3.13 here");
  }
  CHECK(status == 0);
  CHECK(text == read_file(folder + "expected.txt"));
}

}  // namespace loiter::futures::lab
