// PythonPeer: the same program on the Python of this machine, to put its figures beside the lab's.
//
// Shape    What runs is the listing that the code panel shows (Experiment::listing), handed over as an argument, so that no
//          file is left behind. Its own clock runs from the first line of the listing to the last: starting an
//          interpreter is no part of the work. Its processes die with it, and it with the lab.
// Units    Real time.
// Errors   A missing Python, one that fails, is killed, or does not say what it was asked for: a sentence each.
// Threads  One at a time, which must live as long as the run.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "engine/catalogue.hpp"
#include "engine/child_program.hpp"

namespace loiter::engine {

// The python3 of the PATH. Errors: there is none.
Result<std::string> find_python();

class PythonRun {
 public:
  struct Outcome {
    Duration time{};
    std::string trouble;  // why there is no time; empty: there is one
    std::string output;   // what the program printed
  };

  // What it calls itself: "CPython 3.11.2", as the output.
  static Result<std::unique_ptr<PythonRun>> ask_name(const std::string& python);
  // The setup's experiment must run in Python.
  static Result<std::unique_ptr<PythonRun>> start(const std::string& python, const Setup& setup);

  // Until it is over, at most that long; destroying it before ends it.
  std::optional<Outcome> wait(std::chrono::milliseconds at_most);

 private:
  explicit PythonRun(std::unique_ptr<ChildProgram> child) : m_child(std::move(child)) {}
  std::unique_ptr<ChildProgram> m_child;
};

}  // namespace loiter::engine
