// Which numbers primes checks: the book's twenty, numbers of another size that are made like them, or one's own.
#include <fmt/format.h>

#include <array>
#include <charconv>

#include "base/text.hpp"
#include "experiments/primes.hpp"
#include "experiments/trial_division.hpp"

namespace loiter::experiments {
namespace {

constexpr std::int64_t digits_of_book = 16;

constexpr std::array<std::uint64_t, 20> numbers_of_book{
    2,
    142702110479723,
    299593572317531,
    3333333333333301,
    3333333333333333,
    3333335652092209,
    4444444444444423,
    4444444444444444,
    4444444488888889,
    5555553133149889,
    5555555555555503,
    5555555555555555,
    6666666666666666,
    6666666666666719,
    6666667141414921,
    7777777536340681,
    7777777777777753,
    7777777777777777,
    9999999999999917,
    9999999999999999,
};

std::uint64_t next_prime(std::uint64_t n) {
  while (!is_prime_at_once(n)) ++n;
  return n;
}

// A number of the same kind with more or fewer digits: a prime, the square of a prime, or one digit again and again.
std::uint64_t resized(std::uint64_t n, std::int64_t digits) {
  const std::string text = std::to_string(n);
  if (text == std::string(text.size(), text.front()) && text.size() > 1) {
    return std::stoull(std::string(static_cast<std::size_t>(digits), text.front()));
  }
  std::uint64_t size = n;
  for (std::int64_t i = digits; i < digits_of_book; ++i) size /= 10;
  for (std::int64_t i = digits_of_book; i < digits; ++i) size *= 10;
  if (is_prime_at_once(n)) return next_prime(size);
  const std::uint64_t root = next_prime(integer_root(size));
  return root * root;
}

Result<std::vector<std::uint64_t>> read_numbers(std::string_view text) {
  std::vector<std::uint64_t> numbers;
  while (true) {
    const std::size_t comma = text.find(',');
    std::string_view word = text.substr(0, comma);
    while (word.starts_with(' ')) word.remove_prefix(1);
    while (word.ends_with(' ')) word.remove_suffix(1);
    if (word.empty() && !(numbers.empty() && comma == std::string_view::npos)) {
      return fail("numbers has nothing between two commas, or before the first or after the last of them.");
    }
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (word.empty() || error != std::errc{} || end != word.data() + word.size()) {
      return fail(fmt::format("numbers are whole numbers from 0 to {}, with commas between them, not '{}'.",
                              std::numeric_limits<std::uint64_t>::max(), printable(word, 40)));
    }
    numbers.push_back(number);
    if (comma == std::string_view::npos) return numbers;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace

std::vector<std::uint64_t> numbers_of(const Setup& setup) {
  if (const std::string& own = setup.text("numbers"); !own.empty()) return *read_numbers(own);
  std::vector<std::uint64_t> numbers(numbers_of_book.begin(), numbers_of_book.end());
  const std::int64_t digits = setup.count("digits");
  if (digits == digits_of_book) return numbers;
  for (std::uint64_t& number : numbers) {
    if (number != 2) number = resized(number, digits);
  }
  return numbers;
}

Result<void> settle_numbers(const Choices& /*choices*/, Setup& setup) {
  const std::string& own = setup.text("numbers");
  if (own.find_first_not_of(' ') == std::string::npos) {
    setup.parameters["numbers"].clear();
    return {};
  }
  const auto numbers = read_numbers(own);
  if (!numbers) return tl::unexpected(numbers.error());
  if (setup.count("digits") != digits_of_book) {
    return fail("digits says how large the lab's own numbers are: leave it out when numbers are given.");
  }
  setup.parameters["numbers"] = fmt::format("{}", fmt::join(*numbers, ","));
  return {};
}

}  // namespace loiter::experiments
