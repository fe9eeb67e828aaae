// RemoteFunction: a function that worker processes know by its name, so that calls of it can be sent to them.
//
//   const RemoteFunction loiter_function("loiter", loiter);        // int loiter(Host&, Duration unit, int n)
//   executor.submit(named("loiter", loiter_function.with(unit)), 3)  // any executor
//
// Shape    The function takes a Host first, then values that have a Codec, and returns one. with() binds the first of
//          them; labels show the rest. Made as a global, in the lab's program and in the worker's alike. One call is
//          sent at a time, or a chunk of calls.
// Errors   A type without a codec does not compile. Two functions of one name are an assertion.
// Threads  Registration before main(); afterwards the registry is constant.
#pragma once

#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "futures/chunk.hpp"
#include "futures/codec.hpp"
#include "futures/host.hpp"

namespace loiter::futures {

// Runs an encoded call and gives the encoded result; throws what the function throws.
using RemoteHandler = std::string (*)(const void* function, Host& host, ByteReader& arguments);
struct RemoteHandlers {
  RemoteHandler call;
  RemoteHandler chunk;
};

void register_remote(const std::string& name, const void* function, RemoteHandlers handlers);
// What a worker does with the bytes of RemoteCall::encode() and RemoteChunk::encode(). Errors: BadMessage for bytes that are no call; AttributeError for
// a function that this program does not know; ValueError for a result that is too large to send; whatever the call throws.
std::string run_encoded_call(Host& host, std::string_view call);

// The bytes that every encoded call begins with.
void begin_encoded_call(ByteWriter& bytes, std::string_view name, bool is_chunk);

template <class Result, class... Parameters>
class RemoteFunction;

// A remote function with its first arguments; called with the others by Executor::submit().
template <class Function, class... Bound>
struct RemoteCallable {
  const Function* function;
  std::tuple<Bound...> bound;
};

// One call, ready to run here or to be sent.
template <class Function>
struct RemoteCall {
  Context* context;
  const Function* function;
  typename Function::Arguments arguments;

  auto operator()() {
    LocalHost host(*context);
    return function->run(host, std::move(arguments));
  }
  std::string encode() const {
    ByteWriter bytes;
    begin_encoded_call(bytes, function->name(), false);
    Codec<typename Function::Arguments>::write(bytes, arguments);
    return bytes.take();
  }
};

// Several calls of one function, one after the other.
template <class Function>
struct RemoteChunk {
  using Results = Chunk<typename Function::Value>;
  Context* context;
  const Function* function;
  std::vector<typename Function::Arguments> calls;

  Results operator()() {
    LocalHost host(*context);
    return run(*function, host, calls);
  }
  static Results run(const Function& function, Host& host, std::vector<typename Function::Arguments>& calls) {
    return Results::of(calls.size(), [&](std::size_t i) { return function.run(host, std::move(calls[i])); });
  }
  std::string encode() const {
    ByteWriter bytes;
    begin_encoded_call(bytes, function->name(), true);
    Codec<std::vector<typename Function::Arguments>>::write(bytes, calls);
    return bytes.take();
  }
};

template <class Result, class... Parameters>
class RemoteFunction<Result(Parameters...)> {
 public:
  using Value = std::conditional_t<std::is_void_v<Result>, None, Result>;
  using Arguments = std::tuple<std::remove_cvref_t<Parameters>...>;
  using Pointer = Result (*)(Host&, Parameters...);
  static_assert(Crosses<Value>, "the result of a remote function needs a Codec: it must be sent between processes");
  static_assert((... && Crosses<std::remove_cvref_t<Parameters>>),
                "the parameters of a remote function need a Codec: they must be sent between processes");

  RemoteFunction(std::string name, Pointer pointer) : m_name(std::move(name)), m_pointer(pointer) {
    register_remote(m_name, this,
                    {.call =
                         [](const void* self, Host& host, ByteReader& bytes) {
                           auto arguments = read_all<Arguments>(bytes);
                           return bytes_of(static_cast<const RemoteFunction*>(self)->run(host, std::move(arguments)));
                         },
                     .chunk =
                         [](const void* self, Host& host, ByteReader& bytes) {
                           auto calls = read_all<std::vector<Arguments>>(bytes);
                           const auto& function = *static_cast<const RemoteFunction*>(self);
                           return bytes_of(RemoteChunk<RemoteFunction>::run(function, host, calls));
                         }});
  }
  RemoteFunction(const RemoteFunction&) = delete;
  RemoteFunction& operator=(const RemoteFunction&) = delete;

  const std::string& name() const { return m_name; }

  template <class... Bound>
  RemoteCallable<RemoteFunction, Bound...> with(Bound... bound) const {
    return {this, {std::move(bound)...}};
  }

  Value run(Host& host, Arguments arguments) const {
    return std::apply(
        [&](auto&&... argument) -> Value {
          if constexpr (std::is_void_v<Result>) {
            m_pointer(host, std::move(argument)...);
            return {};
          } else {
            return m_pointer(host, std::move(argument)...);
          }
        },
        std::move(arguments));
  }

 private:
  template <class T>
  static T read_all(ByteReader& bytes) {
    T value = Codec<T>::read(bytes);
    bytes.must_be_at_end();
    return value;
  }
  template <class T>
  static std::string bytes_of(const T& value) {
    ByteWriter bytes;
    Codec<T>::write(bytes, value);
    return bytes.take();
  }

  const std::string m_name;
  const Pointer m_pointer;
};
template <class Result, class... Parameters>
RemoteFunction(std::string, Result (*)(Host&, Parameters...)) -> RemoteFunction<Result(Parameters...)>;
template <class Result, class... Parameters>
RemoteFunction(const char*, Result (*)(Host&, Parameters...)) -> RemoteFunction<Result(Parameters...)>;

template <class F>
inline constexpr bool is_remote = false;
template <class Function, class... Bound>
inline constexpr bool is_remote<RemoteCallable<Function, Bound...>> = true;

template <class Function, class... Bound, class... A>
typename Function::Arguments remote_arguments(const RemoteCallable<Function, Bound...>& callable, A... arguments) {
  return std::tuple_cat(callable.bound, std::tuple<A...>(std::move(arguments)...));
}
template <class Function, class... Bound, class... A>
RemoteCall<Function> remote_call(Context& context, const RemoteCallable<Function, Bound...>& callable, A... arguments) {
  return {&context, callable.function, remote_arguments(callable, std::move(arguments)...)};
}

}  // namespace loiter::futures
