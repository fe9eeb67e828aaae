#include "engine/child_program.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

#include "base/text.hpp"
#include "futures/spawn_settings.hpp"

extern char** environ;

namespace loiter::engine {
namespace {

constexpr std::size_t most_kept = std::size_t{1} << 20U;
constexpr std::size_t most_read = 100 * most_kept;
constexpr std::size_t read_size = 65536;

std::string reason(int error) { return std::generic_category().message(error); }

// Both ends above the standard streams: dup2() onto itself would keep the close-on-exec flag.
bool make_pipe(std::array<int, 2>& ends) {
  std::array<int, 2> low{};
  if (::pipe2(low.data(), O_CLOEXEC | O_NONBLOCK) != 0) return false;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    ends[i] = ::fcntl(low[i], F_DUPFD_CLOEXEC, 3);
    ::close(low[i]);
  }
  ::fcntl(ends[1], F_SETFL, 0);  // the child's end waits, as programs expect
  return ends[0] >= 0 && ends[1] >= 0;
}

void close_all(std::initializer_list<int> descriptors) {
  for (const int descriptor : descriptors) {
    if (descriptor >= 0) ::close(descriptor);
  }
}

}  // namespace

Result<std::unique_ptr<ChildProgram>> ChildProgram::start(const std::string& program,
                                                          const std::vector<std::string>& arguments) {
  const auto cannot = [&](int error) {
    return fail(fmt::format("{} cannot be started: {}.", printable(program, 200), reason(error)));
  };
  std::array<int, 2> out{-1, -1};
  std::array<int, 2> err{-1, -1};
  if (!make_pipe(out) || !make_pipe(err)) {
    const int error = errno;
    close_all({out[0], out[1], err[0], err[1]});
    return cannot(error);
  }
  futures::SpawnSettings settings;
  ::posix_spawn_file_actions_adddup2(&settings.actions, out[1], 1);
  ::posix_spawn_file_actions_adddup2(&settings.actions, err[1], 2);
  ::posix_spawn_file_actions_addclosefrom_np(&settings.actions, 3);
  std::vector<std::string> words{program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  std::unique_ptr<ChildProgram> child(new ChildProgram());
  const int error =
      ::posix_spawn(&child->m_pid, program.c_str(), &settings.actions, &settings.attributes, argv.data(), environ);
  close_all({out[1], err[1]});
  child->m_output[0].descriptor = out[0];
  child->m_output[1].descriptor = err[0];
  if (error != 0) {
    child->m_pid = -1;
    return cannot(error);
  }
  child->m_handle = static_cast<int>(::syscall(SYS_pidfd_open, child->m_pid, 0));
  if (child->m_handle < 0) return cannot(errno);
  return child;
}

ChildProgram::~ChildProgram() {
  end();
  close_all({m_handle, m_output[0].descriptor, m_output[1].descriptor});
}

bool ChildProgram::wait(std::chrono::milliseconds at_most) {
  const auto until = std::chrono::steady_clock::now() + at_most;
  while (m_pid >= 0) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0) return false;
    std::array<pollfd, 3> watched{{{.fd = m_output[0].descriptor, .events = POLLIN, .revents = 0},
                                   {.fd = m_output[1].descriptor, .events = POLLIN, .revents = 0},
                                   {.fd = m_handle, .events = POLLIN, .revents = 0}}};
    if (::poll(watched.data(), watched.size(), static_cast<int>(left.count())) <= 0) continue;
    for (std::size_t i = 0; i < m_output.size(); ++i) {
      if (watched[i].revents != 0) read_some(m_output[i]);
    }
    if (watched[2].revents != 0 || m_output[0].size + m_output[1].size > most_read) end();
  }
  return true;
}

void ChildProgram::read_some(Output& output) {
  std::array<char, read_size> buffer{};
  const ssize_t count = ::read(output.descriptor, buffer.data(), buffer.size());
  if (count < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (count <= 0) {
    ::close(std::exchange(output.descriptor, -1));
    return;
  }
  // The end of what was written says how it went: of too much the beginning is forgotten.
  output.size += static_cast<std::size_t>(count);
  output.text.append(buffer.data(), static_cast<std::size_t>(count));
  if (output.text.size() > 2 * most_kept) output.text.erase(0, output.text.size() - most_kept);
}

// Its number is its group's, and nobody else's before it is reaped.
void ChildProgram::end() {
  if (m_pid < 0) return;
  ::kill(-m_pid, SIGKILL);
  int status = 0;
  while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
  }
  m_pid = -1;
  if (WIFEXITED(status)) m_exit_status = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) m_signal = WTERMSIG(status);
  // What it wrote last is in the pipes already.
  for (Output& output : m_output) {
    for (std::size_t before = output.size - 1; output.descriptor >= 0 && output.size != before;) {
      before = output.size;
      read_some(output);
    }
  }
}

}  // namespace loiter::engine
