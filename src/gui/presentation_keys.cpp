#include "gui/presentation_keys.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "gui/paint.hpp"
#include "gui/presentation_parts.hpp"
#include "gui/press.hpp"
#include "gui/shortcuts.hpp"
#include "gui/workbench.hpp"

namespace loiter::gui {
namespace {

using lessons::Page;
using lessons::Prediction;

bool pressed(ImGuiKey key, bool repeat = false) { return ImGui::IsKeyPressed(key, repeat); }

struct KeyOf {
  ImGuiKey key;
  PresentationKey means;
};
constexpr std::array paging_keys{KeyOf{ImGuiKey_PageDown, PresentationKey::Next},
                                 KeyOf{ImGuiKey_PageUp, PresentationKey::Back}};
constexpr std::array other_keys{
    KeyOf{ImGuiKey_Enter, PresentationKey::Next},       KeyOf{ImGuiKey_KeypadEnter, PresentationKey::Next},
    KeyOf{ImGuiKey_Backspace, PresentationKey::Back},   KeyOf{ImGuiKey_S, PresentationKey::Step},
    KeyOf{ImGuiKey_R, PresentationKey::Reveal},         KeyOf{ImGuiKey_N, PresentationKey::Notes},
    KeyOf{ImGuiKey_1, PresentationKey::Code},           KeyOf{ImGuiKey_2, PresentationKey::Stage},
    KeyOf{ImGuiKey_3, PresentationKey::Timeline},       KeyOf{ImGuiKey_4, PresentationKey::Page},
    KeyOf{ImGuiKey_Keypad1, PresentationKey::Code},     KeyOf{ImGuiKey_Keypad2, PresentationKey::Stage},
    KeyOf{ImGuiKey_Keypad3, PresentationKey::Timeline}, KeyOf{ImGuiKey_Keypad4, PresentationKey::Page}};

template <std::size_t n>
std::optional<PresentationKey> pressed_of(const std::array<KeyOf, n>& keys) {
  for (const KeyOf& each : keys) {
    if (pressed(each.key, each.means == PresentationKey::Step)) return each.means;
  }
  return std::nullopt;
}

const Prediction* question_of(const LessonState& lessons) {
  if (!lessons.is_open() || lessons.reading().page().kind != Page::Kind::Question) return nullptr;
  return &*lessons.reading().step()->prediction;
}

bool has_options(const Prediction* question) {
  return question != nullptr &&
         (question->kind == Prediction::Kind::Choose || question->kind == Prediction::Kind::ChooseSeveral);
}

// --- What keys do ---

// Only a page that has a lab can run it; on the others the same key turns the page, as it does in every presentation.
void run(WorkbenchView& view, LabState& lab, LessonState& lessons) {
  PresentationView& show = view.presentation;
  if (!lessons.is_open()) return lab.run_or_pause();
  if (!lessons.reading().page().lab) return act_on(PresentationKey::Next, view, lab, lessons);
  if (lab.is_going()) {
    lab.run_or_pause();
  } else {
    lessons.run();
  }
  if (show.shown == Presented::Page) show.shown = Presented::Timeline;
}

void turn(PresentationView& show, LessonState& lessons, bool forwards) {
  if (!lessons.is_open()) return;
  drop_keyboard_ring();
  show.hands = {};
  SlidesView& slides = show.slides;
  const bool in_parts = show.open && show.shown == Presented::Page && slides.count > 1;
  show.shown = Presented::Page;
  if (forwards && in_parts && slides.part + 1 < slides.count) {
    ++slides.part;
  } else if (!forwards && in_parts && slides.part > 0) {
    --slides.part;
  } else if (forwards && !lessons.reading().is_last()) {
    lessons.next();
  } else if (!forwards && !lessons.reading().is_first()) {
    lessons.back();
    slides.from_behind = true;
  }
}

void reveal(PresentationView& show, const LessonState& lessons) {
  if (!lessons.is_open() || !lessons.reading().has_run()) return;
  const Page::Kind kind = lessons.reading().page().kind;
  if (kind != Page::Kind::Question && kind != Page::Kind::Outcome) return;
  const std::size_t page = lessons.reading().number();
  if (show.revealed.erase(page) == 0) show.revealed.insert(page);
}

// --- A show of hands ---

constexpr std::array hands_keys{ImGuiKey_Tab,   ImGuiKey_UpArrow,     ImGuiKey_DownArrow, ImGuiKey_Escape,
                                ImGuiKey_Enter, ImGuiKey_KeypadEnter, ImGuiKey_Space};

void claim_hands_keys(ImGuiID owner) {
  for (const ImGuiKey key : hands_keys) ImGui::SetKeyOwner(key, owner);
}

void begin_hands(PresentationView& show, const LessonState& lessons) {
  const auto& known = lessons.reading().hands(lessons.reading().page().step);
  show.hands = {.open = true, .option = 0, .typed = {}};
  show.hands.typed.resize(question_of(lessons)->options.size());
  for (std::size_t i = 0; i < std::min(known.size(), show.hands.typed.size()); ++i)
    show.hands.typed[i] = std::to_string(known[i]);
}

// Digits for one option after the other.
void type_hands(PresentationView& show, LessonState& lessons) {
  constexpr std::size_t most_digits = 3;
  const ImGuiID owner = lab_key_owner();
  HandsEntry& hands = show.hands;
  const std::vector<std::string> before = hands.typed;
  std::string& typed = hands.typed[hands.option];
  const auto is_pressed = [&](ImGuiKey key) { return ImGui::IsKeyPressed(key, ImGuiInputFlags_Repeat, owner); };
  for (int digit = 0; digit < 10; ++digit) {
    const bool now =
        pressed(static_cast<ImGuiKey>(ImGuiKey_0 + digit)) || pressed(static_cast<ImGuiKey>(ImGuiKey_Keypad0 + digit));
    if (now && typed.size() < most_digits) typed += static_cast<char>('0' + digit);
  }
  if (pressed(ImGuiKey_Backspace, true) && !typed.empty()) typed.pop_back();
  const bool back = is_pressed(ImGuiKey_UpArrow) || (is_pressed(ImGuiKey_Tab) && ImGui::GetIO().KeyShift);
  const bool next = is_pressed(ImGuiKey_DownArrow) || (is_pressed(ImGuiKey_Tab) && !ImGui::GetIO().KeyShift);
  const bool enter = is_pressed(ImGuiKey_Enter) || is_pressed(ImGuiKey_KeypadEnter);
  const std::size_t count = hands.typed.size();
  if (hands.typed != before) {
    std::vector<std::uint32_t> counts;
    for (const std::string& each : hands.typed)
      counts.push_back(static_cast<std::uint32_t>(parse_integer(each).value_or(0)));
    lessons.set_hands(std::move(counts));
  }
  const bool done = (enter && hands.option + 1 == count) || is_pressed(ImGuiKey_Escape) || pressed(ImGuiKey_H);
  if (back) hands.option = (hands.option + count - 1) % count;
  if (next || (enter && !done)) hands.option = (hands.option + 1) % count;
  if (done) hands = {};
  claim_hands_keys(owner);
}

// --- A question ---

// Its letters answer it. True: the key was the question's.
bool answer(PresentationView& show, LessonState& lessons) {
  const Prediction* question = question_of(lessons);
  if (question == nullptr || show.shown != Presented::Page) return false;
  if (has_options(question) && pressed(ImGuiKey_H)) {
    begin_hands(show, lessons);
    claim_hands_keys(lab_key_owner());
    return true;
  }
  if (lessons.reading().has_run()) return false;
  if (!has_options(question)) {
    if (question->kind != Prediction::Kind::Number || !pressed(ImGuiKey_A)) return false;
    show.begins_answer = true;
    return true;
  }
  for (std::size_t i = 0; i < std::min<std::size_t>(question->options.size(), 26); ++i) {
    if (!pressed(static_cast<ImGuiKey>(ImGuiKey_A + static_cast<int>(i)))) continue;
    if (auto guess = toggled_option(lessons.reading(), lessons.reading().page().step, i + 1))
      lessons.guess(std::move(*guess));
    return true;
  }
  return false;
}

void act_on_page_arrows(WorkbenchView& view, LabState& lab, LessonState& lessons, ImGuiID owner) {
  if (pressed_for_lab(ImGuiKey_RightArrow, owner)) act_on(PresentationKey::Next, view, lab, lessons);
  if (pressed_for_lab(ImGuiKey_LeftArrow, owner)) act_on(PresentationKey::Back, view, lab, lessons);
}

void act_on_panel_keys(WorkbenchView& view, LabState& lab, const LessonState& lessons, Frame& frame, ImGuiID owner) {
  act_on_timeline_keys(view, lab, frame, owner);
  if (view.presentation.shown == Presented::Code && pressed(ImGuiKey_P) && !view.code.cpp.lines.empty())
    view.code.shown = view.code.shown == 1 ? 0 : 1;
  if (pressed(ImGuiKey_X)) lab.stop();
  if (pressed(ImGuiKey_I)) lab.set_instant(!lab.is_instant());
  if (lessons.is_open()) return;
  if (pressed(ImGuiKey_C)) lab.compare();
  if (pressed(ImGuiKey_V)) lab.draw_chart();
}

void switch_theme(PresentationView& show) {
  show.theme = show.theme == ThemeChoice::Dark ? ThemeChoice::Light : ThemeChoice::Dark;
}

// While a card or a bar has the keyboard: Enter and arrows are its own, Esc lets it go, the other keys are the wall's.
void act_beside_ring(WorkbenchView& view, LabState& lab, LessonState& lessons, ImGuiID owner) {
  PresentationView& show = view.presentation;
  if (pressed_for_lab(ImGuiKey_Space, owner)) {
    drop_keyboard_ring();
    act_on(PresentationKey::Run, view, lab, lessons);
  }
  for (const KeyOf& each : other_keys) {
    const bool is_its_own = each.key == ImGuiKey_Enter || each.key == ImGuiKey_KeypadEnter;
    if (is_its_own || !pressed(each.key)) continue;
    drop_keyboard_ring();
    act_on(each.means, view, lab, lessons);
    break;
  }
  if (pressed_for_lab(ImGuiKey_Escape, owner)) drop_keyboard_ring();
  // Or Dear ImGui would press what has the ring, and leave it for good. A card that is lifted has Esc for itself.
  ImGui::SetKeyOwner(ImGuiKey_Space, owner);
  if (ImGui::GetKeyOwner(ImGuiKey_Escape) == ImGuiKeyOwner_NoOwner || !show.had_ring)
    ImGui::SetKeyOwner(ImGuiKey_Escape, owner);
  if (!show.had_ring) claim_lab_keys(owner);
}

}  // namespace

std::optional<PresentationKey> pressed_presentation_key() {
  if (const auto paging = pressed_of(paging_keys)) return paging;
  if (pressed(ImGuiKey_Space)) return PresentationKey::Run;
  return pressed_of(other_keys);
}

void act_on(PresentationKey key, WorkbenchView& view, LabState& lab, LessonState& lessons) {
  PresentationView& show = view.presentation;
  switch (key) {
    case PresentationKey::Run:
      return run(view, lab, lessons);
    case PresentationKey::Step:
      return lab.step();
    case PresentationKey::Next:
    case PresentationKey::Back:
      return turn(show, lessons, key == PresentationKey::Next);
    case PresentationKey::Reveal:
      return reveal(show, lessons);
    case PresentationKey::Notes:
      show.wants_notes = !show.wants_notes;
      return;
    case PresentationKey::Code:
    case PresentationKey::Stage:
    case PresentationKey::Timeline:
    case PresentationKey::Page:
      show.hands = {};
      show.shown = static_cast<Presented>(static_cast<int>(key) - static_cast<int>(PresentationKey::Code));
  }
}

void act_on_presentation_keys(WorkbenchView& view, LabState& lab, LessonState& lessons, Frame& frame) {
  PresentationView& show = view.presentation;
  const ImGuiID owner = lab_key_owner();
  // Dear ImGui would bring up its ring for them.
  for (const KeyOf& paging : paging_keys) ImGui::SetKeyOwner(paging.key, owner);
  if (pressed(ImGuiKey_F11)) return set_presentation(show, lessons, false);
  if (show.show_keys) {
    const bool closes = pressed(ImGuiKey_Escape) || pressed(ImGuiKey_F1) || pressed(ImGuiKey_Enter) ||
                        pressed_for_lab(ImGuiKey_Space, owner) || ImGui::IsMouseClicked(ImGuiMouseButton_Left);
    if (closes) show.show_keys = false;
    return;
  }
  if (pressed(ImGuiKey_F1)) show.show_keys = true;
  if (show.hands.open) return type_hands(show, lessons);
  if (const auto paging = pressed_of(paging_keys)) return act_on(*paging, view, lab, lessons);
  if (keyboard_is_held() || ImGui::GetIO().KeyCtrl || ImGui::GetIO().KeyAlt) return;
  const bool had_ring = std::exchange(show.had_ring, keyboard_is_taken());
  if (had_ring || show.had_ring) return act_beside_ring(view, lab, lessons, owner);
  if (!lab.message().empty() && ImGui::IsKeyPressed(ImGuiKey_Escape, ImGuiInputFlags_None, owner)) {
    lab.say("");
  } else if (pressed_for_lab(ImGuiKey_Escape, owner)) {
    return set_presentation(show, lessons, false);
  }
  if (!answer(show, lessons)) {
    if (pressed_for_lab(ImGuiKey_Space, owner)) act_on(PresentationKey::Run, view, lab, lessons);
    if (const auto key = pressed_of(other_keys)) act_on(*key, view, lab, lessons);
    if (show.shown == Presented::Page) {
      act_on_page_arrows(view, lab, lessons, owner);
    } else {
      act_on_panel_keys(view, lab, lessons, frame, owner);
    }
    if (pressed(ImGuiKey_D)) switch_theme(show);
  }
  claim_lab_keys(owner);  // for the next frame: Dear ImGui looks at its keys before anything is drawn
}

// --- What the foot and the list say ---

namespace wall {
namespace {

void add_question_hints(const Presenting& p, const Prediction& question, std::vector<Hint>& hints) {
  const bool is_open = !p.reading().has_run();
  if (is_open && has_options(&question)) {
    const char last = static_cast<char>('A' + static_cast<int>(question.options.size()) - 1);
    hints.push_back({std::string("A-") + last, "answer"});
  }
  if (is_open && question.kind == Prediction::Kind::Number) hints.push_back({"A", "answer"});
  if (is_open && question.kind == Prediction::Kind::Order) hints.push_back({"Tab", "to the cards"});
  if (is_open && question.kind == Prediction::Kind::Sketch) hints.push_back({"Tab", "to the bars"});
  if (has_options(&question) && !p.reveals()) hints.push_back({"H", "hands"});
}

std::string run_word(const Presenting& p) {
  if (!p.lab.is_going()) return p.lab.has_run() ? "run again" : "run";
  return p.lab.is_paused() ? "go on" : "hold";
}

bool has_answer(const Presenting& p) {
  const Page::Kind kind = p.reading().page().kind;
  return kind == Page::Kind::Question || kind == Page::Kind::Outcome;
}

void add_page_hints(const Presenting& p, std::vector<Hint>& hints) {
  const lessons::Reading& reading = p.reading();
  const Prediction* question = question_of(p.lessons);
  if (question != nullptr) add_question_hints(p, *question, hints);
  if (has_answer(p) && reading.has_run()) hints.push_back({"R", p.reveals() ? "hide" : "reveal"});
  if (reading.page().lab && !reading.has_run()) hints.push_back({"Space", run_word(p)});
  const bool is_last = reading.is_last() && p.view.slides.part + 1 >= p.view.slides.count;
  if (!is_last) hints.push_back({"Enter", "next"});
}

}  // namespace

std::vector<Hint> hints_of(const Presenting& p) {
  std::vector<Hint> hints;
  if (p.view.had_ring && p.view.shown == Presented::Page)
    return {{"Enter, arrows", "move"}, {"Esc", "done"}, {"Space", run_word(p)}, {"1-4", "view"}, {"PgDn", "next"}};
  if (p.view.hands.open) return {{"0-9", "count"}, {"Tab", "next"}, {"Enter", "next, done"}, {"Esc", "done"}};
  if (p.view.shown == Presented::Page && p.lessons.is_open()) {
    add_page_hints(p, hints);
  } else if (p.view.shown != Presented::Page) {
    hints.push_back({"Space", run_word(p)});
    hints.push_back({"S", "step"});
    if (p.lessons.is_open() && p.reading().has_run() && has_answer(p))
      hints.push_back({"R", p.reveals() ? "hide" : "reveal"});
    if (p.lessons.is_open())
      hints.push_back({"4", p.reading().page().kind == Page::Kind::Question ? "question" : "page"});
  }
  if (p.view.shown == Presented::Code) hints.push_back({"P", "C++"});
  hints.push_back({"1-4", "view"});
  hints.push_back({"F1", "keys"});
  hints.push_back({"Esc", "leave"});
  return hints;
}

void draw_key_list(const Presenting& p) {
  static constexpr std::array<std::array<std::string_view, 2>, 13> keys{{
      {"1  2  3", "code, stage, timeline"},
      {"4", "the question, the page"},
      {"Space, S", "run or hold, one step"},
      {"R", "reveal the answer, hide it"},
      {"A, B, ...", "answer the question"},
      {"H", "count a show of hands"},
      {"Enter, PgDn", "next page"},
      {"Back, PgUp", "the page before"},
      {"N", "teacher's notes: a window"},
      {"F  + -", "fit, zoom the timeline"},
      {"P", "Python or C++"},
      {"D", "light or dark"},
      {"Esc, F11", "leave"},
  }};
  const Wall& wall = p.wall;
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float row = wall.u(44);
  const ImVec2 size{wall.u(680), row * static_cast<float>(keys.size()) + wall.u(60)};
  const Box box = Box::around({display.x * 0.5F, display.y * 0.5F}, size.x, size.y);
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  fill_box(list, box, wall.look.theme.panel, wall.u(9));
  outline_box(list, box, wall.look.theme.text, wall.u(9), wall.u(2));
  float y = box.y0 + wall.u(30) + row * 0.5F;
  for (const auto& [key, what] : keys) {
    draw_text(list, wall.look, wall.code(wall_text), box.x0 + wall.u(36), y, key);
    draw_text(list, wall.look, wall.text(wall_text), box.x0 + wall.u(250), y, what);
    y += row;
  }
}

}  // namespace wall
}  // namespace loiter::gui
