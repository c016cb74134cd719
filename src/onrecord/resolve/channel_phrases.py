"""Passages that say through whom words came: "told the X", "in a statement", "on X", "as X reports"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.data import Channel, Span, Via
from onrecord.resolve.channel_addressee import NAME, addressee
from onrecord.resolve.channel_lexicon import (
    NOUNS,
    PLATFORMS,
    PROGRAMMES,
    Kind,
    is_broadcaster,
    is_outlet,
    is_publisher,
)
from onrecord.resolve.channel_words import Hint


class Phrase(NamedTuple):
    """A passage that names a channel; `told` where it is the addressee of one verb, so that it serves that cue alone."""

    via: Via
    told: bool = False


_TOLD = re.compile(
    r"\b(?P<told>told|tells?|telling)\s+(?P<a>\S.{1,90})"
    r"|\b(?P<warned>promised|promises|assured|warned|warns|reminded|informed)\s+(?P<c>\S.{1,60})"
    r"|\b(?:(?P<spoke>spoke|speaking|spoken)|talked|talking|confirmed|admitted|remarks|comments|said|interviewed)\s+(?:exclusively\s+|briefly\s+)?"
    r"(?:to|with|by)\s+(?P<b>\S.{1,90})",
    re.DOTALL,
)
# Each phrase needs some of these letters; without them nobody need look for it.
_TELLING = (
    r"t(?:old|ell)|promise|assured|warn|reminded|informed"
    r"|(?:spoke|speaking|spoken|talked|talking|confirmed|admitted|remarks|comments|said|interviewed)\s+(?:exclusively\s+|briefly\s+)?(?:to|with|by)\s"
)
_MAY_BE_TOLD = re.compile(_TELLING)
_STOP = (
    r"(?:that|when|who|which|and|or|but|after|before|while|as|if|to|of|in|on|at|by|from|with|for|said|says|was|were|is|are|has|have|had|not|about|"
    r"against|will|would|during|because|than|into|over|where|how|what|off)\b"
)
_LEAD = re.compile(
    r"\b(?P<lead>in|at|on|during|via|through|by|from|using|issued|issues|issuing|releas(?:ed|es|ing)|deliver(?:ed|s|ing)|gave|giving|posted|posting|"
    r"sent|filed|filing|published|held|holding|addressed|addressing|addresses|a|an)\s+"
    rf"(?P<between>(?:a\s+(?:series|string|flurry|number|couple|spate|round|pair)\s+of\s+)?(?:(?!{_STOP})[\w’'.“”\"&/-]+\s+){{0,7}})$",
    re.IGNORECASE,
)
_DETERMINED = re.compile(r"\b(?:a|an|the|his|her|their|its|this|that|our|my|another|one|\w+[’']s?|last|two|three|several)\s", re.IGNORECASE)
_MASS = frozenset(
    {"testimony", "e-mail", "email", "remarks", "interviews", "emails", "e-mails", "question time", "letters", "tweets", "statements"}
)
_AFTER = re.compile(
    rf"\s*(?:\([^)]*\)\s*)?(?:with|to|on|by|in|for|from|of|aired on|broadcast on|published in)\s+(?:the\s+)?[“\"‘]?(?P<name>{NAME})"
)
_HOSTED = re.compile(
    rf"[”\"’]?\s*,?\s*(?:sponsored|hosted|moderated|aired|carried|televised|broadcast|organi[sz]ed)\s+(?:live\s+)?(?:by|on)\s+(?:the\s+)?(?P<name>{NAME})"
)
_NOT_AFTER = re.compile(r"\s+(?:over|about|between|whether|within|that\s)|[-–]\w|\s+(?:card|stage|moderators?|season|night)\b")
_OBTAINED = re.compile(r"\s+(?:\w+\s+)?(?:obtained|seen|leaked|reviewed|viewed)\s+(?:by|to)\b")
_BY = re.compile(
    r"\b(?P<noun>report|bulletin|study|statement|letter|audit|survey)\s+(?:(?:issued|published|released|sent)\s+(?:on\s+\w+\s+)?)?by\s+[^,;:.]{3,60},\s+(?:which|who)\b"
)
_ON = re.compile(
    rf"\b(?P<verb>wrote|writes|posted|posts|writing|posting)?(?P<spoken>said|says|speaking)?\s*\b(?P<lead>on|to|via|with)\s+(?P<the>the\s+)?[“\"‘]?(?P<name>{NAME})(?P<own>[’']s?\s+(?P<quote>[“\"‘])?(?P<show>{NAME})?)?"
)
_GOING_OUT = r"(?:on|to|via|with)\s+(?:the\s+)?[“\"‘]?[A-Z]"
_MAY_BE_ON = re.compile(_GOING_OUT)
_DAY = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?$|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|\d"
)
_REPORTS = re.compile(
    rf"\b[Aa]s\s+(?P<a>(?:the\s+|The\s+)?{NAME})\s+(?:quotes?d?|reports?|reported|cite[sd]|put it|wrote|noted|first reported)"
    rf"|\b(?:quoted|cited|reported|published|obtained|released)\s+by\s+(?P<b>(?:the\s+|The\s+)?{NAME})"
    rf"|[,”\"’]\s+(?P<c>(?:the\s+|The\s+)?{NAME})\s+(?:reported|reports|quoted)\b"
    rf"|\b(?P<d>(?:the\s+|The\s+)?{NAME})\s+quoted\s+\w+"
    rf"|\b(?:writing|wrote|writes|columnist|an?\s+article|an?\s+op-ed|an?\s+essay)\s+(?:for|in|at|with)\s+(?P<e>(?:the\s+|The\s+|an?\s+)?{NAME})"
    rf"|^[\w.]+(?:\s[\w.]+){{0,3}}\s+(?:at|of)\s+(?P<f>(?:the\s+|The\s+){NAME})"
)
_REPORTING = r"quote|cite|report|put it|wr(?:ote|it)|noted|published|obtained|released|columnist|article|op-ed|essay|(?:at|of)\s+[tT]he\s"
_HOSTING = r"host|anchor|moderator|analyst|pundit|contributor|commentator|presenter"
_MAY_REPORT, _MAY_HOST = re.compile(_REPORTING), re.compile(_HOSTING)
_MAY_NAME = re.compile(rf"{_TELLING}|{_GOING_OUT}|{_REPORTING}|{_HOSTING}|by\s")
_HOST = re.compile(
    rf"\b(?P<name>{NAME})(?:[’']s)?\s+(?:\w+\s)?(?:host|co-host|anchor|moderator|analyst|pundit|contributor|commentator|presenter)\b"
)


def phrases(text: str, segment: Span, publisher: str | None, hints: Sequence[Hint]) -> Iterator[Phrase]:
    """Every channel named in one segment of a sentence, whose hints are given, from left to right within each kind."""
    words = segment.of(text)
    for finder in (_told, _programmes, _reports, _others) if _MAY_NAME.search(words) else ():
        for start, end, channel, name, told in finder(words, publisher):
            yield Phrase(Via(name, channel, Span(segment.start + start, segment.start + end)), told)
    for start, end, channel, name, told in _hinted(words, publisher, segment.start, hints):
        yield Phrase(Via(name, channel, Span(segment.start + start, segment.start + end)), told)


Found = tuple[int, int, Channel, str | None, bool]


def _told(words: str, publisher: str | None) -> Iterator[Found]:
    if not _MAY_BE_TOLD.search(words):
        return
    for hit in _TOLD.finditer(words):
        group = next(name for name in "abc" if hit[name] is not None)
        found = addressee(hit[group], publisher)
        if found is None or (group == "b" and found.channel is Channel.SPEECH and hit["spoke"] is None):
            continue
        if group != "c" or found.channel in (Channel.SPEECH, Channel.PRESS_CONFERENCE):
            yield hit.start(), hit.start(group) + found.length, found.channel, found.name, group != "b"


def _hinted(words: str, publisher: str | None, low: int, hints: Sequence[Hint]) -> Iterator[Found]:
    for hint in hints:
        start, end = hint.start - low, hint.end - low
        if hint.kind is Kind.NOUN:
            yield from _noun(words, publisher, start, end, hint.words)
        elif hint.kind is Kind.VERB:
            yield start, end, hint.channel, "Twitter" if "tweet" in hint.words else None, True
        elif hint.kind is Kind.FIXED:
            yield start, end, hint.channel, None, False


def _noun(words: str, publisher: str | None, start: int, end: int, noun: str) -> Iterator[Found]:
    lead = _LEAD.search(words, max(0, start - 90), start)
    if lead is None or _NOT_AFTER.match(words, end):
        return
    between = lead["between"]
    if _OBTAINED.match(words, end) and NOUNS[noun] in (Channel.LETTER, Channel.REPORT):
        yield lead.start(), end, Channel.LEAK, None, False
    elif _is_channel(noun, lead["lead"].casefold(), between):
        name, end = _name_beside(words, between, end, publisher)
        yield lead.start(), end, _channel(noun, between, name, publisher), name, False


def _is_channel(noun: str, lead: str, between: str) -> bool:
    channel = NOUNS[noun]
    if noun in ("program", "programme", "show", "ad", "ads") and lead not in ("on", "in"):
        return False
    if noun in ("program", "programme") and lead == "in":
        return False
    if noun in ("article", "essay") and lead != "in":
        return False
    if lead in ("by", "from", "through") and channel in (Channel.SPEECH, Channel.COURT_FILING, Channel.REPORT):
        return False
    if noun in ("event", "events") and lead == "in":
        return False
    if lead in ("a", "an"):
        return channel is Channel.LEAK
    if lead == "on" and channel in (Channel.SPEECH, Channel.REPORT, Channel.STATEMENT):
        return False
    return noun in _MASS or noun.endswith("s") or _DETERMINED.search(between) is not None or channel is Channel.LEAK


def _name_beside(words: str, between: str, end: int, publisher: str | None) -> tuple[str | None, int]:
    after = _AFTER.match(words, end)
    if after is not None and (is_outlet(after["name"]) or after["name"].casefold() in PROGRAMMES or is_publisher(after["name"], publisher)):
        return after["name"], after.end()
    host = _HOSTED.match(words, end)
    if host is not None and is_broadcaster(host["name"]):
        return host["name"], host.end()
    inside = [hit[0] for hit in re.finditer(NAME, between) if is_outlet(hit[0]) or hit[0] in PLATFORMS]
    return (inside[0] if inside else None), end


def _channel(noun: str, between: str, name: str | None, publisher: str | None) -> Channel:
    channel = NOUNS[noun]
    if "leaked" in between.casefold():
        return Channel.LEAK
    if name is None or (publisher and is_publisher(name, publisher)):
        return channel
    if channel is Channel.INTERVIEW:
        return Channel.BROADCAST if name.casefold() in PROGRAMMES else channel
    return (
        Channel.BROADCAST
        if noun in ("appearance", "forum", "town hall", "broadcast", "panel", "event") and is_broadcaster(name)
        else channel
    )


def _programmes(words: str, publisher: str | None) -> Iterator[Found]:
    if not _MAY_BE_ON.search(words):
        return
    for hit in _ON.finditer(words):
        name = hit["name"].rstrip(".")
        if _DAY.match(name) or (hit["lead"] == "with" and not (hit["quote"] and is_broadcaster(name))):
            continue
        if name in PLATFORMS or (hit["verb"] and not is_outlet(name) and not hit["the"]):
            yield hit.start(), hit.start("name") + len(name), Channel.SOCIAL_MEDIA, name, False
        elif is_publisher(name, publisher) or (hit["spoken"] and publisher and is_broadcaster(publisher) and not is_outlet(name)):
            yield hit.start(), hit.end(), Channel.INTERVIEW, publisher, False
        elif is_broadcaster(name) or name.casefold() in PROGRAMMES or (is_outlet(name) and hit["quote"]):
            yield hit.start(), hit.end(), Channel.BROADCAST, name, False


def _reports(words: str, publisher: str | None) -> Iterator[Found]:
    if not _MAY_REPORT.search(words):
        return
    for hit in _REPORTS.finditer(words):
        name = next(part for part in hit.groups() if part is not None)
        bare = re.sub(r"^(?:the|an?)\s+", "", name)
        if is_outlet(bare) and not is_publisher(bare, publisher):
            yield hit.start(), hit.end(), Channel.OTHER_OUTLET, bare, False


def _others(words: str, publisher: str | None) -> Iterator[Found]:
    if _MAY_HOST.search(words):
        for hit in _HOST.finditer(words):
            if is_broadcaster(hit["name"]) and not is_publisher(hit["name"], publisher):
                yield hit.start(), hit.end(), Channel.BROADCAST, hit["name"], False
    for hit in _BY.finditer(words):
        yield hit.start(), hit.end(), NOUNS[hit["noun"]], None, False
