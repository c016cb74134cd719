"""`onrecord correct`: a person says what is right about a statement."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.ending import status_of
from onrecord.cli.ledger_option import ledger_option, opened
from onrecord.cli.output import OutputFormat, chosen_format
from onrecord.data import SpeakerType, Stance
from onrecord.errors import EXIT_STATUS, UsageError
from onrecord.export.jsonl import to_line

if TYPE_CHECKING:
    from onrecord.record.ledger import Ledger

Row = dict[str, Any]


@click.command()
@click.argument("statement", metavar="ID")
@ledger_option
@click.option("--speaker", metavar="NAME", help="Who said it: a name, or a key that the ledger knows; nobody where nobody is named.")
@click.option("--type", "speaker_type", type=click.Choice([one.value for one in SpeakerType]), help="What the speaker is.")
@click.option("--role", metavar="WORDS", help="What the speaker is called beside the name; '' for nothing.")
@click.option("--stance", type=click.Choice([one.value for one in Stance]), help="What the speaker does with the content.")
@click.option("--said-on", metavar="DAY", help="2031-03-04, or less exactly 2031-W10, 2031-03, 2031; unknown where none is told.")
@click.option("--conditional/--unconditional", default=None, help="Whether it holds only under a condition.")
@click.option("--negated/--not-negated", default=None, help="Whether the word of saying is negated.")
@click.option("--not-a-statement", is_flag=True, help="Nobody said this: it is no answer any more.")
@click.option("--by", required=True, metavar="NAME", help="Who says so.")
@click.option("--note", metavar="TEXT", help="Why.")
@click.option("--format", "output_format", type=click.Choice(["table", "jsonl"]), help="Of the statement as it is from now on.")
def correct(
    statement: str, not_a_statement: bool, by: str, note: str | None, output_format: str | None, ledger: str | None, **given: Any
) -> None:
    """Correct a statement by hand.

    ID is the statement's id, or six or more of its first digits. What a person says outranks every model and survives every
    re-run; `onrecord judgements` lists it and can undo it.

    \b
    Exit status: 0 it is kept, 2 wrong usage, 3 there is no such statement or the
    ledger cannot be written.
    """
    chosen = chosen_format(output_format)
    wanted = given | {"not_a_statement": not_a_statement}
    sys.exit(status_of(lambda: _correct((statement, by, note), wanted, ledger, chosen), chosen))


def _correct(judgement: tuple[str, str, str | None], wanted: Row, where: str | None, output_format: OutputFormat) -> int:
    statement, by, note = judgement
    with opened(where) as ledger:
        number = _judge(ledger, statement, wanted, (by, note))
        _print(number, _now(ledger, number), output_format)
    return EXIT_STATUS["read"]


def _judge(ledger: Ledger, statement: str, wanted: Row, who: tuple[str, str | None]) -> int:
    """The number of the new judgement."""
    from onrecord.record import corrections  # noqa: PLC0415  # loads the database's library, which other commands do not need

    changes = {name: value for name, value in wanted.items() if name != "not_a_statement"}
    if not wanted["not_a_statement"]:
        return corrections.correct(ledger, statement, corrections.Changes(**changes), *who)
    if any(value is not None for value in changes.values()):
        raise UsageError("What is no statement cannot be corrected as well: leave out the other options.", code="usage.bad_judgement")
    return corrections.not_a_statement(ledger, statement, *who)


def _now(ledger: Ledger, number: int) -> Row | None:
    """The statement as it is after the judgement."""
    from onrecord.find.judgements import statement_now  # noqa: PLC0415

    with ledger.reading() as connection:
        return statement_now(connection, number)


def _print(number: int, row: Row | None, output_format: OutputFormat) -> None:
    if output_format is OutputFormat.JSONL:
        sys.stdout.buffer.write(to_line({"judgement": number, "statement": None if row is None else _to_json(row)}))
        return
    from onrecord.cli.lines import line_printer  # noqa: PLC0415
    from onrecord.export.table import shown  # noqa: PLC0415

    write = line_printer()
    if row is None:
        write(f"judgement {number}: it is no statement")
        return
    facts = [row["speaker_name"] or "nobody named", row["speaker_role"], row["stance"].replace("_", " "), row["said_on"]]
    flags = [name for name, holds in (("conditional", row["conditional"]), ("negated", row["negated_cue"])) if holds]
    write(f"judgement {number}: {' · '.join(shown(one) for one in [*facts, *flags] if one)} · “{shown(row['words'])}”")


def _to_json(row: Row) -> dict[str, object]:
    speaker = {"name": row["speaker_name"], "type": row["speaker_type"], "role": row["speaker_role"], "key": row["speaker_key"]}
    same = ("stance", "said_on", "conditional", "negated_cue", "words", "document")
    return {"id": row["key"], "speaker": speaker, **{name: row[name] for name in same}}
