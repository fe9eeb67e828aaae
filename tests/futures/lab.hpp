// Lab: what a test of this floor needs: a run of some program on either clock, and all that was told about it.
//
//   simulate(body)          one run on the virtual clock: times are exact
//   simulate_until_stuck()  the same for a program that must hang: ends when nothing can move any more
//   on_every_clock(body)    the same body simulated and live, without and with the GIL: no times may be asserted
//
// Shape    The body is the run's main program. What it throws fails the test. U is the unit of SEMANTICS.md; a live run
//          jumps over time in which everybody waits, so units cost nothing.
// Threads  Catch2's assertions may be used by one participant at a time: in a live run by the main body alone.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/mutex.hpp"
#include "futures/as_completed.hpp"
#include "futures/context.hpp"
#include "futures/errors.hpp"
#include "futures/executor.hpp"
#include "futures/observer.hpp"
#include "futures/sequential_executor.hpp"
#include "futures/thread_pool_executor.hpp"
#include "futures/wait.hpp"
#include "runtime/live.hpp"
#include "runtime/simulated.hpp"

namespace loiter::futures::lab {

using namespace std::chrono_literals;
inline constexpr Duration U = 1s;

using Lines = std::vector<std::string>;

// Everything that runtime and futures tell, as lines: "2 ThreadPoolExecutor-0_0: 1 ended returned int 30", the time in
// units. A future is written as its number.
class Transcript final : public runtime::Observer, public futures::Observer {
 public:
  void attach(runtime::Runtime& runtime) { m_runtime = &runtime; }
  void tell(std::string what);
  // Stops the run the moment so many lines have been told, whatever the teller holds just then.
  void stop_after(std::size_t lines) { m_stop_after = lines; }
  // For a thread outside the run: until such a line has been told, or much too long.
  void wait_for(std::string_view text) const;

  Lines lines() const;
  // Those that contain every one of these texts.
  Lines lines_with(std::initializer_list<std::string_view> texts) const;
  Lines lines_with(std::string_view text) const { return lines_with({text}); }
  // Without the times and the lanes.
  Lines texts_with(std::string_view text) const;
  std::size_t count(std::string_view text) const { return lines_with(text).size(); }
  std::string last(std::size_t count = 60) const;
  std::vector<LaneId> lanes() const;  // that have begun

  void participant_began(runtime::Participant& participant) override;
  void participant_ended(runtime::Participant& participant, std::exception_ptr error) override;
  void wait_began(runtime::Participant&, const runtime::Reason& reason, Deadline deadline) override;
  void wait_ended(runtime::Participant&, runtime::WaitOn on, runtime::WaitEnd how) override;
  void pool_created(ExecutorId id, std::string_view name, std::uint32_t max_workers) override;
  void pool_grown(ExecutorId id, std::uint32_t workers) override;
  void pool_shut_down(ExecutorId id, bool cancel_futures) override;
  void pool_broken(ExecutorId id, std::string_view why) override;
  void submitted(FutureId id, ExecutorId executor, const CallLabel& label) override;
  void state_changed(FutureId id, FutureState from, FutureState to) override;
  void completed(FutureId id, FutureState from, Outcome outcome, const ValueText& value) override;
  void started(FutureId id) override;
  void ended(FutureId id, Outcome outcome, const ValueText& value) override;
  void call_began(FutureId id) override;
  void call_ended(FutureId id, Outcome outcome, const ValueText& value) override;
  void delivered(FutureId id, DeliveredBy by, std::uint32_t index) override;
  void logged(std::string_view level, std::string_view text) override;

 private:
  struct Line {
    Instant at;
    std::string lane;
    std::string what;
    std::string text() const;
  };
  runtime::Runtime* m_runtime = nullptr;
  std::size_t m_stop_after = 0;  // 0: never; set before the run
  mutable Mutex m_mutex;
  mutable CondVar m_told;
  std::vector<Line> m_lines LOITER_GUARDED_BY(m_mutex);
  std::vector<LaneId> m_lanes LOITER_GUARDED_BY(m_mutex);
};

// Listens to nothing.
class Deaf final : public runtime::Observer, public futures::Observer {};

class Lab {
 public:
  Lab(runtime::Runtime& the_runtime, Context& the_context, Transcript& the_transcript)
      : runtime(the_runtime), context(the_context), transcript(the_transcript) {}
  runtime::Runtime& runtime;
  Context& context;
  Transcript& transcript;

