"""Which channel a statement without one of its own plainly came through: cues weighed, the best kept where it is likely enough.

The weights were learnt by `train/channels.py` (logistic regression): one row a cue, one column a channel, in log odds.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from onrecord.data import Channel, Via
from onrecord.resolve.channel_evidence import Evidence

LEAST = -1.0  # log odds: a channel of probability .27 is right often enough to be worth more than silence (F1)


@cache
def weights() -> dict[str, dict[Channel, float]]:
    """What each cue weighs for each channel; unknown cues weigh nothing."""
    path = resources.files("onrecord.resolve") / "lexicon" / "channel_weights.tsv"
    head, *rows = (line.split("\t") for line in path.read_text(encoding="utf8").splitlines() if not line.startswith("#"))
    columns = [Channel(name) for name in head[1:]]
    return {row[0]: dict(zip(columns, map(float, row[1:]), strict=True)) for row in rows}


@cache
def by_channel() -> dict[Channel, dict[str, float]]:
    """The same, a channel at a time."""
    return {channel: {cue: weighs[channel] for cue, weighs in weights().items()} for channel in Channel}


def decided(found: list[Evidence], own: tuple[tuple[Via, ...], ...]) -> tuple[tuple[Via, ...], ...]:
    """The channels of every statement: its own, else the one that the evidence speaks for."""
    best: dict[int, tuple[float, Via]] = {}
    known = by_channel()
    for one in found:
        weighs = known[one.channel]
        score = sum([weighs[cue] for cue in one.cues if cue in weighs])
        if score > (best[one.place][0] if one.place in best else LEAST):
            best[one.place] = score, one.via
    return tuple(vias or ((best[place][1],) if place in best else ()) for place, vias in enumerate(own))
