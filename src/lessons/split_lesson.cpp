#include "lessons/split_lesson.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/text.hpp"

namespace loiter::lessons {
namespace {

const std::vector<std::string>& block_words() {
  static const std::vector<std::string> words{"lab", "predict", "explain", "try", "note"};
  return words;
}

// What a listing may be in; other words are looked at, for they may be a block's with a letter wrong.
bool is_language(std::string_view word) {
  constexpr std::string_view known[] = {"",        "python", "cpp", "c++",  "c",    "text", "toml",
                                        "console", "bash",   "sh",  "json", "diff", "rust"};
  return std::ranges::find(known, word) != std::end(known);
}

struct Fence {
  char mark = '`';
  std::size_t length = 0;
  std::string info;  // its first word
};

// A line that begins or ends a fenced block.
std::optional<Fence> fence_of(std::string_view line) {
  const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
  line.remove_prefix(indent);
  if (indent > 3 || line.empty() || (line.front() != '`' && line.front() != '~')) return std::nullopt;
  Fence fence{.mark = line.front()};
  fence.length = std::min(line.find_first_not_of(fence.mark), line.size());
  if (fence.length < 3) return std::nullopt;
  line.remove_prefix(fence.length);
  if (fence.mark == '`' && line.find('`') != std::string_view::npos) return std::nullopt;
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  fence.info = line.substr(0, std::min(line.find_first_of(" \t"), line.size()));
  return fence;
}

class Splitter {
 public:
  explicit Splitter(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      std::string_view line = text.substr(0, end);
      if (line.ends_with('\r')) line.remove_suffix(1);
      m_lines.push_back(line);
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  Pieces split() {
    std::size_t i = front_matter();
    std::size_t prose_from = i;
    while (i < m_lines.size()) {
      const auto fence = fence_of(m_lines[i]);
      if (!fence) {
        ++i;
        continue;
      }
      const std::size_t end = end_of(*fence, i);
      if (std::ranges::find(block_words(), fence->info) == block_words().end()) {
        look_at_word(*fence, i);
        i = end + 1;
        continue;
      }
      add("prose", prose_from, i);
      add(fence->info, i + 1, std::min(end, m_lines.size()));
      if (end >= m_lines.size()) {
        complain(i, fmt::format("The block '{}' has no end: a line {}.", fence->info,
                                std::string(fence->length, fence->mark)));
      }
      i = prose_from = end + 1;
    }
    add("prose", std::min(prose_from, m_lines.size()), m_lines.size());
    return std::move(m_pieces);
  }

 private:
  std::size_t front_matter() {
    if (m_lines.empty() || m_lines.front() != "+++") {
      complain(0, "A lesson begins with a line +++, then its id, title and minutes, then a line +++.");
      return 0;
    }
    const auto end = std::find(m_lines.begin() + 1, m_lines.end(), "+++");
    if (end == m_lines.end()) {
      complain(0, "The head of the lesson has no end: a second line +++.");
      return m_lines.size();
    }
    const auto place = static_cast<std::size_t>(end - m_lines.begin());
    add("front", 1, place);
    return place + 1;
  }

  // Where the fence that begins on line i is closed; the number of lines if it is not.
  std::size_t end_of(const Fence& fence, std::size_t i) const {
    for (++i; i < m_lines.size(); ++i) {
      const auto other = fence_of(m_lines[i]);
      if (other && other->mark == fence.mark && other->length >= fence.length && other->info.empty()) return i;
    }
    return m_lines.size();
  }

  void look_at_word(const Fence& fence, std::size_t i) {
    if (is_language(fence.info)) return;
    const std::string meant = did_you_mean(fence.info, block_words());
    if (meant.empty()) return;
    complain(i, fmt::format("There is no block '{}'.{} Blocks: {}.", printable(fence.info, 40), meant,
                            join(block_words(), ", ")));
  }

  void add(const std::string& word, std::size_t from, std::size_t to) {
    std::string text;
    bool is_blank = true;
    for (std::size_t i = from; i < to; ++i) {
      is_blank = is_blank && m_lines[i].find_first_not_of(" \t") == std::string_view::npos;
      text += fmt::format("{}\n", m_lines[i]);
    }
    if (word == "prose" && is_blank) return;
    m_pieces.pieces.push_back({word, static_cast<std::uint32_t>(from + 1), std::move(text)});
  }

  void complain(std::size_t i, std::string what) {
    m_pieces.mistakes.push_back({static_cast<std::uint32_t>(i + 1), std::move(what)});
  }

  std::vector<std::string_view> m_lines;
  Pieces m_pieces;
};

}  // namespace

Pieces split_lesson(std::string_view text) { return Splitter(text).split(); }

}  // namespace loiter::lessons
