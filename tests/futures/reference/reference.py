#!/usr/bin/env python3
"""What CPython's concurrent.futures does, program by program: the text that reference_test.cpp compares this floor with.

    reference.py            prints it; expected.txt holds it

Each program is a function below and a section "== name" of the output. Nothing in it depends on how fast the machine is:
gates hold tasks where they must be, and what would wait for ever has a short timeout. Addresses become 0x.., numbers of
objects N. Status 77: this Python is none that the reference was checked on.
"""

import logging
import re
import sys
import threading
import time
from concurrent import futures
from concurrent.futures import ThreadPoolExecutor, as_completed, wait

PROGRAMS = []
SHORT = 0.02  # of those who wait for nothing


def program(function):
    PROGRAMS.append(function)
    return function


def say(*parts):
    text = " ".join(str(part) for part in parts)
    text = re.sub(r"0x[0-9a-f]+", "0x..", text)
    print(re.sub(r"Future \d+", "Future N", text))


class Log(logging.Handler):
    """Says what the library logs, with the exception in parentheses in place of a traceback."""

    def emit(self, record):
        error = record.exc_info and record.exc_info[1]
        suffix = f" ({type(error).__name__}: {error})" if error else ""
        say("logs", record.levelname, record.getMessage() + suffix)


def attempt(function, *arguments, **keywords):
    """What a call gives, or the exception it raises."""
    try:
        return function(*arguments, **keywords)
    except BaseException as error:
        return f"{type(error).__name__}: {error}"


def raising(error):
    raise error


def here():
    return threading.current_thread().name


def wait_until(condition):
    while not condition():
        time.sleep(0.001)


def wait_until_idle(pool):
    wait_until(lambda: pool._idle_semaphore._value > 0)


def state(future):
    return future._state


def one_of_each():
    pending, running, cancelled, notified, returned, raised = (futures.Future() for _ in range(6))
    running.set_running_or_notify_cancel()
    cancelled.cancel()
    notified.cancel()
    notified.set_running_or_notify_cancel()
    returned.set_result(42)
    raised.set_exception(ValueError("boom"))
    return [pending, running, cancelled, notified, returned, raised]


@program
def reprs():
    for future in one_of_each():
        say(future)
    for value in ("x", 1, True, 1.5, None, [1], (1, 2), futures.Future()):
        future = futures.Future()
        future.set_result(value)
        say(future)


@program
def truth_table():
    for future in one_of_each():
        say(future.cancelled(), future.running(), future.done(), future.cancel(), state(future))


@program
def asking_at_once():
    for timeout in (0, -1):
        for future in one_of_each():
            say(attempt(future.result, timeout), "|", attempt(lambda f=future: repr(f.exception(timeout))))


@program
def set_twice():
    for future in one_of_each():
        say(attempt(future.set_result, 1), "|", attempt(future.set_exception, TypeError("no")), "|", state(future))


@program
def set_running():
    for future in one_of_each():
        say(attempt(future.set_running_or_notify_cancel), state(future))


@program
def callbacks():
    future = futures.Future()
    future.add_done_callback(lambda f: say("first", f))
    future.add_done_callback(lambda f: raising(ValueError("callback")))
    future.add_done_callback(lambda f: say("third"))
    future.set_result(1)
    say("set")
    future.add_done_callback(lambda f: say("late in", here() == threading.main_thread().name))
    future.add_done_callback(lambda f: raising(TypeError("late")))


@program
def callbacks_of_a_cancelled_future():
    future = futures.Future()
    future.add_done_callback(lambda f: say("called while", state(f)))
    say(future.cancel())
    say(future.cancel())
    say(future.set_running_or_notify_cancel(), state(future))


@program
def threads_of_callbacks():
    gate = threading.Event()
    with ThreadPoolExecutor(1, "pool") as pool:
        future = pool.submit(gate.wait)
        future.add_done_callback(lambda f: say("before:", here()))
        gate.set()
        pool.submit(int).result()
        future.add_done_callback(lambda f: say("after:", here() == threading.main_thread().name))


