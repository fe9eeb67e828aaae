#include "views/code_view.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

#include "views/sample_runs.hpp"

using namespace loiter;
using namespace loiter::views;
using loiter::samples::at_seconds;

namespace {

// The line with each token in brackets: k keyword, s string, c comment.
std::string marked(const CodeLine& line) {
  std::string text;
  for (const Token& token : line.tokens) {
    const std::string words = line.text.substr(token.from, token.to - token.from);
    switch (token.kind) {
      case TokenKind::Plain:
        text += words;
        break;
      case TokenKind::Keyword:
        text += "[k " + words + "]";
        break;
      case TokenKind::String:
        text += "[s " + words + "]";
        break;
      case TokenKind::Comment:
        text += "[c " + words + "]";
        break;
    }
  }
  return text;
}

std::string marked(std::string_view line, Language language) {
  const Listing listing = parse_listing(line, language);
  return marked(listing.lines.at(0));
}

}  // namespace

TEST_CASE("markers are taken off and remembered", "[code_view]") {
  const Listing listing = parse_listing("a()  #@ one\n\nb()  #@ two  #@ three\nc # not @ a marker\n", Language::Python);
  REQUIRE(listing.lines.size() == 4);
  CHECK(listing.lines[0].text == "a()");
  CHECK(listing.lines[2].text == "b()");
  CHECK(listing.lines[3].text == "c # not @ a marker");
  CHECK(listing.sites.at("one") == 0);
  CHECK(listing.sites.at("two") == 2);
  CHECK(listing.sites.at("three") == 2);
  CHECK(listing_text(listing) == "a()\n\nb()\nc # not @ a marker\n");
}

TEST_CASE("C++ markers begin with two slashes; a marker may stand behind a comment", "[code_view]") {
  const Listing listing = parse_listing("f();  // why  //@ f.call", Language::Cpp);
  CHECK(listing.lines[0].text == "f();  // why");
  CHECK(listing.sites.at("f.call") == 0);
}

TEST_CASE("what only looks like a marker stays", "[code_view]") {
  CHECK(parse_listing("x = '#@ not one'", Language::Python).lines[0].text == "x = '#@ not one'");
  CHECK(parse_listing("x  #@", Language::Python).lines[0].text == "x  #@");
}

TEST_CASE("Python's keywords, strings and comments", "[code_view]") {
  CHECK(marked("for i in range(3):  # three", Language::Python) == "[k for] i [k in] range(3):  [c # three]");
  CHECK(marked("print(f\"result {i}\")", Language::Python) == "[k print]([s f\"result {i}\"])");
  CHECK(marked("a = 'it\\'s' + b", Language::Python) == "a = [s 'it\\'s'] + b");
  CHECK(marked("information", Language::Python) == "information");
  const Listing doc = parse_listing("\"\"\"one\ntwo\"\"\" + x\n", Language::Python);
  CHECK(marked(doc.lines[0]) == "[s \"\"\"one]");
  CHECK(marked(doc.lines[1]) == "[s two\"\"\"] + x");
}

TEST_CASE("C++'s keywords, strings and comments", "[code_view]") {
  CHECK(marked("return n * 10;  // ten", Language::Cpp) == "[k return] n * 10;  [c // ten]");
  CHECK(marked("auto s = \"for\"; char c = '\"';", Language::Cpp) ==
        "[k auto] s = [s \"for\"]; [k char] c = [s '\"'];");
  CHECK(marked("x = 1'000'000;", Language::Cpp) == "x = 1'000'000;");
  const Listing block = parse_listing("a /* b\nc */ d\n", Language::Cpp);
  CHECK(marked(block.lines[0]) == "a [c /* b]");
  CHECK(marked(block.lines[1]) == "[c c */] d");
}

TEST_CASE("tokens cover a line without a gap", "[code_view]") {
  for (const Listing& listing : {parse_listing(samples::loiter_listing(), Language::Python),
                                 parse_listing(samples::loiter_listing_cpp(), Language::Cpp)}) {
    for (const CodeLine& line : listing.lines) {
      std::size_t at = 0;
      for (const Token& token : line.tokens) {
        CHECK(token.from == at);
        at = token.to;
      }
      CHECK(at == line.text.size());
    }
  }
}

TEST_CASE("each lane stands on the line of the last site it has reached", "[code_view]") {
  const trace::Run run = samples::loiter_run(true);
  const Listing listing = parse_listing(samples::loiter_listing(), Language::Python);
  const auto places = where_lanes_are(run, listing, at_seconds(3.4));
  REQUIRE(places.size() == 4);
  CHECK(places[0].lane == main_lane);
  CHECK(listing.lines[places[0].line.value()].text == "    for i, r in enumerate(out):");
  CHECK(places[0].doing.what == "asks for the next result");
  CHECK(places[0].doing.detail == "blocked: result of loiter(4)");
  CHECK(places[0].doing.look == StateLook::Waiting);
  CHECK_FALSE(places[1].line);
  CHECK(places[1].doing.what == "idle, no task in the queue");
  CHECK(listing.lines[places[2].line.value()].text == "    sleep(n)");
  CHECK(places[2].doing.what == "sleeps inside loiter(4)");
  CHECK(places[2].doing.detail == "wakes at 5.00 s");
  CHECK(places[2].future == FutureId{5});
  CHECK(where_lanes_are(run, listing, at_seconds(5)).size() == 1);  // the workers have ended
}

TEST_CASE("in few lines idle lanes share one", "[code_view]") {
  const trace::Run run = samples::loiter_run();
  const auto groups = brief_places(where_lanes_are(run, {}, at_seconds(3.4)));
  REQUIRE(groups.size() == 3);
  CHECK(groups[0].text == "blocked: result of loiter(4)");
  CHECK(groups[1].text == "sleeps, wakes at 5.00 s");
  CHECK(groups[2].text == "idle");
  CHECK(groups[2].lanes == std::vector<LaneId>{LaneId{1}, LaneId{3}});
}

TEST_CASE("the first line to show keeps the first of some lines in sight, and of the others what fits", "[code_view]") {
  CHECK(first_line_in_sight({}, 7, 10) == 7);
  CHECK(first_line_in_sight({12}, 7, 10) == 7);           // it is seen: nothing moves
  CHECK(first_line_in_sight({30}, 7, 10) == 21);          // as the last
  CHECK(first_line_in_sight({3}, 7, 10) == 3);            // as the first
  CHECK(first_line_in_sight({30, 24, 3}, 0, 10) == 21);   // 24 fits beside it, 3 does not
  CHECK(first_line_in_sight({30, 3, 24}, 0, 10) == 21);   // one that does not fit keeps no other out
  CHECK(first_line_in_sight({30, 36, 24}, 0, 10) == 27);  // in their order
  CHECK(first_line_in_sight({5}, 2, 0) == 2);
}
