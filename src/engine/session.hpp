// Session: one run under control, from Run to its end, in the hands of the window or the terminal.
//
//   start --> running <-> paused --> ended (finished, raised, stopped, stuck, timed out)
//
// Shape    Commands go down (pause, step, stop, ...: they return at once), events come up: take() gives those that are
//          new, in order of time; folded, they are the run. The last event is RunEnded.
// Units    Lab time, but for real_timeout.
// Errors   None of its own: a program's failure is how the run ended.
// Threads  Every member from any thread, take() from one at a time. An engine thread of its own drains the recorder; a
//          deadlock of a live run is reported within two of its rounds.
// Owner    Whoever started it. The destructor stops the run and waits until nothing of it is left.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string_view>
#include <thread>
#include <vector>

#include "base/mutex.hpp"
#include "engine/download_desk.hpp"
#include "engine/run_server.hpp"
#include "engine/scheduled_kills.hpp"
#include "experiments/experiment.hpp"
#include "experiments/lab.hpp"
#include "runtime/runtime.hpp"
#include "runtime/simulated.hpp"
#include "trace/event.hpp"
#include "trace/recorder.hpp"

namespace loiter::engine {

struct SessionOptions {
  runtime::Pace pace = {};  // instant for a simulated run that nobody watches
  bool start_paused = false;
  bool stop_when_stuck = false;  // end the run once somebody is stuck and nobody in it can move any more
  // Taken whenever some lanes are stuck, as often as it needs; one that is not possible leaves them so.
  std::optional<trace::Escape> escape = std::nullopt;
  Timeout timeout = std::nullopt;       // of lab time, and of real time for programs that let no lab time pass
  Timeout real_timeout = std::nullopt;  // of real time alone
  std::vector<ScheduledKill> kills;     // of worker processes
  std::shared_ptr<RunServer> server;    // that runs before this one have used; null: the run has one of its own
  std::function<void()> on_news;        // called on the engine thread when take() has something; must not block
};

struct Status {
  bool ended = false;
  bool paused = false;
  bool stuck = false;       // some lanes can never move again
  bool standstill = false;  // and nobody else can
  Instant now{};            // as shown to people
};

class Session {
 public:
  Session(const experiments::Setup& setup, SessionOptions options);
  // A program of one's own, for tests and measurements.
  Session(const experiments::Setup& setup, Program program, SessionOptions options);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  const trace::Header& header() const { return m_header; }
  Status status() const;

  void pause() { m_runtime->pause(); }
  void resume() { m_runtime->resume(); }
  void step() { m_runtime->step(); }
  void set_pace(runtime::Pace pace) { m_runtime->set_pace(pace); }
  void stop();
  // SIGKILL, for real in a live run. False: there is no worker process of that lane, or no more.
  bool kill_worker(std::string_view lane_name) { return m_context->kill_worker(lane_name); }

  // Why the run cannot be got out of its deadlock in this way, in a sentence; "" if it can. None while it is in none.
  std::optional<std::string> why_not(trace::Escape how) const;
  // Gets it out. False: it is in no deadlock, or not in this way.
  bool escape(trace::Escape how);
  // Once it has ended stuck although options.escape was to help: why that did not.
  std::string no_way_out() const;

  std::vector<trace::Event> take();
  // The same in place of what `events` holds; its memory is used again.
  void take(std::vector<trace::Event>& events);
  // What tasks have downloaded since the last time, small files only.
  std::vector<DownloadedFile> take_files() { return m_downloads.take_files(); }
  // The dials of the run's file server, as this setup has them; any time while it goes.
  void turn_dials(const experiments::Setup& setup) { m_downloads.turn_dials(experiments::dials_of(setup)); }
  // Where files come from; "" before the program has a server or has gone to a site.
  std::string server_address() { return m_downloads.address(); }
  // Until take() has something or the run has ended, at most that long in real time.
  void wait_for_news(std::chrono::nanoseconds at_most);

 private:
  void drain();
  void wait_for_command();
  void publish_what_is_new();
  void publish(bool ended);
  bool escape_or_stop(runtime::Phase phase);  // true: it did either
  bool escape_as_told();
  std::optional<LaneId> ask_escape(trace::Escape how);
  bool out_of_time() const;
  trace::RunEnded how_it_ended() const;

  const experiments::Setup m_setup;
  const SessionOptions m_options;
  const std::chrono::steady_clock::time_point m_started;
  trace::Header m_header;
  trace::Recorder m_recorder;
  DownloadDesk m_downloads;
  std::unique_ptr<runtime::Runtime> m_runtime;
  const runtime::Simulated* m_simulated = nullptr;  // m_runtime, if it is one
  std::unique_ptr<futures::Context> m_context;
  std::unique_ptr<experiments::Lab> m_lab;
  std::atomic<trace::RunEnd> m_stop_reason{trace::RunEnd::Finished};  // Finished: nobody has stopped it

  mutable Mutex m_mutex;
  CondVar m_news;
  CondVar m_command;
  bool m_stop_asked LOITER_GUARDED_BY(m_mutex) = false;
  std::vector<trace::Event> m_events LOITER_GUARDED_BY(m_mutex);  // not taken yet
  bool m_ended LOITER_GUARDED_BY(m_mutex) = false;
  std::string m_no_way_out LOITER_GUARDED_BY(m_mutex);
  std::vector<trace::Event> m_drained;  // of the engine thread
  int m_escapes = 0;                    // as the options told; of the engine thread, or simulated of who is stuck
  std::optional<LaneId> m_asked_lane;   // of the engine thread: by its last escape
  std::thread m_engine;
};

// Runs it to its end and gives all of it: for tests, files and tables.
trace::Recording run_to_end(const experiments::Setup& setup, SessionOptions options);

}  // namespace loiter::engine
