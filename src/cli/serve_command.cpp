#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "cli/commands.hpp"
#include "engine/file_serving.hpp"

namespace loiter::cli {
namespace {

// How long a signal may go unnoticed.
constexpr std::chrono::milliseconds patience{50};

}  // namespace

int serve_command(const ServeCommand& command, Terminal& terminal) {
  const StopSignals signals(terminal);
  const auto serving = engine::FileServing::start(command.port, command.dials);
  if (!serving) {
    complain(terminal, serving.error().message);
    return Status::bad_usage;
  }
  const int printed = print(
      terminal, fmt::format("Serving {} files at {}/ (Ctrl-C ends it)\n", (*serving)->files(), (*serving)->address()));
  if (printed != Status::finished) return printed;
  while (terminal.stop_signal() == 0) std::this_thread::sleep_for(patience);
  return print(terminal, fmt::format("{} requests were answered.\n", (*serving)->requests()));
}

}  // namespace loiter::cli
