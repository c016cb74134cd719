"""`--people`: the ids of a list are printed, and a broken list ends the command before anything is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from click.testing import Result

from onrecord.data import Document, Record

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("no_meaning")


@pytest.fixture(autouse=True)
def no_model(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.run.fake_reader import FakeReader  # noqa: PLC0415

    from onrecord.resolve.keys import slug  # noqa: PLC0415
    from onrecord.run.local import RunOptions  # noqa: PLC0415

    class Keyed(FakeReader):
        def record(self, document: Document, *, min_probability: float = 0.5) -> Record:
            read = super().record(document, min_probability=min_probability)
            speakers = [replace(one.speaker, key=slug(one.speaker.name or "")) for one in read.statements]
            return replace(read, statements=tuple(map(lambda one, who: replace(one, speaker=who), read.statements, speakers)))

    monkeypatch.setattr("onrecord.run.local.RunOptions", partial(RunOptions, make_reader=Keyed))
    monkeypatch.setenv("ONRECORD_LEDGER", "l.db")
    Path("ferry.txt").write_text("Mara Quill said the ferry would sail on Friday.", encoding="utf8")


def test_the_id_stands_beside_the_key(run: Run) -> None:
    Path("people.jsonl").write_text('{"name": "Mara Quill", "wikidata": "Q1001"}\n', encoding="utf8")
    assert run("add", "ferry.txt", "--people", "people.jsonl").exit_code == 0
    who = json.loads(run("people", "--format", "jsonl").stdout)
    assert (who["key"], who["wikidata"]) == ("mara-quill", "Q1001")
    assert "mara-quill, Q1001" in run("people", "--format", "table").stdout
    answer = json.loads(run("ask", "ferry", "--format", "jsonl").stdout)
    assert (answer["speaker_key"], answer["wikidata"]) == ("mara-quill", "Q1001")
    assert json.loads(run("timeline", "--by", "Quill", "--format", "jsonl").stdout)["wikidata"] == "Q1001"
    shown = json.loads(run("show", answer["id"], "--format", "jsonl").stdout)
    assert (shown["statement"]["speaker"]["key"], shown["statement"]["speaker"]["wikidata"]) == ("mara-quill", "Q1001")
    assert "Q1001" in run("show", answer["id"], "--format", "table").stdout
    document = json.loads(run("show", answer["document_id"], "--format", "jsonl").stdout)
    assert document["statements"][0]["speaker"]["wikidata"] == "Q1001"


def test_a_broken_list_ends_it_before_anything_is_read(run: Run) -> None:
    Path("people.jsonl").write_text('{"name": "Mara Quill"}\nMara\n', encoding="utf8")
    result = run("add", "ferry.txt", "--people", "people.jsonl", "--format", "jsonl")
    told = json.loads(result.stderr)
    assert (result.exit_code, told["code"]) == (2, "usage.bad_people")
    assert "people.jsonl:2" in told["message"]
    assert not Path("l.db").exists()
