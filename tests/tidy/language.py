#!/usr/bin/env python3
"""Checks what people read: its spelling, and in lessons the choice of words and how hard the sentences are.

    language.py [--root FOLDER] spelling|lessons

spelling   codespell over the Markdown, the lessons, the scenarios and the sources.
lessons    the words of lessons/style.txt, sentences and lines of code that are too long, and the reading level of each
           lesson (Flesch and Kincaid's grade: about the years at school after which a text is easy to read).

Each finding is one line "file:line: what is wrong and what to do"; the status is 1 when there is one, or when the check
cannot be made.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys
from typing import NamedTuple

STYLE = "lessons/style.txt"
# What codespell reads. Not tests: they have wrong words on purpose.
SPELLED = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "lab", "lessons", "assets/scenarios", "src",
           "third_party/README.md", "third_party/debian-packages.txt"]
# A lesson is read by people who learn, many of them in a second language. Higher limits would let in the sentences of a
# reference manual; lower ones would cut explanations into pieces that no longer say why.
HIGHEST_GRADE = 6.0
MOST_WORDS = 30  # of a sentence
FEWEST_WORDS = 100  # a grade of less text says nothing
LONGEST_CODE = 58  # columns of a listing: more do not fit beside the lab
PROSE_BLOCKS = {"explain", "note"}
DATA_BLOCKS = {"lab", "predict", "try"}
# Keys of data blocks whose values people read. `says` is a few words to choose, and no sentence.
TEXT_KEYS = re.compile(r'^(title|ask|says|answer|task|hint)\s*=\s*(.*)$')
ONE_STRING = re.compile(r'^"((?:[^"\\]|\\.)*)"\s*(#.*)?$')


class Passage(NamedTuple):
    line: int  # of its first word
    text: str  # with the line ends it has in the file
    is_read: bool  # in sentences: it counts for the reading level


# --- What of a lesson is text -----------------------------------------------------------------------------------------

def without_code(line):
    """The line with each piece of `code` as a word that stands for it, and each [link](target) as its words."""
    line = re.sub(r"`[^`]+`", "Name1", line)
    return re.sub(r"!?\[([^\]]*)\]\((?:<[^>]*>|(?:[^()\s]|\([^()]*\))*)\)", r"\1", line)


def passages_of(lines):
    """The passages of a Markdown file, lesson or not: paragraphs, items, headings, and the texts of a lesson's blocks."""
    passages = []
    fence, block = "", ""  # the fence that is open, and its word
    inner = ""  # that of a listing within a block of prose
    is_head = bool(lines) and lines[0] == "+++"
    paragraph = []  # (line, text)

    def end():
        if paragraph:
            passages.append(Passage(paragraph[0][0], "\n".join(text for _, text in paragraph), True))
            paragraph.clear()

    for number, line in enumerate(lines, 1):
        if is_head and number > 1 and line == "+++":
            is_head = False
            continue
        mark = re.match(r"\s{0,3}(`{3,}|~{3,})\s*(\w*)", line)
        if inner:
            if mark and mark[1].startswith(inner) and not mark[2]:
                inner = ""
            continue
        if mark and not is_head and (not fence or (mark[1].startswith(fence) and not mark[2])):
            end()
            fence, block = ("", "") if fence else (mark[1], mark[2])
            continue
        if mark and block in PROSE_BLOCKS:
            end()
            inner = mark[1]
            continue
        if is_head or block in DATA_BLOCKS:
            key = TEXT_KEYS.match(line)
            # A scenario within a lab has keys of its own.
            if key and block != "lab":
                value = ONE_STRING.match(key[2])
                passages.append(Passage(number, value[1] if value else "", key[1] not in ("title", "says")))
            continue
        if fence and block not in PROSE_BLOCKS:
            continue
        text = without_code(line)
        if not text.strip() or (re.match(r" {4}", line) and not paragraph) or text.startswith("|"):
            end()
        elif re.match(r"#+ ", text):
            end()
            passages.append(Passage(number, text.lstrip("# "), False))
        else:
            if re.match(r"\s*([-*+]|\d+\.) ", text):
                end()
                text = re.sub(r"^\s*([-*+]|\d+\.) ", "", text)
            paragraph.append((number, text))
    end()
    return passages


# --- Words to avoid ---------------------------------------------------------------------------------------------------

