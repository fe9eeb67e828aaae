#include "lessons/shelf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <system_error>

#include "lessons/shipped.hpp"

namespace loiter::lessons {
namespace {

constexpr std::size_t most_lesson_files = 50;

bool begins_as_lesson(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string line;
  return std::getline(file, line) && (line == "+++" || line == "+++\r");
}

std::vector<std::string> lesson_files_here() {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator file(".", error), end; !error && file != end; file.increment(error)) {
    if (file->path().extension() == ".md" && begins_as_lesson(file->path()))
      names.push_back(file->path().filename().string());
  }
  std::ranges::sort(names);
  if (names.size() > most_lesson_files) names.resize(most_lesson_files);
  return names;
}

}  // namespace

bool names_lesson_file(const std::string& name) { return name.find('/') != std::string::npos || name.ends_with(".md"); }

Shelf::Shelf() {
  for (const ShippedLesson& shipped : shipped_lessons()) {
    ShelfEntry entry{.name = std::string(shipped.name), .title = {}, .is_file = false, .read = {}};
    entry.read = read_lesson(shipped.text, fmt::format("lessons/{}.md", shipped.name));
    if (entry.read.lesson) entry.name = entry.read.lesson->id;
    entry.title = entry.read.lesson ? entry.read.lesson->title : entry.name;
    m_entries.push_back(std::move(entry));
  }
  look_again();
}

const ShelfEntry* Shelf::find(const std::string& name) const {
  const auto known = std::ranges::find(m_entries, name, &ShelfEntry::name);
  return known == m_entries.end() ? nullptr : &*known;
}

std::optional<Shelf::Stamp> Shelf::stamp_of(const std::string& path) {
  std::error_code error;
  const auto time = std::filesystem::last_write_time(path, error);
  if (error) return std::nullopt;
  const auto size = std::filesystem::file_size(path, error);
  if (error) return std::nullopt;
  return Stamp{time, size};
}

// True if the shelf is otherwise after it.
bool Shelf::look_at(const std::string& path) {
  const auto stamp = stamp_of(path);
  const auto known = std::ranges::find(m_entries, path, &ShelfEntry::name);
  if (!stamp) return false;
  if (const auto seen = m_stamps.find(path); known != m_entries.end() && seen != m_stamps.end()) {
    if (seen->second == *stamp) return false;
  }
  m_stamps[path] = *stamp;
  const auto text = load_lesson_text(path);
  ReadLesson read = text ? read_lesson(*text, path) : ReadLesson{.lesson = {}, .mistakes = {text.error().message}};
  std::string title = read.lesson ? read.lesson->title : path;
  if (known != m_entries.end()) {
    known->title = std::move(title);
    known->read = std::move(read);
    ++known->version;
  } else {
    m_entries.push_back({.name = path, .title = std::move(title), .is_file = true, .read = std::move(read)});
  }
  return true;
}

bool Shelf::add(const std::string& path, std::string& message) {
  const auto text = load_lesson_text(path);
  if (!text) {
    message = text.error().message;
    return false;
  }
  if (std::ranges::find(m_added, path) == m_added.end()) m_added.push_back(path);
  look_at(path);
  return true;
}

bool Shelf::look_again() {
  std::vector<std::string> files = lesson_files_here();
  for (const std::string& path : m_added) {
    if (std::ranges::find(files, path) == files.end()) files.push_back(path);
  }
  bool is_otherwise = false;
  for (const std::string& path : files) is_otherwise = look_at(path) || is_otherwise;
  const auto is_gone = [&](const ShelfEntry& entry) {
    return entry.is_file && std::ranges::find(files, entry.name) == files.end();
  };
  return std::erase_if(m_entries, is_gone) > 0 || is_otherwise;
}

}  // namespace loiter::lessons
