"""To whom words were said: reporters, a rally, a newspaper."""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.data import Channel
from onrecord.resolve.channel_lexicon import OUTLET_KINDS, PROGRAMMES, TOLD, is_broadcaster, is_outlet, is_publisher

_PART = r"[A-Z](?:[\w&-]|\.(?=\w|\s[A-Z]))*"  # "U.S. Steel", but no full stop at the end
NAME = rf"{_PART}(?:\s(?:(?:of|and|&|for|de|the)\s)?(?:{_PART}|\d+\b)){{0,5}}"
_PHRASE = re.compile(
    r"(?:(?!(?:that|on|in|at|during|last|when|while|after|before|via|by|earlier|of|he|she|it|they|"
    r"aboard|outside|inside|near|across|around|through|under|without|following|because|ahead|since|here|back|"
    r"there|how|what|why|whether|not|to|from|for|early|"
    r"late|yesterday|today|tonight|this (?:week|month|morning|year)|outside|shortly|"
    r"about|as|if|who|which|over|with|but|and|or|via|then|later|just|"
    r"only|again|afterwards?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b)[\w&./-]+(?:[’'](?!s\b)\w*)?\s?){1,7}"
)
_OWNER = re.compile(r"(?:[’']s|(?<=s)[’'])\s+(?P<quote>[“\"‘])?(?P<rest>(?:[A-Z][\w-]*\s?){1,4})?")
_OWN = re.compile(
    r"(?:me|us|(?:this|our) (?:newspaper|paper|reporter|correspondent|magazine|website|station|programme|podcast|site|agency))\b"
)
_ARTICLE = re.compile(r"^(?:the|a|an|this|his|her|their|our|some|two|several)\s+")


class Addressee(NamedTuple):
    """Who is told, as a channel, and how many characters name them."""

    channel: Channel
    name: str | None
    length: int


def addressee(words: str, publisher: str | None) -> Addressee | None:
    """The channel that an addressee stands for, read from the words after "told"; None for a friend or the police."""
    own = _OWN.match(words)
    if own is not None:
        return Addressee(Channel.INTERVIEW, publisher, own.end())
    hit = _PHRASE.match(words)
    if hit is None:
        return None
    phrase = hit[0].rstrip(" .,")
    bare = _ARTICLE.sub("", phrase)
    audience = _audience(bare)
    if audience is not None:
        return Addressee(audience, None, len(phrase))
    if not bare[:1].isupper():
        return None
    return _outlet(bare, words, len(phrase), publisher)


def _audience(bare: str) -> Channel | None:
    tail = bare.casefold().split()
    for count in (2, 1):
        channel = TOLD.get(" ".join(tail[-count:]))
        if channel is not None:
            return None if channel is Channel.SPEECH and is_outlet(bare) else channel
    return None


def _outlet(bare: str, words: str, end: int, publisher: str | None) -> Addressee | None:
    name = re.match(NAME, bare)
    if name is None:
        return None
    named = name[0]
    ours = is_publisher(named, publisher)
    called = bare[len(named) :].strip().startswith(OUTLET_KINDS)
    if not (ours or called or is_outlet(named) or words.startswith("The ") or named[-1].isdigit()):
        return None
    owner = _OWNER.match(words, end)
    if owner is None:
        return Addressee(Channel.INTERVIEW, named, end)
    show = owner["quote"] is not None or (owner["rest"] or "").strip().casefold() in PROGRAMMES
    on_air = show and not ours and (owner["quote"] is not None or is_broadcaster(named))
    return Addressee(Channel.BROADCAST if on_air else Channel.INTERVIEW, named, owner.end())
