// Text: the one way the lab writes words on the screen.
//
// A text is placed by the height its capital letters are centred on, because that is what the eye lines up with
// glyphs, bars and buttons. Every position is rounded to a whole pixel.
//
// Shape    A Style says face, size and colour. Measure, fit, draw; text() and paragraph() also take room in the
//          ImGui layout.
// Units    Pixels; sizes are ems (see fonts.hpp), usually one of look.metrics.type.
// Errors   None: a text that does not fit is cut with an ellipsis, and one without any room is left out.
#pragma once

#include "gui/box.hpp"
#include "gui/look.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace loiter::gui {

struct TextStyle {
  Face face = Face::Sans;
  float size = 13.0F;
  Colour colour = 0;
};

// The styles panels use all the time.
[[nodiscard]] TextStyle base_text(const Look& look);    // 13, text
[[nodiscard]] TextStyle strong_text(const Look& look);  // 13 SemiBold, text
[[nodiscard]] TextStyle quiet_text(const Look& look);   // 13, text2
[[nodiscard]] TextStyle small_text(const Look& look);   // 12, text
[[nodiscard]] TextStyle note_text(const Look& look);    // 12, text2
[[nodiscard]] TextStyle code_text(const Look& look);    // 12 mono, text

enum class Align { Left, Centre, Right };

[[nodiscard]] float text_width(const Look& look, const TextStyle& style, std::string_view text);
// Room for words that become strong when they are chosen, so that nothing beside them moves: as wide as in the regular
// face, if the strong one then takes no more than two units from the padding on each side.
[[nodiscard]] float steady_width(const Look& look, float size, std::string_view text);
// The text itself if it fits into `width`, else its beginning and an ellipsis; empty when not even that fits.
[[nodiscard]] std::string fitted(const Look& look, const TextStyle& style, std::string_view text, float width);
// The same of a sentence: it ends behind a whole word.
[[nodiscard]] std::string fitted_words(const Look& look, const TextStyle& style, std::string_view text, float width);

// `x` is the left edge, the middle or the right edge, as `align` says. Returns the x right after the text.
float draw_text(ImDrawList& list, const Look& look, const TextStyle& style, float x, float centre_y,
                std::string_view text, Align align = Align::Left);
// On a common baseline with other sizes: small units beside a large clock.
float draw_text_on_baseline(ImDrawList& list, const Look& look, const TextStyle& style, float x, float baseline_y,
                            std::string_view text, Align align = Align::Left);
// The baseline draw_text would use.
[[nodiscard]] float baseline_of(const TextStyle& style, float centre_y);
// Inside a box, cut to its width. Returns false when something had to be cut.
bool draw_text_in(ImDrawList& list, const Look& look, const TextStyle& style, const Box& box, std::string_view text,
                  Align align = Align::Left);

// A sentence in several styles on one line: "main waits for " + bold "loiter(4)".
struct TextRun {
  TextStyle style;
  std::string_view text;
};
float draw_runs(ImDrawList& list, const Look& look, float x, float centre_y, std::initializer_list<TextRun> runs);

// The lines a text breaks into at `width`; explicit line breaks are kept.
[[nodiscard]] std::vector<std::string_view> wrapped(const Look& look, const TextStyle& style, std::string_view text,
                                                    float width);

// At the ImGui cursor, as an item: one line of text; a paragraph of lines `leading` apart (0: 1.5 times the size).
void text(const Look& look, const TextStyle& style, std::string_view words);
void paragraph(const Look& look, const TextStyle& style, std::string_view words, float width, float leading = 0.0F);

}  // namespace loiter::gui
