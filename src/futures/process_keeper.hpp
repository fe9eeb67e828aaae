// ProcessKeeper: starts worker processes and learns of their ends.
//
//   start() --> posix_spawn on the keeper's own thread --> Child --ends, however--> on_end, and it is reaped
//
// Shape    One per program, with one thread that lives as long as the program: a worker dies with the thread that
//          started it, so no participant may. A child has one socket (its descriptor 3), /dev/null as stdin and stdout,
//          our stderr, no other descriptor, no blocked signal, and a process group of its own, so that Ctrl-C in the
//          terminal is ours alone.
// Errors   std::system_error if it cannot be started.
// Threads  Every member from any thread; on_end is called on the keeper's thread and must not block.
#pragma once

#include <sys/types.h>

#include <functional>
#include <memory>
#include <string>

namespace loiter::futures {

class ProcessKeeper {
 public:
  static ProcessKeeper& instance();

  class Child {
   public:
    virtual ~Child() = default;  // kills it, if it lives, and waits until it is reaped
    virtual pid_t pid() const = 0;
    virtual int take_socket() = 0;  // the caller's to close
    virtual void kill() = 0;        // SIGKILL; nothing if it has ended
    // Until it has ended, at most that long; true if it has.
    virtual bool wait_for_end(int milliseconds) = 0;
  };
  // `on_end` is called once, after start() has returned.
  virtual std::unique_ptr<Child> start(const std::string& program, std::function<void()> on_end) = 0;

 protected:
  ~ProcessKeeper() = default;
};

}  // namespace loiter::futures
