// as_completed(): gives futures in the order in which they finish.
//
// Shape    A generator of Python: nothing happens before the first next(). Each future once; those that were finished
//          by then come first, in order of submission. A future that is only Cancelled is not given before a worker
//          has popped it.
// Units    The timeout counts from the first next(), not from the call (map's counts from the call). What was finished at
//          the first next() is given however late; after that, who asks later than the deadline gets a TimeoutError.
// Errors   TimeoutError "1 (of 2) futures unfinished"; then, as a generator does, it is dead.
// Threads  One participant at a time.
// Source   CPython 3.11 _base.py, as_completed; SEMANTICS A01 to A10.
#pragma once

#include <cstddef>
#include <deque>
#include <iterator>
#include <memory>
#include <optional>
#include <ranges>
#include <vector>

#include "futures/collector.hpp"
#include "futures/future.hpp"

namespace loiter::futures {

class AsCompletedIterator {
 public:
  AsCompletedIterator(std::vector<AnyFuture> futures, Timeout timeout)
      : m_futures(std::move(futures)), m_timeout(timeout) {}

  // The next finished future, waiting for it; nothing once all are given.
  std::optional<AnyFuture> next();
  void close();

 private:
  void begin_waiting();
  void wait_for_more();
  bool is_too_late() const;

  std::vector<AnyFuture> m_futures;  // until the first next()
  Timeout m_timeout;
  bool m_started = false;
  runtime::Runtime* m_runtime = nullptr;
  Deadline m_deadline;
  std::unique_ptr<FinishedCollector> m_collector;
  std::deque<AnyFuture> m_ready;
  std::size_t m_total = 0;
  std::size_t m_given = 0;
};

// With the values' type kept: begin()/end() for range-for.
template <class F>
class AsCompleted {
 public:
  AsCompleted(std::vector<AnyFuture> futures, Timeout timeout) : m_iterator(std::move(futures), timeout) {}

  std::optional<F> next() {
    std::optional<AnyFuture> future = m_iterator.next();
    if (!future) return std::nullopt;
    if constexpr (std::same_as<F, AnyFuture>) {
      return future;
    } else {
      return F::of(*future);
    }
  }
  void close() { m_iterator.close(); }

  class Cursor {
   public:
    using value_type = F;
    using difference_type = std::ptrdiff_t;
    explicit Cursor(AsCompleted& all) : m_all(&all), m_future(all.next()) {}
    const F& operator*() const { return *m_future; }
    Cursor& operator++() {
      m_future = m_all->next();
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const Cursor& cursor, std::default_sentinel_t) { return !cursor.m_future; }

   private:
    AsCompleted* m_all;
    std::optional<F> m_future;
  };
  Cursor begin() { return Cursor(*this); }
  std::default_sentinel_t end() const { return {}; }

 private:
  AsCompletedIterator m_iterator;
};

template <std::ranges::input_range R>
auto as_completed(const R& futures, Timeout timeout = std::nullopt) {
  using F = std::ranges::range_value_t<R>;
  return AsCompleted<F>(std::vector<AnyFuture>(std::ranges::begin(futures), std::ranges::end(futures)), timeout);
}

}  // namespace loiter::futures
