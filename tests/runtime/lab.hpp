// What the tests of the runtime share: an observer that writes everything down, and a run under it.
//
// Threads  Catch2's assertions are for the test's own thread: a body collects what it saw, the test checks it later.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_adapters.hpp>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "runtime/live.hpp"
#include "runtime/simulated.hpp"

namespace loiter::runtime {

using namespace std::chrono_literals;

constexpr Instant at(Duration since_start) { return Instant{since_start}; }

// Lines like "main waits sleep until 5", "main sleep timeout", "main raised no luck", in the order of their coming.
class Log final : public Observer {
 public:
  void listen_to(Runtime& runtime) { m_runtime = &runtime; }

  void participant_began(Participant& p) override { add_event(p.spec().name + " began"); }
  void participant_ended(Participant& p, std::exception_ptr error) override {
    add_event(p.spec().name + (error ? " raised " + text_of(error) : " ended"));
  }
  void wait_began(Participant& p, const Reason& reason, Deadline deadline) override {
    const std::string until = deadline ? fmt::format(" until {:.9g}", to_seconds(*deadline)) : "";
    const std::string joins = reason.on == WaitOn::Join ? fmt::format(" {}", reason.joins.value) : "";
    const std::string line = p.spec().name + " waits " + name(reason.on) + joins + until;
    reason.on == WaitOn::Pause ? add(line) : add_event(line);
  }
  void wait_ended(Participant& p, WaitOn on, WaitEnd end) override {
    const std::string line = p.spec().name + " " + name(on) + " " + name(end);
    on == WaitOn::Pause ? add(line) : add_event(line);
  }
  void settled(bool quiescent) override { add(quiescent ? "quiescent" : "settled"); }

  std::vector<std::string> lines() const {
    std::lock_guard lock(m_mutex);
    return m_lines;
  }
  // Each line with the lab time at which it came, in seconds: "5 main sleep timeout".
  std::string timed_text() const {
    std::lock_guard lock(m_mutex);
    std::string text;
    for (std::size_t i = 0; i < m_lines.size(); ++i)
      text += fmt::format("{:.9g} {}\n", to_seconds(m_times[i]), m_lines[i]);
    return text;
  }
  std::size_t events() const {
    std::lock_guard lock(m_mutex);
    return m_events;
  }
  bool has(const std::string& line) const { return count(line) > 0; }
  std::ptrdiff_t count(const std::string& line) const {
    std::lock_guard lock(m_mutex);
    return std::count(m_lines.begin(), m_lines.end(), line);
  }
  bool has_begin(const std::string& begin) const {
    std::lock_guard lock(m_mutex);
    return find_begin(begin) != m_lines.end();
  }
  // The place of the first such line; the number of lines if there is none.
  std::ptrdiff_t place(const std::string& line) const {
    std::lock_guard lock(m_mutex);
    return std::find(m_lines.begin(), m_lines.end(), line) - m_lines.begin();
  }
  // Waits for a line that begins so; a test that would wait for ever fails instead.
  void wait_for(const std::string& begin) const {
    std::unique_lock lock(m_mutex);
    if (m_added.wait_for(lock, 2min, [&] { return find_begin(begin) != m_lines.end(); })) return;
    lock.unlock();
    FAIL("the line '" << begin << "' never came:\n" << timed_text());
  }

  static std::string text_of(const std::exception_ptr& error) {
    try {
      std::rethrow_exception(error);
    } catch (const std::exception& e) {
      return e.what();
    } catch (...) {
      return "something that is no std::exception";
    }
  }

 private:
  static std::string name(WaitOn on) {
    constexpr std::array names = {"result", "map", "as_completed", "wait",  "queue", "sleep",
                                  "gil",    "io",  "join",         "pause", "core"};
    return names.at(static_cast<std::size_t>(on));
  }
  static std::string name(WaitEnd end) {
    constexpr std::array names = {"ready", "timeout", "cancelled", "aborted"};
    return names.at(static_cast<std::size_t>(end));
  }
  std::vector<std::string>::const_iterator find_begin(const std::string& begin) const {
    return std::find_if(m_lines.begin(), m_lines.end(), [&](const auto& line) { return line.starts_with(begin); });
  }
  void add_event(std::string line) {
    add(std::move(line), 1);
    m_runtime->after_event();
  }
  void add(std::string line, std::size_t events = 0) {
    std::lock_guard lock(m_mutex);
    m_lines.push_back(std::move(line));
    m_times.push_back(m_runtime->now());
    m_events += events;
    m_added.notify_all();
  }

  Runtime* m_runtime = nullptr;
  mutable std::mutex m_mutex;
  mutable std::condition_variable m_added;
  std::vector<std::string> m_lines;
  std::vector<Instant> m_times;
  std::size_t m_events = 0;  // lines that were told with after_event()
};

// A runtime at instant pace, and what it told.
template <class R>
struct Lab {
  template <class... Options>
  explicit Lab(Options... options) : runtime(log, options...) {
    log.listen_to(runtime);
    runtime.set_pace(Pace::instant());
  }

  // Starts it and waits until it has ended or is quiescent.
  Phase run(std::function<void()> main_body) {
    runtime.start(std::move(main_body));
    return wait();
  }
  Phase wait() {
    const Phase phase = runtime.wait(2min);
    if (phase == Phase::Running) FAIL("the run goes on and on:\n" << log.timed_text());
    return phase;
  }
  // For a run that was quiescent, or is, until it is stopped or revived.
  void wait_for_end() {
    const auto give_up = std::chrono::steady_clock::now() + 2min;
    while (runtime.wait(1s) != Phase::Ended) {
      if (std::chrono::steady_clock::now() > give_up) FAIL("the run does not end:\n" << log.timed_text());
      std::this_thread::yield();
    }
  }
  LaneId spawn(std::string name, std::function<void()> body) {
    return runtime.spawn({.name = std::move(name)}, std::move(body));
  }

  Log log;
  R runtime;
};

// Looks again and again, on the processor: for bodies that must not wait through the runtime.
template <class Condition>
void spin_until(Condition condition) {
  while (!condition()) std::this_thread::yield();
}

// Gives the others real time to do what they must not do. A runtime that is right passes however long it lasts.
inline void let_things_go_wrong() {
  const auto until = std::chrono::steady_clock::now() + 3ms;
  while (std::chrono::steady_clock::now() < until) std::this_thread::yield();
}

}  // namespace loiter::runtime
