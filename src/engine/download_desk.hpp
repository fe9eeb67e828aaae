// DownloadDesk: where those who watch a run meet its downloads: files go up, dials go down.
//
// Shape    Small files only, each with the task that it came for; take_files() gives those that are new. Dials that are
//          turned before there is a server are its first.
// Threads  Every member from any thread.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/ids.hpp"
#include "base/mutex.hpp"
#include "net/dials.hpp"

namespace loiter::engine {

struct DownloadedFile {
  FutureId task;
  std::string bytes;
};

class DownloadDesk {
 public:
  // Larger ones, and more, are nothing that anybody looks at.
  static constexpr std::size_t largest_file = std::size_t{64} << 10U;
  static constexpr std::size_t most_files = 1000;

  // --- For those who watch ---
  std::vector<DownloadedFile> take_files() {
    Lock lock(m_mutex);
    return std::exchange(m_files, {});
  }
  void turn_dials(const net::Dials& dials) {
    Lock lock(m_mutex);
    m_dials = dials;
    if (m_turn) m_turn(dials);
  }

  // Of the run's server, or of the site that it goes to; "" before there is one.
  std::string address() {
    Lock lock(m_mutex);
    return m_address;
  }

  // --- For the downloads ---
  void set_address(std::string address) {
    Lock lock(m_mutex);
    m_address = std::move(address);
  }
  void add(FutureId task, const std::string& bytes) {
    if (task == no_future || bytes.size() > largest_file) return;
    Lock lock(m_mutex);
    if (m_files.size() < most_files) m_files.push_back({task, bytes});
  }
  // `turn` must not block; null: there is no server any more.
  void set_server(std::function<void(const net::Dials&)> turn) {
    Lock lock(m_mutex);
    m_turn = std::move(turn);
    if (m_turn && m_dials) m_turn(*m_dials);
  }

 private:
  Mutex m_mutex;
  std::vector<DownloadedFile> m_files LOITER_GUARDED_BY(m_mutex);
  std::string m_address LOITER_GUARDED_BY(m_mutex);
  std::optional<net::Dials> m_dials LOITER_GUARDED_BY(m_mutex);  // that were turned
  std::function<void(const net::Dials&)> m_turn LOITER_GUARDED_BY(m_mutex);
};

}  // namespace loiter::engine
