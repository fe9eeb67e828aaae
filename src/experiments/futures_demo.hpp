// futures: what a future is, seen from the program that holds it: its repr when it is submitted and when it is done.
//
// Shape    visit(cc) stays in a country for some units and returns its code. With as_completed the program prints each
//          future at submission ("Scheduled for BR: <Future ... state=running>") and at completion; with map it never
//          sees one.
// Source   Fluent Python, 2nd edition, chapter 20, "Where Are the Futures?". The countries: the twenty most populous, in the
//          book's order.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "experiments/experiment.hpp"

namespace loiter::experiments {

struct Country {
  std::string_view code;
  int stay = 1;  // in units
};

// Such that the first five, on three workers, are done at five different instants, and not in the order of submission.
inline constexpr std::array<Country, 20> most_populous{{
    {"CN", 1}, {"IN", 1}, {"US", 3}, {"ID", 3}, {"BR", 4}, {"PK", 2}, {"NG", 1}, {"BD", 2}, {"RU", 3}, {"JP", 1},
    {"MX", 2}, {"PH", 1}, {"VN", 3}, {"ET", 2}, {"EG", 1}, {"DE", 4}, {"IR", 2}, {"TR", 1}, {"CD", 3}, {"FR", 2},
}};

// The first so many of them, sorted by code, as they are submitted.
std::vector<Country> countries_of(const Setup& setup);

Experiment futures_experiment();
Listing futures_listing(const Setup& setup);

}  // namespace loiter::experiments
