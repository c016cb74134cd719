"""A record for people: every statement with its words in their context, on a terminal or in plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from onrecord.data import Event, Link, Record, Span, Speaker, Statement, TimeExpression, Via

# A text may hold characters that steer a terminal; none of them gets there.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPACE = re.compile(r"\s+")
_AROUND = 60
_INDENT = 4
_LONGEST_GAP = 120
_STYLES = {"source": "bold cyan", "cue": "yellow", "content": "green"}
_MARKS = {"source": ("[", "]"), "cue": ("{", "}"), "content": ("<", ">")}


class Terminal(Console):
    """A console that leaves it to the caller what to do when nobody reads on."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def print_record(record: Record, console: Console) -> None:
    """Print one record as wide as the console; without colour, [source], {cue} and <content> are marked by brackets."""
    console.print(Rule(Text(shown(record.document.name), style="bold"), align="left", characters="─"))
    for indent, text in _parts(record, marked=not console.is_terminal or console.color_system is None):
        for line in text.wrap(console, max(console.width - indent, 1)) or [Text()]:
            line.rstrip()
            console.print(Text(" " * indent if line else "") + line, soft_wrap=True)


def shown(words: str) -> str:
    """The words in one line, without characters that steer a terminal."""
    return _SPACE.sub(" ", _STEERING.sub("\ufffd", words)).strip()


def _parts(record: Record, marked: bool) -> Iterator[tuple[int, Text]]:
    """The lines below the name, each with its indent."""
    document = record.document
    about = [document.title, document.publisher, _dated(record), _counted(record)]
    yield 0, Text(" · ".join(shown(part) for part in about if part), style="dim")
    for statement in record.statements:
        yield 0, Text()
        yield 0, heading(statement)
        if line := beneath(statement, document.text):
            yield _INDENT, line
        yield _INDENT, in_context(statement, document.text, marked)
    yield from _section("Times", [_time(one, document.text) for one in record.times])
    yield from _section("Events", [_event(one) for one in record.events])
    yield from _section("Links", [_link(one) for one in record.links])
    yield 0, Text()


def _dated(record: Record) -> str:
    document = record.document
    return f"{document.creation_time} ({document.creation_time_basis})" if document.creation_time else "undated"


def _counted(record: Record) -> str:
    counts = ((record.statements, "statement"), (record.events, "event"), (record.links, "link"))
    return ", ".join(f"{len(some)} {name}{'' if len(some) == 1 else 's'}" for some, name in counts)


def heading(statement: Statement) -> Text:
    """`s3  2031-03-04  Mara Quill, harbour master  refuses · if`."""
    reading = statement.reading
    line = Text.assemble((f"{statement.id:<4}", "dim"), (f"{statement.said_on.value if statement.said_on else '–':<11}", "magenta"), " ")
    line.append(_who(statement.speaker), style="bold")
    line.append("  ")
    line.append(reading.stance.replace("_", " "), style="bold red" if reading.negated_cue else "bold blue")
    flags = ((reading.negated_cue, "negated"), (reading.conditional, "conditional"), (reading.hypothetical, "hypothetical"))
    for text in (name for holds, name in flags if holds):
        line.append(f" · {text}", style="red")
    if statement.attribution.probability < 1:
        line.append(f"  {statement.attribution.probability:.2f}", style="dim")
    return line


def _who(speaker: Speaker) -> str:
    name = shown(speaker.name) if speaker.name else "nobody named"
    stands_for = f" (for {shown(speaker.stands_for)})" if speaker.stands_for else ""
    return name + stands_for + (f", {shown(speaker.role)}" if speaker.role else "")


def beneath(statement: Statement, text: str) -> Text | None:
    """What stands below the heading: through whom, to whom, on which condition; None where nothing does."""
    parts = [f"via {_via(one)}" for one in statement.via]
    if statement.addressee:
        parts.append(f"to {shown(statement.addressee)}")
    parts += [f"on condition: {shown(span.of(text))}" for span in statement.reading.condition]
    if statement.part_of:
        parts.append(f"told in {statement.part_of}")
    return Text(" · ".join(parts), style="dim") if parts else None


def _via(via: Via) -> str:
    return f"{shown(via.name)} ({via.channel})" if via.name else str(via.channel)


def in_context(statement: Statement, text: str, marked: bool) -> Text:
    """The words from a little before the first span to a little after the last; long gaps between them are cut.

    The spans are told by colour, or where `marked` by brackets.
    """
    one = statement.attribution
    roles = [(span, "source") for span in one.source] + [(span, "cue") for span in one.cue] + [(span, "content") for span in one.content]
    line = Text()
    at = _start(text, one.extent)
    line.append("… " if at and text[at - 1] != "\n" else "", style="dim")
    for span, role in sorted(roles):
        line.append(_gap(text[at : span.start]))
        before, after = _MARKS[role] if marked else ("", "")
        line.append(before + _kept(text[max(at, span.start) : span.end]) + after, style=_STYLES[role])
        at = max(at, span.end)
    end = _end(text, one.extent)
    line.append(_kept(text[at:end]).rstrip())
    line.append(" …" if end < len(text) and text[end] != "\n" else "", style="dim")
    return line


def _start(text: str, extent: Span) -> int:
    start = max(0, extent.start - _AROUND)
    line_start = text.rfind("\n", start, extent.start) + 1
    if line_start:
        return line_start
    return start if start == 0 else text.find(" ", start, extent.start) + 1 or extent.start


def _end(text: str, extent: Span) -> int:
    end = min(len(text), extent.end + _AROUND)
    line_end = text.find("\n", extent.end, end)
    if line_end >= 0:
        return line_end
    return end if end == len(text) else max(text.rfind(" ", extent.end, end), extent.end)


def _gap(words: str) -> str:
    kept = _kept(words)
    return kept if len(kept) <= _LONGEST_GAP else f"{kept[: _LONGEST_GAP // 2]} … {kept[-_LONGEST_GAP // 2 :]}"


def _kept(words: str) -> str:
    return _SPACE.sub(" ", _STEERING.sub("\ufffd", words))


def _section(name: str, lines: list[str]) -> Iterator[tuple[int, Text]]:
    if lines:
        yield 0, Text()
        yield 0, Text(name, style="bold")
        yield from ((_INDENT, Text(line)) for line in lines)


def _time(time: TimeExpression, text: str) -> str:
    value = time.value or f"not known{f': {shown(time.reason)}' if time.reason else ''}"
    return f"{value}  “{shown(time.span.of(text))}”"


def _event(event: Event) -> str:
    said_by = f"  ({', '.join(event.statements)})" if event.statements else ""
    place = f", {shown(event.place)}" if event.place else ""
    return f"{event.when or '–'}  {event.status}  {shown(event.what)}{place}{said_by}"


def _link(link: Link) -> str:
    variant = f" ({link.variant})" if link.variant else ""
    why = f": {shown(link.why)}" if link.why else ""
    return f"{link.from_id} {link.type} {link.to_id}{variant}, {link.basis}, {link.probability:.2f}{why}"
