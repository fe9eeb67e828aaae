#include "scenarios/read_steps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/toml_table.hpp"

namespace loiter::scenarios {
namespace {

using Kind = Step::Kind;

struct KindName {
  const char* key;
  Kind kind;
};
// Steps whose other keys are named like steps come first: on_done has say, shutdown has wait.
constexpr KindName kinds[] = {
    {"on_done", Kind::OnDone}, {"shutdown", Kind::Shutdown},
    {"say", Kind::Say},        {"loiter", Kind::Loiter},
    {"crunch", Kind::Crunch},  {"submit", Kind::Submit},
    {"map", Kind::Map},        {"as_completed", Kind::AsCompleted},
    {"next", Kind::Next},      {"each", Kind::Each},
    {"close", Kind::Close},    {"wait", Kind::Wait},
    {"result", Kind::Result},  {"exception", Kind::Exception},
    {"cancel", Kind::Cancel},  {"state", Kind::State},
    {"return", Kind::Return},  {"raise", Kind::Raise},
};

std::vector<std::string> step_names() {
  std::vector<std::string> names;
  for (const KindName& known : kinds) names.emplace_back(known.key);
  std::ranges::sort(names);
  return names;
}

const KindName& kind_of(const toml::table& table, std::uint32_t line) {
  const KindName* found = nullptr;
  for (const KindName& known : kinds) {
    if (!table.contains(known.key)) continue;
    const bool is_option = found != nullptr && (found->kind == Kind::OnDone || found->kind == Kind::Shutdown);
    if (found == nullptr) {
      found = &known;
    } else if (!is_option) {
      throw Mistake{line, fmt::format("A step does one thing, and this one has '{}' and '{}'.", found->key, known.key)};
    }
  }
  if (found != nullptr) return *found;
  const auto names = step_names();
  if (table.empty()) throw Mistake{line, fmt::format("This step is empty. Steps: {}.", join(names, ", "))};
  // The key that is most like a step.
  std::string odd(table.begin()->first.str());
  for (const auto& [key, node] : table) {
    if (nearest_name(key.str(), names)) odd = key.str();
  }
  const auto at = std::ranges::find_if(table, [&](const auto& entry) { return entry.first.str() == odd; });
  const std::uint32_t odd_line = at->first.source().begin.line;
  throw Mistake{odd_line > 0 ? odd_line : line, fmt::format("There is no step '{}'.{} Steps: {}.", printable(odd, 40),
                                                            did_you_mean(odd, names), join(names, ", "))};
}

bool is_identifier(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return !text.empty() && text.size() <= longest_name && is_letter(text.front()) &&
         std::ranges::all_of(text, [&](char c) { return is_letter(c) || is_digit(c); });
}

class StepReader {
 public:
  StepReader(const toml::table& table, Body body, std::uint32_t line)
      : m_kind(kind_of(table, line)), m_table(table, fmt::format("'{}'", m_kind.key), line), m_body(body) {
    m_step.kind = m_kind.kind;
    m_step.line = line;
  }

  Step read() {
    switch (m_kind.kind) {
      case Kind::Say:
        m_step.text = m_table.needed_text("say");
        break;
      case Kind::Loiter:
      case Kind::Crunch:
        m_step.units = m_table.needed_number(m_kind.key, most_units);
        break;
      case Kind::Submit:
        read_submit();
        break;
      case Kind::Map:
        m_step.names = m_table.needed_texts("map");
        m_step.chunk_size = m_table.whole("chunksize", 0, 1'000'000).value_or(1);
        read_pool();
        read_iterator();
        break;
      case Kind::AsCompleted:
        m_step.names = m_table.needed_texts("as_completed");
        read_iterator();
        break;
      case Kind::Wait:
        read_wait();
        break;
      case Kind::Result:
        read_as();
        [[fallthrough]];
      case Kind::Exception:
        read_timeout();
        [[fallthrough]];
      case Kind::Next:
      case Kind::Each:
      case Kind::Close:
      case Kind::Cancel:
      case Kind::State:
        m_step.name = m_table.needed_text(m_kind.key);
        break;
      case Kind::OnDone:
        read_callback();
        break;
      case Kind::Shutdown:
        read_shutdown();
        break;
      case Kind::Return:
      case Kind::ReturnFuture:
        read_return();
        break;
      case Kind::Raise:
        read_raise();
        break;
    }
    m_table.finish();
    return std::move(m_step);
  }