@program
def the_same_exception_each_time():
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(raising, ValueError("boom"))
        caught = []
        for _ in range(2):
            try:
                future.result()
            except ValueError as error:
                caught.append(error)
        say(caught[0] is caught[1], future.exception() is caught[0], future)


@program
def max_workers():
    for workers in (0, -1):
        say(attempt(ThreadPoolExecutor, workers))


@program
def threads_on_demand():
    gate = threading.Event()
    with ThreadPoolExecutor(5) as pool:
        counts = [len(pool._threads)]
        for _ in range(3):
            pool.submit(gate.wait)
            counts.append(len(pool._threads))
        say(*counts)
        gate.set()
    gate.clear()
    with ThreadPoolExecutor(4) as pool:
        tasks = [pool.submit(gate.wait) for _ in range(60)]
        say(len(pool._threads), sum(not f.running() for f in tasks) >= 56)
        gate.set()
    for workers in (5, 1000):
        with ThreadPoolExecutor(workers) as pool:
            for _ in range(4):
                pool.submit(int).result()
                wait_until_idle(pool)
            say(len(pool._threads))


@program
def names_of_threads():
    gate = threading.Event()
    pools = [ThreadPoolExecutor(2, "SpecialPool"), ThreadPoolExecutor(2, "Other")]
    for pool in pools:
        for _ in range(2):
            pool.submit(gate.wait)
        say(*sorted(thread.name for thread in pool._threads))
    gate.set()
    for pool in pools:
        pool.shutdown()


@program
def after_shutdown():
    pool = ThreadPoolExecutor(1)
    pool.submit(int)
    pool.shutdown()
    say(attempt(pool.submit, int))
    say(attempt(pool.map, int, [1]))
    say(attempt(pool.shutdown))


@program
def shutdown_without_wait():
    gate = threading.Event()
    entered = threading.Event()
    pool = ThreadPoolExecutor(1)
    tasks = [pool.submit(lambda: (entered.set(), gate.wait())), pool.submit(int), pool.submit(int)]
    entered.wait()
    pool.shutdown(wait=False)
    say(*map(state, tasks))
    gate.set()
    wait(tasks)
    say(*map(state, tasks))


@program
def shutdown_that_cancels():
    gate = threading.Event()
    barrier = threading.Barrier(3)
    pool = ThreadPoolExecutor(2)
    tasks = [pool.submit(lambda: (barrier.wait(), gate.wait())) for _ in range(2)]
    barrier.wait()
    tasks += [pool.submit(int) for _ in range(4)]
    for i, task in enumerate(tasks[2:]):
        task.add_done_callback(lambda f, i=i: say("cancelled", i, here() == threading.main_thread().name))
    pool.shutdown(wait=False, cancel_futures=True)
    say(*map(state, tasks))
    gate.set()
    pool.shutdown()
    say(*map(state, tasks))
    done, not_done = wait(tasks[2:3], timeout=0)
    say(tasks[2].done(), len(done), len(not_done))
    say(attempt(next, as_completed(tasks[2:3], timeout=0)))
    say(attempt(tasks[2].result))


@program
def cancelled_in_the_queue():
    gate = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        a = pool.submit(gate.wait)
        b = pool.submit(say, "never said")
        wait_until(a.running)
        say(a.cancel(), b.cancel(), state(a), state(b))
        gate.set()
        done, not_done = wait([b])
        say(len(done), len(not_done), state(b))
        a.result()
        say(a.cancel(), state(a))


@program
def a_worker_survives():
    with ThreadPoolExecutor(1, "pool") as pool:
        say(attempt(pool.submit(raising, ValueError("x")).result))
        say(pool.submit(here).result(), len(pool._threads))


@program
def initializers():
    events = []
    barrier = threading.Barrier(4)
    with ThreadPoolExecutor(3, "pool", lambda: events.append(here() + " init")) as pool:
        for _ in range(3):
            pool.submit(lambda: (events.append(here() + " task"), barrier.wait()))
        barrier.wait()
        for _ in range(3):
            pool.submit(lambda: (events.append(here() + " task"), barrier.wait()))
        barrier.wait()
    for worker in range(3):
        say(*(event for event in events if event.startswith(f"pool_{worker}")))


