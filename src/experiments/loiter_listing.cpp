#include "experiments/loiter_listing.hpp"

#include "experiments/range_listing.hpp"

namespace loiter::experiments {
namespace {

constexpr const char* python_function = R"listing(import concurrent.futures as cf
from time import sleep, strftime

def display(*args):
    now = strftime("[%H:%M:%S]")
    print(now, *args)

@CLASS@def loiter(n):
    tab = "\t" * n
    display(f"{tab}loiter({n}): doing "  #@ loiter.begin
            f"nothing for {n}s...")
    sleep(n)  #@ loiter.sleep
    display(f"{tab}loiter({n}): done.")  #@ loiter.done
    return n * 10  #@ loiter.return

)listing";

constexpr const char* cpp_function = R"listing(int loiter(Host& host, Duration unit,
           int n) {
  TaskLab lab(host);
  const std::string tab(n, '\t');
  lab.display("{}loiter({}): doing "  //@ loiter.begin
              "nothing for {}s...",
              tab, n, n);
  lab.sleep(unit * n);  //@ loiter.sleep
  lab.display("{}loiter({}): done.",  //@ loiter.done
              tab, n);
  return n * 10;  //@ loiter.return
}
const RemoteFunction
    loiter_function("loiter", loiter);

)listing";

}  // namespace

Listing loiter_listing(const Setup& setup) {
  return range_listing(setup, {python_function, cpp_function, "loiter_function.with(1s)"});
}

}  // namespace loiter::experiments
