#include "trace/run_file_header.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/text.hpp"
#include "trace/json_text.hpp"
#include "trace/names.hpp"
#include "trace/run_file.hpp"

namespace loiter::trace {
namespace {

using nlohmann::json;

constexpr std::size_t longest_scenario = std::size_t{64} << 10U;

std::string number_text(double value) { return fmt::format("{}", value); }

// A parameter that reads as a number or a truth value is written as one: it must come back as the same text.
bool is_bare(const std::string& text) {
  if (text == "true" || text == "false") return true;
  if (const auto whole = parse_integer(text)) return std::to_string(*whole) == text;
  if (text.find_first_not_of("-.0123456789") != std::string::npos) return false;
  const auto number = parse_number(text);
  return number && number_text(*number) == text;
}

std::optional<std::string> parameter_text(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  if (value.is_number_float()) return number_text(value.get<double>());
  if (value.is_number()) return value.dump();
  return std::nullopt;
}

// Takes the keys of the header one by one; the first thing wrong is kept.
class HeaderReader {
 public:
  explicit HeaderReader(const json& object) : m_object(object) {}

  std::optional<std::string> wrong;
  std::size_t known = 0;

  const json* take(const char* key, bool is_required) {
    const auto found = m_object.find(key);
    if (found != m_object.end()) {
      ++known;
      return &*found;
    }
    if (is_required) complain(fmt::format("the header has no '{}'", key));
    return nullptr;
  }

  void text(const char* key, std::string& member, bool is_required = false) {
    const json* value = take(key, is_required);
    if (value == nullptr) return;
    if (!value->is_string()) return complain(fmt::format("the header's '{}' is not a text", key));
    member = value->get<std::string>();
  }

  template <class T>
  void number(const char* key, T& member, std::uint64_t least, std::uint64_t most, bool is_required = false) {
    const json* value = take(key, is_required);
    if (value == nullptr) return;
    const bool is_inside =
        value->is_number_unsigned() && value->get<std::uint64_t>() >= least && value->get<std::uint64_t>() <= most;
    if (!is_inside) {
      return complain(fmt::format("the header's '{}' is not a whole number from {} to {}", key, least, most));
    }
    member = static_cast<T>(value->get<std::uint64_t>());
  }

  template <class E>
  void name(const char* key, E& member, bool is_required = false) {
    std::string given;
    const json* value = take(key, is_required);
    if (value == nullptr) return;
    const auto known_name = value->is_string() ? from_name<E>(value->get_ref<const std::string&>()) : std::nullopt;
    if (!known_name) return complain(fmt::format("the header's '{}' is not {}", key, names_in_words<E>()));
    member = *known_name;
  }

  void parameters(std::map<std::string, std::string>& member) {
    const json* value = take("parameters", false);
    if (value == nullptr) return;
    if (!value->is_object()) return complain("the header's 'parameters' is not an object");
    for (const auto& [key, parameter] : value->items()) {
      const auto text = parameter_text(parameter);
      if (!text) {
        return complain(fmt::format("the parameter '{}' is not a text, a number, true or false", printable(key)));
      }
      member[key] = *text;
    }
  }

  void complain(std::string what) {
    if (!wrong) wrong = std::move(what);
  }

