// ProcessPool: what a ProcessPoolExecutor, its manager and the lanes of its workers share.
//
//   submitter --> m_pending, m_work_ids --manager--> m_calls --worker lane--> m_results --manager--> futures
//
// Shape    In three files: process_pool.cpp is what submitters do, process_pool_manager.cpp the manager's lane,
//          process_pool_worker.cpp the lanes that stand for worker processes.
// Errors   As ProcessPoolExecutor.
// Threads  Every member from any participant. The lock covers moves between queues, and what is told of them.
// Source   CPython 3.11 Lib/concurrent/futures/process.py.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/mutex.hpp"
#include "futures/idle_workers.hpp"
#include "futures/process_pool_executor.hpp"
#include "futures/process_worker.hpp"

namespace loiter::futures {

inline constexpr const char* broken_process_pool_text =
    "A child process terminated abruptly, the process pool is not usable anymore";

class ProcessPool : public std::enable_shared_from_this<ProcessPool> {
 public:
  ProcessPool(Context& shared, ProcessPoolOptions options);

  void submit(const StateRef& task, const CallLabel& label);

  // True: it is for the caller to wait for the manager, if it waits.
  bool shut_down(bool cancel_futures);
  std::optional<LaneId> manager();
  std::vector<LaneId> worker_lanes() const;

  // Those that nobody will take any more.
  void drop_tasks();
  std::size_t process_count() const;

  Context& context;
  const int max_workers;
  const ExecutorId id;

 private:
  struct PendingCall {
    StateRef task;
    std::string name;
  };
  struct QueuedCall {
    StateRef task;
    std::string call;
  };
  struct CallResult {
    FutureId future;
    Answer answer;
    std::optional<LaneId> ended_worker;  // it was the last task of this one
  };
  struct News {
    bool is_broken = false;
    std::optional<CallResult> result;
  };

  static int workers_of(const ProcessPoolOptions& options);

  // --- Submitting ---
  void refuse_if_closed() const LOITER_REQUIRES(m_mutex);

  // True: none is idle and one more may be started; it counts from now on.
  bool reserve_worker();
  bool reserve_worker_locked() LOITER_REQUIRES(m_mutex);
  std::unique_ptr<ProcessWorker> start_process();
  void start_lane(std::unique_ptr<ProcessWorker> started);
  // By the lane and by its starter, whoever comes first: so that no shutdown overlooks it.
  void register_lane(LaneId lane);
  void start_manager();
  void manager_is_known();  // or that there will be none
  void wake_manager();      // m_mutex is free, and what it is to see is there

  // --- The manager ---
  void manage();
  // True: it was shut down, and nothing is left to do. False: it is broken.
  bool feed_until_over();
  void fill_call_queue();
  void put_into_call_queue(const StateRef& task);
  std::string name_of(FutureId future) const;
  StateRef forget(FutureId future);

  // A result, or else a wake-up, or else the death of a worker: in this order, if there is more than one.
  News wait_for_news();
  void use_result(CallResult& result);
  bool is_shutting_down() const;
  bool is_broken() const;
  bool nothing_is_pending() const;

  // What a shutdown that cancels left to be done. The cancelled ones stay plain CANCELLED: nobody pops them any more.
  void cancel_pending();
  void break_down();
  void end_workers();

  // --- The workers' lanes ---
  void work(ProcessWorker& worker, const std::string& name);
  void take_calls(ProcessWorker& worker, LaneId lane);
  bool is_ready(ProcessWorker& worker);

  // None: the worker is to end, or is dead already (and that has been reported).
  std::optional<QueuedCall> next_call(ProcessWorker& worker);

  // False: the worker has died of it, or with it.
  bool run(ProcessWorker& worker, const QueuedCall& call, std::optional<LaneId> ended_worker);
  void report_death();

  const std::uint32_t m_manager_number;
  const ProcessPoolOptions m_options;
  IdleWorkers m_idle_lanes;  // without a call
  // What those who look before they sleep look at, without the lock.
  std::atomic<bool> m_has_calls{false};  // or the workers are to end
  std::atomic<bool> m_has_news{false};   // for the manager
  mutable Mutex m_mutex;
  std::map<FutureId, PendingCall> m_pending
      LOITER_GUARDED_BY(m_mutex);                              // neither finished nor cancelled, as far as known
  std::deque<StateRef> m_work_ids LOITER_GUARDED_BY(m_mutex);  // not in the call queue yet
  std::deque<QueuedCall> m_calls LOITER_GUARDED_BY(m_mutex);   // the call queue
  std::deque<CallResult> m_results LOITER_GUARDED_BY(m_mutex);
  std::vector<LaneId> m_lanes LOITER_GUARDED_BY(m_mutex);     // of the workers that have not been joined
  std::set<LaneId> m_known_lanes LOITER_GUARDED_BY(m_mutex);  // all that ever were
  std::size_t m_alive LOITER_GUARDED_BY(m_mutex) = 0;         // workers
  int m_idle LOITER_GUARDED_BY(m_mutex) = 0;  // CPython's idle semaphore: one for each result, less one for each submit
  runtime::Participant* m_manager LOITER_GUARDED_BY(m_mutex) = nullptr;
  std::optional<LaneId> m_manager_lane LOITER_GUARDED_BY(m_mutex);
  bool m_has_manager LOITER_GUARDED_BY(m_mutex) = false;
  std::set<runtime::Participant*> m_wait_for_manager LOITER_GUARDED_BY(m_mutex);  // which is being started
  bool m_is_manager_forgotten LOITER_GUARDED_BY(m_mutex) = false;
  bool m_is_woken LOITER_GUARDED_BY(m_mutex) = false;
  bool m_has_death LOITER_GUARDED_BY(m_mutex) = false;
  bool m_is_broken LOITER_GUARDED_BY(m_mutex) = false;
  bool m_shut_down LOITER_GUARDED_BY(m_mutex) = false;
  bool m_cancels_pending LOITER_GUARDED_BY(m_mutex) = false;
  bool m_is_ending LOITER_GUARDED_BY(m_mutex) = false;
  bool m_is_manager_over LOITER_GUARDED_BY(m_mutex) = false;  // it joins no worker any more
};

}  // namespace loiter::futures
