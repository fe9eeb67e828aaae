// DownloadedFiles: what the tasks of a run have downloaded, for those who show it.
//
// Shape    Small files only, each with the task that it came for; take() gives those that are new.
// Threads  Every member from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/ids.hpp"
#include "base/mutex.hpp"

namespace loiter::engine {

struct DownloadedFile {
  FutureId task;
  std::string bytes;
};

class DownloadedFiles {
 public:
  // Larger ones, and more, are nothing that anybody looks at.
  static constexpr std::size_t largest = std::size_t{64} << 10U;
  static constexpr std::size_t most = 1000;

  void add(FutureId task, const std::string& bytes) {
    if (task == no_future || bytes.size() > largest) return;
    Lock lock(m_mutex);
    if (m_files.size() < most) m_files.push_back({task, bytes});
  }
  std::vector<DownloadedFile> take() {
    Lock lock(m_mutex);
    return std::exchange(m_files, {});
  }

 private:
  Mutex m_mutex;
  std::vector<DownloadedFile> m_files LOITER_GUARDED_BY(m_mutex);
};

}  // namespace loiter::engine
