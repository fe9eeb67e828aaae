#include "experiments/flags.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "experiments/downloads.hpp"
#include "experiments/futures_demo.hpp"
#include "experiments/lab.hpp"
#include "experiments/task_lab.hpp"
#include "futures/as_completed.hpp"
#include "futures/thread_pool_executor.hpp"

namespace loiter::experiments {

// What became of one flag; as Python's Enum of that name.
enum class DownloadStatus : std::uint8_t { Ok = 1, NotFound, Error };

namespace {

constexpr std::array<const char*, 4> status_names{"", "OK", "NOT_FOUND", "ERROR"};
const char* name_of(DownloadStatus status) { return status_names[static_cast<std::size_t>(status)]; }

// What all downloads of a run have in common.
struct Order {
  std::string site;
  std::string folder;
  Duration timeout{};
};

}  // namespace
}  // namespace loiter::experiments

template <>
struct loiter::PythonType<loiter::experiments::DownloadStatus> {
  static const char* name() { return "DownloadStatus"; }
  static std::string repr(experiments::DownloadStatus status) {
    return fmt::format("<DownloadStatus.{}: {}>", experiments::name_of(status), static_cast<int>(status));
  }
};
template <>
struct loiter::futures::Codec<loiter::experiments::DownloadStatus> {
  static void write(ByteWriter& to, experiments::DownloadStatus status) { to.byte(static_cast<std::uint8_t>(status)); }
  static experiments::DownloadStatus read(ByteReader& from) {
    const std::uint8_t status = from.byte();
    if (status < 1 || status >= experiments::status_names.size()) throw BadMessage("no DownloadStatus");
    return static_cast<experiments::DownloadStatus>(status);
  }
};
template <>
struct loiter::futures::Codec<loiter::experiments::Order> {
  static void write(ByteWriter& to, const experiments::Order& order) {
    to.text(order.site);
    to.text(order.folder);
    Codec<Duration>::write(to, order.timeout);
  }
  static experiments::Order read(ByteReader& from) {
    std::string site(from.text());
    std::string folder(from.text());
    return {std::move(site), std::move(folder), Codec<Duration>::read(from)};
  }
};

