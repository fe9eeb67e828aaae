#include "futures/remote_function.hpp"

#include <fmt/format.h>

#include <map>

#include "base/assert.hpp"
#include "futures/errors.hpp"

namespace loiter::futures {
namespace {

struct Entry {
  const void* function;
  RemoteHandler handler;
};

// Made at the first registration: the order in which globals of other files begin is not known.
std::map<std::string, Entry, std::less<>>& registry() {
  static std::map<std::string, Entry, std::less<>> functions;
  return functions;
}

}  // namespace

void register_remote(const std::string& name, const void* function, RemoteHandler handler) {
  const bool is_new = registry().emplace(name, Entry{function, handler}).second;
  LOITER_ASSERT(is_new, "a remote function has a name of its own");
}

std::string run_encoded_call(Host& host, std::string_view call) {
  ByteReader bytes(call);
  const std::string_view name = bytes.text();
  const auto entry = registry().find(name);
  if (entry == registry().end()) {
    throw Exception(fmt::format("Can't get attribute '{}': the worker program does not know such a function", name),
                    "AttributeError");
  }
  return entry->second.handler(entry->second.function, host, bytes);
}

}  // namespace loiter::futures
