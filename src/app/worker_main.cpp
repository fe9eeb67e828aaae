// loiter-worker: the program that the worker processes of a process pool run.
#include "experiments/experiment.hpp"
#include "futures/worker_program.hpp"

int main(int argc, char** argv) {
  // The experiments bring their remote functions with them.
  static_cast<void>(loiter::experiments::all_experiments());
  return loiter::futures::run_worker_program(argc, argv);
}
