// Runs every benchmark and then prints, for each kind of work, what Loiter takes as a ratio of its peers in this run.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <map>
#include <string>
#include <vector>

namespace {

// Keeps what the console reporter shows, for the ratios.
class RatioReporter final : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
      if (!run.error_occurred) m_times[run.benchmark_name()] = run.GetAdjustedRealTime();
    }
  }
  // "submit+result/loiter/2/real_time" against "submit+result/*/2/real_time".
  void print_ratios() const {
    std::printf("\nRatios of this run (below 1: Loiter is faster)\n");
    for (const auto& [name, time] : m_times) {
      const std::size_t at = name.find("/loiter/");
      if (at == std::string::npos) continue;
      const std::string work = name.substr(0, at + 1);
      const std::string rest = name.substr(at + 7);
      for (const auto& [peer, peer_time] : m_times) {
        if (time <= 0 || peer_time <= 0) continue;  // it measures no time
        if (peer == name || !peer.starts_with(work) || !peer.ends_with(rest)) continue;
        const std::string peer_name = peer.substr(work.size(), peer.size() - work.size() - rest.size());
        std::printf("  %-16s %-12s %6.2f of %s\n", work.c_str(), rest.c_str(), time / peer_time, peer_name.c_str());
      }
    }
  }

 private:
  std::map<std::string, double> m_times;
};

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  RatioReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  reporter.print_ratios();
  return 0;
}
