// ComparisonState: one setup in every mode: which of its runs have been kept, which goes, and what is on the screen.
//
//   Next --begin_next()--> Now --keep()--> Over
//      \--stop()--> NotRun
//
// Shape    A plain value that LabState drives: it starts the runs and hands each over once it has ended. The run that
//          goes is LabState's; its row is empty until then.
// Units    Lab time.
// Threads  GUI thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/result.hpp"
#include "engine/catalogue.hpp"
#include "engine/run_server.hpp"
#include "gui/lab_run.hpp"
#include "views/comparison.hpp"

namespace loiter::gui {

// The setups that are compared: these choices sequentially, on threads and in processes, each with as many of the
// workers as its mode may have.
Result<std::vector<engine::Setup>> setups_to_compare(const engine::Choices& choices);

class ComparisonState {
 public:
  struct Row {
    engine::Setup setup;
    views::ComparedStage stage = views::ComparedStage::Next;
    LabRun kept;  // before it is Over it has a header only
  };

  // `number` tells one comparison from another.
  ComparisonState(std::vector<engine::Setup> setups, std::uint64_t number);

  const std::vector<Row>& rows() const { return m_rows; }
  std::uint64_t number() const { return m_number; }
  std::optional<std::size_t> going() const;
  bool is_of(const std::vector<engine::Setup>& setups) const;
  std::vector<views::ComparisonFigures> figures() const;
  Instant longest_kept() const;

  // The run whose turn it is now; none when all are over.
  const engine::Setup* begin_next();
  // The file server of all of its runs, while there are runs to come.
  const std::shared_ptr<engine::RunServer>& server() const { return m_server; }
  void keep(LabRun run);
  void stop();
  LabRun take_subject();  // it goes on without the comparison

  // --- The screen ---
  // The run that the panels show: the one that goes, until somebody opens another.
  std::size_t subject() const { return m_subject; }
  bool is_opened() const { return m_opened; }  // the subject has the timeline for itself too
  void open(std::size_t row);                  // one that has begun
  void close() { m_opened = false; }

 private:
  std::vector<Row> m_rows;
  std::shared_ptr<engine::RunServer> m_server = std::make_shared<engine::RunServer>();
  std::uint64_t m_number;
  std::size_t m_subject = 0;
  bool m_opened = false;
};

}  // namespace loiter::gui
