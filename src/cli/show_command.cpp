#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/recorded_run.hpp"
#include "trace/run_file.hpp"

namespace loiter::cli {

int show_text_command(const ShowTextCommand& command, Terminal& terminal) {
  const Result<trace::RunFile> file = trace::load_run_file(command.file);
  if (!file) {
    // FILE:LINE: message, as compilers write it, for editors to jump to.
    terminal.complain(file.error().message + "\n");
    return Status::bad_usage;
  }
  const Screen screen = terminal.screen();
  const int status = print(terminal, recorded_run_text(trace::fold(file->recording), screen));
  if (status == Status::finished && file->unknown_events > 0) {
    complain(terminal, fmt::format("{} events are of kinds that this version does not know; they are not shown.",
                                   file->unknown_events));
  }
  return status;
}

}  // namespace loiter::cli
