#include "views/downloads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "base/text.hpp"
#include "views/words.hpp"

namespace loiter::views {
namespace {

using trace::FutureRow;

// The status of "... '503 Service Unavailable' ...".
std::string status_in(std::string_view text) {
  for (std::size_t at = text.find('\''); at != text.npos; at = text.find('\'', at + 1)) {
    const std::string_view number = text.substr(at + 1, 3);
    if (number.size() == 3 && std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; })) {
      return std::string(number);
    }
  }
  return "";
}

std::string word_for(const std::string& exception, const std::string& text) {
  if (exception == "HTTPStatusError") return "error";
  if (exception == "ReadTimeout" || exception == "TimeoutError") return "timeout";
  if (exception == "RemoteProtocolError") return text.find("ended in the middle") == text.npos ? "no sense" : "cut off";
  if (exception == "ConnectError") return "no server";
  return exception;
}

bool is_over(const FutureRow& future, Instant t) { return future.finished && *future.finished <= t; }

// In the order in which they are told.
int rank_of(const DownloadCount& count) {
  switch (count.look) {
    case StateLook::Returned:
      return 0;
    case StateLook::Raised:
      return 1;
    case StateLook::Cancelled:
    case StateLook::CancelledNotified:
      return 2;
    case StateLook::Running:
      return 3;
    default:
      return 4;
  }
}

DownloadCount kind_of(const FutureRow& future, Instant t) {
  const DownloadWords download = download_at(future, t);
  const bool is_bad = download.look == StateLook::Raised || !download.mark.empty();
  if (is_bad) {
    const std::string status = download.mark.empty() ? "" : fmt::format(" ({})", download.mark);
    return {.look = StateLook::Raised, .words = download.words + status};
  }
  switch (download.look) {
    case StateLook::Returned:
      return {.look = StateLook::Returned, .words = "arrived"};
    case StateLook::Running:
      return {.look = StateLook::Running, .words = "on their way"};
    case StateLook::Cancelled:
    case StateLook::CancelledNotified:
      return {.look = StateLook::Cancelled, .words = "cancelled"};
    case StateLook::CallQueue:
      return {.look = StateLook::CallQueue, .words = "in the call queue"};
    default:
      return {.look = StateLook::Pending, .words = "not begun"};
  }
}

// How many there will be, if the run's parameters say so and it has not ended before.
std::size_t expected(const trace::Run& run, Instant t, std::size_t submitted) {
  const auto tasks = run.header().parameters.find("tasks");
  const bool is_over = run.ended() && t >= run.last();
  if (tasks == run.header().parameters.end() || run.header().title != "flags" || is_over) return submitted;
  return std::max(submitted, static_cast<std::size_t>(parse_integer(tasks->second).value_or(0)));
}

}  // namespace

bool has_downloads(const trace::Run& run) {
  const std::string& title = run.header().title;
  return title == "flags" || title == "documents";
}

DownloadWords download_at(const FutureRow& future, Instant t) {
  DownloadWords download;
  download.look = look_at(future, t).value_or(StateLook::Pending);
  if (!is_over(future, t)) {
    download.share = download.look == StateLook::Running ? trace::progress_at(future, t) : std::nullopt;
    if (download.share) {
      download.words = fmt::format("{:.0f} %", std::floor(*download.share * 100));
    } else if (download.look == StateLook::Running) {
      download.words = "waits";
    } else if (download.look == StateLook::CallQueue) {
      download.words = "in queue";
    }
    return download;
  }
  if (download.look == StateLook::Returned) {
    // A program that tells of each what became of it returns so much.
    const bool is_missing = future.text.find("NOT_FOUND") != std::string::npos;
    download.has_come = !is_missing;
    download.mark = is_missing ? "404" : "";
    download.words =
        is_missing ? "not found" : seconds_text(*future.finished - future.began.value_or(future.submitted));
  } else if (download.look == StateLook::Raised) {
    download.mark = status_in(future.text);
    download.words = download.mark == "404" ? "not found" : word_for(future.type, future.text);
  } else {
    download.words = state_word(download.look);
  }
  return download;
}

std::optional<DownloadStages> download_stages(const trace::Run& run, const FutureRow& future, Instant t) {
  if (!future.worker || !future.began) return std::nullopt;
  const trace::Lane* lane = run.lane(*future.worker);
  if (lane == nullptr) return std::nullopt;
  const Instant end = std::min(t, future.task_ended.value_or(t));
  // The first wait for an answer within the task; after a redirect there are more.
  const auto first = std::ranges::lower_bound(lane->waits, *future.began, {}, &trace::WaitSpan::began);
  std::optional<DownloadStages> stages;
  for (auto wait = first; wait != lane->waits.end() && wait->began <= end; ++wait) {
    if (wait->what.on != runtime::WaitOn::Io) continue;
    if (!stages) stages = DownloadStages{.connect = wait->began - *future.began};
    const Instant answered = std::min(end, wait->ended.value_or(end));
    stages->wait += answered - wait->began;
    stages->receive = end - *future.began - stages->connect - stages->wait;
  }
  return stages;
}

DownloadCounts count_downloads(const trace::Run& run, Instant t) {
  DownloadCounts all;
  Instant first{};
  Instant last{};
  for (const FutureRow& future : run.futures()) {
    if (future.submitted > t) continue;
    if (all.wanted++ == 0) first = future.submitted;
    if (is_over(future, t)) {
      ++all.over;
      last = std::max(last, *future.finished);
    }
    DownloadCount kind = kind_of(future, t);
    const auto known = std::ranges::find_if(
        all.counts, [&](const DownloadCount& c) { return c.look == kind.look && c.words == kind.words; });
    if (known == all.counts.end()) {
      kind.count = 1;
      all.counts.push_back(std::move(kind));
    } else {
      ++known->count;
    }
  }
  // One after another they are submitted as their turn comes.
  if (const std::size_t to_come = expected(run, t, all.wanted) - all.wanted; to_come > 0 && all.wanted > 0) {
    const auto pending = std::ranges::find(all.counts, StateLook::Pending, &DownloadCount::look);
    if (pending != all.counts.end()) {
      pending->count += to_come;
    } else {
      all.counts.push_back({.look = StateLook::Pending, .words = "not begun", .count = to_come});
    }
    all.wanted += to_come;
  }
  std::ranges::stable_sort(all.counts, {}, rank_of);
  // The rate is that of what is over: it changes when something is, and not while people look at it.
  all.progress = progress_of(static_cast<std::int64_t>(all.over), static_cast<std::int64_t>(all.wanted),
                             all.over > 0 ? last - first : Duration{});
  return all;
}

}  // namespace loiter::views
