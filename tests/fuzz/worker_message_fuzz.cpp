// Hostile messages between the lab and a worker process, in both directions: any bytes, cut anywhere. Whatever is
// accepted must come back the same when it is written again.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/assert.hpp"
#include "experiments/task_lab.hpp"
#include "futures/remote_function.hpp"
#include "futures/worker_channel.hpp"

namespace {

using namespace loiter;
using namespace loiter::futures;

using Anything = std::tuple<bool, std::int8_t, std::uint64_t, std::string, std::vector<std::vector<int>>,
                            std::optional<std::pair<std::string, Duration>>, None>;

// What a worker is asked to call.
Anything echo(Host&, Anything value) { return value; }
const RemoteFunction echo_function("echo", echo);

class NoHost final : public Host {
 public:
  void sleep_for(Duration) override {}
  void compute(Duration) override {}
  Duration cpu_time() override { return {}; }
  void computed(Instant, Duration) override {}
  void checkpoint() override {}
  Instant now() override { return {}; }
  void tell(std::string_view) override {}
  std::string ask(std::string_view question) override { return std::string(question); }
};

void call(std::string_view bytes) {
  NoHost host;
  const std::string result = run_encoded_call(host, bytes);
  ByteReader head(bytes);
  head.text();
  ByteWriter again;
  begin_encoded_call(again, echo_function.name(), Codec<bool>::read(head));
  again.raw(result);
  LOITER_ASSERT(again.bytes() == bytes, "arguments that were read are written the same");
}

void read(const Frame& frame) {
  try {
    switch (frame.kind) {
      case MessageKind::Call:
        return call(frame.content);
      case MessageKind::Tell:
        return static_cast<void>(experiments::read_task_message(frame.content));
      case MessageKind::Sleep:
      case MessageKind::GoOn:
        return static_cast<void>(decode<Duration>(frame.content));
      default: {
        ByteReader content(frame.content);
        content.text();
        content.text();
        content.number();
        return;
      }
    }
  } catch (const std::exception&) {  // refused
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t piece = std::size_t{data[0]} + 1;
  std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  FrameParser parser;
  std::size_t framed = 0;
  const std::size_t all = rest.size();
  try {
    while (!rest.empty()) {
      parser.add(rest.substr(0, piece));
      rest.remove_prefix(std::min(piece, rest.size()));
      while (const auto frame = parser.next()) {
        framed += frame_of(frame->kind, frame->content).size();
        read(*frame);
      }
    }
  } catch (const BadMessage&) {
  }
  LOITER_ASSERT(framed <= all, "no more comes out than went in");
  return 0;
}
