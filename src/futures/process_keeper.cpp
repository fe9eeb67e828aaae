#include "futures/process_keeper.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <map>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "base/mutex.hpp"
#include "futures/spawn_settings.hpp"

extern char** environ;

namespace loiter::futures {
namespace {

constexpr int socket_of_child = 3;

// A descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : m_fd(fd) {}
  Descriptor(Descriptor&& other) noexcept : m_fd(other.release()) {}
  Descriptor& operator=(Descriptor other) noexcept {
    std::swap(m_fd, other.m_fd);
    return *this;
  }
  ~Descriptor() {
    if (m_fd >= 0) ::close(m_fd);
  }
  int get() const { return m_fd; }
  int release() { return std::exchange(m_fd, -1); }

 private:
  int m_fd;
};

[[noreturn]] void fail_with(int error, const std::string& what) {
  throw std::system_error(error, std::generic_category(), what);
}

struct Started {
  pid_t pid = 0;
  Descriptor socket;
  Descriptor handle;  // a pidfd: readable once it has ended
};

Started spawn(const std::string& program) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) fail_with(errno, "no socket to a worker");
  Started started{.pid = 0, .socket = Descriptor(ends[0]), .handle = Descriptor()};
  // Above the number it will have: a descriptor that is moved onto itself would keep its close-on-exec flag.
  const Descriptor theirs(::fcntl(ends[1], F_DUPFD_CLOEXEC, socket_of_child + 1));
  ::close(ends[1]);
  if (theirs.get() < 0) fail_with(errno, "no socket to a worker");
  SpawnSettings settings;
  ::posix_spawn_file_actions_addopen(&settings.actions, 1, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_adddup2(&settings.actions, theirs.get(), socket_of_child);
  ::posix_spawn_file_actions_addclosefrom_np(&settings.actions, socket_of_child + 1);
  std::string path = program;
  std::string parent = std::to_string(::getpid());
  std::array<char*, 3> arguments{path.data(), parent.data(), nullptr};
  const int error =
      ::posix_spawn(&started.pid, path.c_str(), &settings.actions, &settings.attributes, arguments.data(), environ);
  if (error != 0) fail_with(error, "the worker program " + program + " cannot be started");
  started.handle = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, started.pid, 0)));
  if (started.handle.get() < 0) {
    const int why = errno;
    ::kill(started.pid, SIGKILL);
    ::waitpid(started.pid, nullptr, 0);
    fail_with(why, "a worker process cannot be watched");
  }
  return started;
}

// What the keeper's thread and the holder of a Child share.
struct Life {
  explicit Life(std::function<void()> callback) : on_end(std::move(callback)) {}
  const std::function<void()> on_end;
  Mutex mutex;
  CondVar changed;
  bool is_over LOITER_GUARDED_BY(mutex) = false;
  pid_t pid = 0;
  int handle = -1;  // kept open until it is reaped
};

class Keeper final : public ProcessKeeper {
 public:
  Keeper() : m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), m_thread([this] { keep(); }) {}
  ~Keeper() {
    {
      Lock lock(m_mutex);
      m_over = true;
    }
    wake();
    m_thread.join();
  }
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;

  std::unique_ptr<Child> start(const std::string& program, std::function<void()> on_end) override;

 private:
  // One request to the keeper's thread, answered in place.
  struct Request {
    const std::string* program;
    std::shared_ptr<Life> life;
    std::optional<Started> started;
    std::optional<std::system_error> error;
    bool is_answered = false;
  };

  void wake() const {
    const std::uint64_t one = 1;
    while (::write(m_wake.get(), &one, sizeof one) < 0 && errno == EINTR) {
    }
  }

  void keep() {
    while (!is_over()) {
      answer_requests();
      std::vector<pollfd> watched{{.fd = m_wake.get(), .events = POLLIN, .revents = 0}};
      for (const auto& [handle, life] : m_lives) watched.push_back({.fd = handle, .events = POLLIN, .revents = 0});
      if (::poll(watched.data(), watched.size(), -1) < 0) continue;
      if (watched.front().revents != 0) {
        std::uint64_t count = 0;
        while (::read(m_wake.get(), &count, sizeof count) < 0 && errno == EINTR) {
        }
      }
      for (std::size_t i = 1; i < watched.size(); ++i) {
        if (watched[i].revents != 0) reap(watched[i].fd);
      }
    }
  }

  bool is_over() {
    Lock lock(m_mutex);
    return m_over;
  }

  void answer_requests() {
    Lock lock(m_mutex);
    for (Request* request : std::exchange(m_requests, {})) {
      try {
        request->started = spawn(*request->program);
        request->life->pid = request->started->pid;
        request->life->handle = request->started->handle.get();
        m_lives.emplace(request->started->handle.release(), request->life);
      } catch (const std::system_error& error) {
        request->error = error;
      }
      request->is_answered = true;
    }
    m_answered.notify_all();
  }

  void reap(int handle) {
    const auto found = m_lives.find(handle);
    const std::shared_ptr<Life> life = found->second;
    m_lives.erase(found);
    while (::waitpid(life->pid, nullptr, 0) < 0 && errno == EINTR) {
    }
    life->on_end();
    {
      Lock lock(life->mutex);
      life->is_over = true;
      ::close(handle);
    }
    life->changed.notify_all();
  }

  const Descriptor m_wake;
  Mutex m_mutex;
  CondVar m_answered;
  std::vector<Request*> m_requests LOITER_GUARDED_BY(m_mutex);
  bool m_over LOITER_GUARDED_BY(m_mutex) = false;
  std::map<int, std::shared_ptr<Life>> m_lives;  // of the keeper's thread; by pidfd
  std::thread m_thread;
};

class KeptChild final : public ProcessKeeper::Child {
 public:
  KeptChild(std::shared_ptr<Life> life, Descriptor socket) : m_life(std::move(life)), m_socket(std::move(socket)) {}
  ~KeptChild() override {
    kill();
    while (!wait_for_end(1000)) {
    }
  }
  KeptChild(const KeptChild&) = delete;
  KeptChild& operator=(const KeptChild&) = delete;

  pid_t pid() const override { return m_life->pid; }
  int take_socket() override { return m_socket.release(); }
  void kill() override {
    Lock lock(m_life->mutex);
    if (m_life->is_over) return;  // its number may be another's by now
    ::syscall(SYS_pidfd_send_signal, m_life->handle, SIGKILL, nullptr, 0);
  }
  bool wait_for_end(int milliseconds) override {
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
    Lock lock(m_life->mutex);
    while (!m_life->is_over && std::chrono::steady_clock::now() < until) {
      m_life->changed.wait_until(m_life->mutex, until);
    }
    return m_life->is_over;
  }

 private:
  const std::shared_ptr<Life> m_life;
  Descriptor m_socket;
};

std::unique_ptr<ProcessKeeper::Child> Keeper::start(const std::string& program, std::function<void()> on_end) {
  Request request{.program = &program,
                  .life = std::make_shared<Life>(std::move(on_end)),
                  .started = std::nullopt,
                  .error = std::nullopt};
  {
    Lock lock(m_mutex);
    m_requests.push_back(&request);
  }
  wake();
  {
    Lock lock(m_mutex);
    while (!request.is_answered) m_answered.wait(m_mutex);
  }
  if (request.error) throw std::system_error(*request.error);
  return std::make_unique<KeptChild>(request.life, std::move(request.started->socket));
}

}  // namespace

ProcessKeeper& ProcessKeeper::instance() {
  static Keeper keeper;
  return keeper;
}

}  // namespace loiter::futures
