#include "experiments/listing_text.hpp"

namespace loiter::experiments {

void replace_all(std::string& text, std::string_view what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

std::string python_pool(const Setup& setup) {
  const std::string workers = std::to_string(setup.workers);
  switch (setup.mode) {
    case Mode::Sequential:
      return "SequentialExecutor()";
    case Mode::Processes:
      return "cf.ProcessPoolExecutor(" + workers + ")";
    case Mode::Threads:
      break;
  }
  return "cf.ThreadPoolExecutor(" + workers + ")";
}

std::string cpp_pool(const Setup& setup) {
  const std::string workers = std::to_string(setup.workers);
  switch (setup.mode) {
    case Mode::Sequential:
      return "SequentialExecutor ex(context);";
    case Mode::Processes:
      return "ProcessPoolExecutor ex(context,\n                         {" + workers + "});";
    case Mode::Threads:
      break;
  }
  return "ThreadPoolExecutor ex(context,\n                        {" + workers + "});";
}

std::string workers_in_words(const Setup& setup) {
  if (setup.mode == Mode::Sequential) return "sequentially";
  const char* const what = setup.mode == Mode::Threads ? "thread" : "process";
  const char* const more = setup.mode == Mode::Threads ? "threads" : "processes";
  return "with " + std::to_string(setup.workers) + " " + (setup.workers == 1 ? what : more);
}

std::string python_pool_class(const Setup& setup) {
  if (setup.mode != Mode::Sequential) return "";
  return R"listing(class SequentialExecutor(cf.Executor):
    def submit(self, fn, *args):
        f = cf.Future()
        f.set_running_or_notify_cancel()
        f.set_result(fn(*args))
        return f

)listing";
}

}  // namespace loiter::experiments
