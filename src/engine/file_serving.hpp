// FileServing: the local file server without a run, for `loiter serve`.
//
// Shape    Serves from start() to its destruction, in real time.
// Errors   A port that is taken, flags that are not installed, a dial that there is not or a value that it cannot have: one
//          sentence each.
// Threads  Any; it has threads of its own.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "base/result.hpp"

namespace loiter::engine {

class FileServing {
 public:
  static constexpr int usual_port = 8001;

  // `dials` by name, as one types them: latency=250ms.
  static Result<std::unique_ptr<FileServing>> start(int port, const std::map<std::string, std::string>& dials);
  virtual ~FileServing() = default;

  virtual std::string address() const = 0;
  virtual std::size_t files() const = 0;
  virtual std::uint64_t requests() const = 0;
};

}  // namespace loiter::engine
