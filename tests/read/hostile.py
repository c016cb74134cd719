"""What the tests of hostile input share: the files, and a reading that goes both ways."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.run.fake_reader import FakeReader

from onrecord.cli import main
from onrecord.data import Document, Rejection
from onrecord.errors import CODES, EXIT_STATUS
from onrecord.read import documents
from onrecord.run.local import RunOptions
from onrecord.settings import ReadOptions

TEXT = "date 2031-03-04\nMara Quill said on Tuesday that the bridge of Lesk is safe.\n"
STORY = "<p>Mara Quill said on Tuesday that the old bridge of Lesk is safe and that the harbour would open again in May.</p>" * 6
SECRET = "the-secret-of-the-house"
MOST_SECONDS = 20  # of the processor, for one hostile file read twice; each takes a small part of it
PAGE = f"<!doctype html><html><head><title>Bridge safe</title></head><body><article><h1>Bridge safe</h1>{STORY}</article></body></html>"

Read = Callable[..., list[Document | Rejection]]


def reading_twice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Read:
    """What lies at the paths; the command says the same, and both keep to their time."""
    monkeypatch.setattr("onrecord.cli.read.RunOptions", partial(RunOptions, make_reader=FakeReader))
    monkeypatch.chdir(tmp_path)

    def twice(*paths: Path | str) -> list[Document | Rejection]:
        started = time.process_time()
        given = [str(path) for path in paths]
        found = list(documents(given, ReadOptions()))
        result = CliRunner().invoke(main, ["read", "--format", "jsonl", "--", *given], catch_exceptions=False)
        told = [json.loads(line)["code"] for line in result.stderr.splitlines()]
        assert time.process_time() - started < MOST_SECONDS
        assert told == [one.code for one in found if isinstance(one, Rejection)]
        assert len(result.stdout.splitlines()) == sum(isinstance(one, Document) for one in found)
        assert result.exit_code in (EXIT_STATUS["read"], EXIT_STATUS["some_rejected"], EXIT_STATUS["failed"])
        assert set(told) <= set(CODES)
        assert all(one.message for one in found if isinstance(one, Rejection))
        return found

    return twice


def saved(name: str, content: str | bytes) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def codes(found: list[Document | Rejection]) -> list[str]:
    return [one.code if isinstance(one, Rejection) else "read" for one in found]


def texts(found: list[Document | Rejection]) -> str:
    """All that the documents say, in their texts and in their metadata."""
    return "\n".join(repr(one) for one in found if isinstance(one, Document))


def rejected(found: list[Document | Rejection]) -> list[str]:
    return [one.code for one in found if isinstance(one, Rejection) and not one.warning]


def zip_of(*members: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return held.getvalue()
