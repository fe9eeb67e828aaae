#include "gui/gallery.hpp"

#include <array>
#include <string_view>

#include "gui/paint.hpp"
#include "gui/state_style.hpp"
#include "gui/text.hpp"
#include "gui/widgets.hpp"

namespace loiter::gui::testing {
namespace {

// Places in units from the top left corner of the window.
struct Place {
  const Look& look;
  ImVec2 origin = ImGui::GetWindowPos();

  [[nodiscard]] float x(float units) const { return origin.x + look.metrics.px(units); }
  [[nodiscard]] float y(float units) const { return origin.y + look.metrics.px(units); }
  [[nodiscard]] Box box(float left, float top, float width, float height) const {
    return {x(left), y(top), x(left + width), y(top + height)};
  }
  void cursor(float left, float top) const { ImGui::SetCursorScreenPos({x(left), y(top)}); }
};

ImDrawList& list() { return *ImGui::GetWindowDrawList(); }

struct StateRow {
  StateLook state;
  std::string_view name;
  std::string_view value;
};

constexpr std::array<StateRow, 8> state_rows{{
    {StateLook::Pending, "loiter(4)", ""},
    {StateLook::Running, "loiter(4)", ""},
    {StateLook::Returned, "loiter(3)", "30"},
    {StateLook::Raised, "loiter(2)", "ValueError"},
    {StateLook::Cancelled, "loiter(5)", ""},
    {StateLook::Waiting, "result of loiter(4)", ""},
    {StateLook::CallQueue, "says running, is not", ""},
    {StateLook::Stuck, "result of zip", ""},
}};

void draw_state_bar(const Place& at, const StateRow& row, float y) {
  const Look& look = at.look;
  if (row.state == StateLook::Waiting) {
    const WaitBar bar{.box = at.box(214, y + 3, 212, 8)};
    draw_wait_bar(list(), look, bar);
    draw_wait_reason(list(), look, bar, row.name, bar.box.width());
  } else if (row.state == StateLook::Cancelled) {
    draw_task_bar(list(), look, {.box = at.box(214, y - 12, 102, 24), .state = row.state, .name = row.name});
    draw_task_bar(list(), look,
                  {.box = at.box(324, y - 12, 102, 24), .state = StateLook::CancelledNotified, .name = "loiter(6)"});
  } else {
    draw_task_bar(list(), look,
                  {.box = at.box(214, y - 12, 212, 24), .state = row.state, .name = row.name, .value = row.value});
  }
}

}  // namespace

void draw_states_sheet(const Look& look) {
  const Place at{look};
  draw_text(list(), look, strong_text(look), at.x(24), at.y(26),
            look.theme.choice == ThemeChoice::Light ? "Light" : "Dark");
  draw_text(list(), look, note_text(look), at.x(214), at.y(26), "Bar");
  horizontal_line(list(), at.x(0), at.x(450), at.y(45), look.theme.hairline, look.metrics.hairline);
  float y = 68;
  for (const StateRow& row : state_rows) {
    draw_state_glyph(list(), look, row.state, {at.x(34), at.y(y)}, look.metrics.px(19));
    draw_text(list(), look, base_text(look), at.x(56), at.y(y), state_long_name(row.state));
    draw_state_bar(at, row, y);
    y += 38.5F;
  }
}

void draw_top_bar_sheet(const Look& look) {
  const Place at{look};
  fill_box(list(), at.box(0, 0, 1280, 92), look.theme.chrome);
  const std::array<Choice, 3> experiments{{{"loiter"}, {"flags"}, {"primes"}}};
  int experiment = 0;
  int mode = 1;
  int collect = 0;
  int clock = 1;
  int workers = 3;
  int tasks = 5;
  double speed = 1.0;
  bool instant = false;
  const float group = look.metrics.px(18);
  at.cursor(12, 9);
  combo(look, "Experiment", experiments, experiment, look.metrics.px(124));
  ImGui::SameLine(0.0F, look.metrics.px(16));
  segmented(look, "Mode", {{"Sequential"}, {"Threads"}, {"Processes"}}, mode);
  ImGui::SameLine(0.0F, group);
  field_label(look, "Workers");
  ImGui::SameLine(0.0F, look.metrics.gap8);
  stepper(look, "Workers", workers, {.min = 1, .max = 64});
  ImGui::SameLine(0.0F, group);
  segmented(look, "Collect", {{"map"}, {"as_completed"}}, collect);
  ImGui::SameLine(0.0F, group);
  field_label(look, "Tasks");
  ImGui::SameLine(0.0F, look.metrics.gap8);
  stepper(look, "Tasks", tasks, {.min = 1, .max = 99});
  ImGui::SameLine(0.0F, group);
  segmented(look, "Clock", {{"Live"}, {"Simulated"}}, clock);
  at.cursor(1208, 9);
  icon_button(look, "Light or dark", Glyph::HalfCircle);
  at.cursor(1240, 9);
  icon_button(look, "Keys", Glyph::Question);

  const float gap = look.metrics.gap_in_group;
  at.cursor(12, 52);
  button(look, "Run", {.kind = ButtonKind::Primary, .icon = Glyph::Play, .width = look.metrics.px(84)});
  ImGui::SameLine(0.0F, gap);
  button(look, "Pause", {.icon = Glyph::Pause, .on = true});
  ImGui::SameLine(0.0F, gap);
  button(look, "Step", {.icon = Glyph::Step});
  ImGui::SameLine(0.0F, gap);
  button(look, "Stop", {.icon = Glyph::Stop});
  ImGui::SameLine(0.0F, gap);
  button(look, "Restart", {.icon = Glyph::Restart});
  ImGui::SameLine(0.0F, look.metrics.px(22));
  speed_slider(look, "Speed", speed);
  ImGui::SameLine(0.0F, group);
  toggle(look, "Instant", instant);

  const float middle = at.y(66);
  const TextStyle idle{Face::SansBold, look.metrics.type.base, look.theme.text2};
  draw_text(list(), look, idle, at.x(989), middle, "Paused");
  at.cursor(1048, 56);
  run_label(look, RunLabel::Simulated);
  const TextStyle clock_style{Face::MonoBold, look.metrics.type.clock, look.theme.text};
  const TextStyle unit{Face::Sans, look.metrics.type.small, look.theme.text2};
  const float baseline = baseline_of(clock_style, middle);
  draw_text_on_baseline(list(), look, clock_style, at.x(1141), baseline, "3.40");
  draw_text_on_baseline(list(), look, unit, at.x(1266), baseline, "s of 5.00 s", Align::Right);
  horizontal_line(list(), at.x(0), at.x(1280), at.y(91), look.theme.splitter, look.metrics.hairline);
}

namespace {

void draw_button_rows(const Place& at) {
  const Look& look = at.look;
  at.cursor(14, 40);
  button(look, "Add a worker", {.kind = ButtonKind::Primary});
  ImGui::SameLine();
  button(look, "Run##off", {.kind = ButtonKind::Primary, .icon = Glyph::Play, .enabled = false});
  ImGui::SameLine();
  button(look, "Cancel the inner future");
  ImGui::SameLine();
  button(look, "Pause", {.icon = Glyph::Pause, .enabled = false});
  ImGui::SameLine();
  button(look, "Fit", {.small = true});
  ImGui::SameLine();
  button(look, "Step", {.icon = Glyph::Step, .compact = true});
  ImGui::SameLine();
  button(look, "Stop", {.icon = Glyph::Stop, .compact = true});
  ImGui::SameLine();
  button(look, "Restart", {.icon = Glyph::Restart, .compact = true});
  ImGui::SameLine();
  icon_button(look, "Close", Glyph::Close);

  bool on = true;
  bool off = false;
  at.cursor(14, 80);
  toggle(look, "Instant", on);
  ImGui::SameLine();
  toggle(look, "Instant##off", off);
  ImGui::SameLine();
  check_box(look, "Model the GIL", on);
  ImGui::SameLine(0.0F, look.metrics.gap16);
  check_box(look, "Motion", off);
  ImGui::SameLine(0.0F, look.metrics.gap16);
  check_box(look, "Not here", on, false);
}

void draw_choice_rows(const Place& at) {
  const Look& look = at.look;
  int mode = 0;
  int workers = 1;
  int many = 16;
  int chosen = 0;
  const std::array<Choice, 2> choices{{{"wait_forever, a long name"}, {"flags"}}};
  at.cursor(14, 120);
  segmented(look, "Mode", {{"Sequential"}, {"Threads"}, {.label = "Processes", .enabled = false}}, mode, true);
  ImGui::SameLine(0.0F, look.metrics.gap16);
  stepper(look, "Workers", workers, {.min = 1, .max = 64});
  ImGui::SameLine(0.0F, look.metrics.gap16);
  stepper(look, "Tasks", many, {.min = 1, .max = 1000, .enabled = false});
  ImGui::SameLine(0.0F, look.metrics.gap16);
  combo(look, "Experiment", choices, chosen, look.metrics.px(150));

  at.cursor(0, 160);
  panel_title(look, "Timeline", look.metrics.px(300), {.subtitle = "1 unit = 1 s, and a subtitle that is too long"});
  int tab = 0;
  at.cursor(334, 160);
  tab_row(look, "Left", {"Code", "Lesson"}, tab);
  at.cursor(520, 160);
  tab_row(look, "Language", {"Python", "C++"}, tab, {.small = true, .underlined = false});
  horizontal_line(list(), at.x(320), at.x(620), at.y(190), look.theme.hairline, look.metrics.hairline);
}

}  // namespace

void draw_widgets_sheet(const Look& look) {
  const Place at{look};
  draw_text(list(), look, strong_text(look), at.x(14), at.y(20), "Widgets");
  draw_button_rows(at);
  draw_choice_rows(at);
  double delay = 0.4;
  double speed = 0.25;
  at.cursor(14, 205);
  slider(look, "Wait", delay, {}, look.metrics.px(232));
  ImGui::SameLine(0.0F, look.metrics.gap24);
  speed_slider(look, "Speed", speed, {.ends = false, .track = look.metrics.px(96)});
  at.cursor(14, 246);
  key_hint(look, "Space", "run");
  ImGui::SameLine(0.0F, look.metrics.gap16);
  key_hint(look, "S", "step");
  ImGui::SameLine(0.0F, look.metrics.gap16);
  key_hint(look, "F1", "all keys");
  ImGui::SameLine(0.0F, look.metrics.gap16);
  run_label(look, RunLabel::Measured);
  ImGui::SameLine();
  run_label(look, RunLabel::Model);
  at.cursor(14, 280);
  paragraph(look, base_text(look),
            "loiter(4) had to wait until 1 s for a free worker. Set Workers to 4 and run again. When will it begin?",
            look.metrics.px(370), look.metrics.px(20));
  at.cursor(14, 330);
  text(look, code_text(look), "with cf.ThreadPoolExecutor(3) as ex:");
  at.cursor(14, 350);
  text(look, base_text(look), "调度算法 先来先服务 日本語 한국어 café Ünïcødé … “quotes” →");
  at.cursor(400, 280);
  button(look, "at 0 s");
  ImGui::SameLine();
  button(look, "at 1 s");
  at.cursor(400, 330);
  ImGui::SetNextItemWidth(look.metrics.px(200));
  char words[32] = "typed gy";
  ImGui::InputText("##typed", words, sizeof words);
  at.cursor(14, 380);
  ImGui::TextUnformatted("Dear ImGui's own text, on the line box: gyp");
}

void draw_widgets_in_use_sheet(const Look& look) {
  const Place at{look};
  const std::array<Choice, 4> experiments{{{"loiter"},
                                           {.label = "flags", .note = "downloads"},
                                           {"primes"},
                                           {.label = "wait_forever", .note = "nested waits"}}};
  const std::array<Choice, 3> modes{{{"Sequential"},
                                     {"Threads"},
                                     {"Processes", false,
                                      "This experiment cannot leave the process: its task "
                                      "holds a lock. See the lesson \"Two doors\"."}}};
  int experiment = 0;
  int mode = 1;
  int workers = 3;
  int tab = 0;
  double speed = 1.0;
  bool motion = true;
  at.cursor(12, 12);
  combo(look, "Experiment", experiments, experiment, look.metrics.px(124));
  ImGui::SameLine(0.0F, look.metrics.gap16);
  segmented(look, "Mode", modes, mode);
  at.cursor(200, 52);
  button(look, "Run", {.kind = ButtonKind::Primary, .icon = Glyph::Play});
  ImGui::SameLine();
  button(look, "Pause", {.icon = Glyph::Pause, .on = true});
  ImGui::SameLine();
  stepper(look, "Workers", workers, {.min = 1, .max = 64});
  at.cursor(200, 92);
  speed_slider(look, "Speed", speed, {.ends = false});
  at.cursor(200, 132);
  tab_row(look, "Left", {"Code", "Lesson"}, tab);
  ImGui::SameLine(0.0F, look.metrics.gap24);
  check_box(look, "Motion", motion);
}

namespace {

void draw_lanes(const Place& at) {
  const Look& look = at.look;
  const Colour grid = look.theme.grid;
  const TextStyle ruler{Face::Mono, look.metrics.type.tiny, look.theme.text2};
  const std::array<std::string_view, 6> ticks{"0 s", "1 s", "2 s", "3 s", "4 s", "5 s"};
  fill_box(list(), at.box(535, 44, 185, 152), look.theme.sunk);
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    const float x = at.x(202.0F + 98.2F * static_cast<float>(i));
    vertical_line(list(), x, at.y(44), at.y(196), grid, look.metrics.hairline);
    draw_text(list(), look, ruler, x, at.y(28), ticks[i], Align::Centre);
  }
  const std::array<std::string_view, 4> names{"main", "ThreadPoolExecutor-0_0", "ThreadPoolExecutor-0_1",
                                              "ThreadPoolExecutor-0_2"};
  const std::array<std::string_view, 4> letters{"M", "0", "1", "2"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const float y = 44.0F + 38.0F * static_cast<float>(i);
    horizontal_line(list(), at.x(0), at.x(720), at.y(y), look.theme.hairline, look.metrics.hairline);
    draw_lane_tag(list(), look, at.box(14, y + 11, 18, 18), i, letters[i]);
    draw_text(list(), look, small_text(look), at.x(40), at.y(y + 20), names[i]);
  }
}

void draw_bars(const Place& at) {
  const Look& look = at.look;
  const Colour waiting = look.theme.state(StateLook::Waiting).ink;
  const Colour returned = look.theme.state(StateLook::Returned).ink;
  const TextStyle reason{Face::Sans, look.metrics.type.small, waiting};
  for (int i = 0; i < 3; ++i) {
    const float x = 204.0F + 98.2F * static_cast<float>(i);
    const WaitBar bar{.box = at.box(x, 69, 94, 8)};
    draw_wait_bar(list(), look, bar);
    draw_wait_reason(list(), look, bar, i == 2 ? "waits for the result of loiter(1)" : "result of loiter(1)",
                     look.metrics.px(98));
    diamond_filled(list(), {at.x(x - 2), at.y(73)}, look.metrics.px(6), returned);
  }
  draw_wait_bar(list(), look, {.box = at.box(499, 69, 37, 8), .corners = Corners::Left});
  draw_text(list(), look, reason, at.x(546), at.y(61), "result of loiter(4)");
  draw_instant(list(), look, StateLook::Returned, {at.x(202), at.y(102)}, look.metrics.px(30));
  draw_task_bar(list(), look,
                {.box = at.box(206, 90, 288, 24), .state = StateLook::Returned, .name = "loiter(3)", .value = "30"});
  draw_task_bar(list(), look,
                {.box = at.box(203, 128, 95, 24), .state = StateLook::Returned, .name = "loiter(1)", .value = "10"});
  draw_known_future(list(), look, at.box(536, 128, 158, 24), StateLook::Running, "sleeps until 5.00 s");
  draw_task_bar(
      list(), look,
      {.box = at.box(301, 128, 235, 24), .state = StateLook::Running, .name = "loiter(4)", .corners = Corners::Left});
  selection_frame(list(), look, at.box(301, 128, 393, 24), look.metrics.bar_radius);
  float x = 203;
  for (const float width : {8.0F, 20.0F, 24.0F, 40.0F, 60.0F, 80.0F, 100.0F}) {
    draw_task_bar(
        list(), look,
        {.box = at.box(x, 166, width, 24), .state = StateLook::Raised, .name = "loiter(2)", .value = "OSError"});
    x += width + 4;
  }
  draw_playhead(list(), look,
                {.x = at.x(536),
                 .top_y = at.y(20),
                 .bottom_y = at.y(196),
                 .within_x0 = at.x(0),
                 .within_x1 = at.x(720),
                 .time = "3.40"});
}

void draw_graph(const Place& at) {
  const Look& look = at.look;
  const Colour stuck = look.theme.state(StateLook::Stuck).ink;
  arrow(list(), {at.x(20), at.y(220)}, {at.x(90), at.y(220)}, look.theme.text2, look.metrics.strong_line,
        look.metrics.arrow_head);
  arrow(list(), {at.x(20), at.y(250)}, {at.x(90), at.y(250)}, stuck, look.metrics.circle_line,
        look.metrics.arrow_head_circle);
  arrow(list(), {at.x(110), at.y(210)}, {at.x(150), at.y(255)}, look.theme.text3, look.metrics.strong_line,
        look.metrics.arrow_head);
  dashed_line(list(), {at.x(170), at.y(215)}, {at.x(300), at.y(215)}, look.theme.text3, look.metrics.hairline,
              {look.metrics.px(3), look.metrics.px(4)});
  dashed_line(list(), {at.x(170), at.y(225)}, {at.x(300), at.y(255)}, look.theme.state(StateLook::Waiting).ink,
              look.metrics.strong_line, {look.metrics.px(5), look.metrics.px(4)});
  diamond_hollow(list(), {at.x(330), at.y(220)}, look.metrics.px(5), look.theme.text, look.theme.panel,
                 look.metrics.line(1.5F));
  diamond_filled(list(), {at.x(330), at.y(245)}, look.metrics.px(6), look.theme.state(StateLook::Returned).ink);
  draw_tint_bar(list(), look, at.box(360, 208, 30, 24), StateLook::Returned);
  draw_tint_bar(list(), look, at.box(394, 208, 30, 24), StateLook::Running);
  draw_wait_bar(list(), look, {.box = at.box(430, 212, 120, 16)});
  const WaitBar stuck_bar{.box = at.box(360, 256, 160, 10), .stuck = true, .no_end = true};
  draw_wait_bar(list(), look, stuck_bar);
  draw_wait_reason(list(), look, stuck_bar, "waits for the result of zip", stuck_bar.box.width());
  draw_task_bar(
      list(), look,
      {.box = at.box(560, 238, 120, 24), .state = StateLook::Running, .name = "wait_forever", .no_end = true});
  dashed_box(list(), at.box(570, 205, 110, 26), look.theme.text3, look.metrics.bar_radius, look.metrics.hairline,
             {look.metrics.px(3), look.metrics.px(3)});
  draw_text(list(), look, quiet_text(look), at.x(582), at.y(218), "idle");
}

}  // namespace

