#include "experiments/loiter_listing.hpp"

#include <string_view>

namespace loiter::experiments {
namespace {

constexpr std::string_view python_head = R"py(from time import sleep, strftime
@IMPORT@

def display(*args):
    print(strftime("[%H:%M:%S]"), *args)

@CLASS@def loiter(n):
    tabs = "\t" * n
    display(f"{tabs}loiter({n}): doing nothing for {n}s...")  #@ loiter.begin
    sleep(n)  #@ loiter.sleep
    display(f"{tabs}loiter({n}): done.")  #@ loiter.done
    return n * 10  #@ loiter.return

display("Script starting.")  #@ main.start
with @POOL@ as executor:  #@ main.pool
)py";

constexpr std::string_view python_map = R"py(    results = executor.map(loiter, range(@TASKS@))  #@ main.map
    display("results:", results)  #@ main.results
    display("Waiting for individual results:")  #@ main.waiting
    for i, result in enumerate(results):  #@ main.next
        display(f"result {i}: {result}")  #@ main.result
)py";

constexpr std::string_view python_as_completed = R"py(    to_do = [executor.submit(loiter, n) for n in range(@TASKS@)]  #@ main.submit
    display(f"submitted: {len(to_do)} futures")  #@ main.results
    display("Waiting for individual results:")  #@ main.waiting
    for i, future in enumerate(as_completed(to_do)):  #@ main.next
        display(f"result {i}: {future.result()}")  #@ main.result
)py";

// Python has no such executor; this is one.
constexpr std::string_view python_sequential_class = R"py(class SequentialExecutor(Executor):
    def submit(self, fn, *args):
        future = Future()
        future.set_running_or_notify_cancel()
        future.set_result(fn(*args))
        return future

)py";

constexpr std::string_view cpp_head = R"cpp(int loiter(Lab& lab, int n) {
  const std::string tabs(n, '\t');
  lab.display("{}loiter({}): doing nothing for {}s...", tabs, n, n);  //@ loiter.begin
  lab.sleep(n * 1s);  //@ loiter.sleep
  lab.display("{}loiter({}): done.", tabs, n);  //@ loiter.done
  return n * 10;  //@ loiter.return
}

void main_program(Lab& lab) {
  lab.display("Script starting.");  //@ main.start
  @POOL@;  //@ main.pool
)cpp";

constexpr std::string_view cpp_map = R"cpp(  auto results = executor.map(named("loiter", loiter), iota(0, @TASKS@));  //@ main.map
  lab.display("results: {}", results.repr());  //@ main.results
  lab.display("Waiting for individual results:");  //@ main.waiting
  for (int i = 0; auto result = results.next(); ++i) {  //@ main.next
    lab.display("result {}: {}", i, *result);  //@ main.result
  }
}  //@ main.leave
)cpp";

constexpr std::string_view cpp_as_completed = R"cpp(  std::vector<Future<int>> to_do;
  for (int n = 0; n < @TASKS@; ++n) {
    to_do.push_back(executor.submit(named("loiter", loiter), n));  //@ main.submit
  }
  lab.display("submitted: {} futures", to_do.size());  //@ main.results
  lab.display("Waiting for individual results:");  //@ main.waiting
  auto completed = as_completed(to_do);
  for (int i = 0; auto future = completed.next(); ++i) {  //@ main.next
    lab.display("result {}: {}", i, future->result());  //@ main.result
  }
}  //@ main.leave
)cpp";

void replace(std::string& text, std::string_view what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

std::string python_import(const Setup& setup) {
  const std::string collector = setup.collect == Collect::AsCompleted ? ", as_completed" : "";
  switch (setup.mode) {
    case Mode::Sequential:
      return "from concurrent.futures import Executor, Future" + collector;
    case Mode::Processes:
      return "from concurrent.futures import ProcessPoolExecutor" + collector;
    case Mode::Threads:
      break;
  }
  return "from concurrent.futures import ThreadPoolExecutor" + collector;
}

std::string python_pool(const Setup& setup) {
  const std::string workers = std::to_string(setup.workers);
  switch (setup.mode) {
    case Mode::Sequential:
      return "SequentialExecutor()";
    case Mode::Processes:
      return "ProcessPoolExecutor(" + workers + ")";
    case Mode::Threads:
      break;
  }
  return "ThreadPoolExecutor(" + workers + ")";
}

std::string cpp_pool(const Setup& setup) {
  const std::string workers = std::to_string(setup.workers);
  switch (setup.mode) {
    case Mode::Sequential:
      return "SequentialExecutor executor(lab.context())";
    case Mode::Processes:
      return "ProcessPoolExecutor executor(lab.context(), {.max_workers = " + workers + "})";
    case Mode::Threads:
      break;
  }
  return "ThreadPoolExecutor executor(lab.context(), {.max_workers = " + workers + "})";
}

}  // namespace

Listing loiter_listing(const Setup& setup) {
  const bool map = setup.collect == Collect::Map;
  Listing listing{.python = std::string(python_head) + std::string(map ? python_map : python_as_completed),
                  .cpp = std::string(cpp_head) + std::string(map ? cpp_map : cpp_as_completed)};
  const std::string tasks = setup.parameters.at("tasks");
  replace(listing.python, "@IMPORT@", python_import(setup));
  replace(listing.python, "@CLASS@", setup.mode == Mode::Sequential ? std::string(python_sequential_class) : "");
  replace(listing.python, "@POOL@", python_pool(setup));
  replace(listing.python, "@TASKS@", tasks);
  replace(listing.cpp, "@POOL@", cpp_pool(setup));
  replace(listing.cpp, "@TASKS@", tasks);
  return listing;
}

}  // namespace loiter::experiments
