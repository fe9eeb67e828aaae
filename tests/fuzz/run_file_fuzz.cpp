// Hostile run files. One that is accepted must fold, go through the wait-for graph, and come back equal when it is
// written and read again; whatever the graph calls stuck, it must have a chain for.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "trace/run.hpp"
#include "trace/run_file.hpp"
#include "trace/wait_for_graph.hpp"

namespace {

using namespace loiter;
using namespace loiter::trace;

void ask_about_the_past(const Run& run) {
  for (const Instant t : {Instant{}, Instant{run.last().time_since_epoch() / 2}, run.last()}) {
    for (const Lane& lane : run.lanes()) {
      LOITER_ASSERT(wait_at(lane, t) == nullptr || wait_at(lane, t)->began <= t, "a wait open at t began by t");
      LOITER_ASSERT(task_at(lane, t) == nullptr || task_at(lane, t)->began <= t, "a task open at t began by t");
      LOITER_ASSERT(run.lane(lane.id) == &lane, "a lane is found by its id");
      (void)site_at(lane, t);
    }
    for (const FutureRow& future : run.futures()) {
      LOITER_ASSERT(run.future(future.id) == &future, "a future is found by its id");
      LOITER_ASSERT(state_at(future, t).has_value() == (future.submitted <= t),
                    "a future has a state once it is there");
      (void)in_call_queue_at(future, t);
      (void)unread_exception_at(future, t);
    }
    (void)stuck_at(run, t);
  }
}

void look_for_stuck(const Recording& recording) {
  WaitForGraph graph;
  for (const Event& event : recording.events) {
    graph.apply(event);
    if (!graph.needs_check()) continue;
    const StuckSet stuck = graph.stuck();
    const std::string chain = graph.chain(stuck);
    LOITER_ASSERT(chain.empty() == stuck.empty(), "what is stuck can be explained");
    LOITER_ASSERT(is_utf8(chain) && chain.size() < 10'000, "a chain is a sentence of text");
  }
}

}  // namespace

// Half of the mutations move, double or drop a whole line: bytes alone rarely make another good file.
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  if (seed % 2 == 0) return LLVMFuzzerMutate(data, size, max_size);
  std::minstd_rand random(seed);
  std::vector<std::string> lines;
  std::istringstream text(std::string(reinterpret_cast<const char*>(data), size));
  for (std::string line; std::getline(text, line);) lines.push_back(line + "\n");
  if (lines.size() < 3) return LLVMFuzzerMutate(data, size, max_size);
  const auto any_line = [&] { return 1 + random() % (lines.size() - 1); };
  const std::size_t from = any_line();
  const std::string line = lines[from];
  if (random() % 3 != 0) lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(from));
  if (random() % 4 != 0) lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(any_line()), line);
  std::string mutated;
  for (const std::string& each : lines) mutated += each;
  mutated.resize(std::min(mutated.size(), max_size));
  std::copy(mutated.begin(), mutated.end(), data);
  return mutated.size();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::istringstream in(std::string(reinterpret_cast<const char*>(data), size));
  const auto file = read_run_file(in, "fuzz.jsonl");
  if (!file) {
    const std::string& message = file.error().message;
    LOITER_ASSERT(message.starts_with("fuzz.jsonl:") && message.ends_with('.'), "a refusal names file and line");
    LOITER_ASSERT(is_utf8(message) && message.find('\n') == std::string::npos, "a refusal is one line of text");
    return 0;
  }
  ask_about_the_past(fold(file->recording));
  look_for_stuck(file->recording);

  std::stringstream again;
  LOITER_ASSERT(write_run_file(again, file->recording).has_value(), "what was read can be written");
  const auto second = read_run_file(again, "again.jsonl");
  LOITER_ASSERT(second.has_value(), "what was written can be read");
  LOITER_ASSERT(second->recording == file->recording, "it comes back equal");
  LOITER_ASSERT(second->unknown_events == 0 && second->unknown_keys == 0, "the program knows what it writes");
  return 0;
}
