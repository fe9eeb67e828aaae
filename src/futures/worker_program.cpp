#include "futures/worker_program.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <thread>

#include "futures/errors.hpp"
#include "futures/remote_function.hpp"
#include "futures/worker_channel.hpp"

namespace loiter::futures {
namespace {

constexpr int worker_socket = 3;
constexpr int status_of_bad_message = 3;

// How often code that computes asks whether it is held. Longer: fewer round trips, which cost the other cores' work, too;
// shorter: a pause is obeyed sooner, and 20 ms are what the eye sees.
constexpr std::chrono::milliseconds between_checkpoints{15};
// How long compute() computes before it looks how much is done: it may take so much longer than asked.
constexpr std::chrono::milliseconds round_of_computing{2};

std::chrono::nanoseconds processor_time() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

class RemoteHost final : public Host {
 public:
  explicit RemoteHost(WorkerChannel& channel) : m_channel(channel) {}

  void sleep_for(Duration d) override {
    ByteWriter content;
    Codec<Duration>::write(content, d);
    ask(MessageKind::Sleep, content.bytes());
  }
  // Processor time counts, turned into lab time as fast as the lab's clock goes meanwhile.
  void compute(Duration d) override {
    double done = 0;
    const auto cpu_at_first = processor_time();
    Instant lab = ask(MessageKind::Checkpoint);
    const Instant since = lab;
    while (done < static_cast<double>(d.count())) {
      const auto real_before = std::chrono::steady_clock::now();
      const auto cpu_before = processor_time();
      while (std::chrono::steady_clock::now() - real_before < round_of_computing) {
        volatile std::uint64_t sink = 1;
        for (int i = 0; i < 10'000; ++i) sink = sink * 6364136223846793005ULL + 1442695040888963407ULL;
      }
      const std::chrono::duration<double> cpu = processor_time() - cpu_before;
      const Instant lab_now = ask(MessageKind::Now);
      const std::chrono::duration<double> real = std::chrono::steady_clock::now() - real_before;
      done += static_cast<double>((lab_now - lab).count()) * std::min(1.0, cpu / real);
      lab = ask(MessageKind::Checkpoint);  // what it is held there is not work
    }
    computed(since, processor_time() - cpu_at_first);
  }
  void checkpoint() override {
    const auto now = std::chrono::steady_clock::now();
    if (now < m_next_checkpoint) return;
    ask(MessageKind::Checkpoint);
    m_next_checkpoint = std::chrono::steady_clock::now() + between_checkpoints;
  }
  Duration cpu_time() override { return processor_time(); }
  void computed(Instant since, Duration cpu) override {
    ByteWriter content;
    Codec<Duration>::write(content, since.time_since_epoch());
    Codec<Duration>::write(content, cpu);
    if (!m_channel.send(MessageKind::Computed, content.bytes())) leave();
  }
  Instant now() override { return ask(MessageKind::Now); }
  std::string ask(std::string_view question) override {
    check_size(question);
    return std::string(converse(MessageKind::Ask, question, MessageKind::Reply).content);
  }
  void tell(std::string_view message) override {
    check_size(message);
    if (!m_channel.send(MessageKind::Tell, message)) leave();
  }

 private:
  static void check_size(std::string_view message) {
    if (message.size() > largest_message) {
      throw ValueError(fmt::format("a message of {} bytes is more than the 64 MiB that can be sent", message.size()));
    }
  }

  // The lab is gone, or does not want this call any more.
  [[noreturn]] static void leave() { std::_Exit(0); }

  Instant ask(MessageKind what, std::string_view content = {}) {
    return Instant{decode<Duration>(converse(what, content, MessageKind::GoOn).content)};
  }

  Frame converse(MessageKind what, std::string_view content, MessageKind expected) {
    if (!m_channel.send(what, content)) leave();
    const auto answer = m_channel.receive();
    if (!answer) leave();
    if (answer->kind != expected) throw BadMessage("the lab answers something else than it was asked");
    return *answer;
  }

  WorkerChannel& m_channel;
  std::chrono::steady_clock::time_point m_next_checkpoint{};
};

// Ends the process when the lab's end of the socket is gone, whatever a call is doing.
void end_with_the_lab() {
  std::thread([] {
    pollfd lab{.fd = worker_socket, .events = POLLRDHUP, .revents = 0};
    while (::poll(&lab, 1, -1) < 0 || (lab.revents & (POLLRDHUP | POLLHUP | POLLERR | POLLNVAL)) == 0) {
    }
    std::_Exit(0);
  }).detach();
}

// The signal comes when the thread that started this process ends; the check closes the gap before it was asked for.
bool tie_to(pid_t parent) { return ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && ::getppid() == parent; }

// What an exception says may be of any length; a message may not.
std::string_view cut(std::string_view text) { return text.substr(0, std::size_t{1} << 20U); }

bool send_error(WorkerChannel& channel, MessageKind kind, const std::exception_ptr& error, std::string_view trace) {
  const ErrorText text = describe(error);
  ByteWriter content;
  content.text(cut(text.type));
  content.text(cut(text.text));
  content.text(cut(trace));
  return channel.send(kind, content.bytes());
}

bool answer_call(WorkerChannel& channel, Host& host, const std::string& call) {
  try {
    return channel.send(MessageKind::Value, run_encoded_call(host, call));
  } catch (const BadMessage&) {
    throw;
  } catch (...) {
    ByteReader bytes(call);
    const std::string trace = fmt::format("in {}(), in worker process {}", bytes.text(), ::getpid());
    return send_error(channel, MessageKind::Raised, std::current_exception(), trace);
  }
}

// False: the initializer has failed, and the pool breaks.
bool be_ready(WorkerChannel& channel, Host& host, std::string_view hello) {
  ByteReader content(hello);
  if (content.number() != message_version) throw BadMessage("the lab speaks another version");
  const std::string initializer(content.text());
  content.must_be_at_end();
  if (!initializer.empty()) {
    try {
      run_encoded_call(host, initializer);
    } catch (const BadMessage&) {
      throw;
    } catch (...) {
      send_error(channel, MessageKind::NotReady, std::current_exception(), "");
      return false;
    }
  }
  ByteWriter ready;
  ready.number(message_version);
  return channel.send(MessageKind::Ready, ready.bytes());
}

int serve() {
  WorkerChannel channel(worker_socket);
  RemoteHost host(channel);
  const auto hello = channel.receive();
  if (!hello) return 0;
  if (hello->kind != MessageKind::Hello) throw BadMessage("the first message is no Hello");
  if (!be_ready(channel, host, std::string(hello->content))) return 1;
  while (const auto frame = channel.receive()) {
    if (frame->kind != MessageKind::Call) throw BadMessage("a message is no Call");
    if (!answer_call(channel, host, std::string(frame->content))) break;
  }
  return 0;
}

}  // namespace

int run_worker_program(int argc, char** argv) {
  pid_t parent = 0;
  const char* const number = argc == 2 ? argv[1] : "";
  if (std::from_chars(number, number + std::strlen(number), parent).ec != std::errc{}) {
    fmt::print(stderr, "loiter-worker: started by the lab, for its process pools; not by hand.\n");
    return 2;
  }
  if (!tie_to(parent)) return 0;
  end_with_the_lab();
  try {
    return serve();
  } catch (const BadMessage& error) {
    fmt::print(stderr, "loiter-worker: a message of the lab makes no sense ({}); this worker ends.\n", error.what());
    return status_of_bad_message;
  }
}

}  // namespace loiter::futures
