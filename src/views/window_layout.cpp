#include "views/window_layout.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace loiter::views {
namespace {

constexpr float setup_height = 44.0F;
constexpr float transport_height = 48.0F;
constexpr float low_setup_height = 40.0F;  // in a window under 560 high
constexpr float low_transport_height = 44.0F;
constexpr float status_height = 28.0F;
constexpr float least_code = 270.0F;
constexpr float least_lesson = 440.0F;  // some seventy letters of prose, and 58 of code
constexpr float least_right = 250.0F;
constexpr float tabs_width = 298.0F;
constexpr float lesson_tabs_width = 440.0F;
constexpr float least_centre = 480.0F;
constexpr float least_transcript = 44.0F;  // its title and one line
constexpr float least_timeline = 128.0F;   // title, ruler and two lanes
constexpr float folded_stage_height = 34.0F;
constexpr float least_open_stage = 126.0F;
constexpr float usual_open_stage = 158.0F;
constexpr float least_order = 122.0F;  // title, headings and three rows
constexpr float usual_order_share = 0.33F;
constexpr float timeline_head = 52.0F;  // title and ruler
constexpr float lane_height = 38.0F;
constexpr float order_head = 58.0F;  // title and headings
constexpr float order_line = 24.0F;
constexpr float least_stuck_waits = 150.0F;
constexpr float stuck_order_from = 640.0F;  // height of the centre in which there is room for an order too
constexpr float least_futures = 104.0F;     // title, headings and two rows
constexpr float least_waits = 180.0F;
constexpr float legend_height = 138.0F;
constexpr float untitled_legend_height = 96.0F;
constexpr float legend_row_height = 28.0F;
constexpr float least_tabs = 96.0F;      // in one column: the tabs, and a few lines below them
constexpr float least_reading = 460.0F;  // in one column: a lesson below the timeline
constexpr float least_reading_beside_legend = 560.0F;
constexpr float least_setup = 1012.0F;  // all its controls, and the window's two buttons
constexpr float grab = 4.0F;            // how far from its line a splitter can be grabbed

float within(float value, float least, float most) { return std::clamp(value, least, std::max(least, most)); }

// The bars at top and bottom, and what is left between them.
Rect lay_out_bars(float width, float height, WindowLayout& out) {
  const bool low = height < 560.0F;
  const float setup_end = low ? low_setup_height : setup_height;
  const float transport_end = setup_end + (low ? low_transport_height : transport_height);
  const float status_begin = std::max(transport_end, height - status_height);
  out.setup = {0, 0, width, setup_end};
  out.transport = {0, setup_end, width, transport_end};
  out.status = {0, status_begin, width, height};
  return {0, transport_end, width, status_begin};
}

Rect* box_of(WindowLayout& out, PanelName panel) {
  switch (panel) {
    case PanelName::Code:
    case PanelName::Server:  // these take turns with the code
    case PanelName::Machine:
    case PanelName::Lesson:
      return &out.code;
    case PanelName::Timeline:
      return &out.timeline;
    case PanelName::Futures:
      return &out.futures;
    case PanelName::Transcript:
      return &out.transcript;
    case PanelName::Stage:
      return &out.stage;
    case PanelName::Order:
      return &out.order;
    case PanelName::Waits:
      return &out.waits;
    case PanelName::Proof:
      return &out.proof;
  }
  return nullptr;
}

void add_splitter_below(const Rect& box, SplitterName name, WindowLayout& out) {
  out.splitters.push_back({name, {box.x0, box.y1 - grab, box.x1, box.y1 + grab}, false});
}

// The upper region of the centre, if there is one.
float top_height(float height, const LayoutChoices& choices, const LayoutWishes& wishes, bool& folded) {
  if (wishes.timeline_alone && !wishes.stuck) return 0.0F;
  if (wishes.stuck) {
    if (choices.waits_hidden || height < least_stuck_waits + least_timeline) return 0.0F;
    return within(choices.stuck_height * height, least_stuck_waits, height - least_timeline);
  }
  if (choices.stage_hidden || height < folded_stage_height + least_timeline) return 0.0F;
  const float wanted = choices.stage_height * height;
  folded = wanted < least_open_stage || height < least_open_stage + least_timeline;
  return folded ? folded_stage_height : std::min(wanted, height - least_timeline);
}

// What the lanes of the timeline do not need, as far as the lines of the order can use it.
float wanted_order(float height, float room, const LayoutChoices& choices, const LayoutWishes& wishes) {
  if (choices.order_height > 0) return choices.order_height * height;
  const float lanes = timeline_head + lane_height * static_cast<float>(wishes.lanes);
  const float lines = order_head + order_line * static_cast<float>(wishes.futures);
  return std::max(usual_order_share * height, std::min(room - lanes, lines));
}

// Stage or waits, timeline, order.
void lay_out_centre(const Rect& box, const LayoutChoices& choices, const LayoutWishes& wishes, WindowLayout& out) {
  const float top = top_height(box.height(), choices, wishes, out.stage_is_folded);
  const Rect top_box{box.x0, box.y0, box.x1, box.y0 + top};
  (wishes.stuck ? out.waits : out.stage) = top > 0 ? top_box : Rect{};
  if (top > 0 && !out.stage_is_folded) add_splitter_below(top_box, SplitterName::Stage, out);
  out.timeline = {box.x0, box.y0 + top, box.x1, box.y1};
  const bool has_order = !wishes.timeline_alone && !choices.order_hidden;
  if (!has_order || (wishes.stuck && box.height() < stuck_order_from)) return;
  out.order_is_a_tab = out.timeline.height() < least_timeline + least_order;
  if (out.order_is_a_tab) return;
  const float order = within(wanted_order(box.height(), out.timeline.height(), choices, wishes), least_order,
                             out.timeline.height() - least_timeline);
  out.timeline.y1 = box.y1 - order;
  out.order = {box.x0, out.timeline.y1, box.x1, box.y1};
  add_splitter_below(out.timeline, SplitterName::Order, out);
}

// Futures, and below them waits or the proof.
void lay_out_right(const Rect& box, const LayoutChoices& choices, const LayoutWishes& wishes, WindowLayout& out) {
  Rect& lower = wishes.stuck ? out.proof : out.waits;
  const bool has_lower = !choices.waits_hidden && (wishes.stuck || !wishes.timeline_alone);
  if (choices.futures_hidden) {
    if (has_lower) lower = box;
    return;
  }
  out.futures = box;
  if (!has_lower || box.height() < least_futures + least_waits) return;
  const float lines = 62.0F + 26.0F * static_cast<float>(wishes.futures);  // with the free space below them
  const float left_over = within(box.height() - lines, box.height() * 0.52F, box.height() * 0.64F);
  const float wanted = choices.waits_height > 0 ? choices.waits_height * box.height() : left_over;
  out.futures.y1 = std::round(box.y1 - within(wanted, least_waits, box.height() - least_futures));
  lower = {box.x0, out.futures.y1, box.x1, box.y1};
  add_splitter_below(out.futures, SplitterName::Waits, out);
}

// Without panels that are hidden or have no place of their own.
std::vector<PanelName> shown_tabs(std::vector<PanelName> panels, LayoutChoices choices, const LayoutWishes& wishes) {
  std::erase_if(panels, [&](PanelName panel) {
    const bool* hidden = hidden_choice(choices, panel);
    if (hidden != nullptr && *hidden && panel != PanelName::Code && panel != PanelName::Transcript) return true;
    if (panel == PanelName::Waits) return wishes.timeline_alone && !wishes.stuck;
    return wishes.timeline_alone && (panel == PanelName::Stage || panel == PanelName::Order);
  });
  return panels;
}

float transcript_height(const Rect& body, const LayoutChoices& choices) {
  return within(choices.transcript_height * body.height(), least_transcript, body.height() - least_timeline);
}

void three_columns(const Rect& body, const LayoutChoices& choices, const LayoutWishes& wishes, WindowLayout& out) {
  const float width = body.width();
  const float room = width - least_centre;
  const float least_left = wishes.lesson ? least_lesson : least_code;
  const float right = within(choices.right_width * width, least_right, room - (choices.code_hidden ? 0 : least_left));
  const float code = choices.code_hidden ? 0 : within(choices.code_width * width, least_left, room - right);
  const float right_x = body.x1 - right;
  const float bottom = choices.transcript_hidden ? body.y1 : body.y1 - transcript_height(body, choices);
  if (!choices.code_hidden) {
    out.code = {body.x0, body.y0, body.x0 + code, wishes.lesson ? body.y1 : bottom};
    out.splitters.push_back({SplitterName::Code, {code - grab, body.y0, code + grab, out.code.y1}, true});
  }
  const bool has_waits = !choices.waits_hidden && (wishes.stuck || !wishes.timeline_alone);
  const bool right_hidden = choices.futures_hidden && !has_waits;
  const float legend_y = std::max(body.y0, body.y1 - legend_height);
  lay_out_centre({body.x0 + code, body.y0, right_hidden ? body.x1 : right_x, bottom}, choices, wishes, out);
  if (!right_hidden) lay_out_right({right_x, body.y0, body.x1, legend_y}, choices, wishes, out);
  out.legend = {right_x, right_hidden ? bottom : legend_y, body.x1, body.y1};
  if (right_hidden && choices.transcript_hidden) out.legend = {};
  if (!right_hidden) {
    out.splitters.push_back({SplitterName::Right, {right_x - grab, body.y0, right_x + grab, body.y1}, true});
  }
  if (!choices.transcript_hidden) {
    out.transcript = {wishes.lesson ? out.code.x1 : body.x0, bottom, right_x, body.y1};
    out.splitters.push_back(
        {SplitterName::Transcript, {out.transcript.x0, bottom - grab, right_x, bottom + grab}, false});
  }
}

void two_columns(const Rect& body, const LayoutChoices& choices, const LayoutWishes& wishes, WindowLayout& out) {
  const float right_x = body.x1 - (wishes.lesson ? lesson_tabs_width : tabs_width);
  const float bottom = choices.transcript_hidden ? body.y1 : body.y1 - transcript_height(body, choices);
  // A lesson needs the room more than the legend does.
  const bool has_legend = !wishes.lesson || body.height() >= least_reading_beside_legend;
  const float legend_y = has_legend ? std::max(body.y0, body.y1 - untitled_legend_height) : body.y1;
  lay_out_centre({body.x0, body.y0, right_x, bottom}, choices, wishes, out);
  out.tabs = {right_x, body.y0, body.x1, legend_y};
  const PanelName last = wishes.stuck ? PanelName::Proof : PanelName::Waits;
  out.tab_panels = shown_tabs({PanelName::Code, PanelName::Futures, last}, choices, wishes);
  out.legend = {right_x, legend_y, body.x1, body.y1};
  if (choices.transcript_hidden) return;
  out.transcript = {body.x0, bottom, right_x, body.y1};
  out.splitters.push_back({SplitterName::Transcript, {body.x0, bottom - grab, right_x, bottom + grab}, false});
}

// One column. What is too low for all of it does without the legend first; then the timeline is one of the tabs.
void one_column(const Rect& body, const LayoutChoices& choices, const LayoutWishes& wishes, WindowLayout& out) {
  // A lesson wants to be read: in a low window the timeline takes turns with it.
  const bool is_reading = wishes.lesson && body.height() < least_reading;
  const bool has_legend = body.height() >= least_timeline + least_tabs + legend_row_height && !is_reading;
  const bool has_both = body.height() >= least_timeline + least_tabs && !is_reading;
  out.legend_is_a_row = has_legend;
  const float tabs_end = body.y1 - (has_legend ? legend_row_height : 0.0F);
  const float share = (tabs_end - body.y0) * 0.6F;
  const float timeline_end = has_both ? body.y0 + within(share, least_timeline, tabs_end - body.y0) : body.y0;
  if (has_both) out.timeline = {body.x0, body.y0, body.x1, timeline_end};
  out.tabs = {body.x0, timeline_end, body.x1, tabs_end};
  out.tab_panels = {PanelName::Futures, PanelName::Order,      PanelName::Stage,
                    PanelName::Waits,   PanelName::Transcript, PanelName::Code};
  if (wishes.stuck) out.tab_panels.insert(out.tab_panels.begin() + 4, PanelName::Proof);
  if (!has_both) out.tab_panels.insert(out.tab_panels.begin(), PanelName::Timeline);
  if (!has_both && wishes.stuck) {
    // One region only: what matters now comes first.
    out.tab_panels = {PanelName::Waits,   PanelName::Proof,      PanelName::Timeline, PanelName::Code,
                      PanelName::Futures, PanelName::Transcript, PanelName::Order,    PanelName::Stage};
  }
  out.tab_panels = shown_tabs(std::move(out.tab_panels), choices, wishes);
  if (has_legend) out.legend = {body.x0, tabs_end, body.x1, body.y1};
}

// Of the regions of the centre, together.
float centre_height(const WindowLayout& now) {
  return now.stage.height() + (now.waits.x0 == now.timeline.x0 ? now.waits.height() : 0.0F) + now.timeline.height() +
         now.order.height();
}

}  // namespace

