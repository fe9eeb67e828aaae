#!/usr/bin/env python3
"""Breaks one thing at a time in a small tree, to see that tidy.py says so: a check must be able to fail."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

TIDY = pathlib.Path(__file__).with_name("tidy.py")
ROOT = TIDY.resolve().parents[2]
GOOD_HEADER = '// Clock: tells the time.\n#pragma once\n\n#include <string>\n\n#include "base/text.hpp"\n'


class TidyTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = pathlib.Path(scratch.name)
        self.write("src/floors.txt", (ROOT / "src/floors.txt").read_text(encoding="utf-8"))
        self.write(".clang-format", (ROOT / ".clang-format").read_text(encoding="utf-8"))
        self.write("src/base/text.hpp", "// Text: helpers.\n#pragma once\n")
        self.write("src/runtime/clock.hpp", GOOD_HEADER)
        self.write("tests/runtime/clock_test.cpp", '#include "runtime/clock.hpp"\n')

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def tidy(self, check):
        result = subprocess.run([sys.executable, str(TIDY), "--root", str(self.root), check],
                                capture_output=True, text=True, check=False)
        return result.returncode, result.stdout + result.stderr

    def assert_clean(self, check):
        status, text = self.tidy(check)
        self.assertEqual(status, 0, text)

    def assert_finds(self, check, *expected):
        status, text = self.tidy(check)
        self.assertEqual(status, 1, text)
        for part in expected:
            self.assertIn(part, text)

    def test_a_good_tree_is_clean(self):
        self.assert_clean("includes")
        self.assert_clean("rules")

    def test_an_include_from_a_floor_above_is_found(self):
        self.write("src/runtime/clock.cpp", '#include "runtime/clock.hpp"\n\n#include "trace/run.hpp"\n')
        self.assert_finds("includes", "src/runtime/clock.cpp:3: runtime must not include trace")

    def test_an_include_from_a_floor_beside_is_found(self):
        self.write("src/cli/main.cpp", '#include "gui/panel.hpp"\n')
        self.assert_finds("includes", "src/cli/main.cpp:1: cli must not include gui")

    def test_an_include_without_its_folder_is_found(self):
        self.write("src/runtime/clock.cpp", '#include "clock.hpp"\n')
        self.assert_finds("includes", 'src/runtime/clock.cpp:1: "clock.hpp" does not begin with a floor')

    def test_imgui_glfw_curl_and_the_server_are_for_their_floors_only(self):
        for header, good, bad in [("imgui.h", "gui", "views"), ("GLFW/glfw3.h", "app", "gui"),
                                  ("curl/curl.h", "net", "engine"), ("httplib.h", "net", "cli")]:
            with self.subTest(header):
                self.write(f"src/{bad}/part.cpp", f"#include <{header}>\n")
                self.assert_finds("includes", f"src/{bad}/part.cpp:1: {bad} must not include <{header}>")
                (self.root / f"src/{bad}/part.cpp").unlink()
                self.write(f"src/{good}/part.cpp", f"#include <{header}>\n")
                self.assert_clean("includes")

    def test_quotes_do_not_hide_a_library(self):
        self.write("src/views/part.cpp", '#  include "imgui.h"\n')
        self.assert_finds("includes", "src/views/part.cpp:1: views must not include <imgui.h>")

    def test_a_folder_that_is_no_floor_is_found(self):
        self.write("src/helpers/all.hpp", "// All.\n")
        self.assert_finds("includes", "src/helpers/all.hpp:1: 'helpers' is no floor")

    def test_a_test_that_is_never_built_is_found(self):
        self.write("tests/clocks/clock_test.cpp", "\n")
        self.assert_finds("includes", "tests/clocks/clock_test.cpp:1:")

    def test_a_circle_of_floors_is_found(self):
        self.write("src/floors.txt", "base: runtime\nruntime: base\n")
        self.assert_finds("includes", "src/floors.txt:1: 'base' names 'runtime'")

    def test_bad_layout_is_found(self):
        status, _ = self.tidy("format")
        if status == 77:
            self.skipTest("clang-format 14 is not installed")
        self.assertEqual(status, 0)
        self.write("src/base/text.cpp", '#include "base/text.hpp"\n\nint   twice( int x ){return 2*x;}\n')
        self.assert_finds("format", "src/base/text.cpp:3: clang-format would change this")

    def test_an_open_end_is_found(self):
        self.write("src/base/text.cpp", "// TO" "DO: later\n")
        self.assert_finds("rules", "src/base/text.cpp:1: TO" "DO is left open")

    def test_a_long_file_is_found_unless_a_reason_is_given(self):
        self.write("src/base/text.cpp", "\n" * 501)
        self.assert_finds("rules", "src/base/text.cpp:501: 501 lines, over 500")
        self.write("tests/tidy/long_files.txt", "# exceptions\nsrc/base/text.cpp: one table\n")
        self.assert_clean("rules")
        self.write("tests/tidy/long_files.txt", "src/base/text.cpp:\n")
        self.assert_finds("rules", "long_files.txt:1: src/base/text.cpp needs a reason")

    def test_an_exception_that_is_no_longer_needed_is_found(self):
        self.write("tests/tidy/long_files.txt", "src/base/text.hpp: it was long once\n")
        self.assert_finds("rules", "long_files.txt:1: src/base/text.hpp is no longer over 500 lines")

    def test_a_header_without_its_purpose_is_found(self):
        self.write("src/base/text.hpp", "#pragma once\n")
        self.assert_finds("rules", "src/base/text.hpp:1: a header starts with a comment")


if __name__ == "__main__":
    unittest.main()
