// `loiter serve`: what it says, what it refuses, and that Ctrl-C ends it.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "cli/fake_terminal.hpp"

using namespace loiter;
using namespace loiter::cli;

TEST_CASE("serve says where it serves, and Ctrl-C ends it") {
  FakeTerminal terminal;
  terminal.signal = [] { return 2; };
  CHECK(run_words(terminal, words_of("serve --port 0 --set latency=10ms")) == 0);
  CHECK(terminal.out.starts_with("Serving "));
  CHECK(terminal.out.find(" files at http://127.0.0.1:") != std::string::npos);
  CHECK(terminal.out.ends_with("0 requests were answered.\n"));
  CHECK(terminal.err.empty());
}

TEST_CASE("serve refuses dials and ports that there are not") {
  const auto refusal = [](const std::string& line) {
    FakeTerminal terminal;
    terminal.signal = [] { return 2; };
    CHECK(run_words(terminal, words_of(line)) == 2);
    CHECK(terminal.out.empty());
    return terminal.err;
  };
  CHECK(refusal("serve --set latencie=1s") ==
        "loiter: the server has no dial 'latencie'. Did you mean 'latency'? It has: latency, jitter, bandwidth, "
        "not_found, errors, hang, cut, redirects, per_client, seed.\n");
  CHECK(refusal("serve --set errors=2") == "loiter: errors must be a share from 0 to 1 such as 0.25, not '2'.\n");
  CHECK(refusal("serve --port 70000") == "loiter: --port must be a whole number from 0 to 65535, not '70000'.\n");
  CHECK(refusal("serve there") == "loiter: 'there' is one word too many. 'loiter help serve' says what it takes.\n");
}
