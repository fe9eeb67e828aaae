#include "lessons/links.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "lessons/read_lesson.hpp"

namespace loiter::lessons {
namespace {

constexpr std::size_t most_in_a_message = 60;
constexpr std::size_t most_labels_named = 12;

const std::vector<std::string>& schemes() {
  static const std::vector<std::string> all{"panel", "future", "lesson", "https"};
  return all;
}

std::string shown(std::string_view text) { return printable(text, most_in_a_message); }

// A link whose target has a space in it is none to CommonMark, and would be read as text.
bool has_lost_link(std::string_view text) {
  return std::ranges::any_of(schemes(), [&](const std::string& scheme) {
    return text.find(fmt::format("]({}:", scheme)) != std::string_view::npos;
  });
}

bool is_link(const Span& span) { return !span.to.empty() && !span.picture; }

}  // namespace

Result<Link> read_link(std::string_view to) {
  const std::size_t colon = std::min(to.find(':'), to.size());
  const std::string scheme(to.substr(0, colon));
  const std::string name(to.substr(std::min(colon + 1, to.size())));
  if (scheme == "https" && name.starts_with("//") && name.size() > 2) return Link{Link::Kind::Web, std::string(to)};
  if (scheme == "future" && !name.empty()) return Link{Link::Kind::Future, name};
  if (scheme == "panel") {
    if (!is_panel(name)) return fail(no_such_panel(name));
    return Link{Link::Kind::Panel, name};
  }
  if (scheme == "lesson") {
    if (!is_lesson_id(name)) {
      return fail(fmt::format("'{}' is no lesson's id: small letters, digits and hyphens.", shown(name)));
    }
    return Link{Link::Kind::Lesson, name};
  }
  if (to.find_first_not_of(' ') == std::string_view::npos) {
    return fail("This link leads nowhere. It leads to panel:NAME, future:LABEL, lesson:ID or https://...");
  }
  const std::string meant = scheme == "http" ? " Did you mean 'https'?" : did_you_mean(scheme, schemes());
  return fail(
      fmt::format("A link cannot lead to '{}'.{} It leads to panel:NAME, future:LABEL, lesson:ID or https://...",
                  shown(to), meant));
}

std::vector<PlacedLink> links_of(const Blocks& prose) {
  std::vector<PlacedLink> links;
  for (const Block& block : prose) {
    for (const Span& span : block.spans) {
      if (!is_link(span)) continue;
      if (auto link = read_link(span.to)) links.push_back({span.line, std::move(*link)});
    }
  }
  return links;
}

std::vector<Fault> link_faults(const Blocks& prose) {
  std::vector<Fault> faults;
  for (const Block& block : prose) {
    for (const Span& span : block.spans) {
      if (!span.code && has_lost_link(span.text)) {
        faults.push_back({span.line,
                          "This link is none: where its target has spaces, write it in angle brackets: "
                          "[words](<future:quick #1>)."});
      }
      if (!is_link(span)) continue;
      if (const auto link = read_link(span.to); !link) faults.push_back({span.line, link.error().message});
      if (span.text.empty()) {
        faults.push_back({span.line, fmt::format("The link to '{}' has no words to click on.", shown(span.to))});
      }
    }
  }
  return faults;
}

std::optional<std::string> why_no_future(const std::string& label, const trace::Run& run) {
  std::vector<std::string> labels;
  for (const Item& item : futures_of(run)) labels.push_back(item.label);
  if (std::ranges::find(labels, label) != labels.end()) return std::nullopt;
  if (labels.empty()) return fmt::format("There is no future '{}': this lab has none at all.", shown(label));
  std::string meant = did_you_mean(label, labels);
  if (std::ranges::find(labels, label + " #1") != labels.end()) meant = fmt::format(" Did you mean '{} #1'?", label);
  const bool too_many = labels.size() > most_labels_named;
  if (too_many) labels.resize(most_labels_named);
  return fmt::format("There is no future '{}' in this lab.{} Its futures: {}{}.", shown(label), meant,
                     join(labels, ", "), too_many ? ", ..." : "");
}

std::span<const std::string> panel_names() {
  static const std::vector<std::string> all{"code",  "futures",  "machine",    "order", "server",
                                            "stage", "timeline", "transcript", "waits"};
  return all;
}

bool is_panel(std::string_view name) { return std::ranges::find(panel_names(), name) != panel_names().end(); }

std::string no_such_panel(const std::string& name) {
  return fmt::format("There is no panel '{}'.{} Panels: {}.", shown(name), did_you_mean(name, panel_names()),
                     join(panel_names(), ", "));
}

}  // namespace loiter::lessons