  Duration now() const { return runtime.now().time_since_epoch(); }
  void sleep(Duration d) const { runtime.sleep_for(d); }
  // Another participant beside main; join() it, or it joins with the runtime.
  LaneId spawn(const std::string& name, std::function<void()> body) const {
    return runtime.spawn({.name = name}, std::move(body));
  }
  void join(LaneId lane) const { runtime.join(lane); }
  void say(std::string text) const { transcript.tell("says " + std::move(text)); }

  // loiter(n): does nothing for n units and returns n * 10.
  auto loiter() const {
    return named("loiter", [&time = runtime](int n) {
      time.sleep_for(n * U);
      return n * 10;
    });
  }
};

// The numbers from 0, each made by a function when it is asked for: Python's generator as the input of a map. (Clang 14
// cannot read libstdc++'s views.)
class Numbers {
 public:
  explicit Numbers(
      int count, std::function<int(int)> make = [](int n) { return n; })
      : m_count(count), m_make(std::move(make)) {}

  struct Iterator {
    using value_type = int;
    using difference_type = std::ptrdiff_t;
    int operator*() const { return of->m_make(n); }
    Iterator& operator++() {
      ++n;
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const Iterator& it, std::default_sentinel_t) { return it.n == it.count; }
    const Numbers* of;
    int count;
    int n;
  };
  Iterator begin() const { return {this, m_count, 0}; }
  std::default_sentinel_t end() const { return {}; }

 private:
  int m_count;
  std::function<int(int)> m_make;
};

// Holds whoever comes until it is opened.
class Gate {
 public:
  explicit Gate(Context& context) : m_promise(context) {}
  void open() const { m_promise.set_result({}); }
  void pass() const { m_promise.future().result(); }

 private:
  Promise<None> m_promise;
};

enum class Clock { Simulated, Live };

// Half of the runs that are drawn are under the GIL.
constexpr runtime::GilKind gil_of(std::uint64_t seed) {
  return seed % 2 == 0 ? runtime::GilKind::Cpython : runtime::GilKind::None;
}

struct RunOptions {
  bool random = false;
  runtime::GilOptions gil = {};
  std::uint64_t seed = 0;
  bool must_get_stuck = false;
  bool untold = false;         // nothing is written down: for races, which the writing would slow down
  std::size_t stop_after = 0;  // stop when so many lines have been told; 0: never
  std::function<void(Lab&)> meanwhile = nullptr;  // called by the test's own thread while the run goes on
};

using Body = std::function<void(Lab&)>;
std::unique_ptr<Transcript> run(Clock clock, const Body& body, const RunOptions& options = {});

inline std::unique_ptr<Transcript> simulate(const Body& body) { return run(Clock::Simulated, body); }
inline std::unique_ptr<Transcript> simulate_until_stuck(const Body& body) {
  return run(Clock::Simulated, body, {.must_get_stuck = true});
}
void on_every_clock(const Body& body);

// "ValueError: boom" of what `f` throws, "" if it throws nothing.
template <class F>
std::string raised_by(F f) {
  try {
    f();
  } catch (const runtime::Aborted&) {
    throw;
  } catch (...) {
    const ErrorText error = describe(std::current_exception());
    return error.type + ": " + error.text;
  }
  return "";
}
std::string error_text(const std::exception_ptr& error);  // "ValueError: boom", "None"

template <class F>
std::vector<FutureId> ids(const std::vector<F>& futures) {
  std::vector<FutureId> result;
  for (const auto& future : futures) result.push_back(future.id());
  return result;
}

}  // namespace loiter::futures::lab

namespace Catch {
template <class T>
struct StringMaker<loiter::Id<T>> {
  static std::string convert(loiter::Id<T> id) { return std::to_string(id.value); }
};
template <>
struct StringMaker<loiter::Duration> {
  static std::string convert(loiter::Duration d) { return std::to_string(loiter::to_seconds(d)) + " s"; }
};
template <>
struct StringMaker<loiter::futures::FutureState> {
  static std::string convert(loiter::futures::FutureState state);
};
}  // namespace Catch
