// SimulatedClient: the local server without sockets: its answers come to the participant itself, in virtual time.
//
// Shape    The same Site and Dials decide the same answers; connecting takes a fixed time, waiting and receiving as long
//          as the dials say.
// Units    Lab time.
// Errors   As Transport, in the same words as HttpClient's where both can happen.
// Threads  As Transport; set_dials() from any thread.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>

#include "base/mutex.hpp"
#include "net/dials.hpp"
#include "net/transport.hpp"
#include "runtime/runtime.hpp"

namespace loiter::net {

class SimulatedClient final : public Transport {
 public:
  static constexpr const char* address = "http://127.0.0.1:8001";

  SimulatedClient(runtime::Runtime& runtime, std::shared_ptr<const Site> site, Dials dials);

  Reply get(const Request& request) override;

  Dials dials() const;
  void set_dials(const Dials& dials);

 private:
  class Turn;

  Reply get_once(const std::string& target, const Request& request, Deadline deadline);
  Answer next_answer(const std::string& target);
  // Lets that much time pass: waiting for the server, or busy connecting and receiving. Errors: Timeout.
  void wait(Duration d, const Request& request, Deadline deadline) { pass(d, true, request, deadline); }
  void work_for(Duration d, const Request& request, Deadline deadline) { pass(d, false, request, deadline); }
  void pass(Duration d, bool is_wait, const Request& request, Deadline deadline);

  runtime::Runtime& m_runtime;
  const std::shared_ptr<const Site> m_site;
  mutable Mutex m_mutex;
  Dials m_dials LOITER_GUARDED_BY(m_mutex);
  std::map<std::string, std::uint64_t> m_asked LOITER_GUARDED_BY(m_mutex);
  std::uint32_t m_answering LOITER_GUARDED_BY(m_mutex) = 0;
  std::deque<runtime::Participant*> m_waiting LOITER_GUARDED_BY(m_mutex);  // for a turn
};

}  // namespace loiter::net
