// SweepState: one setup in every mode, once for each value of a parameter: what has been measured, and whose turn it is.
//
// Shape    A plain value that LabState drives, as it does a comparison: it starts the runs, one after the other, and says
//          how each has ended. Of the runs themselves nothing is kept but their times.
// Units    Lab time.
// Threads  GUI thread.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "engine/run_server.hpp"
#include "engine/sweep.hpp"
#include "gui/lab_run.hpp"
#include "views/sweep.hpp"

namespace loiter::gui {

class SweepState {
 public:
  explicit SweepState(engine::SweepPlan plan);

  const engine::SweepPlan& plan() const { return m_plan; }
  // Of every value that is planned; those without runs have not had their turn.
  const std::vector<views::SweptPoint>& points() const { return m_points; }
  // The header of all of its runs, but for mode and parameter: its labels hold for the whole chart.
  const trace::Header& header() const { return m_header; }
  const std::shared_ptr<engine::RunServer>& server() const { return m_server; }

  // The setup whose turn it is; null when all are over, or when it was stopped.
  const engine::Setup* next() const;
  bool is_over() const { return next() == nullptr; }
  bool was_stopped() const { return m_is_stopped; }
  // The run of next() has ended.
  void note(const LabRun& run);
  void stop() { m_is_stopped = true; }

  std::size_t runs_over() const { return m_over; }
  std::size_t runs_in_all() const;

 private:
  engine::SweepPlan m_plan;
  trace::Header m_header;
  std::vector<views::SweptPoint> m_points;
  std::shared_ptr<engine::RunServer> m_server = std::make_shared<engine::RunServer>();
  std::size_t m_over = 0;
  bool m_is_stopped = false;
};

// The parameter that a chart is drawn over: the first share of the experiment that is no dial; "" if it has none.
std::string parameter_to_sweep(const engine::Experiment& experiment);
// These choices in every mode, for eleven values from 0 to 1.
Result<engine::SweepPlan> plan_chart(engine::Choices choices);

}  // namespace loiter::gui
