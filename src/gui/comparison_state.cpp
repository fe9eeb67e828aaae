#include "gui/comparison_state.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"

namespace loiter::gui {

using views::ComparedStage;

Result<std::vector<engine::Setup>> setups_to_compare(const engine::Choices& choices) {
  std::vector<engine::Setup> setups;
  for (const trace::Mode mode : {trace::Mode::Sequential, trace::Mode::Threads, trace::Mode::Processes}) {
    engine::Choices one = choices;
    one.mode = mode;
    if (one.workers) one.workers = std::min(*one.workers, engine::most_workers(mode));
    auto setup = engine::complete(one);
    if (!setup) return tl::unexpected(setup.error());
    setups.push_back(std::move(*setup));
  }
  return setups;
}

ComparisonState::ComparisonState(std::vector<engine::Setup> setups, std::uint64_t number) : m_number(number) {
  for (engine::Setup& setup : setups) {
    Row& row = m_rows.emplace_back();
    row.kept.run = trace::Run(engine::header_of(setup));
    row.setup = std::move(setup);
  }
}

std::optional<std::size_t> ComparisonState::going() const {
  const auto it = std::ranges::find(m_rows, ComparedStage::Now, &Row::stage);
  if (it == m_rows.end()) return std::nullopt;
  return static_cast<std::size_t>(it - m_rows.begin());
}

bool ComparisonState::is_of(const std::vector<engine::Setup>& setups) const {
  return std::ranges::equal(m_rows, setups, {}, &Row::setup);
}

std::vector<views::ComparisonFigures> ComparisonState::figures() const {
  std::vector<views::ComparedTime> times;
  for (const Row& row : m_rows) {
    const auto& ended = row.kept.run.ended();
    const bool finished = row.stage == ComparedStage::Over && ended && ended->how == trace::RunEnd::Finished;
    times.push_back({row.setup.workers, row.kept.now.time_since_epoch(), finished});
  }
  return views::comparison_figures(times);
}

Instant ComparisonState::longest_kept() const {
  Instant longest{};
  for (const Row& row : m_rows) longest = std::max(longest, row.kept.now);
  return longest;
}

const engine::Setup* ComparisonState::begin_next() {
  const auto next = std::ranges::find(m_rows, ComparedStage::Next, &Row::stage);
  if (next == m_rows.end()) return nullptr;
  next->stage = ComparedStage::Now;
  if (!m_opened) m_subject = static_cast<std::size_t>(next - m_rows.begin());
  return &next->setup;
}

void ComparisonState::keep(LabRun run) {
  const auto row = going();
  LOITER_ASSERT(row.has_value(), "a run is kept that nobody has begun");
  m_rows[*row].kept = std::move(run);
  m_rows[*row].stage = ComparedStage::Over;
}

void ComparisonState::stop() {
  for (Row& row : m_rows) {
    if (row.stage == ComparedStage::Next) row.stage = ComparedStage::NotRun;
  }
}

LabRun ComparisonState::take_subject() { return std::move(m_rows[m_subject].kept); }

void ComparisonState::open(std::size_t row) {
  const ComparedStage stage = m_rows[row].stage;
  if (stage != ComparedStage::Now && stage != ComparedStage::Over) return;
  m_subject = row;
  m_opened = true;
}

}  // namespace loiter::gui
