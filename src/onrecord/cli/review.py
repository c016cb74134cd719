"""`onrecord review`: a person says whether a link holds, or asks which conflicts nobody has looked at."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.conflicts import conflicts_wanted, print_conflicts
from onrecord.cli.ending import status_of
from onrecord.cli.ledger_option import ledger_option, opened
from onrecord.cli.lines import print_each
from onrecord.cli.output import OutputFormat, chosen_format
from onrecord.data import LinkType
from onrecord.errors import EXIT_STATUS, LedgerError, UsageError

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.find.links import LedgerLink
    from onrecord.record.ledger import Ledger
    from onrecord.record.link_names import LinkName

    Answer = tuple[int | None, LedgerLink | None]

_DECISIONS = {"accept": "accepted", "reject": "rejected", "unsure": "unsure"}
_NEXT = 10  # conflicts that are listed at once


@click.command()
@click.argument("words", nargs=-1, metavar="[LINK] [accept|reject|unsure]")
@click.option("--from", "source", metavar="STATEMENT", help="Instead of LINK: the later or the answering statement.")
@click.option("--to", "target", metavar="STATEMENT", help="Instead of LINK: the statement that it answers.")
@click.option("--type", "kind", type=click.Choice([one.value for one in LinkType]), help="Instead of LINK: how they are linked.")
@click.option("--by", metavar="NAME", help="Who says so.")
@click.option("--note", metavar="TEXT", help="Why.")
@click.option("--limit", type=int, default=_NEXT, metavar="NUMBER", help=f"How many conflicts to list at most. Default: {_NEXT}.")
@ledger_option
@click.option("--format", "output_format", type=click.Choice(["table", "jsonl"]), help="Default: table on a terminal, jsonl elsewhere.")
def review(words: tuple[str, ...], output_format: str | None, ledger: str | None, **given: Any) -> None:
    """Say whether a link holds: accept it, reject it, or say that you are not sure.

    LINK is the id that `onrecord links` and `onrecord conflicts` show, or so many of its first digits that no other begins with them. With
    LINK alone that link is shown with its history; without it the conflicts that nobody has judged yet, the most probable first. With
    --from, --to and --type a link can be accepted that the program did not find.

    What is said outranks the program and survives every re-run; `onrecord judgements` lists it and can undo it.

    \b
    Exit status: 0 kept, shown or listed, 2 wrong usage, 3 there is no such link or
    statement, or the ledger cannot be written.
    """
    chosen = chosen_format(output_format)
    sys.exit(status_of(lambda: _review(words, given, ledger, chosen), chosen))


def _review(words: tuple[str, ...], given: dict[str, Any], where: str | None, output_format: OutputFormat) -> int:
    decision = _DECISIONS[words[-1]] if words and words[-1] in _DECISIONS else None
    named = words if decision is None else words[:-1]
    between = [given[one] for one in ("source", "target", "kind")]
    if not words and not any(between):
        print_conflicts(conflicts_wanted(where, is_judged=False, limit=given["limit"]), output_format)
        return EXIT_STATUS["read"]
    _check(named, decision, between, given["by"])
    with opened(where, read_only=decision is None) as ledger:
        print_each([_answer(ledger, named, decision, given)], output_format, _value, _lines)
    return EXIT_STATUS["read"]


def _check(named: tuple[str, ...], decision: str | None, between: list[str | None], by: str | None) -> None:
    """Raises UsageError where it is not clear which link is meant, what is said of it, or who says so."""
    if len(named) > 1:
        raise _wrong(f"{named[1]!r} is no decision: write accept, reject or unsure behind the link.")
    if named and any(between):
        raise _wrong("Name the link either by its id or by --from, --to and --type.")
    if not named and not all(between):
        raise _wrong("Say which link: its id, or --from STATEMENT, --to STATEMENT and --type TYPE.")
    if not named and decision is None:
        raise _wrong("Say what you decide about the link: accept, reject or unsure.")
    if decision is not None and not by:
        raise _wrong("Say who decides: --by NAME.")


def _answer(ledger: Ledger, named: tuple[str, ...], decision: str | None, given: dict[str, Any]) -> Answer:
    """The number of the new judgement, if there is one, and the link as it is from now on; null where one of its ends is no statement."""
    from onrecord.find.links import link_named  # noqa: PLC0415  # these load the database's library
    from onrecord.record.judged_links import LinkDecision, judge_link  # noqa: PLC0415

    if decision is None:
        return None, link_named(ledger, named[0])
    name = _name(ledger, named, given)
    number = judge_link(ledger, name, LinkDecision(decision), given["by"], given["note"])
    try:
        return number, link_named(ledger, name.id)
    except LedgerError:
        return number, None


def _name(ledger: Ledger, named: tuple[str, ...], given: dict[str, Any]) -> LinkName:
    """The link by its statements and its type."""
    from onrecord.find.links import link_named  # noqa: PLC0415
    from onrecord.record.link_names import LinkName  # noqa: PLC0415
    from onrecord.record.named import statement_named  # noqa: PLC0415

    if named:
        found = link_named(ledger, named[0])
        return LinkName(found.source.id, found.target.id, found.type)
    with ledger.reading() as connection:
        source, target = (statement_named(connection, given[one])["key"] for one in ("source", "target"))
    return LinkName(source, target, given["kind"])


def _value(answer: Answer) -> dict[str, object]:
    from onrecord.export.links import link_json  # noqa: PLC0415  # loads what prints, which other commands do not need

    number, link = answer
    return {"judgement": number, "link": None if link is None else link_json(link)}


def _lines(answer: Answer) -> Iterator[str | Text]:
    from onrecord.export.links import history_lines, link_lines  # noqa: PLC0415

    number, link = answer
    if number is not None:
        yield f"judgement {number} is kept"
    if link is not None:
        yield from link_lines(link)
        yield from history_lines(link)


def _wrong(message: str) -> UsageError:
    return UsageError(message, code="usage.bad_judgement")
