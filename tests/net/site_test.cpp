#include "net/site.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <filesystem>

#include "net/dials.hpp"

using namespace loiter;
using namespace loiter::net;
using namespace std::chrono_literals;

TEST_CASE("the site has the flags of the world, five documents and a listing of them all") {
  const Site site = Site::load();
  REQUIRE_FALSE(site.flags_are_missing());
  for (const std::string code : {"cn", "in", "us", "id", "br", "pk", "ng", "bd", "ru", "jp",
                                 "mx", "ph", "vn", "et", "eg", "de", "ir", "tr", "cd", "fr"}) {
    const File* flag = site.find("/flags/" + code + "/" + code + ".gif");
    REQUIRE(flag != nullptr);
    CHECK(flag->bytes.starts_with("GIF8"));
    CHECK(flag->content_type == "image/gif");
  }
  for (const std::string& name : document_names()) {
    const File* document = site.find("/documents/" + name + ".pdf");
    REQUIRE(document != nullptr);
    CHECK(document->bytes.starts_with("%PDF-1.4\n"));
    CHECK(document->bytes.ends_with("%%EOF\n"));
    CHECK(document->bytes.size() > 15'000);
  }
  const std::string& listing = site.find("/")->bytes;
  CHECK(static_cast<std::size_t>(std::ranges::count(listing, '\n')) == site.size() - 1);
  CHECK(listing.find("/flags/fr/fr.gif\n") != listing.npos);
}

TEST_CASE("the table of a document says where each object begins") {
  const Site site = Site::load();
  const std::string& pdf = site.find("/documents/fw4.pdf")->bytes;
  const std::size_t table = std::stoul(pdf.substr(pdf.rfind("startxref\n") + 10));
  CHECK(pdf.compare(table, 5, "xref\n") == 0);
  const std::size_t first = pdf.find("00000 n", table) - 11;
  CHECK(pdf.compare(std::stoul(pdf.substr(first, 10)), 7, "1 0 obj") == 0);
}

TEST_CASE("no path leads out of the site") {
  const Site site = Site::load();
  for (const char* path : {"/etc/passwd", "/../etc/passwd", "/flags/../../etc/passwd", "/flags/cn/../cn/cn.gif", "//",
                           "/flags/cn/cn.gif/", "flags/cn/cn.gif", "/flags/CN/CN.gif", "", "/flags"}) {
    CHECK(site.find(path) == nullptr);
  }
}

TEST_CASE("a site without the flags' package has documents alone, and says so") {
  const Site site = Site::load("/nowhere");
  CHECK(site.flags_are_missing());
  CHECK(site.size() == document_names().size() + 1);
}

TEST_CASE("dials: the same seed gives the same answers, another seed others") {
  const Site site = Site::load();
  const Dials dials{
      .latency = 100ms, .jitter = 50ms, .not_found = 0.25, .errors = 0.25, .hang = 0.1, .cut = 0.1, .seed = 7};
  Dials others = dials;
  others.seed = 8;
  int differ = 0;
  for (std::uint64_t earlier = 0; earlier < 100; ++earlier) {
    const Answer answer = answer_to(site, dials, "/flags/cn/cn.gif", earlier);
    const Answer again = answer_to(site, dials, "/flags/cn/cn.gif", earlier);
    CHECK(answer.status == again.status);
    CHECK(answer.wait == again.wait);
    CHECK(answer.wait >= 100ms);
    CHECK(answer.wait <= 150ms);
    differ += answer.status == answer_to(site, others, "/flags/cn/cn.gif", earlier).status ? 0 : 1;
  }
  CHECK(differ > 20);
}

TEST_CASE("dials: the shares of what goes wrong are those that were asked for") {
  const Site site = Site::load();
  const Dials dials{.not_found = 0.1, .errors = 0.2, .hang = 0.05, .cut = 0.15, .redirects = 0.5};
  int missing = 0;
  int errors = 0;
  int hangs = 0;
  int cuts = 0;
  int whole = 0;
  constexpr int asked = 20'000;
  for (std::uint64_t earlier = 0; earlier < asked; ++earlier) {
    const Answer answer = answer_to(site, dials, "/flags/br/br.gif?redirected", earlier);
    missing += answer.status == 404 ? 1 : 0;
    errors += answer.status == 503 ? 1 : 0;
    hangs += answer.hangs ? 1 : 0;
    cuts += answer.cut ? 1 : 0;
    whole += answer.status == 200 && !answer.hangs && !answer.cut ? 1 : 0;
  }
  const auto about = [&](int count, double share) { return std::abs(count - share * asked) < 0.01 * asked; };
  CHECK(about(missing, 0.1));
  CHECK(about(errors, 0.2));
  CHECK(about(hangs, 0.05));
  CHECK(about(cuts, 0.15));
  CHECK(about(whole, 0.5));
}

TEST_CASE("dials: a redirect leads to the same file once, and no further") {
  const Site site = Site::load();
  const Answer answer = answer_to(site, {.redirects = 1}, "/flags/br/br.gif", 0);
  CHECK(answer.status == 302);
  CHECK(answer.location == "/flags/br/br.gif?redirected");
  CHECK(answer_to(site, {.redirects = 1}, answer.location, 0).status == 200);
}

TEST_CASE("the time to send a body follows from the bandwidth") {
  CHECK(time_to_send(1000, 500) == 2s);
  CHECK(time_to_send(1000, 0) == 0s);
}
