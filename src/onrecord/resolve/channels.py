"""Through whom each statement reached the article: interview, speech, statement, post, another outlet.

A channel is read from words of the text: from the attribution's own sentence, outside its content (`channel_own`), from what is
transcribed (`channel_transcripts`), or from what stands around it: another statement that belongs to the same interview or speech, or
words that tell of a hearing or a broadcast. What the surroundings say is weighed (`channel_evidence`, `channel_decision`).
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.annotate.sentences import paragraphs
from onrecord.data import Attribution, Document, Speaker, Via
from onrecord.resolve.abbreviations import abbreviations
from onrecord.resolve.channel_credits import Credits
from onrecord.resolve.channel_decision import decided
from onrecord.resolve.channel_evidence import Evidence, evidence
from onrecord.resolve.channel_hints import Hints
from onrecord.resolve.channel_own import is_channel_itself, own_channels
from onrecord.resolve.channel_scenes import anchor, scenes
from onrecord.resolve.channel_sharing import named_again, shared
from onrecord.resolve.channel_transcripts import dialogue
from onrecord.resolve.channel_turns import turns
from onrecord.resolve.channel_words import hints

Vias = tuple[Via, ...]


def channels(document: Document, attributions: tuple[Attribution, ...], speakers: tuple[Speaker, ...]) -> tuple[Vias, ...]:
    """What stands between speaker and article, for every attribution; empty where the text says nothing."""
    own, found = weighed(document, attributions, speakers)
    full = abbreviations(document.text)
    return tuple(tuple(replace(via, name=full[via.name]) if via.name in full else via for via in vias) for vias in decided(found, own))


def weighed(
    document: Document, attributions: tuple[Attribution, ...], speakers: tuple[Speaker, ...]
) -> tuple[tuple[Vias, ...], list[Evidence]]:
    """The channels that statements have of their own, and what speaks for further ones; an outlet that speaks itself needs none."""
    places = scenes(document, attributions)
    credit = Credits(document.text)
    spotted = [hint for hint in hints(document.text) if not credit.hold(hint.start)]
    named = own_channels(document, attributions, speakers, places, spotted)
    own = [tuple(via for via in vias if not credit.hold(via.span.start)) for vias in named]
    named_again(document.text, own)
    dialogue(document, attributions, speakers, sorted(range(len(own)), key=lambda place: anchor(attributions[place])), own)
    told = turns(document.text, attributions, speakers, places, tuple(own))
    covered = [span for one in attributions for span in one.content] + [via.span for turn in told if not turn.gives for via in turn.own]
    around = Hints(document.text, spotted, [block.start for block in paragraphs(document.text)], covered)
    silent = [
        is_channel_itself(speaker, document.publisher, documents=False) or credit.hold(anchor(one))
        for one, speaker in zip(attributions, speakers, strict=True)
    ]
    return tuple(own), [one for one in evidence(told, around, shared(told)) if not silent[one.place]]
