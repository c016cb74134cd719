"""Words that nobody said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.resolve.marked import readings

from onrecord.data import Attribution, Document, Span

TABLE = Path(__file__).with_name("supposed.tsv")
CASES = [line.split("\t") for line in TABLE.read_text(encoding="utf8").splitlines() if not line.startswith("#")]
MARK = re.compile(r"[{}\[\]]")


def marked(text: str) -> tuple[str, Attribution]:
    """The text without its marks, and the attribution whose {cue} and [content] they show."""
    found: dict[str, list[Span]] = {"}": [], "]": []}
    opened: list[int] = []
    for number, mark in enumerate(MARK.finditer(text)):
        place = mark.start() - number
        if mark[0] in found:
            found[mark[0]].append(Span(opened.pop(), place))
        else:
            opened.append(place)
    return MARK.sub("", text), Attribution((), tuple(found["}"]), tuple(found["]"]))


def test_the_table_has_sixty_sayings_that_nobody_said() -> None:
    assert sum(kind == "supposed" for kind, _ in CASES) >= 60


@pytest.mark.parametrize(("kind", "text"), CASES, ids=[text for _, text in CASES])
def test_a_saying_is_supposed_only_where_its_words_say_so(kind: str, text: str) -> None:
    plain, attribution = marked(text)
    assert readings(Document("case", plain), (attribution,))[0].hypothetical is (kind == "supposed")
