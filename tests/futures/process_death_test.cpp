// Workers that die at any moment: every future ends, rightly, and nothing is left behind.
#include <dirent.h>
#include <sys/wait.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "futures/lab.hpp"
#include "futures/process_pool_executor.hpp"
#include "futures/remote_functions.hpp"
#include "futures/worker_channel.hpp"

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

// Shared memory and temporary files that bear our name, but for those of other tests.
std::size_t leftover_files() {
  std::size_t count = 0;
  for (const std::filesystem::path& folder :
       {std::filesystem::path("/dev/shm"), std::filesystem::temp_directory_path()}) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
      const std::string name = entry.path().filename().string();
      count += name.find("loiter") != std::string::npos && !name.starts_with("loiter-test-") ? 1U : 0U;
    }
  }
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
    } catch (const BrokenProcessPool&) {
      CHECK(error_text(std::current_exception()) == broken_pool);
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
  const std::size_t files = leftover_files();
  for (unsigned seed = 1; seed <= rounds; ++seed) {
    INFO("seed " << seed);
    run(Clock::Live, [&](Lab& lab) { one_round(lab, seed); });
    REQUIRE_FALSE(has_child_processes());
    REQUIRE(open_descriptors_here() == descriptors);
  }
  CHECK(leftover_files() == files);
}

TEST_CASE("a worker that answers garbage is ended, and the pool breaks", "[process_pool][live]") {
  using namespace std::string_literals;
  ByteWriter raised;  // a type, and then a text that is longer than its message
  raised.text("ValueError");
  raised.number(1'000'000);
  const std::vector<std::string> garbage{
      frame_of(static_cast<MessageKind>(99), "?"),
      frame_of(static_cast<MessageKind>(0), ""),
      "\xff\xff\xff\xff\x06"s,                              // a length of 4 GiB
      "GET / HTTP/1.1\r\n\r\n",                             // a length of 500 MiB and more
      frame_of(MessageKind::Value, "abc"),                  // no int
      frame_of(MessageKind::Value, "123456789"),            // one byte too many for it
      frame_of(MessageKind::Hello, "12345678"),             // what only the lab says
      frame_of(MessageKind::Ready, "12345678"),             // of another version
      frame_of(MessageKind::Sleep, "1"),                    // no time
      frame_of(MessageKind::Computed, "1234567Z12345678"),  // since a time that is still to come
      frame_of(MessageKind::Raised, raised.bytes()),
      frame_of(MessageKind::NotReady, ""),
  };
  for (const std::string& bytes : garbage) {
    run(Clock::Live, [&](Lab& lab) {
      INFO("begins with " << bytes.substr(0, 5));
      ProcessPoolExecutor pool(lab.context, {.max_workers = 2});
      const auto other = pool.submit(named("loiter", remote_loiter.with(U)), 100'000);
      const auto future = pool.submit(named("write_raw", write_raw.with()), bytes);
      CHECK(raised_by([&] { future.result(); }) == broken_future);
      CHECK(raised_by([&] { other.result(); }) == broken_future);
      CHECK(raised_by([&] { pool.submit(named("twice", twice.with()), 1); }) == broken_pool);
    });
    CHECK_FALSE(has_child_processes());
  }
}

TEST_CASE("a worker that says half a sentence and dies breaks the pool like any other", "[process_pool][live]") {
  run(Clock::Live, [](Lab& lab) {
    ProcessPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto future =
        pool.submit(named("write_raw", write_raw.with()), frame_of(MessageKind::Value, "12345678").substr(0, 7));
    lab.sleep(U);
    CHECK(future.running());
    CHECK(lab.context.kill_worker("Process-1"));
    CHECK(raised_by([&] { future.result(); }) == broken_future);
  });
}

TEST_CASE("simulated workers killed at any moment: the same, and the same again", "[process_pool]") {
  for (unsigned seed = 1; seed <= rounds; ++seed) {
    INFO("seed " << seed);
    const Lines first = simulate([&](Lab& lab) { one_round(lab, seed); })->lines();
    if (seed % 10 == 0) CHECK(simulate([&](Lab& lab) { one_round(lab, seed); })->lines() == first);
  }
}

}  // namespace loiter::futures::lab
