// The worker program of the benchmarks: knows their remote functions.
#include "futures/worker_program.hpp"

int main(int argc, char** argv) { return loiter::futures::run_worker_program(argc, argv); }
