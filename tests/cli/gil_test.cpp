// The GIL's model in the terminal: what it changes, what it does not, and that it is called a model wherever it is.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "cli/scenario_files.hpp"

using namespace loiter;
using namespace loiter::cli;

namespace {

const std::string convoy = "run convoy --clock simulated ";
const std::string loiter_run = "run loiter --clock simulated --format transcript --set tasks=5 ";

std::string refusal(const std::string& line) {
  const Ran result = ran(line);
  CHECK(result.status == 2);
  CHECK(result.out.empty());
  return result.err;
}

}  // namespace

TEST_CASE("ten sleeps of 1 ms beside a task that computes: with the GIL an interval more each, without it none") {
  const auto slept = [](const std::string& options) { return ran(convoy + "--format observations " + options).out; };
  CHECK(slept("--gil none").starts_with(R"({"step": 3, "t": 0.01, "value": "slept"})"));
  CHECK(slept("--gil free-threaded").starts_with(R"({"step": 3, "t": 0.01, "value": "slept"})"));
  CHECK(slept("--gil per-interpreter").starts_with(R"({"step": 3, "t": 0.01, "value": "slept"})"));
  CHECK(slept("").starts_with(R"({"step": 3, "t": 0.069, "value": "slept"})"));
  CHECK(slept("--gil-interval 1").starts_with(R"({"step": 3, "t": 0.021, "value": "slept"})"));
}

TEST_CASE("tasks that only wait are as fast under the GIL as without it") {
  const auto transcript = [](const std::string& gil) { return ran(loiter_run + "--gil " + gil).out; };
  for (const std::string gil : {"cpython", "per-interpreter", "free-threaded"}) {
    CHECK(transcript(gil) == transcript("none"));
  }
}

TEST_CASE("a transcript under the GIL's model says so beside it") {
  CHECK(ran(loiter_run + "--gil cpython").err == "loiter: SIMULATED, MODEL: gil cpython (interval 5 ms).\n");
  CHECK(ran(loiter_run + "--gil free-threaded").err == "loiter: SIMULATED, MODEL: gil free-threaded.\n");
  CHECK(ran(loiter_run + "--gil none").err.empty());
}

TEST_CASE("a run file and a comparison under the GIL's model say so") {
  const Ran json = ran("run loiter --clock simulated --format json --set tasks=1 --gil cpython --cores 2");
  CHECK(json.out.find(R"("label": "SIMULATED")") != std::string::npos);
  CHECK(json.out.find(R"("cores": 2, "gil": "cpython", "gil_label": "MODEL", "gil_interval_ns": 5000000)") !=
        std::string::npos);
  CHECK(json.out.find(R"("ev": "gil", "lane": "main", "what": "taken")") != std::string::npos);
  const Ran table = ran("compare loiter --clock simulated --set tasks=1 --gil cpython");
  CHECK(table.out.find("gil cpython (interval 5 ms)") != std::string::npos);
  CHECK(table.out.find("SIMULATED, MODEL") != std::string::npos);
  const Ran compared = ran("compare loiter --clock simulated --set tasks=1 --gil cpython --format json");
  CHECK(compared.out.find(R"("gil_label": "MODEL")") != std::string::npos);
}

TEST_CASE("threads that compute under the GIL are no faster than one; processes are") {
  const std::string table = ran("compare convoy --clock simulated --format json").out;
  const auto time_of = [&](const std::string& mode) {
    const std::size_t row = table.find(fmt::format(R"("mode": "{}")", mode));
    const std::size_t at = table.find(R"("time_ns": )", row);
    return at == std::string::npos ? 0 : std::stoll(table.substr(at + 11));
  };
  INFO(table);
  CHECK(time_of("sequential") == 210'000'000);
  CHECK(time_of("processes") == 200'000'000);
}

TEST_CASE("what makes no sense of the GIL or the machine is refused") {
  CHECK(refusal("run loiter --gil cpyhton") ==
        "loiter: --gil is none, cpython, per-interpreter or free-threaded, not 'cpyhton'. Did you mean 'cpython'?\n");
  const std::string milliseconds = "loiter: --gil-interval must be a number of milliseconds from 0.1 to 100, not ";
  for (const std::string value : {"0", "0.05", "101", "-5", "soon", "nan"}) {
    CHECK(refusal("run loiter --gil cpython --gil-interval=" + value) == fmt::format("{}'{}'.\n", milliseconds, value));
  }
  CHECK(refusal("run loiter --gil-interval 5") ==
        "loiter: --gil-interval needs --gil cpython or per-interpreter: without a lock nobody waits for it.\n");
  CHECK(refusal("run loiter --cores 2") ==
        "loiter: --cores needs --clock simulated: on the live clock the machine has the cores it has.\n");
  for (const std::string value : {"0", "65", "many"}) {
    CHECK(refusal("run loiter --clock simulated --cores " + value) ==
          fmt::format("loiter: --cores must be a whole number from 1 to 64, not '{}'.\n", value));
  }
}

TEST_CASE("under the GIL programs of every kind end as they do without it", "[live]") {
  for (const std::string what : {"futures", "loiter --set tasks=6 --set unit=20ms"}) {
    for (const std::string mode : {"sequential", "threads", "processes"}) {
      for (const std::string gil : {"cpython", "per-interpreter"}) {
        INFO(what << " --mode " << mode << " --gil " << gil);
        CHECK(ran(fmt::format("run {} --mode {} --gil {}", what, mode, gil)).status == 0);
      }
    }
  }
}
