// Downloads: what became of each file that a run fetches, for one instant: in a word, in stages, and counted.
//
//   submitted --> connect --> wait for the answer --> receive --> arrived, or why not
//
// Shape    Pure functions of a run and an instant.
// Units    Lab time.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "trace/run.hpp"
#include "views/progress.hpp"
#include "views/state_look.hpp"

namespace loiter::views {

// The tasks of this run fetch files, from a server whose dials are parameters of the run.
bool has_downloads(const trace::Run& run);

struct DownloadWords {
  StateLook look = StateLook::Pending;
  std::string words;            // "0.49 s", "waits", "43 %", "not found", "timeout"
  std::string mark;             // the status of an answer that was no file: "404"; else empty
  std::optional<double> share;  // that has come, while it runs
  bool has_come = false;        // complete
};
DownloadWords download_at(const trace::FutureRow& future, Instant t);

// How long its stages took until t; none before the connection is made and the request sent.
struct DownloadStages {
  Duration connect{};
  Duration wait{};
  Duration receive{};
};
std::optional<DownloadStages> download_stages(const trace::Run& run, const trace::FutureRow& future, Instant t);

// How many downloads look alike: "arrived", "error (503)", "on their way".
struct DownloadCount {
  StateLook look = StateLook::Pending;
  std::string words;
  std::size_t count = 0;
};
struct DownloadCounts {
  std::vector<DownloadCount> counts;  // arrived first, then what went wrong, then what is to come; none is 0
  std::size_t over = 0;               // arrived or failed
  std::size_t wanted = 0;             // submitted, and where it is known those that will be
  Progress progress;                  // since the first was submitted
};
DownloadCounts count_downloads(const trace::Run& run, Instant t);

}  // namespace loiter::views
