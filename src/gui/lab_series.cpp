// Runs one after the other: LabState's comparison and its chart.
#include <utility>

#include "gui/lab_state.hpp"

namespace loiter::gui {

// --- The comparison ---

void LabState::compare() {
  if (is_held_back()) return;
  if (m_file && !read_file_again()) return;
  auto setups = setups_to_compare(m_choices);
  if (!setups) {
    m_message = setups.error().message;
    return;
  }
  m_message.clear();
  m_playhead.reset();
  m_sweep.reset();
  m_comparison.emplace(std::move(*setups), m_runs + 1);
  begin_next_compared();
}

void LabState::begin_next_compared() {
  // Whoever is proven never to move again is stopped: the others have their turn.
  if (const engine::Setup* next = m_comparison->begin_next()) {
    begin(*next, {.stop_when_stuck = true, .server = m_comparison->server()});
  } else {
    m_comparison->server()->stop();
  }
}

void LabState::keep_compared() {
  m_comparison->keep(std::move(m_hand));
  m_hand = {};
  begin_next_compared();
}

const LabRun& LabState::compared_run(std::size_t row) const {
  return m_comparison->going() == row ? m_hand : m_comparison->rows()[row].kept;
}

void LabState::open_compared_run(std::size_t row) {
  if (m_comparison) m_comparison->open(row);
}

void LabState::close_compared_run() {
  if (m_comparison) m_comparison->close();
}

// --- The chart ---

void LabState::draw_chart() {
  if (is_held_back()) return;
  auto plan = plan_chart(m_choices);
  if (!plan) {
    m_message = plan.error().message;
    return;
  }
  m_message.clear();
  m_playhead.reset();
  m_comparison.reset();
  m_sweep.emplace(std::move(*plan));
  begin_next_swept();
}

void LabState::begin_next_swept() {
  if (const engine::Setup* next = m_sweep->next()) {
    begin(*next, {.stop_when_stuck = true, .server = m_sweep->server()});
    // Nobody watches one of so many runs, and its times are the same at any pace.
    if (next->clock == trace::Clock::Simulated) m_session->set_pace(engine::Pace::instant());
  } else {
    m_sweep->server()->stop();
  }
}

void LabState::close_chart() {
  if (m_sweep && m_sweep->is_over()) m_sweep.reset();
}

// What is on the screen stays there as an ordinary run, also one that still goes.
void LabState::leave_comparison() {
  m_sweep.reset();
  if (!m_comparison) return;
  if (!m_comparison->going()) m_hand = m_comparison->take_subject();
  m_comparison.reset();
}

}  // namespace loiter::gui
