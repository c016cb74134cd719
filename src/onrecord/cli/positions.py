"""`onrecord positions`: who holds what on a matter, who stands against whom, what is on and off the table."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.ending import status_of
from onrecord.cli.ledger_option import ledger_option, opened
from onrecord.cli.lines import print_each
from onrecord.cli.output import OutputFormat, chosen_format
from onrecord.errors import EXIT_STATUS

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.find.positions import Course, Positions, Relation, Said, Speaker

    Item = Speaker | Relation | Course

_DIGITS = 12
_VERBS = {"agrees": "agrees with"}
_HEADINGS = {
    "against": "Against each other",
    "beside": "Side by side",
    "on_the_table": "On the table",
    "off_the_table": "Off the table",
}


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--by", metavar="NAME", help="Only what concerns this person or body: a name, a surname or a key.")
@click.option("--since", metavar="DAY", help="Said on this day or later; 2031-03 and 2031 work too.")
@click.option("--until", metavar="DAY", help="Said on this day or before.")
@click.option("--as-of", metavar="DAY", help="As it stood on that day: only what was published by then.")
@ledger_option
@click.option("--format", "output_format", type=click.Choice(["table", "jsonl"]), help="Default: table on a terminal, jsonl elsewhere.")
def positions(words: tuple[str, ...], output_format: str | None, ledger: str | None, **wanted: str | None) -> None:
    """Show who holds what on a matter, since when, and what they said before.

    WORDS name the matter, in any words. Then come those whose positions stand against or beside each other, and the courses of action
    that are kept open or promised (on the table), or refused or denied (off the table).

    \b
    Exit status: 0 asked, whether or not anything is found, 2 wrong usage,
    3 nobody has the name or the ledger cannot be used.
    """
    chosen = chosen_format(output_format)
    sys.exit(status_of(lambda: _positions(" ".join(words), wanted, ledger, chosen), chosen))


def _positions(words: str, wanted: dict[str, str | None], where: str | None, output_format: OutputFormat) -> int:
    from onrecord.find.position_matter import WantedPositions  # noqa: PLC0415  # loads the database's library
    from onrecord.find.positions import positions as found_positions  # noqa: PLC0415

    which = WantedPositions(words, **wanted)
    with opened(where, read_only=True) as ledger:
        found = found_positions(ledger, which)
    if output_format is OutputFormat.JSONL:
        print_each(_items(found), output_format, lambda item: _value(*item), lambda _: ())
    else:
        print_each([found], output_format, asdict, lambda one: _lines(one, which.about, which.as_of))
        if not found.speakers:
            click.echo(
                "Nothing in the ledger is about that." if which.by is None else "Nothing of theirs in the ledger is about that.", err=True
            )
    return EXIT_STATUS["read"]


def _items(found: Positions) -> Iterator[tuple[str, Item]]:
    """What is found with its kind: the speakers, then the relations, then the courses."""
    yield from (("speaker", one) for one in found.speakers)
    for kind in _HEADINGS:
        yield from ((kind, one) for one in getattr(found, kind))


def _value(kind: str, item: Item) -> dict[str, Any]:
    """The JSON object; the ends of a relation are called `from` and `to`, as those of links are everywhere."""
    names = {"source": "from", "target": "to"}
    return {"kind": kind, **{names.get(name, name): value for name, value in asdict(item).items()}}


def _lines(found: Positions, about: str, as_of: str | None) -> Iterator[Text]:
    from rich.text import Text  # noqa: PLC0415

    from onrecord.export.table import shown  # noqa: PLC0415

    if not found.speakers:
        return
    yield Text(f"{shown(about)}{f', as of {as_of}' if as_of else ''}", style="bold underline")
    for speaker in found.speakers:
        yield from _speaker_lines(speaker)
    for kind, heading in _HEADINGS.items():
        items = getattr(found, kind)
        if items:
            yield Text(f"\n{heading}", style="bold underline")
        for one in items:
            yield _course_line(one) if kind.endswith("table") else _relation_line(one)


def _speaker_lines(one: Speaker) -> Iterator[Text]:
    """`Mara Quill, harbour minister  since 2031-03-12  refuses  “that ...”  Lesk Courier`, and below what was said before."""
    from rich.text import Text  # noqa: PLC0415

    from onrecord.export.table import shown  # noqa: PLC0415

    name = one.name or one.said[0].source_words or "nobody named"
    line = Text(shown(name) + (f", {shown(one.role)}" if one.role else ""), style="bold")
    if one.current is None:
        yield line.append("  holds nothing", style="red")
    else:
        line.append(f"  since {one.since}  ", style="magenta")
        yield line.append_text(_told(one.current))
    for said in one.said:
        if one.current is None or said.id != one.current.id:
            day = said.said_on if said.said_on and said.day_is_known else f"[{said.day}]"
            yield Text(f"    {day:<11}  ", style="magenta").append_text(_told(said))


def _told(said: Said) -> Text:
    """`refuses · conditional  “that ...”, if: “unless ...”  Lesk Courier, Weekly  3f2a91c0b1d2  until 2031-03-14, revised by Jon Quill`"""
    from rich.text import Text  # noqa: PLC0415

    from onrecord.export.table import shown  # noqa: PLC0415
    from onrecord.find.positions import outlets  # noqa: PLC0415

    line = Text(said.stance.replace("_", " "), style="bold blue")
    flags = (
        (said.negated_cue, "negated"),
        (said.conditional, "conditional"),
        (not said.takes_position, "no position"),
        (said.judged, "by hand"),
    )
    for flag in (flag for holds, flag in flags if holds):
        line.append(f" · {flag}", style="red")
    line.append(f"  “{shown(said.words)}”", style="green")
    if said.condition:
        line.append(f"  condition: “{shown(said.condition)}”", style="yellow")
    line.append(f"  {shown(', '.join(outlets(said.carried)))}, {said.carried[0].known_on}, {said.id[:_DIGITS]}", style="dim")
    if said.replaced is not None:
        line.append(
            f"  until {said.replaced.day} ({shown(said.replaced.speaker_name or 'nobody named')}, {said.replaced.id[:_DIGITS]})",
            style="red",
        )
    return line


def _relation_line(one: Relation) -> Text:
    """`Mara Quill contradicts Jon Quill: “that ...” – “that ...”  Both cannot hold.`"""
    from rich.text import Text  # noqa: PLC0415

    from onrecord.export.table import shown  # noqa: PLC0415

    names = [shown(end.speaker_name or "nobody named") for end in (one.source, one.target)]
    line = Text.assemble((names[0], "bold"), (f" {_VERBS.get(one.type, one.type)} ", "bold blue"), (names[1], "bold"), ": ")
    line.append(f"“{shown(one.source.words)}” – “{shown(one.target.words)}”", style="green")
    why, evidence = shown(one.why or ""), shown(one.evidence or "")
    reasons = [why, f"“{evidence}”" if evidence and evidence not in why else ""]
    return line.append("".join(f"  {reason}" for reason in reasons if reason), style="dim")


def _course_line(one: Course) -> Text:
    """`2031-03-12  Mara Quill  leaves open  “that ...”  Lesk Courier`"""
    from rich.text import Text  # noqa: PLC0415

    from onrecord.export.table import shown  # noqa: PLC0415

    line = Text.assemble((f"{one.since:<11}", "magenta"), "  ", (shown(one.speaker_name or "nobody named"), "bold"), "  ")
    return line.append_text(_told(one.said))
