#include <fmt/format.h>

#include <algorithm>

#include "experiments/listing_text.hpp"
#include "experiments/primes.hpp"

namespace loiter::experiments {
namespace {

constexpr const char* python_head = R"listing(import concurrent.futures as cf
from math import isqrt
from time import perf_counter

NUMBERS = [
@NUMBERS@]@TIMES@

def is_prime(n):
    if n < 2:
        return False
    if n == 2:
        return True
    if n % 2 == 0:
        return False
    for i in range(3, isqrt(n) + 1, 2):
        if n % i == 0:
            return False
    return True

def check(n):
    t0 = perf_counter()
    prime = is_prime(n)  #@ check.prime
    return n, prime, perf_counter() - t0  #@ check.return

def show(n, prime, seconds):
    label = "P" if prime else " "
    print(f"{n:16}  {label} "
          f"{seconds:9.6f}s")

@CLASS@numbers = sorted(NUMBERS, reverse=True)
print(f"Checking {len(numbers)} numbers "  #@ main.start
      "@WORKERS@:")
t0 = perf_counter()
with @POOL@ as ex:  #@ main.pool
)listing";

constexpr const char* python_map = R"listing(    results = ex.map(check, numbers)  #@ main.map
    for result in results:  #@ main.next
        show(*result)  #@ main.result
)listing";

constexpr const char* python_as_completed = R"listing(    to_do = [ex.submit(check, n)  #@ main.submit
             for n in numbers]
    for f in cf.as_completed(to_do):  #@ main.next
        show(*f.result())  #@ main.result
)listing";

constexpr const char* python_end = R"listing(total = perf_counter() - t0
print(f"Total time: {total:.2f}s")  #@ main.end
)listing";

constexpr const char* cpp_head = R"listing(using Number = std::uint64_t;
const std::vector<Number> each{
@NUMBERS@};

bool is_prime(Host& host, Number n) {
  if (n < 2) return false;
  if (n == 2) return true;
  if (n % 2 == 0) return false;
  const auto root = integer_root(n);
  for (Number i = 3; i <= root; i += 2) {
    if (n % i == 0) return false;
    if (i % 8192 == 1) host.checkpoint();
  }
  return true;
}

Checked check(Host& host, Number n) {
  const auto t0 = host.now();
  const bool prime = is_prime(host, n);  //@ check.prime
  return {n, prime,  //@ check.return
          seconds(host.now() - t0)};
}
const RemoteFunction
    check_function("check", check);

void show(Lab& lab, Number n, bool prime,
          double seconds) {
  lab.print("{:16}  {} {:9.6f}s", n,
            prime ? 'P' : ' ', seconds);
}

void main_program(Lab& lab) {
  auto numbers = @ALL@;
  sort(numbers, std::greater{});
  lab.print("Checking {} numbers "  //@ main.start
            "@WORKERS@:",
            numbers.size());
  const auto t0 = lab.now();
  {
    @POOL@
    auto call = named("check",  //@ main.pool
                      check_function);
)listing";

constexpr const char* cpp_map = R"listing(    auto results =  //@ main.map
        ex.map(call, numbers);
    while (auto r = results.next())  //@ main.next
      std::apply(show, lab, *r);  //@ main.result
)listing";

constexpr const char* cpp_as_completed = R"listing(    std::vector<Future<Checked>> to_do;
    for (Number n : numbers)
      to_do.push_back(  //@ main.submit
          ex.submit(call, n));
    auto done = as_completed(to_do);
    while (auto f = done.next())  //@ main.next
      std::apply(show, lab, f->result());  //@ main.result
)listing";

constexpr const char* cpp_end = R"listing(  }  //@ main.leave
  const auto total = lab.now() - t0;
  lab.print("Total time: {:.2f}s",  //@ main.end
            seconds(total));
}
)listing";

// As many on a line as the code panel shows of it: two of the book's.
std::string numbers_text(const Setup& setup) {
  constexpr std::size_t widest = 40;
  std::string text;
  std::string line;
  for (const std::uint64_t n : numbers_of(setup)) {
    const std::string word = fmt::format(" {},", n);
    if (!line.empty() && line.size() + word.size() > widest) text += std::exchange(line, "") + "\n";
    line += line.empty() ? "   " + word : word;
  }
  return text + line + "\n";
}

}  // namespace

Listing primes_listing(const Setup& setup) {
  const bool map = setup.collect == Collect::Map;
  Listing listing{.python = fmt::format("{}{}{}", python_head, map ? python_map : python_as_completed, python_end),
                  .cpp = fmt::format("{}{}{}", cpp_head, map ? cpp_map : cpp_as_completed, cpp_end)};
  const std::string& times = setup.text("times");
  replace_all(listing.python, "@TIMES@", times == "1" ? "" : " * " + times);
  replace_all(listing.cpp, "@ALL@", times == "1" ? "each" : fmt::format("repeated(each, {})", times));
  std::string pool = cpp_pool(setup);
  replace_all(pool, "\n", "\n  ");  // one block deeper
  replace_all(listing.python, "@CLASS@", python_pool_class(setup));
  replace_all(listing.python, "@POOL@", python_pool(setup));
  replace_all(listing.cpp, "@POOL@", pool);
  for (std::string* const text : {&listing.python, &listing.cpp}) {
    replace_all(*text, "@NUMBERS@", numbers_text(setup));
    replace_all(*text, "@WORKERS@", workers_in_words(setup));
  }
  return listing;
}

}  // namespace loiter::experiments
