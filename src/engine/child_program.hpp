// ChildProgram: another program that runs beside the lab for a while, such as a Python interpreter.
//
//   started --> its output is read as it comes --> ended, or killed
//
// Shape    The child has /dev/null as its input, no other descriptor of ours, and a process group of its own; when it has
//          ended, and when this goes, whatever is left of its group is killed. Of each output the last megabyte is kept;
//          a child that writes more than a hundred is killed.
// Errors   start() says in a sentence why it could not be started.
// Threads  One at a time.
#pragma once

#include <sys/types.h>

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace loiter::engine {

class ChildProgram {
 public:
  // `program` is a path.
  static Result<std::unique_ptr<ChildProgram>> start(const std::string& program,
                                                     const std::vector<std::string>& arguments);
  ~ChildProgram();
  ChildProgram(const ChildProgram&) = delete;
  ChildProgram& operator=(const ChildProgram&) = delete;

  // Until it has ended, at most that long; true if it has.
  bool wait(std::chrono::milliseconds at_most);

  // Once it has ended.
  int exit_status() const { return m_exit_status; }  // -1: a signal ended it
  int signal() const { return m_signal; }            // 0: none
  const std::string& output() const { return m_output[0].text; }
  const std::string& errors() const { return m_output[1].text; }

 private:
  struct Output {
    int descriptor = -1;  // -1: its end has come
    std::string text;
    std::size_t size = 0;
  };

  ChildProgram() = default;
  void read_some(Output& output);
  void end();

  pid_t m_pid = -1;   // -1: it has been reaped
  int m_handle = -1;  // readable once it has ended
  std::array<Output, 2> m_output;
  int m_exit_status = -1;
  int m_signal = 0;
};

}  // namespace loiter::engine
