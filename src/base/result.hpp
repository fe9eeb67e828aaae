// Result<T>: the outcome of something that is expected to fail now and then (a bad file, a bad argument).
//
// Shape    A value or an Error with one sentence that says what happened, to which input, and what to do.
// Errors   A programmer's mistake is an assertion instead (assert.hpp); a task's exception lives in its future.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace loiter {

struct Error {
  std::string message;
  friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(std::string message) { return tl::unexpected<Error>(Error{std::move(message)}); }

}  // namespace loiter
