// Which event carries which keys in a run file: said once, for the reader, the writer and the shortener of long lines.
//
// Shape    describe(archive, event) hands each member to the archive with its key:
//            required  always written; a file without it is refused
//            usual     always written; a file without it means the member's default
//            optional  written when it differs from its default
// Source   RUNFILE, version 1, the table of events.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "trace/event.hpp"

namespace loiter::trace {

// In alphabetical order, so that a key is found by halving.
enum class Key : std::uint8_t {
  Any,
  By,
  CancelFutures,
  Chain,
  Count,
  Cpu,
  Deadline,
  Done,
  Ev,
  Executor,
  FirstException,
  From,
  Future,
  Futures,
  GoesOn,
  How,
  Id,
  Index,
  Joins,
  Kind,
  Label,
  Lane,
  Lanes,
  Level,
  More,
  Name,
  NotDone,
  On,
  OsTid,
  Outcome,
  Pid,
  Since,
  Site,
  Step,
  T,
  Text,
  To,
  Total,
  Type,
  What,
  Why,
  Workers,
};

inline constexpr std::array<std::string_view, 42> key_texts{"any",
                                                            "by",
                                                            "cancel_futures",
                                                            "chain",
                                                            "count",
                                                            "cpu",
                                                            "deadline",
                                                            "done",
                                                            "ev",
                                                            "executor",
                                                            "first_exception",
                                                            "from",
                                                            "future",
                                                            "futures",
                                                            "goes_on",
                                                            "how",
                                                            "id",
                                                            "index",
                                                            "joins",
                                                            "kind",
                                                            "label",
                                                            "lane",
                                                            "lanes",
                                                            "level",
                                                            "more",
                                                            "name",
                                                            "not_done",
                                                            "on",
                                                            "os_tid",
                                                            "outcome",
                                                            "pid",
                                                            "since",
                                                            "site",
                                                            "step",
                                                            "t",
                                                            "text",
                                                            "to",
                                                            "total",
                                                            "type",
                                                            "what",
                                                            "why",
                                                            "workers"};
static_assert(key_texts.size() == static_cast<std::size_t>(Key::Workers) + 1);

constexpr std::string_view text_of(Key key) { return key_texts[static_cast<std::size_t>(key)]; }

// E is the event T, or a const one.
template <class E, class T>
concept Is = std::same_as<std::remove_const_t<E>, T>;

template <class A>
void describe(A& a, Is<LaneBegan> auto& e) {
  a.required(Key::Kind, e.kind);
  a.optional(Key::Executor, e.executor);
  a.optional(Key::Pid, e.pid);
  a.optional(Key::OsTid, e.os_tid);
}
template <class A>
void describe(A&, Is<LaneEnded> auto&) {}
template <class A>
void describe(A& a, Is<PoolCreated> auto& e) {
  a.required(Key::Executor, e.executor);
  a.required(Key::Workers, e.workers);
  a.optional(Key::Name, e.name);
}
template <class A>
void describe(A& a, Is<PoolGrown> auto& e) {
  a.required(Key::Executor, e.executor);
  a.required(Key::Workers, e.workers);
}
template <class A>
void describe(A& a, Is<PoolShutDown> auto& e) {
  a.required(Key::Executor, e.executor);
  a.optional(Key::CancelFutures, e.cancel_futures);
}
template <class A>
void describe(A& a, Is<PoolBroken> auto& e) {
  a.required(Key::Executor, e.executor);
  a.usual(Key::Why, e.why);
}
template <class A>
void describe(A& a, Is<Submitted> auto& e) {
  a.required(Key::Future, e.future);
  a.usual(Key::Label, e.label);
  a.required(Key::Executor, e.executor);
}
template <class A>
void describe(A& a, Is<StateChanged> auto& e) {
  a.required(Key::Future, e.future);
  a.required(Key::From, e.from);
  a.required(Key::To, e.to);
  a.optional(Key::Outcome, e.outcome);
  a.optional(Key::Type, e.type);
  a.optional(Key::Text, e.text);
}
template <class A>
void describe(A& a, Is<TaskBegan> auto& e) {
  a.required(Key::Future, e.future);
}
template <class A>
void describe(A& a, Is<TaskEnded> auto& e) {
  a.required(Key::Future, e.future);
  a.required(Key::Outcome, e.outcome);
  a.optional(Key::Type, e.type);
  a.optional(Key::Text, e.text);
}
template <class A>
void describe(A& a, Is<WaitBegan> auto& e) {
  a.required(Key::On, e.on);
  a.optional(Key::Futures, e.futures);
  a.optional(Key::More, e.more);
  a.optional(Key::Any, e.any);
  a.optional(Key::FirstException, e.first_exception);
  a.optional(Key::Deadline, e.deadline);
  a.optional(Key::Joins, e.joins);
}
template <class A>
void describe(A& a, Is<WaitEnded> auto& e) {
  a.required(Key::On, e.on);
  a.required(Key::How, e.how);
}
template <class A>
void describe(A& a, Is<Delivered> auto& e) {
  a.required(Key::Future, e.future);
  a.required(Key::By, e.by);
  a.usual(Key::Index, e.index);
}
template <class A>
void describe(A& a, Is<Printed> auto& e) {
  a.required(Key::Text, e.text);
  a.optional(Key::GoesOn, e.goes_on);
}
template <class A>
void describe(A& a, Is<Observed> auto& e) {
  a.required(Key::Step, e.step);
  a.required(Key::What, e.what);
  a.optional(Key::Type, e.type);
  a.optional(Key::Text, e.text);
  a.optional(Key::Done, e.done);
  a.optional(Key::NotDone, e.not_done);
}
template <class A>
void describe(A& a, Is<SiteReached> auto& e) {
  a.required(Key::Site, e.site);
}
template <class A>
void describe(A& a, Is<GilChanged> auto& e) {
  a.required(Key::What, e.what);
}
template <class A>
void describe(A& a, Is<Computed> auto& e) {
  a.optional(Key::Future, e.future);
  a.required(Key::Since, e.since);
  a.required(Key::Cpu, e.cpu);
}
template <class A>
void describe(A& a, Is<Progressed> auto& e) {
  a.optional(Key::Future, e.future);
  a.usual(Key::Done, e.done);
  a.usual(Key::Total, e.total);
}
template <class A>
void describe(A& a, Is<Stuck> auto& e) {
  a.usual(Key::Lanes, e.lanes);
  a.usual(Key::Futures, e.futures);
  a.usual(Key::Chain, e.chain);
}
template <class A>
void describe(A& a, Is<Unstuck> auto& e) {
  a.usual(Key::Lanes, e.lanes);
  a.usual(Key::Futures, e.futures);
}
template <class A>
void describe(A& a, Is<Escaped> auto& e) {
  a.required(Key::How, e.how);
  a.optional(Key::Future, e.future);
}
template <class A>
void describe(A& a, Is<Logged> auto& e) {
  a.usual(Key::Level, e.level);
  a.required(Key::Text, e.text);
}
template <class A>
void describe(A& a, Is<Lost> auto& e) {
  a.required(Key::Count, e.count);
}
template <class A>
void describe(A& a, Is<RunEnded> auto& e) {
  a.required(Key::How, e.how);
  a.optional(Key::Type, e.type);
  a.optional(Key::Text, e.text);
}

}  // namespace loiter::trace
