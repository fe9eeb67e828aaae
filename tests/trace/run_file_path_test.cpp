#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <istream>
#include <ostream>
#include <streambuf>
#include <string>

#include "support/temporary_folder.hpp"
#include "trace/run_file.hpp"
#include "trace/script.hpp"

namespace loiter::trace {
namespace {

using testing::TemporaryFolder;

std::string load_error(const std::string& path) {
  const auto file = load_run_file(path);
  return file ? "" : file.error().message;
}

}  // namespace

TEST_CASE("a saved run loads again") {
  const TemporaryFolder folder;
  const std::string path = folder / "run.jsonl";
  Script s;
  s.main().add(Printed{"hello"});
  REQUIRE(save_run_file(path, s.recording));
  const auto file = load_run_file(path);
  REQUIRE(file);
  CHECK(file->recording == s.recording);
}

TEST_CASE("a run that cannot be kept leaves the file of before") {
  const TemporaryFolder folder;
  const std::string path = folder / "run.jsonl";
  Script good;
  good.main();
  REQUIRE(save_run_file(path, good.recording));
  const auto saved = save_run_file(path, Script().add(Printed{"nobody"}).recording);
  REQUIRE_FALSE(saved);
  CHECK(saved.error().message == path + ": event 1, 'printed', cannot be kept: its lane never began.");
  CHECK(load_run_file(path)->recording == good.recording);
}

TEST_CASE("a file that cannot be opened says which and why") {
  const TemporaryFolder folder;
  CHECK(load_error((folder / "none")) == (folder / "none") + " cannot be opened: No such file or directory.");
  CHECK(load_error(folder.path()) == folder.path() + " cannot be opened: it is a folder.");
}

TEST_CASE("a bad file is named with its line") {
  const TemporaryFolder folder;
  const std::string path = folder / "bad.jsonl";
  std::ofstream(path) << "{}\n";
  CHECK(load_error(path).starts_with(path + ":1: this is not a run file"));
}

TEST_CASE("a stream that fails is an error, for reading and for writing") {
  struct Broken : std::streambuf {
    int_type underflow() override { throw std::ios_base::failure("gone"); }
  } broken;
  std::istream in(&broken);
  const auto file = read_run_file(in, "run.jsonl");
  REQUIRE_FALSE(file);
  CHECK(file.error().message == "run.jsonl cannot be read.");

  std::ostream out(&broken);
  Script s;
  s.main();
  CHECK_FALSE(write_run_file(out, s.recording));
}

}  // namespace loiter::trace
