// FieldReader: an event's members from the values of its line, checked; and the lanes' names it needs for that.
//
// Shape    An archive for describe() of run_file_fields.hpp.
// Errors   The first thing wrong is kept as a phrase without file and line.
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "trace/names.hpp"
#include "trace/run_file_line.hpp"

namespace loiter::trace {

inline constexpr std::uint64_t most_32 = std::numeric_limits<std::uint32_t>::max();

// Lane names and what they stand for. A join may name a lane that begins only later.
class LanesByName {
 public:
  std::optional<LaneId> find(const std::string& name) const {
    const auto found = m_by_name.find(name);
    if (found == m_by_name.end()) return std::nullopt;
    return found->second;
  }
  LaneId next() const { return LaneId{static_cast<std::uint32_t>(m_by_name.size())}; }
  bool is_taken(LaneId id) const { return m_ids.contains(id); }
  void begin(const std::string& name, LaneId id) {
    m_by_name.emplace(name, id);
    m_ids.insert(id);
  }

 private:
  std::unordered_map<std::string, LaneId> m_by_name;
  std::unordered_set<LaneId> m_ids;
};

// Reads an event's members from the keys of its line. The first thing wrong is kept.
class FieldReader {
 public:
  FieldReader(LineValues& line, const LanesByName& lanes) : m_line(line), m_lanes(lanes) {}

  std::string wrong;
  std::optional<std::string> joins_later;  // the name of a lane that has not begun yet

  template <class T>
  void required(Key key, T& member) {
    if (!get(key, member) && wrong.empty()) wrong = fmt::format("'{}' is missing", text_of(key));
  }
  template <class T>
  void usual(Key key, T& member) {
    get(key, member);
  }
  template <class T>
  void optional(Key key, T& member) {
    get(key, member);
  }

 private:
  template <class T>
  bool get(Key key, T& member) {
    LineValue* value = m_line.take(key);
    if (value == nullptr) return false;
    set(key, *value, member);
    return true;
  }

  void complain(Key key, const LineValue& value, std::string_view expected) {
    if (!wrong.empty()) return;
    const std::string is = value.kind == LineValue::Kind::Whole  ? std::to_string(value.whole)
                           : value.kind == LineValue::Kind::Text ? fmt::format("\"{}\"", printable(value.text))
                                                                 : std::string(kind_in_words(value.kind));
    wrong = fmt::format("'{}' is {}, but {} is expected", text_of(key), is, expected);
  }

  void set(Key key, LineValue& value, std::string& member) {
    if (value.kind != LineValue::Kind::Text) return complain(key, value, "a text");
    member = std::move(value.text);
  }
  void set(Key key, LineValue& value, bool& member) {
    if (value.kind != LineValue::Kind::Flag) return complain(key, value, "true or false");
    member = value.flag;
  }
  void set(Key key, LineValue& value, std::uint64_t& member) {
    if (value.kind != LineValue::Kind::Whole) return complain(key, value, "a whole number from 0");
    member = value.whole;
  }
  void set(Key key, LineValue& value, std::uint32_t& member) {
    if (value.kind != LineValue::Kind::Whole || value.whole > most_32) {
      return complain(key, value, "a whole number from 0 to 4294967295");
    }
    member = static_cast<std::uint32_t>(value.whole);
  }
  void set(Key key, LineValue& value, std::int64_t& member) {
    constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
    if (value.kind == LineValue::Kind::Negative) {
      member = value.negative;
    } else if (value.kind == LineValue::Kind::Whole && value.whole <= most) {
      member = static_cast<std::int64_t>(value.whole);
    } else {
      complain(key, value, "a whole number below 2^63");
    }
  }
  void set(Key key, LineValue& value, FutureId& member) {
    if (!is_future(value.kind, value.whole)) return complain(key, value, "a future's number, from 1");
    member = FutureId{static_cast<std::uint32_t>(value.whole)};
  }
  void set(Key key, LineValue& value, ExecutorId& member) { set(key, value, member.value); }
  void set(Key key, LineValue& value, Instant& member) {
    Duration::rep count = 0;
    set(key, value, count);
    member = Instant{Duration{count}};
  }
  void set(Key key, LineValue& value, Duration& member) {
    Duration::rep count = 0;
    set(key, value, count);
    member = Duration{count};
  }
  template <class T>
  void set(Key key, LineValue& value, std::optional<T>& member) {
    set(key, value, member.emplace());
  }
  template <class E>
    requires std::is_enum_v<E>
  void set(Key key, LineValue& value, E& member) {
    const auto known = value.kind == LineValue::Kind::Text ? from_name<E>(value.text) : std::nullopt;
    if (!known) return complain(key, value, names_in_words<E>());
    member = *known;
  }
  // A lane that never came to begin goes by its number.
  void set(Key key, LineValue& value, LaneId& member) {
    if (value.kind == LineValue::Kind::Text) {
      const auto lane = m_lanes.find(value.text);
      if (lane) {
        member = *lane;
      } else {
        joins_later = std::move(value.text);
      }
    } else if (value.kind == LineValue::Kind::Whole && value.whole <= most_32) {
      member = LaneId{static_cast<std::uint32_t>(value.whole)};
    } else {
      complain(key, value, "a lane's name");
    }
  }
  void set(Key key, LineValue& value, std::vector<FutureId>& members) {
    if (value.kind != LineValue::Kind::List || value.numbers.size() != value.items) {
      return complain(key, value, "a list of futures' numbers");
    }
    members.reserve(value.items);
    for (const std::uint64_t number : value.numbers) {
      if (!is_future(LineValue::Kind::Whole, number)) {
        if (wrong.empty()) wrong = fmt::format("'{}' contains {}: futures count from 1", text_of(key), number);
        return;
      }
      members.push_back(FutureId{static_cast<std::uint32_t>(number)});
    }
  }
  void set(Key key, LineValue& value, std::vector<std::string>& members) {
    if (value.kind != LineValue::Kind::List || value.texts.size() != value.items) {
      return complain(key, value, "a list of names");
    }
    members = std::move(value.texts);
  }
  void set(Key key, LineValue& value, std::vector<LaneId>& members) {
    if (value.kind != LineValue::Kind::List || value.texts.size() != value.items) {
      return complain(key, value, "a list of lanes' names");
    }
    members.reserve(value.items);
    for (const std::string& name : value.texts) {
      const auto lane = m_lanes.find(name);
      if (!lane) {
        if (wrong.empty())
          wrong = fmt::format("'{}' names the lane \"{}\", which never began", text_of(key), printable(name));
        return;
      }
      members.push_back(*lane);
    }
  }

  static bool is_future(LineValue::Kind kind, std::uint64_t number) {
    return kind == LineValue::Kind::Whole && number >= 1 && number <= most_32;
  }

  LineValues& m_line;
  const LanesByName& m_lanes;
};

}  // namespace loiter::trace
