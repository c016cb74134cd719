"""The words of a noun phrase -> its head, its number and what kind of holder it is."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

from onrecord.data import SpeakerType

_LEXICON = resources.files("onrecord.resolve") / "lexicon"
_PEOPLE = tomllib.loads((_LEXICON / "people.toml").read_text(encoding="utf8"))
_BODIES = tomllib.loads((_LEXICON / "bodies.toml").read_text(encoding="utf8"))

MALE, FEMALE = frozenset(_PEOPLE["titles"]["male"]), frozenset(_PEOPLE["titles"]["female"])
TITLES = MALE | FEMALE | frozenset(_PEOPLE["titles"]["any"])
RANKS = frozenset(_PEOPLE["roles"]["ranks"])
KEPT_TITLES = frozenset(_PEOPLE["kept_titles"])
ROLES = frozenset(_PEOPLE["roles"]["words"])
NOT_NAMES = frozenset(_PEOPLE["not_names"]["words"])
UNNAMED_SOURCES = frozenset(_PEOPLE["groups"]["unnamed_sources"])
OFFICES = frozenset(_PEOPLE["groups"]["offices"])
EPITHETS = frozenset(_PEOPLE["groups"]["epithets"])
MALE_NOUNS, FEMALE_NOUNS = frozenset(_PEOPLE["groups"]["male"]), frozenset(_PEOPLE["groups"]["female"])
SIZES = frozenset(_PEOPLE["groups"]["sizes"])
SECRET_SOURCES = frozenset(_PEOPLE["groups"]["secret_sources"])
SAME_OFFICE = tuple(frozenset(words) for words in _PEOPLE["groups"]["same_office"])
KIN = frozenset(_PEOPLE["groups"]["kin"])
NOT_GIVEN, OF_AGE = frozenset(_PEOPLE["not_names"]["not_given"]), frozenset(_PEOPLE["not_names"]["of_age"])
PROGRAMMES = frozenset(_PEOPLE["not_names"]["programmes"])
ALONE = frozenset(_PEOPLE["not_names"]["alone"])
DESCRIBED = frozenset(_PEOPLE["roles"]["described"])
DEPARTMENTS, ING_NAMES = frozenset(_PEOPLE["not_names"]["departments"]), frozenset(_PEOPLE["not_names"]["ing_names"])
NO_SURNAMES = frozenset(_PEOPLE["no_surnames"]["words"])
QUANTIFIERS = frozenset(_PEOPLE["groups"]["quantifiers"])
GROUPS = frozenset(_PEOPLE["groups"]["nouns"])
SINGULAR_S = frozenset(_PEOPLE["groups"]["singular_s"])
GOVERNMENT = frozenset(_BODIES["government"]["words"])
ORGANISATION = frozenset(_BODIES["organisation"]["words"])
KNOWN_BODIES = frozenset(_BODIES["organisation"]["names"])
DOCUMENTS = frozenset(_BODIES["document"]["words"])
MESSAGES = frozenset(_BODIES["document"]["messages"])
NOTES = frozenset(_BODIES["document"]["notes"])
COMPANY = frozenset(_BODIES["document"]["company"])
UNION = frozenset(_BODIES["document"]["union"])
KINDS = {noun: frozenset(words) for noun, words in _BODIES["kinds"].items() if noun != "outlet"}
OUTLET_NOUNS = frozenset(_BODIES["kinds"]["outlet"])
TRUSTED = frozenset(_PEOPLE["known"]["trusted"])
KNOWN_SURNAMES = frozenset(_PEOPLE["known"]["surnames"])
SURELY_GOVERNMENT = frozenset(_BODIES["organisation"]["surely_government"])
SURELY_ORGANISATION = frozenset(_BODIES["organisation"]["surely_organisation"])
GOVERNMENTS = frozenset(_BODIES["organisation"]["governments"])
OUTLETS = frozenset(_BODIES["organisation"]["outlets"])
BODY_WORDS = GOVERNMENT | ORGANISATION


def _nouns() -> dict[str, str]:
    """Common noun -> person, group or text, by its most frequent sense in WordNet."""
    lines = (_LEXICON / "nouns.tsv").read_text(encoding="utf8").splitlines()
    return dict(line.split("\t", 1) for line in lines if not line.startswith("#"))


NOUNS = _nouns()


def _places() -> dict[str, tuple[str, str]]:
    """Name in lower case -> kind and the body it may stand for (see places.tsv); the rows written by hand come first and win."""
    found: dict[str, tuple[str, str]] = {}
    for file in ("places.tsv", "countries.tsv"):
        for line in (_LEXICON / file).read_text(encoding="utf8").splitlines():
            if line and not line.startswith("#"):
                name, kind, stands_for = line.split("\t")
                found.setdefault(name.casefold(), (kind, stands_for))
    return {name: row for name, row in found.items() if row[0] != "none"}


PLACES = _places()

_OF_NOUN = {"person": SpeakerType.PERSON, "group": SpeakerType.GROUP, "text": SpeakerType.DOCUMENT}

_ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
_BREAK = re.compile(
    r"\s*(?:,(?!\d)|[;(\[–—])|\s+(?:of|for|at|in|on|from|to|with|by|about|over|against|behind|near|under|who|whom|which|that|whose|where|when|familiar|close|seen|released"
    r"|across|within|outside|inside|throughout|among|like|such as"
    r"|published|being|including|worried|speaking|based|involved|briefed|led|conducted|dated"
    r"|\w{3,}(?:ed|en) (?:by|to|on|in|at|from|after|last|two|three|earlier|for|with)"
    r"|(?:sent|made|held|given) (?:by|to|on|in|at|from|last|two))\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\s+(?:(?:earlier |later )?(?:this|last|next|every) (?:week|month|year|spring|summer|autumn|fall|winter|weekend|\w+day)"
    r"|(?:an?|one|two|three|\w+) (?:days?|weeks?|months?|years?) (?:ago|later|earlier)"
    r"|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?-i:yesterday|today|tonight))$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"\s*(?:,(?!\d)|[–—])(?!\s*(?:especially|including)\b)|\s*\((?!private|public)|\s+(?:who|whose|which|that)\s"
    r"|\s+being\b|\s+(?:released|published|seen|obtained|leaked|conducted|issued|commissioned)\s+(?:by|on|in|last|this|to|for|from|earlier|late|two|\w+day)\b",
    re.IGNORECASE,
)
_OWNER = re.compile(r"(?:(?P<pronoun>his|her|its|their|my|our|your)|(?P<name>.{1,80}?)(?:['’]s|(?<=s)['’]))\s+(?=\S)", re.IGNORECASE)
_LIST = re.compile(r"\s(?:and|or)\s|\s&\s", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d,.]*%?|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?", re.IGNORECASE)
_NEWNESS = re.compile(r"^(?:new|latest|leaked|exhaustive)\s+(?=\S)")
_WEAK = re.compile(r"^(?:only|even|just|that|this)\s+(?=\S)", re.IGNORECASE)
_EDGES = " \t\r\n\u00a0,;:.–—-\"“”‘’'"
_PHRASE_START = re.compile(
    r"(?:^|[,;:“\"(–—]\s*|\b(?:that|said|says|by|with|from|among|to|for|but|as|told|against|including|like|is|are|was|were|has|have|had|not|than|of|in|on|at)\s+)(?=\w)"
    r"|(?<=[a-z])\s+(?=(?:the|an?|two|three|four|five|six|several|some|many)\s)"
)
_BARE = frozenset(("some", "many", "most", "few", "those", "all", "others", "people", "anyone", "everyone"))


def plain(words: str) -> str:
    """Without white space, commas and quotation marks at the ends; white space inside made one blank."""
    return " ".join(words.split()).strip(_EDGES)


def without_article(words: str) -> str:
    """The words less their article: "the ministry" -> "ministry"."""
    return _ARTICLE.sub("", words, count=1) if _ARTICLE.match(words) else words


def core(words: str) -> str:
    """The noun phrase up to its first preposition, clause or comma: "a spokesman for the mayor" -> "a spokesman"."""
    cut = _BREAK.search(words)
    return words[: cut.start()] if cut and cut.start() else words


def head(words: str) -> str:
    """The noun that the phrase is about, in lower case."""
    tokens = core(_WHEN.sub("", without_article(words))).split()
    return tokens[-1].strip(_EDGES).casefold() if tokens else ""


def nearest_noun(words: str) -> str:
    """The noun that a name behind a comma explains: of "head of the maker" the maker, of "neighbour of the mayor" the neighbour."""
    last = words.rsplit(maxsplit=1)[-1].strip(_EDGES) if words.split() else ""  # with a capital it is part of a name
    return last if last in BODY_WORDS | COMPANY | UNION else head(words)


def owner(words: str) -> tuple[str | None, str]:
    """Whose it is, and the rest: "the mayor's aide" -> ("the mayor", "aide"). Only an owner before the head counts."""
    found = _OWNER.match(words)
    if not found or _BREAK.search(words[: found.end()].rstrip()):
        return None, words
    return found["pronoun"] or found["name"], words[found.end() :]


def own_words(words: str) -> str:
    """What an unnamed holder is called: no article, no relative clause, no aside."""
    words = _WEAK.sub("", without_article(plain(words)), count=1)
    if words.split(" ", 1)[0].casefold() not in _BARE:
        cut = _CLAUSE.search(words)
        words = words[: cut.start()] if cut and cut.start() else words
        words = _WHEN.sub("", words)
    return _NEWNESS.sub("", words, count=1) if singular(head(words)) in DOCUMENTS else words


def singular(noun: str) -> str:
    """One of them: "ministers" -> "minister", "parties" -> "party"; a noun that is not plural stays."""
    if noun.endswith("men"):
        return noun[:-3] + "man"
    if len(noun) < 4 or not noun.endswith("s") or noun.endswith(("ss", "us", "is")) or noun in SINGULAR_S or noun in PLACES:
        return noun
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    return noun[:-2] if noun.endswith(("sses", "ches", "shes", "xes")) else noun[:-1]


def is_role(noun: str) -> bool:
    """Whether the noun, in lower case, is for one person: "minister", "biologist", "fisherman"; surnames such as "Newman" are not."""
    noun = noun.rsplit("-", 1)[-1] if noun not in ROLES else noun
    made = len(noun) > 6 and noun.endswith(("man", "woman", "person", "ologist", "graduate", "maker", "holder", "goer"))
    return noun in ROLES or noun in TITLES or (made and (NOUNS.get(noun) == "person" or not noun.endswith("man")))


def is_person(noun: str) -> bool:
    """Whether a common noun, in lower case, stands for one person: one of our roles, or a person in WordNet."""
    return is_role(noun) or (NOUNS.get(noun) == "person" and not noun.endswith("ed"))


def holder_type(words: str) -> SpeakerType:
    """What kind of holder an unnamed noun phrase is."""
    words = without_article(plain(words))
    if PLACES.get(words.casefold(), ("", ""))[1]:
        return SpeakerType.GOVERNMENT
    first, noun = words.split(" ", 1)[0].casefold(), head(words)
    if words.casefold() in ("no one", "nobody", "everyone", "you", "they"):
        return SpeakerType.GROUP
    if first in ("one", "another", "each", "every") or noun == "one":
        return SpeakerType.PERSON if is_role(singular(noun)) or noun == "one" else _noun_type(noun)
    if {noun, singular(noun)} & (DOCUMENTS | MESSAGES) and not is_role(singular(noun)):
        return SpeakerType.DOCUMENT
    if noun in QUANTIFIERS or noun in GROUPS or first in QUANTIFIERS or _NUMBER.fullmatch(noun) or _NUMBER.fullmatch(first):
        return SpeakerType.GROUP
    if _LIST.search(core(words)) and not BODY_WORDS & {noun}:
        return SpeakerType.GROUP
    return _noun_type(noun)


def _noun_type(noun: str) -> SpeakerType:
    if noun in GOVERNMENT:
        return SpeakerType.GOVERNMENT
    if noun in ORGANISATION and not is_role(noun):
        return SpeakerType.ORGANISATION
    if is_role(noun):
        return SpeakerType.PERSON
    if singular(noun) != noun:
        return SpeakerType.DOCUMENT if NOUNS.get(singular(noun)) == "text" else SpeakerType.GROUP
    if singular(noun) in DOCUMENTS:
        return SpeakerType.DOCUMENT
    if noun in ORGANISATION:
        return SpeakerType.ORGANISATION
    return _OF_NOUN.get(NOUNS.get(noun, ""), SpeakerType.UNKNOWN)


def last_phrase(words: str) -> str:
    """The noun phrase at the end of some words, as well as small words can tell."""
    start = 0
    for cut in _PHRASE_START.finditer(words):
        start = cut.end() if cut.end() < len(words) else start
    return words[start:]
