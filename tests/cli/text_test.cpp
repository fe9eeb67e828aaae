// Widths, lines, rows of cells, and what a terminal says about itself.
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <string>

#include "cli/cell_row.hpp"
#include "cli/display_width.hpp"
#include "cli/screen.hpp"
#include "cli/text_line.hpp"

using namespace loiter;
using namespace loiter::cli;

TEST_CASE("a text is as wide as a terminal shows it") {
  CHECK(display_width("loiter(3)") == 9);
  CHECK(display_width("✓ ░░►") == 5);
  CHECK(display_width("并发") == 4);
  CHECK(display_width("e\u0301") == 1);
  CHECK(display_width("\xff\xfe") == 2);  // no UTF-8: a byte, a column
  CHECK(display_width("") == 0);
}

TEST_CASE("a text that is too wide says so at its end") {
  CHECK(cut_to_width("loiter", 6, true) == "loiter");
  CHECK(cut_to_width("loiter(3)", 6, true) == "loite…");
  CHECK(cut_to_width("loiter(3)", 6, false) == "loi...");
  CHECK(cut_to_width("并发编程", 6, true) == "并发…");
  CHECK(cut_to_width("loiter", 2, false) == "..");
  CHECK(cut_to_width("loiter", 0, true).empty());
}

TEST_CASE("a line has no tabs and no control characters") {
  CHECK(one_line("a\tb") == "a       b");
  CHECK(one_line("a\t\tb", 4) == "a       b");
  CHECK(one_line("\033[2J\n") == "\\x1b[2J\\x0a");
  CHECK(one_line("并\tb", 4) == "并  b");
}

TEST_CASE("a line is encoded with colours only where they change, and ends without") {
  TextLine line;
  line.add("a");
  line.add("b", {.paint = Paint::Running});
  line.add("c", {.paint = Paint::Running});
  CHECK(line.pieces.size() == 2);
  CHECK(encode(line, Colours::None) == "abc");
  CHECK(encode(line, Colours::Sixteen) == "a\033[0;34mbc\033[0m");
  CHECK(encode(line, Colours::Many) == "a\033[0;38;5;25mbc\033[0m");
  CHECK(encode(line, Colours::All) == "a\033[0;38;2;0;114;178mbc\033[0m");
  CHECK(encode(TextLine("plain"), Colours::All) == "plain");
}

TEST_CASE("a line is cut across its pieces") {
  TextLine line;
  line.add("abc");
  line.add("def", {.paint = Paint::Waiting});
  CHECK(cut(line, 6, true).plain() == "abcdef");
  CHECK(cut(line, 5, true).plain() == "abcd…");
  CHECK(cut(line, 3, true).plain() == "ab…");
  CHECK(cut(line, 0, true).plain().empty());
}

TEST_CASE("words on a bar take its colour, and beside it are plain") {
  CellRow row(8);
  row.fill(0, 4, " ", {.paint = Paint::Running, .solid = true});
  row.write(2, 8, "abcd");
  TextLine line;
  row.append_to(line);
  CHECK(line.pieces == std::vector<Piece>{{"  ab", {Paint::Running, true}}, {"cd", {}}});
}

TEST_CASE("a wide character never stands in half a row or over half another") {
  CellRow row(5);
  row.write(0, 5, "并发编");
  TextLine line;
  row.append_to(line);
  CHECK(line.plain() == "并发");
  row.put(1, "x", {});
  TextLine after;
  row.append_to(after);
  CHECK(after.plain() == " x发");
  CHECK(after.width() == 4);
}

TEST_CASE("what is written outside a row is dropped") {
  CellRow row(3);
  row.put(-1, "x", {});
  row.put(3, "x", {});
  row.fill(-5, 99, "-", {});
  row.write(2, 99, "ab");
  TextLine line;
  row.append_to(line);
  CHECK(line.plain() == "--a");
}

namespace {

Screen screen_with(std::map<std::string, std::string> variables, bool is_terminal = true, int columns = 0,
                   int rows = 0) {
  return screen_of(is_terminal, columns, rows, [&](const char* name) { return variables[name]; });
}

}  // namespace

TEST_CASE("a terminal that cannot move its cursor is not redrawn and has no colours") {
  CHECK(screen_with({{"TERM", "xterm"}}).can_redraw);
  CHECK_FALSE(screen_with({{"TERM", "dumb"}}).can_redraw);
  CHECK_FALSE(screen_with({}).can_redraw);
  CHECK_FALSE(screen_with({{"TERM", "xterm"}}, false).can_redraw);
  CHECK(screen_with({{"TERM", "xterm-256color"}}, false).colours == Colours::None);
}

TEST_CASE("the depth of colour follows TERM and COLORTERM, and NO_COLOR ends it") {
  CHECK(screen_with({{"TERM", "xterm"}}).colours == Colours::Sixteen);
  CHECK(screen_with({{"TERM", "tmux-256color"}}).colours == Colours::Many);
  CHECK(screen_with({{"TERM", "xterm-256color"}, {"COLORTERM", "truecolor"}}).colours == Colours::All);
  CHECK(screen_with({{"TERM", "xterm-256color"}, {"NO_COLOR", "1"}}).colours == Colours::None);
  CHECK(screen_with({{"TERM", "xterm-256color"}, {"NO_COLOR", ""}}).colours == Colours::Many);
}

TEST_CASE("UTF-8 is spoken where the first set locale variable says so") {
  CHECK(screen_with({{"LANG", "de_DE.UTF-8"}}).utf8);
  CHECK(screen_with({{"LANG", "C.utf8"}}).utf8);
  CHECK_FALSE(screen_with({{"LANG", "C"}}).utf8);
  CHECK_FALSE(screen_with({}).utf8);
  CHECK_FALSE(screen_with({{"LC_ALL", "C"}, {"LANG", "en_US.UTF-8"}}).utf8);
  CHECK(screen_with({{"LC_ALL", ""}, {"LC_CTYPE", "en_US.UTF-8"}, {"LANG", "C"}}).utf8);
}

TEST_CASE("the size is the system's, else the environment's, else the usual one") {
  CHECK(screen_with({{"COLUMNS", "132"}}, true, 100, 50).columns == 100);
  CHECK(screen_with({{"COLUMNS", "132"}, {"LINES", "43"}}).columns == 132);
  CHECK(screen_with({{"COLUMNS", "132"}, {"LINES", "43"}}).rows == 43);
  CHECK(screen_with({{"COLUMNS", "many"}}).columns == 80);
  CHECK(screen_with({{"COLUMNS", "-5"}}).columns == 80);
  CHECK(screen_with({{"COLUMNS", "99999999"}}).columns == 1000);
}
