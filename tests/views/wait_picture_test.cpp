// Who waits for whom, as nodes and edges, as places on the screen and in words.
#include "views/wait_picture.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

#include "views/sample_runs.hpp"
#include "views/wait_edge_words.hpp"
#include "views/wait_layout.hpp"
#include "views/words.hpp"

using namespace loiter;
using namespace loiter::views;
using samples::at_seconds;
using trace::WaitOn;
using Kind = WaitNode::Kind;

namespace {

struct Shown {
  explicit Shown(trace::Run made) : run(std::move(made)) { times.update(run); }
  WaitPicture at(double seconds, FutureId selected = no_future) const {
    return wait_picture(run, times, at_seconds(seconds), selected);
  }
  trace::Run run;
  FutureTimes times;
};

// "main -waits for the result of> zip"
std::vector<std::string> told(const WaitPicture& picture) {
  std::vector<std::string> lines;
  for (const WaitEdge& edge : picture.edges) {
    lines.push_back(picture.nodes[edge.from].title + " -" + edge.words + "> " + picture.nodes[edge.to].title);
  }
  return lines;
}
using Lines = std::vector<std::string>;

float node_width(const WaitNode& node) { return 60.0F + 7.0F * static_cast<float>(node.title.size()); }

// Five workers, all busy; main waits for the first of `count` tasks.
trace::Run wait_for_many(std::uint32_t count) {
  samples::RunBuilder b(samples::loiter_header());
  b.at(0).main_begins().pool(5);
  trace::WaitBegan wait{.on = WaitOn::AsCompleted, .any = true};
  for (std::uint32_t future = 1; future <= count; ++future) {
    b.submit(future, "task(" + std::to_string(future) + ")");
    wait.futures.push_back(FutureId{future});
  }
  for (std::uint32_t lane = 1; lane <= 5; ++lane) {
    b.worker_begins(lane).task_begins(lane).waits(WaitOn::Sleep, {}, at_seconds(lane));
  }
  b.on(0).event(wait);
  return b.take();
}

}  // namespace

TEST_CASE("main waits for a future that runs on a worker that will wake", "[waits]") {
  const Shown shown(samples::loiter_run());
  const WaitPicture picture = shown.at(3.4);
  CHECK(told(picture) ==
        Lines{"main -waits for the result of> loiter(4)", "loiter(4) -runs on> ThreadPoolExecutor-0_1"});
  CHECK(picture.circle.empty());
  CHECK(picture.nodes[2].note == "sleeps, wakes at 5.00 s");
  CHECK(waits_headline(shown.run, picture, at_seconds(3.4)) == "who waits for whom");
  const Verdict words = verdict(shown.run, at_seconds(3.4));
  CHECK(words.headline == "Nothing is stuck.");
  CHECK(words.sentence == "ThreadPoolExecutor-0_1 wakes by itself at 5.00 s, and main after it.");
  CHECK(proof_of(shown.run, shown.times, at_seconds(3.4)).sentences.empty());
}

TEST_CASE("the verdict tells who wakes first and for whom main waits", "[waits]") {
  samples::RunBuilder b(samples::loiter_header());
  b.at(0).main_begins().pool(2).submit(1, "slow").submit(2, "fast");
  b.worker_begins(1).task_begins(1).waits(WaitOn::Sleep, {}, at_seconds(6));
  b.worker_begins(2).task_begins(2).waits(WaitOn::Sleep, {}, at_seconds(1));
  b.on(0).waits(WaitOn::Map, {1});
  const Shown shown(b.take());
  CHECK(verdict(shown.run, at_seconds(0)).sentence ==
        "ThreadPoolExecutor-0_1 wakes by itself at 1.00 s; main goes on after ThreadPoolExecutor-0_0 at 6.00 s.");
  CHECK(verdict(samples::loiter_run(true), at_seconds(5)).sentence == "The program has ended.");
  CHECK(verdict(wait_for_many(6), at_seconds(0)).sentence ==
        "ThreadPoolExecutor-0_0 wakes by itself at 1.00 s, and main after it.");
}

