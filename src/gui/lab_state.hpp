// LabState: what the window is about: the chosen setup, the run, and the instant that the panels show.
//
//   choices --run()--> session --update(), once a frame--> Run --> panels
//                                                           playhead: now, or an instant of the past
//
//   compare(): the same in every mode, one session after the other; each Run is kept as it ends
//
// Shape    Commands (run, pause, step, stop, ...) are what buttons and keys call; each is harmless when it makes no
//          sense. No drawing, no Dear ImGui: tested without a screen.
// Units    Lab time.
// Errors   A setup that cannot run, or a file that cannot be read, is a sentence in message(), for the status line.
// Threads  GUI thread; never waits for the run.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/catalogue.hpp"
#include "engine/scheduled_kills.hpp"
#include "engine/session.hpp"
#include "engine/ways_out.hpp"
#include "gui/comparison_state.hpp"
#include "gui/lab_run.hpp"
#include "gui/sweep_state.hpp"
#include "trace/run.hpp"
#include "views/status_text.hpp"

namespace loiter::gui {

class LabState {
 public:
  // `on_news` is called on another thread when there is something to draw. `program` is run instead of the experiment,
  // for tests; usually none.
  explicit LabState(std::function<void()> on_news = nullptr, engine::Program program = nullptr);

  // --- The setup: what the next run will be ---
  const engine::Choices& choices() const { return m_choices; }
  const engine::Experiment& experiment() const { return *m_experiment; }
  // An experiment, or one of the lab's own scenarios.
  void choose_experiment(const std::string& name);
  // A scenario in a file, which is read again at every run. False: it cannot be read; message() says where and why.
  bool open_scenario(const std::string& path, engine::Choices choices = {});
  // The file that is read again; none: the scenario is the lab's own, or there is none.
  const std::optional<std::string>& file() const { return m_file; }
  // What the next run will be of, as people know it: "loiter", "wait_forever", "lesson.toml".
  std::string subject() const;
  void set_choices(engine::Choices choices);
  void set_mode(trace::Mode mode);
  void set_collect(trace::Collect collect);
  void set_clock(trace::Clock clock);
  void set_workers(int workers);
  // The machine that the next run is to have; chosen once, they hold for every experiment.
  engine::GilKind gil() const { return m_choices.gil.value_or(engine::GilKind::None); }
  Duration gil_interval() const { return m_choices.gil_interval.value_or(engine::GilOptions::usual_interval); }
  int cores() const;
  void set_gil(engine::GilKind kind);
  void set_next_gil();
  void set_gil_interval(Duration interval);
  void set_cores(int cores);
  // A dial of a file server is turned at once, in the run that goes too.
  void set_parameter(const std::string& name, const std::string& value);
  std::string parameter(const std::string& name) const;
  // Files with scenarios in the folder where the lab was started, as of a moment ago.
  const std::vector<std::string>& files();
  // The listing of what is on screen: of the run if there is one, else of the setup.
  engine::Listing listing() const;
  // Another number when listing() may give something else.
  std::uint64_t listing_version() const;
  // The setup was changed since the run on screen began.
  bool is_setup_changed() const;

  // --- A setup that somebody else has made ---
  // Exactly these choices, and what happens to the run. Nothing of it has run yet, or this run of it. False: it cannot be
  // run, and message() says why.
  bool set_up(const engine::Choices& choices, std::vector<engine::ScheduledKill> kills = {}, LabRun run = {});
  // The run on the screen, out of the lab's hands; nothing while it goes.
  LabRun take_run_shown();
  // Only settings of these names can be changed: "mode", "workers", "scenario", ..., or a parameter. Whoever tries another is
  // told `why`, in a sentence.
  void fix_setup(std::set<std::string> changeable, std::string why);
  void free_setup() { m_fixed.reset(); }
  // Nothing is run meanwhile: whoever tries is told why. "": go on.
  void hold_back(std::string why) { m_held_back = std::move(why); }
  bool is_fixed() const { return m_fixed.has_value(); }
  bool may_change(const std::string& setting) const { return !m_fixed || m_fixed->changeable.contains(setting); }
  // What the run on the screen was made with; none: nothing has run, or a recorded run that this lab could not make.
  const std::optional<engine::Setup>& setup_shown() const { return shown().setup; }

  // --- The run ---
  void run();           // anew, with the setup as it is
  void run_or_pause();  // Space
  void pause_or_resume();
  void step();  // begins a run that is held at its first event, if there is none
  void stop();
  void set_speed(double lab_seconds_per_second);
  void set_instant(bool instant);
  double speed() const { return m_speed; }
  bool is_instant() const { return m_instant; }
  // Puts a recorded run on the screen.
  void show(trace::Recording recording);
  // Takes what is new, for about that long at most: a run that is faster than the window is shown a little late, and
  // has not ended before all of it is shown. True if anything on the screen may have changed.
  bool update(std::chrono::nanoseconds budget = std::chrono::hours(1));

