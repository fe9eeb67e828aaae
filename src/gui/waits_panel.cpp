#include "gui/waits_panel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "gui/panel.hpp"
#include "gui/press.hpp"
#include "gui/state_style.hpp"
#include "gui/text.hpp"
#include "gui/waits_paint.hpp"
#include "gui/widgets.hpp"
#include "views/futures_table.hpp"
#include "views/status_text.hpp"
#include "views/wait_edge_words.hpp"
#include "views/words.hpp"

namespace loiter::gui {
namespace {

using views::WaitNode;
using Kind = views::WaitNode::Kind;

constexpr double pulse_seconds = 4.8;
constexpr float least_graph = 172;  // the height of a circle in two rows

struct Panel {
  WaitsView& view;
  const trace::Run& run;
  Frame& frame;
  const Look& look;
  Box area;
  float pulse = 1.0F;
};

std::uint64_t key_of(const WaitNode& node) {
  const std::uint64_t kind = static_cast<std::uint64_t>(node.kind) << 32U;
  switch (node.kind) {
    case Kind::Lane:
      return kind | node.lane.value;
    case Kind::Future:
      return kind | node.future.value;
    case Kind::Pool:
      return kind | node.pool.value;
    case Kind::More:
      break;
  }
  return kind;
}

void update(Panel& p, const views::FutureTimes& times) {
  WaitsView& view = p.view;
  ++view.frames;
  if (view.run_number != p.frame.run_number || view.width != p.area.width()) view.nodes.clear();
  const bool same = view.run_number == p.frame.run_number && view.events == p.run.event_count() &&
                    view.t == p.frame.playhead && view.selected == p.frame.selection.future;
  if (!same) view.picture = views::wait_picture(p.run, times, p.frame.playhead, p.frame.selection.future);
  view.run_number = p.frame.run_number;
  view.events = p.run.event_count();
  view.t = p.frame.playhead;
  view.selected = p.frame.selection.future;
  view.width = p.area.width();
  const bool stuck = trace::stuck_at(p.run, p.frame.playhead) != nullptr;
  if (stuck && !view.was_stuck) view.stuck_since = ImGui::GetTime();
  view.was_stuck = stuck;
  const double seconds = ImGui::GetTime() - view.stuck_since;
  if (!stuck || !p.look.motion || seconds >= pulse_seconds) return;
  p.pulse = stuck_pulse(seconds);
  p.frame.moving = true;
}

Box glided(Panel& p, const WaitNode& node, const Box& box) {
  const auto [found, is_new] = p.view.nodes.try_emplace(key_of(node));
  NodeMotion& motion = found->second;
  motion.seen = p.view.frames;
  if (is_new) {
    motion.x.jump(static_cast<double>(box.x0));
    motion.y.jump(static_cast<double>(box.y0));
    return box;
  }
  if (motion.x.to != static_cast<double>(box.x0)) motion.x.go(static_cast<double>(box.x0), p.look);
  if (motion.y.to != static_cast<double>(box.y0)) motion.y.go(static_cast<double>(box.y0), p.look);
  const auto x = static_cast<float>(std::round(motion.x.value(p.look)));
  const auto y = static_cast<float>(std::round(motion.y.value(p.look)));
  p.frame.moving = p.frame.moving || motion.x.moving() || motion.y.moving();
  return Box::at(x, y, box.width(), box.height());
}

FutureId future_of(const Panel& p, const WaitNode& node) {
  if (node.kind == Kind::Future) return node.future;
  const trace::Lane* lane = node.kind == Kind::Lane ? p.run.lane(node.lane) : nullptr;
  const trace::TaskSpan* task = lane != nullptr ? trace::task_at(*lane, p.frame.playhead) : nullptr;
  return task != nullptr ? task->future : no_future;
}

void tell_node(const Panel& p, const WaitNode& node) {
  const trace::FutureRow* future = node.kind == Kind::Future ? p.run.future(node.future) : nullptr;
  if (future != nullptr) return facts_tooltip(p.look, views::future_facts(p.run, *future, p.frame.playhead));
  const trace::Lane* lane = node.kind == Kind::Lane ? p.run.lane(node.lane) : nullptr;
  const trace::WaitSpan* wait = lane != nullptr ? trace::wait_at(*lane, p.frame.playhead) : nullptr;
  if (wait != nullptr) facts_tooltip(p.look, views::wait_facts(p.run, *lane, *wait, p.frame.playhead));
}

void draw_node(Panel& p, ImDrawList& list, std::size_t index, const Box& home, const Box& box) {
  const WaitNode& node = p.view.picture.nodes[index];
  paint_wait_node(list, p.frame, node, box, p.pulse);
  if (node.kind == Kind::More) return;
  ImGui::PushID(static_cast<int>(index));
  const Press press = press_area("##node", "Waits/" + node.title, home, {});
  ImGui::PopID();
  const FutureId future = future_of(p, node);
  if (press.pressed && future != no_future) p.frame.selection.choose(future);
  if (node.kind == Kind::Future && p.frame.selection.future == node.future) {
    selection_frame(list, p.look, box, p.look.metrics.node_radius);
  }
  focus_ring(p.look, press, p.look.metrics.node_radius);
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip)) tell_node(p, node);
}