TEST_CASE("wait_forever is a circle of task, future and the only worker", "[waits]") {
  const Shown shown(samples::deadlock_run());
  const WaitPicture picture = shown.at(0);
  CHECK(told(picture) == Lines{"main -waits for the result of> wait_forever",
                               "wait_forever -waits for the result of> zip",
                               "zip -waits in the queue for> ThreadPoolExecutor-0_0",
                               "ThreadPoolExecutor-0_0 -is busy with> wait_forever"});
  CHECK(picture.circle == std::vector<std::size_t>{1, 2, 3});
  CHECK_FALSE(picture.nodes[0].in_circle);
  CHECK(picture.nodes[1].note == "future 1, running");
  CHECK(picture.nodes[3].note == "the only worker of the pool");
  CHECK_FALSE(picture.edges[0].in_circle);
  CHECK(std::ranges::count(picture.edges, true, &WaitEdge::in_circle) == 3);
  const Proof proof = proof_of(shown.run, shown.times, at_seconds(0));
  CHECK(proof.sentences == Lines{"main waits for future 1.",
                                 "ThreadPoolExecutor-0_0 runs future 1 and waits for future 2.",
                                 "Future 2 is first in the queue. It needs an idle worker.",
                                 "The pool has 1 of 1 workers. It may not start another.",
                                 "No lane sleeps, computes or waits with a deadline."});
  CHECK(proof.conclusion == "So nothing can ever wake them.");
  CHECK(verdict(shown.run, at_seconds(0)).headline == "Deadlock: nothing can move any more.");
}

TEST_CASE("looking back, the circle is there although a way out has been found since", "[waits]") {
  trace::Run run = samples::deadlock_run();
  const auto later = [&](LaneId lane, trace::EventBody body) { run.apply({at_seconds(5), lane, std::move(body)}); };
  later(main_lane, trace::PoolGrown{ExecutorId{0}, 2});
  later(LaneId{2}, trace::LaneBegan{.kind = trace::LaneKind::Thread, .name = "added", .executor = ExecutorId{0}});
  later(main_lane, trace::Unstuck{});
  const Shown shown(std::move(run));
  CHECK(shown.at(0).circle.size() == 3);
  CHECK(shown.at(0).nodes[3].note == "the only worker of the pool");
  CHECK(shown.at(5).circle.empty());
}

TEST_CASE("two that wait for each other are a circle of two, and one that waits for itself of one", "[waits]") {
  samples::RunBuilder b(samples::loiter_header());
  b.at(0).main_begins().pool(2).submit(1, "a").submit(2, "b");
  b.worker_begins(1).task_begins(1).worker_begins(2).task_begins(2);
  b.on(1).waits(WaitOn::Result, {2}).on(2).waits(WaitOn::Result, {1});
  b.on(0).waits(WaitOn::Sleep, {}, at_seconds(9));
  b.event(trace::Stuck{{LaneId{1}, LaneId{2}}, {FutureId{1}, FutureId{2}}, "they wait for each other."});
  const Shown two(b.take());
  CHECK(two.at(0).circle.size() == 2);
  CHECK(verdict(two.run, at_seconds(0)).headline == "2 lanes can never move again.");
  CHECK(proof_of(two.run, two.times, at_seconds(0)).sentences.back() ==
        "main goes on, but nothing it does can complete what they wait for.");

  samples::RunBuilder c(samples::loiter_header());
  c.at(0).main_begins().pool(2).submit(1, "selfish").worker_begins(1).task_begins(1).waits(WaitOn::Result, {1});
  c.event(trace::Stuck{{LaneId{1}}, {FutureId{1}}, "it waits for itself."});
  const Shown one(c.take());
  CHECK(one.at(0).circle == std::vector<std::size_t>{0});
  CHECK(proof_of(one.run, one.times, at_seconds(0)).conclusion == "So nothing can ever wake it.");
}

TEST_CASE("a pool of several workers is one node, busy with all their tasks", "[waits]") {
  samples::RunBuilder b(samples::loiter_header());
  b.at(0).main_begins().pool(2).submit(1, "outer").worker_begins(1).task_begins(1);
  b.submit(2, "middle").worker_begins(2).task_begins(2).submit(3, "inner").submit(4, "late");
  b.on(2).waits(WaitOn::Result, {3}).on(1).waits(WaitOn::Result, {2}).on(0).waits(WaitOn::Result, {4});
  b.event(trace::Stuck{
      {LaneId{0}, LaneId{1}, LaneId{2}}, {FutureId{1}, FutureId{2}, FutureId{3}, FutureId{4}}, "all of them wait."});
  const Shown shown(b.take());
  const WaitPicture picture = shown.at(0);
  const auto pool = std::ranges::find(picture.nodes, Kind::Pool, &WaitNode::kind);
  REQUIRE(pool != picture.nodes.end());
  CHECK(pool->note == "all 2 workers are busy");
  CHECK(pool->stuck);
  CHECK_FALSE(picture.circle.empty());
  const Lines lines = told(picture);
  CHECK(std::ranges::find(lines, "late -is queued behind 1 other for> ThreadPoolExecutor-0") != lines.end());
  CHECK(std::ranges::find(lines, "inner -needs a worker of> ThreadPoolExecutor-0") != lines.end());
}

