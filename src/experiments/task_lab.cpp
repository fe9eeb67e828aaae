#include "experiments/task_lab.hpp"

#include <string>

#include "futures/codec.hpp"

namespace loiter::experiments {
namespace {

void tell(futures::Host& host, TaskMessage::Kind kind, std::string_view text) {
  std::string message(1, static_cast<char>(kind));
  host.tell(message.append(text));
}

}  // namespace

void TaskLab::print(std::string_view text) { tell(m_host, TaskMessage::Kind::Print, text); }
void TaskLab::print_part(std::string_view text) { tell(m_host, TaskMessage::Kind::PrintPart, text); }
void TaskLab::display(std::string_view text) { tell(m_host, TaskMessage::Kind::Display, text); }
void TaskLab::at(std::string_view site) { tell(m_host, TaskMessage::Kind::At, site); }

TaskMessage read_task_message(std::string_view message) {
  futures::ByteReader reader(message);
  const std::uint8_t kind = reader.byte();
  if (kind < 1 || kind > static_cast<std::uint8_t>(TaskMessage::Kind::At)) {
    throw futures::BadMessage("a task says what the lab does not know");
  }
  return {.kind = static_cast<TaskMessage::Kind>(kind), .text = reader.rest()};
}

}  // namespace loiter::experiments
