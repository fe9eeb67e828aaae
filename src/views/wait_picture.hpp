// Who waits for whom at an instant, as nodes and edges: lanes, futures and pools.
//
//   main --waits for the result of--> wait_forever (future 1) --waits for the result of--> zip (future 2)
//                                          ^                                                 |
//                                          '--is busy with-- ThreadPoolExecutor-0_0 <--waits in the queue for
//
// A task that waits is one node with its worker: the future. A worker has a node of its own where somebody needs it, or
// where it is what will go on by itself. A pool has one when several workers could serve its queue.
//
// Shape    A pure function of a run and an instant. Nodes are in order of appearance along the waits, from the calling
//          program on, so a picture that grows adds at its end. Of many, those that matter are there and the rest is
//          counted: while lanes are stuck, these; else what the selection has to do with.
// Units    Lab time.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "trace/run.hpp"
#include "views/future_times.hpp"
#include "views/state_look.hpp"

namespace loiter::views {

struct WaitNode {
  enum class Kind { Lane, Future, Pool, More };
  Kind kind = Kind::Lane;
  LaneId lane;        // of Lane; of a future that runs: its worker
  FutureId future;    // of Future
  ExecutorId pool;    // of Pool
  std::string title;  // "zip"
  std::string note;   // "future 2, pending"
  std::optional<StateLook> look;
  bool has_lane = false;
  bool stuck = false;
  bool in_circle = false;
  friend bool operator==(const WaitNode&, const WaitNode&) = default;
};

struct WaitEdge {
  std::size_t from = 0;
  std::size_t to = 0;
  std::string words;  // "waits for the result of"
  bool waits = true;  // false: it tells who does the work ("runs on", "is busy with")
  bool stuck = false;
  bool in_circle = false;
  bool tree = false;  // it is how its end was reached first
  friend bool operator==(const WaitEdge&, const WaitEdge&) = default;
};

struct WaitPicture {
  std::vector<WaitNode> nodes;
  std::vector<WaitEdge> edges;
  std::vector<std::size_t> circle;  // nodes, in order of the waits; the one that others lead to is first
  std::size_t left_out = 0;         // lanes that wait too, and have no node
};

inline constexpr std::size_t most_wait_nodes = 24;

WaitPicture wait_picture(const trace::Run& run, const FutureTimes& times, Instant t, FutureId selected = no_future);

// "the circle that cannot be broken from inside", "who waits for whom".
std::string waits_headline(const trace::Run& run, const WaitPicture& picture, Instant t);

// --- In words ---

// "Nothing is stuck." and "ThreadPoolExecutor-0_1 wakes by itself at 5.00 s, and main after it."; or the sentence that
// names the deadlock.
struct Verdict {
  std::string headline;
  std::string sentence;
  bool stuck = false;
};
Verdict verdict(const trace::Run& run, Instant t);

// Why nothing can wake those that are stuck, sentence by sentence; empty: nothing is stuck.
struct Proof {
  std::vector<std::string> sentences;
  std::string conclusion;
};
Proof proof_of(const trace::Run& run, const FutureTimes& times, Instant t);

}  // namespace loiter::views
