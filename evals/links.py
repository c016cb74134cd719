"""How good the links between statements are, over the gold stories: from gold statements, and end to end from raw text.

    python evals/links.py [gold] [read] [--affairs] [--keep FOLDER] [--without holder day ...] [--each]

`gold` feeds gold statements with all their fields into a ledger, so that linking is measured alone; `read` feeds the raw texts.
`--affairs` takes the invented affairs of `train/affairs` that nothing learns from instead of the stories. All print the scorer's figures
for links. `--without` takes signals away (`link_signals.py`); `--each` leaves out one after the other and prints a table of what is left.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

import gold
from gate import scored
from gold import SHARED, Gold
from link_signals import SIGNALS, without
from onrecord.annotate.meaning import Meaning
from onrecord.data import Basis, Record
from onrecord.export.jsonl import to_json
from onrecord.link import links as links_inside
from onrecord.pipeline import Reader
from onrecord.record.ledger import Ledger, Options, Program, open_ledger
from onrecord.record.stored import is_current_link
from onrecord.record.tables import documents, links, statements
from onrecord.run.linking import LinkOptions, linked


def from_gold(stories: Iterable[Gold]) -> Iterator[Record]:
    """The records of the gold statements."""
    for one in stories:
        told = gold.statements(one)
        yield Record(one.document, told, (), (), links_inside(one.document, told))


def from_text(stories: Iterable[Gold]) -> Iterator[Record]:
    """The records of the raw texts."""
    yield from Reader().records(one.document for one in stories)


def linked_ledger(records: Iterable[Record], path: Path, options: LinkOptions) -> Ledger:
    """A ledger of the records, compared throughout."""
    ledger = open_ledger(str(path), Options(meaning=Meaning()), create=True)
    run = ledger.begin(Program("evals"), "links")
    ledger.add(run, records)
    for _ in linked(ledger, run, options):
        pass
    ledger.end(run)
    return ledger


def printed(ledger: Ledger) -> Iterator[dict[str, Any]]:
    """The links of a ledger, as `onrecord links` prints them."""
    told = select(statements.c.id, statements.c.local_id, documents.c.name).join_from(statements, documents)
    with ledger.reading() as connection:
        names = {row.id: {"document": row.name, "statement": row.local_id} for row in connection.execute(told)}
        for row in connection.execute(select(links).where(is_current_link())).mappings():
            ends = {"from": names[row["from_id"]], "to": names[row["to_id"]]}
            yield {key: row[key] for key in ("type", "basis", "variant", "probability", "why")} | ends


def measured(records: list[Record], stories: Path, folder: Path, gone: Sequence[str]) -> list[str]:
    """The scorer's lines on the links of these records, found without some signals."""
    out, found = folder / "out.jsonl", folder / "links.jsonl"
    (folder / "ledger.db").unlink(missing_ok=True)
    with linked_ledger(records, folder / "ledger.db", without(gone)) as ledger:
        kept = (one for one in printed(ledger) if "answers" not in gone or not _is_answer(one))
        found.write_text("".join(json.dumps(one) + "\n" for one in kept), encoding="utf8")
    out.write_text("".join(json.dumps(to_json(one)) + "\n" for one in records), encoding="utf8")
    report = scored(SHARED / "eval/score_record.py", "stories", stories, out, found)
    return [line for line in report.splitlines() if line.startswith(("link", "traps"))]


def _is_answer(link: dict[str, Any]) -> bool:
    return bool(link["basis"] == Basis.REPORTED and link["from"]["document"] != link["to"]["document"])


def each_left_out(records: list[Record], stories: Path, folder: Path) -> Iterator[str]:
    """A table in Markdown: F1 of each type of link with all signals, then without each of them."""
    for number, name in enumerate(("", *SIGNALS)):
        lines = measured(records, stories, folder, [name] if name else [])
        figures = {line.split()[1]: line.split("F1")[1].split()[0] for line in lines if "F1" in line}
        if not number:
            yield f"| without | {' | '.join(figures)} |"
            yield f"| --- |{' --- |' * len(figures)}"
        yield f"| {name or '(all signals)'} | {' | '.join(figures.values())} |"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("modes", nargs="*", choices=["gold", "read", []], default=[])
    asked.add_argument("--affairs", action="store_true")
    asked.add_argument("--keep", type=Path)
    asked.add_argument("--without", nargs="+", choices=SIGNALS, default=[])
    asked.add_argument("--each", action="store_true", help="leave out one signal after the other, and print a table")
    given = asked.parse_args()
    if not SHARED.is_dir():
        print(f"skipped: the dev sets are not at {SHARED} (see evals/README.md)")
        sys.exit(0)
    for mode in given.modes or ("gold", "read"):
        with tempfile.TemporaryDirectory() as temporary:
            folder = (given.keep or Path(temporary)) / mode
            folder.mkdir(parents=True, exist_ok=True)
            told, stories = gold.stories(), SHARED / "gold/stories"
            if given.affairs:
                told, stories = gold.invented_affairs(held=True), folder / "affairs"
                gold.write_held_affairs(stories)
            records = list({"gold": from_gold, "read": from_text}[mode](told))
            lines = each_left_out(records, stories, folder) if given.each else measured(records, stories, folder, given.without)
            print(f"== {mode}", *lines, sep="\n", flush=True)


if __name__ == "__main__":
    main()
