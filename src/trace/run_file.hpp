// Run files: a recorded run as text, JSON Lines: a header, then one event a line in order of time.
//
// Shape    Reading what was written gives an equal recording; writing the same recording gives the same bytes. Lanes
//          are written by name. Keys with their usual value are left out where RUNFILE does not list them. A line that
//          would be longer than a reader takes has its longest text or list cut.
// Units    Lab time in nanoseconds.
// Errors   Reading: "FILE:LINE: what is wrong and what was expected." A bad header, a higher version, time that runs
//          backwards, an event on a lane that never began, wrong types, bad UTF-8, a line that is cut off or over
//          1 MiB, more than 10 million events. Unknown keys and events are counted.
//          Writing: one sentence that names the file; an existing file is replaced only when the new one is complete.
// Threads  Any thread; blocks on the disk. Reads a line at a time: memory is that of the recording.
// Source   RUNFILE, version 1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>

#include "base/result.hpp"
#include "trace/header.hpp"

namespace loiter::trace {

inline constexpr int run_file_version = 1;

// Higher limits let larger files in, and let a hostile one take more memory: an event takes about 100 bytes and more.
struct RunFileLimits {
  std::uint64_t events = 10'000'000;
  std::size_t line_bytes = std::size_t{1} << 20;
  std::size_t lane_name_bytes = 1000;
};

struct RunFile {
  Recording recording;
  std::uint64_t unknown_keys = 0;
  std::uint64_t unknown_events = 0;  // of kinds this program does not know; skipped
};

// `name` is what messages call the input.
Result<RunFile> read_run_file(std::istream& in, const std::string& name, const RunFileLimits& limits = {});
Result<RunFile> load_run_file(const std::string& path);

Result<void> write_run_file(std::ostream& out, const Recording& recording, const RunFileLimits& limits = {});
Result<void> save_run_file(const std::string& path, const Recording& recording);

}  // namespace loiter::trace
