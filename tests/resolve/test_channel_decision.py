"""The weighing of what speaks for a channel."""

from __future__ import annotations

from onrecord.data import Channel, Span, Via
from onrecord.resolve.channel_decision import LEAST, decided, weights
from onrecord.resolve.channel_evidence import Evidence

SHOWN = Span(3, 9)


def evidence(place: int, channel: Channel, *cues: str) -> Evidence:
    return Evidence(place, channel, cues, Via(None, channel, SHOWN))


def heaviest(channel: Channel) -> str:
    return max(weights(), key=lambda cue: weights()[cue][channel])


def test_every_cue_has_a_weight_for_every_channel() -> None:
    assert weights()
    assert all(set(row) == set(Channel) for row in weights().values())


def test_the_rule_that_hands_a_channel_on_speaks_for_it() -> None:
    assert min(weights()["rule"].values()) > 0


def test_what_speaks_most_wins_if_it_is_likely_enough() -> None:
    cue = heaviest(Channel.SPEECH)
    assert weights()[cue][Channel.SPEECH] > LEAST
    found = [evidence(0, Channel.SPEECH, cue, cue), evidence(0, Channel.SPEECH, cue), evidence(1, Channel.LETTER, *["any"] * 9)]
    assert decided(found, ((), ())) == ((Via(None, Channel.SPEECH, SHOWN),), ())


def test_a_channel_of_its_own_stays_and_unknown_cues_weigh_nothing() -> None:
    own = (Via("The Lesk Herald", Channel.INTERVIEW, SHOWN),)
    cue = heaviest(Channel.SPEECH)
    assert decided([evidence(0, Channel.SPEECH, cue, "no such cue")], (own,)) == (own,)
    assert decided([], ((), own)) == ((), own)
