// documents: five PDF files downloaded at once: reported as they finish, or in the order of the calls.
//
// Shape    With as_completed small files are told first, however late they were asked for; with map(timeout=60,
//          chunksize=8) in order, and in a process pool all five are one chunk, which is one worker's.
// Source   The download example of many texts on concurrent.futures: an address without an extension is a RuntimeError,
//          and files are written in pieces of 1,024 bytes.
#pragma once

#include "experiments/experiment.hpp"

namespace loiter::experiments {

// Their names in the site's folder, as they are submitted.
std::vector<std::string> documents_of(const Setup& setup);

Experiment documents_experiment();
Listing documents_listing(const Setup& setup);

}  // namespace loiter::experiments
