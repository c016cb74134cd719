"""Documents that mean harm: nothing of them runs, escapes or reaches beyond its place, and no page fails for them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.find.affair import compared
from tests.find.invented import add, article, with_event
from tests.record.invented import person
from tests.serve.asking import AS_WRITER, Asker
from tests.serve.conftest import Ask
from tests.serve.walk import pages_of

from onrecord.data import Channel, Record, Span, Speaker, Via
from onrecord.record.ledger import open_ledger
from onrecord.record.stored import current_statements
from onrecord.record.tables import statements

SCRIPT = "<script>alert(1)</script>"
EVIL = [
    f"{SCRIPT} guards",
    '"><img src=x onerror=alert(1)> guards',
    "' onmouseover='alert(1) guards",
    "</textarea></title></svg><svg onload=alert(1)> guards",
    "{{ 7 * 7 }}{% raw %} ${7*7} guards",
    "\u202eevil\u2066\u2067 guards \u05d0\u05d1\u05d2 \u0627\u0644\u0639",
    "guards \u0000\u0001\u001b[31m\ufeff\ufffe\U000e0001 \U0001f600\u0301\u0301\u0301",
    "<!-- guards ]]> --!> <![CDATA[",
    "javascript:alert(1) guards",
    "x" * 5000 + " guards",
]


def evil(number: int, words: str) -> Record:
    """A paper in which every field means harm."""
    name = words.replace("\x00", "").replace(".", "")
    speaker = Speaker(name, person("x").type, words, f"evil-{number}", (), words)
    record = article(f"{number}-{SCRIPT}", "2031-03-10", (speaker, name), (speaker, f"no {name}"), publisher=words)
    document = replace(record.document, title=words, author=words, url=f"javascript:alert({number})", locator=words, notes=(words,))
    via = (Via(words, Channel.INTERVIEW, Span(0, 1)),)
    told = tuple(replace(one, addressee=words, via=via) for one in record.statements)
    made = replace(record, document=document, statements=told)
    return with_event(made, name, "2031-04-01", participants=(words,), place=words)


@pytest.fixture
def hostile(tmp_path: Path, ask_at: Ask) -> Asker:
    """A desk on papers that mean harm."""
    where = str(tmp_path / "evil.db")
    with open_ledger(where, create=True) as ledger:
        add(ledger, *(evil(number, words) for number, words in enumerate(EVIL)))
        with ledger.reading() as connection:
            found = connection.execute(current_statements().order_by(statements.c.id)).all()
        one, other = found[0], found[2]
        more = {"basis": "inferred", "variant": None, "probability": 0.9, "why": SCRIPT, "evidence": [[0, 5]]}
        compared(ledger, other.reading_id, [{"from_id": other.id, "to_id": one.id, "type": "denies", **more}])
    return ask_at(where)


def check_tame(tree: Any, path: str) -> None:
    """Nothing runs but the scripts of the desk, and every link is one of the desk, of the page, or of the web."""
    scripts = tree.xpath("//script")
    assert sorted(one.get("src") for one in scripts) == ["/static/desk.js", "/static/htmx.min.js"], path
    assert all(one.text is None for one in scripts)
    assert not tree.xpath("//img | //iframe | //object | //embed | //base | //style | //*[local-name()='foreignObject']"), path
    for element in tree.iter():
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), (path, name)
            assert name != "style"
            if name in ("href", "src", "action"):
                assert value.startswith(("/", "#", "?", "https://www.wikidata.org/")), (path, value)


def test_nothing_of_a_hostile_document_runs_on_any_page(hostile: Asker) -> None:
    hostile.sign_in()
    items = hostile.json("/statements?limit=200")["items"]
    paths = {*pages_of(hostile, "guards"), "/matter?about=guards+alert"}
    paths |= {f"/statements/{one['id']}" for one in items} | {f"/documents/{one['document_id']}" for one in items}
    paths |= {f"/documents/{one['document_id']}/versions" for one in items[:4]}
    for path in sorted(paths):
        check_tame(hostile.page(path), path)
    for words in EVIL:
        for path in ("/", "/matter", "/speakers", "/conflicts", "/events", "/read", "/sign-in", "/judgements"):
            names = {"q": words, "about": words, "name": words, "by": words, "token": words, "cursor": words[:50]}
            answer = hostile.client.get(path, params={name: value.replace("\x00", "") for name, value in names.items()})
            assert answer.status_code < 500, (path, words)
            assert SCRIPT not in answer.text
            assert "<img" not in answer.text


def test_words_that_turn_the_direction_reach_no_further_than_they_do(hostile: Asker) -> None:
    tree = hostile.page("/")
    turned = [one for one in tree.iter() if one.text and "\u202e" in one.text]
    assert turned
    assert {one.tag for one in turned} <= {"bdi", "title", "option"}


@pytest.mark.parametrize("words", EVIL)
def test_hostile_texts_are_read_and_shown_tamely(desk: Asker, words: str) -> None:
    from lxml import html  # noqa: PLC0415

    text = f"{words}. Mara Quill said {words.replace('.', '')}. {SCRIPT}"
    answer = desk.send("/read", {"text": text, "publisher": words[:400].replace("\x00", "")})
    assert answer.status_code in (200, 400, 422), answer.text
    check_tame(html.fromstring(answer.text), "/read")
    assert SCRIPT not in answer.text


@pytest.mark.parametrize("words", EVIL)
def test_hostile_words_are_judged_without_harm(hostile: Asker, words: str) -> None:
    one = hostile.json("/statements?limit=1")["items"][0]["id"]
    given = {"speaker": words[:400], "role": words[:400], "note": words[:1500]}
    assert hostile.post(f"/statements/{one}/corrections", given, headers=AS_WRITER).status_code in (201, 400)
    check_tame(hostile.page(f"/statements/{one}"), words)
    check_tame(hostile.page("/judgements"), words)


def test_a_huge_document_is_shown_cut_and_the_desk_goes_on(tmp_path: Path, ask_at: Ask) -> None:
    where = str(tmp_path / "huge.db")
    words = "guards " + "will not be sent to the bridge of Lesk and " * 30_000
    with open_ledger(where, create=True) as ledger:
        add(ledger, article("huge", "2031-03-10", (person("Mara Quill"), words.strip())))
    desk = ask_at(where)
    document = desk.json("/statements")["items"][0]["document_id"]
    assert "longer than what is shown" in desk.page(f"/documents/{document}").text_content()
    assert len(desk.json(f"/documents/{document}")["document"]["text"]) > 1_000_000


@pytest.mark.parametrize("body", ["[" * 100_000, '{"a":' * 50_000, '{"text": "\\ud800"}', '{"note": NaN}', "1e999999", ""])
def test_json_that_means_harm_is_refused(desk: Asker, body: str) -> None:
    for path in ("/api/v1/readings", "/api/v1/links"):
        answer = desk.client.post(path, content=body.encode(), headers={**AS_WRITER, "Content-Type": "application/json"})
        assert answer.status_code in (400, 413), answer.text
