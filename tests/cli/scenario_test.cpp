// `loiter run` with scenarios: the lab's own and files, in every mode, on both clocks.
#include "cli/scenario_files.hpp"

#include <fstream>
#include <regex>

#include "support/approved.hpp"
#include "support/temporary_folder.hpp"

using namespace loiter;
using namespace loiter::cli;

namespace {

const std::string simulated = "--clock simulated";

// A file with that text, run.
Ran run_text(const std::string& text, const std::string& options = simulated + " --format observations") {
  const testing::TemporaryFolder folder;
  std::ofstream(folder / "s.toml") << text;
  Ran result = ran("run " + folder / "s.toml" + " " + options);
  const std::size_t at = result.err.find(folder.path());
  if (at != std::string::npos) result.err.erase(at, folder.path().size() + 1);
  return result;
}

const std::string wait_forever =
    "workers = 1\n[tasks.inner]\nsteps = [{ loiter = 1 }]\n[tasks.outer]\n"
    "steps = [{ submit = 'inner', as = 'i' }, { result = 'i' }]\n[[main]]\nsubmit = 'outer'\nas = 'o'\n";

// Which of several idle workers takes a task is open among real ones: "ThreadPoolExecutor-0_1" becomes "..._n".
std::string with_any_workers(std::string observations) {
  static const std::regex worker("(ThreadPoolExecutor-[0-9]+_|Process-)[0-9]+");
  return std::regex_replace(observations, worker, "$1n");
}

}  // namespace

TEST_CASE("what every scenario observes on the simulated clock, in every mode") {
  for (const std::string& scenario : all_scenarios()) {
    std::string text;
    for (const std::string mode : {"sequential", "threads", "processes"}) {
      const auto [status, out, err] =
          ran("run " + scenario + " --mode " + mode + " " + simulated + " --format observations");
      text += fmt::format("--mode {}: status {}\n{}{}", mode, status, out, err);
    }
    testing::approved("cli", "scenario-" + stem(scenario), text);
  }
}

// Else real threads, and CPython, would decide each time anew what is to be seen.
TEST_CASE("no scenario depends on who of several that can run runs first") {
  for (const std::string& scenario : all_scenarios()) {
    for (const std::string mode : {"sequential", "threads", "processes"}) {
      // Who gets a lock first takes time from the others: that is drawn, too.
      const std::string lockless = "--gil none --mode " + mode + " " + simulated;
      const std::string usual = with_any_workers(observed(scenario, lockless));
      for (int seed = 1; seed <= 12; ++seed) {
        INFO(scenario << " --mode " << mode << " --seed " << seed);
        const std::string drawn = observed(scenario, fmt::format("{} --seed {}", lockless, seed));
        CHECK(with_any_workers(drawn) == usual);
      }
    }
  }
}

// Real clocks: on a busy machine a fast unit may be too short to keep who is first, so a slower one has the last word.
TEST_CASE("scenarios end on real threads and processes as they do on the simulated clock", "[live]") {
  for (const std::string& scenario : all_scenarios()) {
    for (const std::string mode : {"sequential", "threads", "processes"}) {
      INFO(scenario << " --mode " << mode);
      const auto seen = [&](const std::string& clock) {
        return with_any_workers(without_times(observed(scenario, "--mode " + mode + " " + clock)));
      };
      const std::string expected = seen(simulated);
      std::string live = seen("--speed 20");
      for (const std::string speed : {"--speed 4", "--speed 1"}) {
        if (live != expected) live = seen(speed);
      }
      CHECK(live == expected);
    }
  }
}

TEST_CASE("what is given counts more than what the file says") {
  CHECK(ran("run wait_forever " + simulated).status == 3);
  CHECK(ran("run wait_forever --workers 2 " + simulated).status == 0);
  CHECK(ran("run wait_forever --mode sequential " + simulated).status == 0);
  CHECK(ran("run chain --workers 4 " + simulated).status == 0);
  CHECK(ran("run two_outers --workers 3 " + simulated).status == 0);
  CHECK(ran("run wait_on_each_other --workers 100 " + simulated).status == 3);
  CHECK(observed("never_asked", simulated + " --set unit=250ms").find(R"("t": 2.0)") != std::string::npos);
}

TEST_CASE("a deadlock of some is not the end: the others finish what they can") {
  CHECK(ran("run half_stuck --format transcript " + simulated)
            .err.starts_with("loiter: Stuck, and stopped, at 6.00 s: 6 of 8 futures had finished.\nloiter: "));
  CHECK(ran("run half_stuck --timeout 3 " + simulated).status == 4);
  CHECK(ran("run rescue " + simulated).status == 0);
}

