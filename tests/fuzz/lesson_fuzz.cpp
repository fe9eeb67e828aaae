// Hostile lesson files. One that is refused says where and what, a line each; one that is accepted keeps to the limits, and
// its questions take any guess and any run without harm.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "lessons/links.hpp"
#include "lessons/read_lesson.hpp"

namespace {

using namespace loiter;
using namespace loiter::lessons;

void check(const Prediction& prediction) {
  LOITER_ASSERT(find_quantity(prediction.question.quantity) != nullptr, "a question is about a quantity that is known");
  for (const char* typed : {"1", "1 2", "none", "0-1", "2s", ""}) {
    const auto guess = read_guess(prediction, typed);
    if (guess) (void)mark(prediction, *guess, trace::Run());
  }
  (void)faults_of(prediction, trace::Run());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const ReadLesson read = read_lesson(text, "fuzz.md");
  const auto lines = static_cast<std::uint32_t>(std::ranges::count(text, '\n') + 1);
  LOITER_ASSERT(read.lesson.has_value() == read.mistakes.empty(), "a lesson, or what is wrong with it");
  for (const std::string& mistake : read.mistakes) {
    LOITER_ASSERT(mistake.starts_with("fuzz.md:") && mistake.size() < 4000, "a mistake names file and line");
    LOITER_ASSERT(is_utf8(mistake) && mistake.find('\n') == std::string::npos, "a mistake is one line of text");
  }
  if (!read.lesson) return 0;
  LOITER_ASSERT(read.lesson->steps.size() <= most_lesson_steps, "the limits hold");
  for (const Step& step : read.lesson->steps) {
    LOITER_ASSERT(step.line > 0, "a step has a line");
    if (step.prediction) check(*step.prediction);
    LOITER_ASSERT(link_faults(step.prose).empty(), "no link of a lesson leads nowhere");
    for (const PlacedLink& placed : links_of(step.prose)) {
      LOITER_ASSERT(placed.line >= step.line && placed.line <= lines, "a link has its line");
      (void)why_no_future(placed.link.name, trace::Run());
    }
  }
  return 0;
}
