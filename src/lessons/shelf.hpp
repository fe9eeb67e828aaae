// Shelf: the lessons at hand: the lab's own, and files; those are read again when they change.
//
//   Shelf shelf;  shelf.look_again();  shelf.find("map-or-as-completed") --> its lesson, or its mistakes
//
// Shape    A list: the lab's own in the order in which they are taught, then files by name. A file is on it that lies in the
//          folder where the program was started, ends in .md and begins as a lesson, or that was added by its path.
// Errors   A lesson that is wrong stands on the shelf with its mistakes.
// Threads  One at a time; it reads files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lessons/read_lesson.hpp"

namespace loiter::lessons {

// Whether a name is that of a file, and no lesson's id.
bool names_lesson_file(const std::string& name);

struct ShelfEntry {
  std::string name;   // the id; of a file its path
  std::string title;  // of a lesson that is wrong: its name
  bool is_file = false;
  ReadLesson read;
  std::uint64_t version = 1;  // another number: the file has changed, and was read again
};

class Shelf {
 public:
  Shelf();
  const std::vector<ShelfEntry>& entries() const { return m_entries; }
  // Null: no such lesson.
  const ShelfEntry* find(const std::string& name) const;
  // Puts a file on the shelf, wherever it lies; false: it cannot be read, and `message` says why.
  bool add(const std::string& path, std::string& message);
  // Takes up files that are new and those that have changed, and drops those that are gone. True if anything is otherwise.
  bool look_again();

 private:
  struct Stamp {
    std::filesystem::file_time_type time;
    std::uintmax_t size = 0;
    bool operator==(const Stamp&) const = default;
  };
  static std::optional<Stamp> stamp_of(const std::string& path);
  bool look_at(const std::string& path);

  std::vector<ShelfEntry> m_entries;
  std::vector<std::string> m_added;
  std::map<std::string, Stamp> m_stamps;  // of the files, as they were read
};

}  // namespace loiter::lessons
