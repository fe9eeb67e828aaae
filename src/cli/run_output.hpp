// RunOutput: what a run is shown as while it goes on: a transcript, lines of JSON, or a picture.
//
//   begin() --> show() with what is new, again and again --> end()
//                 |  leave() and come_back() around a time in which the terminal is somebody else's
//
// Shape    One of these for each run. show() is called at least every patience(), events or not.
// Errors   Why standard output could not be written; the run is stopped then and nothing more is shown.
#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string>

#include "base/result.hpp"
#include "cli/terminal.hpp"
#include "trace/event.hpp"
#include "trace/header.hpp"

namespace loiter::cli {

class RunOutput {
 public:
  virtual ~RunOutput() = default;
  virtual Result<void> begin(const trace::Header& header) = 0;
  virtual Result<void> show(std::span<const trace::Event> events, Instant now) = 0;
  virtual Result<void> end() { return {}; }
  virtual Result<void> leave() { return {}; }
  virtual Result<void> come_back() { return {}; }
  virtual std::chrono::milliseconds patience() const { return std::chrono::milliseconds(50); }
};

// What the Python program prints, line by line; what its logging says goes to standard error.
std::unique_ptr<RunOutput> transcript_output(Terminal& terminal);

// The run file (trace/run_file.hpp), as it grows.
std::unique_ptr<RunOutput> json_output(Terminal& terminal);

// What the steps of a scenario's program see, a line of JSON each, and how the run ended.
std::unique_ptr<RunOutput> observations_output(Terminal& terminal);

// The timeline in place, the transcript scrolling by above it. `pace` is shown beside the clock.
std::unique_ptr<RunOutput> picture_output(Terminal& terminal, std::string pace);

}  // namespace loiter::cli
