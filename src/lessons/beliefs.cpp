#include "lessons/beliefs.hpp"

#include <algorithm>
#include <array>

namespace loiter::lessons {
namespace {

constexpr std::array<Belief, 12> beliefs{{
    {.id = "map-order",
     .name = "map gives results as they finish, or all at the end",
     .answer = "map gives results in the order of the calls: each as soon as it and all before it are done."},
    {.id = "result-in-loop",
     .name = "submit and result() in one loop is parallel",
     .answer = "result() waits: a loop that submits one call and asks for its result at once has one call at a time."},
    {.id = "more-jobs",
     .name = "more calls than workers is too much, or map waits with submitting",
     .answer = "Calls that have no worker yet wait in the queue of the pool; map has submitted all of them at once."},
    {.id = "cancel-stops",
     .name = "cancel() stops a call that runs",
     .answer = "cancel() takes a call out of the queue; once a worker has begun it, nothing stops it."},
    {.id = "timeout-ends",
     .name = "a timeout ends the task, and leaving with is instant",
     .answer = "A timeout ends only the waiting: the task goes on, and leaving the with block waits for it."},
    {.id = "failures-report",
     .name = "a call that fails says so by itself",
     .answer = "An exception stays in its future, silent, until somebody asks for the result."},
    {.id = "map-goes-on",
     .name = "map goes on after an exception",
     .answer = "The exception leaves the loop over map and ends it: what was still in the queue is cancelled."},
    {.id = "own-pool",
     .name = "waiting on my own pool is fine, or more threads cure it",
     .answer = "A task that waits for a task of its own pool holds a worker while it waits; enough of them hold all."},
    {.id = "threads-compute",
     .name = "threads speed up computing in Python",
     .answer = "One thread at a time holds the lock and computes; threads help where calls wait."},
    {.id = "processes-drop-in",
     .name = "a process pool is a drop-in, and a crash hurts one call",
     .answer = "When one worker process dies the pool is broken, and every call that is not done fails with it."},
    {.id = "running-runs",
     .name = "a future that says running is being executed",
     .answer = "In a process pool a future says running as soon as it is in the call queue, before a worker has it."},
    {.id = "worked-once",
     .name = "it worked once, so it is right",
     .answer = "One good run shows that it can go well, not that it must: the same program may stop another time."},
}};

}  // namespace

std::span<const Belief> all_beliefs() { return beliefs; }

const Belief* find_belief(std::string_view id) {
  const auto* const found = std::ranges::find(beliefs, id, &Belief::id);
  return found == beliefs.end() ? nullptr : found;
}

std::vector<std::string> belief_ids() {
  std::vector<std::string> ids;
  for (const Belief& belief : beliefs) ids.emplace_back(belief.id);
  return ids;
}

}  // namespace loiter::lessons