  // What is on the screen: the run that goes or was the last to go, or another one of a comparison.
  const trace::Run& run_shown() const { return shown().run; }
  const FlagPictures& pictures_shown() const { return shown().pictures; }
  bool has_run() const { return shown().number != 0; }
  // Where the run's files come from; "" when it has no server, or none yet.
  std::string server_address() const { return is_going() ? m_session->server_address() : ""; }
  // Why the run that goes cannot be got out of its deadlock in this way, in a sentence; "" if it can.
  std::string why_not(engine::Escape how) const;
  void escape(engine::Escape how);
  void kill_worker(const std::string& lane_name);
  bool shows_run_that_goes() const { return is_going() && &shown() == &m_hand; }
  bool is_going() const { return m_session != nullptr && !m_status.ended; }
  bool is_paused() const { return is_going() && m_status.paused; }
  bool is_recorded() const { return m_is_recorded; }
  // Somebody is stuck and nobody else can move: the run goes on only if it is got out.
  bool is_standstill() const { return is_going() && m_status.standstill; }
  views::Phase phase() const;
  Instant now() const { return shown().now; }
  std::optional<Instant> expected_end() const { return shown().expected_end; }
  // Another number: another run is on the screen, and views that keep indices begin anew.
  std::uint64_t generation() const { return shown().number; }

  // --- The comparison ---
  // Runs the setup in every mode, one after the other. Another run, and another experiment, leave it.
  void compare();
  const ComparisonState* comparison() const { return m_comparison ? &*m_comparison : nullptr; }
  // All of its runs are on the screen together; else one run is.
  bool shows_comparison() const { return m_comparison && !m_comparison->is_opened(); }
  const LabRun& compared_run(std::size_t row) const;
  void open_compared_run(std::size_t row);  // alone, in every panel
  void close_compared_run();
  // The same number for all runs of a comparison, whose futures have the same ids.
  std::uint64_t family() const { return m_comparison ? m_comparison->number() : generation(); }

  // --- The chart ---
  // Runs the setup in every mode for each value of a parameter, one after the other. Another run leaves it.
  void draw_chart();
  bool can_draw_chart() const { return !m_choices.scenario && !parameter_to_sweep(*m_experiment).empty(); }
  const SweepState* sweep() const { return m_sweep ? &*m_sweep : nullptr; }
  void close_chart();

  // --- The instant shown ---
  Instant playhead() const { return playhead_in(shown()); }
  // The same for another run of a comparison: none is shown later than it has come.
  Instant playhead_in(const LabRun& run) const { return m_playhead ? std::min(*m_playhead, run.now) : run.now; }
  // The latest that there is anything to see of.
  Instant latest() const;
  // What the window's clock tells: the playhead, also where the run that the panels show was over by then.
  Instant clock() const;
  bool is_following() const { return !m_playhead.has_value(); }
  void move_playhead(Instant t);
  void follow() { m_playhead.reset(); }

  const std::string& message() const { return m_message; }
  void say(std::string message) { m_message = std::move(message); }

 private:
  struct Fixed {
    std::set<std::string> changeable;
    std::string why;
  };
  bool is_changed_by_user(const std::string& setting);
  bool is_held_back();
  void adopt_experiment(const std::string& name);
  void adopt_machine(const engine::Choices& choices);
  bool adopt_scenario(const engine::Choices& choices);
  bool read_file_again();
  void start(bool paused);
  void begin(const engine::Setup& setup, engine::SessionOptions options);
  void begin_next_compared();
  void keep_compared();
  void leave_comparison();
  void begin_next_swept();
  void predict_end(const engine::Setup& setup);
  engine::Pace pace() const { return m_instant ? engine::Pace::instant() : engine::Pace{m_speed}; }
  void new_run(trace::Header header);
  const LabRun& shown() const { return m_comparison ? compared_run(m_comparison->subject()) : m_hand; }
  void look_at_session();
  bool is_behind() const { return m_folded < m_taken.size(); }
  void fold_until(std::chrono::steady_clock::time_point end);

  std::function<void()> m_on_news;
  engine::Program m_program;
  engine::Choices m_choices;
  const engine::Experiment* m_experiment;
  std::optional<Fixed> m_fixed;
  std::string m_held_back;
  std::vector<engine::ScheduledKill> m_kills;                         // of every run with this setup
  std::optional<std::string> m_file;                                  // with the scenario
  std::vector<std::string> m_files;                                   // at hand,
  std::optional<std::chrono::steady_clock::time_point> m_files_seen;  // as of then
  double m_speed = 1.0;
  bool m_instant = false;

  std::unique_ptr<engine::Session> m_session;
  engine::Status m_status;
  LabRun m_hand;                      // the run of the session
  std::vector<trace::Event> m_taken;  // from the session
  std::size_t m_folded = 0;           // of m_taken: in m_hand
  engine::Status m_coming;            // holds once all of m_taken is in m_hand
  bool m_is_recorded = false;
  std::uint64_t m_runs = 0;  // how many there have been: each takes the next number
  std::optional<ComparisonState> m_comparison;
  std::optional<SweepState> m_sweep;
  std::optional<Instant> m_playhead;
  std::string m_message;
};

}  // namespace loiter::gui
