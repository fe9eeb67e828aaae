// Measuring: one run of a comparison, in the lab or on the Python beside it, with its progress on standard error.
//
// Errors   A run that did not end well is a row too, with a sentence that says why.
// Threads  The thread that runs the command line.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cli/comparison.hpp"
#include "cli/terminal.hpp"
#include "engine/catalogue.hpp"
#include "engine/run_server.hpp"

namespace loiter::cli {

// One line on standard error that is written over and over, if people look at it.
class CompareProgress {
 public:
  explicit CompareProgress(Terminal& terminal) : m_terminal(terminal), m_is_shown(terminal.error_screen().can_redraw) {}
  ~CompareProgress();
  CompareProgress(const CompareProgress&) = delete;
  CompareProgress& operator=(const CompareProgress&) = delete;

  // What stands before everything that is shown from now on: "2 of 5, mix=0.25, ".
  void set_head(std::string head) { m_head = std::move(head); }
  void show(const std::string& what);

 private:
  Terminal& m_terminal;
  const bool m_is_shown;
  std::string m_head;
  std::string m_last;
};

struct Measured {
  ComparisonRow row;
  std::string trouble;  // why it did not finish: "threads: Stopped at ..."
};

struct MeasureOptions {
  std::optional<engine::Pace> pace;
  Timeout timeout;
  std::shared_ptr<engine::RunServer> server;
};

Measured measure(const engine::Setup& setup, const MeasureOptions& options, Terminal& terminal,
                 CompareProgress& progress);

// The Python that is there, with what it calls itself.
struct PythonPeer {
  std::string path;
  std::string name;  // "CPython 3.11.2"
};
// Errors: there is none, or it does not answer within some seconds.
Result<PythonPeer> meet_python(Terminal& terminal);
Measured measure_python(const PythonPeer& python, const engine::Setup& setup, Timeout timeout, Terminal& terminal,
                        CompareProgress& progress);

}  // namespace loiter::cli
