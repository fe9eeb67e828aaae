#include "cli/progress_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "cli/display_width.hpp"

namespace loiter::cli {
namespace {

constexpr int widest = 100;  // beyond it the figures are too far from the program's own text

std::string clock_text(Duration d) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(d).count();
  if (seconds >= 3600) return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  return fmt::format("{:02}:{:02}", seconds / 60, seconds % 60);
}

// "12.34it/s", or under one in a second "1.25s/it".
std::string rate_in_brackets(const views::Progress& progress) {
  if (!progress.rate) return "?it/s";
  if (*progress.rate < 1.0) return fmt::format("{:.2f}s/it", 1.0 / *progress.rate);
  return fmt::format("{:.2f}it/s", *progress.rate);
}

// In eighths of a column where there are such characters, else in tenths.
std::string bar_text(double share, int columns, bool utf8) {
  constexpr std::array<std::string_view, 8> eighths{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const int parts = utf8 ? 8 : 10;
  const int filled = static_cast<int>(std::floor(share * columns * parts));
  std::string bar;
  for (int i = 0; i < filled / parts; ++i) bar += utf8 ? "█" : "#";
  int left = columns - filled / parts;
  if (const int rest = filled % parts; rest > 0 && left > 0) {
    bar += utf8 ? std::string(eighths[static_cast<std::size_t>(rest)]) : std::to_string(rest);
    --left;
  }
  return bar + std::string(static_cast<std::size_t>(left), ' ');
}

}  // namespace

std::string progress_line(const views::Progress& progress, int columns, bool utf8) {
  const std::string left = fmt::format("{:3.0f}%|", std::floor(progress.share() * 100));
  const std::string right =
      fmt::format("| {}/{} [{}<{}, {}]", progress.done, progress.total, clock_text(progress.elapsed),
                  progress.remaining ? clock_text(*progress.remaining) : "?", rate_in_brackets(progress));
  const int room = std::min(columns, widest) - display_width(left) - display_width(right);
  if (room < 3) return cut_to_width(left.substr(0, left.size() - 1) + right.substr(1), columns, utf8);
  return left + bar_text(progress.share(), room, utf8) + right;
}

bool ProgressBar::count(const trace::Event& event) {
  const auto* progressed = std::get_if<trace::Progressed>(&event.body);
  if (!m_is_shown || progressed == nullptr || progressed->future != no_future) return false;
  m_marks.push_back({event.t, progressed->done, progressed->total});
  return progressed->done >= progressed->total;
}

void ProgressBar::clear() {
  if (m_drawn.empty()) return;
  m_terminal.complain("\r\033[K");
  m_drawn.clear();
}

void ProgressBar::draw(Instant now) {
  const auto progress = views::progress_at(m_marks, now);
  if (!progress) return;
  const Screen screen = m_terminal.error_screen();
  // Two columns stay free, for the ^C that a terminal writes at the cursor.
  std::string line = progress_line(*progress, screen.columns - 3, screen.utf8);
  if (line != m_drawn) m_terminal.complain("\r" + line + "\033[K");
  m_drawn = std::move(line);
  if (progress->is_complete()) finish();
}

void ProgressBar::finish() {
  if (!m_drawn.empty()) m_terminal.complain("\n");
  m_drawn.clear();
  m_marks.clear();
}

}  // namespace loiter::cli