std::optional<PanelName> panel_named(std::string_view name) {
  constexpr std::array<std::string_view, panel_count> names{
      "code", "timeline", "futures", "transcript", "server", "stage", "order", "waits", "proof", "machine", "lesson"};
  const auto* const known = std::ranges::find(names, name);
  if (known == names.end()) return std::nullopt;
  return static_cast<PanelName>(known - names.begin());
}

bool* hidden_choice(LayoutChoices& choices, PanelName panel) {
  switch (panel) {
    case PanelName::Code:
      return &choices.code_hidden;
    case PanelName::Futures:
      return &choices.futures_hidden;
    case PanelName::Transcript:
      return &choices.transcript_hidden;
    case PanelName::Stage:
      return &choices.stage_hidden;
    case PanelName::Order:
      return &choices.order_hidden;
    case PanelName::Waits:
    case PanelName::Proof:
      return &choices.waits_hidden;
    case PanelName::Timeline:
    case PanelName::Server:
    case PanelName::Machine:
    case PanelName::Lesson:
      break;
  }
  return nullptr;
}

WindowLayout lay_out_window(float width, float height, const LayoutChoices& choices, const LayoutWishes& wishes) {
  WindowLayout out;
  Rect body = lay_out_bars(width, height, out);
  if (wishes.banner > 0) {
    out.banner = {0, body.y0, width, std::min(body.y0 + wishes.banner, body.y1)};
    body.y0 = out.banner.y1;
  }
  out.columns = width >= 1180.0F ? Columns::Three : width >= 900.0F ? Columns::Two : Columns::One;
  out.setup_is_folded = width < least_setup;
  if (choices.full_screen) {
    *box_of(out, *choices.full_screen) = body;
    return out;
  }
  switch (out.columns) {
    case Columns::Three:
      three_columns(body, choices, wishes, out);
      break;
    case Columns::Two:
      two_columns(body, choices, wishes, out);
      break;
    case Columns::One:
      one_column(body, choices, wishes, out);
      break;
  }
  return out;
}

