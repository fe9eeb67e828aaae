#include "app/lab.hpp"

#include <imgui.h>

#include <algorithm>
#include <chrono>
#include <csignal>

#include "app/first_start.hpp"
#include "app/notes_window.hpp"
#include "app/settings.hpp"
#include "app/window.hpp"
#include "gui/notes_panel.hpp"
#include "gui/presentation_keys.hpp"
#include "gui/tour_steps.hpp"
#include "gui/workbench.hpp"
#include "trace/run_file.hpp"

namespace loiter::app {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

// After anything the user did, frames go on for as long as a tooltip or a glide may still change the picture.
constexpr std::chrono::milliseconds afterglow{700};
constexpr std::chrono::microseconds frame_time{16'667};
// Of each frame, for taking in what the run has done: the rest is for drawing it.
constexpr std::chrono::milliseconds update_budget{6};
// How long an idle window sleeps at a stretch. A signal that ends the program is seen within this time.
constexpr std::chrono::milliseconds idle_time{150};

volatile std::sig_atomic_t g_signalled = 0;

void end_on_signals() {
  struct sigaction action {};
  action.sa_handler = [](int) { g_signalled = 1; };
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

gui::ThemeChoice theme_choice(cli::WindowTheme theme) {
  return theme == cli::WindowTheme::Dark ? gui::ThemeChoice::Dark : gui::ThemeChoice::Light;
}

class Lab {
 public:
  Lab(Window& window, const cli::OpenLabCommand& command, const LoadedSettings& loaded, const std::string& data_folder)
      : m_window(window),
        m_command(command),
        m_settings(loaded.settings),
        m_state(Window::wake),
        m_lessons(m_state, data_folder) {
    m_fonts = gui::load_fonts(*ImGui::GetIO().Fonts);
    m_view.theme = command.theme ? theme_choice(*command.theme) : m_settings.theme;
    m_view.scale = command.scale ? static_cast<float>(*command.scale)
                                 : (m_settings.scale > 0 ? m_settings.scale : window.content_scale());
    m_view.motion = m_settings.motion;
    m_view.layout = m_settings.layout;
    if (!command.scenario) m_state.set_choices(command.choices);
    if (command.pace) {
      if (command.pace->is_instant()) {
        m_state.set_instant(true);
      } else {
        m_state.set_speed(std::clamp(command.pace->rate, 0.1, 10.0));
      }
    }
    m_state.say(!loaded.message.empty() ? loaded.message : m_fonts.message);
  }

  Result<void> begin(std::optional<trace::Recording> recording) {
    if (m_command.scenario && !m_state.open_scenario(*m_command.scenario, m_command.choices)) {
      return fail(m_state.message());
    }
    if (recording) m_state.show(std::move(*recording));
    if (m_command.run && !m_command.lesson) m_state.run();
    if (m_command.compare) m_state.compare();
    if (m_command.lesson) {
      if (auto opened = open_lesson(); !opened) return opened;
    }
    static_assert(cli::tour_step_count == static_cast<int>(gui::tour_step_count));
    if (begins_with_tour(m_command, m_settings)) {
      gui::start_tour(m_view, m_state, static_cast<std::size_t>(m_command.tour.value_or(1) - 1));
    }
    return {};
  }

  LabEnd run() {
    const SteadyTime opened = std::chrono::steady_clock::now();
    SteadyTime awake_until = opened + afterglow;
    while (!m_window.should_close() && g_signalled == 0) {
      const bool has_run_news = m_state.update(update_budget);
      const bool news = m_lessons.update() || has_run_news;
      const SteadyTime now = std::chrono::steady_clock::now();
      const bool notes_had_input = m_notes && (m_notes->take_had_input() || m_notes->should_close());
      const bool had_input = m_window.take_had_input() || notes_had_input;
      if (had_input || news) awake_until = now + afterglow;
      take_dropped_files();
      remember_tour();
      const bool shot_due = m_command.screenshot && now - opened >= m_command.after.value_or(std::chrono::seconds(1));
      if (shot_due && m_frames > 3) return take_screenshot();
      if (now < awake_until || shot_due) {
        if (draw()) awake_until = std::max(awake_until, now + std::chrono::milliseconds(50));
        show_presentation();
        draw_notes(had_input);
        m_window.wait(now + frame_time - std::chrono::steady_clock::now());
      } else {
        m_window.wait(m_command.screenshot ? frame_time : idle_time);
      }
    }
    gui::end_tour(m_view, m_state);  // who closes the window in the middle of it has seen enough
    if (!m_command.screenshot) remember();
    return {};
  }

 private:
  Result<void> open_lesson() {
    m_view.left = m_view.tab = views::PanelName::Lesson;
    if (!m_lessons.open(*m_command.lesson)) {
      // A file with mistakes is on the shelf, which names them all; once it is right it can be opened there.
      if (m_lessons.shelf().find(*m_command.lesson) != nullptr) return {};
      return fail(m_lessons.mistakes().front());
    }
    if (m_command.page) m_lessons.go_to(static_cast<std::size_t>(*m_command.page - 1));
    if (m_command.run) m_lessons.run();
    if (m_command.present) gui::set_presentation(m_view.presentation, m_lessons, true);
    return {};
  }

  // True if something on the screen moves by itself.
  bool draw(Pixels* picture = nullptr) {
    ++m_frames;
    const gui::Look look{gui::theme_of(m_view.theme), gui::Metrics{m_view.scale}, m_fonts, m_view.motion};
    gui::apply_to_imgui(look);
    m_window.begin_frame();
    const bool moving = gui::draw_workbench(m_view, m_state, m_lessons, look);
    m_window.end_frame(picture);
    return moving;
  }

  // All of the screen for the class; a picture keeps the size that was asked for.
  void show_presentation() {
    const bool open = m_view.presentation.open;
    if (!m_command.screenshot && open != m_window.is_full_screen()) m_window.set_full_screen(open);
    bool& wanted = m_view.presentation.wants_notes;
    if (m_notes && m_notes->should_close()) wanted = false;
    if (!wanted) m_notes.reset();
    if (!wanted || m_notes) return;
    auto opened = NotesWindow::open(m_window);
    if (opened) {
      m_notes = std::move(*opened);
    } else {
      m_state.say(opened.error().message);
      wanted = false;
    }
  }

  // At once after a key or a click; else a few times a second, so that the first window has nearly all of the time.
  void draw_notes(bool at_once) {
    constexpr std::chrono::milliseconds between_notes{100};
    const SteadyTime now = std::chrono::steady_clock::now();
    if (!m_notes || (!at_once && now - m_notes_drawn < between_notes)) return;
    m_notes_drawn = now;
    m_notes->draw([this](const gui::Fonts& fonts) {
      const float scale = std::max(m_view.scale, m_notes->content_scale());
      const gui::Look look{gui::theme_of(m_view.theme), gui::Metrics{scale}, fonts, m_view.motion};
      gui::apply_to_imgui(look);
      gui::draw_notes(m_notes_view, m_lessons, m_state, m_view.presentation, look);
      if (const auto key = gui::pressed_presentation_key()) gui::act_on(*key, m_view, m_state, m_lessons);
    });
  }

  void take_dropped_files() {
    for (const std::string& path : m_window.take_dropped_files()) {
      if (path.ends_with(".md")) {
        m_lessons.open(path);
        m_view.left = m_view.tab = views::PanelName::Lesson;
      } else if (path.ends_with(".toml")) {
        m_state.open_scenario(path);
      } else if (auto read = trace::load_run_file(path)) {
        m_state.show(std::move(read->recording));
      } else {
        m_state.say(read.error().message);
      }
    }
  }

  LabEnd take_screenshot() {
    Pixels pixels;
    draw(&pixels);
    if (auto written = write_png(*m_command.screenshot, pixels); !written) {
      return {.status = 2, .no_window = false, .message = written.error().message};
    }
    return {};
  }

  // At once: it is not to come again after a crash either.
  void remember_tour() {
    if (m_settings.tour_seen || !m_view.tour.was_seen || m_command.screenshot) return;
    m_settings.tour_seen = true;
    remember();
  }

  void remember() {
    Settings settings = m_settings;
    settings.theme = m_view.theme;
    settings.scale = m_view.scale;
    settings.motion = m_view.motion;
    settings.layout = m_view.layout;
    settings.layout.full_screen.reset();
    settings.tour_seen = m_settings.tour_seen || m_view.tour.was_seen;
    if (!m_window.is_full_screen()) {
      settings.width = m_window.width();
      settings.height = m_window.height();
    }
    save_settings(settings_path(), settings);
  }

  Window& m_window;
  const cli::OpenLabCommand& m_command;
  Settings m_settings;
  gui::Fonts m_fonts;
  gui::LabState m_state;
  gui::LessonState m_lessons;
  gui::WorkbenchView m_view;
  gui::NotesView m_notes_view;
  std::unique_ptr<NotesWindow> m_notes;  // open while the teacher wants it
  SteadyTime m_notes_drawn;
  int m_frames = 0;
};

}  // namespace

LabEnd open_lab(const cli::OpenLabCommand& command, const std::string& data_folder) {
  std::optional<trace::Recording> recording;
  if (command.file) {
    auto read = trace::load_run_file(*command.file);
    if (!read) return {.status = 2, .no_window = false, .message = read.error().message};
    recording = std::move(read->recording);
  }
  // A picture must not depend on what somebody arranged earlier.
  const LoadedSettings loaded = command.screenshot ? LoadedSettings{} : load_settings(settings_path());
  auto window = Window::open({.width = command.size ? command.size->width : loaded.settings.width,
                              .height = command.size ? command.size->height : loaded.settings.height,
                              .title = "Loiter"});
  if (!window) return {.status = 2, .no_window = true, .message = window.error().message};
  end_on_signals();
  Lab lab(**window, command, loaded, command.screenshot ? "" : data_folder);
  if (auto begun = lab.begin(std::move(recording)); !begun) {
    return {.status = 2, .no_window = false, .message = begun.error().message};
  }
  return lab.run();
}

}  // namespace loiter::app
