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

}  // namespace loiter::futures
