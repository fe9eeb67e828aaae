#include "experiments/lab.hpp"

#include <fmt/format.h>

#include "experiments/task_lab.hpp"
#include "futures/process_pool_executor.hpp"
#include "futures/sequential_executor.hpp"
#include "futures/thread_pool_executor.hpp"

namespace loiter::experiments {

namespace {
constexpr std::size_t most_sites = 20'000;
constexpr std::size_t longest_site = 100;
}  // namespace

Lab::Lab(const Setup& setup, futures::Context& context, trace::Recorder& recorder, Duration clock_at_start,
         MakeDownloads make_downloads)
    : m_setup(setup),
      m_context(context),
      m_recorder(recorder),
      m_clock_at_start(clock_at_start),
      m_make_downloads(std::move(make_downloads)) {
  m_context.set_listener([this](std::string_view message) { listen(message); });
}

std::unique_ptr<futures::Executor> Lab::make_executor(Mode mode, int workers) {
  switch (mode) {
    case Mode::Sequential:
      return std::make_unique<futures::SequentialExecutor>(m_context);
    case Mode::Threads:
      return std::make_unique<futures::ThreadPoolExecutor>(m_context,
                                                           futures::ThreadPoolOptions{.max_workers = workers});
    case Mode::Processes:
      break;
  }
  return std::make_unique<futures::ProcessPoolExecutor>(m_context, futures::ProcessPoolOptions{.max_workers = workers});
}

// What a task says, in this process or in a worker's: no worker can be trusted to say only what the lab knows.
void Lab::listen(std::string_view message) {
  const TaskMessage told = read_task_message(message);
  switch (told.kind) {
    case TaskMessage::Kind::Print:
      return print(told.text);
    case TaskMessage::Kind::PrintPart:
      return print_part(told.text);
    case TaskMessage::Kind::Display:
      return display(told.text);
    case TaskMessage::Kind::Progress:
      return m_recorder.progressed(told.done, told.total);
    case TaskMessage::Kind::At:
      break;
  }
  const char* site = nullptr;
  {
    Lock lock(m_mutex);
    auto known = m_sites.find(told.text);
    if (known == m_sites.end()) {
      if (m_sites.size() == most_sites || told.text.size() > longest_site) {
        throw futures::BadMessage("more markers than any listing has");
      }
      known = m_sites.emplace(told.text).first;
    }
    site = known->c_str();
  }
  m_recorder.reached(site);
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
