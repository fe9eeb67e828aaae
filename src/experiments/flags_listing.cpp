#include <fmt/format.h>

#include <string>
#include <string_view>

#include "experiments/flags.hpp"
#include "experiments/futures_demo.hpp"
#include "experiments/listing_text.hpp"

namespace loiter::experiments {
namespace {

constexpr std::string_view python_head = R"listing(import concurrent.futures as cf
from pathlib import Path
from time import perf_counter

import httpx

SITE = "@SITE@"
DIR = Path("@DIR@")
CODES = sorted(
@CODES@)

@CLASS@def get_flag(cc):
    cc = cc.lower()
    url = f"{SITE}/flags/{cc}/{cc}.gif"
    resp = httpx.get(  #@ one.get
        url, timeout=@TIMEOUT@,
        follow_redirects=True)
    resp.raise_for_status()
    return resp.content

def save_flag(img, cc):
    DIR.mkdir(parents=True, exist_ok=True)
    path = DIR / f"{cc.lower()}.gif"
    path.write_bytes(img)  #@ one.save

)listing";

constexpr std::string_view python_download = R"listing(def flag(cc):
    save_flag(get_flag(cc), cc)
    print(cc, end=" ", flush=True)  #@ one.print
    return cc  #@ one.return

)listing";

constexpr std::string_view python_download_quietly = R"listing(def flag(cc):
    save_flag(get_flag(cc), cc)
    return cc  #@ one.return

)listing";

constexpr std::string_view python_plain_map = R"listing(start = perf_counter()  #@ main.start
with @POOL@ as ex:  #@ main.pool
    res = ex.map(flag, CODES)  #@ main.map
    count = len(list(res))  #@ main.next
)listing";

constexpr std::string_view python_plain_as_completed = R"listing(start = perf_counter()  #@ main.start
count = 0
with @POOL@ as ex:  #@ main.pool
    to_do = [
        ex.submit(flag, cc)  #@ main.map
        for cc in CODES]
    done = cf.as_completed(to_do)
    for future in done:  #@ main.next
        future.result()
        count += 1
)listing";

constexpr std::string_view python_plain_end = R"listing(took = perf_counter() - start  #@ main.end
print(f"\n{count} downloads "
      f"in {took:.2f}s")
)listing";

constexpr std::string_view python_as_completed = R"listing(start = perf_counter()  #@ main.start
with @POOL@ as ex:  #@ main.pool
    to_do = []
    for cc in CODES:
        future = ex.submit(flag, cc)  #@ main.submit
        to_do.append(future)
        print(f"Scheduled for {cc}: "  #@ main.scheduled
              f"{future}")
    done = cf.as_completed(to_do)
    for future in done:  #@ main.next
        r = future.result()
        print(f"{future} "  #@ main.result
              f"result: {r!r}")
took = perf_counter() - start  #@ main.end
print(f"{len(CODES)} downloads "
      f"in {took:.2f}s")
)listing";

constexpr std::string_view python_progress = R"listing(class DownloadStatus(Enum):
    OK = 1
    NOT_FOUND = 2
    ERROR = 3
Status = DownloadStatus

def flag(cc):
    try:
        save_flag(get_flag(cc), cc)
        status = Status.OK
        text = "OK"
    except httpx.HTTPStatusError as e:
        if e.response.status_code != 404:
            raise
        status = Status.NOT_FOUND
        text = ("not found: "
                f"{e.request.url}")
    if VERBOSE:
        print(cc, text)  #@ one.print
    return status  #@ one.return

start = perf_counter()  #@ main.start
counter = Counter()
print(f"Site: {SITE}")
print(f"Searching for {len(CODES)} "
      f"flags: from {CODES[0]} "
      f"to {CODES[-1]}")
print("@WORKERS@ concurrent connections "
      "will be used.")
print("-" * 20)
try:
    with @POOL@ as ex:  #@ main.pool
        to_do = {
            ex.submit(flag, cc):  #@ main.submit
            cc for cc in CODES}
        done = cf.as_completed(to_do)
