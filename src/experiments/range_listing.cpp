#include "experiments/range_listing.hpp"

#include <fmt/format.h>

#include <string_view>

#include "experiments/listing_text.hpp"

namespace loiter::experiments {
namespace {

// Lines are kept under 40 characters: the code panel of an ordinary window shows that many. (The delimiter is none that
// clang-format knows as a language: it would lay the text out.)
constexpr std::string_view python_start = R"listing(display("Script starting.")  #@ main.start
with @POOL@ as ex:  #@ main.pool
)listing";

constexpr std::string_view python_map = R"listing(    results = ex.map(@FUNCTION@, range(@TASKS@))  #@ main.map
    display("results:", results)  #@ main.results
    display("Waiting for "  #@ main.waiting
            "individual results:")
    for i, r in enumerate(results):  #@ main.next
        display(f"result {i}: {r}")  #@ main.result
)listing";

constexpr std::string_view python_as_completed = R"listing(    to_do = [ex.submit(@FUNCTION@, n)  #@ main.submit
             for n in range(@TASKS@)]
    display(f"submitted: "  #@ main.results
            f"{len(to_do)} futures")
    display("Waiting for "  #@ main.waiting
            "individual results:")
    done = cf.as_completed(to_do)
    for i, future in enumerate(done):  #@ main.next
        r = future.result()
        display(f"result {i}: {r}")  #@ main.result
)listing";

constexpr std::string_view cpp_start = R"listing(void main_program(Lab& lab) {
  lab.display("Script starting.");  //@ main.start
  @POOL@
  auto call = named("@FUNCTION@",  //@ main.pool
      @CALL@);
)listing";

constexpr std::string_view cpp_map = R"listing(  auto results =  //@ main.map
      ex.map(call, iota(0, @TASKS@));
  lab.display("results: {}",  //@ main.results
              results.repr());
  lab.display("Waiting for "  //@ main.waiting
              "individual results:");
  int i = 0;
  while (auto r = results.next()) {  //@ main.next
    lab.display("result {}: {}",  //@ main.result
                i++, *r);
  }
}  //@ main.leave
)listing";

constexpr std::string_view cpp_as_completed = R"listing(  std::vector<Future<int>> to_do;
  for (int n = 0; n < @TASKS@; ++n) {
    to_do.push_back(  //@ main.submit
        ex.submit(call, n));
  }
  lab.display("submitted: {} futures",  //@ main.results
              to_do.size());
  lab.display("Waiting for "  //@ main.waiting
              "individual results:");
  auto done = as_completed(to_do);
  int i = 0;
  while (auto future = done.next()) {  //@ main.next
    lab.display("result {}: {}",  //@ main.result
                i++, future->result());
  }
}  //@ main.leave
)listing";

}  // namespace

Listing range_listing(const Setup& setup, const RangeListing& function) {
  const bool map = setup.collect == Collect::Map;
  Listing listing{
      .python = fmt::format("{}{}{}", function.python, python_start, map ? python_map : python_as_completed),
      .cpp = fmt::format("{}{}{}", function.cpp, cpp_start, map ? cpp_map : cpp_as_completed)};
  const std::string tasks = setup.parameters.at("tasks");
  replace_all(listing.python, "@CLASS@", python_pool_class(setup));
  replace_all(listing.python, "@POOL@", python_pool(setup));
  replace_all(listing.cpp, "@POOL@", cpp_pool(setup));
  replace_all(listing.cpp, "@CALL@", function.call);
  for (std::string* const text : {&listing.python, &listing.cpp}) {
    replace_all(*text, "@FUNCTION@", setup.experiment);
    replace_all(*text, "@TASKS@", tasks);
  }
  return listing;
}

}  // namespace loiter::experiments