LayoutChoices moved_splitter(LayoutChoices choices, SplitterName splitter, float by, float width, float height,
                             const LayoutWishes& wishes) {
  // From where it stands, not from where it was asked to stand: a share beyond its limits would not answer at once.
  const WindowLayout now = lay_out_window(width, height, choices, wishes);
  switch (splitter) {
    case SplitterName::Code:
      choices.code_width = (now.code.width() + by) / width;
      break;
    case SplitterName::Right:
      choices.right_width = (width - now.timeline.x1 - by) / width;
      break;
    case SplitterName::Transcript:
      choices.transcript_height = (now.transcript.height() - by) / (now.status.y0 - now.transport.y1);
      break;
    case SplitterName::Stage: {
      const float share = (now.timeline.y0 - now.transport.y1 + by) / centre_height(now);
      (wishes.stuck ? choices.stuck_height : choices.stage_height) = share;
      break;
    }
    case SplitterName::Order:
      choices.order_height = (now.order.height() - by) / centre_height(now);
      break;
    case SplitterName::Waits: {
      const float lower = (wishes.stuck ? now.proof : now.waits).height();
      choices.waits_height = (lower - by) / (now.futures.height() + lower);
      break;
    }
  }
  return choices;
}

LayoutChoices folded_stage(LayoutChoices choices, float width, float height, const LayoutWishes& wishes) {
  const WindowLayout now = lay_out_window(width, height, choices, wishes);
  const float wanted = now.stage_is_folded ? usual_open_stage : folded_stage_height;
  choices.stage_height = wanted / std::max(1.0F, centre_height(now));
  return choices;
}

}  // namespace loiter::views
