// The client and the server together, over real sockets and without any: the same answers, the same errors.
#include <atomic>
#include <thread>
#include <vector>

#include "net/net_lab.hpp"

using namespace loiter;
using namespace loiter::net;
using namespace loiter::net::testing;
using namespace std::chrono_literals;

TEST_CASE("a file comes as the server has it, again and again over the same connection", "[live]") {
  on_every_clock({}, [](const NetLab& lab) {
    for (int i = 0; i < 20; ++i) {
      const Reply reply = lab.get("/flags/br/br.gif");
      CHECK(reply.status == 200);
      CHECK(reply.reason == "OK");
      CHECK(reply.content_type == "image/gif");
      CHECK(reply.body == shared_site()->find("/flags/br/br.gif")->bytes);
    }
    CHECK(lab.get("/documents/f1040.pdf").body == shared_site()->find("/documents/f1040.pdf")->bytes);
  });
}

TEST_CASE("what is not there is 404, what is broken 503: replies, not errors", "[live]") {
  on_every_clock({}, [](const NetLab& lab) {
    CHECK(lab.get("/flags/xx/xx.gif").status == 404);
    CHECK(lab.get("/flags/xx/xx.gif").reason == "Not Found");
    CHECK(lab.get("/..%2f..%2fetc/passwd").status == 404);
    lab.set_dials({.errors = 1});
    CHECK(lab.get("/flags/br/br.gif").status == 503);
    CHECK(lab.get("/flags/br/br.gif").reason == "Service Unavailable");
  });
}

TEST_CASE("latency and bandwidth take lab time", "[live]") {
  on_every_clock({.latency = 30ms}, [](const NetLab& lab) {
    const Duration before = lab.now();
    lab.get("/flags/br/br.gif");
    CHECK(lab.now() - before >= 30ms);
    CHECK(lab.now() - before < 5s);
    lab.set_dials({.bandwidth = 2000});
    const Duration slow = lab.now();
    const auto size = static_cast<std::int64_t>(lab.get("/flags/br/br.gif").body.size());
    CHECK(lab.now() - slow >= size * Duration(1s) / 2000);
  });
}

TEST_CASE("in simulated time they take exactly that, and 2 ms to connect") {
  run_simulated({.latency = 100ms, .bandwidth = 1000}, [](const NetLab& lab) {
    const auto size = static_cast<std::int64_t>(lab.get("/flags/br/br.gif").body.size());
    CHECK(lab.now() == 102ms + size * 1ms);
  });
}

TEST_CASE("the pace is the latency's too: ten lab seconds pass in less than real ones", "[live]") {
  const auto before = std::chrono::steady_clock::now();
  run_live({.latency = 10s},
           [](const NetLab& lab) {
             lab.get("/flags/br/br.gif");
             CHECK(lab.now() >= 10s);
           },
           nullptr, {.rate = 100.0});
  CHECK(std::chrono::steady_clock::now() - before < 5s);
}

TEST_CASE("a held run lets the server wait: nothing comes before it goes on", "[live]") {
  std::atomic<bool> has_come{false};
  run_live(
      {.latency = 50ms},
      [&](const NetLab& lab) {
        lab.get("/flags/br/br.gif");
        has_come = true;
      },
      [&](runtime::Live& runtime) {
        std::this_thread::sleep_for(10ms);
        runtime.pause();
        std::this_thread::sleep_for(150ms);
        CHECK_FALSE(has_come);
        runtime.resume();
      });
  CHECK(has_come);
}

TEST_CASE("an answer that never comes runs into the timeout, in lab time", "[live]") {
  on_every_clock({.hang = 1}, [](const NetLab& lab) {
    CHECK(lab.error_of("/flags/br/br.gif", 40ms) == "Timeout");
    CHECK(lab.now() >= 40ms);
    lab.set_dials({.latency = 10s});
    CHECK(lab.error_of("/flags/br/br.gif", 40ms) == "Timeout");
    lab.set_dials({.bandwidth = 100});
    CHECK(lab.error_of("/flags/br/br.gif", 40ms) == "Timeout");
    lab.set_dials({});
    CHECK(lab.error_of("/flags/br/br.gif", 20s).empty());
  });
}

