"""Errors over HTTP: every code has one status, and all come in one shape."""

from __future__ import annotations

import pytest
from tests.serve.asking import AS_WRITER, Asker

from onrecord.errors import CODES, LedgerError, WeightsError
from onrecord.serve.errors import PROBLEM, STATUSES, problem_of

FAILING = [
    ("/statements/ffffff", 404, "ledger.not_found"),
    ("/statements/courier", 404, "ledger.not_found"),
    ("/documents/nowhere", 404, "ledger.not_found"),
    ("/speakers/nobody-at-all", 404, "ledger.not_found"),
    ("/links/ffffffff", 404, "ledger.not_found"),
    ("/nothing", 404, "serve.not_found"),
    ("/statements?since=2031-99", 400, "usage.bad_question"),
    ("/statements?stance=shouts", 400, "serve.bad_request"),
    ("/statements?colour=red", 400, "serve.bad_request"),
    ("/statements?limit=0", 400, "serve.bad_request"),
    ("/statements?cursor=abc", 400, "serve.bad_cursor"),
    ("/positions?about=...", 400, "usage.bad_question"),
    ("/positions", 400, "serve.bad_request"),
]


def test_every_code_has_one_status() -> None:
    assert set(STATUSES) == set(CODES)


@pytest.mark.parametrize(("path", "status", "code"), FAILING)
def test_every_failure_of_the_api_has_the_one_shape(desk: Asker, path: str, status: int, code: str) -> None:
    answer = desk.get(f"/api/v1{path}")
    told = answer.json()
    assert (answer.status_code, told["status"], told["code"]) == (status, status, code)
    assert answer.headers["content-type"] == PROBLEM
    assert set(told) == {"type", "title", "status", "code", "detail"}
    assert told["detail"]


def test_a_wrong_method_and_a_body_that_is_no_json_are_told_in_the_same_way(desk: Asker) -> None:
    wrong = desk.client.delete("/api/v1/statements", headers=AS_WRITER)
    assert (wrong.status_code, wrong.json()["code"]) == (405, "serve.method")
    body = desk.client.post("/api/v1/links", content=b"\xff{", headers={**AS_WRITER, "Content-Type": "application/json"})
    assert (body.status_code, body.json()["code"]) == (400, "serve.bad_request")


def test_people_get_a_page(desk: Asker) -> None:
    answer = desk.get("/statements/ffffff", Accept="text/html,*/*;q=0.8")
    assert answer.status_code == 404
    assert "<h1>Not Found</h1>" in answer.text
    assert "ledger.not_found" in answer.text


def test_where_the_ledger_lies_is_not_told() -> None:
    for error in (LedgerError("/home/ida/news.db is damaged", code="ledger.damaged"), WeightsError("/opt/x is missing")):
        assert "/" not in problem_of(error).detail