TEST_CASE("a scenario prints what its steps say") {
  CHECK(ran("run wait_for_a_while --format transcript " + simulated).out == "[(1, 4), (2, 5), (3, 6)]\n");
  CHECK(ran("run waiting_callback --format transcript " + simulated).out == "a is done, now I wait for b\n");
}

TEST_CASE("a file is read anew each time, and the run is what it says then") {
  const testing::TemporaryFolder folder;
  for (const std::string value : {"1", "2"}) {
    std::ofstream(folder / "s.toml") << "[tasks.t]\nsteps = [{ return = " + value +
                                            " }]\n[[main]]\nsubmit = 't'\nas = 'a'\n[[main]]\nresult = 'a'\n";
    CHECK(observed(folder / "s.toml", simulated).starts_with(R"({"step": 2, "t": 0.0, "value": )" + value + "}\n"));
  }
}

TEST_CASE("a mistake in a file is one line with its place, status 2, and nothing runs") {
  FakeTerminal terminal;
  const testing::TemporaryFolder folder;
  const std::string path = folder / "s.toml";
  std::ofstream(path) << "[tasks.slow]\nsteps = []\n\n[[main]]\nsubmit = 'slwo'\n";
  CHECK(run_words(terminal, {"run", path}) == 2);
  CHECK(terminal.err == path + ":4: There is no task 'slwo'. Did you mean 'slow'? Known: slow.\n");
  CHECK(terminal.out.empty());
  CHECK(terminal.runs == 0);
}

TEST_CASE("a file that is not there, or is none, is said in one line") {
  CHECK(ran("run nowhere.toml").err == "nowhere.toml: This file cannot be opened: No such file or directory.\n");
  CHECK(ran("run nowhere.toml").status == 2);
  CHECK(ran("run /").err == "/: This file cannot be opened: it is a folder.\n");
  CHECK(ran("run /dev/zero.toml").status == 2);
}

TEST_CASE("names of scenarios are known beside those of experiments") {
  CHECK(ran("run wait_forevr")
            .err.starts_with("loiter: There is no experiment or scenario 'wait_forevr'. Did you mean 'wait_forever'?"));
  CHECK(ran("run scenario --set name=chian")
            .err.starts_with("loiter: There is no scenario 'chian'. Did you mean 'chain'?"));
  CHECK(ran("run scenario --set name=rescue " + simulated).status == 0);
  CHECK(ran("run chain --set name=rescue").err ==
        "loiter: chain is a scenario already: leave --set name=rescue out.\n");
  CHECK(ran("run chain --set tasks=3").err == "loiter: scenario has no parameter 'tasks'. It has: name, unit.\n");
}

TEST_CASE("a timeout ends a scenario with status 4, and the observations say so") {
  const auto [status, out, err] =
      run_text("[[main]]\nsay = 'begin'\n[[main]]\nloiter = 100\n", simulated + " --timeout 5 --format observations");
  CHECK(status == 4);
  CHECK(out == "{\"ended\": \"timeout\", \"t\": 5.0}\n");
}

TEST_CASE("a run that would outlast the lab's clock is timed out at its end") {
  for (const std::string what : {"loiter", "crunch"}) {
    const std::string file = "workers = 1\nunit = '3600s'\n[tasks.t]\nsteps = [{ " + what +
                             " = 1000000 }]\n[[main]]\nsubmit = 't'\nas = 'a'\nrepeat = 4\n[[main]]\nresult = 'a4'\n";
    const auto [status, out, err] = run_text(file);
    CHECK(status == 4);
    CHECK(out == "{\"ended\": \"timeout\", \"t\": 2500000.0}\n");
    CHECK(run_text(file, simulated + " --format transcript").err ==
          "loiter: Timed out at 9000000000.00 s: 2 of 4 futures had finished. The lab's clock holds no more than 285 "
          "years.\n");
  }
  const std::string file =
      "workers = 1\nunit = '3600s'\n[tasks.t]\nsteps = [{ loiter = 1000000 }]\n"
      "[[main]]\nsubmit = 't'\nas = 'a'\nrepeat = 4\n[[main]]\nresult = 'a4'\n";
  CHECK(run_text(file, "--speed instant --format observations").status == 4);
}

TEST_CASE("of a long chain of waits the first few and the last are told, and the others counted") {
  std::string file =
      "workers = 100\n[tasks.t100]\nsteps = []\n[[main]]\nsubmit = 't0'\nas = 'a'\n[[main]]\nresult = 'a'\n";
  for (int i = 0; i < 100; ++i) {
    file += fmt::format("[tasks.t{}]\nsteps = [{{ submit = 't{}', as = 'i' }}, {{ result = 'i' }}]\n", i, i + 1);
  }
  const std::string err = run_text(file, simulated + " --format transcript").err;
  CHECK(
      err.find(
          "ThreadPoolExecutor-0_3 runs t3, which waits for t4 (future 5); 95 more wait so in a row; "
          "ThreadPoolExecutor-0_99 runs t99, which waits for t100 (future 101); future 101 waits for a worker; all 100 "
          "workers, ThreadPoolExecutor-0_0, ThreadPoolExecutor-0_1, ThreadPoolExecutor-0_2, ThreadPoolExecutor-0_3 and "
          "96 more, wait too; main waits for t0 (future 1).") != std::string::npos);
}

