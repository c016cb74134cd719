"""What changed between two versions or two readings, as JSON values and as lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from onrecord.data import Record, Span, Statement
from onrecord.export.table import shown
from onrecord.record.changes import ChangeKind, PassageChange, StatementChange, WordKind, words
from onrecord.record.identity import document_key, statement_key

_SIGNS = {ChangeKind.DROPPED: ("-", "red"), ChangeKind.ADDED: ("+", "green"), ChangeKind.ALTERED: ("~", "yellow")}

_QUOTES = tuple("“\"‘'«„")


def passage_json(change: PassageChange, old: str, new: str) -> dict[str, object]:
    """{"kind", "old": {"span", "words"}, "new": ...}"""
    return {"kind": change.kind, "old": _span_json(change.old, old), "new": _span_json(change.new, new)}


def statement_change_json(change: StatementChange, old: Record, new: Record, keys: tuple[str, str] | None = None) -> dict[str, object]:
    """{"kind", "fields", "old": {...}, "new": {...}}; `keys` are the ids of the documents where these do not follow from the records."""
    first, second = keys or (document_key(old.document), document_key(new.document))
    before = change.old and statement_json(change.old, old, first)
    after = change.new and statement_json(change.new, new, second)
    return {"kind": change.kind, "fields": list(change.fields), "old": before, "new": after}


def statement_json(one: Statement, record: Record, document: str) -> dict[str, object]:
    """A statement in short: its id in the ledger, who, how, when and the words; `document` is the document's id."""
    attribution, reading = one.attribution, one.reading
    return {
        "id": statement_key(document, attribution.source, attribution.content),
        "speaker": one.speaker.name,
        "speaker_key": one.speaker.key,
        "stance": reading.stance,
        "said_on": one.said_on and one.said_on.value,
        "conditional": reading.conditional,
        "negated_cue": reading.negated_cue,
        "addressee": one.addressee,
        "via": [{"name": via.name, "channel": via.channel} for via in one.via],
        "words": record.words(attribution.content),
        "content": [list(span) for span in attribution.content],
        "probability": round(float(attribution.probability), 4),
    }


def passage_lines(changes: Iterable[PassageChange], old: str, new: str) -> Iterator[Text]:
    """One line for each: `-` dropped, `+` added, `~` altered, where [-words-] were dropped and {+words+} added."""
    for change in changes:
        yield _signed(change.kind, _side_by_side(_words(change.old, old), _words(change.new, new)))


def statement_lines(changes: Iterable[StatementChange], old: Record, new: Record) -> Iterator[Text]:
    """One line for each, with what differs."""
    for change in changes:
        if change.old is not None and change.new is not None:
            yield _signed(change.kind, _altered(change, old, new))
        elif change.old is not None:
            yield _signed(change.kind, Text(_in_short(change.old, old)))
        elif change.new is not None:
            yield _signed(change.kind, Text(_in_short(change.new, new)))


def _altered(change: StatementChange, old: Record, new: Record) -> Text:
    assert change.old is not None and change.new is not None
    line = Text(f"{shown(change.new.speaker.name or 'nobody named')}: ")
    before, after = (record.words(one.attribution.content) for one, record in ((change.old, old), (change.new, new)))
    line.append_text(_side_by_side(before, after) if "content" in change.fields else Text(_quoted(after)))
    for name in change.fields:
        if name != "content":
            line.append(f" · {name}: {_value(change.old, name)} → {_value(change.new, name)}", style="yellow")
    return line


def _in_short(one: Statement, record: Record) -> str:
    day = f", {one.said_on.value}" if one.said_on else ""
    stance = one.reading.stance.replace("_", " ")
    return f"{shown(one.speaker.name or 'nobody named')} ({stance}{day}): {_quoted(record.words(one.attribution.content))}"


def _quoted(words: str) -> str:
    """In quotation marks, unless they begin with one."""
    line = shown(words)
    return line if line[:1] in _QUOTES else f"“{line}”"


def _value(one: Statement, name: str) -> str:
    """What a changed field holds, in a few words."""
    values = {
        "speaker": one.speaker.name,
        "stance": one.reading.stance.replace("_", " "),
        "said_on": one.said_on and one.said_on.value,
        "conditional": "yes" if one.reading.conditional else "no",
        "negated_cue": "yes" if one.reading.negated_cue else "no",
        "via": ", ".join(via.name or via.channel for via in one.via),
        "addressee": one.addressee,
    }
    return shown(values.get(name) or "–")


def _side_by_side(old: str, new: str) -> Text:
    """Both wordings in one line; the words of one alone are marked, by signs too, so that they show without colour."""
    if not old or not new:
        return Text(shown(old or new))
    line = Text()
    for run in words(old, new):
        if run.kind is WordKind.EQUAL:
            _append(line, run.new, new, ("", "", ""))
            continue
        _append(line, run.old, old, ("[-", "-]", "red"))
        _append(line, run.new, new, ("{+", "+}", "green"))
    return line


def _append(line: Text, span: Span | None, text: str, marks: tuple[str, str, str]) -> None:
    """The words of the span with a blank before them, if there was any space."""
    if span is not None:
        before, after, style = marks
        line.append(" " if line and text[span.start - 1 : span.start].isspace() else "")
        line.append(f"{before}{shown(span.of(text))}{after}", style=style)


def _signed(kind: ChangeKind, line: Text) -> Text:
    sign, style = _SIGNS[kind]
    return Text.assemble((f"{sign} ", style), line)


def _words(span: Span | None, text: str) -> str:
    return "" if span is None else span.of(text)


def _span_json(span: Span | None, text: str) -> dict[str, object] | None:
    return None if span is None else {"span": list(span), "words": span.of(text)}