TEST_CASE("an answer that is cut in the middle is an error, and the next one comes", "[live]") {
  on_every_clock({.cut = 1}, [](const NetLab& lab) {
    CHECK(lab.error_of("/flags/br/br.gif") == "Cut");
    lab.set_dials({.bandwidth = 100'000, .cut = 1});
    CHECK(lab.error_of("/documents/fw4.pdf") == "Cut");
    lab.set_dials({});
    CHECK(lab.get("/flags/br/br.gif").status == 200);
  });
}

TEST_CASE("redirects are followed", "[live]") {
  on_every_clock({.redirects = 1}, [](const NetLab& lab) {
    const Reply reply = lab.get("/flags/br/br.gif");
    CHECK(reply.status == 200);
    CHECK(reply.body == shared_site()->find("/flags/br/br.gif")->bytes);
  });
}

TEST_CASE("only http and https addresses of servers that are there can be fetched", "[live]") {
  on_every_clock({}, [](const NetLab& lab) {
    CHECK(lab.error_of_url("file:///etc/passwd") == "BadAddress");
    CHECK(lab.error_of_url("ftp://127.0.0.1/x") == "BadAddress");
    CHECK(lab.error_of_url("no address at all") == "Malformed");
    CHECK(lab.error_of_url("") == "Malformed");
    CHECK(lab.error_of_url("http://127.0.0.1:1/") == "NotConnected");
  });
}

TEST_CASE("a client gets so many answers at a time, and the others wait for their turn", "[live]") {
  on_every_clock({.latency = 20ms, .per_client = 2}, [](const NetLab& lab) {
    std::vector<LaneId> lanes;
    std::atomic<int> came{0};
    for (int i = 0; i < 6; ++i) {
      lanes.push_back(
          lab.runtime.spawn({.name = "getter"}, [&] { came += lab.get("/flags/br/br.gif").status == 200 ? 1 : 0; }));
    }
    for (const LaneId lane : lanes) lab.runtime.join(lane);
    CHECK(came == 6);
    CHECK(lab.now() >= 60ms);
    // Two at a time all the while: in simulated time three rounds, and 2 ms to connect.
    if (lab.runtime.is_simulated()) CHECK(lab.now() == 62ms);
  });
}

TEST_CASE("a turn lasts until the last byte of a slow answer", "[live]") {
  on_every_clock({.bandwidth = 10'000, .per_client = 1}, [](const NetLab& lab) {
    const auto size = static_cast<std::int64_t>(shared_site()->find("/flags/br/br.gif")->bytes.size());
    std::vector<LaneId> lanes;
    for (int i = 0; i < 4; ++i) {
      lanes.push_back(lab.runtime.spawn({.name = "getter"}, [&] { lab.get("/flags/br/br.gif"); }));
    }
    for (const LaneId lane : lanes) lab.runtime.join(lane);
    CHECK(lab.now() >= 4 * size * Duration(1s) / 10'000);
  });
}

TEST_CASE("in simulated time a raised limit holds from the next answer on") {
  run_simulated({.latency = 100ms, .per_client = 1}, [](const NetLab& lab) {
    std::vector<LaneId> lanes;
    for (int i = 0; i < 5; ++i) {
      lanes.push_back(lab.runtime.spawn({.name = "getter"}, [&] { lab.get("/flags/br/br.gif"); }));
    }
    lab.runtime.sleep_for(50ms);
    lab.set_dials({.latency = 100ms, .per_client = 4});
    for (const LaneId lane : lanes) lab.runtime.join(lane);
    CHECK(lab.now() == 202ms);
  });
}

TEST_CASE("in simulated time a request that nobody wants any more does not wait for its turn") {
  run_simulated({.latency = 100ms, .per_client = 1}, [](const NetLab& lab) {
    runtime::Participant* waits = nullptr;
    bool is_wanted = true;
    const LaneId first = lab.runtime.spawn({.name = "getter"}, [&] { lab.get("/flags/br/br.gif"); });
    const LaneId second = lab.runtime.spawn({.name = "unwanted"}, [&] {
      waits = &runtime::Runtime::current();
      const Request request{.url = lab.address + "/flags/br/br.gif", .is_gone = [&] { return !is_wanted; }};
      CHECK_THROWS_AS(lab.transport.get(request), DownloadError);
      CHECK(lab.now() == 50ms);
    });
    lab.runtime.sleep_for(50ms);
    is_wanted = false;
    lab.runtime.unpark(*waits);
    lab.runtime.join(second);
    lab.runtime.join(first);
    CHECK(lab.now() == 102ms);
  });
}

TEST_CASE("a stop ends every transfer, whatever it waits for", "[live]") {
  for (const Dials& dials :
       {Dials{.latency = 1h}, Dials{.hang = 1}, Dials{.bandwidth = 1}, Dials{.latency = 1h, .per_client = 1}}) {
    std::atomic<int> got{0};
    run_live(
        dials,
        [&](const NetLab& lab) {
          for (int i = 0; i < 4; ++i) {
            lab.runtime.spawn({.name = "getter"}, [&] {
              lab.get("/documents/fw4.pdf");
              ++got;
            });
          }
          lab.get("/documents/fw4.pdf");
        },
        [](runtime::Live& runtime) {
          std::this_thread::sleep_for(20ms);
          runtime.stop();
        });
    CHECK(got == 0);
  }
}

TEST_CASE("a thousand files by a hundred clients at once, without an error", "[live]") {
  run_live({}, [](const NetLab& lab) {
    std::vector<LaneId> lanes;
    std::atomic<int> whole{0};
    for (int i = 0; i < 100; ++i) {
      lanes.push_back(lab.runtime.spawn({.name = "getter"}, [&] {
        for (int n = 0; n < 10; ++n) {
          whole += lab.get("/flags/br/br.gif").body == shared_site()->find("/flags/br/br.gif")->bytes ? 1 : 0;
        }
      }));
    }
    for (const LaneId lane : lanes) lab.runtime.join(lane);
    CHECK(whole == 1000);
  });
}
