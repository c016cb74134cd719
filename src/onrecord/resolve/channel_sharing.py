"""What plainly belongs to the same interview, speech, statement or debate shares its channel: the simple rule.

A journalist names the interview once and then goes on with "she said". So a channel is handed on to the speaker's next
statements, and back to the headline and the lead, until another occasion is named or another time is spoken of.
What this rule says is one cue among those that `channel_decision` weighs.
"""

from __future__ import annotations

from onrecord.data import Channel, Via
from onrecord.resolve.channel_turns import Turn

Vias = tuple[Via, ...]
# Paragraphs that a channel may reach over: an interview fills an article, a post is soon told.
_FORWARD = {
    Channel.INTERVIEW: 5,
    Channel.BROADCAST: 6,
    Channel.SPEECH: 1,
    Channel.PRESS_CONFERENCE: 2,
    Channel.STATEMENT: 1,
    Channel.LETTER: 1,
    Channel.SOCIAL_MEDIA: 1,
    Channel.COURT_FILING: 1,
}
_BACKWARD = 3


def shared(turns: list[Turn]) -> dict[int, Vias]:
    """The channels that the rule hands to statements without one of their own, by place."""
    handed: dict[int, Vias] = {}
    _onwards(turns, handed)
    _back(turns, handed)
    return handed


def named_again(text: str, vias: list[Vias]) -> None:
    """ "At the forum" is the forum that was named before, with its channel and its outlet."""
    named: dict[str, Via] = {}
    for place, mine in enumerate(vias):
        for via in mine:
            noun = _noun(text, via)
            if noun and via.channel is Channel.BROADCAST:
                named.setdefault(noun, via)
        if len(mine) == 1 and mine[0].channel is Channel.SPEECH and (again := named.get(_noun(text, mine[0]))):
            vias[place] = (Via(again.name, again.channel, mine[0].span),)


def _onwards(turns: list[Turn], handed: dict[int, Vias]) -> None:
    """Hand a channel on to the same speaker's next statements."""
    last: dict[str, tuple[Turn, Vias]] = {}
    for turn in turns:
        if turn.who is None:
            continue
        if turn.own:
            if turn.gives:
                last[turn.who] = (turn, turn.own)
            continue
        giver = last.get(turn.who)
        if giver is None or not turn.takes:
            continue
        before, vias = giver
        if turn.paragraph - before.paragraph <= min(_FORWARD.get(via.channel, -1) for via in vias) and not before.other_day(turn):
            handed[turn.place] = vias
            last[turn.who] = (turn, vias)


def _back(turns: list[Turn], handed: dict[int, Vias]) -> None:
    """Hand a speaker's first channel back to the headline and to what precedes it closely."""
    first: dict[str, tuple[Turn, Vias]] = {}
    for turn in reversed(turns):
        if turn.who is None:
            continue
        if turn.own:
            first.pop(turn.who, None)
            if turn.gives:
                first[turn.who] = (turn, turn.own)
            continue
        giver = first.get(turn.who)
        if giver is None or turn.place in handed or not turn.takes:
            continue
        after, vias = giver
        if after.paragraph - turn.paragraph <= _BACKWARD and not after.other_day(turn) and all(via.channel in _FORWARD for via in vias):
            handed[turn.place] = vias
            first[turn.who] = (turn, vias)


def _noun(text: str, via: Via) -> str:
    words = via.span.of(text).casefold()
    return next((noun for noun in ("forum", "town hall", "event") if noun in words), "")
