#include "experiments/primes.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "experiments/trial_division.hpp"

using namespace loiter;
using namespace loiter::experiments;

namespace {

using Parameters = std::map<std::string, std::string>;

Setup setup_with(Parameters parameters, std::optional<std::int64_t> workers = {}, Clock clock = Clock::Live) {
  return *complete({.experiment = "primes", .workers = workers, .clock = clock, .parameters = std::move(parameters)});
}

std::string refusal(Parameters parameters) {
  const auto setup = complete({.experiment = "primes", .parameters = std::move(parameters)});
  return setup ? "" : setup.error().message;
}

}  // namespace

TEST_CASE("the usual numbers are the book's twenty, of which nine are prime") {
  const auto numbers = numbers_of(setup_with({}));
  REQUIRE(numbers.size() == 20);
  CHECK(numbers.front() == 2);
  CHECK(numbers.back() == 9'999'999'999'999'999);
  CHECK(std::ranges::is_sorted(numbers));
  CHECK(std::ranges::count_if(numbers, is_prime_at_once) == 9);
}

TEST_CASE("numbers of another size are of the same kinds, and take about three times as long for each digit") {
  const auto divisions = [](const Setup& setup) {
    std::uint64_t sum = 0;
    for (const std::uint64_t n : numbers_of(setup)) sum += division_count(n).done;
    return sum;
  };
  const int digits = GENERATE(4, 5, 8, 12, 15, 17, 18, 19);
  const Setup setup = setup_with({{"digits", std::to_string(digits)}});
  const auto numbers = numbers_of(setup);
  const auto book = numbers_of(setup_with({}));
  REQUIRE(numbers.size() == 20);
  CHECK(numbers.front() == 2);
  CHECK(std::to_string(numbers.back()) == std::string(static_cast<std::size_t>(digits), '9'));
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    CHECK(is_prime_at_once(numbers[i]) == is_prime_at_once(book[i]));
  }
  const double more = static_cast<double>(divisions(setup)) / static_cast<double>(divisions(setup_with({})));
  const double expected = std::pow(10.0, (digits - 16) / 2.0);
  CHECK(more > expected * 0.7);
  CHECK(more < expected * 1.6);
}

TEST_CASE("own numbers are taken in their order, up to the largest of 64 bits") {
  const Setup setup = setup_with({{"numbers", " 18446744073709551615, 0,7 ,7"}});
  CHECK(setup.text("numbers") == "18446744073709551615,0,7,7");
  CHECK(numbers_of(setup) == std::vector<std::uint64_t>{18446744073709551615ULL, 0, 7, 7});
  CHECK(setup_of(header_of(setup)) == setup);
}

TEST_CASE("what is no such number is refused by name") {
  for (const std::string word :
       {"x", "-1", "1.5", "1e3", "0x10", "+1", "1 2", "18446744073709551616", "99999999999999999999999999", "7_000"}) {
    CHECK(refusal({{"numbers", "2," + word + ",3"}}) ==
          "numbers are whole numbers from 0 to 18446744073709551615, with commas between them, not '" + word + "'.");
  }
  for (const std::string gap : {"2,", ",2", "2,,3", ","}) {
    CHECK(refusal({{"numbers", gap}}) ==
          "numbers has nothing between two commas, or before the first or after the last of them.");
  }
  CHECK(refusal({{"numbers", "2;3"}}).ends_with("not '2;3'."));
  CHECK(refusal({{"numbers", "2"}, {"digits", "5"}}) ==
        "digits says how large the lab's own numbers are: leave it out when numbers are given.");
  CHECK(refusal({{"digits", "20"}}) == "digits must be a whole number from 4 to 19, not '20'.");
  CHECK(refusal({{"numbers", " "}}).empty());
}

TEST_CASE("there is a worker for each core, on the simulated clock as many as it has") {
  const Experiment& primes = *find_experiment("primes");
  CHECK(setup_with({}).workers == usual_workers(primes, Clock::Live));
  CHECK(usual_workers(primes, Clock::Live) == std::max(1U, std::min(100U, std::thread::hardware_concurrency())));
  CHECK(setup_with({}, {}, Clock::Simulated).workers == 4);
  CHECK(complete({.experiment = "primes", .clock = Clock::Simulated, .cores = 8})->workers == 8);
  CHECK(setup_with({}, 7).workers == 7);
  CHECK(usual_workers(*find_experiment("loiter"), Clock::Live) == 3);
}
