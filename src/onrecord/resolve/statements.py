"""Spans -> statements: who, to whom, through whom, when, with which stance."""

from __future__ import annotations

from onrecord.annotate.attributions import news_of
from onrecord.annotate.quotes import quote_type, quoted_passages
from onrecord.annotate.tagger import Seen, shipped
from onrecord.data import Attribution, Document, Statement, TimeExpression
from onrecord.resolve.addressee import addressees
from onrecord.resolve.channels import channels
from onrecord.resolve.dates import dates
from onrecord.resolve.speakers import speakers
from onrecord.resolve.stance import readings
from onrecord.resolve.turn_stances import split_turns


def statements(
    document: Document, attributions: tuple[Attribution, ...], times: tuple[TimeExpression, ...], seen: Seen | None = None
) -> tuple[Statement, ...]:
    """The statements of a document, named s1, s2, ...: one an attribution, in the same order, but for turns of a transcript.

    A turn that does first one thing and then another is as many statements. `seen`: the encoder's pass, where it was made already.
    """
    if not attributions:
        return ()
    seen = seen or shipped().seen(news_of(document))
    attributions = split_turns(document, attributions, seen)
    who = speakers(document, attributions)
    whom = addressees(document, attributions, who)
    through = channels(document, attributions, who)
    when = dates(document, attributions, times, through, who)
    how = readings(document, attributions, seen)
    passages = quoted_passages(document.text)
    return tuple(
        Statement(
            id=f"s{number + 1}",
            attribution=one,
            quote_type=quote_type(document.text, one.content, passages),
            speaker=who[number],
            reading=how[number],
            addressee=whom[number],
            via=() if how[number].hypothetical else through[number],
            said_on=None if how[number].hypothetical else when[number],
            part_of=None if one.part_of is None else f"s{one.part_of + 1}",
        )
        for number, one in enumerate(attributions)
    )
