#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

#include "base/save_file.hpp"
#include "base/text.hpp"
#include "trace/json_text.hpp"
#include "trace/names.hpp"
#include "trace/run_file.hpp"
#include "trace/run_file_fields.hpp"
#include "trace/run_file_header.hpp"
#include "trace/run_file_lines.hpp"

namespace loiter::trace {
namespace {

using LaneNames = std::unordered_map<LaneId, std::string>;

// Whole characters of the text, at most `bytes`.
std::string_view cut(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return text.substr(0, bytes);
}

// Writes an event's members after the keys that every event has.
class Writer {
 public:
  Writer(JsonObject& object, const LaneNames& lanes) : m_object(object), m_lanes(lanes) {}

  template <class T>
  void required(Key key, const T& value) {
    put(text_of(key), value);
  }
  template <class T>
  void usual(Key key, const T& value) {
    put(text_of(key), value);
  }
  template <class T>
  void optional(Key key, const T& value) {
    if (value != T{}) put(text_of(key), value);
  }

 private:
  void put(std::string_view key, const std::string& value) { m_object.text(key, value); }
  void put(std::string_view key, bool value) { m_object.flag(key, value); }
  template <std::integral T>
  void put(std::string_view key, T value) {
    m_object.number(key, value);
  }
  template <class E>
    requires std::is_enum_v<E>
  void put(std::string_view key, E value) { m_object.text(key, name_of(value)); }
  void put(std::string_view key, FutureId value) { m_object.number(key, value.value); }
  void put(std::string_view key, ExecutorId value) { m_object.number(key, value.value); }
  void put(std::string_view key, Duration value) { m_object.number(key, value.count()); }
  void put(std::string_view key, Instant value) { m_object.number(key, value.time_since_epoch().count()); }
  template <class T>
  void put(std::string_view key, const std::optional<T>& value) {
    put(key, *value);  // optional() has looked
  }
  void put(std::string_view key, LaneId value) {
    std::string json;
    append_lane(json, value);
    m_object.literal(key, json);
  }
  void put(std::string_view key, const std::vector<FutureId>& values) {
    m_object.list(key, values, [](std::string& out, FutureId id) { out += std::to_string(id.value); });
  }
  void put(std::string_view key, const std::vector<std::string>& values) {
    m_object.list(key, values, [](std::string& out, const std::string& name) { append_json_string(out, name); });
  }
  void put(std::string_view key, const std::vector<LaneId>& values) {
    m_object.list(key, values, [this](std::string& out, LaneId id) { append_lane(out, id); });
  }

  // A lane may be waited for that never came to begin: it has no name.
  void append_lane(std::string& out, LaneId id) {
    const auto name = m_lanes.find(id);
    if (name == m_lanes.end()) {
      out += std::to_string(id.value);
    } else {
      append_json_string(out, name->second);
    }
  }

  JsonObject& m_object;
  const LaneNames& m_lanes;
};

// Halves what is longest in an event.
struct Shortener {
  std::size_t longest = 0;
  bool halves = false;  // the second round: halve every part as long as the longest

  template <class T>
  void required(Key, T& value) {
    look_at(value);
  }
  template <class T>
  void usual(Key, T& value) {
    look_at(value);
  }
  template <class T>
  void optional(Key, T& value) {
    look_at(value);
  }

