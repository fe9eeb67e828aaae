// The two outputs for pipes and files: the transcript, and the run as lines of JSON.
#include <string>
#include <variant>

#include "cli/commands.hpp"
#include "cli/progress_line.hpp"
#include "cli/run_output.hpp"
#include "cli/run_picture.hpp"
#include "trace/run_file_lines.hpp"

namespace loiter::cli {
namespace {

class TranscriptOutput final : public RunOutput {
 public:
  explicit TranscriptOutput(Terminal& terminal) : m_terminal(terminal), m_bar(terminal) {}

  // What the Python program prints bears no label; one that a model has touched is not to be taken for it.
  Result<void> begin(const trace::Header& header) override {
    if (header.gil != trace::GilKind::None) complain(m_terminal, trace::labels(header) + ": " + gil_text(header) + ".");
    return {};
  }

  // All that is new in one piece: it is there when it happened, and 300,000 lines are not 300,000 system calls.
  Result<void> show(std::span<const trace::Event> events, Instant now) override {
    std::string text;
    for (const trace::Event& event : events) {
      if (m_bar.count(event)) {
        if (auto written = flush(text); !written) return written;
        if (m_is_at_line_begin) m_bar.draw(event.t);
      }
      if (const auto* printed = std::get_if<trace::Printed>(&event.body)) {
        text += printed->text;
        if (!printed->goes_on) text += '\n';
        m_is_at_line_begin = !printed->goes_on;
      } else if (const auto* logged = std::get_if<trace::Logged>(&event.body)) {
        if (auto written = flush(text); !written) return written;
        m_bar.clear();
        m_terminal.complain(logged->text + "\n");
      }
    }
    if (auto written = flush(text); !written) return written;
    if (m_is_at_line_begin) m_bar.draw(now);
    return {};
  }

  Result<void> end() override {
    m_bar.clear();  // of a program that came to its end before its work was complete
    return {};
  }
  Result<void> leave() override {
    m_bar.clear();
    return {};
  }

 private:
  Result<void> flush(std::string& text) {
    if (text.empty()) return {};
    m_bar.clear();
    auto written = m_terminal.write(text);
    text.clear();
    return written;
  }

  Terminal& m_terminal;
  ProgressBar m_bar;
  bool m_is_at_line_begin = true;
};

class JsonOutput final : public RunOutput {
 public:
  explicit JsonOutput(Terminal& terminal) : m_terminal(terminal) {}

  Result<void> begin(const trace::Header& header) override {
    std::string text;
    if (auto line = m_lines.header(text, header); !line) return line;
    return m_terminal.write(text);
  }

  Result<void> show(std::span<const trace::Event> events, Instant /*now*/) override {
    std::string text;
    for (const trace::Event& event : events) {
      if (auto line = m_lines.event(text, event); !line) return line;
    }
    if (text.empty()) return {};
    return m_terminal.write(text);
  }

 private:
  Terminal& m_terminal;
  trace::RunFileLines m_lines;
};

}  // namespace

std::unique_ptr<RunOutput> transcript_output(Terminal& terminal) {
  return std::make_unique<TranscriptOutput>(terminal);
}
std::unique_ptr<RunOutput> json_output(Terminal& terminal) { return std::make_unique<JsonOutput>(terminal); }

}  // namespace loiter::cli
