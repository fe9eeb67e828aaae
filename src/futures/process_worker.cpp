#include "futures/process_worker.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "futures/host.hpp"
#include "futures/process_keeper.hpp"
#include "futures/remote_function.hpp"
#include "futures/worker_channel.hpp"

namespace loiter::futures {
namespace {

class SimulatedWorker final : public ProcessWorker {
 public:
  using ProcessWorker::ProcessWorker;

  std::uint32_t pid() const override { return 0; }
  void kill() override { die(); }

  Answer run(const std::string& call) override {
    OwnHost host(*this);
    try {
      return {.kind = Answer::Kind::Value, .result = run_encoded_call(host, call), .error = {}, .trace = {}};
    } catch (const runtime::Aborted&) {
      throw;
    } catch (const Dead&) {
      return {};
    } catch (...) {
      ByteReader bytes(call);
      return {.kind = Answer::Kind::Raised,
              .result = {},
              .error = describe(std::current_exception()),
              .trace = "in " + std::string(bytes.text()) + "(), in a simulated worker process"};
    }
  }

 private:
  class OwnHost final : public Host {
   public:
    explicit OwnHost(SimulatedWorker& worker) : m_worker(worker) {}
    void sleep_for(Duration d) override { m_worker.sleep_for(d); }
    void compute(Duration d) override {
      m_worker.context().runtime().compute(d);
      m_worker.checkpoint();
    }
    void checkpoint() override { m_worker.checkpoint(); }
    Duration cpu_time() override { return m_worker.context().runtime().cpu_time(); }
    void computed(Instant since, Duration cpu) override { m_worker.context().runtime().computed(since, cpu); }
    Instant now() override { return m_worker.context().runtime().now(); }
    void tell(std::string_view message) override { m_worker.context().told(message); }
    std::string ask(std::string_view question) override {
      return m_worker.context().asked(question, [this] { return m_worker.is_dead(); });
    }

   private:
    SimulatedWorker& m_worker;
  };

  Answer initialize(const std::string& initializer) override {
    return initializer.empty() ? Answer{.kind = Answer::Kind::Value, .result = {}, .error = {}, .trace = {}}
                               : run(initializer);
  }
};

class LiveWorker final : public ProcessWorker {
 public:
  explicit LiveWorker(Context& context)
      : ProcessWorker(context),
        m_child(ProcessKeeper::instance().start(context.worker_program(), [this] { die(); })),
        m_channel(m_child->take_socket()) {}
  // An idle worker ends by itself once its socket is gone. One that does not gets no more time than the eye allows.
  ~LiveWorker() override {
    m_channel.close();
    m_child->wait_for_end(100);
  }
  LiveWorker(const LiveWorker&) = delete;
  LiveWorker& operator=(const LiveWorker&) = delete;

  std::uint32_t pid() const override { return static_cast<std::uint32_t>(m_child->pid()); }
  // Dead at once, for the lane: it does not wait for the news.
  void kill() override {
    m_child->kill();
    die();
  }

  Answer run(const std::string& call) override { return converse(MessageKind::Call, call); }

 private:
  Answer initialize(const std::string& initializer) override {
    m_stop_hook.emplace(context().runtime(), [this] { m_child->kill(); });
    ByteWriter hello;
    hello.number(message_version);
    hello.text(initializer);
    return converse(MessageKind::Hello, hello.bytes());
  }

  // Until the answer to that message has come; what the worker asks for meanwhile is done here.
  Answer converse(MessageKind what, std::string_view content) {
    try {
      if (m_channel.send(what, content)) {
        while (const auto frame = m_channel.receive()) {
          if (auto answer = heed(*frame)) return std::move(*answer);
        }
      }
    } catch (const runtime::Aborted&) {
      m_child->kill();
      throw;
    } catch (const BadMessage&) {  // whatever runs there, it is no worker of ours any more
      m_child->kill();
    } catch (const Dead&) {
    }
    die();
    context().runtime().checkpoint();  // a run that is being stopped kills its workers
    return {};
  }

