#include "cli/lesson_skeleton.hpp"

#include <string_view>

namespace loiter::cli {
namespace {

constexpr std::string_view skeleton = R"skeleton(+++
id = "ID"                     # small letters, digits and hyphens
title = "A lesson of my own"
minutes = 5
needs = []                    # ids of lessons to be read before
sources = []                  # where your facts are from
+++

# What this is about

Text in Markdown. Say what the program does, before you ask what it will do. Words can point at a panel of the window: here
is the [queue of the pool](panel:stage). They can lead to another lesson, [the one on pools](lesson:a-pool-of-threads), or to
a page of the web: [the documentation](https://docs.python.org/3/library/concurrent.futures.html).

```python
with ThreadPoolExecutor(max_workers=3) as executor:
    for result in executor.map(loiter, range(5)):
        print(result)
```

```lab
# What is run, once the questions are answered. 'loiter list' names all experiments, scenarios and parameters.
experiment = "loiter"
workers = 3
collect = "map"
clock = "simulated"           # the same times every time; "live" measures
set = { tasks = 5 }
show = ["timeline", "order"]  # what is open in the window: code, futures, machine, order, server, stage, ...
point_at = "timeline"         # what is lit: a panel, or a future by its label
```

```predict
# A question. The answer is computed from the run: it is what 'quantity' names. Kinds: choose, several, order, number, sketch.
kind = "choose"
ask = "How long does the program take?"
quantity = "total_time"
tolerance = 0.1

[[option]]
says = "5 seconds"
value = 5

[[option]]
says = "10 seconds: one call after the other"
value = 10
belief = "result-in-loop"     # what somebody believes who says so
answer = "The calls are submitted all at once, and up to three of them are under way at any time."
```

```explain
Shown after the run: why it came as it did. Markdown again, with links, such as to the future of
[the longest call](future:loiter(4)).
```

```note
For the teacher alone.
```

```try
# Something to do. The solution proves that it can be done.
task = "Get it done in 4 seconds."
may_change = ["workers"]
hint = "When does the longest call begin?"
solution = "workers=4"

[[goal]]
quantity = "total_time"
at_most = 4
```
)skeleton";

}  // namespace

std::string lesson_skeleton(const std::string& id) {
  std::string text(skeleton);
  return text.replace(text.find("\"ID\""), 4, "\"" + id + "\"");
}

}  // namespace loiter::cli
