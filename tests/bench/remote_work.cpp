#include "bench/remote_work.hpp"

#include <chrono>
#include <fstream>
#include <string>
#include <thread>

namespace loiter::bench {
namespace {

int remote_work_body(futures::Host&, int i) { return i * 2 + 1; }

std::int64_t begun_at_body(futures::Host&, int) {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

std::int64_t private_bytes_body(futures::Host&) {
  std::ifstream smaps("/proc/self/smaps_rollup");
  std::int64_t kilobytes = 0;
  for (std::string line; std::getline(smaps, line);) {
    if (line.starts_with("Private_")) kilobytes += std::stoll(line.substr(line.find(':') + 1));
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  return kilobytes * 1024;
}

}  // namespace

const futures::RemoteFunction<int(int)> remote_work("work", remote_work_body);
const futures::RemoteFunction<std::int64_t(int)> begun_at("begun_at", begun_at_body);
const futures::RemoteFunction<std::int64_t()> private_bytes("private_bytes", private_bytes_body);

}  // namespace loiter::bench
