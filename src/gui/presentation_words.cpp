// Words on the wall: lines that break, and what says which program runs on what.
#include <fmt/format.h>

#include <algorithm>

#include "gui/presentation_parts.hpp"
#include "gui/top_bar.hpp"

namespace loiter::gui::wall {

float draw_lines(const Presenting& p, const TextStyle& style, std::string_view words, const Box& box, float leading) {
  const float step = p.wall.u(leading);
  float y = box.y0;
  for (const std::string_view line : wrapped(p.look(), style, words, box.width())) {
    draw_text(*p.list, p.look(), style, box.x0, y + step * 0.5F, line);
    y += step;
  }
  return y;
}

float lines_height(const Presenting& p, const TextStyle& style, std::string_view words, float width, float leading) {
  return p.wall.u(leading) * static_cast<float>(wrapped(p.look(), style, words, width).size());
}

std::string program_words(const LabState& lab) {
  std::string words = lab.subject();
  // What a lesson brings along has the name of its file, which says nothing here.
  if (lab.choices().scenario) return words.ends_with(".md") ? "the lesson's program" : words;
  for (const engine::Parameter& parameter : lab.experiment().parameters) {
    const std::string value = lab.parameter(parameter.name);
    if (value != parameter.usual) words += fmt::format(" {}={}", parameter.name, value);
  }
  return words;
}

std::string machine_words(const LabState& lab) {
  const std::string sentence = setup_sentence(lab);
  // A scenario says itself how its results are asked for.
  const std::size_t subject = std::min(sentence.find(", "), sentence.size() - 2);
  const std::string rest = sentence.substr(subject + 2);
  std::string words = rest;
  if (const auto collect = rest.find(", "); lab.choices().scenario && collect != std::string::npos)
    words = rest.substr(0, collect) + rest.substr(rest.rfind(", "));
  if (lab.gil() != engine::GilKind::None) words += ", GIL";
  return words;
}

void draw_setup_line(const Presenting& p, const Box& box) {
  const std::string machine = machine_words(p.lab);
  const float room = text_width(p.look(), p.wall.quiet(wall_text), machine) + p.wall.u(28);
  draw_text(*p.list, p.look(), p.wall.quiet(wall_text), box.x1, box.centre_y(), machine, Align::Right);
  // Parameters that have no room are left out whole.
  std::string program = program_words(p.lab);
  while (text_width(p.look(), p.wall.code(26), program) > box.width() - room && program.rfind(' ') != std::string::npos)
    program.resize(program.rfind(' '));
  draw_text(*p.list, p.look(), p.wall.code(26), box.x0, box.centre_y(), program);
}

}  // namespace loiter::gui::wall
