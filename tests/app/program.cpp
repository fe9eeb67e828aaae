#include "app/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>

extern char** environ;

namespace loiter::app::testing {
namespace {

using std::chrono::steady_clock;

class Pipe {
 public:
  Pipe() {
    if (pipe2(m_ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  }
  ~Pipe() {
    close_write();
    close(m_ends[0]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  int read_end() const { return m_ends[0]; }
  int write_end() const { return m_ends[1]; }
  void close_write() {
    if (m_ends[1] >= 0) close(m_ends[1]);
    m_ends[1] = -1;
  }

 private:
  std::array<int, 2> m_ends{};
};

// Whatever can be read now; false once the other side has closed it.
bool drain(int fd, std::string& text) {
  std::array<char, 4096> buffer{};
  const ssize_t n = read(fd, buffer.data(), buffer.size());
  if (n > 0) text.append(buffer.data(), static_cast<std::size_t>(n));
  return n > 0;
}

}  // namespace

Finished run_loiter(const std::vector<std::string>& arguments, int signal, std::chrono::milliseconds after) {
  Pipe out;
  Pipe err;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, out.write_end(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err.write_end(), STDERR_FILENO);
  std::vector<std::string> words{LOITER_BINARY};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const auto began = steady_clock::now();
  pid_t pid = 0;
  const int failed = posix_spawn(&pid, LOITER_BINARY, &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error("loiter cannot be started");
  out.close_write();
  err.close_write();
  Finished finished;
  bool sent = signal == 0;
  std::array<pollfd, 2> ends{{{out.read_end(), POLLIN, 0}, {err.read_end(), POLLIN, 0}}};
  while (ends[0].fd >= 0 || ends[1].fd >= 0) {
    poll(ends.data(), ends.size(), sent ? -1 : 10);
    if (ends[0].revents != 0 && !drain(ends[0].fd, finished.out)) ends[0].fd = -1;
    if (ends[1].revents != 0 && !drain(ends[1].fd, finished.err)) ends[1].fd = -1;
    if (!sent && steady_clock::now() - began >= after) sent = kill(pid, signal) == 0;
  }
  int status = 0;
  waitpid(pid, &status, 0);
  finished.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  finished.took = std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - began);
  return finished;
}

}  // namespace loiter::app::testing