// The line under the pointer, where no node is: whatever room its words have, it tells what it is.
void tell_edge(const Panel& p, const views::WaitLayout& layout, ImVec2 origin) {
  constexpr float reach = 9.0F;
  if (!ImGui::IsWindowHovered() || ImGui::IsAnyItemHovered()) return;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const float scale = p.look.metrics.scale;
  const views::Point at{(mouse.x - origin.x) / scale, (mouse.y - origin.y) / scale};
  const auto distance = [at](const views::PlacedEdge& placed) { return views::distance_to(placed, at); };
  const auto nearest = std::ranges::min_element(layout.edges, {}, distance);
  if (nearest == layout.edges.end() || distance(*nearest) > reach) return;
  tooltip(p.look, views::edge_sentence(p.view.picture, p.view.picture.edges[nearest->edge]) + ".");
}

// Where a node belongs, and where it is on its way there.
struct NodeBoxes {
  Box home;
  Box now;
  views::Point off(const Metrics& m) const { return {(now.x0 - home.x0) / m.scale, (now.y0 - home.y0) / m.scale}; }
};

std::vector<NodeBoxes> boxes_of(Panel& p, const views::WaitLayout& layout, ImVec2 origin) {
  const Metrics& m = p.look.metrics;
  // Where it is in the panel, so that scrolling is no motion.
  const float scrolled = ImGui::GetScrollY();
  std::vector<NodeBoxes> boxes;
  for (std::size_t i = 0; i < layout.boxes.size(); ++i) {
    const views::Rect& rect = layout.boxes[i];
    NodeBoxes& node = boxes.emplace_back();
    if (rect.width() <= 0) continue;
    node.home = {origin.x + m.px(rect.x0), origin.y + m.px(rect.y0), origin.x + m.px(rect.x1),
                 origin.y + m.px(rect.y1)};
    node.now = glided(p, p.view.picture.nodes[i], node.home.moved(0.0F, scrolled)).moved(0.0F, -scrolled);
  }
  return boxes;
}

void draw_graph(Panel& p, const Box& area) {
  const Metrics& m = p.look.metrics;
  const views::WaitPicture& picture = p.view.picture;
  const auto layout = views::lay_out_waits(picture, area.width() / m.scale, area.height() / m.scale,
                                           [&](const WaitNode& node) { return wait_node_width(p.look, node); });
  ImGui::SetCursorScreenPos(area.min());
  if (ImGui::BeginChild("graph", {area.width(), area.height()}, ImGuiChildFlags_NavFlattened,
                        ImGuiWindowFlags_NoBackground)) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 origin{area.x0, std::round(area.y0 - ImGui::GetScrollY())};
    const std::vector<NodeBoxes> boxes = boxes_of(p, layout, origin);
    for (const views::PlacedEdge& placed : layout.edges) {
      const views::WaitEdge& edge = picture.edges[placed.edge];
      const auto moved = views::moved_edge(placed, boxes[edge.from].off(m), boxes[edge.to].off(m));
      paint_wait_edge(list, p.look, edge, moved, origin);
    }
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      if (boxes[i].home.width() > 0) draw_node(p, list, i, boxes[i].home, boxes[i].now);
    }
    tell_edge(p, layout, origin);
    const std::size_t left_out = picture.left_out + layout.unplaced;
    float end = layout.height;
    if (left_out > 0) {
      draw_text(list, p.look, note_text(p.look), area.x0 + m.gap16, origin.y + m.px(end) + m.px(10),
                fmt::format("+ {} more wait", left_out));
      end += 22.0F;
    }
    ImGui::SetCursorPos({0, m.px(end) - m.hairline});
    ImGui::Dummy({1, m.hairline});
  }
  ImGui::EndChild();
  std::erase_if(p.view.nodes, [&](const auto& entry) { return entry.second.seen != p.view.frames; });
}

struct VerdictLines {
  views::Verdict verdict;
  std::vector<std::string> lines;
  float height = 0.0F;
};

VerdictLines measure_verdict(const Panel& p) {
  const Metrics& m = p.look.metrics;
  VerdictLines out;
  out.verdict = views::verdict(p.run, p.frame.playhead);
  const TextStyle style{Face::Sans, m.type.small, 0};
  const float width = p.area.width() - 2 * m.margin - m.px(26);
  for (const std::string_view line : wrapped(p.look, style, out.verdict.sentence, width)) out.lines.emplace_back(line);
  out.height = m.px(30) + m.px(18) * static_cast<float>(out.lines.size());
  return out;
}