  std::optional<Answer> heed(const Frame& frame) {
    ByteReader content(frame.content);
    switch (frame.kind) {
      case MessageKind::Tell:
        context().told(frame.content);
        return std::nullopt;
      case MessageKind::Sleep:
        sleep_for(decode<Duration>(frame.content));
        return go_on();
      case MessageKind::Checkpoint:
        checkpoint();
        return go_on();
      case MessageKind::Computed:
        return computed(content);
      case MessageKind::Now:
        return go_on();
      case MessageKind::Ask:
        return reply(context().asked(frame.content, [this] { return is_dead(); }));
      case MessageKind::Ready:
        if (content.number() != message_version) throw BadMessage("the worker speaks another version");
        return Answer{.kind = Answer::Kind::Value, .result = {}, .error = {}, .trace = {}};
      case MessageKind::Value:
        return Answer{.kind = Answer::Kind::Value, .result = std::string(frame.content), .error = {}, .trace = {}};
      case MessageKind::NotReady:
      case MessageKind::Raised: {
        Answer raised{.kind = Answer::Kind::Raised, .result = {}, .error = {}, .trace = {}};
        raised.error.type = content.text();
        raised.error.text = content.text();
        raised.trace = content.text();
        content.must_be_at_end();
        return raised;
      }
      case MessageKind::Hello:
      case MessageKind::Call:
      case MessageKind::GoOn:
      case MessageKind::Reply:
        break;
    }
    throw BadMessage("no message that a worker sends");
  }

  std::nullopt_t computed(ByteReader& content) {
    const Instant since{Codec<Duration>::read(content)};
    const auto cpu = Codec<Duration>::read(content);
    content.must_be_at_end();
    runtime::Runtime& runtime = context().runtime();
    if (since < Instant{} || since > runtime.now() || cpu < Duration::zero()) {
      throw BadMessage("a worker has computed at no time of this run");
    }
    runtime.computed(since, cpu);
    return std::nullopt;
  }

  std::nullopt_t reply(const std::string& content) {
    if (content.size() > largest_message) throw BadMessage("an answer larger than 64 MiB");
    static_cast<void>(m_channel.send(MessageKind::Reply, content));
    return std::nullopt;
  }

  std::nullopt_t go_on() {
    ByteWriter content;
    Codec<Duration>::write(content, context().runtime().now().time_since_epoch());
    // A worker that is gone is found out by the next receive().
    static_cast<void>(m_channel.send(MessageKind::GoOn, content.bytes()));
    return std::nullopt;
  }

  const std::unique_ptr<ProcessKeeper::Child> m_child;
  WorkerChannel m_channel;
  std::optional<runtime::Runtime::StopHook> m_stop_hook;
};

}  // namespace

std::unique_ptr<ProcessWorker> ProcessWorker::start(Context& context) {
  if (context.runtime().is_simulated()) return std::make_unique<SimulatedWorker>(context);
  return std::make_unique<LiveWorker>(context);
}

Answer ProcessWorker::begin(const std::string& initializer) {
  m_lane.store(&runtime::Runtime::current());
  if (is_dead()) return {};
  return initialize(initializer);
}

// Each side writes its own before it reads the other's, so that the lane either sees this or is woken.
void ProcessWorker::die() {
  m_dead.store(true);
  if (runtime::Participant* const lane = m_lane.load()) m_context.runtime().unpark(*lane);
}

void ProcessWorker::sleep_for(Duration d) {
  runtime::Runtime& runtime = m_context.runtime();
  runtime.checkpoint();
  const Instant until = instant_after(runtime.now(), std::max(d, Duration::zero()));
  while (!is_dead() && runtime.now() < until) runtime.park({.on = runtime::WaitOn::Sleep}, until);
  if (is_dead()) throw Dead{};
}

void ProcessWorker::checkpoint() {
  m_context.runtime().checkpoint();
  if (is_dead()) throw Dead{};
}

}  // namespace loiter::futures
