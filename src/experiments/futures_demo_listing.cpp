#include <fmt/format.h>

#include <string>
#include <string_view>

#include "experiments/futures_demo.hpp"
#include "experiments/listing_text.hpp"

namespace loiter::experiments {
namespace {

constexpr std::string_view python_head = R"listing(import concurrent.futures as cf
from time import perf_counter, sleep

UNIT = @UNIT@  # in seconds
STAYS = {
@STAYS@}

@CLASS@def visit(cc):
    sleep(STAYS[cc] * UNIT)  #@ visit.sleep
    return cc  #@ visit.return

start = perf_counter()  #@ main.start
codes = sorted(STAYS)
with @POOL@ as ex:  #@ main.pool
)listing";

constexpr std::string_view python_map = R"listing(    results = ex.map(visit, codes)  #@ main.map
    for cc, r in zip(codes, results):  #@ main.next
        print(f"{cc} result: {r!r}")  #@ main.result
)listing";

constexpr std::string_view python_as_completed = R"listing(    to_do = []
    for cc in codes:
        future = ex.submit(visit, cc)  #@ main.submit
        to_do.append(future)
        print(f"Scheduled for {cc}: "  #@ main.scheduled
              f"{future}")
    done = cf.as_completed(to_do)
    for future in done:  #@ main.next
        r = future.result()
        print(f"{future} "  #@ main.result
              f"result: {r!r}")
)listing";

constexpr std::string_view python_end = R"listing(took = perf_counter() - start  #@ main.end
print(f"{len(codes)} results "
      f"in {took:.2f}s")
)listing";

constexpr std::string_view cpp_head = R"listing(const std::map<std::string, int> stays{
@STAYS@};

std::string visit(Host& host,
                  Duration unit,
                  std::string cc) {
  TaskLab lab(host);
  lab.sleep(unit * stays.at(cc));  //@ visit.sleep
  return cc;  //@ visit.return
}
const RemoteFunction
    visit_function("visit", visit);

void main_program(Lab& lab) {
  const auto start = lab.now();  //@ main.start
  {
    @POOL@
    auto call = named("visit",  //@ main.pool
        visit_function.with(@UNIT@s));
)listing";

constexpr std::string_view cpp_map = R"listing(    auto results =  //@ main.map
        ex.map(call, keys(stays));
    auto cc = stays.begin();
    while (auto r = results.next()) {  //@ main.next
      lab.print("{} result: '{}'",  //@ main.result
                cc++->first, *r);
    }
)listing";

constexpr std::string_view cpp_as_completed = R"listing(    std::vector<Future<std::string>>
        to_do;
    for (auto cc : keys(stays)) {
      to_do.push_back(  //@ main.submit
          ex.submit(call, cc));
      lab.print("Scheduled for {}: {}",  //@ main.scheduled
                cc, to_do.back());
    }
    auto done = as_completed(to_do);
    while (auto f = done.next()) {  //@ main.next
      lab.print("{} result: '{}'",  //@ main.result
                *f, f->result());
    }
)listing";

constexpr std::string_view cpp_end = R"listing(  }  //@ main.leave
  const auto took = lab.now() - start;  //@ main.end
  lab.print("{} results in {:.2f}s",
            stays.size(), seconds(took));
}
)listing";

// `pair` writes one, such as "BR": 4; three stand on a line.
std::string stays_text(const Setup& setup, const char* indent, const char* pair) {
  std::string text;
  const auto countries = countries_of(setup);
  for (std::size_t i = 0; i < countries.size(); ++i) {
    text += (i % 3 == 0 ? indent : " ") + fmt::format(fmt::runtime(pair), countries[i].code, countries[i].stay);
    if (i + 1 < countries.size()) text += ",";
    if (i % 3 == 2 || i + 1 == countries.size()) text += "\n";
  }
  return text;
}

}  // namespace

Listing futures_listing(const Setup& setup) {
  const bool map = setup.collect == Collect::Map;
  Listing listing;
  listing.python = fmt::format("{}{}{}", python_head, map ? python_map : python_as_completed, python_end);
  listing.cpp = fmt::format("{}{}{}", cpp_head, map ? cpp_map : cpp_as_completed, cpp_end);
  std::string pool = cpp_pool(setup);
  replace_all(pool, "\n", "\n  ");  // one block deeper
  replace_all(listing.python, "@CLASS@", python_pool_class(setup));
  replace_all(listing.python, "@POOL@", python_pool(setup));
  replace_all(listing.python, "@STAYS@", stays_text(setup, "    ", "\"{}\": {}"));
  replace_all(listing.cpp, "@POOL@", pool);
  replace_all(listing.cpp, "@STAYS@", stays_text(setup, "    ", "{{\"{}\", {}}}"));
  for (std::string* const text : {&listing.python, &listing.cpp}) {
    replace_all(*text, "@UNIT@", fmt::format("{:.6g}", to_seconds(setup.time("unit"))));
  }
  return listing;
}

}  // namespace loiter::experiments
