#include "experiments/documents.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/downloads.hpp"
#include "experiments/lab.hpp"
#include "experiments/task_lab.hpp"
#include "futures/as_completed.hpp"
#include "net/site.hpp"

namespace loiter::experiments {
namespace {

constexpr std::ptrdiff_t chunk_size = 8;
constexpr Duration map_timeout = std::chrono::seconds(60);

// What comes after the last slash, and what of it after the last dot.
std::string file_name(const std::string& url) { return url.substr(url.rfind('/') + 1); }
std::string extension(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string::npos || dot == 0 ? "" : name.substr(dot);
}

std::string get(futures::Host& host, std::string folder, std::string site, Duration timeout, std::string document) {
  TaskLab lab(host);
  const std::string url = site + "/documents/" + document;
  lab.at("one.check");
  if (extension(file_name(url)).empty()) throw futures::RuntimeError("URL does not contain an extension");
  lab.at("one.get");
  const std::string bytes = download(host, url, timeout);
  lab.at("one.save");
  host.call_outside_gil([&] { save_download(folder, file_name(url), bytes); });
  lab.at("one.return");
  return "Finished downloading " + file_name(url);
}
const futures::RemoteFunction get_function("get", get);

void main_program(Lab& lab) {
  const Setup& setup = lab.setup();
  lab.at("main.start");
  const auto downloads = lab.make_downloads(dials_of(setup), setup.text("base_url"));
  const std::vector<std::string> documents = documents_of(setup);
  lab.at("main.pool");
  const auto executor = lab.make_executor();
  const auto call =
      futures::named("get", get_function.with(setup.text("dir"), downloads->address(), setup.time("timeout")));
  if (setup.collect == Collect::Map) {
    lab.at("main.map");
    auto results = executor->map(call, documents, {.timeout = map_timeout, .chunk_size = chunk_size});
    lab.at("main.next");
    while (const auto result = results.next()) {
      lab.at("main.result");
      lab.print(*result);
      lab.at("main.next");
    }
    return;
  }
  lab.at("main.submit");
  std::vector<futures::Future<std::string>> to_do;
  for (const std::string& document : documents) to_do.push_back(executor->submit(call, document));
  auto completed = futures::as_completed(to_do);
  lab.at("main.next");
  while (const auto future = completed.next()) {
    lab.at("main.result");
    if (const std::exception_ptr error = future->exception()) {
      const auto at = std::ranges::find(to_do, *future) - to_do.begin();
      lab.print(fmt::format("{}: {}", documents[static_cast<std::size_t>(at)], futures::describe(error).text));
    } else {
      lab.print(future->result());
    }
    lab.at("main.next");
  }
}

}  // namespace

std::vector<std::string> documents_of(const Setup& setup) {
  std::vector<std::string> documents;
  for (const std::string& name : net::document_names()) documents.push_back(name + ".pdf");
  if (setup.text("broken") == "yes") documents.insert(documents.begin() + 2, "index");
  return documents;
}

Experiment documents_experiment() {
  using Kind = Parameter::Kind;
  constexpr std::int64_t hour = std::chrono::nanoseconds(std::chrono::hours(1)).count();
  std::vector<Parameter> parameters{
      {.name = "broken",
       .kind = Kind::Word,
       .help = "one more address, without an extension: an exception in its future",
       .usual = "no",
       .words = {"no", "yes"}},
      {.name = "timeout", .kind = Kind::Time, .help = "for one file", .usual = "60s", .least = 1'000'000, .most = hour},
      {.name = "dir", .kind = Kind::Text, .help = "the folder for the files", .usual = "downloaded"},
      {.name = "base_url",
       .kind = Kind::Text,
       .help = "a site that has them; without one the lab serves them",
       .usual = ""}};
  for (Parameter& dial : dial_parameters("200ms", "0s", "200000")) parameters.push_back(std::move(dial));
  for (Parameter& parameter : parameters) parameter.is_rare = parameter.name != "broken";
  return {
      .name = "documents",
      .title = "Documents: five files of very different size",
      .summary =
          "Downloads five PDF files at once. as_completed tells of the small ones first; map waits for the largest, "
          "which was asked for first, and holds the others back.",
      .parameters = std::move(parameters),
      .usual_workers = 5,
      .usual_collect = Collect::AsCompleted,
      .main = main_program,
      .settle = [](const Choices&, Setup& setup) { return check_downloads(setup); },
      .listing = documents_listing,
  };
}

}  // namespace loiter::experiments
