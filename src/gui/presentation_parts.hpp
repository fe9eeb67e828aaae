// The parts of the presentation: what presentation.cpp puts on the wall. presentation.hpp is what the window sees.
//
// Shape    Presenting is one frame's worth of everything; a part draws into the box it is given.
// Units    Pixels of the display; `wall.u(units)` makes them.
// Threads  GUI thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "gui/box.hpp"
#include "gui/presentation.hpp"

namespace loiter::gui::wall {

struct Presenting {
  PresentationView& view;
  LessonView& lesson;
  const LabState& lab;
  const LessonState& lessons;
  Frame& frame;
  const Wall& wall;
  std::function<void(const Box&)> draw_timeline;
  ImDrawList* list = nullptr;
  [[nodiscard]] const Look& look() const { return wall.look; }
  [[nodiscard]] const lessons::Reading& reading() const { return lessons.reading(); }
  [[nodiscard]] bool reveals() const { return is_revealed(view, lessons); }
};

// --- Words ---

// Lines of a text in a box, from its top down; gives where they end. `leading` in units.
float draw_lines(const Presenting& p, const TextStyle& style, std::string_view words, const Box& box, float leading);
[[nodiscard]] float lines_height(const Presenting& p, const TextStyle& style, std::string_view words, float width,
                                 float leading);
// "slow_first_map" and "3 threads, simulated"; with the parameters that were chosen.
[[nodiscard]] std::string program_words(const LabState& lab);
[[nodiscard]] std::string machine_words(const LabState& lab);
// The line at the top of a page: what will run, and on what.
void draw_setup_line(const Presenting& p, const Box& box);

// --- Pages (presentation_pages.cpp) ---

void draw_page(Presenting& p, const Box& box);
// Pieces of a page from top to bottom, each drawn at the cursor as an item; as many as fit at a time.
struct Piece {
  std::function<void(float width)> draw;
  bool keeps_with_next = false;
};
void draw_slides(Presenting& p, const Box& box, const std::vector<Piece>& pieces);

// --- A question (presentation_question.cpp, presentation_cards.cpp) ---

void draw_question_page(Presenting& p, const Box& box);
// As many as there are options, each beside its hands. Gives where they end.
struct CardsPlan {
  std::size_t columns = 1;
  float height = 0.0F;
};
[[nodiscard]] CardsPlan plan_cards(const Presenting& p, float width, std::size_t columns);
void draw_cards(Presenting& p, const Box& box, const CardsPlan& plan);

// --- What is known of a run before it goes (presentation_preview.cpp) ---

[[nodiscard]] float preview_height(const Presenting& p);
void draw_preview(const Presenting& p, const Box& box);

// --- Keys (presentation_keys.cpp) ---

struct Hint {
  std::string key;
  std::string what;
};
[[nodiscard]] std::vector<Hint> hints_of(const Presenting& p);
void draw_key_list(const Presenting& p);

}  // namespace loiter::gui::wall