TEST_CASE("a task in a worker process hangs in submit(), and waits for no future that nobody submitted", "[waits]") {
  samples::RunBuilder b(samples::loiter_header());
  b.at(0).main_begins().pool(1).submit(1, "outer");
  b.worker_begins(1, trace::LaneKind::Process);
  b.event(trace::TaskBegan{FutureId{1}});
  b.event(trace::WaitBegan{.on = WaitOn::Result, .futures = {FutureId{2}}});
  b.event(trace::Stuck{{LaneId{1}}, {FutureId{1}, FutureId{2}}, "Process-1 hangs."});
  const Shown shown(b.take());
  const trace::Lane& worker = *shown.run.lane(LaneId{1});
  REQUIRE(worker.waits.back().in_copied_pool);
  CHECK(wait_words(shown.run, worker.waits.back()).full == "end of submit(), in a copy of the pool without a manager");
  const Proof proof = proof_of(shown.run, shown.times, at_seconds(0));
  CHECK(proof.sentences[0] == "Process-1 runs future 1 and hangs in submit().");
  CHECK(
      proof.sentences[1] ==
      "A worker process has only a copy of the pool, without a manager thread: nobody takes what is submitted there.");
  const WaitPicture picture = shown.at(0);
  CHECK(told(picture) == Lines{"outer -hangs in> submit()"});
}

TEST_CASE("words stand beside their edge where no node is, or nowhere", "[waits]") {
  WaitLayout layout;
  layout.boxes = {{0, 0, 100, 50}, {95, 60, 200, 110}};
  layout.edges = {{0, {{95, 85}, {30, 85}, {30, 55}}, {"is busy with it"}, {60, 74}, WordsSide::Right}};
  WaitLayout tight = layout;
  WaitLayout busy = layout;
  busy.edges.push_back({1, {{0, 58}, {90, 58}}, {"other words"}, {62, 58}, WordsSide::Middle});
  clear_words(busy, 400);
  CHECK(busy.edges[0].words_at.y > 85);
  clear_words(layout, 400);
  CHECK(layout.edges[0].words == std::vector<std::string>{"is busy", "with it"});
  CHECK(layout.edges[0].words_at == Point{62.5F, 58});
  tight.boxes.push_back({0, 55, 90, 200});
  clear_words(tight, 400);
  CHECK(tight.edges[0].words.empty());
}

TEST_CASE("an edge is told with its ends, and is found by the place of the pointer", "[waits]") {
  const Shown shown(samples::deadlock_run());
  const WaitPicture picture = shown.at(0);
  CHECK(edge_sentence(picture, picture.edges[0]) == "main waits for the result of wait_forever (future 1)");
  WaitEdge first_of = picture.edges[0];
  first_of.words = "waits for the first of 2";
  CHECK(edge_sentence(picture, first_of) == "main waits for the first of 2: wait_forever (future 1)");
  const PlacedEdge placed{.edge = 0, .points = {{0, 0}, {10, 0}, {10, 20}}, .words = {}, .words_at = {}};
  CHECK(distance_to(placed, {5, 3}) == 3.0F);
  CHECK(distance_to(placed, {14, 10}) == 4.0F);
  CHECK(distance_to(placed, {10, 25}) == 5.0F);
}

TEST_CASE("edges follow the nodes that they join while these glide", "[waits]") {
  const PlacedEdge placed{0, {{0, 0}, {10, 0}, {10, 20}}, {"words"}, {5, 10}};
  const PlacedEdge moved = moved_edge(placed, {-8, 0}, {0, 4});
  CHECK(moved.points == std::vector<Point>{{-8, 0}, {6, 2}, {10, 24}});
  CHECK(moved.words_at == Point{1, 12});
}

TEST_CASE("a promise that nobody completes, and what was cancelled in an emptied queue, are told", "[waits]") {
  samples::RunBuilder b(samples::loiter_header());
  b.at(0).main_begins().pool(1).submit(1, "queued");
  b.state(1, trace::FutureState::Pending, trace::FutureState::Cancelled);
  b.state(2, trace::FutureState::Pending, trace::FutureState::Running);
  trace::WaitBegan wait{.on = WaitOn::Wait, .futures = {FutureId{1}, FutureId{2}}};
  b.event(wait).event(trace::Stuck{{LaneId{0}}, {FutureId{1}, FutureId{2}}, "main waits."});
  const Shown shown(b.take());
  const Proof proof = proof_of(shown.run, shown.times, at_seconds(0));
  CHECK(proof.sentences[0] == "main waits for all of futures 1 and 2.");
  CHECK(proof.sentences[1] == "Future 1 was cancelled, but no worker will ever report that.");
  CHECK(proof.sentences[2] == "Future 2 has no task: somebody had to complete it, and nobody is left who could.");
  CHECK(shown.at(0).circle.empty());
  CHECK(waits_headline(shown.run, shown.at(0), at_seconds(0)) == "a wait that nothing can end");
}

