#include "engine/python_peer.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "base/text.hpp"

namespace loiter::engine {
namespace {

// The listing's modules are loaded before its clock starts. A worker is forked, as on Linux up to Python 3.13: one that is
// spawned could not import a program that has no file. Signal 1 of prctl() is the one for the death of the parent.
constexpr std::string_view before = R"py(
import concurrent.futures.process, concurrent.futures.thread
import ctypes, math, multiprocessing, os, platform, signal, time
def _end_with(parent):
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    if os.getppid() != parent:  # it has ended meanwhile
        os.kill(os.getpid(), signal.SIGKILL)
_end_with(int("@LAB@"))
os.register_at_fork(after_in_child=lambda python=os.getpid(): _end_with(python))
multiprocessing.set_start_method("fork")
_began = time.perf_counter()
)py";

constexpr std::string_view name_program = R"py(
import platform
_name = f"{platform.python_implementation()} {platform.python_version()}"
print(f"\nloiter: 0 {_name}", flush=True)
)py";

constexpr std::string_view after = R"py(
_took = time.perf_counter() - _began
print(f"\nloiter: {_took!r}", flush=True)
)py";

constexpr std::string_view mark = "\nloiter: ";

std::string last_line(std::string_view text) {
  while (text.ends_with('\n') || text.ends_with(' ')) text.remove_suffix(1);
  const std::size_t end = text.rfind('\n');
  return printable(end == std::string_view::npos ? text : text.substr(end + 1), 200);
}

// Nothing if it ended as it should.
std::string trouble_of(const ChildProgram& child) {
  if (child.signal() != 0) {
    return fmt::format("python3 was ended by signal {} ({}).", child.signal(), ::strsignal(child.signal()));
  }
  if (child.exit_status() == 0) return "";
  const std::string why = last_line(child.errors());
  return fmt::format("python3 ended with status {}{}.", child.exit_status(), why.empty() ? "" : ": " + why);
}

}  // namespace

Result<std::string> find_python() {
  const char* const path = std::getenv("PATH");
  std::string_view folders = path == nullptr ? "/usr/local/bin:/usr/bin:/bin" : path;
  for (;;) {
    const std::size_t colon = folders.find(':');
    const std::string_view folder = folders.substr(0, colon);
    const std::string candidate = fmt::format("{}/python3", folder.empty() ? "." : folder);
    if (::access(candidate.c_str(), X_OK) == 0) return candidate;
    if (colon == std::string_view::npos) break;
    folders.remove_prefix(colon + 1);
  }
  return fail("There is no python3 on the PATH: install one, or leave --with-python out.");
}

Result<std::unique_ptr<PythonRun>> PythonRun::ask_name(const std::string& python) {
  auto child = ChildProgram::start(python, {"-I", "-c", std::string(name_program)});
  if (!child) return tl::unexpected(child.error());
  return std::unique_ptr<PythonRun>(new PythonRun(std::move(*child)));
}

Result<std::unique_ptr<PythonRun>> PythonRun::start(const std::string& python, const Setup& setup) {
  const std::string listing = find_experiment(setup.experiment)->listing(setup).python;
  std::string program = fmt::format("{}{}{}", before, listing, after);
  program.replace(program.find("@LAB@"), 5, std::to_string(::getpid()));
  auto child = ChildProgram::start(python, {"-I", "-c", std::move(program)});
  if (!child) return tl::unexpected(child.error());
  return std::unique_ptr<PythonRun>(new PythonRun(std::move(*child)));
}

std::optional<PythonRun::Outcome> PythonRun::wait(std::chrono::milliseconds at_most) {
  if (!m_child->wait(at_most)) return std::nullopt;
  Outcome outcome{.time = {}, .trouble = trouble_of(*m_child), .output = m_child->output()};
  if (!outcome.trouble.empty()) return outcome;
  const std::size_t at = outcome.output.rfind(mark);
  const std::string said = at == std::string::npos ? "" : last_line(outcome.output.substr(at + mark.size()));
  const auto seconds = parse_number(said.substr(0, said.find(' ')));
  if (!seconds || *seconds < 0) {
    outcome.trouble =
        fmt::format("python3 did not say how long it took; the last it said is '{}'.", last_line(outcome.output));
    return outcome;
  }
  outcome.time = from_seconds(*seconds);
  outcome.output.resize(at);
  if (const std::size_t space = said.find(' '); space != std::string::npos) outcome.output = said.substr(space + 1);
  return outcome;
}

}  // namespace loiter::engine
