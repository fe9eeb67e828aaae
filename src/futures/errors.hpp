// The exceptions of Python that futures and executors raise, with the names and texts Python gives them.
//
// Shape    Exception carries the type's name as Python prints it; the classes below are for catching. describe() names
//          any exception that a task may throw, those of the C++ library by their nearest Python kin.
// Source   CPython 3.11 Lib/concurrent/futures; SEMANTICS, Exact texts.
#pragma once

#include <exception>
#include <string>
#include <utility>

namespace loiter::futures {

class Exception : public std::exception {
 public:
  explicit Exception(std::string message, std::string type = "Exception")
      : m_type(std::move(type)), m_message(std::move(message)) {}
  const std::string& type() const { return m_type; }
  const char* what() const noexcept override { return m_message.c_str(); }

  // Python's __cause__ as text: where it was raised in a worker process. Empty for most.
  const std::string& cause() const { return m_cause; }
  void set_cause(std::string cause) { m_cause = std::move(cause); }

 private:
  std::string m_type;
  std::string m_message;
  std::string m_cause;
};

class RuntimeError : public Exception {
 public:
  explicit RuntimeError(std::string message, std::string type = "RuntimeError")
      : Exception(std::move(message), std::move(type)) {}
};
class ValueError : public Exception {
 public:
  explicit ValueError(std::string message) : Exception(std::move(message), "ValueError") {}
};
class TypeError : public Exception {
 public:
  explicit TypeError(std::string message) : Exception(std::move(message), "TypeError") {}
};
class ZeroDivisionError : public Exception {
 public:
  explicit ZeroDivisionError(std::string message) : Exception(std::move(message), "ZeroDivisionError") {}
};
class TimeoutError : public Exception {
 public:
  explicit TimeoutError(std::string message = "") : Exception(std::move(message), "TimeoutError") {}
};
class CancelledError : public Exception {
 public:
  explicit CancelledError(std::string message = "") : Exception(std::move(message), "CancelledError") {}
};
class InvalidStateError : public Exception {
 public:
  explicit InvalidStateError(std::string message) : Exception(std::move(message), "InvalidStateError") {}
};
class BrokenThreadPool : public RuntimeError {
 public:
  explicit BrokenThreadPool(std::string message) : RuntimeError(std::move(message), "BrokenThreadPool") {}
};

class BrokenProcessPool : public RuntimeError {
 public:
  explicit BrokenProcessPool(std::string message) : RuntimeError(std::move(message), "BrokenProcessPool") {}
};

struct ErrorText {
  std::string type;
  std::string text;
};

// `error` is not null.
ErrorText describe(const std::exception_ptr& error);

// The other way round: what was raised in another process, as an exception of the class of that name.
std::exception_ptr exception_of(const ErrorText& error, std::string cause);

}  // namespace loiter::futures