TEST_CASE("of many futures a few are shown, the selected one among them, and the rest is counted", "[waits]") {
  const Shown shown(wait_for_many(100));
  const WaitPicture picture = shown.at(0, FutureId{77});
  CHECK(picture.nodes[1].title == "task(77)");
  CHECK(std::ranges::count(picture.nodes, Kind::More, &WaitNode::kind) == 1);
  CHECK(std::ranges::find(picture.nodes, "+ 97 more", &WaitNode::title) != picture.nodes.end());
  CHECK(picture.nodes.size() <= most_wait_nodes);
}

TEST_CASE("a thousand stuck lanes are a picture that can be read, and a count", "[waits]") {
  samples::RunBuilder b(samples::loiter_header());
  b.at(0).main_begins().pool(1000);
  trace::Stuck stuck;
  for (std::uint32_t lane = 1; lane <= 1000; ++lane) {
    b.submit(lane, "t").worker_begins(lane).task_begins(lane);
    b.submit(2000 + lane, "inner").waits(WaitOn::Result, {2000 + lane});
    stuck.lanes.push_back(LaneId{lane});
    stuck.futures.push_back(FutureId{lane});
  }
  for (std::uint32_t lane = 1; lane <= 1000; ++lane) stuck.futures.push_back(FutureId{2000 + lane});
  const Shown shown(b.on(0).event(stuck).take());
  const WaitPicture picture = shown.at(0);
  CHECK(picture.nodes.size() <= most_wait_nodes);
  CHECK(picture.left_out > 900);
  CHECK(proof_of(shown.run, shown.times, at_seconds(0)).sentences.size() < 12);
}

TEST_CASE("a picture that grows adds at its end", "[waits]") {
  samples::RunBuilder b(samples::loiter_header());
  b.at(0).main_begins().pool(3).submit(1, "a").worker_begins(1).task_begins(1);
  b.on(0).waits(WaitOn::Result, {1});
  b.at(1).on(1).submit(2, "b").worker_begins(2).task_begins(2).on(1).waits(WaitOn::Result, {2});
  b.at(2).on(2).submit(3, "c").waits(WaitOn::Result, {3});
  const Shown shown(b.take());
  const auto titles = [&](double seconds) {
    Lines lines;
    for (const WaitNode& node : shown.at(seconds).nodes) lines.push_back(node.title);
    return lines;
  };
  CHECK(titles(0) == Lines{"main", "a", "ThreadPoolExecutor-0_0"});
  CHECK(titles(1) == Lines{"main", "a", "b", "ThreadPoolExecutor-0_1"});
  CHECK(titles(2) == Lines{"main", "a", "b", "c", "ThreadPoolExecutor-0"});
}

TEST_CASE("in a wide region the circle is one: a row there, a row back; who leads in stands at the left", "[waits]") {
  const Shown shown(samples::deadlock_run());
  const WaitLayout layout = lay_out_waits(shown.at(0), 700, 240, node_width);
  REQUIRE(layout.boxes.size() == 4);
  CHECK(layout.boxes[0].x1 < layout.boxes[1].x0);
  CHECK(layout.boxes[1].y0 == layout.boxes[2].y0);
  CHECK(layout.boxes[3].y0 > layout.boxes[1].y1);
  CHECK(layout.edges.size() == 4);
  CHECK(layout.unplaced == 0);
}

