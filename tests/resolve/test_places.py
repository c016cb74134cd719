from __future__ import annotations

import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from onrecord.data import Attribution, Document, Span, Speaker, SpeakerType
from onrecord.resolve.mentions import PLACES, holder_type, singular
from onrecord.resolve.speakers import speakers

ROOT = Path(__file__).resolve().parents[2]
GOVERNMENT, ORGANISATION, PERSON = SpeakerType.GOVERNMENT, SpeakerType.ORGANISATION, SpeakerType.PERSON

SPEAKING = [
    ("[Kyiv] said no.", "Kyiv", GOVERNMENT, "government of Ukraine"),
    ("[Washington] said no.", "Washington", GOVERNMENT, "government of the United States"),
    ("[The Kremlin] said no.", "Kremlin", GOVERNMENT, "government of Russia"),
    ("[Brussels] said no.", "Brussels", GOVERNMENT, "European Union"),
    ("[Number 10] said no.", "Number 10", GOVERNMENT, "office of the Prime Minister of the United Kingdom"),
    ("[Ouagadougou] said no.", "Ouagadougou", GOVERNMENT, "government of Burkina Faso"),
    ("[Wall Street] said no.", "Wall Street", ORGANISATION, "financial industry of the United States"),
    ("[Texas] sued.", "Texas", GOVERNMENT, None),
    ("[Officials in Washington] said no.", "Officials in Washington", SpeakerType.GROUP, None),
    ("[Mara Washington] said no.", "Mara Washington", PERSON, None),
    ("Mara Washington came. [Washington] said no.", "Mara Washington", PERSON, None),
    ("[Mr Washington] said no.", "Washington", PERSON, None),
    ("[Paris Varga] said no.", "Paris Varga", PERSON, None),
    ("[The Washington Lantern] said no.", "Washington Lantern", None, None),
]


@pytest.mark.parametrize(("marked", "name", "kind", "stands_for"), SPEAKING)
def test_a_place_stands_for_a_body_where_it_speaks(marked: str, name: str, kind: SpeakerType | None, stands_for: str | None) -> None:
    found = _speaker(marked)
    assert (found.name, found.stands_for) == (name, stands_for)
    assert kind in (None, found.type)


def _speaker(marked: str) -> Speaker:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    cue = Span(end + 1, text.index(" ", end + 1) if " " in text[end + 1 :] else len(text) - 1)
    return speakers(Document("d", text), (Attribution((Span(start, end),), (cue,), (Span(len(text) - 1, len(text)),)),))[0]


def test_places_ending_in_s_are_one_place() -> None:
    assert [singular(word) for word in ("texas", "brussels", "athens", "ministers")] == ["texas", "brussels", "athens", "minister"]
    assert holder_type("No 10") is GOVERNMENT


def test_rows_written_by_hand_win_over_the_package() -> None:
    assert PLACES["astana"][1] == "government of Kazakhstan"
    assert "nur-sultan" not in PLACES


def test_every_row_has_a_known_kind_and_stands_for_something_where_it_must() -> None:
    folder = resources.files("onrecord.resolve") / "lexicon"
    for file in ("places.tsv", "countries.tsv"):
        rows = [line.split("\t") for line in (folder / file).read_text(encoding="utf8").splitlines() if not line.startswith("#")]
        assert all(len(row) == 3 for row in rows)
        assert len({row[0].casefold() for row in rows}) == len(rows)
        for name, kind, stands_for in rows:
            assert kind in ("metonym", "industry", "country", "capital", "demonym", "place", "none"), name
            assert bool(stands_for) == (kind in ("metonym", "industry", "capital")), name


def test_the_countries_are_those_of_the_package() -> None:
    subprocess.run([sys.executable, str(ROOT / "scripts/countries.py"), "--check"], check=True)
