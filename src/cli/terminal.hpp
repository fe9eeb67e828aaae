// Terminal: where the command line writes and reads, what it may write there, and how people tell it to stop.
//
// Shape    One for the process (process_terminal.hpp); tests have one of their own that keeps what was written.
// Errors   write() says why the text could not be written whole: nobody reads it any more, the disk is full.
// Threads  The thread that runs the command line.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "cli/screen.hpp"

namespace loiter::cli {

class Terminal {
 public:
  virtual ~Terminal() = default;

  // Standard output, at once and whole.
  virtual Result<void> write(std::string_view text) = 0;
  // Standard error. If that fails there is nobody left to tell.
  virtual void complain(std::string_view text) = 0;

  // Of standard output and of standard error. Asked again for every picture: windows change their size.
  virtual Screen screen() const = 0;
  virtual Screen error_screen() const = 0;

  // The next line of standard input, without its end; nothing at its end, or once a signal has asked for ours.
  virtual std::optional<std::string> read_line() = 0;
  // Whether a person types there, who wants to be waited for between two pages.
  virtual bool has_reader() const = 0;
  // Where the user's data is kept: XDG_DATA_HOME, or ~/.local/share. "" if nowhere.
  virtual std::string data_folder() const = 0;

  // From begin_run() to end_run() a signal does not end the program: stop_signal() gives it, 0 until one has come.
  virtual void begin_run() = 0;
  virtual void end_run() = 0;
  virtual int stop_signal() const = 0;
  // Within a run: whether the user wants it held (Ctrl-Z). hold() returns when the program is continued.
  virtual bool wants_hold() const = 0;
  virtual void hold() = 0;

  // Around a picture that is drawn in place: what is typed must not show up in it.
  virtual void begin_picture() = 0;
  virtual void end_picture() = 0;
};

// While it lives, Ctrl-C ends the run and not the program.
class StopSignals {
 public:
  explicit StopSignals(Terminal& terminal) : m_terminal(terminal) { m_terminal.begin_run(); }
  ~StopSignals() { m_terminal.end_run(); }
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

 private:
  Terminal& m_terminal;
};

}  // namespace loiter::cli
