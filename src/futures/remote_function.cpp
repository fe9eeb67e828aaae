#include "futures/remote_function.hpp"

#include <fmt/format.h>

#include <map>

#include "base/assert.hpp"
#include "futures/errors.hpp"
#include "futures/worker_channel.hpp"

namespace loiter::futures {
namespace {

struct Entry {
  const void* function;
  RemoteHandlers handlers;
};

// Made at the first registration: the order in which globals of other files begin is not known.
std::map<std::string, Entry, std::less<>>& registry() {
  static std::map<std::string, Entry, std::less<>> functions;
  return functions;
}

}  // namespace

void register_remote(const std::string& name, const void* function, RemoteHandlers handlers) {
  const bool is_new = registry().emplace(name, Entry{function, handlers}).second;
  LOITER_ASSERT(is_new, "a remote function has a name of its own");
}

void begin_encoded_call(ByteWriter& bytes, std::string_view name, bool is_chunk) {
  bytes.text(name);
  Codec<bool>::write(bytes, is_chunk);
}

std::string run_encoded_call(Host& host, std::string_view call) {
  ByteReader bytes(call);
  const std::string_view name = bytes.text();
  const bool is_chunk = Codec<bool>::read(bytes);
  const auto entry = registry().find(name);
  if (entry == registry().end()) {
    throw Exception(fmt::format("Can't get attribute '{}': the worker program does not know such a function", name),
                    "AttributeError");
  }
  const auto& [function, handlers] = entry->second;
  std::string result = (is_chunk ? handlers.chunk : handlers.call)(function, host, bytes);
  if (result.size() > largest_message) {
    throw ValueError(
        fmt::format("the result of {} takes {} bytes, more than the 64 MiB that can be sent from a worker process",
                    name, result.size()));
  }
  return result;
}

}  // namespace loiter::futures