@TQDM@        for future in done:  #@ main.next
            cc = to_do[future]
            try:
                status = future.result()  #@ main.result
            except httpx.HTTPError as e:
                status = Status.ERROR
                print(f"{cc} error: {e}")
            counter[status] += 1
finally:
    print("-" * 20)  #@ main.end
    n = counter[Status.OK]
    print(n, "flags downloaded.")
    if n := counter[Status.NOT_FOUND]:
        print(n, "not found.")
    if n := counter[Status.ERROR]:
        print(n, "errors.")
    left = len(CODES) - counter.total()
    if left:
        print(left, "not fetched.")
    took = perf_counter() - start
    print(f"Elapsed time: {took:.2f}s")
)listing";

constexpr std::string_view cpp_head = R"listing(void get_and_save(Host& host,
                  const Order& order,
                  std::string cc) {
  auto url = fmt::format(
      "{0}/flags/{1}/{1}.gif",
      order.site, lower(cc));
  auto image = download(  //@ one.get
      host, url, order.timeout);
  save_download(  //@ one.save
      order.folder,
      lower(cc) + ".gif", image);
}

)listing";

constexpr std::string_view cpp_download = R"listing(std::string flag(
    Host& host, Order order,
    std::string cc) {
  get_and_save(host, order, cc);
  TaskLab(host).print_part(cc + " ");  //@ one.print
  return cc;  //@ one.return
}
const RemoteFunction function(
    "flag", flag);

)listing";

constexpr std::string_view cpp_download_quietly = R"listing(std::string flag(
    Host& host, Order order,
    std::string cc) {
  get_and_save(host, order, cc);
  return cc;  //@ one.return
}
const RemoteFunction function(
    "flag", flag);

)listing";

constexpr std::string_view cpp_plain = R"listing(void main_program(Lab& lab) {
  const auto start = lab.now();  //@ main.start
  int count = 0;
  {
    @POOL@
    auto call = named(  //@ main.pool
        "flag",
        function.with(order));
@COLLECT@  }
  const auto took = lab.now() - start;  //@ main.end
  lab.print("\n{} downloads in {:.2f}s",
            count, seconds(took));
}
)listing";

constexpr std::string_view cpp_map = R"listing(    auto res = ex.map(call, codes);  //@ main.map
    while (res.next()) ++count;  //@ main.next
)listing";

constexpr std::string_view cpp_completed = R"listing(    std::vector<Future<std::string>>
        to_do;
    for (auto cc : codes) {
      to_do.push_back(  //@ main.map
          ex.submit(call, cc));
    }
    auto done = as_completed(to_do);
    while (auto f = done.next()) {  //@ main.next
      f->result();
      ++count;
    }
)listing";

constexpr std::string_view cpp_as_completed = R"listing(void main_program(Lab& lab) {
  const auto start = lab.now();  //@ main.start
  {
    @POOL@
    auto call = named(  //@ main.pool
        "flag",
        function.with(order));
    std::vector<Future<std::string>>
        to_do;
    for (auto cc : codes) {
      to_do.push_back(  //@ main.submit
          ex.submit(call, cc));
      lab.print("Scheduled for {}: {}",  //@ main.scheduled
                cc, to_do.back());
    }
    auto done = as_completed(to_do);
    while (auto f = done.next()) {  //@ main.next
      lab.print("{} result: '{}'",  //@ main.result
                *f, f->result());
    }
  }
  const auto took = lab.now() - start;  //@ main.end
  lab.print("{} downloads in {:.2f}s",
            codes.size(), seconds(took));
}
)listing";

constexpr std::string_view cpp_progress = R"listing(DownloadStatus flag(
    Host& host, Order order,
    bool verbose, std::string cc) {
  auto status = DownloadStatus::Ok;
  try {
    get_and_save(host, order, cc);
  } catch (const HttpStatusError& e) {
    if (e.status() != 404) throw;
    status = DownloadStatus::NotFound;
  }
  if (verbose)
    TaskLab(host).print(  //@ one.print
        "{} {}", cc, status);
  return status;  //@ one.return
}
const RemoteFunction function(
    "flag", flag);

