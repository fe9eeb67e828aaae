#include "cli/lesson_text.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/help.hpp"
#include "lessons/links.hpp"
#include "trace/names.hpp"

namespace loiter::cli {
namespace {

using lessons::Block;

// What a terminal cannot follow is told by its address. Panels and futures are not here, so their words are enough.
bool leads_out(const lessons::Span& span) {
  const auto link = lessons::read_link(span.to);
  return link && link->kind == lessons::Link::Kind::Web && link->name != span.text;
}

std::string words_of(const std::vector<lessons::Span>& spans) {
  std::string words;
  for (const lessons::Span& span : spans) {
    const std::string_view mark = span.code ? "`" : span.strong ? "*" : "";
    if (span.picture) {
      words += fmt::format("[picture: {}]", span.text);
    } else if (!leads_out(span)) {
      words += fmt::format("{0}{1}{0}", mark, span.text);
    } else {
      words += fmt::format("{0}{1}{0} ({2})", mark, span.text, span.to);
    }
  }
  return words;
}

// The first line begins with a mark, such as "- ", and the others stand below its text.
std::string marked(const std::string& mark, const std::string& words, int columns, int indent) {
  std::string text = wrapped(words, columns, indent + static_cast<int>(mark.size()));
  return text.replace(static_cast<std::size_t>(indent), mark.size(), mark);
}

std::string code_text(const Block& block, int indent) {
  std::string text;
  std::string_view code = block.code;
  while (!code.empty()) {
    const std::size_t end = std::min(code.find('\n'), code.size());
    const std::string line = printable(code.substr(0, end), 400);
    text += line.empty() ? "\n" : fmt::format("{:{}}{}\n", "", indent + 4, line);
    code.remove_prefix(std::min(end + 1, code.size()));
  }
  return text;
}

std::string title_of(std::string_view language) {
  if (language == "python") return "Python:";
  if (language == "cpp" || language == "c++") return "C++:";
  return "";
}

}  // namespace

std::string prose_text(const lessons::Blocks& prose, int columns, int indent) {
  std::string text;
  for (const Block& block : prose) {
    const std::string words = words_of(block.spans);
    const int margin = indent + 2 * static_cast<int>(block.depth);
    const bool goes_on = block.kind == Block::Kind::Item && !text.empty();
    if (!text.empty() && !goes_on) text += "\n";
    switch (block.kind) {
      case Block::Kind::Heading:
        text += wrapped(words, columns, indent);
        text += fmt::format("{:{}}{}\n", "", indent,
                            std::string(std::min<std::size_t>(words.size(), 60), block.level == 1 ? '=' : '-'));
        break;
      case Block::Kind::Item:
        text += marked(block.number > 0 ? fmt::format("{}. ", block.number) : "- ", words, columns, margin - 2);
        break;
      case Block::Kind::Code:
        if (const std::string title = title_of(block.language); !title.empty())
          text += fmt::format("{:{}}{}\n", "", margin + 2, title);
        text += code_text(block, margin);
        break;
      case Block::Kind::Rule:
        text += fmt::format("{:{}}---\n", "", indent);
        break;
      case Block::Kind::Paragraph:
        text += wrapped(words, columns, margin);
        break;
    }
  }
  return text;
}

std::string lab_text(const lessons::Lab& lab, int columns) {
  const auto& setup = lab.setup;
  std::vector<std::string> parts;
  if (setup.mode == trace::Mode::Sequential) {
    parts.emplace_back("without a pool, one call after the other");
  } else {
    parts.push_back(
        fmt::format("{} worker{} ({})", setup.workers, setup.workers == 1 ? "" : "s", trace::name_of(setup.mode)));
  }
  if (lab.choices.collect) parts.push_back(fmt::format("results by {}", trace::name_of(setup.collect)));
  for (const auto& [name, value] : lab.choices.parameters) parts.push_back(fmt::format("{} {}", name, value));
  if (setup.gil.kind != trace::GilKind::None) {
    parts.push_back(fmt::format("a MODEL of the lock of Python ({})", trace::name_of(setup.gil.kind)));
  }
  if (lab.kill_process) {
    parts.push_back(fmt::format("Process-{} is killed at {:g} s", *lab.kill_process, to_seconds(lab.kill_at)));
  }
  const std::string name = setup.scenario ? setup.scenario->name : setup.experiment;
  return marked("[lab] ", fmt::format("{}: {}.", name, join(parts, ", ")), columns, 0);
}

std::string question_text(const lessons::Prediction& prediction, int columns) {
  std::string text = marked("[?] ", prediction.ask, columns, 0);
  const bool is_order = !prediction.items.empty();
  if (is_order || prediction.kind != lessons::Prediction::Kind::Number) text += "\n";
  for (std::size_t i = 0; i < prediction.items.size(); ++i) {
    text += marked(fmt::format("{}  ", i + 1), prediction.items[i], columns, 4);
  }
  for (std::size_t i = 0; !is_order && i < prediction.options.size(); ++i) {
    if (prediction.options[i].says.empty()) continue;  // a number that is known to be given, not one to choose
    text += marked(fmt::format("{}  ", i + 1), prediction.options[i].says, columns, 4);
  }
  const std::string help = lessons::guess_help(prediction);
  return text + fmt::format("\n{}", wrapped(fmt::format("Type {}.", help), columns, 4));
}

std::string task_text(const lessons::Try& task, int columns) {
  std::string text = marked("[try] ", task.task, columns, 0);
  for (const lessons::Goal& goal : task.goals) text += marked("- ", lessons::text_of(goal), columns, 6);
  return text +
         fmt::format("\n{}", wrapped(fmt::format("Type what you change, such as {}=..., or skip. You may change: {}.",
                                                 task.may_change.front(), join(task.may_change, ", ")),
                                     columns, 4));
}

}  // namespace loiter::cli
