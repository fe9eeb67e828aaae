"""Runs the Python listings of scenarios under this CPython and prints what their main parts see.

    observe.py SECONDS LISTING...

A listing that has not ended after so many seconds is stuck, as far as anybody can tell, and is killed. For each listing,
in the given order: a line "== LISTING", what `run --format observations` would print without times, and how it ended.
The status is 77 when this is no CPython from 3.11 on.
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

OBSERVER = '''
import concurrent.futures as cf
import json


class Seen(list):
    """Takes the place of the listing's list: prints what comes in."""

    def __init__(self, names):
        self.names = names

    def name_of(self, future):
        for name, value in self.names.items():
            if value is future:
                return name
            if isinstance(value, list) and future in value:
                return f"{name}{value.index(future) + 1}"
        return "?"

    def append(self, item):
        step, what = item
        line = {"step": step}
        if isinstance(what, StopIteration):
            line["end"] = True
        elif isinstance(what, BaseException):
            line |= {"error": type(what).__name__, "text": str(what)}
        elif isinstance(what, cf.Future):
            line["value"] = "<Future>"
        elif isinstance(what, tuple):
            line |= {key: sorted(self.name_of(f) for f in getattr(what, key)) for key in ("done", "not_done")}
        elif what in ("PENDING", "RUNNING", "CANCELLED", "CANCELLED_AND_NOTIFIED", "FINISHED"):
            line["state"] = what.lower()
        else:
            line["value"] = what
        print(json.dumps(line), flush=True)
'''


def start(listing, folder):
    text = pathlib.Path(listing).read_text(encoding="utf-8")
    # What the program itself prints is no observation.
    text = text.replace("seen = []", "import sys, observer\nseen = observer.Seen(globals())", 1)
    text = "import builtins\ndef print(*args, **kw): pass\n" + text
    program = pathlib.Path(folder) / pathlib.Path(listing).name
    program.write_text(text, encoding="utf-8")
    return subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            start_new_session=True)


def end_of(process, seconds):
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        return out, {"ended": "stuck"}
    if process.returncode == 0:
        return out, {"ended": "finished"}
    error, _, text = err.strip().splitlines()[-1].partition(": ")
    return out, {"ended": "raised", "error": error.removeprefix("__main__."), "text": text}


def main():
    if sys.implementation.name != "cpython" or sys.version_info < (3, 11):
        sys.exit(77)
    seconds = float(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "observer.py").write_text(OBSERVER, encoding="utf-8")
        # Side by side: they mostly sleep.
        processes = [(listing, start(listing, folder)) for listing in sys.argv[2:]]
        deadline = time.monotonic() + seconds
        for listing, process in processes:
            out, ended = end_of(process, max(0.01, deadline - time.monotonic()))
            print(f"== {pathlib.Path(listing).name}")
            sys.stdout.write(out)
            print(json.dumps(ended))


if __name__ == "__main__":
    main()
