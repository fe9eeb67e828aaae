// ProcessTerminal: this process's standard output and error, its signals, and the terminal it may stand on.
//
// Shape    One for the life of main(). It takes SIGPIPE away from the whole process: a closed pipe is an error of
//          write(). During a run SIGINT, SIGTERM and SIGHUP ask for its end, unless they were ignored before (nohup, a
//          shell's background jobs); a second one ends the program at once, with the terminal put right.
// Errors   write() gives up on a reader that does not read once the user has asked for the end.
// Threads  The main thread; the signals may arrive on any.
#pragma once

#include <memory>

#include "cli/terminal.hpp"

namespace loiter::cli {

class ProcessTerminal final : public Terminal {
 public:
  ProcessTerminal();
  ~ProcessTerminal() override;
  ProcessTerminal(const ProcessTerminal&) = delete;
  ProcessTerminal& operator=(const ProcessTerminal&) = delete;

  Result<void> write(std::string_view text) override;
  void complain(std::string_view text) override;
  std::optional<std::string> read_line() override;
  bool has_reader() const override;
  std::string data_folder() const override;
  Screen screen() const override;
  Screen error_screen() const override;
  void begin_run() override;
  void end_run() override;
  int stop_signal() const override;
  bool wants_hold() const override;
  void hold() override;
  void begin_picture() override;
  void end_picture() override;

 private:
  struct Saved;         // what is put back: signal actions and the terminal's settings
  std::string m_typed;  // read from standard input, and not asked for yet
  std::unique_ptr<Saved> m_saved;
};

}  // namespace loiter::cli
