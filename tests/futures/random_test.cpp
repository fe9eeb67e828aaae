// Programs drawn from a seed, under every order of steps that another seed draws: what must hold whatever happens.
#include "futures/random_program.hpp"
#include "futures/seeds.hpp"

namespace loiter::futures::lab {

TEST_CASE("whatever a program does in whatever order, the promises of futures hold", "[random]") {
  for_seeds(2000, [](std::uint64_t seed) {
    RandomProgram program(seed, {.workers = seed % 3 == 0 ? 1 : 0});
    const auto told = run(Clock::Simulated, [&](Lab& lab) { program.run(lab); },
                          {.random = seed % 4 != 0, .gil = {.kind = gil_of(seed)}, .seed = seed});
    check_program(*told, program.complaints(), false);
  });
}

TEST_CASE("the same seed gives the same run, another order of steps another", "[random]") {
  for_seeds(50, [](std::uint64_t seed) {
    const auto lines_of = [seed](std::uint64_t schedule) {
      RandomProgram program(seed, {.actions = 100});
      return run(Clock::Simulated, [&](Lab& lab) { program.run(lab); }, {.random = true, .seed = schedule})->lines();
    };
    CHECK(lines_of(7) == lines_of(7));
  });
}

TEST_CASE("whatever a program does on real threads, the promises of futures hold", "[random][live]") {
  for_seeds(400, [](std::uint64_t seed) {
    RandomProgram program(seed, {.actions = 100, .workers = seed % 3 == 0 ? 1 : 0});
    const auto told = run(Clock::Live, [&](Lab& lab) { program.run(lab); });
    check_program(*told, program.complaints(), false);
  });
}

}  // namespace loiter::futures::lab