void main_program(Lab& lab) {
  std::map<DownloadStatus, int> counts;  //@ main.start
  try {
    @POOL@
    auto call = named("flag",  //@ main.pool
        function.with(order, verbose));
    std::vector<Future<DownloadStatus>>
        to_do;
    for (auto cc : codes) {
      to_do.push_back(  //@ main.submit
          ex.submit(call, cc));
    }
    auto done = as_completed(to_do);
    while (auto f = done.next()) {  //@ main.next
      auto status = DownloadStatus::Error;
      try {
        status = f->result();  //@ main.result
      } catch (const Exception& e) {
        lab.print("{} error: {}",
                  code_of(*f), e.what());
      }
      ++counts[status];
@TQDM@    }
  } catch (...) {
    print_counts(counts);
    throw;
  }
  print_counts(counts);  //@ main.end
}
)listing";

// Eight to a line.
std::string codes_text(const Setup& setup) {
  std::string text;
  const std::size_t count = static_cast<std::size_t>(setup.count("tasks"));
  for (std::size_t i = 0; i < count; ++i) {
    if (i % 8 == 0) text += "    \"";
    text += most_populous[i].code;
    text += i + 1 == count ? "\"" : i % 8 == 7 ? " \"\n" : " ";
  }
  return (text.empty() ? "    \"\"" : text) + "\n    .split()";
}

}  // namespace

Listing flags_listing(const Setup& setup) {
  const bool map = setup.collect == Collect::Map;
  Listing listing{.python = std::string(python_head), .cpp = std::string(cpp_head)};
  std::string cpp_main;
  switch (flags_program(setup)) {
    case FlagsProgram::Plain:
      listing.python +=
          fmt::format("{}{}{}", python_download, map ? python_plain_map : python_plain_as_completed, python_plain_end);
      listing.cpp += cpp_download;
      cpp_main = cpp_plain;
      replace_all(cpp_main, "@COLLECT@", std::string(map ? cpp_map : cpp_completed));
      break;
    case FlagsProgram::AsCompleted:
      listing.python += fmt::format("{}{}", python_download_quietly, python_as_completed);
      listing.cpp += cpp_download_quietly;
      cpp_main = cpp_as_completed;
      break;
    case FlagsProgram::Progress:
      replace_all(listing.python, "from pathlib",
                  "from collections import Counter\nfrom enum import Enum\nfrom pathlib");
      replace_all(listing.python, "CODES = sorted",
                  fmt::format("VERBOSE = {}\nCODES = sorted", setup.text("verbose") == "yes" ? "True" : "False"));
      listing.python += python_progress;
      if (setup.text("verbose") == "yes") {
        replace_all(listing.python, "@TQDM@", "");
      } else {  // a bar in place of a line for each
        replace_all(listing.python, "@TQDM@", "        done = tqdm(\n            done, total=len(CODES))\n");
        replace_all(listing.python, "import httpx\n", "import httpx\nfrom tqdm import tqdm\n");
      }
      cpp_main = cpp_progress;
      replace_all(cpp_main, "@TQDM@", setup.text("verbose") == "yes" ? "" : "      lab.progress(++n, codes.size());\n");
      if (setup.text("verbose") != "yes")
        replace_all(cpp_main, "  try {\n    @POOL@", "  int n = 0;\n  try {\n    @POOL@");
      break;
  }
  std::string pool = cpp_pool(setup);
  replace_all(pool, "\n", "\n  ");  // one block deeper
  replace_all(cpp_main, "@POOL@", pool);
  listing.cpp += cpp_main;
  const std::string site = setup.text("base_url");
  replace_all(listing.python, "@CLASS@", python_pool_class(setup));
  replace_all(listing.python, "@POOL@", python_pool(setup));
  replace_all(listing.python, "@SITE@", site.empty() ? "http://127.0.0.1:8001" : site);
  replace_all(listing.python, "@WORKERS@", std::to_string(setup.workers));
  replace_all(listing.python, "@DIR@", setup.text("dir"));
  replace_all(listing.python, "@CODES@", codes_text(setup));
  replace_all(listing.python, "@TIMEOUT@", fmt::format("{:.6g}", to_seconds(setup.time("timeout"))));
  return listing;
}

}  // namespace loiter::experiments
