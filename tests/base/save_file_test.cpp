#include "base/save_file.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <csignal>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <string>
#include <thread>

#include "support/temporary_folder.hpp"

namespace loiter {
namespace {

namespace fs = std::filesystem;

using testing::TemporaryFolder;

Result<void> save(const std::string& path, const std::string& text) {
  return save_file(path, [&](std::ostream& out) -> Result<void> {
    out << text;
    return {};
  });
}

std::string text_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string error_of(const Result<void>& result) { return result ? "" : result.error().message; }

}  // namespace

TEST_CASE("a file is written whole, and replaced whole") {
  const TemporaryFolder folder;
  const std::string path = folder / "run.jsonl";
  const std::string text(300'000, 'x');
  CHECK(error_of(save(path, text)).empty());
  CHECK(text_of(path) == text);
  CHECK(error_of(save(path, "short")).empty());
  CHECK(text_of(path) == "short");
  CHECK(folder.file_count() == 1);
}

TEST_CASE("a file that is replaced keeps its permissions, and a link its target") {
  const TemporaryFolder folder;
  REQUIRE(save(folder / "target", "old"));
  REQUIRE(::chmod((folder / "target").c_str(), 0640) == 0);
  fs::create_symlink("target", folder / "link");
  REQUIRE(save(folder / "link", "new"));
  CHECK(fs::is_symlink(folder / "link"));
  CHECK(text_of(folder / "target") == "new");
  CHECK((fs::status(folder / "target").permissions() & fs::perms::mask) == fs::perms{0640});
}

TEST_CASE("an existing file stays as it was when the new one fails") {
  const TemporaryFolder folder;
  const std::string path = folder / "run.jsonl";
  REQUIRE(save(path, "old"));
  const auto failed = save_file(path, [](std::ostream& out) -> Result<void> {
    out << "half";
    return fail("the run is odd.");
  });
  CHECK(error_of(failed) == path + ": the run is odd.");
  CHECK(text_of(path) == "old");
  CHECK(folder.file_count() == 1);
}

TEST_CASE("a full disk is an error that names the file, and leaves nothing behind") {
  const TemporaryFolder folder;
  const std::string path = folder / "run.jsonl";
  REQUIRE(save(path, "old"));
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = 100'000;
  ::setrlimit(RLIMIT_FSIZE, &small);
  const auto result = save(path, std::string(300'000, 'x'));
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  CHECK(error_of(result) == path + " cannot be written: File too large.");
  CHECK(text_of(path) == "old");
  CHECK(folder.file_count() == 1);
  CHECK(error_of(save("/dev/full", "x")) == "/dev/full cannot be written: No space left on device.");
  CHECK(fs::is_character_file("/dev/full"));
}

TEST_CASE("a folder, a missing folder and an empty name are errors") {
  const TemporaryFolder folder;
  fs::create_directory(folder / "d");
  CHECK(error_of(save(folder / "d", "x")) ==
        (folder / "d") + " cannot be written: that is a folder; name a file in it.");
  CHECK(error_of(save(folder / "e/", "x")) ==
        (folder / "e/") + " cannot be written: that is a folder; name a file in it.");
  CHECK(error_of(save(folder / "no/file", "x")) ==
        (folder / "no/file") + " cannot be written: No such file or directory.");
  CHECK_FALSE(save("", "x"));
  CHECK(error_of(save("/dev/null/x", "x")) == "/dev/null/x cannot be written: Not a directory.");
}

TEST_CASE("a file without permission to write is an error") {
  const TemporaryFolder folder;
  const std::string path = folder / "run.jsonl";
  REQUIRE(save(path, "old"));
  REQUIRE(::chmod(path.c_str(), 0444) == 0);
  if (::access(path.c_str(), W_OK) == 0) SKIP("the superuser may write to every file");
  CHECK(error_of(save(path, "new")) == path + " cannot be written: Permission denied.");
}

TEST_CASE("a pipe that nobody reads is an error at once") {
  const TemporaryFolder folder;
  const std::string path = folder / "pipe";
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  CHECK(error_of(save(path, "x")) == path + " cannot be written: nobody reads from this pipe.");
}

TEST_CASE("a pipe whose reader goes away is an error, not the end of the program") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  std::thread reader([&] {
    char byte = 0;
    CHECK(::read(ends[0], &byte, 1) == 1);
    ::close(ends[0]);
  });
  const std::string path = "/dev/fd/" + std::to_string(ends[1]);
  CHECK(error_of(save(path, std::string(3'000'000, 'x'))) == path + " cannot be written: Broken pipe.");
  reader.join();
  ::close(ends[1]);
  sigset_t pending;
  ::sigpending(&pending);
  CHECK(sigismember(&pending, SIGPIPE) == 0);
}

TEST_CASE("a pipe with a reader gets it all") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  std::string got;
  std::thread reader([&] {
    char buffer[4096];
    for (ssize_t n = 0; (n = ::read(ends[0], buffer, sizeof buffer)) > 0;)
      got.append(buffer, static_cast<std::size_t>(n));
  });
  const std::string text(1'000'000, 'y');
  CHECK(error_of(save("/dev/fd/" + std::to_string(ends[1]), text)).empty());
  ::close(ends[1]);
  reader.join();
  ::close(ends[0]);
  CHECK(got == text);
}

}  // namespace loiter
