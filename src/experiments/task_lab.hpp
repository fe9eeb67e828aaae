// TaskLab: what a function of an experiment that may run in a worker process sees of the lab.
//
//   int loiter(Host& host, Duration unit, int n) { TaskLab lab(host); lab.display("..."); lab.sleep(unit * n); ... }
//
// Shape    The same calls as Lab has. What is shown goes as a message to the Lab of the run, in this process or the next.
// Units    Lab time.
// Errors   As Host: Aborted once the run is being stopped.
// Threads  The one that runs the function.
#pragma once

#include <string_view>

#include "futures/host.hpp"

namespace loiter::experiments {

class TaskLab {
 public:
  explicit TaskLab(futures::Host& host) : m_host(host) {}

  void sleep(Duration d) { m_host.sleep_for(d); }
  void print(std::string_view text);
  void print_part(std::string_view text);
  void display(std::string_view text);
  void at(std::string_view site);
  void progress(std::int64_t done, std::int64_t total);  // in bytes, or units of work

 private:
  futures::Host& m_host;
};

// What a message of a TaskLab says.
struct TaskMessage {
  enum class Kind : std::uint8_t { Print = 1, PrintPart, Display, At, Progress };
  Kind kind = Kind::Print;
  std::string_view text;  // of the message; not of Progress
  std::int64_t done = 0;  // of Progress
  std::int64_t total = 0;
};
std::string progress_message(std::int64_t done, std::int64_t total);
// Errors: BadMessage.
TaskMessage read_task_message(std::string_view message);

}  // namespace loiter::experiments