TEST_CASE("who waits for the same pool stands beside it, and its line ends there", "[waits]") {
  trace::Header header = samples::loiter_header();
  header.workers = 2;
  samples::RunBuilder b(header);
  b.at(0).main_begins().pool(2).submit(1, "row").submit(2, "row");
  b.worker_begins(1).task_begins(1).submit(3, "cell").waits(WaitOn::Result, {3});
  b.worker_begins(2).task_begins(2).submit(4, "cell").waits(WaitOn::Result, {4});
  b.on(0).waits(WaitOn::Result, {1});
  b.event(
      trace::Stuck{{LaneId{0}, LaneId{1}, LaneId{2}}, {FutureId{1}, FutureId{2}, FutureId{3}, FutureId{4}}, "stuck"});
  const Shown shown(b.take());
  const WaitPicture picture = shown.at(0);
  const WaitLayout layout = lay_out_waits(picture, 670, 216, node_width);
  CHECK(layout.unplaced == 0);
  std::size_t lines = 0;
  for (const PlacedEdge& placed : layout.edges) {
    const WaitEdge& edge = picture.edges[placed.edge];
    if (edge.in_circle || picture.nodes[edge.to].kind != WaitNode::Kind::Pool) continue;
    ++lines;
    CHECK(placed.points.size() == 2);
    CHECK(placed.points.back().x < layout.boxes[edge.to].x0);
    CHECK_FALSE(placed.words.empty());
  }
  CHECK(lines == 1);
}

TEST_CASE("who waits for the end of a stuck worker is led into the circle by the call the worker is stuck in",
          "[waits]") {
  samples::RunBuilder b(samples::loiter_header());
  b.at(0).main_begins().pool(2).submit(1, "wait_on_b").submit(2, "wait_on_a");
  b.worker_begins(1).task_begins(1).worker_begins(2).task_begins(2);
  b.on(1).waits(WaitOn::Result, {2}).on(2).waits(WaitOn::Result, {1});
  b.on(0).event(trace::WaitBegan{.on = WaitOn::Join, .joins = LaneId{1}});
  b.event(trace::Stuck{{LaneId{0}, LaneId{1}, LaneId{2}}, {FutureId{1}, FutureId{2}}, "they wait for each other."});
  const Shown shown(b.take());
  const WaitPicture picture = shown.at(0);
  CHECK(told(picture) ==
        Lines{"main -waits for the end of> ThreadPoolExecutor-0_0", "ThreadPoolExecutor-0_0 -is busy with> wait_on_b",
              "wait_on_b -waits for the result of> wait_on_a", "wait_on_a -waits for the result of> wait_on_b"});
  // The name of the worker is cut, so that the two can stand side by side.
  const WaitLayout layout = lay_out_waits(picture, 677, 216, node_width);
  CHECK(layout.edges.size() == 4);
  CHECK(layout.boxes[2].y0 == layout.boxes[3].y0);
  CHECK(layout.boxes[1].x1 < layout.boxes[2].x0);
}

TEST_CASE("in a low and wide region the circle is one too, a little higher than the region", "[waits]") {
  const Shown shown(samples::deadlock_run());
  const WaitLayout layout = lay_out_waits(shown.at(0), 620, 100, node_width);
  CHECK(layout.boxes[1].y0 == layout.boxes[2].y0);
  CHECK(layout.boxes[3].y0 >= layout.boxes[1].y1 + 20);
  CHECK(layout.height >= layout.boxes[3].y1);
  CHECK(layout.height < 150);
}

TEST_CASE("in a narrow region the picture goes from top to bottom, and the way back round at the right", "[waits]") {
  const Shown shown(samples::deadlock_run());
  const WaitLayout layout = lay_out_waits(shown.at(0), 262, 300, node_width);
  for (std::size_t i = 1; i < layout.boxes.size(); ++i) CHECK(layout.boxes[i].y0 > layout.boxes[i - 1].y1);
  const auto back = std::ranges::find_if(layout.edges, [](const PlacedEdge& edge) { return edge.points.size() == 4; });
  REQUIRE(back != layout.edges.end());
  CHECK(back->points[1].x > layout.boxes[0].x1);
  CHECK(back->points[1].x < 262);
}

TEST_CASE("nodes never lie on each other, whatever the size", "[waits]") {
  const Shown runs[] = {Shown(samples::deadlock_run()), Shown(wait_for_many(3)), Shown(wait_for_many(40)),
                        Shown(samples::loiter_run())};
  for (const Shown& shown : runs) {
    for (const float width : {240.0F, 480.0F, 700.0F, 1400.0F}) {
      for (const float height : {100.0F, 180.0F, 400.0F}) {
        INFO(width << " x " << height);
        const WaitLayout layout = lay_out_waits(shown.at(0), width, height, node_width);
        for (std::size_t i = 0; i < layout.boxes.size(); ++i) {
          for (std::size_t j = i + 1; j < layout.boxes.size(); ++j) {
            const Rect& a = layout.boxes[i];
            const Rect& b = layout.boxes[j];
            if (a.width() <= 0 || b.width() <= 0) continue;
            CHECK((a.x1 <= b.x0 || b.x1 <= a.x0 || a.y1 <= b.y0 || b.y1 <= a.y0));
          }
        }
      }
    }
  }
}
