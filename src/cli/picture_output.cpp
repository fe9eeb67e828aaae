// The output for people: a picture at the bottom of the terminal, redrawn about fifteen times a second.
#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "cli/display_width.hpp"
#include "cli/help.hpp"
#include "cli/in_place.hpp"
#include "cli/run_output.hpp"
#include "cli/run_picture.hpp"
#include "cli/run_summary.hpp"
#include "trace/run.hpp"

namespace loiter::cli {
namespace {

using Clock = std::chrono::steady_clock;

// More often and bars grow more evenly; less often and a slow terminal has less to do.
constexpr std::chrono::milliseconds frame_time{66};
constexpr std::chrono::milliseconds settling_time{150};
// A picture may take this share of the time, so that drawing a huge run leaves the processor to the run.
constexpr int idle_share = 10;
// Of what is printed between two pictures; nobody reads more, and a terminal takes seconds for it.
constexpr std::size_t most_lines_at_once = 300;

class PictureOutput final : public RunOutput {
 public:
  PictureOutput(Terminal& terminal, std::string pace) : m_terminal(terminal), m_pace(std::move(pace)) {}
  ~PictureOutput() override {
    if (m_is_open) m_terminal.end_picture();
  }

  Result<void> begin(const trace::Header& header) override {
    m_run = trace::Run(header);
    return come_back();
  }

  Result<void> show(std::span<const trace::Event> events, Instant now) override {
    for (const trace::Event& event : events) m_run.apply(event);
    if (Clock::now() < m_next_frame && !m_run.ended()) return {};
    return draw(m_run.ended() ? m_run.last() : std::max(now, m_run.last()));
  }

  Result<void> end() override {
    if (auto left = leave(); !left) return left;
    const Screen screen = m_terminal.screen();
    std::string summary = wrapped(one_line(summary_text(m_run)), screen.columns - 1, 0);
    summary.pop_back();
    return m_terminal.write(encode(TextLine(summary, {.paint = Paint::Strong}), screen.colours) + "\n");
  }

  Result<void> come_back() override {
    m_terminal.begin_picture();
    m_is_open = true;
    m_next_frame = {};
    return m_terminal.write(m_in_place.begin());
  }

  // The picture stays as it is; another one begins where the cursor is afterwards.
  Result<void> leave() override {
    m_is_open = false;
    auto written = m_terminal.write(m_in_place.finish());
    m_terminal.end_picture();
    return written;
  }

  std::chrono::milliseconds patience() const override {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(m_next_frame - Clock::now());
    return std::clamp(left, std::chrono::milliseconds(1), std::chrono::milliseconds(50));
  }

 private:
  Result<void> draw(Instant now) {
    const auto began = Clock::now();
    const Screen screen = m_terminal.screen();
    if (is_being_resized(screen, began) && !m_run.ended()) {
      m_next_frame = began + frame_time;
      return {};
    }
    const PictureQuery query{
        .now = now, .screen = screen, .rows = rows_for(screen), .has_rule = screen.rows >= 14, .pace = m_pace};
    std::string bytes = m_in_place.show(new_lines(screen), run_picture(m_run, query), screen);
    if (!bytes.empty()) {
      if (auto written = m_terminal.write(bytes); !written) return written;
    }
    m_next_frame = std::max(began + frame_time, Clock::now() + (Clock::now() - began) * idle_share);
    return {};
  }

  // A window whose edge is being dragged is left alone until it stands still.
  bool is_being_resized(const Screen& screen, Clock::time_point now) {
    if (m_screen && *m_screen != screen) m_settled = now + settling_time;
    m_screen = screen;
    return now < m_settled;
  }

  // A little of the transcript stays in sight, and the row of the cursor is free.
  static int rows_for(const Screen& screen) { return std::max(1, screen.rows - (screen.rows >= 14 ? 4 : 2)); }

  std::vector<std::string> new_lines(const Screen& screen) {
    const auto& all = m_run.lines();
    std::vector<std::string> lines;
    if (all.size() - m_shown > most_lines_at_once) {
      const std::size_t skipped = all.size() - m_shown - most_lines_at_once;
      m_shown += skipped;
      lines.push_back("(" + std::to_string(skipped) + " lines are not shown here; --format transcript prints all)");
    }
    const int tab = screen.columns >= 100 ? 8 : 4;
    for (; m_shown < all.size(); ++m_shown) {
      m_unfinished += all[m_shown].text;
      if (all[m_shown].goes_on && !m_run.ended()) continue;  // what stands above the picture cannot be continued
      lines.push_back(one_line(m_unfinished, tab));
      m_unfinished.clear();
    }
    return lines;
  }

  Terminal& m_terminal;
  const std::string m_pace;
  trace::Run m_run;
  InPlace m_in_place;
  std::size_t m_shown = 0;   // lines of the transcript
  std::string m_unfinished;  // the beginning of the next
  Clock::time_point m_next_frame{};
  std::optional<Screen> m_screen;
  Clock::time_point m_settled{};
  bool m_is_open = false;
};

}  // namespace

std::unique_ptr<RunOutput> picture_output(Terminal& terminal, std::string pace) {
  return std::make_unique<PictureOutput>(terminal, std::move(pace));
}

}  // namespace loiter::cli
