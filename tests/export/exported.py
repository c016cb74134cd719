"""A ledger of invented papers for the tests of exports: all fields, links within and across documents, judgements, and hostile words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.export.full_record import RECORD
from tests.find.invented import OLD, add, article
from tests.find.linked import BY, CONTRADICTS, DENIES, key, papers
from tests.record.invented import person

from onrecord.find.records import HeldRecord, WantedRecords, records
from onrecord.record.corrections import Changes, correct, undo
from onrecord.record.judged_links import LinkDecision, judge_link
from onrecord.record.ledger import Ledger, open_ledger
from onrecord.record.link_names import LinkName

SCRIPT = "<script src=https://bad.example/x.js>alert(1)</script>"
HOSTILE = (
    SCRIPT,
    "</style><img src=x onerror=alert(1)>",
    '=HYPERLINK("https://bad.example")',
    "'+1",
    "a\u202eb\x1b[31m\u2028c\x85",
    '"; DROP TABLE x; --\r\n@cmd',
    "{{ 7 * 7 }} & &amp; <!-- ]]>",
    "العربية 🌊 e\u0301",
)


def filled(ledger: Ledger) -> Ledger:
    """The ledger with the papers and with what people decided."""
    papers(ledger)
    add(ledger, RECORD)
    told = [(person(f"Mara {words}", "mara-quill"), f"the ferry sinks {words}") for words in HOSTILE]
    add(ledger, article("hostile/<b>&\u202e", "2031-03-21", *told, publisher=f"Lesk {SCRIPT}"))
    correct(ledger, key(ledger, "courier-0320 s2"), Changes(stance="commits", said_on="2031-03-19"), BY, "heard the <tape>")
    undo(ledger, correct(ledger, key(ledger, "mirror-0312 s1"), Changes(role="captain"), BY), BY)
    for link, decision in ((DENIES, LinkDecision.ACCEPTED), (CONTRADICTS, LinkDecision.UNSURE)):
        judge_link(ledger, LinkName(key(ledger, link[0]), key(ledger, link[1]), link[2]), decision, BY, "read both")
    return ledger


def made(folder: Path) -> Ledger:
    """Such a ledger in a file of the folder."""
    return filled(open_ledger(str(folder / "ledger.db"), create=True))


def held(ledger: Ledger, **wanted: Any) -> list[HeldRecord]:
    return list(records(ledger, WantedRecords(**wanted)))


def parsed(pieces: Iterable[bytes]) -> Any:
    return json.loads(b"".join(pieces))


__all__ = ["HOSTILE", "OLD", "SCRIPT", "filled", "held", "made", "parsed"]
