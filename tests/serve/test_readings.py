"""A text that is read at once: bounded, forgotten unless it is to be kept, and nothing is fetched for it."""

from __future__ import annotations

import pytest
from tests.serve.asking import AS_READER, AS_WRITER, Asker
from tests.serve.conftest import Ask

from onrecord.serve.desk import Limits

TEXT = "Mara Quill said the ferry would sail on Friday. It rained."
WORDS = "the ferry would sail on Friday"


def test_a_text_is_read_and_forgotten(desk: Asker) -> None:
    answer = desk.post("/readings", {"text": TEXT, "date": "2031-03-12", "name": "draft"}, headers={})
    assert answer.status_code == 200, answer.text
    (record,) = answer.json()["records"]
    assert (record["document"]["name"], record["document"]["creation_time"]) == ("draft", "2031-03-12")
    (start, end), *_ = record["statements"][0]["content"]
    assert record["document"]["text"][start:end] == WORDS
    assert desk.json("/statements?publisher=Nobody")["items"] == []
    assert WORDS not in desk.get("/api/v1/statements?format=jsonl").text


def test_a_text_is_kept_only_by_who_may_write(desk: Asker) -> None:
    given = {"text": TEXT, "date": "2031-03-12", "publisher": "The Draft", "keep": True}
    assert desk.post("/readings", given, headers={}).status_code == 401
    assert desk.post("/readings", given, headers=AS_READER).status_code == 403
    assert desk.json("/statements?publisher=The+Draft")["items"] == []
    assert desk.post("/readings", given, headers=AS_WRITER).json()["kept"] is True
    assert [one["words"] for one in desk.json("/statements?publisher=The+Draft")["items"]] == [WORDS]


def test_a_text_that_takes_too_long_is_broken_off_and_the_next_is_read(ask_at: Ask, affair: str) -> None:
    desk = ask_at(affair, limits=Limits(reading_seconds=30))
    assert desk.post("/readings", {"text": TEXT}).status_code == 200
    object.__setattr__(desk.client.app.state.desk.room, "_seconds", 1)  # type: ignore[attr-defined]
    slow = desk.post("/readings", {"text": "SLOW"})
    assert (slow.status_code, slow.json()["code"]) == (503, "serve.too_slow")
    object.__setattr__(desk.client.app.state.desk.room, "_seconds", 60)  # type: ignore[attr-defined]
    assert desk.post("/readings", {"text": TEXT}).status_code == 200


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"text": ""},
        {"text": TEXT, "date": "never"},
        {"text": TEXT, "date": "2031-99-01"},
        {"text": TEXT, "name": "../../etc/passwd"},
        {"text": TEXT, "url": "http://169.254.169.254/"},
        {"text": 7},
        {"text": TEXT, "keep": "perhaps"},
    ],
)
def test_what_cannot_be_read_is_told(desk: Asker, given: dict[str, object]) -> None:
    assert desk.post("/readings", given).status_code == 400


def test_what_could_not_be_read_or_is_warned_of_is_told_beside_the_records(desk: Asker) -> None:
    told = desk.post("/readings", {"text": "RAISE this"}).json()
    assert (told["records"], [one["code"] for one in told["complaints"]]) == ([], ["read.undated", "read.failed"])


def test_a_file_is_uploaded_and_shown_with_its_marks(desk: Asker) -> None:
    answer = desk.send("/read", {"text": "", "date": "2031-03-12"}, files={"file": ("../x/<b>draft.txt", TEXT.encode(), "text/plain")})
    assert answer.status_code == 200
    assert WORDS in answer.text
    assert "<b>draft" not in answer.text
    assert desk.send("/read", {"text": ""}).status_code == 400


def test_addresses_in_a_file_are_not_fetched(desk: Asker) -> None:
    item = "<item><title>A</title><link>http://127.0.0.1:9/a</link><description>Mara Quill said it was so.</description></item>"
    feed = f'<rss version="2.0"><channel><title>x</title>{item}</channel></rss>'.encode()
    answer = desk.send("/read", {"text": ""}, files={"file": ("feed.xml", feed, "text/xml")})
    assert answer.status_code == 200
    assert "cannot be reached" not in answer.text


def test_the_form_keeps_what_was_pasted(desk: Asker) -> None:
    answer = desk.send("/read", {"text": TEXT, "date": "never"})
    assert answer.status_code == 400
    assert TEXT in answer.text
