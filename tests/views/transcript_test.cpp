#include "views/transcript.hpp"

#include <catch2/catch_test_macros.hpp>

#include "views/sample_runs.hpp"

using namespace loiter;
using namespace loiter::views;
using loiter::samples::at_seconds;

namespace {

trace::Run three_lines() {
  samples::RunBuilder b;
  b.at(0).main_begins().prints("one two").at(1).prints("gr\xC3\xBC\xC3\x9F dich").at(2).prints("");
  return b.take();
}

}  // namespace

TEST_CASE("lines until an instant", "[transcript]") {
  const trace::Run run = samples::loiter_run(true);
  CHECK(lines_until(run, at_seconds(0)) == 6);
  CHECK(lines_until(run, at_seconds(0.9)) == 6);
  CHECK(lines_until(run, at_seconds(1)) == 9);
  CHECK(line_time(run.lines()[6]) == "1.00");
}

TEST_CASE("a line knows its task, also where one task ends as the next begins", "[transcript]") {
  const trace::Run run = samples::loiter_run(true);
  CHECK(run.lines()[6].text == "loiter(1): done");
  CHECK(run.lines()[6].task == FutureId{2});
  CHECK(run.lines()[7].text == "loiter(4): begins");
  CHECK(run.lines()[7].task == FutureId{5});
  CHECK(run.lines()[8].task == no_future);
}

TEST_CASE("a selection covers columns line by line, whichever way it was made", "[transcript]") {
  const TextSelection forwards{{0, 4}, {1, 2}};
  const TextSelection backwards{{1, 2}, {0, 4}};
  for (const TextSelection& selection : {forwards, backwards}) {
    const auto first = selected_columns(selection, 0, 7);
    REQUIRE(first);
    CHECK(first->from == 4);
    CHECK(first->to == 7);
    CHECK(first->with_end);
    const auto second = selected_columns(selection, 1, 9);
    REQUIRE(second);
    CHECK(second->from == 0);
    CHECK(second->to == 2);
    CHECK_FALSE(second->with_end);
    CHECK_FALSE(selected_columns(selection, 2, 5));
  }
  CHECK_FALSE(selected_columns(TextSelection{{0, 4}, {0, 4}}, 0, 7));
}

TEST_CASE("copied text is what was printed", "[transcript]") {
  const trace::Run run = three_lines();
  CHECK(copied_text(run, select_all(run, 3)) == "one two\ngr\xC3\xBC\xC3\x9F dich\n");
  CHECK(copied_text(run, {{0, 4}, {1, 4}}) == "two\ngr\xC3\xBC");
  CHECK(copied_text(run, select_word(run, {0, 5})) == "two");
  CHECK(copied_text(run, select_word(run, {1, 1})) == "gr\xC3\xBC\xC3\x9F");
  CHECK(copied_text(run, select_line(run, 1)) == "gr\xC3\xBC\xC3\x9F dich");
  CHECK(copied_text(run, {}).empty());
}

TEST_CASE("places move by characters and over line ends", "[transcript]") {
  const trace::Run run = three_lines();
  CHECK(next_place(run, {1, 2}, 3) == TextPlace{1, 4});
  CHECK(previous_place(run, {1, 4}) == TextPlace{1, 2});
  CHECK(next_place(run, {0, 7}, 3) == TextPlace{1, 0});
  CHECK(previous_place(run, {1, 0}) == TextPlace{0, 7});
  CHECK(next_place(run, {2, 0}, 3) == TextPlace{2, 0});
  CHECK(previous_place(run, {0, 0}) == TextPlace{0, 0});
}

TEST_CASE("tabs of printed text go to every eighth column, as on a terminal") {
  CHECK(shown_text("a\tb") == "a       b");
  CHECK(shown_text("[00:00:02] \t\tloiter(2): done.") == "[00:00:02]              loiter(2): done.");
  CHECK(shown_text("bell\x07") == "bell\\x07");
  CHECK(shown_text("").empty());
  CHECK(shown_text("\t").size() == 8);
  CHECK(shown_text("ab\tc\t\td", 4) == "ab  c       d");
  CHECK(shown_text("ab\tc", 1) == "ab c");
}

TEST_CASE("tabs become narrower until a line fits, but never nothing", "[transcript]") {
  const std::string line = "[00:00:00] " + std::string(20, '\t') + "loiter(20): done.";
  CHECK(tab_stop_to_fit(line, 200, 8) == 8);
  CHECK(tab_stop_to_fit(line, 110, 8) == 4);
  CHECK(tab_stop_to_fit(line, 60, 8) == 1);
  CHECK(tab_stop_to_fit(line, 10, 8) == 1);
  CHECK(tab_stop_to_fit(line, 200, 4) == 4);
  CHECK(tab_stop_to_fit("a long line without any of them", 10, 8) == 8);
}
