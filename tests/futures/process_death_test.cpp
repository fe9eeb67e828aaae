// Workers that die at any moment: every future ends, rightly, and nothing is left behind.
#include <dirent.h>
#include <sys/wait.h>

#include <cerrno>
#include <csignal>
#include <random>

#include "futures/lab.hpp"
#include "futures/process_pool_executor.hpp"
#include "futures/remote_functions.hpp"

namespace loiter::futures::lab {
namespace {

constexpr int rounds = 500;

constexpr const char* broken_future =
    "BrokenProcessPool: A process in the process pool was terminated abruptly while the future was running or pending.";
constexpr const char* broken_pool =
    "BrokenProcessPool: A child process terminated abruptly, the process pool is not usable anymore";

std::size_t open_descriptors_here() {
  std::size_t count = 0;
  DIR* const folder = ::opendir("/proc/self/fd");
  while (::readdir(folder) != nullptr) ++count;
  ::closedir(folder);
  return count;
}

bool has_child_processes() { return ::waitpid(-1, nullptr, WNOHANG) >= 0 || errno != ECHILD; }

// Submits what it can; gives the futures and what they should return.
struct Submitted {
  std::vector<Future<int>> futures;
  std::vector<int> expected;
  bool refused = false;
};

Submitted submit_some(ProcessPoolExecutor& pool, std::mt19937& random) {
  Submitted submitted;
  const int count = std::uniform_int_distribution(1, 12)(random);
  for (int i = 0; i < count; ++i) {
    const int n = std::uniform_int_distribution(0, 3)(random);
    try {
      submitted.futures.push_back(pool.submit(named("loiter", remote_loiter.with(U)), n));
      submitted.expected.push_back(n * 10);
    } catch (const BrokenProcessPool& error) {
      CHECK(std::string("BrokenProcessPool: ") + error.what() == broken_pool);
      submitted.refused = true;
    }
  }
  return submitted;
}

// Either its result or the pool's end; nothing else, and never still open.
void check_all(const Submitted& submitted) {
  for (std::size_t i = 0; i < submitted.futures.size(); ++i) {
    int value = -1;
    const std::string error = raised_by([&] { value = submitted.futures[i].result(); });
    CHECK((error == broken_future || value == submitted.expected[i]));
    CHECK(submitted.futures[i].done());
  }
}

void one_round(Lab& lab, unsigned seed) {
  std::mt19937 random(seed);
  const int workers = std::uniform_int_distribution(1, 4)(random);
  ProcessPoolExecutor pool(lab.context, {.max_workers = workers});
  const auto pid = pool.submit(named("own_pid", own_pid.with()));
  // From outside, as another program would, or through the lab; at some moment of the run.
  const bool from_outside = !lab.runtime.is_simulated() && random() % 2 == 0;
  const Duration after = U * std::uniform_int_distribution(0, 50)(random) / 10;
  const int which = std::uniform_int_distribution(1, workers)(random);
  const LaneId killer = lab.spawn("killer", [&lab, pid, from_outside, after, which] {
    lab.sleep(after);
    if (!from_outside) {
      lab.context.kill_worker("Process-" + std::to_string(which));
    } else if (pid.done() && pid.exception() == nullptr) {
      ::kill(static_cast<pid_t>(pid.result()), SIGKILL);
    }
  });
  const Submitted first = submit_some(pool, random);
  lab.sleep(U * std::uniform_int_distribution(0, 20)(random) / 10);
  const Submitted second = submit_some(pool, random);
  check_all(first);
  check_all(second);
  lab.join(killer);
  pool.shutdown();
  CHECK(pool.process_count() == 0);
}

}  // namespace

TEST_CASE("workers killed at any moment: every future ends, and no process or descriptor is left",
          "[process_pool][live]") {
  run(Clock::Live, [](Lab& lab) { one_round(lab, 0); });  // what is made once per program
  const std::size_t descriptors = open_descriptors_here();
  for (unsigned seed = 1; seed <= rounds; ++seed) {
    INFO("seed " << seed);
    run(Clock::Live, [&](Lab& lab) { one_round(lab, seed); });
    REQUIRE_FALSE(has_child_processes());
    REQUIRE(open_descriptors_here() == descriptors);
  }
}

TEST_CASE("simulated workers killed at any moment: the same, and the same again", "[process_pool]") {
  for (unsigned seed = 1; seed <= rounds; ++seed) {
    INFO("seed " << seed);
    const Lines first = simulate([&](Lab& lab) { one_round(lab, seed); })->lines();
    if (seed % 10 == 0) CHECK(simulate([&](Lab& lab) { one_round(lab, seed); })->lines() == first);
  }
}

}  // namespace loiter::futures::lab