def style_rules(root):
    """[(pattern, phrase, instead)] and what is wrong with the list itself."""
    rules, findings = [], []
    for number, line in enumerate((root / STYLE).read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        phrase, arrow, instead = (part.strip() for part in line.partition("->"))
        if not arrow or not phrase or not instead:
            findings.append(f"{STYLE}:{number}: a rule is: word or phrase -> what to write instead")
            continue
        words = [re.escape(word).replace(r"\*", r"\w*") for word in phrase.split()]
        rules.append((re.compile(r"(?<![\w-])" + r"\s+".join(words) + r"(?![\w-])", re.IGNORECASE), phrase, instead))
    return rules, findings


def style_findings(name, passages, rules):
    for passage in passages:
        for pattern, _, instead in rules:
            for match in pattern.finditer(passage.text):
                line = passage.line + passage.text.count("\n", 0, match.start())
                words = " ".join(match[0].split())
                yield f"{name}:{line}: '{words}': {instead} ({STYLE})"


# --- How hard it is to read -------------------------------------------------------------------------------------------

def words_in(sentence):
    return [word for word in (raw.strip("*_\"'“”‘’()[]{}<>,.;:!?-–") for raw in sentence.split()) if word]


# "one", "while", "called", "times" say no e; "table", "ended", "uses" do.
SILENT = re.compile(r"(?:[^aeiouyl]e|[aeiouy]le|[^aeiouytd]ed|(?:[^aeiouyscxzghl]|[aeiouy]l)es)$")


def syllables(word):
    """About how many: groups of vowels, without an e that nobody says. A name of code, or a number, is taken as two."""
    if not re.fullmatch(r"[A-Za-z][a-z]*(['’-][A-Za-z]+)*", word):
        return 2
    count = 0
    for part in re.split(r"[-'’]", word.lower()):
        groups = len(re.findall(r"[aeiouy]+", part))
        count += groups - 1 if groups > 1 and SILENT.search(part) else groups
    return max(1, count)


def sentences_of(passage):
    """[(line, words)]"""
    begin = 0
    for end in [match.end() for match in re.finditer(r"[.!?][\"'”)*_]*(?=\s|$)", passage.text)] + [len(passage.text)]:
        sentence = passage.text[begin:end]
        words = words_in(sentence)
        if words:
            first = begin + len(sentence) - len(sentence.lstrip())
            yield passage.line + passage.text.count("\n", 0, first), words
        begin = end


def grade_of(sentences):
    words = [word for _, sentence in sentences for word in sentence]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def reading_findings(name, passages):
    sentences = [sentence for passage in passages if passage.is_read for sentence in sentences_of(passage)]
    for line, words in sentences:
        if len(words) > MOST_WORDS:
            yield (f"{name}:{line}: a sentence of {len(words)} words ('{' '.join(words[:6])} ...'): "
                   f"at most {MOST_WORDS}, so make two of it")
    if sum(len(words) for _, words in sentences) < FEWEST_WORDS:
        return
    grade = grade_of(sentences)
    if grade > HIGHEST_GRADE:
        hardest = max(sentences, key=lambda sentence: grade_of([sentence]))
        yield (f"{name}:{hardest[0]}: the lesson reads like grade {grade:.1f}, over {HIGHEST_GRADE:g}: shorter sentences, "
               f"shorter words; this one is the hardest")


# --- Listings ---------------------------------------------------------------------------------------------------------

def listing_findings(name, lines):
    fence = ""
    for number, line in enumerate(lines, 1):
        mark = re.match(r"(`{3,}|~{3,})(python|cpp|c\+\+)?\s*$", line)
        if mark and (mark[2] or fence):
            fence = "" if fence and mark[1].startswith(fence) else mark[1]
        elif fence and len(line) > LONGEST_CODE:
            yield f"{name}:{number}: a line of code of {len(line)} characters: at most {LONGEST_CODE} fit beside the lab"


# --- The two checks ---------------------------------------------------------------------------------------------------

def check_lessons(root):
    rules, findings = style_rules(root)
    for path in sorted((root / "lessons").glob("*.md")):
        name = path.relative_to(root)
        lines = path.read_text(encoding="utf-8").splitlines()
        passages = passages_of(lines)
        for passage in passages:
            if not passage.text:
                findings.append(f"{name}:{passage.line}: this text cannot be checked: write it as one \"string\" on one line")
        findings += style_findings(name, passages, rules)
        if path.name != "README.md":  # a reference, with tables
            findings += [*reading_findings(name, passages), *listing_findings(name, lines)]
    return findings


def check_spelling(root):
    program = shutil.which("codespell")
    if not program:
        return ["codespell:1: codespell is not installed, so no spelling is checked: ./lab setup test installs it"]
    there = [part for part in SPELLED if (root / part).exists()]
    # The style list has words with an end of their own left out.
    result = subprocess.run([program, "--quiet-level=3", f"--skip={STYLE}", "--", *there],
                            cwd=root, capture_output=True, text=True, check=False)
    findings = [re.sub(r"^\./", "", line).replace(" ==> ", " is spelled: ") for line in result.stdout.splitlines()]
    if result.returncode and not findings:
        findings = [f"codespell:1: {result.stderr.strip() or 'codespell failed'}"]
    return findings


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2])
    parser.add_argument("--grades", action="store_true", help="only print the grade of each lesson")
    parser.add_argument("check", choices=["spelling", "lessons"])
    arguments = parser.parse_args()
    if arguments.grades:
        for path in sorted((arguments.root / "lessons").glob("[0-9]*.md")):
            passages = passages_of(path.read_text(encoding="utf-8").splitlines())
            sentences = [each for passage in passages if passage.is_read for each in sentences_of(passage)]
            print(f"{path.name}: grade {grade_of(sentences):.1f}, longest sentence {max(len(w) for _, w in sentences)} words")
        return 0
    findings = {"spelling": check_spelling, "lessons": check_lessons}[arguments.check](arguments.root)
    for finding in findings:
        print(finding)
    print(f"{arguments.check}: {len(findings)} findings" if findings else f"{arguments.check}: nothing to say")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