@program
def an_initializer_that_fails():
    gate = threading.Event()

    def fail():
        gate.wait()
        raise ValueError("init")

    pool = ThreadPoolExecutor(1, "pool", fail)
    tasks = [pool.submit(int) for _ in range(3)]
    gate.set()
    for task in tasks:
        say(attempt(task.result), "|", task)
    say(attempt(pool.submit, int))
    pool.shutdown()
    say(attempt(pool.submit, int))


@program
def first_in_first_out():
    gate = threading.Event()
    started = []
    with ThreadPoolExecutor(1) as pool:
        pool.submit(gate.wait)
        for i in range(10):
            pool.submit(started.append, i)
        gate.set()
    say(*started)


@program
def nested_submits():
    with ThreadPoolExecutor(1) as pool:
        outer = pool.submit(lambda: pool.submit(lambda: list(zip([1, 2, 3], [4, 5, 6]))))
        say(outer.result().result(), outer)
    pool = ThreadPoolExecutor(1)
    say(attempt(pool.submit(pool.shutdown).result))
    say(attempt(pool.submit, int))


@program
def mapping():
    consumed = []

    def inputs():
        for i in range(3):
            consumed.append(i)
            yield i

    with ThreadPoolExecutor(2) as pool:
        results = pool.map(str, inputs())
        say(consumed, results)
        say(list(results), attempt(next, results))
        results = pool.map(divmod, [1, 1, 1, 1], [2, 3, 0, 5])
        for _ in range(5):
            say(attempt(next, results))
        say(list(pool.map(str, [])))
        for chunksize in (3, 0, -5):
            say(list(pool.map(str, range(4), chunksize=chunksize)))


class Watched:
    """A pool of one worker whose map says which of its futures are cancelled, in order."""

    def __init__(self):
        self.gate = threading.Event()
        self.pool = ThreadPoolExecutor(1)
        submit = self.pool.submit
        self.count = 0

        def watched(function, *arguments):
            future = submit(function, *arguments)
            number = self.count
            self.count += 1
            future.add_done_callback(lambda f: f.cancelled() and say("cancelled", number))
            return future

        self.pool.submit = watched

    def end(self):
        self.gate.set()
        self.pool.shutdown()
        say("end")


@program
def a_raise_inside_map():
    watched = Watched()
    entered = threading.Event()

    def task(n):
        if n == 1:
            raise ValueError("one")
        if n == 2:
            entered.set()
            watched.gate.wait()
        return n

    results = watched.pool.map(task, range(5))
    entered.wait()
    say(next(results))
    say(attempt(next, results))
    say(attempt(next, results))
    watched.end()


@program
def a_timeout_inside_map():
    watched = Watched()
    results = watched.pool.map(lambda n: watched.gate.wait(), range(3), timeout=0)
    wait_until(lambda: watched.pool._work_queue.qsize() == 2)
    say(attempt(next, results))
    say(attempt(next, results))
    watched.end()


@program
def finished_before_the_timeout_of_map():
    with ThreadPoolExecutor(1) as pool:
        results = pool.map(str, range(3), timeout=0)
        pool.submit(int).result()
        say(list(results))


@program
def closing_map():
    watched = Watched()
    running = threading.Event()

    def task(n):
        if n == 1:
            running.set()
            watched.gate.wait()
        return n

    results = watched.pool.map(task, range(5))
    running.wait()
    say(next(results))
    results.close()
    say(attempt(next, results))
    watched.end()
    watched = Watched()
    results = watched.pool.map(lambda n: watched.gate.wait(), range(3))
    results.close()
    say(attempt(next, results))
    watched.end()


@program
def a_cancelled_future_inside_map():
    gate = threading.Event()
    pool = ThreadPoolExecutor(1)
    entered = threading.Event()
    results = pool.map(lambda n: (entered.set(), gate.wait(), n)[2], range(3))
    entered.wait()
    pool.shutdown(wait=False, cancel_futures=True)
    gate.set()
    for _ in range(3):
        say(attempt(next, results))


