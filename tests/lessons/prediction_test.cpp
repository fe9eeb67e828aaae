// Predictions: what is typed, what is right, where the first difference is, and who is answered how.
#include "lessons/prediction.hpp"

#include <catch2/catch_test_macros.hpp>

#include "lessons/sample_run.hpp"

using namespace loiter;
using namespace loiter::lessons;
using Kind = Prediction::Kind;

namespace {

Prediction order_choice() {
  return {
      .kind = Kind::Choose,
      .ask = "In which order?",
      .question = {.quantity = "delivery_order"},
      .options = {{.says = "finished", .value = SameAs{"finishing_order"}, .belief = "map-order"},
                  {.says = "called", .value = std::vector<std::string>{"slow", "quick #1", "quick #2"}},
                  {.says = "none of these", .value = std::vector<std::string>{"late"}, .answer = "It was cancelled."}}};
}

Prediction number_of_results() {
  return {.kind = Kind::Number,
          .ask = "How long?",
          .question = {.quantity = "total_time"},
          .tolerance = 0.5,
          .options = {{.value = 2.0, .belief = "timeout-ends"}}};
}

Marked marked(const Prediction& prediction, const std::string& typed) {
  const auto guess = read_guess(prediction, typed);
  REQUIRE(guess.has_value());
  const auto result = mark(prediction, *guess, sample_run());
  REQUIRE(result.has_value());
  return *result;
}

std::string refusal(const Prediction& prediction, const std::string& typed) {
  const auto guess = read_guess(prediction, typed);
  return guess ? "" : guess.error().message;
}

std::vector<std::string> faults(const Prediction& prediction) {
  std::vector<std::string> texts;
  for (const Fault& fault : faults_of(prediction, sample_run())) texts.push_back(fault.what);
  return texts;
}

}  // namespace

TEST_CASE("one option is what happened, and the others are answered by their belief or a sentence of their own") {
  const Marked wrong = marked(order_choice(), "1");
  CHECK(!wrong.right);
  CHECK(wrong.answer == "slow, quick #1, quick #2");
  CHECK(wrong.belief == "map-order");
  CHECK(wrong.sentence == find_belief("map-order")->answer);
  REQUIRE(wrong.difference);
  CHECK(wrong.difference->label == "slow");
  CHECK(wrong.difference->at == Instant{from_seconds(4)});
  CHECK(wrong.difference->sentence == "Number 1 was slow, at 4.00 s; you had quick #1 there.");
  CHECK(marked(order_choice(), " 2 ").right);
  CHECK(marked(order_choice(), "3").sentence == "It was cancelled.");
  CHECK(faults(order_choice()).empty());
}

TEST_CASE("the answer to a choice of words is told in the words of the option") {
  const Prediction prediction{.kind = Kind::Choose,
                              .ask = "How does it end?",
                              .question = {.quantity = "how_it_ended"},
                              .options = {{.says = "It hangs", .value = std::string("stuck"), .belief = "own-pool"},
                                          {.says = "Well: it is done", .value = std::string("finished")}}};
  CHECK(marked(prediction, "2").answer == "'Well: it is done'");
  CHECK(marked(prediction, "1").answer == "'Well: it is done'");
  CHECK(marked(prediction, "1").difference->sentence == "It was 'Well: it is done'.");
}

TEST_CASE("an order is compared place by place, and the first that differs is named") {
  const Prediction prediction{.kind = Kind::Order,
                              .ask = "Order?",
                              .question = {.quantity = "finishing_order"},
                              .items = {"slow", "quick #1", "quick #2"},
                              .options = {{.value = SameAs{"submission_order"}, .belief = "map-order"}}};
  CHECK(marked(prediction, "2, 3, 1").right);
  const Marked wrong = marked(prediction, "2 1 3");
  CHECK(wrong.difference->label == "quick #2");
  CHECK(wrong.difference->at == Instant{from_seconds(2)});
  CHECK(wrong.belief.empty());
  CHECK(marked(prediction, "1 2 3").belief == "map-order");
  CHECK(right_guess(prediction, sample_run()) == "2 3 1");
}

TEST_CASE("a number is right within its tolerance, and one given for a known reason is answered") {
  CHECK(marked(number_of_results(), "3.6 s").right);
  CHECK(marked(number_of_results(), "4").right);
  const Marked wrong = marked(number_of_results(), "2.2");
  CHECK(!wrong.right);
  CHECK(wrong.belief == "timeout-ends");
  CHECK(wrong.difference->sentence == "It was 4.00 s.");
  CHECK(marked(number_of_results(), "7").belief.empty());
}

