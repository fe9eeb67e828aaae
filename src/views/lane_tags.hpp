// Lane tags: the short sign each lane carries in every panel.
//
// Shape    The letter is the identity: "M" the calling program, "0", "1", ... the workers in order of appearance, "Q" a
//          process pool's manager, "S" a server. The colour only helps: main is 0, workers count from 1.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "trace/run.hpp"

namespace loiter::views {

struct LaneSign {
  std::string text;
  std::size_t colour = 0;  // which of the theme's lane tags; they come round again
  friend bool operator==(const LaneSign&, const LaneSign&) = default;
};

// Remembers the tags of a growing run, so that asking costs nothing.
class LaneTags {
 public:
  void update(const trace::Run& run);
  void clear();
  [[nodiscard]] const LaneSign& of(LaneId lane) const;  // "?" for one that never began

 private:
  void add(const trace::Lane& lane);

  std::vector<LaneSign> m_tags;  // by lane number
  std::vector<LaneId> m_seen;    // in the order of Run::lanes()
  std::size_t m_workers = 0;
};

}  // namespace loiter::views
