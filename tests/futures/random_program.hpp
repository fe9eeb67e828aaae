// RandomProgram: a program drawn from a seed that uses everything this floor offers, in any order, from many
// participants at once.
//
//   main and other participants --> submit, map, wait, as_completed, result, cancel, callbacks, promises, shutdown
//                                     '--> tasks, which do the same, a few levels deep
//
// Shape    Ends by itself, unless it blocks_for_ever: the actions are bounded, and every wait has a timeout.
//          What each action can see to be wrong is counted; check_told() looks at what was told afterwards.
// Owner    Outlives the run. Its pools do not: main ends them.
#pragma once

#include <atomic>
#include <deque>
#include <memory>
#include <random>
#include <vector>

#include "futures/lab.hpp"

namespace loiter::futures::lab {

struct ProgramOptions {
  int actions = 60;              // of all participants together
  bool blocks_for_ever = false;  // some waits have no timeout: for runs that are stopped
  int workers = 0;               // of the first pool; 0: drawn from the seed
  bool stops = false;            // at the latest when everybody has been blocked for long
};

class RandomProgram {
 public:
  RandomProgram(std::uint64_t seed, ProgramOptions options) : m_seed(seed), m_options(options) {}
  void run(Lab& lab);

  // What went wrong, as text; nothing if all is well. For a run that was not stopped.
  Lines complaints() const;

 private:
  using Random = std::mt19937_64;
  struct CallbackRecord {
    AnyFuture future;
    std::atomic<int> calls{0};
  };

  void act(Random& random, int depth);
  void one_action(Random& random, int depth);
  int task_body(std::uint64_t seed, int depth);
  void submit(Random& random, int depth);
  void ask(Random& random);
  void add_callback(Random& random, int depth);
  void wait_for_some(Random& random);
  void complete_some(Random& random);
  void map_some(Random& random);
  void keep_promise(Random& random);
  void shut_down(Random& random, int depth);
  void spawn(Random& random, int depth);

  int pick(Random& random, int below) const { return static_cast<int>(random() % static_cast<std::uint64_t>(below)); }
  Timeout draw_timeout(Random& random) const;
  AnyFuture any_future(Random& random);
  std::vector<AnyFuture> some_futures(Random& random);
  ThreadPoolExecutor& any_pool(Random& random);
  void complain(std::string what);

  const std::uint64_t m_seed;
  const ProgramOptions m_options;
  Lab* m_lab = nullptr;
  std::atomic<int> m_actions{0};
  std::atomic<std::uint64_t> m_bodies{0};
  mutable Mutex m_mutex;
  std::vector<AnyFuture> m_futures LOITER_GUARDED_BY(m_mutex);
  std::vector<Promise<int>> m_promises LOITER_GUARDED_BY(m_mutex);
  std::deque<CallbackRecord> m_callbacks LOITER_GUARDED_BY(m_mutex);
  Lines m_complaints LOITER_GUARDED_BY(m_mutex);
  std::vector<std::unique_ptr<ThreadPoolExecutor>> m_pools;  // written by main before and after everything else
};

// What was told about a run: every future went a legal way, a pool never had too many threads or running
// tasks, and one worker starts its tasks in the order of their submission. Gives what is wrong.
Lines check_told(const Transcript& transcript, bool stopped);

// Fails the test, and shows the run, if the program complained or something wrong was told.
void check_program(const Transcript& transcript, const Lines& complaints, bool stopped);

}  // namespace loiter::futures::lab
