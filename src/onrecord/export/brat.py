"""Attributions in brat's standoff form, as PolNeAR has them: NAME.txt with the text, NAME.ann beside it.

    T1  Source 0 10     Mara Quill          a passage; pieces of a split one stand in one line: 20 31;40 52
    T4  Attribution 11 15   said            the trigger of the attribution: its cue
    E1  Attribution:T4 Content:T3 Cue:T2 Source:T1
    A1  Stance E1 refuses                   and Negated_cue, Conditional, Hypothetical where they hold
    R1  Part_of Arg1:E2 Arg2:E1             E2 stands in the content of E1
    #1  Probability E1  0.97                and Speaker, where one is named

brat standoff: https://brat.nlplab.org/standoff.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from onrecord.data import Attribution, Document, Record, Span, Spans, Stance, Statement
from onrecord.errors import ReadError

_FLAGS = ("Negated_cue", "Conditional", "Hypothetical")
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"\\|?*\ud800-\udfff]')
_LONGEST_PART = 60  # characters of at most 4 bytes: file systems take 255 bytes
_CONFIGURATION = f"""[entities]
Source
Cue
Content
Attribution
[relations]
Part_of\tArg1:Attribution, Arg2:Attribution
[events]
Attribution\tSource*:Source, Cue*:Cue, Content*:Content
[attributes]
Stance\tArg:Attribution, Value:{"|".join(Stance)}
{chr(10).join(f"{flag}{chr(9)}Arg:Attribution" for flag in _FLAGS)}
"""


def write_brat(record: Record, folder: Path) -> Path:
    """Write the record below the folder, under the document's name; returns the path of the .ann file.

    No name leads out of the folder, and a file of that name with another text is left alone: the new one gets a number.
    A lone surrogate, which no file can hold, is written as U+FFFD, so every position stays.
    """
    text = _SURROGATES.sub("\ufffd", record.document.text)
    text_path = _free_path(folder, record.document.name, text)
    text_path.parent.mkdir(parents=True, exist_ok=True)
    _write(text_path, text)
    annotations = text_path.with_name(text_path.name.removesuffix(".txt") + ".ann")
    _write(annotations, "".join(f"{line}\n" for line in _lines(record.statements, text)))
    _write(folder / "annotation.conf", _CONFIGURATION)
    return annotations


def read_brat(folder: Path) -> Iterator[tuple[Document, tuple[Attribution, ...]]]:
    """The documents of a folder with their attributions, by name; a text without annotations has none.

    Raises:
        ReadError: an annotation file is not in this form.
    """
    for path in sorted(folder.rglob("*.txt")):
        text = path.read_bytes().decode("utf8")
        annotations = path.with_name(path.name.removesuffix(".txt") + ".ann")
        lines = annotations.read_bytes().decode("utf8").split("\n") if annotations.exists() else []
        name = path.relative_to(folder).as_posix().removesuffix(".txt")
        try:
            yield Document(name, text, str(path)), _attributions(lines)
        except (KeyError, ValueError, IndexError) as error:
            raise ReadError(f"{annotations} is not brat standoff as PolNeAR has it ({error!r}).", path=str(annotations)) from error


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf8"))


def _free_path(folder: Path, name: str, text: str) -> Path:
    parts = [_UNSAFE.sub("_", part)[:_LONGEST_PART] for part in name.split("/") if part.strip() not in ("", ".", "..")] or ["document"]
    folders = [f"{part}_" if part.endswith((".txt", ".ann", ".conf")) else part for part in parts[:-1]]
    number = 1
    while True:
        path = folder.joinpath(*folders, parts[-1] + ("" if number == 1 else f"-{number}") + ".txt")
        if not path.exists() or path.read_bytes() == text.encode("utf8"):
            return path
        number += 1


def _lines(statements: tuple[Statement, ...], text: str) -> Iterator[str]:
    passages = 0
    attributes = 0
    notes = 0
    events = {statement.id: f"E{number}" for number, statement in enumerate(statements, 1)}
    for statement in statements:
        event = events[statement.id]
        one = statement.attribution
        roles = []
        for role, spans in (("Source", one.source), ("Cue", one.cue), ("Content", one.content), ("Attribution", one.cue or one.content)):
            if spans:
                passages += 1
                roles.append(f"{role}:T{passages}")
                yield f"T{passages}\t{role} {_places(spans)}\t{_words(spans, text)}"
        yield f"{event}\t{' '.join(reversed(roles))}"
        for attribute in _attributes(statement, event):
            attributes += 1
            yield f"A{attributes}\t{attribute}"
        for note in _notes(statement, event):
            notes += 1
            yield f"#{notes}\t{note}"
    nested = [(events[one.id], events[one.part_of]) for one in statements if one.part_of in events]
    for number, (inner, outer) in enumerate(nested, 1):
        yield f"R{number}\tPart_of Arg1:{inner} Arg2:{outer}"


def _attributes(statement: Statement, event: str) -> Iterator[str]:
    reading = statement.reading
    yield f"Stance {event} {reading.stance}"
    for flag, holds in zip(_FLAGS, (reading.negated_cue, reading.conditional, reading.hypothetical), strict=True):
        if holds:
            yield f"{flag} {event}"


def _notes(statement: Statement, event: str) -> Iterator[str]:
    yield f"Probability {event}\t{statement.attribution.probability!r}"
    if statement.speaker.name:
        yield f"Speaker {event}\t{_BREAKS.sub(' ', _SURROGATES.sub(chr(0xFFFD), statement.speaker.name))}"


def _places(spans: Spans) -> str:
    return ";".join(f"{span.start} {span.end}" for span in spans)


def _words(spans: Spans, text: str) -> str:
    return _BREAKS.sub(" ", " ".join(span.of(text) for span in spans))


def _attributions(lines: list[str]) -> tuple[Attribution, ...]:
    passages: dict[str, Spans] = {}
    events: dict[str, list[tuple[str, str]]] = {}
    outer: dict[str, str] = {}
    probabilities: dict[str, float] = {}
    for line in lines:
        name, _, rest = line.rstrip("\r").partition("\t")
        head, _, tail = rest.partition("\t")
        if name.startswith("T"):
            passages[name] = _spans_at(head.split(" ", 1)[1])
        elif name.startswith("E"):
            events[name] = [(role.rstrip("0123456789"), target) for role, _, target in (part.partition(":") for part in head.split())]
        elif name.startswith("R") and head.startswith("Part_of "):
            _, inner, holder = head.split()
            outer[inner.removeprefix("Arg1:")] = holder.removeprefix("Arg2:")
        elif name.startswith("#") and head.startswith("Probability "):
            probabilities[head.split()[1]] = float(tail)
    with_content = [event for event, roles in events.items() if any(role == "Content" for role, _ in roles)]
    numbers = {event: number for number, event in enumerate(with_content)}
    return tuple(
        _attribution(events[event], passages, probabilities.get(event, 1.0), numbers.get(outer.get(event, ""))) for event in with_content
    )


def _attribution(roles: list[tuple[str, str]], passages: dict[str, Spans], probability: float, part_of: int | None) -> Attribution:
    def of(wanted: str) -> Spans:
        return tuple(span for role, passage in roles if role == wanted for span in passages[passage])

    return Attribution(of("Source"), of("Cue"), of("Content"), probability, part_of)


def _spans_at(places: str) -> Spans:
    return tuple(Span(int(start), int(end)) for start, end in (place.split() for place in places.split(";")))
