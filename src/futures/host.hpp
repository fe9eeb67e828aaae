// Host: what a function that may run in a worker process can do to the run around it, wherever it runs.
//
//   in the lab's own process:  LocalHost --> runtime, and the run's listener
//   in a worker process:       messages over the worker's socket --> the lane that stands for the worker --> the same
//
// Errors   Aborted once the run is being stopped; in a worker process the process is ended instead.
// Threads  The participant, or the worker's main thread, that runs the function.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/duration.hpp"
#include "futures/context.hpp"

namespace loiter::futures {

class Host {
 public:
  virtual ~Host() = default;
  virtual void sleep_for(Duration d) = 0;  // lab time
  virtual void compute(Duration d) = 0;    // keeps a core busy for so much lab time
  virtual void checkpoint() = 0;           // for code that computes: honours pause, stop and requests for the GIL
  // Time of a core that the thread which runs the function has used; on the simulated clock: what it has computed.
  virtual Duration cpu_time() = 0;
  // Says that it has computed since then and used so much of a core; compute() says so by itself.
  virtual void computed(Instant since, Duration cpu) = 0;
  // Makes a call that blocks without parking, such as writing a file: without the GIL meanwhile.
  virtual void call_outside_gil(const std::function<void()>& call) { call(); }
  virtual Instant now() = 0;
  virtual void tell(std::string_view message) = 0;  // what the program wants shown, in words of its own (Context)
  // What only the lab can do for it, such as fetching a file: asked and answered in words of its own.
  virtual std::string ask(std::string_view question) = 0;
};

class LocalHost final : public Host {
 public:
  explicit LocalHost(Context& context) : m_context(context) {}
  void sleep_for(Duration d) override { m_context.runtime().sleep_for(d); }
  void compute(Duration d) override { m_context.runtime().compute(d); }
  void checkpoint() override { m_context.runtime().checkpoint(); }
  Duration cpu_time() override { return m_context.runtime().cpu_time(); }
  void computed(Instant since, Duration cpu) override { m_context.runtime().computed(since, cpu); }
  void call_outside_gil(const std::function<void()>& call) override {
    const runtime::Runtime::OutsideGil outside(m_context.runtime());
    call();
  }
  Instant now() override { return m_context.runtime().now(); }
  void tell(std::string_view message) override { m_context.told(message); }
  std::string ask(std::string_view question) override { return m_context.asked(question); }

 private:
  Context& m_context;
};

}  // namespace loiter::futures
