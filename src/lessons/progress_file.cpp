#include "lessons/progress_file.hpp"

#include <utility>

namespace loiter::lessons {

ProgressFile::ProgressFile(const std::string& data_folder) : m_path(progress_path(data_folder)) { load(); }

void ProgressFile::load() {
  if (m_path.empty()) return;
  LoadedProgress loaded = load_progress(m_path);
  if (loaded.message.empty()) {
    m_progress = std::move(loaded.progress);
  } else {
    m_message = std::move(loaded.message);  // what is known here is all that is left
  }
}

void ProgressFile::change(const std::function<void(Progress&)>& how) {
  // Once it could not be written, what the file says is older than what is known here.
  if (!m_cannot_keep) load();
  how(m_progress);
  if (m_path.empty()) return;
  const auto saved = save_progress(m_path, m_progress);
  if (!saved && !m_cannot_keep) m_message = saved.error().message;
  m_cannot_keep = !saved;
}

std::string ProgressFile::take_message() { return std::exchange(m_message, {}); }

}  // namespace loiter::lessons
