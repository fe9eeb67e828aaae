// ProcessWorker: a worker process as the lane that stands for it sees it: calls go in, answers come out.
//
//   live:       a real process (loiter-worker) behind a socket; what it asks for meanwhile (sleep, print) the lane does
//   simulated:  the lane itself runs the same bytes, so that a run repeats exactly
//
// Shape    begin(), then run() call by call. The worker may die at any moment, by kill() or by itself; then the answer
//          is Died, and every wait on its behalf ends.
// Errors   Aborted once the run is being stopped. std::system_error if a process cannot be started.
// Threads  begin() and run() on the lane; kill() and is_dead() from any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "futures/context.hpp"
#include "futures/errors.hpp"
#include "runtime/runtime.hpp"

namespace loiter::futures {

struct Answer {
  enum class Kind : std::uint8_t { Value, Raised, Died };
  Kind kind = Kind::Died;
  std::string result;  // of a Value, encoded
  ErrorText error;     // of Raised
  std::string trace;   // of Raised: where
};

class ProcessWorker {
 public:
  // A process has been started, or on the simulated clock will never be.
  static std::unique_ptr<ProcessWorker> start(Context& context);

  explicit ProcessWorker(Context& context) : m_context(context) {}
  virtual ~ProcessWorker() = default;
  ProcessWorker(const ProcessWorker&) = delete;
  ProcessWorker& operator=(const ProcessWorker&) = delete;

  virtual std::uint32_t pid() const = 0;  // 0: simulated

  // From here on the calling participant is its lane. `initializer` is an encoded call, or "". Died or Raised: it is of no use.
  Answer begin(const std::string& initializer);
  virtual Answer run(const std::string& call) = 0;

  virtual void kill() = 0;
  bool is_dead() const { return m_dead.load(); }

 protected:
  struct Dead {};  // thrown through a wait on its behalf; no std::exception, so that no task swallows it

  virtual Answer initialize(const std::string& initializer) = 0;
  void die();  // it has ended or is as good as ended: any thread
  void sleep_for(Duration d);
  void checkpoint();
  Context& context() const { return m_context; }

 private:
  Context& m_context;
  std::atomic<bool> m_dead{false};
  std::atomic<runtime::Participant*> m_lane{nullptr};
};

}  // namespace loiter::futures
