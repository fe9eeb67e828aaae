// Header: what a run was set up to be; the first line of a run file.
//
// Shape    Plain values. The labels say whether times were measured or simulated, and whether the GIL is
//          modelled, everywhere the run is shown.
// Source   RUNFILE, version 1, Header.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/duration.hpp"
#include "trace/event.hpp"

namespace loiter::trace {

enum class Mode : std::uint8_t { Sequential, Threads, Processes };
enum class Collect : std::uint8_t { Map, AsCompleted };
enum class Clock : std::uint8_t { Live, Simulated };

struct Header {
  std::string title;  // the experiment's name
  Mode mode = Mode::Threads;
  std::uint32_t workers = 0;
  Collect collect = Collect::Map;
  Clock clock = Clock::Live;
  std::uint64_t seed = 0;
  Duration unit = std::chrono::seconds(1);
  std::string producer;
  GilKind gil = GilKind::None;
  Duration gil_interval = runtime::GilOptions::usual_interval;
  std::uint32_t cores = 0;                        // virtual ones, of a simulated run; 0: unknown
  std::string started;                            // RFC 3339; live runs only
  std::map<std::string, std::string> parameters;  // text as the user would type it
  std::string scenario;                           // the text of the scenario that was run; usually none
  bool operator==(const Header&) const = default;
};

// "MEASURED" or "SIMULATED".
const char* run_label(const Header& header);
// "MODEL" if what a run shows of Python's threads is a model of them; else "". Stands next to the other label.
const char* model_label(const Header& header);
// Both: "MEASURED", or "SIMULATED, MODEL".
std::string labels(const Header& header);

// How many virtual cores a simulated run had; 0 of a live one, which had those of its machine.
std::uint32_t simulated_cores(const Header& header);

// A whole run as recorded: what a run file holds.
struct Recording {
  Header header;
  std::vector<Event> events;  // in order of time
  bool operator==(const Recording&) const = default;
};

}  // namespace loiter::trace
