// The output that tests and scripts read: what a scenario's program has observed, a line of JSON each.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/python_text.hpp"
#include "cli/run_output.hpp"
#include "trace/json_text.hpp"
#include "trace/names.hpp"

namespace loiter::cli {
namespace {

using trace::JsonObject;
using trace::Observation;

// main before ThreadPoolExecutor-0_0.
bool before_in_any_case(const std::string& a, const std::string& b) {
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::lexicographical_compare(a, b, {}, small, small);
}

class ObservationsOutput final : public RunOutput {
 public:
  explicit ObservationsOutput(Terminal& terminal) : m_terminal(terminal) {}

  Result<void> begin(const trace::Header& header) override {
    m_unit = header.unit;
    return {};
  }

  Result<void> show(std::span<const trace::Event> events, Instant /*now*/) override {
    std::string text;
    for (const trace::Event& event : events) {
      std::visit([&](const auto& body) { take(event, body, text); }, event.body);
    }
    if (text.empty()) return {};
    return m_terminal.write(text);
  }

 private:
  template <class Body>
  void take(const trace::Event& /*event*/, const Body& /*body*/, std::string& /*text*/) {}

  void take(const trace::Event& event, const trace::LaneBegan& began, std::string& /*text*/) {
    m_lane_names[event.lane] = began.name;
  }
  void take(const trace::Event& /*event*/, const trace::Stuck& stuck, std::string& /*text*/) { m_stuck = stuck.lanes; }
  void take(const trace::Event& /*event*/, const trace::Unstuck& freed, std::string& /*text*/) {
    std::erase_if(m_stuck, [&](LaneId lane) { return std::ranges::find(freed.lanes, lane) != freed.lanes.end(); });
  }

  void take(const trace::Event& event, const trace::Observed& seen, std::string& text) {
    JsonObject object(text);
    object.number("step", seen.step);
    object.literal("t", time_of(event));
    switch (seen.what) {
      case Observation::Value:
        object.literal("value", value_of(seen));
        break;
      case Observation::Error:
        object.text("error", seen.type);
        object.text("text", seen.text);
        break;
      case Observation::State:
        object.text("state", seen.text);
        break;
      case Observation::End:
        object.flag("end", true);
        break;
      case Observation::Sets:
        object.list("done", seen.done, trace::append_json_string);
        object.list("not_done", seen.not_done, trace::append_json_string);
        break;
    }
    object.end();
    text += '\n';
  }

  void take(const trace::Event& event, const trace::RunEnded& ended, std::string& text) {
    JsonObject object(text);
    object.text("ended", trace::name_of(ended.how));
    object.literal("t", time_of(event));
    if (ended.how == trace::RunEnd::Raised) {
      object.text("error", ended.type);
      object.text("text", ended.text);
    }
    if (ended.how == trace::RunEnd::Stuck) {
      std::vector<std::string> names;
      for (const LaneId lane : m_stuck) names.push_back(m_lane_names[lane]);
      std::ranges::sort(names, before_in_any_case);
      object.list("lanes", names, trace::append_json_string);
    }
    object.end();
    text += '\n';
  }

  // In units since the start.
  std::string time_of(const trace::Event& event) const {
    const auto t = static_cast<double>(event.t.time_since_epoch().count());
    return python_repr(t / static_cast<double>(m_unit.count()));
  }

  static std::string value_of(const trace::Observed& seen) {
    if (seen.type == "NoneType") return "null";
    if (seen.type == "bool") return seen.text == "True" ? "true" : "false";
    if (seen.type == "int" || seen.type == "float") return seen.text;
    std::string text;
    trace::append_json_string(text, seen.text);
    return text;
  }

  Terminal& m_terminal;
  Duration m_unit = std::chrono::seconds(1);
  std::map<LaneId, std::string> m_lane_names;
  std::vector<LaneId> m_stuck;
};

}  // namespace

std::unique_ptr<RunOutput> observations_output(Terminal& terminal) {
  return std::make_unique<ObservationsOutput>(terminal);
}

}  // namespace loiter::cli
