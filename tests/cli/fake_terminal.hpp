// FakeTerminal: keeps what was written, and does to a program what people and systems do.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/run_cli.hpp"
#include "cli/terminal.hpp"

namespace loiter::cli {

class FakeTerminal final : public Terminal {
 public:
  std::string out;
  std::string err;
  Screen shown{};  // of standard output
  Screen error_shown{};
  std::size_t takes = std::numeric_limits<std::size_t>::max();  // bytes, until nobody reads any more
  std::function<int()> signal;                                  // asked again and again during a run
  std::size_t writes = 0;
  std::deque<std::string> typed;  // lines that are read, then the end
  std::string data;               // the folder for the user's data
  int runs = 0;                   // begun
  int pictures_open = 0;

  Result<void> write(std::string_view text) override {
    ++writes;
    if (out.size() + text.size() > takes)
      return fail("Standard output could not be written: nobody reads it any more.");
    out += text;
    return {};
  }
  void complain(std::string_view text) override { err += text; }
  std::optional<std::string> read_line() override {
    if (typed.empty()) return std::nullopt;
    std::string line = typed.front();
    typed.pop_front();
    return line;
  }
  bool has_reader() const override { return shown.is_terminal; }
  std::string data_folder() const override { return data; }
  Screen screen() const override { return shown; }
  Screen error_screen() const override { return error_shown; }
  void begin_run() override { ++runs; }
  void end_run() override {}
  int stop_signal() const override { return signal ? signal() : 0; }
  bool wants_hold() const override { return false; }
  void hold() override {}
  void begin_picture() override { ++pictures_open; }
  void end_picture() override { --pictures_open; }
};

inline Screen terminal_of(int columns, int rows, Colours colours = Colours::None, bool utf8 = true) {
  return {.is_terminal = true, .can_redraw = true, .columns = columns, .rows = rows, .utf8 = utf8, .colours = colours};
}

// The command line with these words.
inline int run_words(Terminal& terminal, std::vector<std::string> words, const OpenLab& open_lab = {}) {
  std::vector<const char*> argv{"loiter"};
  for (const std::string& word : words) argv.push_back(word.c_str());
  return run_cli(static_cast<int>(argv.size()), argv.data(), terminal, open_lab);
}

// The words of a line, without quotes.
inline std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : line) {
    if (c != ' ') word += c;
    if (c == ' ' && !word.empty()) words.push_back(std::exchange(word, {}));
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

struct Ran {
  int status = 0;
  std::string out;
  std::string err;
};
inline Ran ran(std::string_view line) {
  FakeTerminal terminal;
  const int status = run_words(terminal, words_of(line));
  return {status, terminal.out, terminal.err};
}

}  // namespace loiter::cli
