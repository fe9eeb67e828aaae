#include "views/code_view.hpp"

#include <algorithm>

#include "views/code_tokens.hpp"

namespace loiter::views {
namespace {

std::string_view without_spaces_at_end(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

bool is_site_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
  });
}

// Takes the last marker off the line and gives its name; nothing if the line does not end with one.
std::optional<std::string> take_marker(std::string_view& line, std::string_view sign) {
  const std::string_view whole = without_spaces_at_end(line);
  const std::size_t at = whole.rfind(sign);
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view name = whole.substr(at + sign.size());
  while (name.starts_with(' ')) name.remove_prefix(1);
  if (!is_site_name(name)) return std::nullopt;
  line = without_spaces_at_end(whole.substr(0, at));
  return std::string(name);
}

}  // namespace

Listing parse_listing(std::string_view text, Language language) {
  Listing listing;
  listing.language = language;
  const std::string_view sign = language == Language::Python ? "#@" : "//@";
  TokenState state;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = without_spaces_at_end(text.substr(0, end));
    while (const auto site = take_marker(line, sign)) listing.sites.emplace(*site, listing.lines.size());
    std::vector<Token> tokens = tokens_of(line, language, state);
    listing.lines.push_back({std::string(line), std::move(tokens)});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return listing;
}

std::string listing_text(const Listing& listing) {
  std::string text;
  for (const CodeLine& line : listing.lines) text += line.text + '\n';
  return text;
}

std::vector<LanePlace> where_lanes_are(const trace::Run& run, const Listing& listing, Instant t) {
  std::vector<LanePlace> places;
  const auto add = [&](const trace::Lane& lane) {
    if (t < lane.began || (lane.ended && t >= *lane.ended)) return;
    LanePlace place{.lane = lane.id, .line = {}, .future = no_future, .doing = doing_at(run, lane, t)};
    if (const trace::TaskSpan* task = trace::task_at(lane, t)) place.future = task->future;
    const trace::SiteMark* mark = place.doing.idle ? nullptr : trace::site_at(lane, t);
    if (mark != nullptr) {
      const auto site = listing.sites.find(mark->site);
      if (site != listing.sites.end()) place.line = site->second;
    }
    places.push_back(std::move(place));
  };
  for (const trace::Lane& lane : run.lanes()) {
    if (lane.kind == trace::LaneKind::Main) add(lane);
  }
  for (const trace::Lane& lane : run.lanes()) {
    if (lane.kind == trace::LaneKind::Thread || lane.kind == trace::LaneKind::Process) add(lane);
  }
  return places;
}

std::size_t first_line_in_sight(const std::vector<std::size_t>& lines, std::size_t now, std::size_t fit) {
  if (lines.empty() || fit == 0) return now;
  std::size_t least = lines.front();
  std::size_t most = lines.front();
  for (const std::size_t line : lines) {
    const std::size_t from = std::min(least, line);
    const std::size_t to = std::max(most, line);
    if (to - from >= fit) continue;
    least = from;
    most = to;
  }
  const std::size_t lowest = most + 1 > fit ? most + 1 - fit : 0;
  return std::clamp(now, lowest, least);
}

std::vector<PlaceGroup> brief_places(const std::vector<LanePlace>& places) {
  std::vector<PlaceGroup> groups;
  PlaceGroup idle{.lanes = {}, .text = "idle", .look = {}, .idle = true};
  for (const LanePlace& place : places) {
    if (place.doing.idle) {
      idle.lanes.push_back(place.lane);
    } else {
      groups.push_back({{place.lane}, place.doing.brief, place.doing.look, false});
    }
  }
  if (!idle.lanes.empty()) groups.push_back(std::move(idle));
  return groups;
}

}  // namespace loiter::views
