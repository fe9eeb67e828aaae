#include "cli/in_place.hpp"

#include <catch2/catch_test_macros.hpp>

#include "cli/fake_terminal.hpp"
#include "cli/virtual_screen.hpp"

using namespace loiter;
using namespace loiter::cli;

namespace {

std::vector<TextLine> picture(std::initializer_list<const char*> rows) {
  std::vector<TextLine> lines;
  for (const char* row : rows) lines.emplace_back(row);
  return lines;
}

}  // namespace

TEST_CASE("a picture is rewritten where it stands, and only the rows that differ") {
  VirtualScreen screen(20, 8);
  InPlace in_place;
  const Screen size = terminal_of(20, 8);
  screen.take("$ loiter\r\n");
  screen.take(in_place.begin());
  screen.take(in_place.show({}, picture({"one", "two", "three"}), size));
  CHECK(screen.text() == "$ loiter\none\ntwo\nthree\n");
  CHECK_FALSE(screen.cursor_is_shown);

  screen.characters = 0;
  screen.take(in_place.show({}, picture({"one", "2", "three"}), size));
  CHECK(screen.text() == "$ loiter\none\n2\nthree\n");
  CHECK(screen.characters == 1);
  CHECK(in_place.show({}, picture({"one", "2", "three"}), size).empty());

  screen.take(in_place.finish());
  CHECK(screen.cursor_is_shown);
  screen.take("done\r\n");
  CHECK(screen.text() == "$ loiter\none\n2\nthree\ndone\n");
}

TEST_CASE("what is printed scrolls by above the picture") {
  VirtualScreen screen(20, 6);
  InPlace in_place;
  const Screen size = terminal_of(20, 6);
  screen.take(in_place.show({}, picture({"bar", "sentence"}), size));
  screen.take(in_place.show({"first"}, picture({"bar", "sentence"}), size));
  CHECK(screen.text() == "first\nbar\nsentence\n");
  screen.take(in_place.show({"second", "third", "fourth"}, picture({"bar!", "sentence"}), size));
  CHECK(screen.text() == "second\nthird\nfourth\nbar!\nsentence\n");
  CHECK(screen.scrolled_away == std::vector<std::string>{"first"});
}

TEST_CASE("a printed line that is folded, or ends at the very edge, stays whole") {
  VirtualScreen screen(10, 8);
  InPlace in_place;
  const Screen size = terminal_of(10, 8);
  screen.take(in_place.show({}, picture({"XXXXXXXXX", "XXXXXXXXX", "XXXXXXXXX"}), size));
  screen.take(in_place.show({"0123456789", "0123456789abc", "", "ab"}, picture({"p"}), size));
  CHECK(screen.text() == "0123456789\n0123456789\nabc\n\nab\np\n");
}

TEST_CASE("a picture may grow and shrink") {
  VirtualScreen screen(20, 8);
  InPlace in_place;
  const Screen size = terminal_of(20, 8);
  screen.take(in_place.show({}, picture({"one"}), size));
  screen.take(in_place.show({}, picture({"one", "two", "three", "four"}), size));
  CHECK(screen.text() == "one\ntwo\nthree\nfour\n");
  screen.take(in_place.show({}, picture({"two"}), size));
  CHECK(screen.text() == "two\n");
}

TEST_CASE("in a narrower window the last lines and the picture are written anew, and nothing else is left") {
  VirtualScreen screen(40, 8);
  InPlace in_place;
  screen.take("$ loiter\r\n");
  screen.take(in_place.show({"first", "a line of twenty-five chars"}, picture({"a long row of the picture", "two"}),
                            terminal_of(40, 8)));
  screen.resize(20, 6);
  screen.take(in_place.show({"third"}, picture({"a short row", "two"}), terminal_of(20, 6)));
  CHECK(screen.text() == "a line of twenty-fiv\ne chars\nthird\na short row\ntwo\n");
  screen.resize(30, 9);
  screen.take(in_place.show({}, picture({"a wider row", "two"}), terminal_of(30, 9)));
  CHECK(screen.text() == "a line of twenty-fiv\ne chars\nthird\na wider row\ntwo\n");
}

TEST_CASE("a picture that ends the screen's last row does not scroll") {
  VirtualScreen screen(20, 4);
  InPlace in_place;
  const Screen size = terminal_of(20, 4);
  for (int i = 0; i < 5; ++i) {
    screen.take(in_place.show({}, picture({"1", "2", i % 2 == 0 ? "3" : "three"}), size));
  }
  CHECK(screen.text() == "1\n2\n3\n");
  CHECK(screen.scrolled_away.empty());
}
