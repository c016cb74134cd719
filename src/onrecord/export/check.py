"""What became of the quotations of drafts, as JSON values and as lines for people."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from onrecord.export.links import end_json
from onrecord.export.table import shown
from onrecord.find.check import Checked, Found
from onrecord.find.check_verdict import Verdict
from onrecord.link.wording import Change, ChangeKind
from onrecord.read.places import Place

_INDENT = "    "
_DIGITS = 12
_MARKS = {ChangeKind.KEPT: ("", "", ""), ChangeKind.DROPPED: ("[-", "-]", "red"), ChangeKind.ADDED: ("{+", "+}", "green")}
TOLD = {
    Verdict.NOT_FOUND: "not found",
    Verdict.OTHER_SPEAKER: "other speaker",
    Verdict.NEGATION_DROPPED: "negation dropped",
    Verdict.CONDITION_DROPPED: "condition dropped",
    Verdict.PARAPHRASE: "paraphrase",
    Verdict.ALTERED: "altered",
    Verdict.CUT: "cut",
    Verdict.EXACT: "exact",
}


def checked_json(one: Checked, place: Place | None) -> dict[str, object]:
    """The quotation as JSON values; `start` and `end` count in the document's text, lines and columns in its file."""
    speaker = one.quotation.speaker
    spans = one.quotation.spans
    return {
        "file": one.document.locator,
        "document": one.document.name,
        "line": place and place.line,
        "column": place and place.column,
        "end_line": place and place.end_line,
        "end_column": place and place.end_column,
        "spans": [list(span) for span in spans],
        "quotation": one.quotation.words,
        "speaker_name": speaker and speaker.name,
        "speaker_key": speaker and speaker.key,
        "verdict": one.verdict,
        "verdicts": list(one.verdicts),
        "is_fine": one.is_fine,
        "changes_sense": one.changes_sense,
        "differs_by_outlet": one.differs_by_outlet,
        "message": message(one),
        "found": one.found and _found_json(one.found),
        "others": [_found_json(other) for other in one.others],
    }


def _found_json(one: Found) -> dict[str, object]:
    return {
        "statement": end_json(one.statement),
        "verdicts": list(one.verdicts),
        "told": one.told,
        "lost": one.lost or None,
        "changes_sense": one.changes_sense,
        "changes": [{"kind": change.kind, "words": change.words} for change in one.changes],
    }


def message(one: Checked) -> str:
    """What there is to know, in one line."""
    if one.found is None:
        return "The ledger has no statement with these words."
    told = f"{_says(one, one.found)} {_where(one.found)}"
    more = next((other for other in one.others if one.differs_by_outlet and other.lost), None)
    return told if more is None else f"{told} But {_where(more)[:-1]} has it with “{shown(more.lost)}”."


def _says(one: Checked, found: Found) -> str:
    name = shown(found.statement.speaker_name or found.statement.source_words or "somebody who is not named")
    lost = f" “{shown(found.lost)}”" if found.lost else ""
    harm = "which changes the sense" if found.changes_sense else "which leaves the sense"
    draft = shown((one.quotation.speaker and one.quotation.speaker.name) or "somebody else")
    sentences = {
        Verdict.OTHER_SPEAKER: f"The draft gives to {draft} what {name} said.",
        Verdict.NEGATION_DROPPED: f"{name} said it with a negation that is left out:{lost}.",
        Verdict.CONDITION_DROPPED: f"{name} said it under a condition that is left out:{lost}.",
        Verdict.PARAPHRASE: f"These are no words of {name} in quotation marks: the outlet put it so.",
        Verdict.ALTERED: f"{name}'s words are altered{', which changes the sense' if found.changes_sense else ''}: {_marked_plain(found)}.",
        Verdict.CUT: f"{name}'s words are cut, {harm}:{lost}.",
        Verdict.EXACT: f"So said {name}.",
    }
    return sentences[found.verdicts[0]]


def _where(one: Found) -> str:
    end = one.statement
    return f"{shown(end.publisher or end.document)}, {end.known_on}, {end.id[:_DIGITS]}."


def checked_lines(one: Checked, place: Place | None) -> Iterator[Text]:
    """`draft.md:3:12  altered  Mara Quill  “We will sell it”`, then what was said, word by word, and where."""
    at = f"{shown(one.document.locator or one.document.name)}{f':{place.line}:{place.column}' if place else ''}"
    line = Text.assemble((at, "magenta"), "  ", (TOLD[one.verdict], "bold green" if one.is_fine else "bold red"), "  ")
    speaker = one.quotation.speaker
    line.append(shown((speaker and speaker.name) or "nobody named"), style="bold").append(f"  “{shown(one.quotation.words)}”")
    yield line
    if one.found is None or one.verdict is not Verdict.EXACT or one.differs_by_outlet:
        yield Text(_INDENT + message(one))
    if one.found is not None and any(change.kind is not ChangeKind.KEPT for change in one.found.changes):
        yield Text(_INDENT) + _marked(one.found.changes)
    if one.found is not None and one.verdict is Verdict.EXACT:
        yield Text(f"{_INDENT}{_where(one.found)}", style="dim")


def _marked(changes: tuple[Change, ...]) -> Text:
    """The words of the statement, with [-what the draft drops-] and {+what it adds+}."""
    parts = []
    for change in changes:
        before, after, style = _MARKS[change.kind]
        parts.append(Text(f"{before}{shown(change.words)}{after}", style=style))
    return Text(" ").join(parts)


def _marked_plain(one: Found) -> str:
    return _marked(tuple(change for change in one.changes if change.kind is not ChangeKind.KEPT)).plain
