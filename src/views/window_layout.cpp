#include "views/window_layout.hpp"

#include <algorithm>

namespace loiter::views {
namespace {

constexpr float setup_height = 44.0F;
constexpr float transport_height = 48.0F;
constexpr float low_setup_height = 40.0F;  // in a window under 560 high
constexpr float low_transport_height = 44.0F;
constexpr float status_height = 28.0F;
constexpr float least_code = 270.0F;
constexpr float least_right = 250.0F;
constexpr float tabs_width = 298.0F;
constexpr float least_centre = 480.0F;
constexpr float least_transcript = 44.0F;  // its title and one line
constexpr float least_timeline = 128.0F;   // title, ruler and two lanes
constexpr float legend_height = 138.0F;
constexpr float untitled_legend_height = 96.0F;
constexpr float legend_row_height = 28.0F;
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
    case PanelName::Server:  // takes turns with the code
      return &out.code;
    case PanelName::Timeline:
      return &out.timeline;
    case PanelName::Futures:
      return &out.futures;
    case PanelName::Transcript:
      return &out.transcript;
  }
  return nullptr;
}

float transcript_height(const Rect& body, const LayoutChoices& choices) {
  return within(choices.transcript_height * body.height(), least_transcript, body.height() - least_timeline);
}

void three_columns(const Rect& body, const LayoutChoices& choices, WindowLayout& out) {
  const float width = body.width();
  const float room = width - least_centre;
  const float right = within(choices.right_width * width, least_right, room - (choices.code_hidden ? 0 : least_code));
  const float code = choices.code_hidden ? 0 : within(choices.code_width * width, least_code, room - right);
  const float right_x = body.x1 - right;
  const float bottom = choices.transcript_hidden ? body.y1 : body.y1 - transcript_height(body, choices);
  if (!choices.code_hidden) {
    out.code = {body.x0, body.y0, body.x0 + code, bottom};
    out.splitters.push_back({SplitterName::Code, {code - grab, body.y0, code + grab, bottom}, true});
  }
  const float legend_y = std::max(body.y0, body.y1 - legend_height);
  out.timeline = {body.x0 + code, body.y0, choices.futures_hidden ? body.x1 : right_x, bottom};
  if (!choices.futures_hidden) out.futures = {right_x, body.y0, body.x1, legend_y};
  out.legend = {right_x, choices.futures_hidden ? bottom : legend_y, body.x1, body.y1};
  if (choices.futures_hidden && choices.transcript_hidden) out.legend = {};
  if (!choices.futures_hidden) {
    out.splitters.push_back({SplitterName::Right, {right_x - grab, body.y0, right_x + grab, body.y1}, true});
  }
  if (!choices.transcript_hidden) {
    out.transcript = {body.x0, bottom, right_x, body.y1};
    out.splitters.push_back({SplitterName::Transcript, {body.x0, bottom - grab, right_x, bottom + grab}, false});
  }
}

void two_columns(const Rect& body, const LayoutChoices& choices, WindowLayout& out) {
  const float right_x = body.x1 - tabs_width;
  const float bottom = choices.transcript_hidden ? body.y1 : body.y1 - transcript_height(body, choices);
  const float legend_y = std::max(body.y0, body.y1 - untitled_legend_height);
  out.timeline = {body.x0, body.y0, right_x, bottom};
  out.tabs = {right_x, body.y0, body.x1, legend_y};
  out.tab_panels = {PanelName::Code, PanelName::Futures};
  out.legend = {right_x, legend_y, body.x1, body.y1};
  if (choices.transcript_hidden) return;
  out.transcript = {body.x0, bottom, right_x, body.y1};
  out.splitters.push_back({SplitterName::Transcript, {body.x0, bottom - grab, right_x, bottom + grab}, false});
}

void one_column(const Rect& body, WindowLayout& out) {
  out.legend_is_a_row = true;
  const float legend_y = body.y1 - legend_row_height;
  const float timeline_end = body.y0 + within((legend_y - body.y0) * 0.6F, least_timeline, legend_y - body.y0);
  out.timeline = {body.x0, body.y0, body.x1, timeline_end};
  out.tabs = {body.x0, timeline_end, body.x1, legend_y};
  out.tab_panels = {PanelName::Futures, PanelName::Transcript, PanelName::Code};
  out.legend = {body.x0, legend_y, body.x1, body.y1};
}

}  // namespace

WindowLayout lay_out_window(float width, float height, const LayoutChoices& choices) {
  WindowLayout out;
  const Rect body = lay_out_bars(width, height, out);
  out.columns = width >= 1180.0F ? Columns::Three : width >= 900.0F ? Columns::Two : Columns::One;
  out.setup_is_folded = width < least_setup;
  if (choices.full_screen) {
    *box_of(out, *choices.full_screen) = body;
    return out;
  }
  switch (out.columns) {
    case Columns::Three:
      three_columns(body, choices, out);
      break;
    case Columns::Two:
      two_columns(body, choices, out);
      break;
    case Columns::One:
      one_column(body, out);
      break;
  }
  return out;
}

LayoutChoices moved_splitter(LayoutChoices choices, SplitterName splitter, float by, float width, float height) {
  // From where it stands, not from where it was asked to stand: a share beyond its limits would not answer at once.
  const WindowLayout now = lay_out_window(width, height, choices);
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
  }
  return choices;
}

}  // namespace loiter::views
