"""Who may do what from where: hosts, sites, tokens, rates, sizes and headers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.serve.asking import AS_READER, AS_WRITER, BASE, READER, WRITER, Asker
from tests.serve.conftest import Ask

from onrecord.serve.buckets import Buckets
from onrecord.serve.desk import Limits
from onrecord.serve.gate import COOKIE
from onrecord.serve.headers import SECURE

PATHS = ["/", "/api/v1/statements", "/api/v1/nothing", "/nothing", "/static/desk.css", "/sign-in", "/?since=never"]


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8765", "", "[::2]:80"])
def test_a_host_that_the_desk_does_not_know_is_refused(desk: Asker, host: str) -> None:
    answer = desk.get("/", Host=host, Accept="application/json")
    assert (answer.status_code, answer.json()["code"]) == (421, "serve.host")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8765", "[::1]:8765", "LOCALHOST:1"])
def test_this_machine_is_known_by_all_its_names(desk: Asker, host: str) -> None:
    assert desk.get("/sign-in", Host=host).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_secure_headers(desk: Asker, path: str) -> None:
    answer = desk.get(path)
    assert {name: answer.headers[name] for name in SECURE} == SECURE
    assert "server" not in answer.headers


def test_the_policy_lets_nothing_run_that_is_written_into_a_page() -> None:
    policy = SECURE["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "http" not in policy


def test_reading_by_token_needs_one_everywhere_but_for_signing_in(ask_at: Ask, affair: str) -> None:
    desk = ask_at(affair, by_token=True)
    for path in ("/", "/speakers", "/api/v1/statements", "/api/v1/openapi.json"):
        answer = desk.get(path, Accept="application/json")
        assert (answer.status_code, answer.json()["code"]) == (401, "serve.token")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert desk.get(path, **AS_READER).status_code == 200
    assert desk.post("/readings", {"text": "Mara Quill said it."}, headers={}).status_code == 401
    for path in ("/sign-in", "/static/desk.css"):
        assert desk.get(path).status_code == 200


WRITES = [
    ("/links/{link}/review", {"decision": "accepted"}),
    ("/statements/{statement}/corrections", {"stance": "denies"}),
    ("/judgements/1/undo", {}),
    ("/alerts", {"name": "Guards"}),
    ("/alerts/any/seen", {}),
    ("/alerts/any/end", {}),
    ("/links", {"source": "{statement}", "target": "{statement}", "type": "denies", "decision": "accepted"}),
]


@pytest.mark.parametrize(("path", "given"), WRITES)
def test_writing_needs_a_token_that_may_write(desk: Asker, path: str, given: dict[str, str]) -> None:
    link = desk.json("/links")["items"][0]
    where = path.format(link=link["id"], statement=link["from"]["id"])
    nobody, reader = desk.post(where, given, headers={}), desk.post(where, given, headers=AS_READER)
    assert (nobody.status_code, nobody.json()["code"]) == (401, "serve.token")
    assert (reader.status_code, reader.json()["code"]) == (403, "serve.not_allowed")
    assert desk.json("/judgements")["items"] == []


@pytest.mark.parametrize(
    "told", ["Bearer wrong", "Basic aWRhOmlkYQ==", "Bearer", "", pytest.param(f"Token {WRITER[1]}", id="another scheme")]
)
def test_a_token_that_nobody_has_is_refused_even_where_none_is_needed(desk: Asker, told: str) -> None:
    assert desk.get("/api/v1/statements", Authorization=told).status_code == 401


FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost:9999"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": BASE},
    {},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_form_of_another_site_is_refused_though_the_cookie_comes_with_it(desk: Asker, headers: dict[str, str]) -> None:
    desk.sign_in()
    link = desk.json("/links")["items"][0]["id"]
    answer = desk.client.post(f"/links/{link}", data={"decision": "rejected"}, headers=headers)
    assert answer.status_code == 403
    assert desk.json("/judgements")["items"] == []


def test_a_program_with_a_token_in_a_header_needs_no_origin(desk: Asker) -> None:
    link = desk.json("/links")["items"][0]["id"]
    assert desk.post(f"/links/{link}/review", {"decision": "unsure"}, headers=AS_WRITER).status_code == 201


def test_signing_in_keeps_a_cookie_that_no_script_and_no_other_site_can_use(desk: Asker) -> None:
    answer = desk.send("/sign-in", {"token": f" {READER[1]} "})
    cookie = answer.headers["set-cookie"].lower()
    assert f"{COOKIE}=onr_" in cookie
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "Nils Fell" in desk.get("/").text
    desk.send("/sign-out", {})
    assert "Nils Fell" not in desk.get("/").text


def test_a_wrong_token_signs_nobody_in_and_a_token_in_the_address_does_nothing_by_itself(desk: Asker) -> None:
    answer = desk.send("/sign-in", {"token": "onr_wrong"})
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    opened = desk.get(f"/sign-in?token={WRITER[1]}")
    assert "set-cookie" not in opened.headers
    assert WRITER[1] in opened.text


def test_who_asks_too_often_is_told_when_to_come_again(ask_at: Ask, affair: str) -> None:
    desk = ask_at(affair, limits=Limits(reads_a_second=0.01, reads_at_once=3))
    answers = [desk.get("/sign-in") for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) >= 1
    assert desk.get("/sign-in", **AS_READER).status_code == 200


def test_a_bucket_fills_again() -> None:
    buckets = Buckets()
    assert [buckets.wait("a", 1.0, 2, now) > 0 for now in (0.0, 0.0, 0.0, 0.5, 1.1, 1.2)] == [False, False, True, True, False, True]


def test_what_is_too_large_is_refused_told_or_not(ask_at: Ask, affair: str) -> None:
    desk = ask_at(affair, limits=Limits(body_bytes=1000, upload_bytes=2000))

    def pieces() -> Iterator[bytes]:
        yield b'{"text": "'
        for _ in range(30):
            yield b"x" * 100

    for path in ("/api/v1/readings", "/api/v1/links"):
        whole = desk.client.post(path, content=b"x" * 3000, headers=AS_WRITER)
        chunked = desk.client.post(path, content=pieces(), headers={**AS_WRITER, "Content-Type": "application/json"})
        assert [(one.status_code, one.json()["code"]) for one in (whole, chunked)] == [(413, "serve.too_large")] * 2


@pytest.mark.parametrize("path", ["/?q=a%00b", "/statements/a%00b", "/api/v1/documents/%00"])
def test_a_nul_in_the_address_is_refused(desk: Asker, path: str) -> None:
    assert desk.get(path).status_code == 400


def test_an_answer_that_takes_too_long_is_broken_off(ask_at: Ask, affair: str, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = ask_at(affair, limits=Limits(answer_seconds=0.2))
    monkeypatch.setattr("onrecord.serve.routes.api_statements.ask", lambda *_: __import__("time").sleep(1))
    answer = desk.get("/api/v1/statements")
    assert (answer.status_code, answer.json()["code"]) == (503, "serve.too_slow")


def test_what_nobody_foresaw_is_told_to_whoever_runs_the_desk_and_to_nobody_else(desk: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a secret place")

    monkeypatch.setattr("onrecord.serve.routes.api_statements.ask", fail)
    answer = desk.get("/api/v1/statements")
    assert (answer.status_code, answer.json()["code"]) == (500, "serve.failed")
    assert "secret" not in answer.text
    assert "a secret place" in desk.failures.pop()
