// What each command takes, in words: the table behind the parser and behind --help.
#include <array>

#include "cli/options.hpp"

namespace loiter::cli {
namespace {

constexpr OptionSpec workers{"--workers", "N", "how many workers the pool has at most, 1 to 1000"};
constexpr OptionSpec collect{
    "--collect", "map|as_completed",
    "how results are asked for: in the order of the calls (map, the usual one), or as they finish"};
constexpr OptionSpec clock_option{
    "--clock", "live|simulated",
    "real threads and measured times (live, the usual one), or a virtual clock that gives "
    "the same times each time"};
constexpr OptionSpec speed{
    "--speed", "X|instant",
    "lab seconds in a real second, 0.001 to 1000, or instant: do not wait. Usually 1; a simulated "
    "run that nobody watches is instant"};
constexpr OptionSpec seed{"--seed", "N",
                          "simulated: draw who runs next from this number; the same number, the same run"};
constexpr OptionSpec set_option{"--set", "NAME=VALUE",
                                "a parameter of the experiment; 'loiter list' names them. May be repeated", true};
constexpr OptionSpec gil{
    "--gil", "none|cpython|per-interpreter|free-threaded",
    "a MODEL of Python's global interpreter lock: none as in C++ (the usual one), CPython's, one for each worker "
    "thread, or a Python built without it"};
constexpr OptionSpec gil_interval{
    "--gil-interval", "MS", "with --gil: how long a thread waits before it asks for the lock, 0.1 to 100; usually 5"};
constexpr OptionSpec cores{"--cores", "N", "simulated: how many cores the machine has, 1 to 64; usually 4"};
constexpr OptionSpec timeout{"--timeout", "S", "stop the run after so many seconds (or 500ms, ...), with status 4"};
constexpr OptionSpec screenshot{"--screenshot", "FILE.png", "save a picture of the window and leave"};
constexpr OptionSpec after{"--after", "S", "with --screenshot: so many seconds after the start"};

constexpr OptionSpec mode{"--mode", "sequential|threads|processes", "what the calls run on; usually threads"};
constexpr OptionSpec theme{"--theme", "light|dark", "instead of the one that was last chosen"};
constexpr OptionSpec scale{"--scale", "X", "how large everything in the window is, 1 to 2.5"};
constexpr OptionSpec size_option{"--size", "WxH", "how large the window is, in pixels"};

constexpr std::array program_options{
    OptionSpec{"--version", "", "print the version"},
    OptionSpec{"--run", "", "press Run at once"},
    OptionSpec{"--compare", "", "press Compare at once: the work in every mode, over one axis of time"},
    OptionSpec{"--tour", "", "begin with the tour, which says what each panel is; F8 opens it too"},
    OptionSpec{"--tour-step", "N", "begin with the tour at this step"},
    OptionSpec{"--experiment", "NAME|FILE.toml", "the experiment or scenario to begin with"},
    OptionSpec{"--lesson", "ID|N|FILE.md", "open this lesson; 'loiter lesson list' names them"},
    OptionSpec{"--page", "N", "with --lesson: open it at this page"},
    OptionSpec{"--present", "", "with --lesson: for the projector (F11)"},
    mode,
    workers,
    collect,
    clock_option,
    speed,
    seed,
    gil,
    gil_interval,
    cores,
    set_option,
    theme,
    scale,
    size_option,
    screenshot,
    after};
constexpr std::array run_options{
    mode,
    workers,
    collect,
    clock_option,
    speed,
    seed,
    gil,
    gil_interval,
    cores,
    set_option,
    OptionSpec{"--record", "FILE.jsonl", "save the run, to be opened again with 'loiter show'"},
    timeout,
    OptionSpec{
        "--kill-worker", "N@S",
        "with --mode processes: kill the process Process-N after so many seconds (or @500ms, ...). May be repeated",
        true},
    OptionSpec{
        "--escape", "add-worker|cancel|timeout|inline",
        "get out of every deadlock: with one worker more, by cancelling the inner future, with a timeout for the "
        "wait, or by executing the call on the waiting thread. Without it a run that is stuck ends with status 3"},
    OptionSpec{
        "--format", "transcript|json|observations",
        "print what the Python program would print, every event as a line of JSON, or what a scenario's program "
        "sees as lines of JSON. Without it a terminal shows a timeline that grows with the run, and anything else "
        "gets the transcript"}};
constexpr std::array compare_options{workers,
                                     collect,
                                     clock_option,
                                     speed,
                                     seed,
                                     gil,
                                     gil_interval,
                                     cores,
                                     set_option,
                                     timeout,
                                     OptionSpec{"--over", "NAME[=V,V,...]",
                                                "compare again for each of these values of a parameter. A share takes "
                                                "five from 0 to 1 by itself"},
                                     OptionSpec{"--with-python", "",
                                                "put CPython's three executors beside the lab's: python3 runs the "
                                                "Python listing of primes or crunch"},
                                     OptionSpec{"--format", "table|json", "a table for people, or one line of JSON"}};
constexpr std::array show_options{OptionSpec{"--text", "", "here in the terminal: timeline, futures, transcript"},
                                  speed,
                                  theme,
                                  scale,
                                  size_option,
                                  screenshot,
                                  after};

constexpr std::array serve_options{
    OptionSpec{"--port", "N", "on which port of 127.0.0.1; usually 8001, 0 for any that is free"},
    OptionSpec{"--set", "NAME=VALUE",
               "a dial of the server: latency, errors, ... as in the flags experiment. May be repeated", true}};

constexpr std::array lesson_options{
    OptionSpec{"--clock", "live|simulated", "run: in place of the clock that the lesson chose"}, speed,
    OptionSpec{"--notes", "", "run: show the teacher's notes too"},
    OptionSpec{"--resume", "", "run: go on where you left the lesson"}};

constexpr std::array<CommandSpec, 8> commands{{
    {.name = "",
     .positional = "",
     .summary = "open the lab",
     .help =
         "Loiter is a lab in which you see concurrency with Python's futures. Without a command it opens its window.",
     .options = program_options,
     .examples = "  loiter\n"
                 "  loiter --run --clock simulated --theme dark --screenshot picture.png --after 3.4\n"
                 "  loiter --compare --speed 4\n"
                 "  loiter run loiter\n"
                 "  loiter run loiter --clock simulated --format transcript\n"
                 "  loiter compare loiter\n"},
    {.name = "run",
     .positional = "NAME|FILE.toml",
     .summary = "run one experiment or scenario in the terminal",
     .help =
         "Runs an experiment, one of the lab's scenarios, or a file with one. Ctrl-C stops it at once.\n"
         "Status: 0 finished, 1 the program raised, 2 bad usage or a bad file, 3 stuck in a deadlock, 4 timed out,\n"
         "130 stopped with Ctrl-C.",
     .options = run_options,
     .examples = "  loiter run loiter\n"
                 "  loiter run loiter --mode sequential --speed 4\n"
                 "  loiter run loiter --set tasks=8 --set unit=250ms --workers 4 --collect as_completed\n"
                 "  loiter run loiter --clock simulated --format transcript\n"
                 "  loiter run loiter --record run.jsonl\n"
                 "  loiter run wait_forever --workers 2\n"
                 "  loiter run lesson.toml --clock simulated --format observations\n"},
    {.name = "compare",
     .positional = "NAME|FILE.toml",
     .summary = "the same work in every mode: time, speed-up, efficiency",
     .help =
         "Runs an experiment or a scenario in every mode, one after the other, and prints one table. The speed-up\n"
         "is the time of the sequential run over that of the mode; the efficiency is the speed-up over the number of\n"
         "workers.",
     .options = compare_options,
     .examples = "  loiter compare loiter --clock simulated\n"
                 "  loiter compare loiter --workers 5 --speed 10\n"
                 "  loiter compare crunch --over mix=0,0.5,1\n"
                 "  loiter compare lesson.toml --clock simulated\n"
                 "  loiter compare primes --with-python\n"},
    {.name = "show",
     .positional = "FILE.jsonl",
     .summary = "open a recorded run in the lab, or with --text here",
     .help = "Shows a run that 'loiter run --record' saved.",
     .options = show_options,
     .examples = "  loiter show run.jsonl\n"
                 "  loiter show run.jsonl --text\n"},
    {.name = "list",
     .positional = "",
     .summary = "the experiments with their parameters, the scenarios, the lessons",
     .help = "Lists what can be run, with the parameters that --set changes, the lab's scenarios, and its lessons.",
     .options = {},
     .examples = "  loiter list\n"},
    {.name = "lesson",
     .positional = "run ID|FILE.md",
     .summary = "a lesson in the terminal; also list, check, new, progress, forget",
     .help = "A lesson asks what a program will do, runs it, and says where you were right and why.\n"
             "  run ID|FILE.md     read a lesson: answers are typed, or read from a file\n"
             "  list               the lab's own lessons\n"
             "  check FILE.md...   say what is wrong in a lesson, and run its experiments to see that they answer its\n"
             "                     questions\n"
             "  new NAME           write NAME.md, a lesson to begin with\n"
             "  progress           what you have read and predicted, as text to keep or to hand in; the lab sends it\n"
             "                     nowhere\n"
             "  forget ID...|all   start over: as if you had never read these lessons",
     .options = lesson_options,
     .examples = "  loiter lesson run map-or-as-completed\n"
                 "  loiter lesson run 4 --clock simulated\n"
                 "  loiter lesson new my-lesson\n"
                 "  loiter lesson check my-lesson.md\n"
                 "  loiter lesson forget map-or-as-completed\n"},
    {.name = "serve",
     .positional = "",
     .summary = "the local file server, in the foreground",
     .help = "Serves the flags and documents of the experiments to any program on this machine, until Ctrl-C.",
     .options = serve_options,
     .examples = "  loiter serve\n"
                 "  loiter serve --port 0 --set latency=250ms --set errors=0.1\n"},
    {.name = "help",
     .positional = "COMMAND",
     .summary = "what a command does and takes",
     .help = "Explains a command.",
     .options = {},
     .examples = "  loiter help run\n"},
}};

}  // namespace

std::span<const CommandSpec> all_commands() { return commands; }

const CommandSpec* find_command(std::string_view name) {
  for (const CommandSpec& command : commands) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

}  // namespace loiter::cli
