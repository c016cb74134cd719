"""What the fields of the nouns may say, where that is a closed list."""

from __future__ import annotations

from enum import StrEnum


class QuoteType(StrEnum):
    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class SpeakerType(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    GOVERNMENT = "government"
    GROUP = "group"
    DOCUMENT = "document"
    UNKNOWN = "unknown"


class Channel(StrEnum):
    """How words reached the article."""

    INTERVIEW = "interview"
    SPEECH = "speech"
    PRESS_CONFERENCE = "press conference"
    STATEMENT = "statement"
    SOCIAL_MEDIA = "social media"
    BROADCAST = "broadcast"
    COURT_FILING = "court filing"
    REPORT = "report"
    LETTER = "letter"
    OTHER_OUTLET = "report by another outlet"
    LEAK = "leak"


class Stance(StrEnum):
    """What the holder of a statement does with its content; the first that fits, top down."""

    DECLINES = "declines"
    ASKS = "asks"
    LEAVES_OPEN = "leaves_open"
    REFUSES = "refuses"
    THREATENS = "threatens"
    COMMITS = "commits"
    DEMANDS = "demands"
    DENIES = "denies"
    ACCUSES = "accuses"
    SUPPORTS = "supports"
    PREDICTS = "predicts"
    ASSERTS = "asserts"


class Factuality(StrEnum):
    """How the holder presents the main event of a content: so or not so; certain, probable, possible (Saurí and Pustejovsky, 2009)."""

    CERTAIN = "CT+"
    PROBABLE = "PR+"
    POSSIBLE = "PS+"
    UNCOMMITTED = "Uu"
    POSSIBLY_NOT = "PS-"
    PROBABLY_NOT = "PR-"
    CERTAINLY_NOT = "CT-"


class TimeType(StrEnum):
    """TIMEX3 types (ISO 24617-1)."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class EventStatus(StrEnum):
    PLANNED = "planned"
    CONFIRMED = "confirmed"
    MOVED = "moved"
    CANCELLED = "cancelled"
    DISPUTED = "disputed"
    DENIED = "denied"


class LinkType(StrEnum):
    REPEATS = "repeats"
    AGREES = "agrees"
    CONTRADICTS = "contradicts"
    DENIES = "denies"
    REVISES = "revises"


class Basis(StrEnum):
    """`REPORTED` where an article itself says so, else `INFERRED`."""

    REPORTED = "reported"
    INFERRED = "inferred"


class Variant(StrEnum):
    """How the wordings of two repeats differ."""

    IDENTICAL = "identical"
    CUT = "cut"
    ALTERED = "altered"
    PARAPHRASE = "paraphrase"


class Genre(StrEnum):
    """What a page says of itself where it is not plain news."""

    OPINION = "opinion"
    SATIRE = "satire"


class CreationBasis(StrEnum):
    """Where a document's creation time comes from, best first."""

    ARGUMENT = "argument"
    METADATA = "metadata"
    HEADER = "header"
    DATELINE = "dateline"
