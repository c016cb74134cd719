"""Statements of one speech, interview or statement share the day that the text gives for one of them."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from onrecord.data import Attribution, Channel, SaidOn, TimeExpression, TimeType, Via

_NAME = re.compile(r"[A-Z][\w’'-]*[a-z]")
_HEAD_ENDS = re.compile(r",| \(| who\b| which\b| of | for | from | in | at | on | with ")
_OWNER = re.compile(r"(?:[’']s|\b(?:his|her|its|their|my|our|your))$", re.I)
_NEAR = 3
_OPENING = 5
_TITLE_LINES = 3
_ENOUGH_STAMPS = 3
_ENOUGH_TURNS = 4


@dataclass(slots=True)
class _Pass:
    """What is known while the statements are gone through in the order of the text."""

    text: str
    attributions: Sequence[Attribution]
    days: list[SaidOn | None]
    lines: list[int]
    holders: list[str]
    channels: Sequence[Sequence[Via]]
    told: dict[str, int] = field(default_factory=dict)

    def line(self, index: int) -> int:
        """The paragraph in which a statement's cue stands."""
        return bisect_right(self.lines, place_of(self.attributions[index]))


def carried(
    text: str,
    attributions: Sequence[Attribution],
    own: Sequence[SaidOn | None],
    channels: Sequence[Sequence[Via]],
    times: Sequence[TimeExpression],
) -> tuple[SaidOn | None, ...]:
    """The days of `own`, and for statements without one the day of the occasion that they plainly belong to."""
    order = sorted(range(len(attributions)), key=lambda index: place_of(attributions[index]))
    lines = [hit.end() for hit in re.finditer(r"\n\s*", text)]
    state = _Pass(text, attributions, list(own), lines, _holders(text, attributions, order, lines), channels)
    inside = _nested(attributions, order)
    free = [index for index in order if index not in inside]
    _live(state, free, times)
    _transcript(state, free, times)
    _forward(state, free)
    _backward(state, free)
    _by_channel(state, free, channels)
    _headline(state, free)
    return tuple(state.days)


def place_of(attribution: Attribution) -> int:
    """Where a statement's cue starts, or the statement itself."""
    return attribution.cue[0].start if attribution.cue else attribution.extent.start


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _live(state: _Pass, free: Sequence[int], times: Sequence[TimeExpression]) -> None:
    """In a live report, whose paragraphs open with the time of day, everything is said on the day of the report."""
    stamps = [
        one
        for one in times
        if one.type is TimeType.TIME and not state.text[_line_start(state.text, one.span.start) : one.span.start].strip(" [(*-")
    ]
    if len(stamps) < _ENOUGH_STAMPS:
        return
    starts = [one.span.start for one in stamps]
    for index in free:
        before = bisect_right(starts, place_of(state.attributions[index])) - 1
        if before >= 0 and state.days[index] is None:
            state.days[index] = _day_of(stamps[before])


def _transcript(state: _Pass, free: Sequence[int], times: Sequence[TimeExpression]) -> None:
    """The turns of a transcript share the day that its opening words tell."""
    turns = [index for index in free if _is_turn(state.text, state.attributions[index])]
    if len(turns) < _ENOUGH_TURNS:
        return
    begins = place_of(state.attributions[turns[1] if state.line(turns[0]) < _TITLE_LINES else turns[0]])
    told = [
        _day_of(one) for one in times if one.span.start < begins and one.anchor is not None and len(one.value or "") >= len("YYYY-MM-DD")
    ]
    set_of_turns = set(turns)
    dated = [
        state.days[index]
        for index in free
        if index not in set_of_turns and place_of(state.attributions[index]) < begins and state.days[index]
    ]
    day = dated[-1] if dated else told[-1] if told else None
    for index in turns:
        state.days[index] = state.days[index] or day


def _is_turn(text: str, attribution: Attribution) -> bool:
    if not attribution.source or not attribution.cue or attribution.cue[0].of(text).strip() != ":":
        return False
    source = attribution.source[0]
    return not text[_line_start(text, source.start) : source.start].strip(' "“«*')


def _day_of(expression: TimeExpression) -> SaidOn:
    return SaidOn((expression.value or "")[:10], expression.span, expression.anchor or "creation_time")


def _by_channel(state: _Pass, free: Sequence[int], channels: Sequence[Sequence[Via]]) -> None:
    """Words of one holder through one channel share its day, where the text tells only one."""
    found: dict[tuple[str, Via | str], set[SaidOn]] = {}
    for index in free:
        day = state.days[index]
        if day is not None:
            for via in channels[index]:
                found.setdefault((_occasion_holder(state, index, via), via.channel.value), set()).add(day)
    for index in free:
        for via in channels[index]:
            days = found.get((_occasion_holder(state, index, via), via.channel.value), set())
            if state.days[index] is None and len({day.value[:10] for day in days}) == 1 and not _is_standing(state, index):
                state.days[index] = min(days, key=lambda day: day.span)


def _occasion_holder(state: _Pass, index: int, via: Via) -> str:
    return "" if via.channel in (Channel.BROADCAST, Channel.PRESS_CONFERENCE, Channel.SPEECH, Channel.STATEMENT) else state.holders[index]