void draw_verdict(const Panel& p, const VerdictLines& words, float top) {
  const Metrics& m = p.look.metrics;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const StateLook state = words.verdict.stuck ? StateLook::Stuck : StateLook::Returned;
  const float x = p.area.x0 + m.margin;
  float y = top + m.px(12);
  draw_state_glyph(list, p.look, state, {x + m.px(7), y}, m.px(16));
  draw_text_in(list, p.look, strong_text(p.look), {x + m.px(26), y - m.px(9), p.area.x1 - m.margin, y + m.px(9)},
               words.verdict.headline);
  const TextStyle style{Face::Sans, m.type.small, words.verdict.stuck ? p.look.theme.text : p.look.theme.text2};
  for (std::size_t i = 0; i < words.lines.size(); ++i) {
    y += m.px(18);
    const bool is_last = i + 1 < words.lines.size() && y + m.px(27) > p.area.y1;
    draw_text(list, p.look, style, x + m.px(26), y, is_last ? words.lines[i] + " ..." : words.lines[i]);
    if (is_last) return;
  }
}

void draw_body(Panel& p) {
  const Metrics& m = p.look.metrics;
  const VerdictLines words = measure_verdict(p);
  // A low panel keeps the graph and says the sentence as far as there is room below it.
  const float room = p.area.height() - m.px(least_graph);
  const bool is_told = words.verdict.stuck && p.frame.deadlock_is_told && !p.view.picture.nodes.empty();
  const float for_words = is_told                        ? 0.0F
                          : p.view.picture.nodes.empty() ? words.height
                          : room < m.px(46)              ? 0.0F
                                                         : std::min(words.height, room);
  const Box graph{p.area.x0, p.area.y0, p.area.x1, p.area.y1 - for_words};
  float end = graph.y0;
  if (p.view.picture.nodes.empty()) {
    end += m.gap4;
  } else if (graph.height() > m.px(30)) {
    draw_graph(p, graph);
    end = graph.y1;
    if (!words.verdict.stuck) {
      const auto layout = views::lay_out_waits(p.view.picture, graph.width() / m.scale, graph.height() / m.scale,
                                               [&](const WaitNode& node) { return wait_node_width(p.look, node); });
      end = std::min(end, graph.y0 + m.px(layout.height) + m.gap12);
    }
  }
  if (for_words > 0) draw_verdict(p, words, end);
}

}  // namespace

bool draw_waits(WaitsView& view, const trace::Run& run, const views::FutureTimes& times, Frame& frame) {
  const Metrics& m = frame.look.metrics;
  const Box all = rest_of_window();
  ImGui::PushID("Waits");
  Panel p{.view = view, .run = run, .frame = frame, .look = frame.look, .area = all};
  p.area.y0 += m.gap8;
  bool title_pressed = false;
  update(p, times);
  if (frame.titled) {
    const std::string headline = run.lanes().empty() ? "" : views::waits_headline(run, view.picture, frame.playhead);
    title_pressed = panel_title(p.look, "Waits", all.width(), {.subtitle = headline});
    p.area.y0 = all.y0 + m.title_strip + m.gap4;
  }
  if (run.lanes().empty()) {
    draw_empty(p.look, p.area, views::press_run_text(run));
  } else {
    draw_body(p);
  }
  ImGui::PopID();
  return title_pressed;
}

bool draw_proof(const trace::Run& run, const views::FutureTimes& times, Frame& frame) {
  const Look& look = frame.look;
  const Metrics& m = look.metrics;
  const Box all = rest_of_window();
  ImGui::PushID("The proof");
  bool title_pressed = false;
  Box area = all;
  area.y0 += m.gap8;
  if (frame.titled) {
    title_pressed = panel_title(look, "The proof", all.width());
    area.y0 = all.y0 + m.title_strip;
  }
  const views::Proof proof = views::proof_of(run, times, frame.playhead);
  ImGui::SetCursorScreenPos(area.min());
  if (ImGui::BeginChild("sentences", {area.width(), area.height()}, ImGuiChildFlags_NavFlattened,
                        ImGuiWindowFlags_NoBackground)) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float left = area.x0 + m.margin;
    const float words = left + m.px(20);
    const float width = area.x1 - m.margin - words;
    float y = area.y0 + m.px(12) - ImGui::GetScrollY();
    for (std::size_t i = 0; i < proof.sentences.size(); ++i) {
      draw_text(list, look, {Face::Mono, m.type.small, look.theme.text2}, left, y, std::to_string(i + 1));
      for (const std::string_view line : wrapped(look, small_text(look), proof.sentences[i], width)) {
        draw_text(list, look, small_text(look), words, y, line);
        y += m.px(17);
      }
      y += m.px(9);
    }
    if (!proof.conclusion.empty()) {
      horizontal_line(list, left, area.x1 - m.margin, std::round(y - m.px(4)), look.theme.hairline, m.hairline);
      y += m.px(12);
      draw_state_glyph(list, look, StateLook::Stuck, {left + m.px(7), y}, m.px(15));
      draw_text(list, look, {Face::SansBold, m.type.small, look.theme.text}, words, y, proof.conclusion);
      y += m.px(12);
    }
    ImGui::SetCursorPos({0, std::max(0.0F, y + ImGui::GetScrollY() - area.y0)});
    ImGui::Dummy({1, m.hairline});
  }
  ImGui::EndChild();
  ImGui::PopID();
  return title_pressed;
}

}  // namespace loiter::gui
