// The lab's real worker processes: they end with the lab, however it ends.
#include <dirent.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <csignal>
#include <fstream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "support/child_process.hpp"

using namespace std::chrono_literals;
using namespace loiter::testing;

namespace {

// A zombie whose new parent is slow to reap it has ended all the same.
bool is_living(pid_t pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string text;
  if (!std::getline(stat, text)) return false;
  const std::size_t end = text.rfind(')');
  return end != std::string::npos && text.at(end + 2) != 'Z' && text.at(end + 2) != 'X';
}

std::vector<pid_t> children_of(pid_t parent) {
  std::vector<pid_t> children;
  DIR* const tasks = ::opendir(("/proc/" + std::to_string(parent) + "/task").c_str());
  if (tasks == nullptr) return children;
  while (const dirent* task = ::readdir(tasks)) {
    std::ifstream list("/proc/" + std::to_string(parent) + "/task/" + task->d_name + "/children");
    for (pid_t child = 0; list >> child;) children.push_back(child);
  }
  ::closedir(tasks);
  return children;
}

// It has asked for the signal that comes when its parent ends, and started the thread that watches the socket. One that
// is stopped before, in its first millisecond, can do neither.
bool watches_its_parent(pid_t worker) {
  std::ifstream status("/proc/" + std::to_string(worker) + "/status");
  bool is_worker = false;
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("Name:")) is_worker = line.ends_with("loiter-worker");
    if (line.starts_with("Threads:")) return is_worker && line.ends_with("2");
  }
  return false;
}

bool all_end_within(const std::vector<pid_t>& processes, std::chrono::milliseconds patience) {
  const auto until = std::chrono::steady_clock::now() + patience;
  for (const pid_t process : processes) {
    while (is_living(process)) {
      if (std::chrono::steady_clock::now() > until) return false;
      std::this_thread::sleep_for(1ms);
    }
  }
  return true;
}

}  // namespace

TEST_CASE("a lab that is killed at any moment leaves no worker process behind") {
  constexpr int rounds = 100;
  std::mt19937 random(1);
  int with_workers = 0;
  for (int round = 0; round < rounds; ++round) {
    INFO("round " << round);
    ChildProcess lab(LOITER_BINARY,
                     {"run", "loiter", "--mode", "processes", "--workers", "4", "--format", "transcript"});
    // Every other one once it has workers, however long this machine takes for that; the rest at any moment of its start.
    const bool has_begun = round % 2 == 0;
    while (has_begun && is_living(lab.pid()) && children_of(lab.pid()).empty()) std::this_thread::sleep_for(1ms);
    const int longest = has_begun ? 20'000 : 60'000;
    std::this_thread::sleep_for(std::chrono::microseconds(std::uniform_int_distribution(1'000, longest)(random)));
    // Some of them stopped, which they must survive no longer than the others.
    const std::vector<pid_t> some = children_of(lab.pid());
    if (!some.empty() && round % 3 == 0 && watches_its_parent(some.front())) ::kill(some.front(), SIGSTOP);
    const std::vector<pid_t> workers = children_of(lab.pid());
    ::kill(lab.pid(), SIGKILL);
    lab.wait();
    CHECK(all_end_within(workers, 500ms));
    with_workers += workers.empty() ? 0 : 1;
  }
  CHECK(with_workers >= rounds / 2);
}

TEST_CASE("a worker process that is killed from outside breaks the pool, and the lab says so") {
  ChildProcess lab(LOITER_BINARY, {"run", "loiter", "--mode", "processes", "--set", "unit=100s"});
  std::vector<pid_t> workers;
  while ((workers = children_of(lab.pid())).size() < 3) std::this_thread::sleep_for(1ms);
  ::kill(workers.back(), SIGKILL);
  CHECK(lab.wait() == 1);
  CHECK(lab.err.find("BrokenProcessPool: A process in the process pool was terminated abruptly") == 0);
  CHECK(all_end_within(workers, 0ms));
}

TEST_CASE("Ctrl-C ends a run in processes at once, and its workers with it, one that stands still too") {
  ChildProcess lab(LOITER_BINARY, {"run", "loiter", "--mode", "processes", "--set", "unit=100s"});
  std::vector<pid_t> workers;
  while ((workers = children_of(lab.pid())).size() < 3) std::this_thread::sleep_for(1ms);
  ::kill(workers.front(), SIGSTOP);
  ::kill(lab.pid(), SIGINT);
  CHECK(lab.wait() == 130);
  CHECK(all_end_within(workers, 0ms));
}