def _is_standing(state: _Pass, index: int) -> bool:
    source = state.attributions[index].source
    if not source or _OWNER.search(source[-1].of(state.text)):
        return True
    words = " ".join(span.of(state.text) for span in state.attributions[index].cue).lower()
    return _elsewhere().search(words) is not None


def _forward(state: _Pass, free: Sequence[int]) -> None:
    """A statement takes the day of the same holder's last statement, not more than three paragraphs before."""
    for index in free:
        holder = state.holders[index]
        if state.days[index] is not None:
            state.told.pop(holder, None)
            if not _looks_back(state, index):
                state.told[holder] = index
            continue
        before = state.told.get(holder)
        if before is None or not holder or state.line(index) - state.line(before) > _NEAR or not _fits(state, index, before):
            continue
        state.days[index] = state.days[before]
        state.told[holder] = index


def _backward(state: _Pass, free: Sequence[int]) -> None:
    """Headline and first paragraphs take the day that the text then tells of the same holder."""
    first: dict[str, int] = {}
    for index in free:
        if state.days[index] is not None and state.line(index) <= _OPENING and not _looks_back(state, index) and not _fronted(state, index):
            first.setdefault(state.holders[index], index)
    for index in free:
        after = first.get(state.holders[index])
        if state.line(index) > _OPENING:
            return
        if state.days[index] is None and state.holders[index] and after is not None and _fits(state, index, after):
            state.days[index] = state.days[after]


def _headline(state: _Pass, free: Sequence[int]) -> None:
    """A headline tells what the paragraph under it tells, and so on the same day."""
    for index in free:
        if state.line(index) >= _OPENING or not _is_headline(state, index):
            return
        under = [one for one in free if 0 < state.line(one) - state.line(index) <= 1 and not _is_headline(state, one)]
        days = {state.days[one] for one in under if not _looks_back(state, one)}
        if state.days[index] is None and len(days) == 1 and state.attributions[index].source:
            state.days[index] = days.pop()


def _is_headline(state: _Pass, index: int) -> bool:
    end = state.text.find("\n", place_of(state.attributions[index]))
    return end > 0 and state.text[end - 1] not in '.!?"”’»)' and state.line(index) <= _TITLE_LINES


def _fits(state: _Pass, index: int, other: int) -> bool:
    """Whether nothing speaks against one occasion: no standing attitude, no other channel."""
    mine, its = ({via.channel for via in state.channels[one]} for one in (index, other))
    return not _is_standing(state, index) and (not mine or not its or bool(mine & its))


def _looks_back(state: _Pass, index: int) -> bool:
    """Whether a dated statement is only recalled, as in "who on Monday said" or "had said on Monday"."""
    attribution = state.attributions[index]
    source = " ".join(span.of(state.text) for span in attribution.source).casefold()
    cue = " ".join(span.of(state.text) for span in attribution.cue).casefold()
    return source in ("who", "which", "that") or re.search(r"\bhad\b", cue) is not None


def _fronted(state: _Pass, index: int) -> bool:
    """Whether the day opens a sentence inside a paragraph, as a change of time does: "... he said. On Monday he told ..."."""
    day = state.days[index]
    return day is not None and re.search(r"[.!?][\"”’»]? +(?:On +)?$", state.text[max(0, day.span.start - 8) : day.span.start]) is not None


def _nested(attributions: Sequence[Attribution], order: Sequence[int]) -> set[int]:
    """The statements whose cue lies in what another one says."""
    contents = sorted((span, index) for index in order for span in attributions[index].content)
    found, at, reach = set(), 0, -1
    for index in order:
        place = place_of(attributions[index])
        while at < len(contents) and contents[at][0].start <= place:
            if contents[at][1] != index:
                reach = max(reach, contents[at][0].end)
            at += 1
        if attributions[index].part_of is not None or place < reach:
            found.add(index)
    return found


def _holders(text: str, attributions: Sequence[Attribution], order: Sequence[int], lines: Sequence[int]) -> list[str]:
    """A name for every statement's holder: the last name in the source, for a pronoun that of the statement before."""
    found = [""] * len(attributions)
    last, last_line = "", -1
    for index in order:
        line = bisect_right(lines, place_of(attributions[index]))
        words = " ".join(span.of(text) for span in attributions[index].source)
        found[index] = _holder(words, last, same_line=line == last_line)
        if found[index]:
            last, last_line = found[index], line
    return found


def _holder(words: str, last: str, *, same_line: bool) -> str:
    head = _HEAD_ENDS.split(words, maxsplit=1)[0].strip() if words else ""
    names = [
        name
        for name in _NAME.findall(head)
        if name not in ("The", "A", "An", "His", "Her", "He", "She", "They", "We", "It", "Its", "Their", "Who")
    ]
    if names:
        return re.sub(r"[’']s$", "", names[-1]).casefold()
    simple = head.casefold()
    if not simple:
        return ""
    if simple in _lexicon()["pronouns"] or (same_line and simple.startswith(("the ", "who", "which"))):
        return last
    return re.sub(r"^(?:the|an?) ", "", simple)


@cache
def _elsewhere() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in (*_lexicon()["attitudes"], *_lexicon()["other_times"]))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


@cache
def _lexicon() -> dict[str, list[str]]:
    parsed: dict[str, list[str]] = tomllib.loads(files(__package__).joinpath("occasion.toml").read_text(encoding="utf8"))
    return parsed
