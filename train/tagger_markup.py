"""Invented news with its statements marked in the text, and the check that the marks are sound.

    python train/tagger_markup.py train/invented/*.txt

A mark is `{s1|words}`: the source of the article's statement 1; `c` is a cue, `t` (told) a content. Marks may stand inside
marks and a role may have several: `{t1|"We go,"} {s1|she} {c1|said}. {t1|"Tonight."}`. A file is the text of one article.
"""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

ROLES = {"s": "source", "c": "cue", "t": "content"}
_MARK = re.compile(r"\{([sct])(\d+)\||\}")


class MarkupError(ValueError):
    """The marks of a file do not fit together; says where."""


def parsed(marked: str) -> tuple[str, list[dict[str, list[list[int]]]]]:
    """The bare text, and of every statement, in order of its number, the [start, end] spans of source, cue and content in it."""
    parts: list[str] = []
    found: dict[int, dict[str, list[list[int]]]] = {}
    still: list[tuple[str, int, int]] = []
    done = length = 0
    for hit in _MARK.finditer(marked):
        parts.append(marked[done : hit.start()])
        length += hit.start() - done
        done = hit.end()
        if hit.group(1):
            still.append((ROLES[hit.group(1)], int(hit.group(2)), length))
        elif still:
            role, number, start = still.pop()
            one = found.setdefault(number, {name: [] for name in ROLES.values()})
            one[role].append([start, length])
        else:
            raise MarkupError(f"a }} closes nothing near {marked[max(0, hit.start() - 40) : hit.end()]!r}")
    parts.append(marked[done:])
    text = "".join(parts)
    if still:
        raise MarkupError(f"a mark is never closed near {text[still[-1][2] :][:40]!r}")
    if "{" in text or "|" in text:
        raise MarkupError("a { or | stands outside a mark")
    return text, [_checked(number, found[number], text) for number in sorted(found)]


def _checked(number: int, one: dict[str, list[list[int]]], text: str) -> dict[str, list[list[int]]]:
    for role, spans in one.items():
        spans.sort()
        if role != "source" and not spans:
            raise MarkupError(f"statement {number} has no {role}")
        for start, end in spans:
            words = text[start:end]
            if not words.strip() or words != words.strip() or "\n" in words:
                raise MarkupError(f"statement {number}: {role} {words[:60]!r} is empty, has white space at its ends or runs over a line")
    whole = sorted(span for spans in one.values() for span in spans)
    for (_, end), (start, _) in pairwise(whole):
        if start < end:
            raise MarkupError(f"statement {number}: its own spans overlap near {text[start : start + 40]!r}")
    return one


def main() -> None:
    """Checks the files named on the command line."""
    failed = False
    for name in sys.argv[1:]:
        try:
            text, statements = parsed(Path(name).read_text(encoding="utf8"))
        except MarkupError as error:
            failed = True
            print(f"{name}: {error}")
        else:
            nested = sum(one["nested"] for one in with_flags(statements))
            print(f"{name}: {len(text.split())} words, {len(statements)} statements, {nested} inside another")
    sys.exit(failed)


def with_flags(statements: list[dict[str, list[list[int]]]]) -> list[dict[str, Any]]:
    """The statements, those whose cue stands in the content of another flagged `nested`."""
    hosts = [span for one in statements for span in one["content"]]
    return [{**one, "nested": any(s <= one["cue"][0][0] and one["cue"][0][1] <= e for s, e in hosts)} for one in statements]


if __name__ == "__main__":
    main()
