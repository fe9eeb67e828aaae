// State<T> and Task<T, F>: a shared state with a value in it, and one with the call that makes the value.
//
// Shape    One allocation holds state, value and call. The call is destroyed as soon as it has run, as CPython deletes
//          its work item.
// Errors   Whatever the call throws becomes the future's exception; Aborted passes through, the future stays Running.
// Threads  As SharedState.
#pragma once

#include <concepts>
#include <cstddef>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/python_text.hpp"
#include "futures/codec.hpp"
#include "futures/errors.hpp"
#include "futures/shared_state.hpp"

namespace loiter::futures {

template <class T>
class State : public SharedState {
 public:
  using SharedState::SharedState;

  // Once finished without an exception.
  const T& value() const { return std::get<returned>(m_outcome); }

  void set_result(T value) {
    const Described described(value);
    finish_by_hand(Outcome::Returned, described.text, [&] { m_outcome.template emplace<returned>(std::move(value)); });
  }

  ErrorText describe_encoded(std::string_view result) const override {
    if constexpr (Crosses<T>) {
      const T value = decode<T>(result);
      const Described described(value);
      return {described.text.type,
              described.text.has_number ? std::to_string(described.text.number) : std::string(described.text.text)};
    } else {
      throw BadMessage("a result of this type is never sent");
    }
  }
  void set_encoded_result(std::string_view result) override {
    if constexpr (Crosses<T>) {
      T value = decode<T>(result);
      finish_after_call(false, [&] { m_outcome.template emplace<returned>(std::move(value)); });
    } else {
      throw BadMessage("a result of this type is never sent");
    }
  }

 protected:
  // A value as the observer is told of it: whole numbers without any formatting.
  struct Described {
    explicit Described(const T& value) {
      text.type = python_type_of(value);
      if constexpr (std::integral<T> && !std::same_as<T, bool> && sizeof(T) <= 4) {
        text.has_number = true;
        text.number = static_cast<std::int64_t>(value);
      } else if constexpr (std::signed_integral<T>) {
        text.has_number = true;
        text.number = value;
      } else if constexpr (!std::same_as<T, None>) {
        try {
          formatted = python_repr(value);
        } catch (...) {  // what the user's repr throws does not change what the call returned
          formatted = std::string("<unprintable ") + text.type + " object>";
        }
        text.text = formatted;
      }
    }
    Described(const Described&) = delete;
    Described& operator=(const Described&) = delete;
    ValueText text;
    std::string formatted;
  };

  // What the call returns is made in place, and is looked at by nobody before finish().
  template <class F>
  void store_result_of(F& call) {
    if constexpr (std::is_void_v<std::invoke_result_t<F&>>) {
      call();
      m_outcome.template emplace<returned>();
    } else {
      m_outcome.template emplace<returned>(call());
    }
  }
  void finish() { finish_task(Outcome::Returned, Described(value()).text); }

 private:
  std::exception_ptr stored_error() const override {
    const auto* error = std::get_if<raised>(&m_outcome);
    return error != nullptr ? *error : nullptr;
  }
  void store_error(std::exception_ptr error) override { m_outcome.template emplace<raised>(std::move(error)); }
  const char* value_type() const override {
    const auto* value = std::get_if<returned>(&m_outcome);
    return value != nullptr ? python_type_of(*value) : python_type<T>();
  }

  // By index: T may be any type, an exception_ptr too.
  static constexpr std::size_t returned = 1;
  static constexpr std::size_t raised = 2;
  std::variant<std::monostate, T, std::exception_ptr> m_outcome;
};

template <class T, class F>
class Task final : public State<T> {
 public:
  Task(Context& context, FutureId id, F call) : State<T>(context, id) { new (&m_call) F(std::move(call)); }
  ~Task() override {
    if (!m_call_is_gone) destroy_call();
  }

  std::optional<std::string> encoded_call() const override {
    if constexpr (requires(const F& call) {
                    { call.encode() } -> std::same_as<std::string>;
                  }) {
      return m_call.encode();
    } else {
      return std::nullopt;
    }
  }

  void run() override {
    if (!this->set_running_or_notify_cancel()) return;
    std::exception_ptr error;
    try {
      const Executing executing(this->id());
      this->store_result_of(m_call);
    } catch (const runtime::Aborted&) {
      this->abort_task();
      throw;
    } catch (...) {
      error = std::current_exception();
    }
    destroy_call();
    // Outside of the try: what a done-callback throws is not the task's.
    if (error) {
      this->finish_task_with_error(std::move(error));
    } else {
      this->finish();
    }
  }

 private:
  void destroy_call() {
    m_call_is_gone = true;
    m_call.~F();
  }
  union {
    F m_call;
  };
  bool m_call_is_gone = false;
};

}  // namespace loiter::futures
