"""Saved searches at the desk: saved from the search page, told on their pages, in the API and as feeds that feed readers read."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import feedparser
import pytest
from tests.find.affair import GAZETTE, MAYBE, SILENT, link
from tests.find.invented import MARA, add, article
from tests.record.invented import person
from tests.serve.asking import AS_READER, BASE, WRITER, Asker
from tests.serve.conftest import Ask
from tests.serve.test_hostile import EVIL, SCRIPT, check_tame, evil

from onrecord.data import Document
from onrecord.read import documents
from onrecord.record.ledger import open_ledger
from onrecord.record.searches import save
from onrecord.settings import ReadOptions

WANTED = "guards reach the bridge"
MORE = "guards reach the bridge of Lesk at last"


@pytest.fixture
def guards(desk: Asker) -> str:
    """The id of a saved search."""
    made = desk.post("/alerts", {"name": "Guards", "q": WANTED, "stance": []})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def news(affair: str, words: str = MORE, denied: str = SILENT) -> None:
    """A paper more, which denies what is there."""
    with open_ledger(affair) as ledger:
        add(ledger, article("newer", "2031-04-01", (person("Tilde Roos"), words)))
        link(ledger, "denies", words, denied)


def feed_of(desk: Asker, key: str, **headers: str) -> Any:
    return desk.get(f"/alerts/{key}.atom", **headers)


def test_the_api_saves_counts_tells_marks_and_ends(desk: Asker, affair: str, guards: str) -> None:
    one = desk.json(f"/alerts/{guards}")
    assert (one["name"], one["made_by"], one["new_statements"], one["question"]["text"]) == ("Guards", "Ida Brook", 0, WANTED)
    news(affair)
    (one,) = desk.json("/alerts")["items"]
    assert (one["id"], one["new_statements"], one["new_conflicts"]) == (guards, 1, 1)
    assert [each["words"] for each in desk.json(f"/alerts/{guards}/statements")["items"]] == [MORE]
    (conflict,) = desk.json(f"/alerts/{guards}/conflicts")["items"]
    assert (conflict["type"], conflict["to"]["words"]) == ("denies", SILENT)
    news(affair, "the guards do reach the bridge", MAYBE)
    seen = desk.post(f"/alerts/{guards}/seen", {"mark": one["mark"]}).json()
    assert (seen["new_statements"], seen["new_conflicts"]) == (1, 1)
    assert desk.post(f"/alerts/{guards}/seen", {}).json()["new_statements"] == 0
    assert desk.post(f"/alerts/{guards}/end", {}).json() == {"id": guards}
    gone = desk.get(f"/api/v1/alerts/{guards}")
    assert (gone.status_code, gone.json()["code"]) == (404, "ledger.not_found")
    assert desk.json("/alerts")["items"] == []


def test_alerts_are_paged_as_all_lists_are(desk: Asker) -> None:
    names = [f"Search {n}" for n in range(5)]
    for name in names:
        assert desk.post("/alerts", {"name": name}).status_code == 201
    first = desk.json("/alerts?limit=3")
    second = desk.json(f"/alerts?limit=3&cursor={first['next']}")
    assert [one["name"] for one in (*first["items"], *second["items"])] == names
    assert len(desk.get("/api/v1/alerts?format=jsonl").text.splitlines()) == 5
    assert desk.json("/alerts?made_by=Nils+Fell")["items"] == []


@pytest.mark.parametrize(
    "given", [{}, {"name": ""}, {"name": " "}, {"name": "a", "since": "never"}, {"name": "a", "ferry": 1}, {"name": "a\u202e"}]
)
def test_what_cannot_be_saved_is_refused(desk: Asker, given: dict[str, Any]) -> None:
    assert desk.post("/alerts", given).status_code == 400
    assert desk.json("/alerts")["items"] == []


def test_a_search_of_somebody_else_is_seen_and_left_alone(desk: Asker, affair: str) -> None:
    with open_ledger(affair) as ledger:
        key = save(ledger, "Of Nils", {"text": "guards"}, "Nils Fell")
    for path in (f"/alerts/{key}/seen", f"/alerts/{key}/end"):
        answer = desk.post(path, {})
        assert (answer.status_code, answer.json()["code"]) == (403, "serve.not_yours")
    desk.sign_in()
    assert not desk.page(f"/alerts/{key}").xpath("//form[contains(@action, '/alerts/')]")
    assert desk.post(f"/alerts/{key}/seen", {"mark": "ferry"}).status_code == 403


def test_a_mark_that_is_none_is_refused(desk: Asker, guards: str) -> None:
    answer = desk.post(f"/alerts/{guards}/seen", {"mark": "ferry"})
    assert (answer.status_code, answer.json()["code"]) == (400, "serve.bad_request")


def test_a_search_is_saved_where_it_was_made_and_its_news_seen_and_ended_on_its_page(desk: Asker, affair: str) -> None:
    assert not desk.page("/?q=guards").xpath("//form[@action='/alerts']")
    desk.sign_in()
    tree = desk.page("/?q=guards+reach&by=Tilde+Roos&stance=refuses&stance=asserts&hypothetical=true&since=2031&publisher=Lesk+Courier")
    (form,) = tree.xpath("//form[@action='/alerts']")
    fields: dict[str, Any] = {}
    for one in form.xpath(".//input[@type='hidden']"):
        fields.setdefault(one.get("name"), []).append(one.get("value"))
    assert desk.send("/alerts", {**fields, "name": "Roos"}).headers["location"] == "/alerts"
    (one,) = desk.json("/alerts")["items"]
    asked = {"text": "guards reach", "by": "Tilde Roos", "stances": ["refuses", "asserts"], "since": "2031", "publisher": "Lesk Courier"}
    assert one["question"] == asked | {"until": None, "as_of": None, "hypothetical": True, "without_copies": False}
    news(affair)
    (again,) = desk.page("/alerts").xpath("//td/a[starts-with(@href, '/?')]/@href")
    assert desk.page(again).xpath("//input[@id='q']/@value") == ["guards reach"]
    tree = desk.page(f"/alerts/{one['id']}")
    assert MORE in tree.text_content()
    assert tree.xpath("//article[@class='link']")
    assert tree.xpath("//link[@rel='alternate']/@href") == [f"/alerts/{one['id']}.atom"]
    mark = tree.xpath("//input[@name='mark']/@value")[0]
    assert desk.send(f"/alerts/{one['id']}/seen", {"mark": mark}).status_code == 303
    assert "Nothing is new" in desk.page(f"/alerts/{one['id']}").text_content()
    assert desk.send(f"/alerts/{one['id']}/end", {}).status_code == 303
    assert "No search is saved" in desk.page("/alerts").text_content()


def test_a_form_that_cannot_be_is_told(desk: Asker) -> None:
    desk.sign_in()
    assert desk.send("/alerts", {"q": "guards", "name": ""}).status_code == 400


def test_the_feed_has_an_entry_for_each_match_and_conflict_and_is_what_the_standard_asks(desk: Asker, affair: str, guards: str) -> None:
    news(affair)
    answer = feed_of(desk, guards)
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(answer.content)
    assert (found.bozo, found.version) == (False, "atom10")
    assert (found.feed.id, found.feed.title, found.feed.author) == (f"urn:onrecord:alert:{guards}", "Guards", "Ida Brook")
    assert {(one.rel, one.href) for one in found.feed.links} == {
        ("self", f"{BASE}/alerts/{guards}.atom"),
        ("alternate", f"{BASE}/alerts/{guards}"),
    }
    said, met = sorted(found.entries, key=lambda one: one.id, reverse=True)
    assert said.id == f"urn:onrecord:statement:{desk.json(f'/alerts/{guards}/statements')['items'][0]['id']}"
    assert met.id == f"urn:onrecord:link:{desk.json(f'/alerts/{guards}/conflicts')['items'][0]['id']}"
    assert MORE in said.content[0].value
    assert MORE in met.content[0].value
    assert SILENT in met.content[0].value
    assert len({one.id for one in found.entries}) == 2
    assert found.feed.updated == max(one.updated for one in found.entries)
    for one in found.entries:
        assert one.updated_parsed
        assert one.title
        assert desk.get(one.link.removeprefix(BASE), Accept="text/html").status_code == 200


def test_the_feed_is_read_by_the_program_itself(desk: Asker, affair: str, guards: str, tmp_path: Path) -> None:
    news(affair)
    (tmp_path / "feed.atom").write_bytes(feed_of(desk, guards).content)
    found = [one for one in documents([str(tmp_path / "feed.atom")], ReadOptions()) if isinstance(one, Document)]
    assert len(found) == 2
    assert all(MORE in one.text and one.creation_time for one in found)


def test_the_feed_is_not_sent_again_until_something_changed_and_keeps_what_is_seen(desk: Asker, affair: str, guards: str) -> None:
    news(affair)
    first = feed_of(desk, guards)
    assert feed_of(desk, guards, If_None_Match=first.headers["etag"]).status_code == 304
    desk.post(f"/alerts/{guards}/seen", {})
    second = feed_of(desk, guards, If_None_Match=first.headers["etag"])
    assert (second.status_code, second.content) == (200, first.content)
    assert feed_of(desk, "nothing", Accept="application/json").status_code == 404


def test_a_feed_of_a_desk_by_token_takes_the_token_as_the_api_does_or_as_a_password(ask_at: Ask, affair: str) -> None:
    with open_ledger(affair) as ledger:
        key = save(ledger, "Guards", {"text": WANTED}, "Ida Brook")
    desk = ask_at(affair, by_token=True)
    refused = feed_of(desk, key, Accept="application/json")
    assert (refused.status_code, refused.json()["code"]) == (401, "serve.token")
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="onrecord", Basic realm="onrecord"'
    assert feed_of(desk, key, **AS_READER).status_code == 200
    password = base64.b64encode(f"any:{WRITER[1]}".encode()).decode()
    assert feed_of(desk, key, Authorization=f"Basic {password}").status_code == 200
    for wrong in ("Basic", "Basic ???", "Basic " + base64.b64encode(b"any:wrong").decode(), "Basic " + base64.b64encode(b"\xff").decode()):
        assert feed_of(desk, key, Authorization=wrong).status_code == 401
    for path in ("/alerts", "/api/v1/alerts", "/"):
        assert desk.get(path, Authorization=f"Basic {password}").status_code == 401
    write = desk.client.post(f"/alerts/{key}/end.atom", headers={"Authorization": f"Basic {password}"})
    assert write.status_code == 401


@pytest.mark.parametrize("words", EVIL)
def test_hostile_words_stay_words_in_feeds_and_on_pages(tmp_path: Path, ask_at: Ask, words: str) -> None:
    where = str(tmp_path / "evil.db")
    name = "".join(sign for sign in words if sign.isprintable())[:200]
    with open_ledger(where, create=True) as ledger:
        add(ledger, GAZETTE)
        key = save(ledger, name, {"text": "guards", "publisher": None, "by": None}, f"Ida {SCRIPT}")
        add(ledger, evil(1, words), article("plain", "2031-03-10", (MARA, "no guards")))
        link(ledger, "denies", "no guards", MAYBE)
    desk = ask_at(where)
    answer = feed_of(desk, key)
    assert answer.status_code == 200
    assert b"<script" not in answer.content
    assert b"<img" not in answer.content
    found = feedparser.parse(answer.content, sanitize_html=False)
    assert not found.bozo, found.get("bozo_exception")
    assert found.feed.title.strip() == name.strip()
    assert len(found.entries) >= 3
    desk.sign_in()
    for path in ("/alerts", f"/alerts/{key}"):
        check_tame(desk.page(path), path)
