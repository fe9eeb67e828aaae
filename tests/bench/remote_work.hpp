// What the benchmarks send to worker processes.
#pragma once

#include "futures/remote_function.hpp"

namespace loiter::bench {

extern const futures::RemoteFunction<int(int)> remote_work;
// Sleeps 50 ms in real time, so that each of several such calls needs a worker of its own; gives the nanosecond of the
// system's steady clock at which it began.
extern const futures::RemoteFunction<std::int64_t(int)> begun_at;
extern const futures::RemoteFunction<std::int64_t()> private_bytes;  // of its process

}  // namespace loiter::bench
