"""`onrecord ask`: what was said, by whom, best answers first."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.ending import status_of
from onrecord.cli.ledger_option import ledger_option, opened
from onrecord.cli.lines import print_each
from onrecord.cli.output import OutputFormat, chosen_format
from onrecord.cli.question_options import question_options
from onrecord.errors import EXIT_STATUS

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.find.question import Answer

_DIGITS = 12
_INDENT = "    "


@click.command()
@click.argument("words", nargs=-1)
@click.option("--limit", type=int, default=20, show_default=True, metavar="NUMBER", help="How many answers at most.")
@question_options
@ledger_option
@click.option("--format", "output_format", type=click.Choice(["table", "jsonl"]), help="Default: table on a terminal, jsonl elsewhere.")
def ask(words: tuple[str, ...], output_format: str | None, ledger: str | None, **filters: Any) -> None:
    """Ask the ledger who said what.

    WORDS need not be those of the articles: what is near in meaning is found, too. Without words the newest statements come first.

    \b
    Exit status: 0 asked, whether or not there are answers, 2 wrong usage,
    3 nobody has the name or the ledger cannot be used.
    """
    chosen = chosen_format(output_format)
    sys.exit(status_of(lambda: _ask(" ".join(words), filters, ledger, chosen), chosen))


def _ask(words: str, filters: dict[str, Any], where: str | None, output_format: OutputFormat) -> int:
    from onrecord.find.ask import ask as answers  # noqa: PLC0415  # loads the database's library
    from onrecord.find.question import Question  # noqa: PLC0415

    question = Question(words, **filters)
    with opened(where, read_only=True) as ledger:
        found = answers(ledger, question)
    namesakes = namesakes_of(found)
    print_each(found, output_format, asdict, lambda one: answer_lines(one, is_namesake=one.speaker_name in namesakes))
    if not found and output_format is OutputFormat.TABLE:
        click.echo("Nothing in the ledger answers that.", err=True)
    return EXIT_STATUS["read"]


def namesakes_of(found: Sequence[Answer]) -> frozenset[str | None]:
    """The names under which several people answer."""
    keys: defaultdict[str | None, set[str | None]] = defaultdict(set)
    for one in found:
        keys[one.speaker_name].add(one.speaker_key)
    return frozenset(name for name, those in keys.items() if name is not None and len(those) > 1)


def answer_lines(one: Answer, *, is_namesake: bool = False) -> Iterator[Text]:
    """`2031-03-04  Mara Quill, harbour minister  refuses  Lesk Courier, 2031-03-05, 3f2a91c0b1d2`, and below it the words."""
    from rich.text import Text  # noqa: PLC0415

    from onrecord.export.table import shown  # noqa: PLC0415

    name = shown(one.speaker_name or one.source_words or "nobody named")
    role = f", {shown(one.speaker_role)}" if one.speaker_role else ""
    key = f" ({one.speaker_key})" if is_namesake and one.speaker_key else ""
    line = Text.assemble((f"{one.said_on or f'[{one.day}]':<11}", "magenta"), "  ", (name + role + key, "bold"), "  ")
    line.append(one.stance.replace("_", " "), style="bold blue")
    flags = ((one.negated_cue, "negated"), (one.conditional, "conditional"), (one.hypothetical, "hypothetical"), (one.judged, "by hand"))
    for told in (told for holds, told in flags if holds):
        line.append(f" · {told}", style="red")
    yield line.append(f"  {shown(one.publisher or one.document)}, {one.known_on}, {one.id[:_DIGITS]}", style="dim")
    yield Text(f"{_INDENT}“{shown(one.words)}”", style="green")
