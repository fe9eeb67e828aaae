#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <istream>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "base/text.hpp"
#include "trace/line_reader.hpp"
#include "trace/names.hpp"
#include "trace/run_file.hpp"
#include "trace/run_file_field_reader.hpp"
#include "trace/run_file_fields.hpp"
#include "trace/run_file_header.hpp"
#include "trace/run_file_line.hpp"

namespace loiter::trace {
namespace {

template <std::size_t kind>
EventBody read_body(FieldReader& reader) {
  std::variant_alternative_t<kind, EventBody> body;
  describe(reader, body);
  return body;
}

using ReadBody = EventBody (*)(FieldReader&);

template <std::size_t... kinds>
constexpr std::array<ReadBody, sizeof...(kinds)> readers(std::index_sequence<kinds...>) {
  return {&read_body<kinds>...};
}

constexpr auto read_body_of = readers(std::make_index_sequence<std::variant_size_v<EventBody>>{});

// A run file being read, event by event.
class Reader {
 public:
  explicit Reader(const RunFileLimits& limits) : m_limits(limits) {}

  RunFile file;

  // Empty, or what is wrong with this line.
  std::string read_event(std::string_view line, std::uint64_t line_number) {
    if (++m_count > m_limits.events) return fmt::format("a run file holds at most {} events", m_limits.events);
    if (std::string wrong = m_values.parse(line); !wrong.empty()) return wrong;
    Event event;
    if (std::string wrong = read_time(event.t); !wrong.empty()) return wrong;

    LineValue* name = m_values.take(Key::Ev);
    if (name == nullptr) return "'ev' is missing: the name of the event is expected";
    if (name->kind != LineValue::Kind::Text) return "'ev' is not a text: the name of the event is expected";
    const auto kind = kind_of(name->text);
    if (!kind) {
      ++file.unknown_events;
      return {};
    }
    if (std::string wrong = read_lane(event, *kind); !wrong.empty()) return with_kind(std::move(wrong), *kind);
    FieldReader reader(m_values, m_lanes);
    event.body = read_body_of[*kind](reader);
    if (!reader.wrong.empty()) return with_kind(std::move(reader.wrong), *kind);
    if (auto* began = std::get_if<LaneBegan>(&event.body)) begin_lane(event, *began);
    if (reader.joins_later)
      m_joins.push_back({file.recording.events.size(), line_number, std::move(*reader.joins_later)});
    file.unknown_keys += m_values.unknown_keys();
    file.recording.events.push_back(std::move(event));
    return {};
  }

  struct LateJoin {
    std::size_t event;
    std::uint64_t line;
    std::string name;
  };

  // Joins of lanes that began after them. Nothing, or the join of a lane that never did.
  const LateJoin* resolve_joins() {
    for (const LateJoin& join : m_joins) {
      const auto lane = m_lanes.find(join.name);
      if (!lane) return &join;
      std::get<WaitBegan>(file.recording.events[join.event].body).joins = *lane;
    }
    return nullptr;
  }

 private:
  static std::optional<std::size_t> kind_of(const std::string& name) {
    static const auto kinds = [] {
      std::unordered_map<std::string_view, std::size_t> map;
      for (std::size_t i = 0; i < event_names().size(); ++i) map.emplace(event_names()[i], i);
      return map;
    }();
    const auto found = kinds.find(name);
    if (found == kinds.end()) return std::nullopt;
    return found->second;
  }

  static std::string with_kind(std::string wrong, std::size_t kind) {
    return fmt::format("{} ({})", wrong, event_names()[kind]);
  }

  std::string read_time(Instant& t) {
    const LineValue* value = m_values.take(Key::T);
    constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
    if (value == nullptr) return "'t' is missing: whole nanoseconds since the run began are expected";
    if (value->kind != LineValue::Kind::Whole || value->whole > most) {
      return fmt::format("'t' is {}, but whole nanoseconds since the run began, from 0, are expected",
                         value->kind == LineValue::Kind::Whole ? "too large" : kind_in_words(value->kind));
    }
    t = Instant{Duration{static_cast<Duration::rep>(value->whole)}};
    if (t < m_last) {
      return fmt::format("time runs backwards: {} comes after {}", value->whole, m_last.time_since_epoch().count());
    }
    m_last = t;
    return {};
  }

