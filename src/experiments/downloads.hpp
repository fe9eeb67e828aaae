// Downloads: the server and the client that experiments fetch files with, and what a task sees of them.
//
//   task (in this process or a worker's) --download()--> Host::ask --> its lane --> Transport --> HttpServer, or none
//
// Shape    One Downloads for a run, had from its Lab: a local server with the run's dials, unless the run goes to a real
//          site. Tasks reach it through their host, whatever process they run in.
// Units    Lab time.
// Errors   download() throws what Python's httpx would: HTTPStatusError for a status other than 2xx, ConnectError,
//          ReadTimeout, RemoteProtocolError, TooManyRedirects, UnsupportedProtocol, each with one sentence.
// Threads  download() on participants. Downloads are made and destroyed by the main program.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "experiments/setup.hpp"
#include "futures/errors.hpp"
#include "futures/host.hpp"
#include "net/dials.hpp"
#include "net/transport.hpp"

namespace loiter::experiments {

class HttpStatusError : public futures::Exception {
 public:
  HttpStatusError(int status, const std::string& reason, const std::string& url);
  int status() const { return m_status; }

 private:
  int m_status;
};

inline constexpr const char* no_flags_text =
    "the flags of Debian's package famfamfam-flag-gif are not installed: install it, or set base_url";

// The server and the client of a run, while it lasts. What they are made of is the engine's: the worker program, which
// knows the experiments too, has no use for libcurl.
class Downloads {
 public:
  virtual ~Downloads() = default;
  virtual const std::string& address() const = 0;  // of the site, without a slash at its end
  virtual bool lacks_flags() const = 0;            // the lab's own server has none to serve
};
// A site's address: of a real one, for which no server is started; or "".
using MakeDownloads =
    std::function<std::unique_ptr<Downloads>(futures::Context& context, const net::Dials& dials, std::string address)>;

// How a question of download() is answered; the task's progress is told to the run.
std::string answer_download(futures::Context& context, net::Transport& transport, std::string_view question,
                            const futures::Context::IsGone& is_gone);

// The dials as parameters of an experiment, with usual values as one types them, and back.
std::vector<Parameter> dial_parameters(const std::string& latency, const std::string& jitter,
                                       const std::string& bandwidth);
net::Dials dials_of(const Setup& setup);
// Errors: shares of the answers that are more than all of them, an address that is none of a site.
Result<void> check_downloads(const Setup& setup);
bool is_dial(std::string_view parameter);

// The name of an exception that download() throws: httpx.HTTPError in Python.
bool is_download_error(std::string_view type);

// Waits until the whole file has come.
std::string download(futures::Host& host, const std::string& url, Duration timeout);

// Writes it so that it appears complete or not at all. `name` is one name in that folder, which is made if it is missing.
// Errors: OSError with one sentence, ValueError for a name that would lead elsewhere.
void save_download(const std::string& folder, const std::string& name, std::string_view bytes);

}  // namespace loiter::experiments
