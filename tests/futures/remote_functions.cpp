#include "futures/remote_functions.hpp"

#include <dirent.h>
#include <unistd.h>

#include <cstdlib>
#include <numeric>

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
int raise_error_body(Host&, std::string type, std::string text) {
  std::rethrow_exception(exception_of({std::move(type), std::move(text)}, ""));
}
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
const RemoteFunction<int(std::string, std::string)> raise_error("raise_error", raise_error_body);
const RemoteFunction<void(int)> exit_with("exit_with", exit_with_body);
const RemoteFunction<std::int64_t()> own_pid("own_pid", own_pid_body);
const RemoteFunction<std::string(std::size_t)> text_of_size("text_of_size", text_of_size_body);
const RemoteFunction<int(int)> remember("remember", remember_body);
const RemoteFunction<int()> remembered("remembered", remembered_body);
const RemoteFunction<void(Duration, std::string)> fail_after("fail_after", fail_after_body);
const RemoteFunction<int()> compute_for_ever("compute_for_ever", compute_for_ever_body);
const RemoteFunction<int()> compute_deaf("compute_deaf", compute_deaf_body);
const RemoteFunction<int(std::string)> say("say", say_body);
const RemoteFunction<std::string()> open_descriptors("open_descriptors", open_descriptors_body);
const RemoteFunction<int(Duration, std::string)> sleep_and_raise("sleep_and_raise", sleep_and_raise_body);

}  // namespace loiter::futures::lab
