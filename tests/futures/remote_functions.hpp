// The functions that tests of process pools send to worker processes; the tests' own worker program knows them too.
#pragma once

#include <string>
#include <vector>

#include "futures/future.hpp"
#include "futures/remote_function.hpp"

namespace loiter::futures::lab {

extern const RemoteFunction<int(Duration, int)> remote_loiter;  // sleeps n units, returns n * 10
extern const RemoteFunction<int(int)> twice;
extern const RemoteFunction<std::string(std::string)> greet;
extern const RemoteFunction<std::vector<int>(int)> numbers_up_to;
extern const RemoteFunction<int(std::string, std::string)> raise_error;  // of that type, with that text
extern const RemoteFunction<void(int)> exit_with;                        // ends its process
extern const RemoteFunction<std::int64_t()> own_pid;
extern const RemoteFunction<std::string(std::size_t)> text_of_size;
extern const RemoteFunction<int(int)> remember;  // for an initializer
extern const RemoteFunction<int()> remembered;
extern const RemoteFunction<void(Duration, std::string)> fail_after;  // for an initializer
extern const RemoteFunction<int()> compute_for_ever;                  // with checkpoints
extern const RemoteFunction<int()> compute_deaf;                      // without any
extern const RemoteFunction<int(std::string)> say;                    // tells it to the run
extern const RemoteFunction<std::string()> open_descriptors;
extern const RemoteFunction<int(Duration, std::string)> sleep_and_raise;

}  // namespace loiter::futures::lab
