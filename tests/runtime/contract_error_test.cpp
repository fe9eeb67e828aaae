#include <pthread.h>

#include <atomic>
#include <filesystem>
#include <stdexcept>
#include <system_error>

#include "lab.hpp"

using namespace loiter;
using namespace loiter::runtime;

namespace {

std::ptrdiff_t threads_of_this_process() {
  const std::filesystem::directory_iterator tasks("/proc/self/task");
  return std::distance(begin(tasks), end(tasks));
}

// While it lives no thread can be started: each would get a stack of more than the address space.
class NoMoreThreads {
 public:
  NoMoreThreads() {
    pthread_attr_t attributes;
    pthread_getattr_default_np(&attributes);
    pthread_attr_getstacksize(&attributes, &m_size);
    set(std::size_t{1} << 52U);
  }
  ~NoMoreThreads() { set(m_size); }
  NoMoreThreads(const NoMoreThreads&) = delete;
  NoMoreThreads& operator=(const NoMoreThreads&) = delete;

 private:
  static void set(std::size_t size) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, size);
    pthread_setattr_default_np(&attributes);
    pthread_attr_destroy(&attributes);
  }
  std::size_t m_size = 0;
};

}  // namespace

TEMPLATE_TEST_CASE("what the main body throws is kept", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  CHECK(lab.runtime.main_error() == nullptr);
  CHECK(lab.run([] { throw std::runtime_error("no luck"); }) == Phase::Ended);
  REQUIRE(lab.runtime.main_error() != nullptr);
  CHECK(Log::text_of(lab.runtime.main_error()) == "no luck");
  CHECK(lab.log.has("main raised no luck"));
}

TEMPLATE_TEST_CASE("what another body throws is told to the observer and disturbs nobody else", "[contract][live]",
                   Live, Simulated) {
  Lab<TestType> lab;
  const Phase phase = lab.run([&] {
    lab.runtime.join(lab.spawn("child", [] { throw std::invalid_argument("bad child"); }));
    lab.runtime.join(lab.spawn("odd child", [] { throw 7; }));
    lab.runtime.sleep_for(1s);
  });
  CHECK(phase == Phase::Ended);
  CHECK(lab.runtime.main_error() == nullptr);
  CHECK(lab.log.has("child raised bad child"));
  CHECK(lab.log.has("odd child raised something that is no std::exception"));
  CHECK(lab.log.has("main ended"));
}

TEMPLATE_TEST_CASE("an exception passes through the waits and joins of its participant", "[contract][live]", Live,
                   Simulated) {
  Lab<TestType> lab;
  lab.run([&] {
    const LaneId child = lab.spawn("child", [&] { lab.runtime.sleep_for(1s); });
    const std::shared_ptr<void> guard(nullptr, [&](void*) { lab.runtime.join_for_cleanup(child); });
    throw std::runtime_error("no luck");
  });
  CHECK(lab.log.has("main raised no luck"));
  CHECK(lab.log.place("child ended") < lab.log.place("main raised no luck"));
}

TEMPLATE_TEST_CASE("a thread that cannot be started is an error of the spawn, and the run goes on", "[contract][live]",
                   Live, Simulated) {
  Lab<TestType> lab;
  int failed = 0;
  LaneId after{};
  const Phase phase = lab.run([&] {
    {
      const NoMoreThreads scarcity;
      for (int i = 0; i < 3; ++i) {
        try {
          lab.spawn("unlucky", [] {});
        } catch (const std::system_error&) {
          ++failed;
        }
      }
    }
    after = lab.spawn("lucky", [&] { lab.runtime.sleep_for(1s); });
    lab.runtime.join(after);
  });
  CHECK(phase == Phase::Ended);
  CHECK(failed == 3);
  CHECK(after == LaneId{1});
  CHECK_FALSE(lab.log.has("unlucky began"));
  CHECK(lab.log.has("lucky ended"));
}

TEMPLATE_TEST_CASE("a run whose first thread cannot be started has not begun", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  {
    const NoMoreThreads scarcity;
    CHECK_THROWS_AS(lab.runtime.start([] {}), std::system_error);
  }
  CHECK(lab.runtime.phase() == Phase::Waiting);
  CHECK(lab.run([] {}) == Phase::Ended);
}

TEMPLATE_TEST_CASE("no thread is left behind, and few are kept while the run lasts", "[contract][live]", Live,
                   Simulated) {
  const auto before = threads_of_this_process();
  std::atomic<std::ptrdiff_t> most = 0;
  {
    Lab<TestType> lab;
    lab.run([&] {
      for (int i = 0; i < 300; ++i) {
        lab.runtime.join(lab.spawn("child", [] {}));
        most = std::max(most.load(), threads_of_this_process());
      }
    });
  }
  // The system may take a moment to clear away a thread that has been joined.
  spin_until([&] { return threads_of_this_process() <= before; });
  CHECK(most - before < 100);
}