namespace loiter::experiments {
namespace {

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

std::string flag_url(const std::string& site, const std::string& cc) {
  return fmt::format("{0}/flags/{1}/{1}.gif", site, lower(cc));
}

void get_and_save(futures::Host& host, const Order& order, const std::string& cc) {
  TaskLab lab(host);
  lab.at("one.get");
  const std::string image = download(host, flag_url(order.site, cc), order.timeout);
  lab.at("one.save");
  host.call_outside_gil([&] { save_download(order.folder, lower(cc) + ".gif", image); });
}

std::string flag(futures::Host& host, Order order, std::string cc) {
  get_and_save(host, order, cc);
  TaskLab lab(host);
  lab.at("one.print");
  lab.print_part(cc + " ");
  lab.at("one.return");
  return cc;
}
const futures::RemoteFunction flag_function("flag", flag);

// Without a word: the program prints.
std::string flag_quietly(futures::Host& host, Order order, std::string cc) {
  get_and_save(host, order, cc);
  TaskLab(host).at("one.return");
  return cc;
}
const futures::RemoteFunction flag_quietly_function("flag_quietly", flag_quietly);

// A flag that is not there is an answer like any other; what else goes wrong is raised.
DownloadStatus flag_with_status(futures::Host& host, Order order, bool verbose, std::string cc) {
  DownloadStatus status = DownloadStatus::Ok;
  std::string message = "OK";
  try {
    get_and_save(host, order, cc);
  } catch (const HttpStatusError& error) {
    if (error.status() != 404) throw;
    status = DownloadStatus::NotFound;
    message = "not found: " + flag_url(order.site, cc);
  }
  TaskLab lab(host);
  lab.at("one.print");
  if (verbose) lab.print(fmt::format("{} {}", cc, message));
  lab.at("one.return");
  return status;
}
const futures::RemoteFunction flag_with_status_function("flag_with_status", flag_with_status);

std::string plural(std::size_t count, const char* one, const char* many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

class FlagsRun {
 public:
  FlagsRun(Lab& lab, Order order) : m_lab(lab), m_order(std::move(order)), m_start(lab.runtime().now()) {
    for (const Country& country : countries_of(lab.setup())) m_codes.emplace_back(country.code);
  }

  void plain() {
    const auto call = futures::named("flag", flag_function.with(m_order));
    std::size_t count = 0;
    {
      m_lab.at("main.pool");
      const auto executor = m_lab.make_executor();
      if (m_lab.setup().collect == Collect::Map) {
        m_lab.at("main.map");
        auto results = executor->map(call, m_codes);
        m_lab.at("main.next");
        while (results.next()) ++count;
      } else {
        m_lab.at("main.map");
        std::vector<futures::Future<std::string>> to_do;
        for (const std::string& code : m_codes) to_do.push_back(executor->submit(call, code));
        auto completed = futures::as_completed(to_do);
        m_lab.at("main.next");
        for (; const auto future = completed.next(); ++count) future->result();
      }
    }
    m_lab.at("main.end");
    if (count > 0) m_lab.print("");  // the line that the tasks began
    m_lab.print(fmt::format("{} in {:.2f}s", plural(count, "download", "downloads"), seconds()));
  }

  void as_completed() {
    const auto call = futures::named("flag", flag_quietly_function.with(m_order));
    std::size_t count = 0;
    {
      m_lab.at("main.pool");
      const auto executor = m_lab.make_executor();
      std::vector<futures::Future<std::string>> to_do;
      for (const std::string& code : m_codes) {
        m_lab.at("main.submit");
        to_do.push_back(executor->submit(call, code));
        m_lab.at("main.scheduled");
        m_lab.print(fmt::format("Scheduled for {}: {}", code, to_do.back().repr()));
      }
      auto completed = futures::as_completed(to_do);
      m_lab.at("main.next");
      for (; const auto future = completed.next(); ++count) {
        const std::string result = future->result();
        m_lab.at("main.result");
        m_lab.print(fmt::format("{} result: {}", future->repr(), python_repr(result)));
        m_lab.at("main.next");
      }
    }
    m_lab.at("main.end");
    m_lab.print(fmt::format("{} in {:.2f}s", plural(count, "download", "downloads"), seconds()));
  }

  void progress() {
    const bool verbose = m_lab.setup().text("verbose") == "yes";
    print_head();
    const auto call = futures::named("flag", flag_with_status_function.with(m_order, verbose));
    std::vector<futures::Future<DownloadStatus>> to_do;
    try {
      m_lab.at("main.pool");
      const auto executor = m_lab.make_executor();
      std::map<FutureId, std::string> code_of;
      m_lab.at("main.submit");
      for (const std::string& code : m_codes) {
        to_do.push_back(executor->submit(call, code));
        code_of.emplace(to_do.back().id(), code);
      }
      auto completed = futures::as_completed(to_do);
      std::size_t done = 0;
      if (!verbose) m_lab.progress(done, m_codes.size());
      m_lab.at("main.next");
      while (const auto future = completed.next()) {
        m_lab.at("main.result");
        tell_error(*future, code_of.at(future->id()), verbose);
        if (!verbose) m_lab.progress(++done, m_codes.size());
        m_lab.at("main.next");
      }
    } catch (...) {  // Ctrl-C, or Stop, or what is no error of a download: what is complete stays, and is told
      m_lab.at("main.end");
      print_counts(to_do);
      throw;
    }
    m_lab.at("main.end");
    print_counts(to_do);
  }

 private:
  void print_head() {
    const std::size_t count = m_codes.size();
    m_lab.print("Site: " + m_order.site);
    if (count > 0) {
      m_lab.print(fmt::format("Searching for {}: from {} to {}", plural(count, "flag", "flags"), m_codes.front(),
                              m_codes.back()));
    }
    m_lab.print(fmt::format("{} will be used.",
                            plural(m_lab.setup().workers, "concurrent connection", "concurrent connections")));
    m_lab.print(std::string(20, '-'));
  }

  // Quiet programs say what went wrong too: an error is never lost. One that is none of httpx's is not expected here, and
  // ends the program: a full disk is not told twenty times.
  void tell_error(const futures::Future<DownloadStatus>& future, const std::string& code, bool verbose) {
    const std::exception_ptr error = future.exception();
    if (!error) return;
    const futures::ErrorText text = futures::describe(error);
    if (!is_download_error(text.type)) std::rethrow_exception(error);
    m_lab.print(fmt::format("{} error: {}{}", code, text.text, verbose ? fmt::format(" <{}>", text.type) : ""));
  }

  // Of all that are done, asked for or not: without waiting, so that a stopped run can be told too.
  void print_counts(const std::vector<futures::Future<DownloadStatus>>& futures) {
    std::map<DownloadStatus, std::size_t> counts;
    std::size_t done = 0;
    for (const auto& future : futures) {
      if (future.state() != futures::FutureState::Finished) continue;
      ++done;
      const auto& state = static_cast<const futures::State<DownloadStatus>&>(future.shared());
      ++counts[future.shared().error_when_done() ? DownloadStatus::Error : state.value()];
    }
    m_lab.print(std::string(20, '-'));
    m_lab.print(fmt::format("{} downloaded.", plural(counts[DownloadStatus::Ok], "flag", "flags")));
    if (const auto missing = counts[DownloadStatus::NotFound]) m_lab.print(fmt::format("{} not found.", missing));
    if (const auto errors = counts[DownloadStatus::Error])
      m_lab.print(fmt::format("{}.", plural(errors, "error", "errors")));
    if (done < m_codes.size()) m_lab.print(fmt::format("{} not fetched.", m_codes.size() - done));
    m_lab.print(fmt::format("Elapsed time: {:.2f}s", seconds()));
  }

  double seconds() const { return to_seconds(m_lab.runtime().now() - m_start); }

  Lab& m_lab;
  const Order m_order;
  const Instant m_start;
  std::vector<std::string> m_codes;
};

void main_program(Lab& lab) {
  const Setup& setup = lab.setup();
  lab.at("main.start");
  const auto downloads = lab.make_downloads(dials_of(setup), setup.text("base_url"));
  if (downloads->lacks_flags()) throw futures::Exception(no_flags_text, "OSError");
  FlagsRun run(lab, {.site = downloads->address(), .folder = setup.text("dir"), .timeout = setup.time("timeout")});
  switch (flags_program(setup)) {
    case FlagsProgram::Plain:
      return run.plain();
    case FlagsProgram::AsCompleted:
      return run.as_completed();
    case FlagsProgram::Progress:
      return run.progress();
  }
}

// The program with progress makes its pool by `concurrency`, and takes futures as they finish, as the one before it does.
Result<void> settle(const Choices& choices, Setup& setup) {
  const FlagsProgram program = flags_program(setup);
  if (program != FlagsProgram::Plain) setup.collect = Collect::AsCompleted;
  if (program == FlagsProgram::Progress) {
    if (!choices.parameters.contains("concurrency") && choices.workers) {
      setup.parameters["concurrency"] = std::to_string(*choices.workers);
    }
    const std::int64_t most = std::min(setup.count("concurrency"), most_workers(setup.mode));
    const std::int64_t tasks = std::max<std::int64_t>(setup.count("tasks"), 1);
    if (setup.mode != Mode::Sequential) setup.workers = static_cast<std::uint32_t>(std::min(most, tasks));
  }
  return check_downloads(setup);
}

}  // namespace

FlagsProgram flags_program(const Setup& setup) {
  const std::string& name = setup.text("program");
  return name == "plain"      ? FlagsProgram::Plain
         : name == "progress" ? FlagsProgram::Progress
                              : FlagsProgram::AsCompleted;
}

Experiment flags_experiment() {
  using Kind = Parameter::Kind;
  constexpr std::int64_t hour = std::chrono::nanoseconds(std::chrono::hours(1)).count();
  std::vector<Parameter> parameters{
      {.name = "tasks",
       .kind = Kind::Count,
       .help = "how many flags, of the most populous countries first",
       .usual = "20",
       .least = 0,
       .most = static_cast<std::int64_t>(most_populous.size())},
      {.name = "program",
       .kind = Kind::Word,
       .help = "prints as they come; every future; or what became of each",
       .usual = "plain",
       .words = {"plain", "as_completed", "progress"}},
      {.name = "concurrency",
       .kind = Kind::Count,
       .help = "program=progress: connections at a time, at most one for each flag; --workers says it too",
       .usual = "30",
       .least = 1,
       .most = 1000},
      {.name = "verbose",
       .kind = Kind::Word,
       .help = "program=progress: a line for each",
       .usual = "no",
       .words = {"no", "yes"}},
      {.name = "timeout", .kind = Kind::Time, .help = "for one flag", .usual = "6s", .least = 1'000'000, .most = hour},
      {.name = "dir", .kind = Kind::Text, .help = "the folder for the flags", .usual = "downloaded"},
      {.name = "base_url",
       .kind = Kind::Text,
       .help = "a site that has them; without one the lab serves them",
       .usual = ""}};
  for (Parameter& dial : dial_parameters("250ms", "200ms", "2000")) parameters.push_back(std::move(dial));
  for (Parameter& parameter : parameters) parameter.is_rare = parameter.name != "tasks" && parameter.name != "program";
  return {
      .name = "flags",
      .title = "Flags: twenty downloads",
      .summary =
          "Downloads the flags of the twenty most populous countries from a server that can be made slow and "
          "faulty. One after another it takes the sum of all waits, with a pool about the longest of them.",
      .parameters = std::move(parameters),
      .usual_workers = 20,
      .main = main_program,
      .settle = settle,
      .listing = flags_listing,
  };
}

}  // namespace loiter::experiments
