"""A quotation of a draft beside a statement of the ledger -> what became of the words.

What is dropped: `check_dropped`. Words left out are a cut. Whole sentences left out before or after are none, nor is what a scrap of a few
words leaves out around it. A cut, or a change, does harm where it takes away or puts in a word such as "might", "only" or "except",
changes a number, or turns a word into its opposite.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from onrecord.annotate.quotes import quoted_passages
from onrecord.data import QuoteType
from onrecord.find.check_dropped import dropped_condition, dropped_negation
from onrecord.find.check_pair import Pair
from onrecord.find.check_quotations import Quotation
from onrecord.find.check_words import Aligned, Change, Wording, aligned, negators, quoted_wording, told_wording
from onrecord.link.lexicons import words as listed_words
from onrecord.link.opposites import are_facing
from onrecord.link.stems import figures_of, stems_of

Row = dict[str, Any]
LEAST_COVERED, LEAST_TELLING, NEARLY_ALL = 0.6, 0.5, 0.8
SHORT = 3  # words of a quotation of which none may be missing


class Verdict(StrEnum):
    """What became of the words, the gravest first."""

    NOT_FOUND = "not_found"
    OTHER_SPEAKER = "other_speaker"
    NEGATION_DROPPED = "negation_dropped"
    CONDITION_DROPPED = "condition_dropped"
    PARAPHRASE = "paraphrase"
    ALTERED = "altered"
    CUT = "cut"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Compared:
    """A quotation beside one statement.

    `verdicts` are all that hold, the gravest first; `lost` the words that the gravest is about: the negation, the condition, what was cut.
    `score` says how well the words fit, from 0 to 1.
    """

    row: Row
    verdicts: tuple[Verdict, ...]
    score: float
    told: str
    lost: str = ""
    changes_sense: bool = False

    @property
    def verdict(self) -> Verdict:
        """The gravest."""
        return self.verdicts[0]


def compared(quotation: Quotation, row: Row) -> Compared | None:
    """The quotation beside a statement; None where these are not the same words."""
    quoted, told = quoted_wording(quotation.words), told_wording(row["words"])
    found = aligned(told, quoted)
    if found is None or not _is_found(quoted, found):
        return None
    pair = Pair(quotation, quoted, told, found, row)
    held = dict(_verdicts(pair))
    verdicts = tuple(one for one in Verdict if one in held) or (Verdict.EXACT,)
    lost = held.get(verdicts[0], "")
    harm = verdicts[0] in (Verdict.NEGATION_DROPPED, Verdict.CONDITION_DROPPED) or _does_harm(pair, verdicts)
    return Compared(row, verdicts, _score(pair), told.passage(found.start, found.end), lost, harm)


def _is_found(quoted: Wording, found: Aligned) -> bool:
    """Whether so many of the words are the same that it is the same utterance."""
    count, whole = found.count, len(quoted.words)
    if whole <= SHORT:
        return count == whole
    stops = listed_words("stop")
    telling = [n for n, word in enumerate(quoted.words) if word not in stops]
    kept = {n for _, start, size in found.kept for n in range(start, start + size)}
    share = sum(n in kept for n in telling) / max(len(telling), 1)
    return count >= NEARLY_ALL * whole or (
        count >= LEAST_COVERED * whole and share >= LEAST_TELLING and max(size for _, _, size in found.kept) > 1
    )


def _score(pair: Pair) -> float:
    """The share of the words on both sides that are the same; what the quotation marks as left out counts less."""
    dropped = sum((0.3 if _is_marked(pair, one) else 1.0) * (one.end - one.start) for one in pair.found.changes)
    ends = 0 if _cut_ends(pair) == ("", "") else 0.5
    return pair.found.count / (max(len(pair.quoted.words), 1) + dropped + ends)


def _is_marked(pair: Pair, one: Change) -> bool:
    """Whether the quotation shows the change, by dots or [brackets]."""
    return one.new_start == one.new_end and one.new_start in pair.quoted.gaps | pair.quoted.edited


def _verdicts(pair: Pair) -> Iterator[tuple[Verdict, str]]:
    """What holds, each with the words that it is about."""
    if negation := dropped_negation(pair):
        yield Verdict.NEGATION_DROPPED, negation
    if (condition := dropped_condition(pair)) is not None:
        yield Verdict.CONDITION_DROPPED, condition
    if not _is_quoted(pair):
        yield Verdict.PARAPHRASE, ""
    changes = [one for one in pair.found.changes if not (one.new_start == one.new_end and one.new_start in pair.quoted.edited)]
    if altered := [one for one in changes if one.new_start < one.new_end]:
        yield Verdict.ALTERED, " ... ".join(pair.told.passage(one.start, one.end) for one in altered if one.start < one.end)
    cuts = [pair.told.passage(one.start, one.end) for one in changes if one.new_start == one.new_end]
    lead, tail = _cut_ends(pair)
    if cut := [one for one in (lead, *cuts, tail) if one]:
        yield Verdict.CUT, " ... ".join(cut)


def _cut_ends(pair: Pair) -> tuple[str, str]:
    """What is left out of the sentence before and after the quotation; nothing around a scrap."""
    if pair.quotation.is_scrap:
        return "", ""
    part, passage = pair.found, pair.passage
    return pair.told.passage(passage.start, part.start), pair.told.passage(part.end, passage.stop)


def _is_quoted(pair: Pair) -> bool:
    """Whether the ledger has most of the words in quotation marks, too."""
    if pair.row["quote_type"] != QuoteType.MIXED:
        return bool(pair.row["quote_type"] == QuoteType.DIRECT)
    passages = quoted_passages(pair.told.text)
    part = range(pair.found.start, pair.found.end)
    inside = sum(any(one.holds(pair.told.places[n]) for one in passages) for n in part)
    return 2 * inside >= len(part)


def _does_harm(pair: Pair, verdicts: Sequence[Verdict]) -> bool:
    """Whether a cut or a change takes away, adds or turns round a word on which the sense hangs."""
    if Verdict.ALTERED not in verdicts and Verdict.CUT not in verdicts:
        return False
    gone = [pair.told.passage(one.start, one.end) for one in pair.found.changes] + list(_cut_ends(pair))
    new = [pair.added(one) for one in pair.found.changes]
    weighty = listed_words("weighty")
    old_words, new_words = (frozenset(word for one in words for word in told_wording(one).words) for words in (gone, new))
    if (old_words ^ new_words) & weighty or (negators(" ".join(new)) and not negators(" ".join(gone))):
        return True
    before, after = stems_of(" ".join(gone)), stems_of(" ".join(new))
    changed = Verdict.ALTERED in verdicts
    return changed and (are_facing(before, after) or figures_of(" ".join(gone)) != figures_of(" ".join(new)))
