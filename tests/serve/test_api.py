"""The API gives what the commands give: the same values, page by page, as lines, and anew only where something changed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import pytest
from tests.find.affair import MATTER, MAYBE, NO, NO_AGAIN, add_affair
from tests.serve.asking import Asker
from tests.serve.conftest import Ask

from onrecord.record.ledger import open_ledger


def walked(desk: Asker, path: str) -> Iterator[dict[str, object]]:
    """Every item, by cursors, two a page."""
    cursor = ""
    while True:
        page = desk.json(f"{path}{'&' if '?' in path else '?'}limit=2{cursor}")
        assert 0 < len(page["items"]) <= 2
        yield from page["items"]
        if page["next"] is None:
            return
        cursor = f"&cursor={page['next']}"


LISTS = ["/statements", "/statements?q=guards", "/speakers", "/speakers/mara-quill/statements", "/links", "/conflicts"]


@pytest.mark.parametrize("path", LISTS)
def test_pages_together_are_all_and_so_are_lines(desk: Asker, path: str) -> None:
    whole = desk.json(f"{path}{'&' if '?' in path else '?'}limit=200")
    assert whole["next"] is None
    assert len(whole["items"]) > 2 or path == "/conflicts"
    assert list(walked(desk, path)) == whole["items"]
    lines = desk.get(f"/api/v1{path}", Accept="application/x-ndjson")
    assert lines.headers["content-type"].startswith("application/jsonl")
    assert [json.loads(line)[name] for line in lines.text.splitlines() for name in ("id",) if "id" in json.loads(line)] == [
        one["id"] for one in whole["items"] if "id" in one
    ]


def test_a_page_goes_on_behind_the_last_item_though_others_came_in_before_it(desk: Asker, affair: str) -> None:
    from tests.find.invented import MARA, add, article  # noqa: PLC0415

    first = desk.json("/statements?limit=2")
    with open_ledger(affair) as ledger:
        add(ledger, article("newer", "2031-04-01", (MARA, "it is over")))
    second = desk.json(f"/statements?limit=2&cursor={first['next']}")
    whole = [one["id"] for one in desk.json("/statements?limit=200")["items"]]
    assert [one["id"] for one in second["items"]] == whole[3:5]


def test_the_search_takes_the_filters_of_ask(desk: Asker) -> None:
    def words(query: str) -> list[str]:
        return sorted(one["words"] for one in desk.json(f"/statements?{query}")["items"])

    assert words("by=Mara+Quill&stance=refuses") == sorted([NO, NO_AGAIN])
    assert words("by=Mara+Quill&stance=refuses&stance=leaves_open&since=2031-03-14") == [MAYBE]
    assert words("stance=refuses&as_of=2031-03-10") == [NO]
    assert words("publisher=gazette") == [MAYBE]


def test_one_statement_and_its_document_are_told_whole(desk: Asker) -> None:
    one = desk.json("/statements?publisher=Gazette")["items"][0]
    shown = desk.json(f"/statements/{one['id'][:8]}")
    assert shown["statement"]["id"] == one["id"]
    assert shown["selectors"][0]["exact"] == MAYBE
    assert {link["type"] for link in shown["links"]} == {"revises", "agrees"}
    document = desk.json(f"/documents/{shown['document_id']}")
    (start, end), *_ = document["statements"][0]["content"]
    assert document["document"]["text"][start:end] == MAYBE
    assert desk.json("/documents/news/gazette.txt")["document"]["id"] == shown["document_id"]
    assert [one["version"] for one in desk.json("/documents/news/gazette.txt/versions")] == [1]


def test_the_wordings_of_an_utterance_are_compared(desk: Asker) -> None:
    one = desk.json("/statements?publisher=Weekly&by=mara-quill")["items"][0]
    told = desk.json(f"/statements/{one['id']}/wordings")
    assert {each["words"] for each in told} == {NO, NO_AGAIN}
    assert sum(each["is_fullest"] for each in told) == 1


def test_a_matter_is_told_as_positions_and_as_a_table(desk: Asker) -> None:
    found = desk.json(f"/positions?about={MATTER}")
    assert {one["speaker_name"] for one in found["on_the_table"]} == {"Mara Quill", "Jon Quill", "Lesk Council"}
    rows = list(csv.DictReader(io.StringIO(desk.get(f"/api/v1/positions.csv?about={MATTER}").text)))
    assert {row["side"] for row in rows} >= {"on the table", "off the table", "no position"}
    assert sum(len(one["said"]) for one in found["speakers"]) == len(rows)


def test_the_links_of_a_document_are_told_as_a_table(desk: Asker) -> None:
    answer = desk.get("/api/v1/documents/news/gazette.txt/links.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {row["link"] for row in rows} == {one["id"] for one in desk.json("/links?document=news/gazette.txt")["items"]}
    assert {(row["from_speaker"], row["type"], row["to_speaker_key"]) for row in rows} == {
        ("Mara Quill", "revises", "mara-quill"),
        ("Mara Quill", "agrees", "jon-quill"),
    }
    assert desk.get("/api/v1/documents/nothing-there/links.csv").status_code == 404


def test_a_review_is_kept_under_the_name_of_the_token_and_can_be_undone(desk: Asker) -> None:
    link = desk.json("/conflicts")["items"][0]
    made = desk.post(f"/links/{link['id']}/review", {"decision": "rejected", "note": "another bridge"})
    assert made.status_code == 201
    judged = desk.json(f"/links/{link['id']}")["judgement"]
    assert (judged["decision"], judged["made_by"], judged["note"]) == ("rejected", "Ida Brook", "another bridge")
    assert link["id"] not in {one["id"] for one in desk.json("/conflicts")["items"]}
    assert [one["id"] for one in desk.json("/judgements")["items"]] == [made.json()["judgement"]]
    undone = desk.post(f"/judgements/{made.json()['judgement']}/undo", {"note": "the same after all"})
    assert undone.status_code == 201
    assert desk.json(f"/links/{link['id']}")["judgement"] is None
    assert [one["state"] for one in desk.json("/judgements?state=undone")["items"]] == ["undone"]


def test_a_correction_holds_from_then_on(desk: Asker) -> None:
    one = desk.json("/statements?publisher=Gazette")["items"][0]
    assert desk.post(f"/statements/{one['id']}/corrections", {"stance": "commits", "speaker": "Jon Quill"}).status_code == 201
    now = desk.json("/statements?publisher=Gazette")["items"][0]
    assert (now["stance"], now["speaker_name"], now["judged"]) == ("commits", "Jon Quill", True)
    nothing = desk.post(f"/statements/{one['id']}/corrections", {})
    assert (nothing.status_code, nothing.json()["code"]) == (400, "usage.bad_judgement")
    assert desk.post(f"/statements/{one['id']}/corrections", {"not_a_statement": True}).status_code == 201
    assert desk.json("/statements?publisher=Gazette")["items"] == []


def test_speakers_are_merged_and_split_and_both_can_be_undone(desk: Asker) -> None:
    made = desk.post("/speakers/jon-quill/merge", {"into": "mara-quill", "note": "one and the same"})
    assert made.status_code == 201, made.text
    assert {one["key"] for one in desk.json("/speakers?name=Quill")["items"]} == {"mara-quill"}
    assert desk.post(f"/judgements/{made.json()['judgement']}/undo", {}).status_code == 201
    assert {one["key"] for one in desk.json("/speakers?name=Quill")["items"]} == {"mara-quill", "jon-quill"}
    split = desk.post("/speakers/mara-quill/split", {"documents": ["news/gazette.txt"], "into": "mara-quill-2"})
    assert split.status_code == 201, split.text
    assert [one["words"] for one in desk.json("/speakers/mara-quill-2/statements")["items"]] == [MAYBE]
    assert desk.post("/speakers/nobody-there/merge", {"into": "mara-quill"}).status_code == 404


def test_a_link_that_was_not_found_can_be_accepted(desk: Asker) -> None:
    first, second = (desk.json(f"/statements?publisher={name}")["items"][0]["id"] for name in ("Gazette", "Post"))
    given = {"source": second, "target": first, "type": "agrees", "decision": "accepted"}
    assert desk.post("/links", given).status_code == 201
    assert any({one["from"]["id"], one["to"]["id"]} == {first, second} for one in desk.json("/links?type=agrees")["items"])


def test_what_has_not_changed_is_not_sent_again(desk: Asker) -> None:
    for path in ("/api/v1/statements", "/api/v1/links", "/speakers", "/"):
        tag = desk.get(path).headers["etag"]
        again = desk.get(path, If_None_Match=f'W/"other", {tag}')
        assert (again.status_code, again.text, again.headers["etag"]) == (304, "", tag)
    link = desk.json("/links")["items"][0]["id"]
    tag = desk.get("/api/v1/links").headers["etag"]
    desk.post(f"/links/{link}/review", {"decision": "accepted"})
    assert desk.get("/api/v1/links", If_None_Match=tag).status_code == 200


def test_an_answer_is_not_taken_for_that_of_another_who_asks(desk: Asker) -> None:
    tag = desk.get("/").headers["etag"]
    desk.sign_in()
    assert desk.get("/", If_None_Match=tag).status_code == 200


def test_the_description_of_the_api_names_every_path(desk: Asker) -> None:
    told = desk.json("/openapi.json")
    assert told["openapi"].startswith("3.")
    assert {"/api/v1/statements", "/api/v1/readings", "/api/v1/links/{name}/review"} <= set(told["paths"])
    assert all(path.startswith("/api/v1/") for path in told["paths"])


@pytest.mark.postgres
def test_a_ledger_in_postgresql_is_read_and_judged_the_same(ask_at: Ask, postgres_url: str) -> None:
    with open_ledger(postgres_url, create=True) as ledger:
        add_affair(ledger)
    desk = ask_at(postgres_url)
    assert len(desk.json("/statements?limit=200")["items"]) == 8
    link = desk.json("/conflicts")["items"][0]["id"]
    assert desk.post(f"/links/{link}/review", {"decision": "accepted"}).status_code == 201
    assert desk.json(f"/links/{link}")["probability"] == 1
    assert "Mara Quill" in desk.page(f"/matter?about={MATTER}").text_content()
