#include "experiments/primes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <tuple>

#include "experiments/lab.hpp"
#include "experiments/listing_text.hpp"
#include "experiments/task_lab.hpp"
#include "experiments/trial_division.hpp"
#include "futures/as_completed.hpp"

namespace loiter::experiments {
namespace {

// The number, whether it is prime, and how many seconds that took to find out.
using Checked = std::tuple<std::uint64_t, bool, double>;

// How often one number tells how far it has come. More: more events; fewer: a coarser bar.
constexpr std::uint64_t marks_of_progress = 20;

std::uint64_t divisions_between_marks(std::uint64_t n) {
  return std::max(most_divisions(n) / marks_of_progress, divisions_in_block);
}

class Progress {
 public:
  Progress(TaskLab& lab, std::uint64_t n)
      : m_lab(lab), m_most(most_divisions(n)), m_step(divisions_between_marks(n)), m_next(m_step) {}
  void show(std::uint64_t done) {
    if (done < m_next) return;
    m_lab.progress(static_cast<std::int64_t>(done), static_cast<std::int64_t>(m_most));
    m_next = done + m_step;
  }

 private:
  TaskLab& m_lab;
  const std::uint64_t m_most;
  const std::uint64_t m_step;
  std::uint64_t m_next;
};

bool divide(futures::Host& host, Progress& progress, std::uint64_t n) {
  const Instant began = host.now();
  const Duration cpu_before = host.cpu_time();
  const bool prime = is_prime(n, [&](std::uint64_t done) {
    host.checkpoint();
    progress.show(done);
  });
  host.computed(began, host.cpu_time() - cpu_before);
  return prime;
}

// Takes the time of the loop instead of running it.
bool divide_simulated(futures::Host& host, Progress& progress, std::uint64_t n, Duration division) {
  const DivisionCount count = division_count(n);
  const std::uint64_t step = divisions_between_marks(n);
  for (std::uint64_t done = 0; done < count.done;) {
    const std::uint64_t now = std::min(step, count.done - done);
    host.compute(division * static_cast<std::int64_t>(now));
    done += now;
    progress.show(done);
  }
  return count.prime;
}

Checked check(futures::Host& host, std::optional<Duration> simulated_division, std::uint64_t n) {
  TaskLab lab(host);
  Progress progress(lab, n);
  lab.at("check.prime");
  const Instant began = host.now();
  const bool prime =
      simulated_division ? divide_simulated(host, progress, n, *simulated_division) : divide(host, progress, n);
  const double seconds = to_seconds(host.now() - began);
  lab.at("check.return");
  return {n, prime, seconds};
}
const futures::RemoteFunction check_function("check", check);

void print_checked(Lab& lab, const Checked& checked) {
  const auto& [n, prime, seconds] = checked;
  lab.print(fmt::format("{:16}  {} {:9.6f}s", n, prime ? 'P' : ' ', seconds));
}

template <class F>
void print_all(Lab& lab, futures::Executor& executor, const futures::Call<F>& call,
               const std::vector<std::uint64_t>& numbers) {
  if (lab.setup().collect == Collect::Map) {
    lab.at("main.map");
    auto results = executor.map(call, numbers);
    lab.at("main.next");
    while (const auto checked = results.next()) {
      lab.at("main.result");
      print_checked(lab, *checked);
      lab.at("main.next");
    }
    return;
  }
  lab.at("main.submit");
  std::vector<futures::Future<Checked>> to_do;
  for (const std::uint64_t n : numbers) to_do.push_back(executor.submit(call, n));
  auto completed = futures::as_completed(to_do);
  lab.at("main.next");
  while (const auto future = completed.next()) {
    lab.at("main.result");
    print_checked(lab, future->result());
    lab.at("main.next");
  }
}

void main_program(Lab& lab) {
  const Setup& setup = lab.setup();
  const std::vector<std::uint64_t> each = numbers_of(setup);
  std::vector<std::uint64_t> numbers;
  for (std::int64_t i = 0; i < setup.count("times"); ++i) numbers.insert(numbers.end(), each.begin(), each.end());
  std::optional<Duration> division;
  if (setup.clock == Clock::Simulated) division = setup.time("division");
  lab.at("main.start");
  lab.print(fmt::format("Checking {} numbers {}:", numbers.size(), workers_in_words(setup)));
  const Instant began = lab.runtime().now();
  std::ranges::sort(numbers, std::greater{});
  {
    lab.at("main.pool");
    const auto executor = lab.make_executor();
    print_all(lab, *executor, futures::named("check", check_function.with(division)), numbers);
    lab.at("main.leave");
  }
  lab.at("main.end");
  lab.print(fmt::format("Total time: {:.2f}s", to_seconds(lab.runtime().now() - began)));
}

}  // namespace

Experiment primes_experiment() {
  using Kind = Parameter::Kind;
  return {
      .name = "primes",
      .title = "Primes: work that only computes",
      .summary =
          "Checks which of twenty numbers are prime, the largest first, by dividing each by every odd number up to its "
          "root. map prints nothing before the largest is done, though the small ones are ready at once; as_completed "
          "prints each when it is.",
      .parameters = {{.name = "numbers",
                      .kind = Kind::Text,
                      .help = "your own, with commas between them; without any the book's twenty",
                      .usual = ""},
                     {.name = "digits",
                      .kind = Kind::Count,
                      .help = "how large the lab's twenty are: each digit more takes three times as long",
                      .usual = "16",
                      .least = 4,
                      .most = 19},
                     {.name = "times",
                      .kind = Kind::Count,
                      .help = "how often each number is checked",
                      .usual = "1",
                      .least = 1,
                      .most = 1000,
                      .is_rare = true},
                     {.name = "division",
                      .kind = Kind::Time,
                      .help =
                          "how long a division takes on the simulated clock; on the live one it takes what it takes",
                      .usual = "10ns",
                      .least = 0,
                      .most = 1'000'000,
                      .is_rare = true}},
      .usual_workers = one_per_core,
      .main = main_program,
      .settle = settle_numbers,
      .listing = primes_listing,
      .runs_in_python = true,
  };
}

}  // namespace loiter::experiments
