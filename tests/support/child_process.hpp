// ChildProcess: a program started for a test, with its standard streams where the test wants them.
//
// Shape    Streams are pipes that the test reads, a file or device by its path, closed, a pipe nobody reads, or one
//          pseudo-terminal for all three. wait() gives the exit status, or 1000 + the signal that ended it.
// Owner    The test. The destructor kills what still runs.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <csignal>
#include <string>
#include <thread>
#include <utility>
#include <vector>

extern char** environ;

namespace loiter::testing {

// Any kind of end within this; a hang fails the test instead of holding it up.
inline constexpr std::chrono::seconds patience{20};

enum class Stream { Pipe, ClosedPipe, Full, Closed };

class ChildProcess {
 public:
  ChildProcess(const std::string& program, const std::vector<std::string>& arguments, Stream output = Stream::Pipe,
               std::vector<std::string> variables = {}) {
    std::array<int, 2> error_pipe = make_pipe();
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    std::array<int, 2> out_pipe{-1, -1};
    if (output == Stream::Pipe || output == Stream::ClosedPipe) {
      out_pipe = make_pipe();
      posix_spawn_file_actions_adddup2(&actions, out_pipe[1], 1);
    } else if (output == Stream::Full) {
      posix_spawn_file_actions_addopen(&actions, 1, "/dev/full", O_WRONLY, 0);
    } else {
      posix_spawn_file_actions_addclose(&actions, 1);
    }
    posix_spawn_file_actions_adddup2(&actions, error_pipe[1], 2);
    if (output == Stream::ClosedPipe) ::close(std::exchange(out_pipe[0], -1));
    start(program, arguments, actions, 0, std::move(variables));
    ::close(error_pipe[1]);
    if (out_pipe[1] >= 0) ::close(out_pipe[1]);
    m_out = out_pipe[0];
    m_err = error_pipe[0];
  }

  // On a terminal of that size, which is the program's own: Ctrl-C is press("\x03").
  ChildProcess(const std::string& program, const std::vector<std::string>& arguments, winsize size,
               std::vector<std::string> variables) {
    std::array<char, 256> name{};
    REQUIRE(::openpty(&m_out, &m_terminal, name.data(), nullptr, &size) == 0);
    ::fcntl(m_out, F_SETFD, FD_CLOEXEC);
    ::fcntl(m_terminal, F_SETFD, FD_CLOEXEC);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    // The first terminal that the leader of a new session opens becomes that session's.
    for (int descriptor = 0; descriptor <= 2; ++descriptor) {
      posix_spawn_file_actions_addopen(&actions, descriptor, name.data(), O_RDWR, 0);
    }
    start(program, arguments, actions, POSIX_SPAWN_SETSID, std::move(variables));
  }

  ~ChildProcess() {
    if (m_pid > 0) {
      ::kill(m_pid, SIGKILL);
      ::waitpid(m_pid, nullptr, 0);
    }
    for (const int descriptor : {m_out, m_err, m_terminal}) {
      if (descriptor >= 0) ::close(descriptor);
    }
  }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // What has come on standard output so far.
  std::string out;
  std::string err;

  pid_t pid() const { return m_pid; }
  void send(int signal) const { ::kill(m_pid, signal); }
  void press(const std::string& keys) const { REQUIRE(::write(m_out, keys.data(), keys.size()) > 0); }
  void resize(unsigned short columns, unsigned short rows) const {
    const winsize size{.ws_row = rows, .ws_col = columns, .ws_xpixel = 0, .ws_ypixel = 0};
    ::ioctl(m_out, TIOCSWINSZ, &size);
  }
  bool echoes() const {
    termios settings{};
    REQUIRE(::tcgetattr(m_terminal, &settings) == 0);
    return (settings.c_lflag & ECHO) != 0;
  }

  // Reads until standard output has that text.
  bool has_come(const std::string& text) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (out.find(text) == std::string::npos) {
      if (std::chrono::steady_clock::now() > until || !read_some()) return out.find(text) != std::string::npos;
    }
    return true;
  }

  // Reads everything, then waits.
  int wait() {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < until && read_some()) {
    }
    return wait_without_reading();
  }

  int wait_without_reading() {
    const auto until = std::chrono::steady_clock::now() + patience;
    int status = 0;
    while (::waitpid(m_pid, &status, WNOHANG) == 0) {
      if (std::chrono::steady_clock::now() > until) FAIL("the program does not end");
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    m_pid = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
  }

 private:
  static std::array<int, 2> make_pipe() {
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    return ends;
  }

  void start(const std::string& program, const std::vector<std::string>& arguments, posix_spawn_file_actions_t& actions,
             short flags, std::vector<std::string> variables) {
    std::vector<char*> argv{const_cast<char*>(program.c_str())};
    for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    std::vector<char*> environment;
    for (std::string& variable : variables) environment.push_back(variable.data());
    for (char** variable = environ; *variable != nullptr; ++variable) environment.push_back(*variable);
    environment.push_back(nullptr);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, flags);
    REQUIRE(::posix_spawn(&m_pid, program.c_str(), &actions, &attributes, argv.data(), environment.data()) == 0);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
  }

  // False once both streams have ended.
  bool read_some() {
    std::array<pollfd, 2> streams{{{m_out, POLLIN, 0}, {m_err, POLLIN, 0}}};
    if (m_out < 0 && m_err < 0) return false;
    // A terminal tells of its end only while nobody else has it open; the child's end is looked for as well.
    if (::poll(streams.data(), streams.size(), 20) == 0) return m_terminal < 0 || !has_ended();
    take(streams[0], m_out, out);
    take(streams[1], m_err, err);
    return m_out >= 0 || m_err >= 0;
  }

  bool has_ended() const {
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(m_pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == m_pid;
  }

  static void take(const pollfd& stream, int& descriptor, std::string& text) {
    if (descriptor < 0 || stream.revents == 0) return;
    std::array<char, 65536> buffer{};
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count > 0) {
      text.append(buffer.data(), static_cast<std::size_t>(count));
    } else {
      ::close(std::exchange(descriptor, -1));
    }
  }

  pid_t m_pid = -1;
  int m_out = -1;  // of a terminal: its other side, for both directions
  int m_err = -1;
  int m_terminal = -1;
};

}  // namespace loiter::testing
