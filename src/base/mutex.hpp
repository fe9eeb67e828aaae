// Mutex, Lock, CondVar, SpinLock: the locks of the project, with the annotations that Clang's -Wthread-safety checks.
//
// Threads  A Mutex covers a pointer swap or a queue push, nothing longer; no callback runs under one. SpinLock is
//          for sections of a few instructions that never call out.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#if defined(__clang__)
#define LOITER_ANNOTATE(x) __attribute__((x))
#else
#define LOITER_ANNOTATE(x)
#endif

#define LOITER_CAPABILITY(name) LOITER_ANNOTATE(capability(name))
#define LOITER_SCOPED LOITER_ANNOTATE(scoped_lockable)
#define LOITER_GUARDED_BY(m) LOITER_ANNOTATE(guarded_by(m))
#define LOITER_REQUIRES(...) LOITER_ANNOTATE(requires_capability(__VA_ARGS__))
#define LOITER_EXCLUDES(...) LOITER_ANNOTATE(locks_excluded(__VA_ARGS__))
#define LOITER_ACQUIRE(...) LOITER_ANNOTATE(acquire_capability(__VA_ARGS__))
#define LOITER_RELEASE(...) LOITER_ANNOTATE(release_capability(__VA_ARGS__))
#define LOITER_UNCHECKED LOITER_ANNOTATE(no_thread_safety_analysis)

namespace loiter {

class LOITER_CAPABILITY("mutex") Mutex {
 public:
  void lock() LOITER_ACQUIRE() { m_mutex.lock(); }
  void unlock() LOITER_RELEASE() { m_mutex.unlock(); }

 private:
  friend class CondVar;
  std::mutex m_mutex;
};

// Holds a lock for a scope; may be let go and taken again within it.
template <class M>
class LOITER_SCOPED BasicLock {
 public:
  explicit BasicLock(M& mutex) LOITER_ACQUIRE(mutex) : m_mutex(mutex) { m_mutex.lock(); }
  ~BasicLock() LOITER_RELEASE() {
    if (m_held) m_mutex.unlock();
  }
  BasicLock(const BasicLock&) = delete;
  BasicLock& operator=(const BasicLock&) = delete;

  void unlock() LOITER_RELEASE() {
    m_mutex.unlock();
    m_held = false;
  }
  void lock() LOITER_ACQUIRE() {
    m_mutex.lock();
    m_held = true;
  }

 private:
  M& m_mutex;
  bool m_held = true;
};

using Lock = BasicLock<Mutex>;

// A condition variable; the caller loops on its condition. Wake-ups may be spurious.
class CondVar {
 public:
  void wait(Mutex& mutex) LOITER_REQUIRES(mutex) LOITER_UNCHECKED {
    std::unique_lock<std::mutex> native(mutex.m_mutex, std::adopt_lock);
    m_condition.wait(native);
    native.release();
  }
  void wait_until(Mutex& mutex, std::chrono::steady_clock::time_point deadline)
      LOITER_REQUIRES(mutex) LOITER_UNCHECKED {
    std::unique_lock<std::mutex> native(mutex.m_mutex, std::adopt_lock);
    m_condition.wait_until(native, deadline);
    native.release();
  }
  void notify_one() { m_condition.notify_one(); }
  void notify_all() { m_condition.notify_all(); }

 private:
  std::condition_variable m_condition;
};

inline void relax_cpu() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

// For those who find a lock taken that is held for a few instructions.
class Backoff {
 public:
  // First a short spin. Then the processor is given away: on few cores the holder may be waiting for it. At last, as
  // only happens when the holder stands still in a paused run, for longer and longer, so that waiting costs nothing.
  void pause() {
    if (m_round < spins) {
      relax_cpu();
    } else if (m_round < spins + yields) {
      std::this_thread::yield();
    } else {
      std::this_thread::sleep_for(std::chrono::microseconds(std::min(m_round - spins - yields, 1000)));
    }
    ++m_round;
  }

 private:
  static constexpr int spins = 64;
  static constexpr int yields = 1000;
  int m_round = 0;
};

class LOITER_CAPABILITY("spin lock") SpinLock {
 public:
  void lock() LOITER_ACQUIRE() {
    while (m_locked.exchange(true, std::memory_order_acquire)) wait_unlocked();
  }
  void unlock() LOITER_RELEASE() { m_locked.store(false, std::memory_order_release); }

 private:
  void wait_unlocked() {
    for (Backoff backoff; m_locked.load(std::memory_order_relaxed);) backoff.pause();
  }
  std::atomic<bool> m_locked{false};
};

using SpinGuard = BasicLock<SpinLock>;

}  // namespace loiter
