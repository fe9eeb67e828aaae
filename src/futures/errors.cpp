#include "futures/errors.hpp"

#include <new>
#include <stdexcept>
#include <system_error>

namespace loiter::futures {

ErrorText describe(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const Exception& e) {
    return {e.type(), e.what()};
  } catch (const std::bad_alloc&) {
    return {"MemoryError", ""};
  } catch (const std::system_error& e) {
    return {"OSError", e.what()};
  } catch (const std::out_of_range& e) {
    return {"IndexError", e.what()};
  } catch (const std::overflow_error& e) {
    return {"OverflowError", e.what()};
  } catch (const std::invalid_argument& e) {
    return {"ValueError", e.what()};
  } catch (const std::domain_error& e) {
    return {"ValueError", e.what()};
  } catch (const std::exception& e) {
    return {"RuntimeError", e.what()};
  } catch (...) {
    return {"Exception", ""};
  }
}

std::exception_ptr exception_of(const ErrorText& error, std::string cause) {
  const auto made = [&](auto exception) {
    exception.set_cause(std::move(cause));
    return std::make_exception_ptr(std::move(exception));
  };
  if (error.type == "ValueError") return made(ValueError(error.text));
  if (error.type == "TypeError") return made(TypeError(error.text));
  if (error.type == "ZeroDivisionError") return made(ZeroDivisionError(error.text));
  if (error.type == "TimeoutError") return made(TimeoutError(error.text));
  if (error.type == "CancelledError") return made(CancelledError(error.text));
  if (error.type == "InvalidStateError") return made(InvalidStateError(error.text));
  if (error.type == "RuntimeError") return made(RuntimeError(error.text));
  return made(Exception(error.text, error.type));
}

}  // namespace loiter::futures
