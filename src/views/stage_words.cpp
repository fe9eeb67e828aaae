// What the stage says in a sentence.
#include <fmt/format.h>

#include <algorithm>

#include "views/stage.hpp"
#include "views/words.hpp"

namespace loiter::views {
namespace {

using runtime::WaitOn;

struct Counts {
  std::size_t submitted = 0;
  std::size_t delivered = 0;
  std::size_t ready = 0;                // over, and not delivered
  std::vector<std::size_t> ready_rows;  // the first of them
};

Counts count(const FutureTimes& times, Instant t) {
  constexpr std::size_t most_rows = 3;
  Counts counts{.submitted = times.submitted_by(t), .delivered = 0, .ready = 0, .ready_rows = {}};
  const std::vector<Instant>& delivered = times.column(FutureTimes::Delivered);
  const std::vector<Instant>& over = times.column(FutureTimes::Over);
  for (std::size_t row = 0; row < counts.submitted; ++row) {
    if (delivered[row] <= t) {
      ++counts.delivered;
    } else if (over[row] <= t) {
      ++counts.ready;
      if (counts.ready_rows.size() < most_rows) counts.ready_rows.push_back(row);
    }
  }
  return counts;
}

class Sentence {
 public:
  Sentence(const trace::Run& run, const FutureTimes& times, Instant t)
      : m_run(run), m_t(t), m_counts(count(times, t)) {}

  std::vector<Words> make() {
    const trace::Lane* main = m_run.lane(main_lane);
    if (main == nullptr || m_t < main->began) return {};
    const trace::TaskSpan* task = trace::task_at(*main, m_t);
    const trace::WaitSpan* wait = trace::wait_at(*main, m_t);
    const bool over = (main->ended && *main->ended <= m_t) || (m_run.ended() && m_t >= m_run.last());
    strong(main->name);
    if (over) {
      say(" has ended.");
    } else if (task != nullptr) {
      say(" runs ");
      strong(future_name(m_run, task->future));
      say(" itself: nothing else can go on meanwhile.");
    } else if (wait != nullptr) {
      tell_wait(*wait, lane_is_stuck(m_run, main->id, m_t));
    } else {
      say(" runs.");
    }
    tell_results();
    return std::move(m_words);
  }

 private:
  void say(std::string text) {
    if (!m_words.empty() && !m_words.back().strong) {
      m_words.back().text += text;
    } else {
      m_words.push_back({std::move(text), false});
    }
  }
  void strong(std::string text) { m_words.push_back({std::move(text), true}); }

  void tell_wait(const trace::WaitSpan& wait, bool stuck) {
    const trace::WaitBegan& what = wait.what;
    const std::size_t futures = what.futures.size() + what.more;
    const char* waits = stuck ? " waits for ever for " : " waits for ";
    switch (what.on) {
      case WaitOn::Result:
      case WaitOn::Map:
      case WaitOn::AsCompleted:
      case WaitOn::Wait:
        say(waits);
        if (futures == 1 && !what.futures.empty()) {
          say("the result of ");
          strong(future_name(m_run, what.futures.front()));
        } else {
          say(fmt::format("{} of {} futures", what.any ? "the first" : "all", futures));
        }
        if (!what.any || futures == 1) tell_ready(what);
        break;
      case WaitOn::Sleep:
        say(what.deadline ? " sleeps until " + seconds_text(*what.deadline) : " sleeps");
        break;
      case WaitOn::Join:
        say(waits);
        say("the end of ");
        strong(what.joins ? lane_name(m_run, *what.joins) : "a worker");
        break;
      case WaitOn::Queue:
      case WaitOn::Gil:
      case WaitOn::Io:
      case WaitOn::Pause:
      case WaitOn::Core:
        say(waits + wait_words(m_run, wait).full);
        break;
    }
    say(".");
  }

  // What is done already, and is not what is waited for.
  void tell_ready(const trace::WaitBegan& what) {
    constexpr std::size_t most_named = 2;
    if (m_counts.ready == 0 || what.on == WaitOn::Wait) return;
    say(", though ");
    const auto name = [&](std::size_t i) { return future_name(m_run, m_run.futures()[m_counts.ready_rows[i]].id); };
    if (m_counts.ready > most_named) {
      say(fmt::format("{} others are done", m_counts.ready));
      return;
    }
    strong(name(0));
    if (m_counts.ready == most_named) {
      say(" and ");
      strong(name(1));
    }
    say(m_counts.ready == 1 ? " is done" : " are done");
  }

  void tell_results() {
    if (m_counts.submitted == 0) return say(" It has submitted nothing yet.");
    if (m_counts.delivered == m_counts.submitted && m_counts.submitted > 1) {
      return say(fmt::format(" It has all {} results.", m_counts.submitted));
    }
    say(fmt::format(" It has {} of {} {}.", m_counts.delivered, m_counts.submitted,
                    m_counts.submitted == 1 ? "result" : "results"));
  }

  const trace::Run& m_run;
  Instant m_t;
  Counts m_counts;
  std::vector<Words> m_words;
};

}  // namespace

std::string plain_text(const std::vector<Words>& words) {
  std::string text;
  for (const Words& piece : words) text += piece.text;
  return text;
}

std::vector<Words> stage_sentence(const trace::Run& run, const FutureTimes& times, Instant t) {
  return Sentence(run, times, t).make();
}

}  // namespace loiter::views
