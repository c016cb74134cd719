"""HEAD says what GET would, without the body; and a desk that is full sends people away."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tests.serve.asking import AS_WRITER, Asker

from onrecord.errors import ServeError
from onrecord.serve.desk import Limits
from onrecord.serve.places import Places

PATHS = [
    "/",
    "/?q=bridge",
    "/speakers",
    "/conflicts",
    "/links",
    "/events",
    "/judgements",
    "/matter?about=bridge",
    "/read",
    "/sign-in",
    "/static/desk.css",
    "/api/v1/statements",
    "/api/v1/speakers",
    "/api/v1/links",
    "/api/v1/openapi.json",
    "/nowhere",
    "/api/v1/nowhere",
]


@pytest.mark.parametrize("path", PATHS)
def test_head_has_the_headers_of_get_and_no_body(desk: Asker, path: str) -> None:
    whole, head = desk.client.get(path), desk.client.head(path)
    assert head.status_code == whole.status_code
    assert head.content == b""
    assert whole.content
    assert {name: value for name, value in head.headers.items() if name != "date"} == {
        name: value for name, value in whole.headers.items() if name != "date"
    }


def test_head_of_lines_makes_none_of_them(desk: Asker) -> None:
    head = desk.client.head("/api/v1/speakers?format=jsonl")
    assert (head.status_code, head.content, head.headers["content-type"]) == (200, b"", "application/jsonl")


def test_head_where_only_post_is_taken_says_so(desk: Asker) -> None:
    assert desk.client.head("/api/v1/readings").status_code == 405


def test_where_get_is_answered_head_is_allowed(desk: Asker) -> None:
    assert desk.client.put("/speakers", headers=AS_WRITER).headers["allow"] == "GET, HEAD"


def test_an_answer_that_is_known_is_not_sent_for_head_either(desk: Asker) -> None:
    tag = desk.client.get("/speakers").headers["etag"]
    assert desk.client.head("/speakers", headers={"If-None-Match": tag}).status_code == 304


def test_places_are_had_in_turn_and_too_many_are_sent_away() -> None:
    async def tried() -> Any:
        places, limits = Places(), Limits(answers_at_once=1, answers_waiting=1)
        first = await places.taken(limits)
        second = asyncio.create_task(places.taken(limits))
        await asyncio.sleep(0)
        with pytest.raises(ServeError) as caught:
            await places.taken(limits)
        first.leave()
        first.leave()
        mine = await second
        third = asyncio.create_task(places.taken(limits))
        await asyncio.sleep(0)
        assert not third.done()
        mine.leave()
        (await third).leave()
        return caught.value

    error = asyncio.run(tried())
    assert (error.code, error.context["headers"]) == ("serve.busy", {"Retry-After": 1})
