#!/usr/bin/env python3
"""Breaks one thing at a time in a small tree, to see that language.py says so: a check must be able to fail."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

LANGUAGE = pathlib.Path(__file__).with_name("language.py")
sys.dont_write_bytecode = True
sys.path.insert(0, str(LANGUAGE.parent))
import language  # noqa: E402

HEAD = '+++\nid = "mine"\ntitle = "My lesson"\nminutes = 5\n+++\n\n'
PLAIN = "A pool has a queue. A worker takes the first call. It comes back for the next one.\n"
LESSON = HEAD + PLAIN * 8
QUESTION = '```predict\nkind = "choose"\nask = "{}"\n\n[[option]]\nsays = "{}"\nanswer = "{}"\n```\n'


class LanguageTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = pathlib.Path(scratch.name)
        self.write("lessons/style.txt", "# Rules.\nsimply -> leave it out\nthread pool executor -> thread pool\nutilis* -> use\n")
        self.write("lessons/01-mine.md", LESSON)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def lesson(self, text):
        self.write("lessons/01-mine.md", text)

    def check(self, name, environment=None):
        result = subprocess.run([sys.executable, str(LANGUAGE), "--root", str(self.root), name],
                                capture_output=True, text=True, check=False, env=environment)
        return result.returncode, result.stdout + result.stderr

    def assert_clean(self, name):
        status, text = self.check(name)
        self.assertEqual(status, 0, text)

    def assert_finds(self, name, *expected):
        status, text = self.check(name)
        self.assertEqual(status, 1, text)
        for part in expected:
            self.assertIn(part, text)

    def test_a_good_tree_is_clean(self):
        self.assert_clean("lessons")
        self.assert_clean("spelling")

    def test_a_word_of_the_list_is_found_on_its_line(self):
        self.lesson(HEAD + "A pool is\nSimply a queue.\n")
        self.assert_finds("lessons", "lessons/01-mine.md:8: 'Simply': leave it out (lessons/style.txt)")

    def test_a_phrase_is_found_over_the_end_of_a_line_and_a_star_stands_for_letters(self):
        self.lesson(HEAD + "This is a thread\npool executor, and it utilises threads.\n")
        self.assert_finds("lessons", "01-mine.md:7: 'thread pool executor': thread pool", "01-mine.md:8: 'utilises': use")

    def test_words_of_questions_answers_explanations_and_notes_are_looked_at(self):
        for text in [QUESTION.format("Is it simply so?", "Yes", "No."), QUESTION.format("Is it?", "Simply yes", "No."),
                     QUESTION.format("Is it?", "Yes", "Simply no."), "```explain\nSimply so.\n```\n",
                     "```note\nSimply so.\n```\n", "# Simply this\n", "- one\n- simply two\n",
                     "[simply this](panel:stage)\n", "```explain\n~~~cpp\nx\n~~~\nSimply so.\n```\n"]:
            with self.subTest(text):
                self.lesson(LESSON + text)
                self.assert_finds("lessons", "imply': leave it out")

    def test_code_and_settings_are_left_alone(self):
        for text in ["```python\nsimply()\n```\n", "~~~cpp\nsimply();\n~~~\n", "Call `simply`.\n",
                     "```explain\nSo.\n~~~python\nsimply()\n~~~\nSo.\n```\n", "\n    simply()\n",
                     '```lab\nexperiment = "simply"\ntitle = "simply"\n```\n', "[this](https://example.org/simply)\n",
                     "[this](<future:simply #1>)\n", "It is over-simply-said.\n"]:
            with self.subTest(text):
                self.lesson(LESSON + text)
                self.assert_clean("lessons")

    def test_a_text_that_cannot_be_looked_at_is_found(self):
        self.lesson(LESSON + '```predict\nask = """\nSimply\n"""\n```\n')
        self.assert_finds("lessons", "this text cannot be checked: write it as one \"string\" on one line")

    def test_a_rule_that_is_none_is_found(self):
        self.write("lessons/style.txt", "simply leave it out\n")
        self.assert_finds("lessons", "lessons/style.txt:1: a rule is: word or phrase -> what to write instead")

    def test_a_sentence_that_is_too_long_is_found_on_its_line(self):
        self.lesson(HEAD + "This is short.\nThis is " + "so " * 40 + "long.\n")
        self.assert_finds("lessons", "01-mine.md:8: a sentence of 43 words ('This is so so so so ...'): at most 30")

    def test_a_long_question_is_found(self):
        self.lesson(LESSON + QUESTION.format("Is it " + "so " * 40 + "long?", "Yes", "No."))
        self.assert_finds("lessons", "a sentence of 43 words")

    def test_a_lesson_of_hard_words_is_found(self):
        hard = "Asynchronous cancellation necessitates sophisticated synchronisation considerations.\n"
        self.lesson(HEAD + PLAIN + hard * 20)
        self.assert_finds("lessons", "the lesson reads like grade", "this one is the hardest")

    def test_a_line_of_code_that_is_too_long_is_found(self):
        long = "x" * 59
        for text, line in [(f"```python\nx\n{long}\n```\n", 17), (f"```explain\nSo.\n~~~cpp\n{long}\n~~~\n```\n", 18)]:
            self.lesson(LESSON + text)
            self.assert_finds("lessons", f"01-mine.md:{line}: a line of code of 59 characters: at most 58")
        self.lesson(LESSON + f"```python\nx\n```\n{long}\n\n```lab\nset = {long}\n```\n")
        self.assert_clean("lessons")

    def test_a_word_that_is_misspelled_is_found(self):
        for name in ["README.md", "lessons/01-mine.md", "src/base/text.hpp", "assets/scenarios/a.toml"]:
            with self.subTest(name):
                self.write(name, "// We " + "rec" + "ieve it.\n")
                self.assert_finds("spelling", f"{name}:1:", "receive")
                (self.root / name).unlink()

    def test_without_codespell_the_check_fails_and_says_so(self):
        nowhere = dict(os.environ, PATH=str(self.root))
        status, text = self.check("spelling", nowhere)
        self.assertEqual(status, 1)
        self.assertIn("codespell is not installed, so no spelling is checked: ./lab setup test installs it", text)

    def test_syllables_and_grades_are_about_right(self):
        for word, count in [("queue", 1), ("waits", 1), ("called", 1), ("ended", 2), ("table", 2), ("tables", 2),
                            ("while", 1), ("times", 1), ("uses", 2), ("completed", 3), ("possible", 3),
                            ("as_completed", 2), ("loiter(4)", 2), ("3.3", 2), ("half-written", 3)]:
            self.assertEqual(language.syllables(word), count, word)
        short = [(1, "the cat sat on the mat".split())]
        self.assertLess(language.grade_of(short), 1)


if __name__ == "__main__":
    unittest.main()
