// RunFileLines: a run file line by line, while the run goes on; write_run_file() is the same for a whole recording.
//
//   header() --> event() for each event, in order of time
//
// Shape    Each call appends one line with its end. A lane that has not begun yet is written by its number; foresee()
//          tells of it before.
// Errors   An event that a reader would refuse, and those beyond the limit, are not written: one sentence says why.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/result.hpp"
#include "trace/run_file.hpp"

namespace loiter::trace {

class RunFileLines {
 public:
  explicit RunFileLines(const RunFileLimits& limits = {}) : m_limits(limits) {}

  Result<void> header(std::string& out, const Header& header) const;
  Result<void> event(std::string& out, const Event& event);
  void foresee(const Event& event);

 private:
  RunFileLimits m_limits;
  std::unordered_map<LaneId, std::string> m_names;  // no two alike, none longer than a reader takes
  std::unordered_set<std::string> m_taken;
  std::unordered_set<LaneId> m_begun;
  Instant m_last{};
  std::uint64_t m_count = 0;
};

}  // namespace loiter::trace
