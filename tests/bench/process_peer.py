"""Measures CPython's ProcessPoolExecutor as process_bench.cpp measures Loiter's: process_peer.py fork|spawn.

Prints one line, "name=value ...": times in nanoseconds, memory in bytes.
"""

import multiprocessing
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor


def work(i):
    return i * 2 + 1


def begun_at(_):
    now = time.monotonic_ns()
    time.sleep(0.05)
    return now


def private_bytes(_):
    with open("/proc/self/smaps_rollup") as smaps:
        kilobytes = sum(int(line.split()[1]) for line in smaps if line.startswith("Private_"))
    time.sleep(0.05)
    return kilobytes * 1024


def main(method):
    context = multiprocessing.get_context(method)
    found = {}
    with ProcessPoolExecutor(4, mp_context=context) as pool:
        before = time.monotonic_ns()
        futures = [pool.submit(begun_at, i) for i in range(4)]
        found["ready"] = max(future.result() for future in futures) - before
        found["memory"] = statistics.median(pool.map(private_bytes, range(4)))
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        list(pool.map(work, range(200)))
        times = []
        for i in range(1000):
            before = time.monotonic_ns()
            pool.submit(work, i).result()
            times.append(time.monotonic_ns() - before)
        found["round_trip"] = statistics.median(times)
        for chunk_size, count in ((1, 5_000), (64, 200_000)):
            before = time.monotonic_ns()
            for _ in pool.map(work, range(count), chunksize=chunk_size):
                pass
            found[f"chunk_{chunk_size}"] = (time.monotonic_ns() - before) / count
    print(" ".join(f"{name}={value:.0f}" for name, value in found.items()))


if __name__ == "__main__":
    main(sys.argv[1])
