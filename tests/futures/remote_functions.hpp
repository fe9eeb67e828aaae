// The functions that tests of process pools send to worker processes; the tests' own worker program knows them too.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "futures/future.hpp"
#include "futures/remote_function.hpp"

namespace loiter::futures::lab {

struct Point {
  int x = 0;
  friend bool operator==(const Point&, const Point&) = default;
};

}  // namespace loiter::futures::lab

template <>
struct loiter::futures::Codec<loiter::futures::lab::Point> {
  static void write(ByteWriter& to, const lab::Point& point) { Codec<int>::write(to, point.x); }
  static lab::Point read(ByteReader& from) { return {Codec<int>::read(from)}; }
};
template <>
struct loiter::PythonType<loiter::futures::lab::Point> {
  static const char* name() { return "Point"; }
  static std::string repr(const futures::lab::Point&) { throw futures::ValueError("no repr"); }
};
template <>
struct loiter::futures::Codec<std::unique_ptr<int>> {
  static void write(ByteWriter& to, const std::unique_ptr<int>& value) { Codec<int>::write(to, *value); }
  static std::unique_ptr<int> read(ByteReader& from) { return std::make_unique<int>(Codec<int>::read(from)); }
};
template <>
struct loiter::PythonType<std::unique_ptr<int>> {
  static const char* name() { return "int"; }
  static std::string repr(const std::unique_ptr<int>& value) { return std::to_string(*value); }
};

namespace loiter::futures::lab {

extern const RemoteFunction<int(Duration, int)> remote_loiter;  // sleeps n units, returns n * 10
extern const RemoteFunction<int(int)> twice;
extern const RemoteFunction<std::string(std::string)> greet;
extern const RemoteFunction<std::vector<int>(int)> numbers_up_to;
extern const RemoteFunction<double(int)> half;
extern const RemoteFunction<bool(int)> is_even;
extern const RemoteFunction<std::pair<int, std::string>(int)> number_and_text;
extern const RemoteFunction<std::optional<int>(int)> none_if_zero;
extern const RemoteFunction<void()> nothing;
extern const RemoteFunction<void(bool, double, std::string)> nothing_of_three;
extern const RemoteFunction<void(std::vector<int>)> nothing_of_list;
extern const RemoteFunction<int(int, int)> quotient;
extern const RemoteFunction<std::int64_t(std::int64_t)> same_number;
extern const RemoteFunction<std::string(std::string)> same_text;
extern const RemoteFunction<std::string(std::unique_ptr<int>, std::string)> text_and_owned;
extern const RemoteFunction<Point(int)> point_at;
extern const RemoteFunction<int(int)>
    raise_kind;  // 0 ValueError, 1 ZeroDivisionError, 2 KeyError, 3 a C++ error, 4 an int
extern const RemoteFunction<int(int, int)> twice_unless;  // ValueError "unlucky" if both are the same
extern const RemoteFunction<int(Future<int>)> value_of;   // a future cannot cross
extern const RemoteFunction<Future<int>(int)> future_of;
extern const RemoteFunction<int(std::string, std::string)> raise_error;  // of that type, with that text
extern const RemoteFunction<int(std::size_t)> raise_long;                // ValueError with a text of so many bytes
extern const RemoteFunction<void(int)> exit_with;                        // ends its process
extern const RemoteFunction<std::int64_t()> own_pid;
extern const RemoteFunction<std::string(std::size_t)> text_of_size;
extern const RemoteFunction<int(int)> remember;  // for an initializer
extern const RemoteFunction<int()> remembered;
extern const RemoteFunction<void(Duration, std::string)> fail_after;  // for an initializer
extern const RemoteFunction<int()> compute_for_ever;                  // with checkpoints
extern const RemoteFunction<int()> compute_deaf;                      // without any
extern const RemoteFunction<int(std::string)> say;                    // tells it to the run
extern const RemoteFunction<int(std::string)> write_raw;  // these bytes into the socket to the lab, and nothing more
extern const RemoteFunction<std::string()> open_descriptors;
extern const RemoteFunction<int(Duration, std::string)> sleep_and_raise;

}  // namespace loiter::futures::lab
