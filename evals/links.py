"""How good the links between statements are, over the gold stories: from gold statements, and end to end from raw text.

    python evals/links.py [gold] [read] [--keep FOLDER] [--without holder day stance model]

`gold` feeds gold statements with all their fields into a ledger, so that linking is measured alone; `read` feeds the raw texts.
Both print the scorer's figures for links, and how true the probabilities are. `--without` takes a signal away from what is compared.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import select

import gold
from gate import scored
from gold import SHARED, Gold
from onrecord.annotate.meaning import Meaning
from onrecord.annotate.quotes import quote_type, quoted_passages
from onrecord.data import Channel, Reading, Record, SaidOn, Span, Speaker, SpeakerType, Stance, Statement, Via
from onrecord.export.jsonl import to_json
from onrecord.link import links as links_inside
from onrecord.pipeline import Reader
from onrecord.record.ledger import Ledger, Options, Program, open_ledger
from onrecord.record.stored import is_current_link
from onrecord.record.tables import documents, links, statements
from onrecord.resolve.keys import slug
from onrecord.run.linking import LinkOptions, linked

NAMED = frozenset({SpeakerType.PERSON, SpeakerType.ORGANISATION, SpeakerType.GOVERNMENT, SpeakerType.DOCUMENT})
BINS = 5


def statement_of(one: Gold, number: int, inside: dict[str, str]) -> Statement:
    """A gold row as the statement that a perfect reader would make of it."""
    attribution, row = one.attributions[number], one.rows[number]
    kind = SpeakerType(row["speaker_type"])
    name = row["speaker"]
    key = slug(name) if name and kind in NAMED else None
    at = attribution.content[0]
    said = None if row["said_on"] is None else SaidOn(row["said_on"], Span(at.start, at.start), "gold")
    return Statement(
        f"s{number + 1}",
        attribution,
        quote_type(one.document.text, attribution.content, quoted_passages(one.document.text)),
        Speaker(name, kind, None, key),
        Reading(Stance(row["stance"]), row["negated_cue"], (), row["conditional"]),
        via=tuple(Via(via["name"], Channel(via["channel"]), Span(at.start, at.start)) for via in row["via"]),
        said_on=said,
        part_of=inside.get(row.get("part_of") or ""),
    )


def from_gold() -> Iterator[Record]:
    """The records of the gold statements."""
    for one in gold.stories():
        inside = {row["id"]: f"s{number + 1}" for number, row in enumerate(one.rows)}
        told = tuple(statement_of(one, number, inside) for number in range(len(one.rows)))
        yield Record(one.document, told, (), (), links_inside(one.document, told))


def from_text() -> Iterator[Record]:
    """The records of the raw texts."""
    yield from Reader().records(one.document for one in gold.stories())


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


def without(names: list[str]) -> LinkOptions:
    """The options with signals taken away from the pair model's sight."""
    options = LinkOptions()
    if not names:
        return options
    model = options.model
    shown = model.chances

    def blind(pairs: Any) -> Any:
        veils: dict[str, dict[str, Any]] = {"holder": {"holder": None}, "day": {"said_on": None}, "stance": {"stance": Stance.ASSERTS}}
        veil = {key: value for name in names for key, value in veils[name].items()}
        return shown([(replace(a, **veil), replace(b, **veil)) for a, b in pairs])

    model.chances = blind  # type: ignore[method-assign]
    return options


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("modes", nargs="*", choices=["gold", "read", []], default=[])
    asked.add_argument("--keep", type=Path)
    asked.add_argument("--without", nargs="+", choices=["holder", "day", "stance"], default=[])
    given = asked.parse_args()
    if not SHARED.is_dir():
        print(f"skipped: the dev sets are not at {SHARED} (see evals/README.md)")
        sys.exit(0)
    for mode in given.modes or ("gold", "read"):
        with tempfile.TemporaryDirectory() as temporary:
            folder = given.keep or Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            records = list({"gold": from_gold, "read": from_text}[mode]())
            out, found = folder / f"{mode}.jsonl", folder / f"{mode}.links.jsonl"
            (folder / f"{mode}.db").unlink(missing_ok=True)
            with linked_ledger(records, folder / f"{mode}.db", without(given.without)) as ledger:
                found.write_text("".join(json.dumps(one) + "\n" for one in printed(ledger)), encoding="utf8")
            out.write_text("".join(json.dumps(to_json(one)) + "\n" for one in records), encoding="utf8")
            report = scored(SHARED / "eval/score_record.py", "stories", SHARED / "gold/stories", out, found)
            print(f"== {mode}\n" + "\n".join(line for line in report.splitlines() if line.startswith(("link", "traps"))), flush=True)


if __name__ == "__main__":
    main()
