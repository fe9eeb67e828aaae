#include "base/save_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <ostream>
#include <streambuf>
#include <system_error>

#include "base/text.hpp"

namespace loiter {
namespace {

std::string reason(int error) { return std::generic_category().message(error); }

tl::unexpected<Error> cannot(const std::string& path, const std::string& why) {
  return fail(fmt::format("{} cannot be written: {}.", printable(path, 400), why));
}

// A stream into a file descriptor that remembers why a write failed.
class DescriptorBuffer : public std::streambuf {
 public:
  explicit DescriptorBuffer(int descriptor) : m_descriptor(descriptor) {
    setp(m_buffer.data(), m_buffer.data() + m_buffer.size());
  }
  int error() const { return m_error; }

 protected:
  int overflow(int c) override {
    if (sync() != 0) return traits_type::eof();
    if (c != traits_type::eof()) sputc(traits_type::to_char_type(c));
    return traits_type::not_eof(c);
  }

  int sync() override {
    for (const char* from = pbase(); from != pptr() && m_error == 0;) {
      const ssize_t written = ::write(m_descriptor, from, static_cast<std::size_t>(pptr() - from));
      if (written >= 0) {
        from += written;
      } else if (errno != EINTR) {
        m_error = errno;
      }
    }
    setp(m_buffer.data(), m_buffer.data() + m_buffer.size());
    return m_error == 0 ? 0 : -1;
  }

 private:
  int m_descriptor;
  int m_error = 0;
  std::array<char, std::size_t{1} << 16> m_buffer;
};

// A write to a pipe without a reader is an error here, not the end of the program.
class NoSigpipe {
 public:
  NoSigpipe() {
    sigset_t pending;
    sigpending(&pending);
    m_was_pending = sigismember(&pending, SIGPIPE) == 1;
    sigemptyset(&m_pipe);
    sigaddset(&m_pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &m_pipe, &m_before);
  }
  ~NoSigpipe() {
    sigset_t pending;
    sigpending(&pending);
    int signal = 0;
    if (!m_was_pending && sigismember(&pending, SIGPIPE) == 1) sigwait(&m_pipe, &signal);
    pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
  }
  NoSigpipe(const NoSigpipe&) = delete;
  NoSigpipe& operator=(const NoSigpipe&) = delete;

 private:
  sigset_t m_pipe;
  sigset_t m_before;
  bool m_was_pending = false;
};

// "/dev/stdout" and the like stand for something this program already has open, which may be a file.
bool stands_for_descriptor(const std::string& path) {
  return path.starts_with("/dev/std") || path.starts_with("/dev/fd/") || path.starts_with("/proc/");
}

// Fills and closes the descriptor.
Result<void> fill(int descriptor, const std::string& path, const std::function<Result<void>(std::ostream&)>& write,
                  bool to_disk) {
  DescriptorBuffer buffer(descriptor);
  std::ostream out(&buffer);
  Result<void> written = write(out);
  out.flush();
  int error = buffer.error();
  if (error == 0 && to_disk && written && ::fsync(descriptor) != 0 && errno != EINVAL) error = errno;
  if (::close(descriptor) != 0 && error == 0 && errno != EINTR) error = errno;
  if (error != 0) return cannot(path, reason(error));
  if (!written) return fail(fmt::format("{}: {}", printable(path, 400), written.error().message));
  return {};
}

Result<void> write_directly(const std::string& path, const std::function<Result<void>(std::ostream&)>& write) {
  const NoSigpipe guard;
  // Without the flag, opening a pipe that nobody reads would wait for ever.
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return cannot(path, errno == ENXIO ? "nobody reads from this pipe" : reason(errno));
  ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) & ~O_NONBLOCK);
  return fill(descriptor, path, write, false);
}

// A file beside the target: without a name if the system can, so that not even a killed program leaves it behind.
struct Beside {
  int descriptor = -1;
  std::string name;
  bool is_named = false;

  explicit Beside(const std::string& target) {
    static std::atomic<unsigned> count{0};
    name = fmt::format("{}.{}-{}.tmp", target, ::getpid(), count++);
#ifdef O_TMPFILE
    const std::string folder = std::filesystem::path(target).parent_path().string();
    if (::access("/proc/self/fd", X_OK) == 0) {
      descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
    }
#endif
    if (descriptor >= 0) return;
    descriptor = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    is_named = descriptor >= 0;
  }
  ~Beside() {
    if (is_named) ::unlink(name.c_str());
  }
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;

  // While the descriptor is open. 0, or why it failed. Where no file is replaced, one without a name takes its place in
  // one step, so that a program killed at any moment leaves nothing else behind.
  int take_place(const std::string& target) {
    if (!is_named && link_to(target) == 0) return 0;
    if (!is_named) {
      if (errno != EEXIST || link_to(name) != 0) return errno;
      is_named = true;
    }
    if (std::rename(name.c_str(), target.c_str()) != 0) return errno;
    is_named = false;
    return 0;
  }

 private:
  int link_to(const std::string& path) const {
    const std::string self = fmt::format("/proc/self/fd/{}", descriptor);
    return ::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW);
  }
};

}  // namespace

Result<void> save_file(const std::string& path, const std::function<Result<void>(std::ostream&)>& write) {
  struct stat before {};
  const bool exists = ::stat(path.c_str(), &before) == 0;
  if (!exists && errno != ENOENT) return cannot(path, reason(errno));
  if (path.empty() || path.back() == '/' || (exists && S_ISDIR(before.st_mode))) {
    return cannot(path, "that is a folder; name a file in it");
  }
  if (exists && (!S_ISREG(before.st_mode) || stands_for_descriptor(path))) return write_directly(path, write);
  if (exists && ::access(path.c_str(), W_OK) != 0) return cannot(path, reason(errno));

  std::error_code not_resolved;
  const std::filesystem::path resolved = std::filesystem::canonical(path, not_resolved);
  const std::string target = not_resolved ? path : resolved.string();
  Beside beside(target);
  if (beside.descriptor < 0) return cannot(path, reason(errno));
  if (exists) ::fchmod(beside.descriptor, before.st_mode & 07777U);
  // A second descriptor keeps the nameless file alive until it has its name.
  const int copy = ::fcntl(beside.descriptor, F_DUPFD_CLOEXEC, 0);
  if (copy < 0) {
    const int error = errno;
    ::close(beside.descriptor);
    return cannot(path, reason(error));
  }
  const Result<void> filled = fill(copy, path, write, true);
  const int error = filled ? beside.take_place(target) : 0;
  ::close(beside.descriptor);
  if (!filled) return filled;
  if (error != 0) return cannot(path, reason(error));
  return {};
}

}  // namespace loiter