TEST_CASE("of several options all that fit are right, and the first wrong one is told") {
  const Prediction prediction{.kind = Kind::ChooseSeveral,
                              .ask = "Which raised?",
                              .question = {.quantity = "finished_futures_at", .at = Instant{from_seconds(2)}},
                              .options = {{.says = "one", .value = std::string("quick #1")},
                                          {.says = "two", .value = std::string("quick #2")},
                                          {.says = "slow", .value = std::string("slow"), .belief = "result-in-loop"}}};
  CHECK(marked(prediction, "1 2").right);
  CHECK(marked(prediction, "2,1").right);
  CHECK(marked(prediction, "1 3").belief == "result-in-loop");
  CHECK(marked(prediction, "1").difference->sentence == "'two' is so too.");
  CHECK(!marked(prediction, "none").right);
  CHECK(right_guess(prediction, sample_run()) == "1 2");
}

TEST_CASE("a sketch is compared bar by bar, and the earliest difference is named") {
  const Prediction prediction{.kind = Kind::Sketch,
                              .ask = "When?",
                              .question = {.quantity = "bars"},
                              .tolerance = 0.25,
                              .items = {"slow", "quick #2"}};
  CHECK(marked(prediction, "0-4, 1.2-1.9").right);
  const Marked wrong = marked(prediction, "0-3, 0-1");
  CHECK(wrong.difference->label == "quick #2");
  CHECK(wrong.difference->at == Instant{from_seconds(1)});
  CHECK(right_guess(prediction, sample_run()) == "0-4, 1-2");
}

TEST_CASE("what is no guess is refused with what to type") {
  CHECK(refusal(order_choice(), "4") == "'4' is no answer here: type a number from 1 to 3.");
  CHECK(refusal(order_choice(), "") == "Type a number from 1 to 3.");
  for (const std::string typed : {"0", "one", "1 2", "-1", "1.5"}) CHECK(!refusal(order_choice(), typed).empty());
  for (const std::string typed : {"soon", "-3", "nan", "2x"}) CHECK(!refusal(number_of_results(), typed).empty());
  Prediction sketch{.kind = Kind::Sketch, .question = {.quantity = "bars"}, .items = {"slow", "late"}};
  for (const std::string typed : {"0-1", "1-0, 0-1", "0, 1", "a-b, 0-1"}) CHECK(!refusal(sketch, typed).empty());
  Prediction order{.kind = Kind::Order, .question = {.quantity = "start_order"}, .items = {"slow", "late"}};
  for (const std::string typed : {"1", "1 1", "1 2 3", "none"}) CHECK(!refusal(order, typed).empty());
}

TEST_CASE("a lesson whose options do not fit its own run has faults") {
  Prediction prediction = order_choice();
  prediction.options[1].value = std::vector<std::string>{"late", "slow"};
  prediction.options[1].answer = "No.";
  CHECK(faults(prediction) ==
        std::vector<std::string>{"No option is what happens: delivery_order is slow, quick #1, quick #2."});
  prediction = order_choice();
  prediction.options[1].belief = "own-pool";
  CHECK(faults(prediction).front().starts_with("This is what happens (slow, quick #1, quick #2), so no belief"));
  prediction = order_choice();
  prediction.options[2].answer = "";
  CHECK(faults(prediction).front().starts_with("This is not what happens, and nobody who says so is answered"));
  prediction = order_choice();
  prediction.options[2].value = SameAs{"finishing_order"};
  CHECK(faults(prediction).front().starts_with("This option is the same as one before it: quick #1"));
  prediction = {.kind = Kind::Order, .question = {.quantity = "start_order"}, .items = {"slwo", "quick #1"}};
  CHECK(faults(prediction) == std::vector<std::string>{"'slwo' is not among the futures of start_order: quick #1."});
}

TEST_CASE("there are twelve beliefs, each with a name and a sentence that answers it") {
  CHECK(all_beliefs().size() == 12);
  for (const Belief& belief : all_beliefs()) {
    CHECK(!belief.name.empty());
    CHECK(belief.answer.ends_with("."));
    CHECK(find_belief(belief.id) == &belief);
  }
}
