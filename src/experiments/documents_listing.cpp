#include <fmt/format.h>

#include <string>
#include <string_view>

#include "experiments/documents.hpp"
#include "experiments/listing_text.hpp"

namespace loiter::experiments {
namespace {

constexpr std::string_view python_head = R"listing(import concurrent.futures as cf
from pathlib import Path

import httpx

SITE = "@SITE@"
DIR = Path("@DIR@")
DOCUMENTS = [
@NAMES@]

@CLASS@def get(document):
    url = f"{SITE}/documents/{document}"
    path = DIR / Path(url).name
    if not path.suffix:  #@ one.check
        raise RuntimeError(
            "URL does not contain "
            "an extension")
    DIR.mkdir(parents=True, exist_ok=True)
    with httpx.stream(  #@ one.get
            "GET", url, timeout=@TIMEOUT@,
            follow_redirects=True) as r:
        r.raise_for_status()
        with open(path, "wb") as file:
            for b in r.iter_bytes(1024):
                file.write(b)  #@ one.save
    return (f"Finished downloading "  #@ one.return
            f"{path.name}")

)listing";

constexpr std::string_view python_map = R"listing(with @POOL@ as ex:  #@ main.pool
    res = ex.map(get, DOCUMENTS,  #@ main.map
                 timeout=60, chunksize=8)
    for text in res:  #@ main.next
        print(text)  #@ main.result
)listing";

constexpr std::string_view python_as_completed = R"listing(with @POOL@ as ex:  #@ main.pool
    to_do = {ex.submit(get, d): d  #@ main.submit
             for d in DOCUMENTS}
    done = cf.as_completed(to_do)
    for future in done:  #@ main.next
        try:
            print(future.result())  #@ main.result
        except Exception as e:
            print(f"{to_do[future]}: {e}")
)listing";

constexpr std::string_view cpp_head = R"listing(std::string get(
    Host& host, std::string folder,
    std::string site, Duration timeout,
    std::string document) {
  const auto url = site +
      "/documents/" + document;
  const auto name = file_name(url);
  if (extension(name).empty())  //@ one.check
    throw RuntimeError(
        "URL does not contain "
        "an extension");
  auto bytes = download(  //@ one.get
      host, url, timeout);
  save_download(folder, name, bytes);  //@ one.save
  return "Finished downloading " + name;  //@ one.return
}
const RemoteFunction
    get_function("get", get);

void main_program(Lab& lab) {
  @POOL@
  auto call = named("get",  //@ main.pool
      get_function.with(folder, site,
                        @TIMEOUT@s));
)listing";

constexpr std::string_view cpp_map = R"listing(  auto res = ex.map(call, documents,  //@ main.map
      {.timeout = 60s, .chunk_size = 8});
  while (auto text = res.next())  //@ main.next
    lab.print(*text);  //@ main.result
}
)listing";

constexpr std::string_view cpp_as_completed = R"listing(  std::vector<Future<std::string>> to_do;
  for (auto document : documents)
    to_do.push_back(  //@ main.submit
        ex.submit(call, document));
  auto done = as_completed(to_do);
  while (auto f = done.next()) {  //@ main.next
    try {
      lab.print(f->result());  //@ main.result
    } catch (const Exception& e) {
      lab.print("{}: {}",
                name_of(*f), e.what());
    }
  }
}
)listing";

std::string names_text(const Setup& setup) {
  std::string text;
  for (const std::string& document : documents_of(setup)) text += fmt::format("    \"{}\",\n", document);
  return text;
}

}  // namespace

Listing documents_listing(const Setup& setup) {
  const bool map = setup.collect == Collect::Map;
  Listing listing{.python = fmt::format("{}{}", python_head, map ? python_map : python_as_completed),
                  .cpp = fmt::format("{}{}", cpp_head, map ? cpp_map : cpp_as_completed)};
  const std::string site = setup.text("base_url");
  replace_all(listing.python, "@CLASS@", python_pool_class(setup));
  replace_all(listing.python, "@POOL@", python_pool(setup));
  replace_all(listing.python, "@NAMES@", names_text(setup));
  replace_all(listing.python, "@SITE@", site.empty() ? "http://127.0.0.1:8001" : site);
  replace_all(listing.python, "@DIR@", setup.text("dir"));
  replace_all(listing.cpp, "@POOL@", cpp_pool(setup));
  for (std::string* const text : {&listing.python, &listing.cpp}) {
    replace_all(*text, "@TIMEOUT@", fmt::format("{:.6g}", to_seconds(setup.time("timeout"))));
  }
  return listing;
}

}  // namespace loiter::experiments
