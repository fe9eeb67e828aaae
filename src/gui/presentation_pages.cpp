// The pages of a lesson that are no question, on the wall: what is read, what came of a run, a task, the end.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/text.hpp"
#include "gui/glyphs.hpp"
#include "gui/paint.hpp"
#include "gui/presentation_parts.hpp"
#include "gui/prose.hpp"

namespace loiter::gui::wall {
namespace {

using lessons::Block;
using lessons::Page;

constexpr float gap_units = 24.0F;  // between pieces

ProseStyle wall_prose(const Wall& wall) {
  return {.text = wall.u(28),
          .leading = wall.u(40),
          .code = wall.u(wall_text),
          .code_line = wall.u(33),
          .heading = wall.u(44),
          .gap = wall.u(22)};
}

// --- Pieces ---

Piece words(const Presenting& p, const TextStyle& style, std::string said, float leading) {
  return {.draw = [&p, style, text = std::move(said), leading](float width) {
    paragraph(p.look(), style, text, width, p.wall.u(leading));
  }};
}

// Behind a glyph; further lines stand below its words.
Piece words_behind(const Presenting& p, Glyph glyph, std::string said) {
  return {.draw = [&p, glyph, text = std::move(said)](float width) {
    const Wall& wall = p.wall;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    draw_glyph(*ImGui::GetWindowDrawList(), glyph, {at.x + wall.u(16), at.y + wall.u(20)}, wall.u(34),
               p.look().theme.text);
    ImGui::SetCursorScreenPos({at.x + wall.u(46), at.y});
    paragraph(p.look(), wall.text(28), text, width - wall.u(46), wall.u(40));
    ImGui::SetCursorScreenPos({at.x, ImGui::GetCursorScreenPos().y});
  }};
}

bool is_listing(const Block& block, std::string_view language) {
  return block.kind == Block::Kind::Code && block.language == language;
}

// A block each; a heading keeps with what it heads, and a listing with the same in the other language.
std::vector<lessons::Blocks> parts_of(const lessons::Blocks& blocks) {
  std::vector<lessons::Blocks> parts;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const bool with_last = i > 0 && (blocks[i - 1].kind == Block::Kind::Heading ||
                                     (is_listing(blocks[i - 1], "python") && is_listing(blocks[i], "cpp")));
    if (!with_last) parts.emplace_back();
    parts.back().push_back(blocks[i]);
  }
  return parts;
}

// Links lead to panels here: what they point at is put on the wall.
void follow(Presenting& p, const std::string& link) {
  if (link == "panel:code") p.view.shown = Presented::Code;
  if (link == "panel:stage") p.view.shown = Presented::Stage;
  if (link == "panel:timeline") p.view.shown = Presented::Timeline;
  if (!link.starts_with("panel:")) p.lesson.link = link;
}

void add_prose(Presenting& p, const lessons::Blocks& prose, std::vector<Piece>& pieces) {
  SlidesView& slides = p.view.slides;
  if (slides.prose != prose) {
    slides.prose = prose;
    slides.parts = parts_of(prose);
  }
  for (const lessons::Blocks& part : slides.parts) {
    pieces.push_back({.draw = [&p, &part](float width) {
      const auto pressed = draw_prose(p.lesson.prose, part, width, wall_prose(p.wall), p.look());
      if (!pressed.link.empty()) follow(p, pressed.link);
    }});
  }
}

// Which pieces begin a part of the page, when so much fits. `ends` is where each piece ended when it was drawn last.
std::vector<std::size_t> first_pieces(const std::vector<float>& ends, const std::vector<Piece>& pieces, float room,
                                      float gap) {
  std::vector<std::size_t> firsts{0};
  if (ends.size() != pieces.size()) return firsts;  // not measured yet
  float from = 0.0F;
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    if (ends[i] - from <= room) continue;
    std::size_t first = i;
    while (first > firsts.back() + 1 && pieces[first - 1].keeps_with_next) --first;
    firsts.push_back(first);
    from = ends[first - 1] + gap;
  }
  return firsts;
}

// --- Pages ---

void draw_outcome_waits(Presenting& p, const Box& box) {
  draw_setup_line(p, {box.x0, box.y0 + p.wall.u(4), box.x1, box.y0 + p.wall.u(52)});
  const bool is_over = p.reading().has_run();
  const bool goes = p.lab.is_going() && !is_over;
  const std::string_view head = is_over ? "What did happen, and why?" : goes ? "It runs." : "Now run it.";
  const Box words{box.x0, box.y0 + p.wall.u(68), box.x1, box.y1};
  float y = draw_lines(p, p.wall.strong(52), head, words, 62) + p.wall.u(16);
  const std::string_view rest = is_over ? "R reveals it." : goes ? "3 shows it." : "Space runs it.";
  y = draw_lines(p, p.wall.quiet(28), rest, {box.x0, y, box.x1, box.y1}, 40) + p.wall.u(40);
  if (!is_over) draw_preview(p, {box.x0, y, box.x1, box.y1});
}

void draw_outcome(Presenting& p, const Box& box) {
  std::vector<Piece> pieces;
  for (const std::size_t step : p.reading().questions()) {
    const lessons::Outcome* outcome = p.reading().outcome(step);
    Piece asked = words(p, p.wall.quiet(26), p.reading().lesson().steps[step].prediction->ask, 36);
    asked.keeps_with_next = true;
    pieces.push_back(std::move(asked));
    pieces.push_back(words(p, p.wall.strong(32),
                           outcome == nullptr ? "This run has no answer to that." : fmt::format("{}.", outcome->answer),
                           42));
  }
  add_prose(p, p.reading().step()->prose, pieces);
  draw_slides(p, box, pieces);
}

