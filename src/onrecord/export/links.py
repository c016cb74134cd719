"""Links of a ledger and the wordings of an utterance, as JSON values and as lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import zip_longest

from rich.console import Console
from rich.text import Text

from onrecord.data import Variant
from onrecord.export.table import shown
from onrecord.find.link_ends import End
from onrecord.find.links import LedgerLink
from onrecord.find.stand_ins import Copy
from onrecord.find.wordings import Telling
from onrecord.link.wording import Change, ChangeKind

_INDENT = "    "
_DIGITS = 12
_NAMED = 3  # outlets that carry a copy
_GAP, _NARROWEST = 3, 20  # between two columns, and the width of a column on however narrow a terminal
_DECIDED = {"accepted": "green", "rejected": "red", "unsure": "yellow"}
_MARKS = {ChangeKind.KEPT: ("", "", ""), ChangeKind.DROPPED: ("[-", "-]", "red"), ChangeKind.ADDED: ("{+", "+}", "green")}


def link_json(one: LedgerLink) -> dict[str, object]:
    """The link as JSON values: what the scorers read, and all that is known of it besides."""
    return {
        "type": one.type,
        "basis": one.basis,
        "variant": one.variant,
        "probability": _rounded(one.probability),
        "why": one.why,
        "syndicated": one.syndicated,
        "from": {**end_json(one.source), "copies": [asdict(each) for each in one.source_copies]},
        "to": {**end_json(one.target), "copies": [asdict(each) for each in one.target_copies]},
        "judgement": None if one.judgement is None else asdict(one.judgement),
        "id": one.id,
        "evidence": [list(span) for span in one.evidence],
        "evidence_words": one.evidence_words,
        "holder": one.holder,
        "history": [{**asdict(each), "probability": _rounded(each.probability)} for each in one.history],
    }


def end_json(one: End) -> dict[str, object]:
    """One of its statements as JSON values; `statement` is the id that `onrecord read` prints, `id` that of the ledger."""
    first = {"document": one.document, "statement": one.statement, "content": [list(span) for span in one.content]}
    return {**first, **{name: value for name, value in asdict(one).items() if name not in first}}


def telling_json(one: Telling) -> dict[str, object]:
    """One telling of an utterance as JSON values, with what it drops and adds."""
    changes = [{"kind": change.kind, "words": change.words} for change in one.changes]
    return {**end_json(one.end), "is_fullest": one.is_fullest, "variant": one.variant, "changes": changes}


def link_lines(one: LedgerLink) -> Iterator[Text]:
    """`contradicts  0.83  3f2a91c0b1d2e4f5`, then who said what on either side, why, and what people say of it."""
    yield _heading(one)
    for end, copies in _ends(one):
        yield Text(_INDENT) + _who(end) + Text("  ") + _passage(end) + Text("  ") + _where(end, copies)
    yield from _reasons(one)


def link_columns(one: LedgerLink, console: Console) -> Iterator[Text]:
    """The same with the two passages side by side, as wide as the console."""
    yield _heading(one)
    width = max((console.width - len(_INDENT) - _GAP) // 2, _NARROWEST)
    left, right = (
        [line for part in (_who(end), _passage(end), _where(end, copies)) for line in part.wrap(console, width)]
        for end, copies in _ends(one)
    )
    for mine, other in zip_longest(left, right, fillvalue=Text()):
        line = Text(_INDENT) + mine
        line.rstrip()
        if other:
            line.pad_right(len(_INDENT) + width + _GAP - line.cell_len)
            line += other
            line.rstrip()
        yield line
    yield from _reasons(one)


def history_lines(one: LedgerLink) -> Iterator[Text]:
    """A line for each time that the program found the link."""
    for each in one.history:
        yield Text(f"{_INDENT}found {each.made_at[:16]} by {shown(each.program)}: {each.probability:.2f}", style="dim")


def telling_lines(one: Telling) -> Iterator[Text]:
    """`Lesk Weekly, 2031-03-13  Mara Quill  “We [-will never-] close it”  77b01e2d0a1b`, then the words that it drops and adds."""
    name = shown(one.end.publisher or one.end.document)
    line = Text.assemble((f"{name}, {one.end.known_on}", "magenta"), "  ", _who(one.end, with_stance=False), "  “")
    line.append_text(Text(shown(one.end.words)) if one.is_fullest else _marked(one.changes))
    yield line.append("”").append(f"  {one.end.id[:_DIGITS]}", style="dim")
    if one.is_fullest:
        yield Text(f"{_INDENT}the fullest wording", style="dim")
        return
    for kind in (ChangeKind.DROPPED, ChangeKind.ADDED):
        if those := [shown(change.words) for change in one.changes if change.kind is kind]:
            yield Text(f"{_INDENT}{kind}: {' · '.join(those)}", style=_MARKS[kind][2])
    told = "the same words" if one.variant is Variant.IDENTICAL else str(one.variant)
    yield Text(f"{_INDENT}{told}", style="dim")


def _ends(one: LedgerLink) -> tuple[tuple[End, Sequence[Copy]], tuple[End, Sequence[Copy]]]:
    return (one.source, one.source_copies), (one.target, one.target_copies)


def _heading(one: LedgerLink) -> Text:
    kinds = ", ".join([*([one.variant] if one.variant else []), *(["syndicated"] if one.syndicated else [])])
    variant = f" ({kinds})" if kinds else ""
    line = Text.assemble((f"{one.type}{variant}", "bold blue"), f"  {one.probability:.2f}  ", (one.id, "dim"))
    if one.judgement is not None:
        line.append(f"  {one.judgement.decision}", style=_DECIDED[one.judgement.decision])
    return line


def _reasons(one: LedgerLink) -> Iterator[Text]:
    """Why it is a link, in which words an article says so, and what people say of it."""
    told = f", in the words “{shown(one.evidence_words)}”" if one.evidence_words else ""
    who = f" by {shown(one.holder)}" if one.holder else ""
    why = f": {shown(one.why)}" if one.why else ""
    yield Text(f"{_INDENT}{one.basis}{who}{told}{why}")
    if (by := one.judgement) is not None:
        note = f": {shown(by.note)}" if by.note else ""
        yield Text(f"{_INDENT}judgement {by.id}: {by.decision}, {shown(by.made_by)}, {by.made_at[:10]}{note}", style=_DECIDED[by.decision])


def _who(end: End, *, with_stance: bool = True) -> Text:
    """`2031-03-12  Mara Quill, harbour minister  denies`; the day in brackets where it is the document's."""
    role = f", {shown(end.speaker_role)}" if end.speaker_role else ""
    name = (shown(end.speaker_name or "nobody named") + role, "bold")
    if not with_stance:
        return Text.assemble(name)
    day = end.said_on if end.said_on and end.day_is_known else f"[{end.day}]"
    return Text.assemble((day, "magenta"), "  ", name, "  ", (end.stance.replace("_", " "), "bold blue"))


def _passage(end: End) -> Text:
    return Text(f"“{shown(end.words)}”", style="green")


def _where(end: End, copies: Sequence[Copy] = ()) -> Text:
    """`Lesk Courier, 2031-03-12, 3f2a91c0b1d2, also in Lesk Weekly, Hillside Mirror and 37 more`"""
    outlets = list(dict.fromkeys(shown(one.publisher or one.document) for one in copies))
    more = f" and {len(outlets) - _NAMED} more" if len(outlets) > _NAMED else ""
    also = f", also in {', '.join(outlets[:_NAMED])}{more}" if outlets else ""
    return Text(f"{shown(end.publisher or end.document)}, {end.known_on}, {end.id[:_DIGITS]}{also}", style="dim")


def _marked(changes: Iterable[Change]) -> Text:
    """The wording, with [-what it drops-] and {+what it adds+}: by signs too, so that they show without colour."""
    parts = []
    for change in changes:
        before, after, style = _MARKS[change.kind]
        parts.append(Text(f"{before}{shown(change.words)}{after}", style=style))
    return Text(" ").join(parts)


def _rounded(value: float) -> float:
    return round(float(value), 4)
