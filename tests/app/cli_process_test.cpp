// The program itself in the terminal: closed pipes, full disks, signals, and a terminal that must be left as it was.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "support/alive.hpp"
#include "support/child_process.hpp"
#include "support/temporary_folder.hpp"
#include "trace/run.hpp"
#include "trace/run_file.hpp"

using namespace loiter;
using namespace std::chrono_literals;
using loiter::testing::ChildProcess;
using loiter::testing::Stream;
using loiter::testing::TemporaryFolder;
using Words = std::vector<std::string>;

namespace {

const std::string program = LOITER_BINARY;

// The end is at once: 200 ms for the run, and as much again for a machine that is busy with other tests.
constexpr std::chrono::milliseconds at_once{400};

bool is_one_line(const std::string& text) { return text.find('\n') + 1 == text.size(); }

// Long enough for any test.
Words endless(Words more = {}) {
  Words words{"run", "loiter", "--set", "unit=1000s"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

std::vector<Words> everything_that_prints(const std::string& run_file) {
  return {{"run", "loiter", "--clock", "simulated"},
          {"run", "loiter", "--clock", "simulated", "--format", "json"},
          endless(),
          {"compare", "loiter", "--clock", "simulated"},
          {"list"},
          {"help"},
          {"help", "run"},
          {"--version"},
          {"show", run_file, "--text"}};
}

std::string recorded(const TemporaryFolder& folder) {
  const std::string file = folder / "recorded.jsonl";
  ChildProcess child(program, {"run", "loiter", "--clock", "simulated", "--record", file});
  REQUIRE(child.wait() == 0);
  return file;
}

// Empty for one that has gone meanwhile.
std::string begin_of(const std::filesystem::path& file) {
  std::string text(10'000, '\0');
  std::ifstream in(file);
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

// The interpreter that works for this process, once it has got as far as the listing; 0: there is none yet.
pid_t python_of(pid_t parent) {
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string pid = entry.path().filename();
    if (pid.find_first_not_of("0123456789") != std::string::npos) continue;
    if (begin_of(entry.path() / "status").find(fmt::format("\nPPid:\t{}\n", parent)) == std::string::npos) continue;
    if (begin_of(entry.path() / "cmdline").find("is_prime") != std::string::npos) return std::stoi(pid);
  }
  return 0;
}

const winsize usual_size{.ws_row = 24, .ws_col = 80, .ws_xpixel = 0, .ws_ypixel = 0};
const Words terminal_variables{"TERM=xterm-256color", "LC_ALL=C.UTF-8", "NO_COLOR="};

}  // namespace

TEST_CASE("output that nobody reads, that has no room or no place to go is one line and status 2") {
  const TemporaryFolder folder;
  for (const Words& words : everything_that_prints(recorded(folder))) {
    for (const auto& [stream, why] :
         {std::pair{Stream::ClosedPipe, "nobody reads it any more"}, std::pair{Stream::Full, "no space is left there"},
          std::pair{Stream::Closed, "it is closed"}}) {
      INFO(words.front() << " " << words.back() << ": " << why);
      ChildProcess child(program, words, stream);
      CHECK(child.wait() == 2);
      CHECK(child.err == std::string("loiter: Standard output could not be written: ") + why + ".\n");
    }
  }
}

TEST_CASE("Ctrl-C ends a run at once in every format, and says how far it got") {
  for (const std::string format : {"transcript", "json"}) {
    for (const auto& [signal, status] : {std::pair{SIGINT, 130}, std::pair{SIGTERM, 143}, std::pair{SIGHUP, 129}}) {
      INFO(format << " " << signal);
      ChildProcess child(program, endless({"--format", format}));
      REQUIRE(child.has_come("result 0: 0"));
      const auto asked = std::chrono::steady_clock::now();
      child.send(signal);
      CHECK(child.wait() == status);
      CHECK(std::chrono::steady_clock::now() - asked < at_once);
      CHECK(child.err.starts_with("loiter: Stopped at "));
      CHECK(child.err.ends_with("1 of 5 futures had finished.\n"));
      CHECK(is_one_line(child.err));
      if (format == "json")
        CHECK(child.out.ends_with("\"ev\": \"run_ended\", \"lane\": \"main\", \"how\": \"stopped\"}\n"));
    }
  }
}

TEST_CASE("a run that Ctrl-C ended is recorded as far as it got") {
  const TemporaryFolder folder;
  const std::string file = folder / "run.jsonl";
  ChildProcess child(program, endless({"--record", file}));
  REQUIRE(child.has_come("result 0: 0"));
  CHECK_FALSE(std::filesystem::exists(file));
  child.send(SIGINT);
  CHECK(child.wait() == 130);
  const auto loaded = trace::load_run_file(file);
  REQUIRE(loaded);
  CHECK(trace::fold(loaded->recording).ended()->how == trace::RunEnd::Stopped);
  CHECK(folder.file_count() == 1);
}

TEST_CASE("a run that is killed leaves no file behind, and the one of before as it was") {
  const TemporaryFolder folder;
  const std::string file = recorded(folder);
  const auto size = std::filesystem::file_size(file);
  ChildProcess child(program, endless({"--record", file}));
  REQUIRE(child.has_come("result 0: 0"));
  child.send(SIGKILL);
  CHECK(child.wait() == 1000 + SIGKILL);
  CHECK(folder.file_count() == 1);
  CHECK(std::filesystem::file_size(file) == size);
}

TEST_CASE("Ctrl-C ends a comparison, with the rows so far") {
  ChildProcess child(program, {"compare", "loiter", "--set", "unit=1000s"});
  std::this_thread::sleep_for(300ms);  // it prints nothing before its table: there is nothing to wait for
  child.send(SIGINT);
  CHECK(child.wait() == 130);
  CHECK(child.out.find("MEASURED, stopped") != std::string::npos);
}

TEST_CASE("a reader that stands still does not keep Ctrl-C from ending a run") {
  ChildProcess child(program, {"run", "loiter", "--format", "json", "--set", "tasks=100000", "--set", "unit=0s"});
  REQUIRE(child.has_come("{"));
  std::this_thread::sleep_for(300ms);  // nobody reads meanwhile, and the pipe fills up
  child.send(SIGINT);
  const int status = child.wait_without_reading();
  CHECK((status == 2 || status == 130));
}

TEST_CASE("head takes its lines and goes, and the program ends without a word too many") {
  ChildProcess child("/bin/sh", {"-c", "\"$0\" run loiter --set unit=300ms | head -n 1", program});
  CHECK(child.wait() == 0);  // that of head
  CHECK(child.out.ends_with("Script starting.\n"));
  CHECK(child.err == "loiter: Standard output could not be written: nobody reads it any more.\n");
}

TEST_CASE("a file that cannot be written is found before anything runs") {
  ChildProcess child(program, endless({"--record", "/no/such/folder/run.jsonl"}));
  CHECK(child.wait() == 2);
  CHECK(child.out.empty());
  CHECK(child.err == "loiter: /no/such/folder/run.jsonl cannot be written: No such file or directory.\n");
}

TEST_CASE("a recording for which the disk has no room is one line and status 2") {
  ChildProcess child(program, {"run", "loiter", "--clock", "simulated", "--record", "/dev/full"});
  CHECK(child.wait() == 2);
  CHECK(child.err == "loiter: /dev/full cannot be written: No space left on device.\n");
}

TEST_CASE("on a terminal a run shows a picture, whose end leaves the terminal as it was") {
  ChildProcess child(program, {"run", "loiter", "--set", "unit=100ms"}, usual_size, terminal_variables);
  CHECK(child.has_come("\033[?25l"));
  CHECK(child.has_come("MEASURED"));
  CHECK_FALSE(child.echoes());
  CHECK(child.wait() == 0);
  CHECK(child.out.find("Finished after ") != std::string::npos);
  CHECK(child.out.rfind("\033[?25h") > child.out.rfind("\033[?25l"));
  CHECK(child.out.rfind("\033[?7h") > child.out.rfind("\033[?7l"));
  CHECK(child.echoes());
}

TEST_CASE("Ctrl-C on a terminal ends the run at once, with its picture and how far it got") {
  ChildProcess child(program, endless(), usual_size, terminal_variables);
  REQUIRE(child.has_come("result of loiter(1)"));
  child.press("x\n");  // people type; it must not show up
  const auto asked = std::chrono::steady_clock::now();
  child.press("\x03");
  CHECK(child.wait() == 130);
  CHECK(std::chrono::steady_clock::now() - asked < at_once);
  CHECK(child.out.find("Stopped at ") != std::string::npos);
  CHECK(child.out.find("1 of 5 futures had finished.") != std::string::npos);
  CHECK(child.out.find("^C") == std::string::npos);
  CHECK(child.out.rfind("\033[?25h") > child.out.rfind("\033[?25l"));
  CHECK(child.echoes());
}

TEST_CASE("a window that changes its size gets a picture of that size") {
  ChildProcess child(program, endless(), usual_size, terminal_variables);
  REQUIRE(child.has_come("main asks for the next result; blocked: result of loiter(1)"));
  child.out.clear();
  child.resize(40, 12);
  CHECK(child.has_come("main asks for the next result; blocked\u2026"));
  child.out.clear();
  child.resize(1, 1);
  child.resize(120, 50);
  CHECK(child.has_come("worker 2"));
  child.press("\x03");
  CHECK(child.wait() == 130);
}

TEST_CASE("NO_COLOR, a dumb terminal and ASCII are respected") {
  const Words words{"run", "loiter", "--clock", "simulated", "--speed", "instant"};
  ChildProcess coloured(program, words, usual_size, terminal_variables);
  CHECK(coloured.wait() == 0);
  CHECK(coloured.out.find("\033[0;48;5;") != std::string::npos);
  ChildProcess plain(program, words, usual_size, {"TERM=xterm-256color", "LC_ALL=C", "NO_COLOR=1"});
  CHECK(plain.wait() == 0);
  CHECK(plain.out.find("\033[0;") == std::string::npos);
  for (const char c : plain.out) CHECK(static_cast<unsigned char>(c) < 0x80);
  ChildProcess dumb(program, words, usual_size, {"TERM=dumb", "LC_ALL=C"});
  CHECK(dumb.wait() == 0);
  CHECK(dumb.out.find('\033') == std::string::npos);
  CHECK(dumb.out.ends_with("result 4: 40\r\n"));
}

TEST_CASE("Ctrl-C ends a comparison beside CPython at once, and no process of it stays") {
  const TemporaryFolder folder;
  const std::string pids = folder / "pids";
  const std::string python = folder / "python3";
  // Says its name at once and works for ever, as a leader of its own group, with a process of its own.
  std::ofstream(python) << "#!/bin/sh\n"
                           "case \"$*\" in *_name*) printf '\\nloiter: 0 CPython 3.11.2\\n'; exit 0;; esac\n"
                           "sleep 1000 & echo $$ $! > "
                        << pids << ".new; mv " << pids << ".new " << pids << "; wait\n";
  std::filesystem::permissions(python, std::filesystem::perms::owner_all);
  const std::string path = "PATH=" + folder.path() + ":/usr/bin:/bin";
  ChildProcess child(program, {"compare", "primes", "--set", "numbers=2", "--with-python"}, Stream::Pipe, {path});
  const auto until = std::chrono::steady_clock::now() + loiter::testing::patience;
  while (!std::filesystem::exists(pids) && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(5ms);
  pid_t parent = 0;
  pid_t grandchild = 0;
  std::ifstream(pids) >> parent >> grandchild;
  REQUIRE(grandchild > 0);
  const auto asked = std::chrono::steady_clock::now();
  child.send(SIGINT);
  CHECK(child.wait() == 130);
  CHECK(std::chrono::steady_clock::now() - asked < at_once);
  CHECK(child.err.starts_with("loiter: CPython 3.11.2 sequential: Stopped at "));
  CHECK(is_one_line(child.err));
  CHECK(child.out.find("threads") != std::string::npos);
  CHECK(loiter::testing::has_gone(parent));
  CHECK(loiter::testing::has_gone(grandchild));
}

TEST_CASE("a lab that is killed takes the CPython beside it along") {
  if (::system("python3 -c 'import ctypes' 2> /dev/null") != 0) SKIP("there is no python3 here");
  // The lab checks it in a part of the time that CPython takes, which is seconds.
  ChildProcess child(program,
                     {"compare", "primes", "--set", "numbers=9999999999999917", "--set", "times=4", "--with-python"});
  pid_t python = 0;
  const auto until = std::chrono::steady_clock::now() + loiter::testing::patience;
  while (python == 0 && std::chrono::steady_clock::now() < until) python = python_of(child.pid());
  REQUIRE(python > 0);
  child.send(SIGKILL);
  CHECK(child.wait() == 1000 + SIGKILL);
  CHECK(loiter::testing::has_gone(python, 3s));
}
