#!/usr/bin/env python3
"""Checks what no compiler checks: who includes whom, how code is laid out, and the rules of the house.

    tidy.py [--root FOLDER] includes|format|rules

Each finding is one line "file:line: what is wrong and what to do"; the status is 1 when there is one, 0 when there is
none, 77 when the check cannot be made here (clang-format of another version).
"""

import argparse
import fnmatch
import pathlib
import re
import shutil
import subprocess
import sys

FLOORS = "src/floors.txt"
LONG_FILES = "tests/tidy/long_files.txt"
MOST_LINES = 500
CLANG_FORMAT = "14"  # Debian 12's; every version lays code out a little differently
CANNOT_CHECK = 77
# Put together here, so that this file does not find itself.
OPEN_ENDS = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")) + r")\b")


def files(root, folders, suffixes):
    """Every file with one of these suffixes below these folders, as sorted paths relative to root."""
    found = set()
    for folder in folders:
        for path in (root / folder).rglob("*"):
            if path.suffix in suffixes and path.is_file() and "__pycache__" not in path.parts:
                found.add(path.relative_to(root))
    return sorted(found)


def lines_of(root, path):
    return (root / path).read_text(encoding="utf-8", errors="replace").splitlines()


class Floors:
    """src/floors.txt: what each floor may include, and which floors may see a library."""

    def __init__(self, root):
        self.below = {}
        self.libraries = []  # (pattern of a header, floors that may include it)
        self.findings = []
        for number, line in enumerate(lines_of(root, FLOORS), 1):
            line = line.split("#")[0].strip()
            if not line:
                continue
            name, _, rest = line.partition(":")
            names = rest.split()
            for other in names:
                if other not in self.below:
                    self.findings.append(f"{FLOORS}:{number}: '{name}' names '{other}', which is no floor above this line")
            if name.startswith("<"):
                self.libraries.append((name[1:].rstrip(">"), names))
            else:
                self.below[name] = names

    def complaint(self, floor, header, in_quotes):
        """Why a file of this floor must not include this header, or None."""
        for pattern, allowed in self.libraries:
            if fnmatch.fnmatch(header, pattern) and floor not in allowed:
                return f"{floor} must not include <{header}>: only {' and '.join(allowed)} may"
        if not in_quotes:
            return None
        target, slash, _ = header.partition("/")
        if not slash or target not in self.below:
            return f'"{header}" does not begin with a floor: write "{floor}/{header}", or <{header}> for a library'
        if target != floor and target not in self.below[floor]:
            allowed = " ".join(self.below[floor]) or "nothing else of src"
            return f"{floor} must not include {target}: it may include {allowed} ({FLOORS})"
        return None


def check_includes(root):
    floors = Floors(root)
    findings = floors.findings
    for path in files(root, ["src"], {".hpp", ".cpp", ".h", ".inl"}):
        floor = path.parts[1]
        if floor not in floors.below:
            findings.append(f"{path}:1: '{floor}' is no floor: add it to {FLOORS} or move the file")
            continue
        for number, line in enumerate(lines_of(root, path), 1):
            match = re.match(r'\s*#\s*include\s*(["<])([^">]+)', line)
            if match:
                complaint = floors.complaint(floor, match[2], match[1] == '"')
                if complaint:
                    findings.append(f"{path}:{number}: {complaint}")
    # A test in any other folder would never be built.
    for path in files(root, ["tests"], {".cpp"}):
        if path.name.endswith("_test.cpp") and path.parts[1] not in floors.below:
            findings.append(f"{path}:1: '{path.parts[1]}' is no floor, so this test is never built")
    return findings


def clang_format():
    """The program and None, or None and why there is none to use."""
    for name in ("clang-format-" + CLANG_FORMAT, "clang-format"):
        program = shutil.which(name)
        if program:
            version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
            if f"version {CLANG_FORMAT}." in version:
                return program, None
    return None, f"clang-format {CLANG_FORMAT} is not installed: the layout is not checked here"


def check_format(root, program):
    sources = [str(path) for path in files(root, ["src", "tests"], {".hpp", ".cpp"})]
    if not sources:
        return []
    result = subprocess.run([program, "--dry-run", "-Werror", "--ferror-limit=1", "--style=file", *sources],
                            cwd=root, capture_output=True, text=True, check=False)
    # clang-format shows the line as well: a finding is its first line, once a file.
    findings = [f"{match[1]}: clang-format would change this: run ./lab format"
                for match in re.finditer(r"^(.+?:\d+):\d+: error:", result.stderr, re.MULTILINE)]
    if result.returncode and not findings:
        findings = [f".clang-format:1: {result.stderr.strip() or 'clang-format failed'}"]
    return findings


def long_files(root):
    """The exceptions to the length rule: path -> (line number, reason)."""
    allowed = {}
    if (root / LONG_FILES).exists():
        for number, line in enumerate(lines_of(root, LONG_FILES), 1):
            if line.strip() and not line.startswith("#"):
                path, _, reason = line.partition(":")
                allowed[path.strip()] = (number, reason.strip())
    return allowed


def check_rules(root):
    findings = []
    own = [path for path in files(root, ["src", "tests", "cmake", "third_party"],
                                  {".hpp", ".cpp", ".py", ".sh", ".cmake", ".txt"}) if "corpus" not in path.parts]
    for path in own:
        for number, line in enumerate(lines_of(root, path), 1):
            match = OPEN_ENDS.search(line)
            if match:
                findings.append(f"{path}:{number}: {match[1]} is left open: do it, or file an issue and say so here")

    allowed = long_files(root)
    for name, (number, reason) in allowed.items():
        if not reason:
            findings.append(f"{LONG_FILES}:{number}: {name} needs a reason after the colon")
        if not (root / name).exists() or len(lines_of(root, name)) <= MOST_LINES:
            findings.append(f"{LONG_FILES}:{number}: {name} is no longer over {MOST_LINES} lines: remove this line")
    for path in files(root, ["src"], {".hpp", ".cpp"}):
        lines = lines_of(root, path)
        if len(lines) > MOST_LINES and str(path) not in allowed:
            findings.append(f"{path}:{len(lines)}: {len(lines)} lines, over {MOST_LINES}: split it by state, or list it "
                            f"with a reason in {LONG_FILES}")
        if path.suffix == ".hpp" and not re.match(r"//\s*\S+.*\w", lines[0] if lines else ""):
            findings.append(f"{path}:1: a header starts with a comment that says what it is for")
    return findings


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2])
    parser.add_argument("check", choices=["includes", "format", "rules"])
    arguments = parser.parse_args()
    if arguments.check == "format":
        program, reason = clang_format()
        if not program:
            print(reason)
            return CANNOT_CHECK
        findings = check_format(arguments.root, program)
    else:
        findings = {"includes": check_includes, "rules": check_rules}[arguments.check](arguments.root)
    for finding in findings:
        print(finding)
    print(f"{arguments.check}: {len(findings)} findings" if findings else f"{arguments.check}: nothing to say")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
