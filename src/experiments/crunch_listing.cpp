#include <fmt/format.h>

#include "experiments/crunch.hpp"
#include "experiments/listing_text.hpp"
#include "experiments/range_listing.hpp"

namespace loiter::experiments {
namespace {

constexpr const char* python_function = R"listing(import concurrent.futures as cf
from time import sleep, strftime
from time import thread_time

UNIT = @UNIT@  # seconds
MIX = @MIX@  # the share that computes

def display(*args):
    now = strftime("[%H:%M:%S]")
    print(now, *args)

@CLASS@def crunch(n):
    tab = "\t" * n
    w = (1 - MIX) * n * UNIT
    c = MIX * n * UNIT
    display(f"{tab}crunch({n}): waits "  #@ crunch.begin
            f"{w:g}s, computes {c:g}s...")
    sleep(w)  #@ crunch.sleep
    end = thread_time() + c
    while thread_time() < end:  #@ crunch.compute
        pass
    display(f"{tab}crunch({n}): done.")  #@ crunch.done
    return n * 10  #@ crunch.return

)listing";

constexpr const char* cpp_function = R"listing(int crunch(Host& host, Duration unit,
           double mix, int n) {
  TaskLab lab(host);
  const std::string tab(n, '\t');
  const auto w = (1 - mix) * n * unit;
  const auto c = mix * n * unit;
  lab.display("{}crunch({}): waits "  //@ crunch.begin
              "{}s, computes {}s...",
              tab, n, w, c);
  lab.sleep(w);  //@ crunch.sleep
  host.compute(c);  //@ crunch.compute
  lab.display("{}crunch({}): done.",  //@ crunch.done
              tab, n);
  return n * 10;  //@ crunch.return
}
const RemoteFunction
    crunch_function("crunch", crunch);

)listing";

}  // namespace

Listing crunch_listing(const Setup& setup) {
  const std::string unit = fmt::format("{:.6g}", to_seconds(setup.time("unit")));
  const std::string mix = fmt::format("{:.6g}", setup.share("mix"));
  Listing listing = range_listing(setup, {.python = python_function,
                                          .cpp = cpp_function,
                                          .call = fmt::format("crunch_function.with({}s, {})", unit, mix)});
  replace_all(listing.python, "@UNIT@", unit);
  replace_all(listing.python, "@MIX@", mix);
  return listing;
}

}  // namespace loiter::experiments
