#include "experiments/lab.hpp"

#include <fmt/format.h>

#include "base/assert.hpp"
#include "futures/sequential_executor.hpp"
#include "futures/thread_pool_executor.hpp"

namespace loiter::experiments {

std::unique_ptr<futures::Executor> Lab::make_executor() {
  switch (m_setup.mode) {
    case Mode::Sequential:
      return std::make_unique<futures::SequentialExecutor>(m_context);
    case Mode::Threads:
      return std::make_unique<futures::ThreadPoolExecutor>(
          m_context, futures::ThreadPoolOptions{.max_workers = static_cast<int>(m_setup.workers)});
    case Mode::Processes:
      break;
  }
  LOITER_ASSERT(false, "complete() lets only available modes pass");
  return nullptr;
}

void Lab::print(std::string_view text) {
  for (;;) {
    const std::size_t end = text.find('\n');
    m_recorder.printed(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

void Lab::display(std::string_view text) {
  const Duration of_day = m_clock_at_start + runtime().now().time_since_epoch();
  const std::int64_t seconds = std::chrono::floor<std::chrono::seconds>(of_day).count() % 86'400;
  print(fmt::format("[{:02}:{:02}:{:02}] {}", seconds / 3600, seconds / 60 % 60, seconds % 60, text));
}

}  // namespace loiter::experiments