  // The name stays in m_name.
  std::string read_lane(Event& event, std::size_t kind) {
    LineValue* value = m_values.take(Key::Lane);
    if (value == nullptr || value->kind != LineValue::Kind::Text)
      return "'lane' is missing: the name of a lane is expected";
    m_name = std::move(value->text);
    const auto lane = m_lanes.find(m_name);
    if (kind == 0) return read_new_lane(event, lane.has_value());
    if (!lane) return fmt::format("the lane \"{}\" never began: its lane_began must come first", printable(m_name));
    event.lane = *lane;
    return {};
  }
  static_assert(std::is_same_v<std::variant_alternative_t<0, EventBody>, LaneBegan>);

  std::string read_new_lane(Event& event, bool is_known) {
    if (is_known) return fmt::format("the lane \"{}\" began before: lanes have names of their own", printable(m_name));
    if (m_name.size() > m_limits.lane_name_bytes) {
      return fmt::format("a lane's name has at most {} bytes, not {}", m_limits.lane_name_bytes, m_name.size());
    }
    event.lane = m_lanes.next();
    if (const LineValue* id = m_values.take(Key::Id)) {
      if (id->kind != LineValue::Kind::Whole || id->whole > most_32)
        return "'id' is not a lane's number from 0 to 4294967295";
      event.lane = LaneId{static_cast<std::uint32_t>(id->whole)};
    }
    if (m_lanes.is_taken(event.lane)) {
      return fmt::format("another lane has the number {}: an 'id' that is free is expected", event.lane.value);
    }
    return {};
  }

  void begin_lane(const Event& event, LaneBegan& began) {
    m_lanes.begin(m_name, event.lane);
    began.name = m_name;
  }

  RunFileLimits m_limits;
  LanesByName m_lanes;
  LineValues m_values;
  std::string m_name;
  Instant m_last{};
  std::uint64_t m_count = 0;
  std::vector<LateJoin> m_joins;
};

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

}  // namespace

Result<RunFile> read_run_file(std::istream& in, const std::string& name, const RunFileLimits& limits) {
  const auto refuse = [&](std::uint64_t line, const std::string& wrong) {
    return fail(fmt::format("{}:{}: {}", printable(name, 400), line, wrong));
  };
  const auto too_long =
      fmt::format("this line is over {} bytes long; a run file has one event a line.", limits.line_bytes);
  LineReader lines(in, limits.line_bytes);
  Reader reader(limits);
  std::string line;
  if (!lines.next(line)) {
    if (lines.failed()) return fail(fmt::format("{} cannot be read.", printable(name, 400)));
    return refuse(1, lines.is_too_long() ? too_long : "this is not a run file: it is empty.");
  }
  Result<Header> header = parse_header(line, reader.file.unknown_keys);
  if (!header) return refuse(1, header.error().message);
  reader.file.recording.header = std::move(*header);

  while (lines.next(line)) {
    if (is_blank(line)) continue;
    const std::string wrong = reader.read_event(line, lines.line_number());
    if (wrong.empty()) continue;
    if (!lines.has_newline() && wrong.starts_with(not_json)) {
      return refuse(lines.line_number(), "the last line is cut off: the file was not written to its end.");
    }
    return refuse(lines.line_number(), wrong + ".");
  }
  if (lines.is_too_long()) return refuse(lines.line_number(), too_long);
  if (lines.failed()) return fail(fmt::format("{} cannot be read to its end.", printable(name, 400)));
  if (const auto* join = reader.resolve_joins()) {
    return refuse(join->line, fmt::format("'joins' names the lane \"{}\", which never began.", printable(join->name)));
  }
  return std::move(reader.file);
}

Result<RunFile> load_run_file(const std::string& path) {
  const auto cannot = [&](const std::string& why) {
    return fail(fmt::format("{} cannot be opened: {}.", printable(path, 400), why));
  };
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return cannot("it is a folder");
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) return cannot(errno == 0 ? "unknown reason" : std::generic_category().message(errno));
  return read_run_file(in, path);
}

}  // namespace loiter::trace
