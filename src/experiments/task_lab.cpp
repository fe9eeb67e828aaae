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

void TaskLab::progress(std::int64_t done, std::int64_t total) { m_host.tell(progress_message(done, total)); }

std::string progress_message(std::int64_t done, std::int64_t total) {
  futures::ByteWriter numbers;
  futures::Codec<std::int64_t>::write(numbers, done);
  futures::Codec<std::int64_t>::write(numbers, total);
  std::string message(1, static_cast<char>(TaskMessage::Kind::Progress));
  return message.append(numbers.bytes());
}

TaskMessage read_task_message(std::string_view message) {
  futures::ByteReader reader(message);
  const std::uint8_t kind = reader.byte();
  if (kind < 1 || kind > static_cast<std::uint8_t>(TaskMessage::Kind::Progress)) {
    throw futures::BadMessage("a task says what the lab does not know");
  }
  TaskMessage read{.kind = static_cast<TaskMessage::Kind>(kind), .text = {}};
  if (read.kind != TaskMessage::Kind::Progress) {
    read.text = reader.rest();
    return read;
  }
  read.done = futures::Codec<std::int64_t>::read(reader);
  read.total = futures::Codec<std::int64_t>::read(reader);
  reader.must_be_at_end();
  if (read.done < 0 || read.total < 0) throw futures::BadMessage("a task has done less than nothing");
  return read;
}

}  // namespace loiter::experiments
