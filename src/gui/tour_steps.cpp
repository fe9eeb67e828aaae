#include "gui/tour_steps.hpp"

namespace loiter::gui {
namespace {

using views::PanelName;

constexpr int early = 10;  // per cent of loiter: one call has returned, three are running, one waits in the queue
constexpr int middle = 50;

constexpr std::array<TourStep, tour_step_count> steps{{
    TourStep{.title = "Welcome to Loiter",
             .words =
                 "This lab runs programs that use futures, and shows what happens inside while it happens. Nothing "
                 "is acted: it runs the real thing. The tour takes five minutes, and the lab stays yours all the "
                 "while.",
             .target = TourPlace::Window,
             .keys = {{{"Enter", "next"}, {"Backspace", "back"}, {"Esc", "end the tour"}}}},
    TourStep{.title = "What to run",
             .words =
                 "First the experiment: loiter makes five calls that do nothing but wait. Then who makes them: the "
                 "program itself, one after another, or threads, or processes. Last the clock: real time, or an "
                 "exact virtual one.",
             .target = TourPlace::Setup,
             .keys = {{{"1", "sequential"}, {"2", "threads"}, {"3", "processes"}}}},
    TourStep{.title = "Run it",
             .words = "Now press Space, or the button. It runs at half speed, so that you can look around: everything "
                      "moves at once. Space again holds the run where it is, and once more lets it go on.",
             .target = TourPlace::Run,
             .keys = {{{"Space", "run, hold, go on"}, {"R", "restart"}}}},
    TourStep{.title = "The stage",
             .words = "Who is where, right now. Calls wait in the queue, workers take them one by one, and each result "
                      "goes from there to the calling program. The sentence at the top says the same in words.",
             .target = PanelName::Stage,
             .keys = {{{"F3", "hide or show"}}},
             .instant = early,
             .needs_run = true},
    TourStep{.title = "The timeline",
             .words = "A lane for the program and one for each worker; a bar is a call, as long as it took. Hatched is "
                      "waiting, with the reason above it. Drag the playhead back: every panel shows that instant.",
             .target = PanelName::Timeline,
             .keys = {{{"Left", "back"}, {"Right", "on"}, {"End", "now"}, {"F", "fit"}}},
             .instant = middle,
             .needs_run = true},
    TourStep{.title = "Futures",
             .words = "A future stands for a result that is still to come. It is pending in the queue, running at a "
                      "worker, and at the end it has returned or raised. Click one, here or anywhere: it is lit in "
                      "every panel.",
             .target = PanelName::Futures,
             .keys = {{{"F5", "hide or show"}}},
             .instant = early,
             .needs_run = true},
    TourStep{.title = "Order",
             .words =
                 "Calls finish in one order, and their results may come in another. map gives them out in the order "
                 "of the calls, so what is ready may have to wait; as_completed gives out whatever has finished.",
             .target = PanelName::Order,
             .keys = {{{"M", "map or as_completed"}, {"F4", "hide or show"}}},
             .instant = middle,
             .needs_run = true},
    TourStep{.title = "Waits",
             .words = "Who waits for whom at this instant: an arrow goes from who waits to what it waits for. When the "
                      "arrows close to a circle, that is a deadlock: the lab proves it, and shows the ways out.",
             .target = PanelName::Waits,
             .keys = {{{"F6", "hide or show"}}},
             .instant = middle,
             .needs_run = true},
    TourStep{.title = "The code",
             .words = "The same program in Python and in C++: choose at the top. The small square with a letter or a "
                      "number is a thread, and it stands at the line where that thread is. Below is what each one does "
                      "there.",
             .target = PanelName::Code,
             .keys = {{{"F2", "hide or show"}}},
             .instant = middle,
             .needs_run = true},
    TourStep{.title = "The transcript",
             .words = "What the program prints, as a terminal would show it, with the time and the thread beside each "
                      "line. It is what you would get if you ran the code yourself.",
             .target = PanelName::Transcript,
             .keys = {{{"Ctrl A", "select all"}, {"Ctrl C", "copy"}, {"F7", "hide or show"}}},
             .instant = middle,
             .needs_run = true},
    TourStep{.title = "States",
             .words =
                 "Every state has one shape and one colour, the same in all panels; colour means nothing else. Let "
                 "the pointer rest on a state, and it tells what it means.",
             .target = TourPlace::States,
             .needs_run = true},
    TourStep{.title = "At your own pace",
             .words = "Step goes to the next event and holds there. Speed slows the run down, Instant leaves out all "
                      "the waiting. Compare runs the same work in every mode, one after the other, and lays the runs "
                      "over one axis.",
             .target = TourPlace::Controls,
             .keys = {{{"S", "step"}, {"I", "instant"}, {"C", "compare"}, {"X", "stop"}}}},
    TourStep{.title = "Where to go on",
             .words = "A lesson asks what you expect, runs it, and shows where it came out differently: guess first, "
                      "then look. Or change something and run it again: nothing here can break. This tour comes again "
                      "whenever you want it.",
             .target = PanelName::Lesson,
             .keys = {{{"L", "lessons"}, {"F11", "presentation"}, {"F1", "all keys"}, {"F8", "this tour"}}}},
}};

}  // namespace

std::span<const TourStep, tour_step_count> tour_steps() { return steps; }

}  // namespace loiter::gui
