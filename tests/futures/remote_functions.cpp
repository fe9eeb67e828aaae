#include "futures/remote_functions.hpp"

#include <dirent.h>
#include <unistd.h>

#include <cstdlib>
#include <numeric>
#include <stdexcept>

#include "futures/errors.hpp"

namespace loiter::futures::lab {
namespace {

int remote_loiter_body(Host& host, Duration unit, int n) {
  host.sleep_for(unit * n);
  return n * 10;
}
int twice_body(Host&, int n) { return 2 * n; }
std::string greet_body(Host&, std::string name) { return "hello " + name; }
std::vector<int> numbers_up_to_body(Host&, int n) {
  std::vector<int> numbers(static_cast<std::size_t>(n));
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}
double half_body(Host&, int n) { return n / 2.0; }
bool is_even_body(Host&, int n) { return n % 2 == 0; }
std::pair<int, std::string> number_and_text_body(Host&, int n) { return {n, std::to_string(n)}; }
std::optional<int> none_if_zero_body(Host&, int n) { return n == 0 ? std::nullopt : std::optional(n); }
void nothing_body(Host&) {}
void nothing_of_three_body(Host&, bool, double, std::string) {}
void nothing_of_list_body(Host&, std::vector<int>) {}
int quotient_body(Host&, int a, int b) { return a / b; }
std::int64_t same_number_body(Host&, std::int64_t n) { return n; }
std::string same_text_body(Host&, std::string text) { return text; }
std::string text_and_owned_body(Host&, std::unique_ptr<int> number, std::string text) {
  return text + std::to_string(*number);
}
Point point_at_body(Host&, int x) { return {x}; }
int raise_kind_body(Host&, int kind) {
  if (kind == 0) throw ValueError("boom");
  if (kind == 1) throw ZeroDivisionError("division by zero");
  if (kind == 2) throw Exception("'k'", "KeyError");
  if (kind == 3) throw std::runtime_error("plain");
  throw kind;
}
int twice_unless_body(Host&, int unlucky, int n) {
  if (n == unlucky) throw ValueError("unlucky");
  return 2 * n;
}
int value_of_body(Host&, Future<int> future) { return future.result(); }
Future<int> future_of_body(Host&, int) { return {}; }
int raise_error_body(Host&, std::string type, std::string text) {
  std::rethrow_exception(exception_of({std::move(type), std::move(text)}, ""));
}
int raise_long_body(Host&, std::size_t size) { throw ValueError(std::string(size, 'x')); }
void exit_with_body(Host&, int status) { std::_Exit(status); }
std::int64_t own_pid_body(Host&) { return ::getpid(); }
std::string text_of_size_body(Host&, std::size_t size) { return std::string(size, 'x'); }

int g_remembered = 0;
int remember_body(Host&, int value) { return g_remembered = value; }
int remembered_body(Host&) { return g_remembered; }
void fail_after_body(Host& host, Duration d, std::string text) {
  host.sleep_for(d);
  throw ValueError(text);
}
int compute_for_ever_body(Host& host) {
  for (;;) host.checkpoint();
}
int compute_deaf_body(Host&) {
  for (volatile int i = 0;;) i = i + 1;
}
int say_body(Host& host, std::string text) {
  host.tell(text);
  return 0;
}
int sleep_and_raise_body(Host& host, Duration d, std::string text) {
  host.sleep_for(d);
  throw ValueError(text);
}

int write_raw_body(Host&, std::string bytes) {
  constexpr int socket_to_the_lab = 3;
  if (::write(socket_to_the_lab, bytes.data(), bytes.size()) < 0) std::_Exit(1);
  for (;;) ::pause();
}

std::string open_descriptors_body(Host&) {
  std::string numbers;
  DIR* const folder = ::opendir("/proc/self/fd");
  while (const dirent* entry = ::readdir(folder)) {
    const std::string name = entry->d_name;
    if (name != "." && name != ".." && std::stoi(name) != ::dirfd(folder)) numbers += name + " ";
  }
  ::closedir(folder);
  return numbers;
}

}  // namespace

const RemoteFunction<int(Duration, int)> remote_loiter("loiter", remote_loiter_body);
const RemoteFunction<int(int)> twice("twice", twice_body);
const RemoteFunction<std::string(std::string)> greet("greet", greet_body);
const RemoteFunction<std::vector<int>(int)> numbers_up_to("numbers_up_to", numbers_up_to_body);
const RemoteFunction<double(int)> half("half", half_body);
const RemoteFunction<bool(int)> is_even("is_even", is_even_body);
const RemoteFunction<std::pair<int, std::string>(int)> number_and_text("number_and_text", number_and_text_body);
const RemoteFunction<std::optional<int>(int)> none_if_zero("none_if_zero", none_if_zero_body);
const RemoteFunction<void()> nothing("nothing", nothing_body);
const RemoteFunction<void(bool, double, std::string)> nothing_of_three("nothing_of_three", nothing_of_three_body);
const RemoteFunction<void(std::vector<int>)> nothing_of_list("nothing_of_list", nothing_of_list_body);
const RemoteFunction<int(int, int)> quotient("quotient", quotient_body);
const RemoteFunction<std::int64_t(std::int64_t)> same_number("same_number", same_number_body);
const RemoteFunction<std::string(std::string)> same_text("same_text", same_text_body);
const RemoteFunction<std::string(std::unique_ptr<int>, std::string)> text_and_owned("text_and_owned",
                                                                                    text_and_owned_body);
const RemoteFunction<Point(int)> point_at("point_at", point_at_body);
const RemoteFunction<int(int)> raise_kind("raise_kind", raise_kind_body);
const RemoteFunction<int(int, int)> twice_unless("twice_unless", twice_unless_body);
const RemoteFunction<int(Future<int>)> value_of("value_of", value_of_body);
const RemoteFunction<Future<int>(int)> future_of("future_of", future_of_body);
const RemoteFunction<int(std::string, std::string)> raise_error("raise_error", raise_error_body);
const RemoteFunction<int(std::size_t)> raise_long("raise_long", raise_long_body);
const RemoteFunction<void(int)> exit_with("exit_with", exit_with_body);
const RemoteFunction<std::int64_t()> own_pid("own_pid", own_pid_body);
const RemoteFunction<std::string(std::size_t)> text_of_size("text_of_size", text_of_size_body);
const RemoteFunction<int(int)> remember("remember", remember_body);
const RemoteFunction<int()> remembered("remembered", remembered_body);
const RemoteFunction<void(Duration, std::string)> fail_after("fail_after", fail_after_body);
const RemoteFunction<int()> compute_for_ever("compute_for_ever", compute_for_ever_body);
const RemoteFunction<int()> compute_deaf("compute_deaf", compute_deaf_body);
const RemoteFunction<int(std::string)> say("say", say_body);
const RemoteFunction<int(std::string)> write_raw("write_raw", write_raw_body);
const RemoteFunction<std::string()> open_descriptors("open_descriptors", open_descriptors_body);
const RemoteFunction<int(Duration, std::string)> sleep_and_raise("sleep_and_raise", sleep_and_raise_body);

}  // namespace loiter::futures::lab