TEST_CASE("a file is compared in every mode, as an experiment is") {
  const testing::TemporaryFolder folder;
  const std::string path = folder / "s.toml";
  std::ofstream(path) << wait_forever;
  const auto [status, out, err] = ran("compare " + path + " " + simulated + " --format json");
  CHECK(status == 3);
  for (const std::string mode : {"sequential", "threads", "processes"}) CHECK(out.find(mode) != std::string::npos);
  std::ofstream(path) << "[[mian]]\nsay = 'x'\n";
  const Ran refused = ran("compare " + path);
  CHECK(refused.status == 2);
  CHECK(refused.err.starts_with(path + ":1: "));
  CHECK(ran("compare nowhere.toml").err == "nowhere.toml: This file cannot be opened: No such file or directory.\n");
}

TEST_CASE("times are counted in units of the file") {
  const std::string file =
      "unit = '250ms'\n[tasks.t]\nsteps = [{ loiter = 3 }]\n[[main]]\nsubmit = 't'\nas = 'a'\n"
      "[[main]]\nresult = 'a'\n";
  CHECK(run_text(file).out == "{\"step\": 2, \"t\": 3.0, \"value\": null}\n{\"ended\": \"finished\", \"t\": 3.0}\n");
}

TEST_CASE("crunching takes a core, in every mode") {
  const std::string file =
      "[tasks.t]\nsteps = [{ crunch = 0.05 }, { return = 1 }]\n[[main]]\nsubmit = 't'\nas = 'a'\n"
      "[[main]]\nresult = 'a'\n";
  for (const std::string mode : {"sequential", "threads", "processes"}) {
    CHECK(run_text(file, simulated + " --format observations --mode " + mode).out ==
          "{\"step\": 2, \"t\": 0.05, \"value\": 1}\n{\"ended\": \"finished\", \"t\": 0.05}\n");
    CHECK(without_times(run_text(file, "--format observations --mode " + mode).out) ==
          "{\"step\": 2, \"value\": 1}\n{\"ended\": \"finished\"}\n");
  }
}

TEST_CASE("a task that calls itself without end is stopped by the interpreter's limit, as in CPython") {
  const auto [status, out, err] = run_text(
      "[tasks.t]\nsteps = [{ submit = 't', as = 'a' }, { result = 'a' }]\n[[main]]\nsubmit = 't'\nas = 'a'\n"
      "[[main]]\nexception = 'a'\n",
      simulated + " --format observations --mode sequential");
  CHECK(status == 0);
  CHECK(out.starts_with(
      R"({"step": 2, "t": 0.0, "error": "RecursionError", "text": "maximum recursion depth exceeded"})"));
}

TEST_CASE("a task that submits itself for ever ends with the shutdown of its pool, as in CPython") {
  for (const std::string workers : {"1", "3"}) {
    const auto [status, out, err] =
        run_text("workers = " + workers + "\n[tasks.t]\nsteps = [{ submit = 't' }]\n[[main]]\nsubmit = 't'\n");
    CHECK(status == 0);
    CHECK(out == "{\"ended\": \"finished\", \"t\": 0.0}\n");
  }
}

TEST_CASE("a killed worker process breaks a scenario's pool, even one that waits for ever") {
  const std::string kill = " --mode processes --kill-worker 1@2 --format observations";
  const std::string broken = R"("error": "BrokenProcessPool", "text": "A process in the process pool was terminated)";
  CHECK(run_text(wait_forever + "[[main]]\nloiter = 3\n[[main]]\nresult = 'o'\n", simulated + kill).out.find(broken) !=
        std::string::npos);
}

TEST_CASE("a recorded scenario opens again without its file") {
  const testing::TemporaryFolder folder;
  {
    std::ofstream(folder / "s.toml") << wait_forever;
    CHECK(ran("run " + folder / "s.toml" + " " + simulated + " --record " + folder / "run.jsonl").status == 3);
    std::filesystem::remove(folder / "s.toml");
  }
  const auto [status, out, err] = ran("show --text " + folder / "run.jsonl");
  CHECK(status == 0);
  CHECK(out.find("which waits for inner (future 2)") != std::string::npos);
  CHECK(err.empty());
}