  template <class T>
  void look_at(T&) {}
  void look_at(std::string& text) {
    if (is_longest(text.size())) text = std::string(cut(text, text.size() / 2)) + "...";
  }
  template <class T>
  void look_at(std::vector<T>& list) {
    if (is_longest(list.size() * 8)) list.resize(list.size() / 2);
  }
  bool is_longest(std::size_t bytes) {
    longest = std::max(longest, bytes);
    return halves && bytes == longest;
  }
};

// The event with its longest part halved; false if nothing in it is long.
bool shorten(Event& event) {
  return std::visit(
      [](auto& body) {
        std::size_t listed = 0;
        if constexpr (Is<decltype(body), WaitBegan&>) listed = body.futures.size();
        Shortener shortener;
        describe(shortener, body);
        if (shortener.longest < 64) return false;
        shortener.halves = true;
        describe(shortener, body);
        if constexpr (Is<decltype(body), WaitBegan&>)
          body.more += static_cast<std::uint32_t>(listed - body.futures.size());
        return true;
      },
      event.body);
}

void append_event(std::string& out, const Event& event, const LaneNames& lanes, std::size_t lanes_begun) {
  JsonObject object(out);
  object.number("t", event.t.time_since_epoch().count());
  object.text("ev", event_name(event.body));
  object.text("lane", lanes.at(event.lane));
  Writer writer(object, lanes);
  if (std::holds_alternative<LaneBegan>(event.body) && event.lane.value != lanes_begun) {
    object.number("id", event.lane.value);  // else it is the next one
  }
  std::visit([&](const auto& body) { describe(writer, body); }, event.body);
  object.end();
}

// A recording that a reader would refuse is not written.
std::optional<std::string> flaw(const Event& event, Instant last, const std::unordered_set<LaneId>& begun) {
  const bool begins = std::holds_alternative<LaneBegan>(event.body);
  if (event.t < last) return "its time is negative or before that of the event ahead of it";
  if (begins && begun.contains(event.lane)) return "its lane began before";
  if (!begins && !begun.contains(event.lane)) return "its lane never began";
  return std::nullopt;
}

}  // namespace

void RunFileLines::foresee(const Event& event) {
  const auto* began = std::get_if<LaneBegan>(&event.body);
  if (began == nullptr || m_names.contains(event.lane)) return;
  std::string name(cut(began->name, m_limits.lane_name_bytes));
  const std::string mark = fmt::format("#{}", event.lane.value);
  while (!m_taken.insert(name).second)
    name = fmt::format("{}{}", cut(name, m_limits.lane_name_bytes - mark.size()), mark);
  m_names.emplace(event.lane, std::move(name));
}

Result<void> RunFileLines::header(std::string& out, const Header& header) const {
  const std::size_t begin = out.size();
  append_header(out, header);
  if (out.size() - begin > m_limits.line_bytes) {
    out.resize(begin);
    return fail("the run's title or parameters are too long for a run file.");
  }
  out += '\n';
  return {};
}

Result<void> RunFileLines::event(std::string& out, const Event& event) {
  if (++m_count > m_limits.events) {
    return fail(fmt::format("the run has more events than a run file holds ({}).", m_limits.events));
  }
  if (const auto wrong = flaw(event, m_last, m_begun)) {
    return fail(fmt::format("event {}, '{}', cannot be kept: {}.", m_count, event_name(event.body), *wrong));
  }
  foresee(event);
  m_last = event.t;
  const std::size_t begin = out.size();
  append_event(out, event, m_names, m_begun.size());
  if (out.size() - begin > m_limits.line_bytes) {
    Event shorter = event;
    while (out.size() - begin > m_limits.line_bytes && shorten(shorter)) {
      out.resize(begin);
      append_event(out, shorter, m_names, m_begun.size());
    }
  }
  if (std::holds_alternative<LaneBegan>(event.body)) m_begun.insert(event.lane);
  out += '\n';
  return {};
}

Result<void> write_run_file(std::ostream& out, const Recording& recording, const RunFileLimits& limits) {
  if (recording.events.size() > limits.events) {
    return fail(fmt::format("{} events are more than a run file holds ({}).", recording.events.size(), limits.events));
  }
  RunFileLines lines(limits);
  for (const Event& event : recording.events) lines.foresee(event);
  std::string line;
  Result<void> written = lines.header(line, recording.header);
  for (auto event = recording.events.begin(); written && out; ++event) {
    out << line;
    if (event == recording.events.end()) break;
    line.clear();
    written = lines.event(line, *event);
  }
  if (!written) return written;
  out.flush();
  if (!out) return fail("the run could not be written to its end.");
  return {};
}

Result<void> save_run_file(const std::string& path, const Recording& recording) {
  return save_file(path, [&](std::ostream& out) { return write_run_file(out, recording); });
}

}  // namespace loiter::trace
