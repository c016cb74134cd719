"""A ledger for the tests of commands: invented articles as an older program read them."""

from __future__ import annotations

from pathlib import Path

from tests.run.fake_reader import FakeReader

from onrecord.data import Document
from onrecord.record.ledger import Options, Program, open_ledger

OLDER = Program("onrecord 0.0.1", (("tagger", "0" * 64),))
TEXT = "Mara Quill said the ferry would sail on Friday. It rained."


def article(text: str = TEXT, name: str = "ferry", **others: str) -> Document:
    given = {
        "publisher": "Lesk Courier",
        "creation_time": "2031-03-12",
        "locator": f"news/{name}.txt",
        "url": f"https://lesk.example/{name}",
    }
    return Document(name, text, **{**given, **others})  # type: ignore[arg-type]


def kept(where: str | Path, *given: Document, excerpts: bool = False) -> list[str]:
    """Add the articles; the ids of their statements, in order."""
    from onrecord.record.stored import current_statements  # noqa: PLC0415
    from onrecord.record.tables import statements  # noqa: PLC0415

    with open_ledger(str(where), Options(excerpts), create=True) as ledger:
        run = ledger.begin(OLDER, "add news")
        ledger.add(run, [FakeReader().record(one) for one in given])
        ledger.end(run)
        with ledger.reading() as connection:
            return [row.key for row in connection.execute(current_statements().order_by(statements.c.id))]
