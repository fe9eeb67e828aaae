#include "cli/process_terminal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace loiter::cli {
namespace {

// A pipe that poll() calls writable takes this much without waiting (PIPE_BUF).
constexpr std::size_t piece_bytes = 4096;
constexpr int patience_ms = 50;
constexpr std::size_t longest_line = 10'000;  // that anybody types

// All that signal handlers touch. They know no objects: there is one process.
volatile std::sig_atomic_t stop_asked = 0;
volatile std::sig_atomic_t hold_asked = 0;
volatile std::sig_atomic_t picture_is_open = 0;
volatile std::sig_atomic_t echo_is_off = 0;
termios settings_before;

void put_terminal_right() {
  if (picture_is_open != 0) {
    constexpr std::string_view show_cursor = "\033[?7h\033[?25h\033[0m\r\n";
    [[maybe_unused]] const ssize_t ignored = ::write(STDOUT_FILENO, show_cursor.data(), show_cursor.size());
  }
  if (echo_is_off != 0) ::tcsetattr(STDIN_FILENO, TCSANOW, &settings_before);
}

extern "C" void on_stop(int signal) {
  const int error = errno;
  if (stop_asked != 0) {  // asked twice: whatever it is still busy with can wait no longer
    put_terminal_right();
    ::_exit(128 + signal);
  }
  stop_asked = signal;
  errno = error;
}

extern "C" void on_hold(int /*signal*/) { hold_asked = 1; }

std::string environment(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nothing here sets variables
  return value == nullptr ? "" : value;
}

Screen screen_on(int descriptor) {
  winsize size{};
  const bool is_terminal = ::isatty(descriptor) == 1;
  if (is_terminal && ::ioctl(descriptor, TIOCGWINSZ, &size) != 0) size = {};
  return screen_of(is_terminal, size.ws_col, size.ws_row, environment);
}

// A closed standard descriptor would be given to the next file opened, which would then be written into.
void occupy_standard_descriptors() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) == -1) {
      // Writing there stays an error: it is open for reading only.
      [[maybe_unused]] const int ignored = ::open("/dev/null", O_RDONLY);
    }
  }
}

void handle(int signal, void (*handler)(int), struct sigaction* before) {
  struct sigaction now {};
  now.sa_handler = handler;
  sigemptyset(&now.sa_mask);
  if (::sigaction(signal, nullptr, before) == 0 && before->sa_handler == SIG_IGN && signal != SIGPIPE) return;
  ::sigaction(signal, &now, before);
}

bool is_in_foreground() { return ::isatty(STDIN_FILENO) == 1 && ::tcgetpgrp(STDIN_FILENO) == ::getpgrp(); }

void turn_echo_off() {
  if (!is_in_foreground() || ::tcgetattr(STDIN_FILENO, &settings_before) != 0) return;
  termios quiet = settings_before;
  quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHONL);
  if (::tcsetattr(STDIN_FILENO, TCSANOW, &quiet) == 0) echo_is_off = 1;
}

void turn_echo_on() {
  if (echo_is_off == 0) return;
  ::tcsetattr(STDIN_FILENO, TCSANOW, &settings_before);
  echo_is_off = 0;
}

tl::unexpected<Error> no_output(int error) {
  const std::string why = error == EPIPE    ? "nobody reads it any more"
                          : error == ENOSPC ? "no space is left there"
                          : error == EBADF  ? "it is closed"
                                            : std::generic_category().message(error);
  return fail(fmt::format("Standard output could not be written: {}.", why));
}

}  // namespace

struct ProcessTerminal::Saved {
  static constexpr std::array<int, 3> stop_signals{SIGINT, SIGTERM, SIGHUP};
  struct sigaction pipe {};
  std::array<struct sigaction, 3> stop{};
  struct sigaction hold {};
};

ProcessTerminal::ProcessTerminal() : m_saved(std::make_unique<Saved>()) {
  occupy_standard_descriptors();
  handle(SIGPIPE, SIG_IGN, &m_saved->pipe);
}

