"""`onrecord versions`: how an article changed after it came out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from onrecord.cli.ending import status_of
from onrecord.cli.ledger_option import ledger_option, opened
from onrecord.cli.output import OutputFormat, chosen_format
from onrecord.errors import EXIT_STATUS
from onrecord.export.jsonl import to_line

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.find.versions import Article


@click.command()
@click.argument("article", metavar="URL|LOCATOR|ID")
@ledger_option
@click.option("--format", "output_format", type=click.Choice(["table", "jsonl"]), help="Default: table on a terminal, jsonl elsewhere.")
def versions(article: str, output_format: str | None, ledger: str | None) -> None:
    """List the versions of an article, and what was dropped, added or altered from each to the next.

    The article is named by its URL, by where it was found, or by a document's id. Versions are what was read under one URL with
    different texts; the same words in another paper are another article.

    \b
    Exit status: 0 listed, 2 wrong usage, 3 the ledger does not hold it or cannot
    be used.
    """
    chosen = chosen_format(output_format)
    sys.exit(status_of(lambda: _versions(article, ledger, chosen), chosen))


def _versions(name: str, where: str | None, output_format: OutputFormat) -> int:
    from onrecord.find.versions import articles  # noqa: PLC0415  # loads the database's library

    with opened(where, read_only=True) as ledger, ledger.reading() as connection:
        for one in articles(connection, name):
            _print(one, output_format)
    return EXIT_STATUS["read"]


def _print(article: Article, output_format: OutputFormat) -> None:
    if output_format is OutputFormat.JSONL:
        from onrecord.export.versions import version_values  # noqa: PLC0415

        for value in version_values(article):
            sys.stdout.buffer.write(to_line(value))
        return
    from onrecord.cli.lines import line_printer  # noqa: PLC0415

    write = line_printer()
    for line in _lines(article):
        write(line)


def _lines(article: Article) -> Iterator[str | Text]:
    from onrecord.export.changes import passage_lines, statement_lines  # noqa: PLC0415
    from onrecord.export.table import shown  # noqa: PLC0415
    from onrecord.export.versions import with_the_one_before  # noqa: PLC0415

    count = len(article.versions)
    about = (article.place, article.publisher, f"{count} version{'' if count == 1 else 's'}")
    yield " · ".join(shown(part) for part in about if part)
    for number, (before, one) in enumerate(with_the_one_before(article), 1):
        yield ""
        yield f"{number}  added {one.row['added_at'][:16]}  {one.key[:12]}  {shown(one.row['title'] or one.row['name'])}"
        if before is None:
            continue
        if one.passages is None:
            yield "Only excerpts are kept: passages cannot be compared."
        else:
            yield from passage_lines(one.passages, before.row["text"], one.row["text"])
        yield "Statements:" if one.statements else "No statement changed."
        yield from statement_lines(one.statements, before.record, one.record)
