// The stage: the futures of a run as tokens that go from the queue to a worker and on to the shelf of results, beside
// the calling program, which submits them and waits for them.
//
//   Queue        Workers                 Results              Calling program
//   [loiter(5)]  0 [> loiter(3)  1.40 s]  #1  #2  #3  #4      M main
//   [loiter(6)]  1 [> loiter(4)  0.40 s]  [0] [10] .. ..      blocked on loiter(3)
//   + 87 more    2 [idle]                 <> delivered        ^
//        ^--------------------- submits ----------------------'
//
// Where there is a GIL it is a token too, at the right end of the seat of its holder.
//
// Shape    lay_out_stage() is a pure function of run, instant and size. What has no room is counted, never dropped.
// Units    Units of the design, from the top left corner below the panel's title; the caller multiplies by the scale.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "trace/run.hpp"
#include "views/future_times.hpp"
#include "views/rect.hpp"
#include "views/state_look.hpp"

namespace loiter::views {

// A sentence in pieces; names are strong.
struct Words {
  std::string text;
  bool strong = false;
  friend bool operator==(const Words&, const Words&) = default;
};
std::string plain_text(const std::vector<Words>& words);

enum class StagePlace { Queue, CallQueue, Worker, Shelf };

// A future where it is now. One that runs has a place on the shelf that waits for it, too.
struct StageToken {
  FutureId future;
  StagePlace place = StagePlace::Queue;
  StateLook look = StateLook::Pending;
  std::string label;
  std::string value;  // on the shelf: of a returned one
  Rect box;
};

struct StageSlot {
  FutureId future;
  StateLook look = StateLook::Pending;
  std::string number;  // "#3"
  bool delivered = false;
  bool by_map = true;  // else by another consumer: a hollow mark
  Rect box;
};

struct StageWorker {
  std::optional<LaneId> lane;  // none: not started
  std::string name;
  StateLook look = StateLook::Pending;  // Running, Waiting or Stuck with a task
  FutureId task;                        // none: idle
  std::string note;             // "idle", "not started", "ended"; with a task how long it has run: "2.40 of 4 s"
  std::optional<double> share;  // of its time or work that has passed
  Rect box;                     // tag and all
};

struct StageBox {
  std::string heading;
  std::string note;  // in an empty box: "empty", "no queue"
  std::string more;  // "+ 87 more"
  Rect box;
  Rect more_box;
};

// The GIL, beside the lane that holds it.
struct StageGil {
  LaneId lane;
  bool shared = true;  // it moves from lane to lane; else the lane has one of its own
  Rect box;
};

struct StageCaller {
  LaneId lane;
  std::string name;
  std::optional<StateLook> look;
  std::string what;  // "blocked on", "runs", "has ended"
  std::string on;    // "loiter(4)"; may be empty
  FutureId future;   // that it is blocked on, if it is one
  Rect box;
};

struct Stage {
  std::vector<Words> sentence;
  StageBox queue;
  std::optional<StageBox> call_queue;
  StageBox workers;
  StageBox shelf;
  std::vector<StageToken> tokens;
  std::vector<StageSlot> slots;
  std::vector<StageWorker> seats;
  StageCaller caller;
  bool has_gil = false;  // the seats keep room for it
  std::vector<StageGil> gils;
  std::string delivered;  // "4 delivered to main"
  std::string submitted;  // "submits: 5 so far"
  float submit_y = 0.0F;  // of the line from the program to the queue; 0: no room for it
  bool has_room = true;   // false: the sentence only
};

Stage lay_out_stage(const trace::Run& run, const FutureTimes& times, Instant t, float width, float height);

// "main waits for the result of loiter(1), though loiter(2) and loiter(3) are done. It has 1 of 5 results."
std::vector<Words> stage_sentence(const trace::Run& run, const FutureTimes& times, Instant t);

}  // namespace loiter::views
