// The reader's progress on its way into its file and out of it.
//
// Shape    change() reads the file anew, so that what another window of the lab has written in the meantime is kept.
// Errors   What was wrong with the file, or why it cannot be written, is a sentence in take_message(); it is said once.
// Threads  One at a time.
#pragma once

#include <functional>
#include <string>

#include "lessons/progress.hpp"

namespace loiter::lessons {

class ProgressFile {
 public:
  // In this folder for data; "": nothing is kept beyond the program's end.
  explicit ProgressFile(const std::string& data_folder);
  const Progress& progress() const { return m_progress; }
  void change(const std::function<void(Progress&)>& how);
  std::string take_message();

 private:
  void load();

  std::string m_path;
  Progress m_progress;
  std::string m_message;
  bool m_cannot_keep = false;
};

}  // namespace loiter::lessons