void draw_task(Presenting& p, const Box& box) {
  const lessons::Try& task = *p.reading().step()->task;
  const lessons::Attempt* attempt = p.reading().attempt();
  std::vector<Piece> pieces{words(p, p.wall.quiet(28), "Something to do", 40),
                            words(p, p.wall.strong(40), task.task, 50)};
  for (std::size_t i = 0; i < task.goals.size(); ++i) {
    std::string goal = lessons::text_of(task.goals[i]);
    const bool met = attempt != nullptr && attempt->goals[i].met;
    if (attempt != nullptr) goal += fmt::format(" (it was {})", attempt->goals[i].was);
    pieces.push_back(words_behind(p,
                                  met                  ? Glyph::Check
                                  : attempt == nullptr ? Glyph::HollowCircle
                                                       : Glyph::Cross,
                                  std::move(goal)));
  }
  const bool solved = attempt != nullptr && attempt->solved;
  pieces.push_back(words(p, p.wall.quiet(28),
                         solved ? "That is it."
                                : fmt::format("You may change: {}. Esc leads to the settings, F11 back here.",
                                              join(task.may_change, ", ")),
                         40));
  draw_slides(p, box, pieces);
}

void draw_closing(Presenting& p, const Box& box) {
  const lessons::Reading& reading = p.reading();
  std::vector<Piece> pieces{words(p, p.wall.strong(52), reading.lesson().title, 62)};
  if (!reading.beliefs().empty()) {
    Piece head = words(p, p.wall.strong(28), "What some believed, and what is so", 46);
    head.keeps_with_next = true;
    pieces.push_back(std::move(head));
  }
  for (const std::string& id : reading.beliefs()) {
    const lessons::Belief* belief = lessons::find_belief(id);
    if (belief == nullptr) continue;
    Piece believed = words(p, p.wall.quiet(28), fmt::format("\"{}\"", belief->name), 40);
    believed.keeps_with_next = true;
    pieces.push_back(std::move(believed));
    pieces.push_back(words(p, p.wall.text(28), std::string(belief->answer), 40));
  }
  if (!reading.lesson().sources.empty()) {
    Piece head = words(p, p.wall.quiet(wall_text), "Sources", 34);
    head.keeps_with_next = true;
    pieces.push_back(std::move(head));
    pieces.push_back(words(p, p.wall.quiet(wall_text), join(reading.lesson().sources, "\n"), 34));
  }
  draw_slides(p, box, pieces);
}

}  // namespace

void draw_slides(Presenting& p, const Box& box, const std::vector<Piece>& pieces) {
  SlidesView& slides = p.view.slides;
  const float gap = p.wall.u(gap_units);
  const std::string shown =
      fmt::format("{} {} {} {}", p.reading().lesson().id, p.reading().number(), p.reveals(), pieces.size());
  if (slides.shown != shown) {
    slides.shown = shown;
    slides.part = 0;
    slides.ends.clear();
  }
  const auto firsts = first_pieces(slides.ends, pieces, box.height(), gap);
  const bool is_measured = slides.ends.size() == pieces.size();
  slides.count = firsts.size();
  if (slides.from_behind && is_measured) slides.part = slides.count - 1;
  if (is_measured) slides.from_behind = false;
  slides.part = std::min(slides.part, slides.count - 1);
  const std::size_t first = firsts[slides.part];
  const std::size_t behind = slides.part + 1 < firsts.size() ? firsts[slides.part + 1] : pieces.size();
  const float from = first == 0 || !is_measured ? 0.0F : slides.ends[first - 1] + gap;
  const float until = is_measured ? slides.ends[behind - 1] : box.height();
  ImGui::SetCursorScreenPos(box.min());
  ImGui::BeginChild("slides", {box.width(), box.height()}, ImGuiChildFlags_NavFlattened,
                    ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PushClipRect(box.min(), {box.x1, std::min(box.y1, box.y0 + until - from + gap * 0.5F)}, true);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{0, 0});
  slides.ends.assign(pieces.size(), 0.0F);
  float y = box.y0 - from;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    ImGui::SetCursorScreenPos({box.x0, y});
    pieces[i].draw(box.width());
    const float end = ImGui::GetCursorScreenPos().y;
    slides.ends[i] = end - box.y0 + from;
    y = end + gap;
  }
  ImGui::SetCursorScreenPos(box.min());
  ImGui::PopStyleVar();
  ImGui::PopClipRect();
  ImGui::EndChild();
  if (!is_measured) p.frame.moving = true;
}

void draw_page(Presenting& p, const Box& box) {
  p.lesson.prose.folder = p.lessons.folder();
  p.view.slides.count = 1;
  const Box slide{box.x0, box.y0 + p.wall.u(8), box.x1, box.y1};
  switch (p.reading().page().kind) {
    case Page::Kind::Prose: {
      std::vector<Piece> pieces;
      add_prose(p, p.reading().step()->prose, pieces);
      return draw_slides(p, slide, pieces);
    }
    case Page::Kind::Question:
      return draw_question_page(p, box);
    case Page::Kind::Outcome:
      return p.reveals() ? draw_outcome(p, slide) : draw_outcome_waits(p, box);
    case Page::Kind::Task:
      return draw_task(p, slide);
    case Page::Kind::Closing:
      return draw_closing(p, slide);
  }
}

}  // namespace loiter::gui::wall
