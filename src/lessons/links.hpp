// Links: where the words of a lesson may point.
//
//   [the stage](panel:stage)   [the slow call](future:slow)   [a quick one](<future:quick #1>)
//   [that lesson](lesson:chains)   [the documentation](https://docs.python.org/3/)
//
// Shape    Plain values and pure functions. What a link says by itself is checked when the lesson is read; a future needs a
//          run, and a lesson the others, so these two are checked by `loiter lesson check`.
// Errors   One sentence: what is wrong and what was meant.
// Threads  Any.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "lessons/prediction.hpp"
#include "lessons/prose.hpp"

namespace loiter::lessons {

struct Link {
  enum class Kind : std::uint8_t { Panel, Future, Lesson, Web };
  Kind kind = Kind::Web;
  std::string name;  // of a panel; a future's label; a lesson's id; the whole address of a page
  bool operator==(const Link&) const = default;
};

// What a link's target means: "panel:stage".
Result<Link> read_link(std::string_view to);

struct PlacedLink {
  std::uint32_t line = 0;
  Link link;
};
// The links of a text that lead somewhere, in order of reading.
std::vector<PlacedLink> links_of(const Blocks& prose);

// What is wrong with the links of a text, whatever run and whatever other lessons there are.
std::vector<Fault> link_faults(const Blocks& prose);

// Why a run has no future of this label; nothing if it has.
std::optional<std::string> why_no_future(const std::string& label, const trace::Run& run);

// The panels that a lesson may show and point at.
std::span<const std::string> panel_names();
bool is_panel(std::string_view name);
// "There is no panel 'stagee'. Did you mean 'stage'? Panels: ..."
std::string no_such_panel(const std::string& name);

}  // namespace loiter::lessons
