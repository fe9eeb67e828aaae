"""Downloads these addresses with ThreadPoolExecutor and urllib, 20 at a time: download_peer.py URL...

Prints how long it took, in nanoseconds.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def get(url):
    with urlopen(url) as answer:
        return answer.read()


def main(urls):
    before = time.monotonic_ns()
    with ThreadPoolExecutor(20) as pool:
        for _ in pool.map(get, urls):
            pass
    print(time.monotonic_ns() - before)


if __name__ == "__main__":
    main(sys.argv[1:])
