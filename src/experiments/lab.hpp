// Lab: what an experiment's code sees of the run that it is part of.
//
// Shape    Pools by the chosen mode, lab time, the transcript, and markers for the code panel.
// Units    Lab time.
// Errors   Aborted from anything that waits once the run is being stopped.
// Owner    The engine; lives as long as the run. Experiments may keep references to it.
// Threads  Every member is for participants.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "base/mutex.hpp"
#include "experiments/downloads.hpp"
#include "experiments/setup.hpp"
#include "futures/context.hpp"
#include "futures/executor.hpp"
#include "trace/recorder.hpp"

namespace loiter::experiments {

class Lab {
 public:
  // `clock_at_start` is what a clock on the wall showed, for timestamps; zero in simulated runs.
  Lab(const Setup& setup, futures::Context& context, trace::Recorder& recorder, Duration clock_at_start,
      MakeDownloads make_downloads);
  Lab(const Lab&) = delete;
  Lab& operator=(const Lab&) = delete;

  const Setup& setup() const { return m_setup; }
  futures::Context& context() { return m_context; }
  runtime::Runtime& runtime() { return m_context.runtime(); }

  // A pool of the chosen mode with the chosen workers, or another number of them.
  std::unique_ptr<futures::Executor> make_executor() { return make_executor(static_cast<int>(m_setup.workers)); }
  std::unique_ptr<futures::Executor> make_executor(int workers) { return make_executor(m_setup.mode, workers); }
  std::unique_ptr<futures::Executor> make_executor(Mode mode, int workers);

  // A server and a client for download(), while it lasts.
  std::unique_ptr<Downloads> make_downloads(const net::Dials& dials, std::string address) {
    return m_make_downloads(m_context, dials, std::move(address));
  }

  void sleep(Duration d) { runtime().sleep_for(d); }

  // print(text): a line of the transcript; a text with line ends gives several.
  void print(std::string_view text);
  // print(text, end='')
  void print_part(std::string_view text) { m_recorder.printed(text, true); }
  // print(strftime('[%H:%M:%S]'), text)
  void display(std::string_view text);

  // How far the calling program has come, as tqdm shows it.
  void progress(std::size_t done, std::size_t total) {
    m_recorder.progressed(static_cast<std::int64_t>(done), static_cast<std::int64_t>(total));
  }

  // What a step of a scenario's program has seen.
  void observe(trace::Observed what) { m_recorder.observed(std::move(what)); }

  // This lane has reached the line marked so in the listing. `site` is a literal.
  void at(const char* site) { m_recorder.reached(site); }

 private:
  void listen(std::string_view message);

  const Setup& m_setup;
  futures::Context& m_context;
  trace::Recorder& m_recorder;
  Duration m_clock_at_start;
  MakeDownloads m_make_downloads;
  Mutex m_mutex;
  std::set<std::string, std::less<>> m_sites LOITER_GUARDED_BY(m_mutex);  // that tasks have named: they stay
};

}  // namespace loiter::experiments
