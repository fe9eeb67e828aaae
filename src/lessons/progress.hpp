// Progress: how far a reader has come in the lessons, and what became of the beliefs they met. Kept in one text file, which
// nobody but the reader sees.
//
//   load_progress() --> Progress --reach(), answer()--> save_progress(), which replaces the file in one step
//
// Shape    A plain value. Of the answers to one question the last one counts.
// Errors   A file that is damaged is set aside under another name, and the message says so; the reader begins anew. A file
//          that cannot be written: one sentence.
// Threads  A plain value; one thread at a time.
// Source   The XDG base directories: XDG_DATA_HOME, or ~/.local/share.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace loiter::lessons {

struct Answered {
  std::string lesson;
  std::uint32_t question = 0;  // its step in the lesson, from 1
  bool right = false;
  std::vector<std::string>
      beliefs;  // wrong: the one behind the answer, if any; right: those that the question is about
  bool operator==(const Answered&) const = default;
};

struct Reached {
  std::uint32_t step = 0;  // how many steps were done
  std::uint32_t of = 0;
  bool operator==(const Reached&) const = default;
};

// What became of a belief: held and not changed yet; held, and a later question on it was answered right; asked about and
// never held; not asked about so far.
enum class BeliefState : std::uint8_t { Open, Changed, NotHeld, NotMet };

struct Progress {
  std::map<std::string, Reached> lessons;  // by id
  std::vector<Answered> answers;           // in the order in which they were given
  bool operator==(const Progress&) const = default;

  void reach(const std::string& lesson, Reached reached);
  void answer(Answered answered);
  // The lesson as if it had never been read.
  void forget(const std::string& lesson);
};

BeliefState state_of(const Progress& progress, std::string_view belief);

struct LessonName {
  std::string id;
  std::string title;
};

// Lessons, predictions and beliefs, to read or to hand in; no dates. The lessons that are named stand in that order, under
// their titles; others by their ids after them.
std::string text_of(const Progress& progress, std::span<const LessonName> in_order = {});

// As it stands in the file, and back; of a damaged text why it is none.
std::string written(const Progress& progress);
Result<Progress> read_progress(std::string_view text);

struct LoadedProgress {
  Progress progress;
  std::string message = {};  // what was wrong with the file, and where it is now
};
LoadedProgress load_progress(const std::string& path);
Result<void> save_progress(const std::string& path, const Progress& progress);

// In this folder for data, "~/.local/share": its "loiter/progress.txt"; "" without a folder.
std::string progress_path(const std::string& data_folder);

}  // namespace loiter::lessons
