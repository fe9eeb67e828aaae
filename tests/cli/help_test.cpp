#include "cli/help.hpp"

#include <catch2/catch_test_macros.hpp>
#include <span>
#include <string>
#include <vector>

#include "cli/fake_terminal.hpp"
#include "cli/options.hpp"
#include "support/approved.hpp"

using namespace loiter;
using namespace loiter::cli;

TEST_CASE("every command explains itself, with examples, within 110 columns") {
  for (const CommandSpec& command : all_commands()) {
    const std::string name(command.name.empty() ? "loiter" : command.name);
    const auto [status, out, err] = ran("help " + std::string(command.name));
    INFO(name);
    CHECK(status == 0);
    CHECK(err.empty());
    loiter::testing::approved("cli", "help-" + name, out);
    for (std::size_t at = 0; at < out.size();) {
      const std::size_t end = out.find('\n', at);
      CHECK(end - at <= 110);
      at = end + 1;
    }
  }
}

TEST_CASE("the examples of the help texts are accepted by the parser") {
  for (const CommandSpec& command : all_commands()) {
    std::string examples(command.examples);
    for (std::size_t at = 0; at < examples.size();) {
      const std::size_t end = examples.find('\n', at);
      const std::vector<std::string> words = words_of(examples.substr(at, end - at));
      INFO(examples.substr(at, end - at));
      REQUIRE(words.front() == "loiter");
      CHECK(parse_command_line(std::span(words).subspan(1)).has_value());
      at = end + 1;
    }
  }
}

TEST_CASE("the version is one line") { CHECK(ran("--version").out == "loiter 0.1.0\n"); }

TEST_CASE("list names every experiment with its parameters") {
  loiter::testing::approved("cli", "list", ran("list").out);
}

TEST_CASE("words are put into lines that fit, and a word that is too long has one for itself") {
  CHECK(wrapped("one two three", 7, 0) == "one two\nthree\n");
  CHECK(wrapped("one two", 6, 2) == "  one\n  two\n");
  CHECK(wrapped("incomprehensible", 4, 0) == "incomprehensible\n");
}