void draw_marks_sheet(const Look& look) {
  const Place at{look};
  draw_lanes(at);
  draw_bars(at);
  draw_graph(at);
  selection_row(list(), look, at.box(14, 290, 300, 26));
  draw_state_label(list(), look, StateLook::Running, at.x(40), at.y(303), NameColour::Ink);
  draw_lane_tag(list(), look, at.box(200, 295, 16, 16), 2, "1");
  draw_lane_tag(list(), look, at.box(240, 276, 34, 34), 3, "2");
  float x = 340;
  for (const StateLook state : all_state_looks) {
    draw_state_glyph(list(), look, state, {at.x(x), at.y(290)}, look.metrics.px(12));
    draw_state_glyph(list(), look, state, {at.x(x), at.y(315)}, look.metrics.px(16));
    draw_state_glyph(list(), look, state, {at.x(x), at.y(350)}, look.metrics.px(32));
    x += 40;
  }
  float y = 335;
  for (const StateLook state : all_state_looks) {
    const auto index = static_cast<float>(static_cast<int>(state));
    const float column = index < 4.0F ? 0.0F : index == 5.0F ? -200.0F : 120.0F;
    if (index == 4.0F) y = 335;
    if (column < 0.0F) continue;
    draw_state_label(list(), look, state, at.x(14 + column), at.y(y), NameColour::Text);
    y += 21;
  }
}

}  // namespace loiter::gui::testing
