"""The report of a matter stands alone: valid HTML, nothing fetched, nothing executed, everything told, every chart with its data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from tests.export.exported import HOSTILE, SCRIPT
from tests.find.affair import MATTER, NO, PAID, add_affair

from onrecord.export.report import report
from onrecord.find.position_matter import WantedPositions
from onrecord.record.ledger import Ledger, open_ledger

DAY = date(2031, 4, 1)
XHTML = "{http://www.w3.org/1999/xhtml}"
FETCHING = {
    "script",
    "link",
    "img",
    "iframe",
    "object",
    "embed",
    "audio",
    "video",
    "source",
    "track",
    "image",
    "use",
    "base",
    "form",
    "frame",
}


def page_of(text: str) -> Element:
    """The page as a browser reads it; markup that is not valid is an error."""
    parser = html5lib.HTMLParser(strict=True)
    return parser.parse(text)  # type: ignore[no-any-return]


def name_of(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def words_of(element: Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def found(page: Element, name: str) -> Iterator[Element]:
    return (one for one in page.iter() if name_of(one) == name)


def rows_of(element: Element) -> list[list[str]]:
    return [[words_of(cell) for cell in row] for body in found(element, "tbody") for row in body]


@pytest.fixture
def affair(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(str(tmp_path / "affair.db"), create=True) as opened:
        yield add_affair(opened)


def assert_stands_alone(text: str) -> None:
    page = page_of(text)
    assert {name_of(one) for one in page.iter() if isinstance(one.tag, str)} & FETCHING == set()
    for one in page.iter():
        for name, value in one.attrib.items():
            assert not name.lower().startswith("on"), name
            assert name not in ("src", "srcset", "data", "action", "ping", "background", "poster"), name
            if name == "href":
                assert name_of(one) == "a" and re.match(r"#|https?://", value), value
            assert "url(" not in value
    (style,) = found(page, "style")
    assert "url(" not in words_of(style) and "@import" not in words_of(style)
    policy = next(one.attrib["content"] for one in found(page, "meta") if one.attrib.get("http-equiv"))
    assert policy.startswith("default-src 'none'")


def test_it_is_valid_html_that_fetches_nothing(affair: Ledger) -> None:
    text = report(affair, WantedPositions(MATTER), DAY)
    assert_stands_alone(text)
    page = page_of(text)
    (html,) = [page] if name_of(page) == "html" else list(found(page, "html"))
    assert html.attrib["lang"] == "en"
    assert any(one.attrib.get("name") == "viewport" for one in found(page, "meta"))
    assert "prefers-color-scheme: dark" in text and "@media print" in text and "max-width: 40rem" in text


def test_it_tells_who_says_what_since_when_where_and_who_stands_against_whom(affair: Ledger) -> None:
    page = page_of(report(affair, WantedPositions(MATTER), DAY))
    by_id = {one.attrib["id"]: one for one in found(page, "section")}
    speakers = words_of(by_id["speakers"])
    assert "Mara Quill, harbour minister Since 2031-03-14: leaves open" in speakers
    assert f"2031-03-10 refuses “{NO}” Held until 2031-03-14: Another position on the same guards. (Mara Quill)" in speakers
    assert "Weekly, 2031-03-11: “guards will not be sent to the bridge”" in speakers
    conflicts = [words_of(one) for one in found(by_id["conflicts"], "article")]
    assert len(conflicts) == 2
    assert any(PAID in one and NO in one and "Both cannot hold." in one for one in conflicts)
    assert {words_of(one) for one in found(by_id["conflicts"], "mark")} >= {NO, PAID}
    assert len(list(found(by_id["articles"], "li"))) == 7


def test_each_picture_has_what_it_shows_as_a_table(affair: Ledger) -> None:
    page = page_of(report(affair, WantedPositions(MATTER), DAY))
    by_id = {one.attrib["id"]: one for one in found(page, "section")}
    titles = [words_of(one) for one in found(by_id["days"], "title")]
    lines = rows_of(by_id["days"])
    assert len(titles) == len(lines) == 6
    sides = [(day, who, stance, side.removesuffix(", no longer held"), words.strip("“”")) for day, who, stance, side, words in lines]
    assert sorted(titles) == sorted(f"{day} {who} {stance} ({side}): “{words}”" for day, who, stance, side, words in sides)
    arrows = [one.attrib["aria-label"] for one in found(by_id["ties"], "g") if "aria-label" in one.attrib]
    assert sorted(arrows) == sorted(f"{who} {kind} {whom}: 1 link 90%" for who, kind, whom, _ in rows_of(by_id["ties"]))
    assert {kind for _, kind, _, _ in rows_of(by_id["ties"])} == {"agrees", "contradicts", "denies"}
    heads = {one.attrib["id"] for one in found(page, "h2") if "id" in one.attrib}
    assert all(one.attrib["role"] == "img" and one.attrib["aria-labelledby"] in heads for one in found(page, "svg"))
    assert {cell.attrib["scope"] for cell in found(page, "th")} == {"col", "row"}


def test_only_what_concerns_one_is_told_where_one_is_asked_for(affair: Ledger) -> None:
    page = page_of(report(affair, WantedPositions(MATTER, by="Lesk Council"), DAY))
    text = words_of(page)
    assert "only of Lesk Council" in text
    assert {who for _, who, *_ in rows_of(next(one for one in found(page, "section") if one.attrib["id"] == "days"))} == {"Lesk Council"}
    assert len([one for one in found(page, "article") if one.attrib.get("class") == "conflict"]) == 2
    assert "Jon Quill" not in text


def test_a_matter_of_which_nothing_is_known_gives_a_page_that_says_so(affair: Ledger) -> None:
    text = report(affair, WantedPositions("penguins"), DAY)
    assert_stands_alone(text)
    assert "Nothing in the ledger is about that." in text


def test_hostile_words_are_shown_and_not_executed(ledger: Ledger) -> None:
    text = report(ledger, WantedPositions(f"ferry {SCRIPT}"), DAY)
    assert_stands_alone(text)
    assert SCRIPT not in text
    assert "&lt;script src=https://bad.example/x.js&gt;" in text
    assert "49" not in words_of(page_of(report(ledger, WantedPositions("{{ 7 * 7 }}"), DAY)))
    assert [letter for letter in "\u202e\x1b\x85\u2028" if letter in text] == []
    everything = report(ledger, WantedPositions("the ferry sinks"), DAY)
    assert_stands_alone(everything)
    for words in (HOSTILE[1], HOSTILE[6]):
        assert f"sinks {words}" in words_of(page_of(everything))


def test_an_address_that_is_none_of_the_web_is_no_link(ledger: Ledger) -> None:
    from dataclasses import replace  # noqa: PLC0415

    from tests.find.invented import JON, add, article  # noqa: PLC0415

    one = article("odd", "2031-04-01", (JON, "penguins swim"))
    add(ledger, replace(one, document=replace(one.document, url="javascript:alert(1)")))
    two = article("even", "2031-04-02", (JON, "penguins swim far"))
    add(ledger, replace(two, document=replace(two.document, url="https://lesk.example/2?a=1&b=%22")))
    text = report(ledger, WantedPositions("penguins swim"), DAY)
    links = {one.attrib["href"] for one in found(page_of(text), "a") if not one.attrib["href"].startswith("#")}
    assert links == {"https://lesk.example/2?a=1&b=%22"}