 private:
  void read_as() {
    if (const auto as = m_table.text("as")) {
      check_new_name(*as, "a future or iterator", m_table.line_of("as"));
      m_step.as = *as;
    }
  }
  void read_pool() {
    if (const auto pool = m_table.text("pool")) {
      if (pool->empty()) m_table.complain("pool", "'pool' must be the name of a pool, not an empty text.");
      m_step.pool = *pool;
    }
  }
  void read_timeout() { m_step.timeout = m_table.number("timeout", most_units); }
  void read_iterator() {
    read_as();
    read_timeout();
  }

  void read_submit() {
    m_step.name = m_table.needed_text("submit");
    read_as();
    read_pool();
    if (const auto repeat = m_table.whole("repeat", 1, most_tasks)) m_step.repeat = static_cast<std::uint32_t>(*repeat);
  }

  void read_wait() {
    m_step.names = m_table.needed_texts("wait");
    read_timeout();
    const auto when = m_table.word("return_when", {"FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"});
    if (when) m_step.return_when = static_cast<ReturnWhen>(*when);
  }

  void read_callback() {
    m_step.name = m_table.needed_text("on_done");
    m_step.text = m_table.text("say").value_or("");
    m_step.units = m_table.number("loiter", most_units);
    m_step.awaits = m_table.text("result").value_or("");
    if (m_step.text.empty() && !m_step.units && m_step.awaits.empty()) {
      m_table.complain("on_done", "A callback does something: 'on_done' needs 'say', 'loiter' or 'result'.");
    }
  }

  void read_shutdown() {
    if (!m_table.flag("shutdown").value_or(true)) m_table.wrong_value("shutdown", "true");
    m_step.wait = m_table.flag("wait").value_or(true);
    m_step.cancel_futures = m_table.flag("cancel_futures").value_or(false);
    read_pool();
  }

  void must_be_in_task() const {
    if (m_body == Body::Main) {
      m_table.complain("return", "'return' ends a task; the program ends after its last step.");
    }
  }

  void read_return() {
    must_be_in_task();
    const toml::node& node = *m_table.take("return");
    if (const auto* text = node.as_string()) {
      m_step.value = text->get();
    } else if (const auto* whole = node.as_integer()) {
      m_step.value = whole->get();
    } else if (const auto* real = node.as_floating_point(); real != nullptr && std::isfinite(real->get())) {
      m_step.value = real->get();
    } else if (const auto* flag = node.as_boolean()) {
      m_step.value = flag->get();
    } else if (const auto* table = node.as_table()) {
      TableReader future(*table, "'return'", m_table.line_of("return"));
      m_step.kind = Kind::ReturnFuture;
      m_step.name = future.needed_text("future");
      future.finish();
    } else {
      m_table.wrong_value("return", "a text, a whole number, a decimal number, true, false or { future = \"NAME\" }");
    }
  }

  void read_raise() {
    m_step.name = m_table.needed_text("raise");
    m_step.text = m_table.text("message").value_or("");
    const bool ends_python =
        m_step.name == "SystemExit" || m_step.name == "KeyboardInterrupt" || m_step.name == "GeneratorExit";
    if (!is_identifier(m_step.name) || ends_python) m_table.wrong_value("raise", "an exception such as ValueError");
  }

  const KindName& m_kind;
  TableReader m_table;
  const Body m_body;
  Step m_step;
};

}  // namespace

void check_new_name(const std::string& name, std::string_view what, std::uint32_t line) {
  const bool is_good = !name.empty() && name.size() <= longest_name && printable(name, longest_name) == name &&
                       name.find('*') == std::string::npos && !name_in_main(name);
  if (is_good) return;
  throw Mistake{line, fmt::format("'{}' cannot be the name of {}: a name has 1 to {} bytes, no '*', and does not begin "
                                  "with 'main.'.",
                                  printable(name, 40), what, longest_name)};
}

std::vector<Step> read_steps(const toml::array& steps, Body body, std::uint32_t line) {
  std::vector<Step> read;
  for (const toml::node& node : steps) {
    const std::uint32_t at = node.source().begin.line > 0 ? node.source().begin.line : line;
    const toml::table* table = node.as_table();
    if (table == nullptr) {
      throw Mistake{at, fmt::format("A step is a table such as {{ loiter = 1 }}, not {}.", in_words(node))};
    }
    read.push_back(StepReader(*table, body, at).read());
  }
  return read;
}

}  // namespace loiter::scenarios
