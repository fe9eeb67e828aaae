// The bar of a program that says how far it has come, and its place beside the transcript.
#include "cli/progress_line.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "cli/display_width.hpp"
#include "cli/fake_terminal.hpp"
#include "support/temporary_folder.hpp"

using namespace loiter;
using namespace loiter::cli;
using namespace std::chrono_literals;

TEST_CASE("progress line: as tqdm draws it, as wide as it may be") {
  const auto progress = views::progress_of(7, 20, 2s);
  CHECK(progress_line(progress, 60, true) == " 35%|████████▊                | 7/20 [00:02<00:03, 3.50it/s]");
  CHECK(progress_line(progress, 60, false) == " 35%|########7                | 7/20 [00:02<00:03, 3.50it/s]");
  for (int columns = 1; columns < 130; ++columns)
    CHECK(display_width(progress_line(progress, columns, true)) <= columns);
  CHECK(progress_line(progress, 37, true) == " 35% 7/20 [00:02<00:03, 3.50it/s]");
}

TEST_CASE("progress line: before the first, at the end, slowly and for hours") {
  CHECK(progress_line(views::progress_of(0, 20, 1s), 50, false) ==
        "  0%|                      | 0/20 [00:01<?, ?it/s]");
  CHECK(progress_line(views::progress_of(20, 20, 4s), 60, false) ==
        "100%|########################| 20/20 [00:04<00:00, 5.00it/s]");
  CHECK(progress_line(views::progress_of(1, 3, 4000s), 58, false) ==
        " 33%|#####6           | 1/3 [1:06:40<2:13:20, 4000.00s/it]");
}

namespace {

std::string flags_with_progress(FakeTerminal& terminal, const std::string& verbose) {
  const loiter::testing::TemporaryFolder folder;
  const int status = run_words(
      terminal, {"run", "flags", "--clock", "simulated", "--format", "transcript", "--set", "program=progress", "--set",
                 "dir=" + (folder / "d"), "--set", "verbose=" + verbose, "--set", "tasks=3"});
  CHECK(status == 0);
  return terminal.err;
}

}  // namespace

TEST_CASE("progress line: a quiet program shows it on a terminal, complete before the figures") {
  FakeTerminal terminal;
  terminal.error_shown = terminal_of(60, 24);
  const std::string err = flags_with_progress(terminal, "no");
  INFO(err);
  CHECK(err.find("100%|█") != std::string::npos);
  CHECK(err.find("3/3") != std::string::npos);
  CHECK(err.ends_with("\n"));  // it stays
  CHECK(terminal.out.find("3 flags downloaded.") != std::string::npos);
}

TEST_CASE("progress line: none for a program that says a line for each, and none where nobody looks") {
  FakeTerminal verbose;
  verbose.error_shown = terminal_of(60, 24);
  CHECK(flags_with_progress(verbose, "yes").empty());
  FakeTerminal piped;
  CHECK(flags_with_progress(piped, "no").empty());
}
