"""What is asked of a ledger, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.data import Stance
from onrecord.errors import UsageError
from onrecord.find.wanted import check_day, check_stance

MOST_ANSWERS = 1000


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody wants to know. What is not given filters nothing.

    Args:
        text: what was said, in any words. Without it the newest statements come first.
        by: who said it: a name, a surname or a key.
        stances: what the speaker does with it; any of these.
        since, until: of the day of the saying, or else of the document. "2031-03" is the whole month, as in `as_of`; and what was said at
            some time in March may have been said on any day of it.
        as_of: only what was known on that day.
        publisher: who published it, in any case of letters.
        limit: how many answers at most.
        hypothetical: words that nobody said, too.
        without_copies: what stands in copies of one text once, as long as the one that stands for them answers, too.

    Raises:
        UsageError: a day or a stance is none, or the limit is impossible.
    """

    text: str | None = None
    by: str | None = None
    stances: tuple[Stance, ...] = ()
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    publisher: str | None = None
    limit: int = 20
    hypothetical: bool = False
    without_copies: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= MOST_ANSWERS:
            raise UsageError(f"The limit cannot be {self.limit}: give a number from 1 to {MOST_ANSWERS:,}.", code="usage.bad_question")
        for name in ("since", "until", "as_of"):
            check_day(name, getattr(self, name))
        for stance in self.stances:
            check_stance(stance)

    @property
    def words(self) -> str | None:
        """The text, if it is more than white space."""
        return self.text if self.text and not self.text.isspace() else None


@dataclass(frozen=True, slots=True)
class Answer:
    """A statement of the ledger, as people judged it.

    `id` names it in the ledger, `local_id` in its document. `day` is the first day that `said_on` may mean, or else `known_on`, on which
    the document was published or added. `judged`: somebody has looked at it. `score`: 1 for what fits best by words and by meaning, 0
    where no words were asked for. `wikidata` is the speaker's id there, where the user's list of people gives one.
    """

    id: str
    score: float
    day: str
    said_on: str | None
    speaker_name: str | None
    speaker_role: str | None
    speaker_key: str | None
    speaker_type: str
    stance: str
    negated_cue: bool
    conditional: bool
    hypothetical: bool
    words: str
    source_words: str
    cue_words: str
    quote_type: str
    probability: float
    judged: bool
    document: str
    document_id: str
    local_id: str
    publisher: str | None
    url: str | None
    locator: str
    creation_day: str | None
    known_on: str
    wikidata: str | None = None
