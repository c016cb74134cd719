"""Who answers, backs or denies whom: every link is in the picture or told to be left out, and every word is escaped."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, StrictUndefined
from lxml import html
from tests.find.affair import IF, MAYBE, NO, PAID, add_affair, asked, link
from tests.find.invented import JON, MARA, add, article
from tests.record.invented import person

from onrecord.data import LinkType, Speaker, SpeakerType
from onrecord.export import pictures
from onrecord.export.pictures.ties import MOST_ARROWS, MOST_LINES, Picture, document_ties, matter_ties, ties_csv
from onrecord.find.links import LedgerLink, WantedLinks, links
from onrecord.find.show import ShownDocument, shown
from onrecord.record.ledger import Ledger, open_ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(str(tmp_path / "affair.db"), create=True) as opened:
        yield opened


def asked_of(ledger: Ledger, name: str) -> tuple[ShownDocument, tuple[LedgerLink, ...]]:
    found = shown(ledger, name)
    assert isinstance(found, ShownDocument)
    return found, links(ledger, WantedLinks(document=found.id))


def picture_of(ledger: Ledger, name: str) -> Picture:
    made = document_ties(*asked_of(ledger, name))
    assert made is not None
    return made


def drawn(made: Picture, *, leads_on: bool = True) -> Any:
    """The picture as a browser reads it."""
    page = Environment(loader=pictures.loader(), autoescape=True, undefined=StrictUndefined).get_template("ties.svg")
    return html.fromstring(page.render(ties=made, leads_on=leads_on))


def test_speakers_of_the_document_stand_first_and_those_of_others_are_marked(ledger: Ledger) -> None:
    made = picture_of(add_affair(ledger), "news/gazette.txt")
    assert [(one.name, one.part, one.told) for one in made.lines] == [
        ("Mara Quill", "In this document", "1 statement"),
        ("Mara Quill", "In other documents", "1 statement, Lesk Courier"),
        ("Jon Quill", "In other documents", "1 statement, Weekly"),
    ]
    assert {(one.type, one.told) for one in made.bundles} == {
        (LinkType.REVISES, "Mara Quill revises Mara Quill (in another document): 1 link 90%"),
        (LinkType.AGREES, "Mara Quill agrees Jon Quill (in another document): 1 link 90%"),
    }
    assert [one.is_apart for one in made.lines] == [False, True, True]


def test_an_arrow_leads_to_the_page_of_its_link_and_a_name_to_that_of_the_speaker(ledger: Ledger) -> None:
    found, linked = asked_of(add_affair(ledger), "news/pays.txt")
    made = document_ties(found, linked)
    assert made is not None
    page = drawn(made)
    assert {one.get("href") for one in page.xpath("//a[contains(@class, 'tie')]")} == {f"/links/{one.id}" for one in linked}
    assert "/speakers/lesk-council" in page.xpath("//a/@href")
    assert not drawn(made, leads_on=False).xpath("//a")


def test_the_type_is_told_by_a_word_and_by_a_class_that_has_a_line_of_its_own(ledger: Ledger) -> None:
    page = drawn(picture_of(add_affair(ledger), "news/pays.txt"))
    assert {one.text for one in page.xpath("//a[contains(@class, 'tie')]/text")} == {"contradicts", "denies"}
    rules = pictures.style()
    dashes = {kind: rules.partition(f".tie.{kind} .way {{")[2].partition("}")[0] for kind in ("contradicts", "denies", "revises", "agrees")}
    assert len({*dashes.values()}) == 4
    assert all("stroke-dasharray" in dashes[kind] for kind in ("contradicts", "denies", "revises"))


def test_links_of_one_type_between_the_same_two_are_one_arrow_to_the_most_probable(ledger: Ledger) -> None:
    add(ledger, article("one", "2031-03-10", (MARA, "tolls rise"), (JON, "tolls never rise"), (MARA, "tolls soar"), (JON, "no toll soars")))
    link(ledger, "denies", "tolls never rise", "tolls rise", probability=0.6)
    link(ledger, "denies", "no toll soars", "tolls soar", probability=0.8)
    link(ledger, "revises", "tolls soar", "tolls rise")
    found, linked = asked_of(ledger, "news/one.txt")
    made = document_ties(found, linked)
    assert made is not None
    assert {one.label for one in made.bundles} == {"denies ×2", "revises"}
    (denies,) = [one for one in made.bundles if one.type is LinkType.DENIES]
    assert denies.id == next(one.id for one in linked if one.probability == 0.8)
    assert denies.told == "Jon Quill denies Mara Quill: 2 links, the most probable 80%"
    assert "Mara Quill revises what the same said before: 1 link 90%" in {one.told for one in made.bundles}
    assert {one.part for one in made.lines} == {""}


def test_more_than_can_be_read_are_left_to_the_table_and_that_is_said(ledger: Ledger) -> None:
    count = 48
    crowd = [(person(f"Speaker {number}x"), f"claim {number}") for number in range(count)]
    add(ledger, article("crowd", "2031-03-10", *crowd))
    for number in range(1, count):
        link(ledger, "denies", f"claim {number}", "claim 0")
    made = picture_of(ledger, "news/crowd.txt")
    assert len(made.lines) == MOST_LINES
    assert made.lines[0].name == "Speaker 0x"
    assert len(made.bundles) + made.links_left_out == len(made.ties) == count - 1
    assert len(made.left_out) == count - MOST_LINES
    words = drawn(made).text_content()
    assert f"{made.links_left_out} links, which the table has" in words
    assert "Speaker 47x, 1" in words


def test_more_arrows_than_can_be_told_apart_are_left_to_the_table(ledger: Ledger) -> None:
    add(ledger, article("ring", "2031-03-10", *[(person(f"Speaker {number}x"), f"claim {number}") for number in range(12)]))
    pairs = [(source, target) for source in range(12) for target in range(source)][: MOST_ARROWS + 5]
    for source, target in pairs:
        link(ledger, "agrees", f"claim {source}", f"claim {target}")
    made = picture_of(ledger, "news/ring.txt")
    assert (len(made.bundles), made.links_left_out) == (MOST_ARROWS, 5)


def test_hostile_names_are_shown_and_are_no_markup(ledger: Ledger) -> None:
    evil = "</svg><script>alert(1)</script>\"' onmouseover='x {{ 7 * 7 }}"
    who = Speaker(evil, SpeakerType.PERSON, None, 'evil/../"><b>')
    add(ledger, article("evil", "2031-03-10", (who, "tolls rise"), (JON, "tolls never rise"), publisher=evil))
    link(ledger, "denies", "tolls never rise", "tolls rise")
    made = picture_of(ledger, "news/evil.txt")
    page = drawn(made)
    assert not page.xpath("//script | //b")
    assert not [name for one in page.iter() for name in one.attrib if name.startswith("on") or name == "style"]
    assert evil in {one.text for one in page.xpath("//title")}
    assert all(one.startswith(("/links/", "/speakers/")) and '"' not in one for one in page.xpath("//a/@href"))
    assert "49" not in page.text_content()


def test_a_holder_without_a_key_or_a_name_is_told_by_the_words_of_the_source(ledger: Ledger) -> None:
    crowd = Speaker("officials", SpeakerType.GROUP)
    add(ledger, article("some", "2031-03-10", (crowd, "tolls rise"), (crowd, "fares rise"), (JON, "tolls never rise")))
    link(ledger, "denies", "tolls never rise", "tolls rise")
    assert [(one.name, one.told) for one in picture_of(ledger, "news/some.txt").lines] == [
        ("officials", "2 statements"),
        ("Jon Quill", "1 statement"),
    ]


def test_a_document_without_links_has_no_picture(ledger: Ledger) -> None:
    assert document_ties(*asked_of(add_affair(ledger), "news/post.txt")) is None


def test_a_matter_shows_who_stands_against_and_beside_whom_and_who_did_before(ledger: Ledger) -> None:
    add_affair(ledger)
    made = matter_ties(asked(ledger))
    assert made is not None
    assert [one.name for one in made.lines] == ["Mara Quill", "Jon Quill", "Lesk Council", "Tilde Roos"]
    assert [one.told for one in made.lines] == ["3 statements", "1 statement", "1 statement", "1 statement"]
    before = [one for one in links(ledger) if one.type is LinkType.CONTRADICTS]
    more = matter_ties(asked(ledger), before)
    assert more is not None
    assert {(one.source.name, one.type, one.target.name) for one in {*more.ties} - {*made.ties}} == {
        ("Lesk Council", LinkType.CONTRADICTS, "Mara Quill")
    }
    assert matter_ties(replace(asked(ledger), against=(), beside=())) is None


def test_the_table_has_every_link_and_no_cell_that_runs(ledger: Ledger) -> None:
    add_affair(ledger)
    add(ledger, article("sum", "2031-03-20", (Speaker("=cmd()", SpeakerType.PERSON, None, "cmd"), "+1 for guards")))
    link(ledger, "agrees", "+1 for guards", PAID)
    rows = list(csv.DictReader(io.StringIO(ties_csv(links(ledger)))))
    assert len(rows) == 6
    assert {(one["from_words"], one["type"], one["to_words"]) for one in rows} >= {(MAYBE, "revises", NO), (MAYBE, "agrees", IF)}
    assert ("'=cmd()", "'+1 for guards") in {(one["from_speaker"], one["from_words"]) for one in rows}
