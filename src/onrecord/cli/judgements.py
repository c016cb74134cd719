"""`onrecord judgements`: what people decided, and how to take it back."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.ending import status_of
from onrecord.cli.ledger_option import ledger_option, opened
from onrecord.cli.lines import print_each
from onrecord.cli.output import OutputFormat, chosen_format
from onrecord.errors import EXIT_STATUS, UsageError

if TYPE_CHECKING:
    from onrecord.find.judgements import About, Decision

_ID = re.compile("[0-9a-f]{32}")
_TOLD = {
    "speaker_name": "speaker",
    "speaker_type": "type",
    "speaker_role": "role",
    "stance": "stance",
    "said_on": "said on",
    "conditional": "conditional",
    "negated_cue": "negated",
    "into": "into",
    "type": "type",
    "decision": "decision",
}


@click.command()
@ledger_option
@click.option("--orphaned", is_flag=True, help="Only those whose statement no current reading finds.")
@click.option("--all", "with_undone", is_flag=True, help="Those that were undone, too.")
@click.option("--undo", type=int, metavar="NUMBER", help="This judgement no longer holds.")
@click.option("--by", metavar="NAME", help="Who undoes it.")
@click.option("--note", metavar="TEXT", help="Why it is undone.")
@click.option("--format", "output_format", type=click.Choice(["table", "jsonl"]), help="Default: table on a terminal, jsonl elsewhere.")
def judgements(orphaned: bool, with_undone: bool, output_format: str | None, ledger: str | None, **undoing: Any) -> None:
    """List what people decided by hand: corrections, merges and splits of people, reviews of links, by whom, when and why.

    A judgement about a statement that a re-run no longer finds is orphaned: it is kept and does nothing until one finds it again.

    \b
    Exit status: 0 listed or undone, 2 wrong usage, 3 there is no such judgement
    or the ledger cannot be used.
    """
    chosen = chosen_format(output_format)
    if undoing["undo"] is None:
        sys.exit(status_of(lambda: _list(ledger, (orphaned, with_undone), chosen), chosen))
    sys.exit(status_of(lambda: _undo(ledger, undoing), chosen))


def _list(where: str | None, which: tuple[bool, bool], output_format: OutputFormat) -> int:
    from onrecord.find.judgements import JudgementState, decisions  # noqa: PLC0415  # loads the database's library

    orphaned, with_undone = which
    states = [JudgementState.ORPHANED] if orphaned else [] if with_undone else [JudgementState.HOLDS, JudgementState.ORPHANED]
    with opened(where, read_only=True) as ledger, ledger.reading() as connection:
        print_decisions(decisions(connection, *states), output_format)
    return EXIT_STATUS["read"]


def _undo(where: str | None, undoing: dict[str, Any]) -> int:
    from onrecord.record.corrections import undo  # noqa: PLC0415

    if not undoing["by"]:
        raise UsageError("Say who undoes it: --by NAME.", code="usage.bad_judgement")
    with opened(where) as ledger:
        undo(ledger, undoing["undo"], undoing["by"], undoing["note"])
    click.echo(f"judgement {undoing['undo']} is undone", err=True)
    return EXIT_STATUS["read"]


def print_decisions(found: Iterable[Decision], output_format: OutputFormat) -> None:
    """Each judgement: a JSON object, or some lines for people."""
    from onrecord.export.judgements import decision_json  # noqa: PLC0415  # loads the database's library

    print_each(found, output_format, decision_json, _lines)


def _lines(one: Decision) -> Iterator[str]:
    from onrecord.export.table import shown  # noqa: PLC0415

    row = one.row
    state = "" if one.state == "holds" else f" · {one.state}"
    yield f"{row['id']}  {row['made_at'][:10]}  {shown(row['made_by'])}  {row['kind'].replace('_', ' ')}{state}"
    changes = ", ".join(f"{told}: {_value(row['changes'][name])}" for name, told in _TOLD.items() if name in row["changes"])
    yield from _about_lines(one.about, row["statement_key"] or row["speaker_key"], changes)
    if one.other is not None:
        yield from _about_lines(one.other, row["changes"].get("to"), "the other statement")
    if row["note"]:
        yield f"    note: {shown(row['note'])}"


def _about_lines(one: About, judged: str | None, told: str) -> Iterator[str]:
    """Which statement a judgement is about, or which speaker, and what is decided; then the words."""
    from onrecord.export.table import shown  # noqa: PLC0415

    about = one.statement or judged
    yield "    " + "  ".join(shown(part) for part in (about and _short(about), one.document, told) if part)
    if one.words:
        yield f"    “{shown(one.words)}”"


def _short(about: str) -> str:
    """The first digits of an id; the whole key of a speaker."""
    return about[:12] if _ID.fullmatch(about) else about


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value).replace("_", " ")
