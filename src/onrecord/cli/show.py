"""`onrecord show`: one statement in its context, or one document, with all that the ledger knows of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from onrecord.cli.ending import status_of
from onrecord.cli.ledger_option import ledger_option, opened
from onrecord.cli.output import OutputFormat, chosen_format
from onrecord.errors import EXIT_STATUS
from onrecord.export.jsonl import to_line

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.data import Document, Statement
    from onrecord.find.show import Held, Linked, ShownDocument, ShownStatement

_DIGITS = 12


@click.command()
@click.argument("name", metavar="ID")
@ledger_option
@click.option("--format", "output_format", type=click.Choice(["table", "jsonl"]), help="Default: table on a terminal, jsonl elsewhere.")
def show(name: str, output_format: str | None, ledger: str | None) -> None:
    """Show a statement with its exact words in their context, or a document with its statements.

    ID is the id of a statement or document, or six or more of its first digits; or the URL, place or name of a document. Shown as well:
    every reading of the document and whether it had the statement, what people decided about it, and its links.

    \b
    Exit status: 0 shown, 2 wrong usage, 3 nothing or more than one thing has the
    id, or the ledger cannot be used.
    """
    chosen = chosen_format(output_format)
    sys.exit(status_of(lambda: _show(name, ledger, chosen), chosen))


def _show(name: str, where: str | None, output_format: OutputFormat) -> int:
    from onrecord.export.showing import shown_document_json, shown_statement_json  # noqa: PLC0415  # these load the database's library
    from onrecord.find.show import ShownStatement, shown  # noqa: PLC0415

    with opened(where, read_only=True) as ledger:
        found = shown(ledger, name)
    if output_format is OutputFormat.JSONL:
        value = shown_statement_json(found) if isinstance(found, ShownStatement) else shown_document_json(found)
        sys.stdout.buffer.write(to_line(value))
        return EXIT_STATUS["read"]
    from onrecord.cli.lines import line_printer  # noqa: PLC0415

    write = line_printer()
    for line in _statement_lines(found) if isinstance(found, ShownStatement) else _document_lines(found):
        write(line)
    return EXIT_STATUS["read"]


def _statement_lines(found: ShownStatement) -> Iterator[str | Text]:
    from rich.text import Text  # noqa: PLC0415

    from onrecord.export.table import beneath, heading, shown  # noqa: PLC0415

    yield found.id
    yield _document_line(found.document, found.document_id, found.known_on)
    yield ""
    yield heading(found.statement)
    key = found.statement.speaker.key
    if key is not None:
        yield Text(" · ".join(part for part in (key, found.wikidata.get(key)) if part), style="dim")
    if line := beneath(found.statement, found.document.text):
        yield line
    yield ""
    yield _in_context(found.statement, found.document.text)
    if not found.is_statement:
        yield Text("By hand: this is no statement.", style="red")
    if not found.is_current:
        now = f"; the one that follows it is {found.now[:_DIGITS]}" if found.now else ""
        yield Text(f"No longer in the newest reading{now}.", style="red")
    yield from _reading_lines(found.readings, of_statement=True)
    for judgement in found.judgements:
        changes = ", ".join(f"{name}: {value}" for name, value in judgement.changes.items())
        told = [judgement.kind.replace("_", " "), changes, judgement.note or ""]
        yield f"judgement {judgement.id}: {shown(judgement.made_by)}, {judgement.made_at[:10]}: " + " · ".join(
            shown(one) for one in told if one
        )
    yield from map(_link_line, found.links)


def _document_lines(found: ShownDocument) -> Iterator[str | Text]:
    from rich.text import Text  # noqa: PLC0415

    from onrecord.export.table import beneath, heading  # noqa: PLC0415

    yield found.id
    yield _document_line(found.document, found.id, found.known_on)
    yield from _reading_lines(found.readings)
    for key, one in found.statements:
        yield ""
        yield heading(one).append(f"  {key[:_DIGITS]}", style="dim")
        if line := beneath(one, found.document.text):
            yield Text("    ") + line
        yield Text("    ") + _in_context(one, found.document.text)


def _in_context(statement: Statement, text: str) -> Text:
    from onrecord.export.table import Terminal, in_context  # noqa: PLC0415

    console = Terminal(file=sys.stdout)
    return in_context(statement, text, not console.is_terminal or console.color_system is None)


def _document_line(document: Document, key: str, known_on: str) -> str:
    from onrecord.export.table import shown  # noqa: PLC0415

    parts = (document.title or document.name, document.publisher, known_on, document.url or document.locator)
    return " · ".join([*(shown(part) for part in parts if part), f"document {key[:_DIGITS]}"])


def _reading_lines(readings: Iterable[Held], *, of_statement: bool = False) -> Iterator[str]:
    from onrecord.export.table import shown  # noqa: PLC0415

    for one in readings:
        models = ", ".join(f"{name} {digest[:_DIGITS]}" for name, digest in sorted(one.models.items()))
        about = [f"reading {one.reading}: {one.made_at[:10]}, {one.program}", models, "newest" if one.is_current else "superseded"]
        had = f"{(one.stance or '').replace('_', ' ')}, {shown(one.speaker_name or 'nobody named')}" if one.has_it else "without it"
        yield " · ".join(part for part in (*about, had if of_statement else "") if part)


def _link_line(one: Linked) -> str:
    from onrecord.export.table import shown  # noqa: PLC0415

    how = one.type if one.from_here else f"{one.type} (the other way)"
    told = f"{how}: {shown(one.speaker_name or 'nobody named')}: “{shown(one.words)}”  {shown(one.document)}, {one.id[:_DIGITS]}"
    by = one.judgement
    decided = "" if by is None else f"judgement {by.id}: {by.decision}, {shown(by.made_by)}, {by.made_at[:10]}"
    note = "" if by is None else shown(by.note or "")
    return " · ".join(part for part in (told, shown(one.why or ""), decided, note) if part)