@program
def waiting():
    each = one_of_each()
    for when in (futures.FIRST_COMPLETED, futures.FIRST_EXCEPTION, futures.ALL_COMPLETED):
        done, not_done = wait(each[:4] + each[:2], timeout=0, return_when=when)
        say(sorted(each.index(f) for f in done), sorted(each.index(f) for f in not_done))
        done, not_done = wait([], return_when=when)
        say(len(done), len(not_done))
        done, not_done = wait(each[3:], return_when=when)
        say(len(done), len(not_done))
    say(attempt(wait, each[:1], return_when=77))
    say(len(attempt(wait, each[4:], return_when=77).done))


@program
def waiting_for_the_first():
    gate = threading.Event()
    with ThreadPoolExecutor(3) as pool:
        slow = pool.submit(gate.wait)
        quick = pool.submit(int)
        done, not_done = wait([slow, quick], return_when=futures.FIRST_COMPLETED)
        say(quick in done, slow in not_done)
        fails = pool.submit(raising, ValueError("x"))
        done, not_done = wait([slow, fails], return_when=futures.FIRST_EXCEPTION)
        say(fails in done, slow in not_done)
        gate.set()
        done, not_done = wait([slow, quick, fails])
        say(len(done), len(not_done))


@program
def completing():
    each = one_of_each()
    for timeout in (0, -1):
        iterator = as_completed(each + [futures.Future()], timeout=timeout)
        given = sorted(each.index(next(iterator)) for _ in range(3))
        say(given, attempt(next, iterator))
        say(attempt(next, iterator))
    say(len(list(as_completed(each[4:] * 3))), len(list(as_completed([]))))
    iterator = as_completed(each)
    iterator.close()
    say(attempt(next, iterator))


@program
def completing_in_order():
    each = [futures.Future() for _ in range(4)]
    each[0].set_result(0)
    iterator = as_completed(each)
    order = [each.index(next(iterator))]
    for i in (2, 1, 3):
        each[i].set_result(i)
    order += [each.index(f) for f in iterator]
    say(*order)


@program
def completing_too_late():
    each = [futures.Future() for _ in range(3)]
    each[0].set_result(0)
    iterator = as_completed(each, timeout=SHORT)
    say(each.index(next(iterator)))
    each[1].set_result(1)
    time.sleep(2 * SHORT)
    say(attempt(next, iterator))
    say(attempt(next, iterator))


@program
def wait_forever():
    for workers in (1, 2):
        pool = ThreadPoolExecutor(workers)
        inner = []

        def outer():
            inner.append(pool.submit(lambda: list(zip([1, 2, 3], [4, 5, 6]))))
            return inner[0].result()

        future = pool.submit(outer)
        if workers == 1:
            wait_until(lambda: pool._work_queue.qsize() == 1)
            say(attempt(future.result, SHORT))
        else:
            say(attempt(future.result))
        say(state(future), state(inner[0]), len(pool._threads))
        pool.shutdown(wait=False, cancel_futures=True)
        say(attempt(future.result), state(inner[0]))


@program
def chains_of_waits():
    def chain(pool, depth):
        return 1 if depth == 1 else 1 + pool.submit(chain, pool, depth - 1).result()

    for workers in range(1, 6):
        pool = ThreadPoolExecutor(workers)
        future = pool.submit(chain, pool, 4)
        stuck = workers < 4
        if stuck:
            wait_until(lambda: len(pool._threads) == workers and pool._work_queue.qsize() == 1)
        say(workers, attempt(future.result, SHORT if stuck else None), len(pool._threads))
        pool.shutdown(wait=False, cancel_futures=True)


def main():
    if not (3, 11) <= sys.version_info < (3, 14):
        return 77
    logger = logging.getLogger("concurrent.futures")
    logger.addHandler(Log())
    logger.propagate = False
    for function in PROGRAMS:
        print("==", function.__name__)
        function()
    return 0


if __name__ == "__main__":
    sys.exit(main())