 private:
  const json& m_object;
};

// The version comes first: what a later one means by its keys is not known here.
Result<void> check_version(const json& object) {
  const auto version = object.find("loiter");
  if (version == object.end()) {
    return fail("this is not a run file: its first line has no \"loiter\": 1.");
  }
  if (!version->is_number_unsigned() || version->get<std::uint64_t>() == 0) {
    return fail("the header's 'loiter' is not a version: a whole number, now 1, is expected.");
  }
  if (version->get<std::uint64_t>() > run_file_version) {
    return fail(fmt::format("this run file has version {}; this program reads version {}. A newer Loiter is needed.",
                            version->get<std::uint64_t>(), run_file_version));
  }
  return {};
}

Result<json> parse_object(std::string_view line) {
  if (line.find('\0') != std::string_view::npos) return fail("the header is not JSON: it contains a NUL byte.");
  try {
    json object = json::parse(line.begin(), line.end());
    if (!object.is_object()) return fail("this is not a run file: its first line is not a JSON object.");
    return object;
  } catch (const json::exception& error) {
    return fail(fmt::format("this is not a run file: its first line is not JSON ({}).", json_complaint(error)));
  }
}

}  // namespace

std::string json_complaint(const std::exception& error) {
  std::string_view what = error.what();
  // "[json.exception.parse_error.101] parse error at line 1, column 5: syntax error while ..."
  if (const std::size_t column = what.find("column "); column != std::string_view::npos) what.remove_prefix(column);
  return printable(what, 200);
}

Result<Header> parse_header(std::string_view line, std::uint64_t& unknown_keys) {
  const Result<json> object = parse_object(line);
  if (!object) return tl::unexpected(object.error());
  if (const Result<void> version = check_version(*object); !version) return tl::unexpected(version.error());

  constexpr std::uint64_t most_32 = std::numeric_limits<std::uint32_t>::max();
  constexpr std::uint64_t most_64 = std::numeric_limits<std::uint64_t>::max();
  constexpr std::uint64_t most_duration = std::numeric_limits<std::int64_t>::max();
  Header header;
  HeaderReader reader(*object);
  std::string label;
  std::int64_t unit_ns = header.unit.count();
  reader.take("loiter", true);
  reader.text("title", header.title, true);
  reader.name("mode", header.mode, true);
  reader.number("workers", header.workers, 0, most_32);
  reader.name("collect", header.collect);
  reader.name("clock", header.clock, true);
  reader.text("label", label);
  reader.number("seed", header.seed, 0, most_64);
  reader.number("unit_ns", unit_ns, 1, most_duration);
  std::string gil_label;
  std::int64_t interval_ns = header.gil_interval.count();
  reader.name("gil", header.gil);
  reader.text("gil_label", gil_label);
  reader.number("gil_interval_ns", interval_ns, 1, most_duration);
  reader.number("cores", header.cores, 0, most_32);
  header.gil_interval = Duration{interval_ns};
  reader.text("producer", header.producer);
  reader.text("started", header.started);
  reader.text("scenario", header.scenario);
  reader.parameters(header.parameters);
  header.unit = Duration{unit_ns};
  if (!reader.wrong && !label.empty() && label != run_label(header)) {
    reader.complain(fmt::format("the header's 'label' is \"{}\", but a {} clock is {}", printable(label),
                                name_of(header.clock), run_label(header)));
  }
  if (!reader.wrong && !gil_label.empty() && gil_label != model_label(header)) {
    reader.complain(fmt::format("the header's 'gil_label' is \"{}\", but {}", printable(gil_label),
                                header.gil == GilKind::None ? "no GIL is modelled" : "a GIL here is a MODEL"));
  }
  if (reader.wrong) return fail(*reader.wrong + ".");
  unknown_keys += object->size() - reader.known;
  return header;
}

void append_header(std::string& out, const Header& header) {
  std::string parameters;
  JsonObject inner(parameters);
  for (const auto& [key, value] : header.parameters) {
    if (is_bare(value)) {
      inner.literal(key, value);
    } else {
      inner.text(key, value);
    }
  }
  inner.end();

  JsonObject object(out);
  object.number("loiter", run_file_version);
  object.text("title", header.title);
  object.text("mode", name_of(header.mode));
  object.number("workers", header.workers);
  object.text("collect", name_of(header.collect));
  object.text("clock", name_of(header.clock));
  object.text("label", run_label(header));
  object.number("seed", header.seed);
  object.number("unit_ns", header.unit.count());
  if (header.cores != 0) object.number("cores", header.cores);
  if (header.gil != GilKind::None) {
    object.text("gil", name_of(header.gil));
    object.text("gil_label", model_label(header));
    object.number("gil_interval_ns", header.gil_interval.count());
  }
  object.text("producer", header.producer);
  if (!header.started.empty()) object.text("started", header.started);
  // A header is one line: a text that would make it too long for a reader is left out.
  if (!header.scenario.empty() && header.scenario.size() <= longest_scenario) object.text("scenario", header.scenario);
  object.literal("parameters", parameters);
  object.end();
}

}  // namespace loiter::trace