ProcessTerminal::~ProcessTerminal() { ::sigaction(SIGPIPE, &m_saved->pipe, nullptr); }

Result<void> ProcessTerminal::write(std::string_view text) {
  while (!text.empty()) {
    pollfd ready{.fd = STDOUT_FILENO, .events = POLLOUT, .revents = 0};
    const int count = ::poll(&ready, 1, patience_ms);
    if (count == 0 || (count < 0 && errno == EINTR)) {
      // Nobody takes the text. As long as nobody asks for the end, that is how a pager holds a program.
      if (stop_asked != 0 && count == 0) return fail("Standard output could not be written: its reader does not read.");
      continue;
    }
    const ssize_t written = ::write(STDOUT_FILENO, text.data(), std::min(text.size(), piece_bytes));
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR && errno != EAGAIN) {
      return no_output(errno);
    }
  }
  return {};
}

void ProcessTerminal::complain(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
    if (written < 0 && errno != EINTR) return;
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::optional<std::string> ProcessTerminal::read_line() {
  for (;;) {
    const std::size_t end = m_typed.find('\n');
    if (end != std::string::npos || m_typed.size() >= longest_line) {
      std::string line = m_typed.substr(0, std::min(end, longest_line));
      m_typed.erase(0, end == std::string::npos ? line.size() : end + 1);
      return line;
    }
    if (stop_asked != 0) return std::nullopt;
    if (hold_asked != 0) hold();
    pollfd ready{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    if (::poll(&ready, 1, patience_ms) <= 0) continue;
    std::array<char, piece_bytes> piece{};
    const ssize_t count = ::read(STDIN_FILENO, piece.data(), piece.size());
    if (count > 0) {
      m_typed.append(piece.data(), static_cast<std::size_t>(count));
    } else if (count == 0 || (errno != EINTR && errno != EAGAIN)) {
      if (m_typed.empty()) return std::nullopt;
      return std::exchange(m_typed, {});  // a last line without an end
    }
  }
}

bool ProcessTerminal::has_reader() const { return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1; }

std::string ProcessTerminal::data_folder() const {
  // A relative path means nothing, says the standard.
  if (const std::string data = environment("XDG_DATA_HOME"); data.starts_with('/')) return data;
  const std::string home = environment("HOME");
  return home.starts_with('/') ? home + "/.local/share" : "";
}

Screen ProcessTerminal::screen() const { return screen_on(STDOUT_FILENO); }
Screen ProcessTerminal::error_screen() const { return screen_on(STDERR_FILENO); }

void ProcessTerminal::begin_run() {
  stop_asked = 0;
  hold_asked = 0;
  handle(SIGTSTP, on_hold, &m_saved->hold);
  for (std::size_t i = 0; i < Saved::stop_signals.size(); ++i)
    handle(Saved::stop_signals[i], on_stop, &m_saved->stop[i]);
}

void ProcessTerminal::end_run() {
  for (std::size_t i = 0; i < Saved::stop_signals.size(); ++i) {
    ::sigaction(Saved::stop_signals[i], &m_saved->stop[i], nullptr);
  }
  ::sigaction(SIGTSTP, &m_saved->hold, nullptr);
}

int ProcessTerminal::stop_signal() const { return stop_asked; }

void ProcessTerminal::begin_picture() {
  turn_echo_off();
  picture_is_open = 1;
}

void ProcessTerminal::end_picture() {
  picture_is_open = 0;
  turn_echo_on();
}

bool ProcessTerminal::wants_hold() const { return hold_asked != 0; }

void ProcessTerminal::hold() {
  ::sigaction(SIGTSTP, &m_saved->hold, nullptr);
  ::raise(SIGTSTP);  // here the program stands still until it is continued
  handle(SIGTSTP, on_hold, &m_saved->hold);
  hold_asked = 0;
}

}  // namespace loiter::cli
