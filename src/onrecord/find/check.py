"""Drafts against the ledger: what became of every quotation.

    for one in checked(ledger, records):
        print(one.verdict, one.quotation.words)

A quotation is laid beside the statements that hold most of its words, and judged by the one that fits best in its words and its
speaker. The same words by the same speaker in another paper may have a condition or a negation that this one leaves out: `others` tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from onrecord.data import Document, Record, Span
from onrecord.find.check_candidates import Candidates
from onrecord.find.check_quotations import Quotation, quotations
from onrecord.find.check_speakers import is_same_speaker
from onrecord.find.check_verdict import SHORT, Compared, Verdict, compared
from onrecord.find.check_words import quoted_wording
from onrecord.find.link_ends import End, end_of
from onrecord.link.stems import stems_of
from onrecord.link.wording import Change, difference
from onrecord.read.places import Place, places
from onrecord.record.from_rows import document_of
from onrecord.record.judged import Judged, judged
from onrecord.record.ledger import Ledger
from onrecord.record.stored import at_a_time, current_statements
from onrecord.record.tables import documents, statements

Row = dict[str, Any]
MOST_OTHERS = 3
_OTHER_SPEAKER, _UNKNOWN, _HARM = 0.12, 0.03, 0.02  # what these count against a statement that fits in its words

_OF, _IN = statements.c, documents.c
_CURRENT = current_statements().with_only_columns(
    *(_OF.id, _OF.key, _OF.document_id, _OF.local_id, _OF.content, _OF.words, _OF.source_words, _OF.cue_words, _OF.stance, _OF.said_on),
    *(_OF.sorted_on, _OF.speaker_name, _OF.speaker_role, _OF.speaker_key, _OF.speaker_type, _OF.quote_type, _OF.negated_cue),
    *(_OF.conditional, _OF.condition, _OF.hypothetical),
    *(_IN.key.label("document_key"), _IN.name.label("document_name"), _IN.publisher, _IN.url, _IN.known_on),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A statement of the ledger that has the words. `told` are those of its words that the quotation is held against."""

    statement: End
    verdicts: tuple[Verdict, ...]
    told: str
    lost: str
    changes_sense: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A quotation of a draft and what the ledger has of it.

    `verdicts` are all that hold, the gravest first. `found` is the statement by which it was judged, `others` are more that have the
    words. `differs_by_outlet`: another outlet has them by the same speaker with a negation or condition that is not in the quotation.
    """

    document: Document
    quotation: Quotation
    verdicts: tuple[Verdict, ...]
    found: Found | None = None
    others: tuple[Found, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The gravest."""
        return self.verdicts[0]

    @property
    def changes_sense(self) -> bool:
        """Whether the words say something else than the statement does, as far as that shows in the words left out and put in."""
        return self.found is not None and self.found.changes_sense

    @property
    def differs_by_outlet(self) -> bool:
        return any(_says_more(one) for one in self.others) and not (self.found and _says_more(self.found))

    @property
    def is_fine(self) -> bool:
        """Whether nobody need look at it: it is exact, or cut without harm, and no outlet has it otherwise."""
        return set(self.verdicts) <= {Verdict.EXACT, Verdict.CUT} and not self.changes_sense and not self.differs_by_outlet


def checked(ledger: Ledger, drafts: Iterable[Record]) -> Iterator[Checked]:
    """Every quotation of the drafts, in the order of their texts.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    for draft in drafts:
        with ledger.reading() as connection:
            found = list(_checked(connection, draft))
        yield from found


def placed(found: Sequence[Checked]) -> Iterator[tuple[Checked, Place | None]]:
    """The quotations of one draft, each with where it stands in the file."""
    spans = [Span(one.quotation.spans[0].start, one.quotation.spans[-1].end) for one in found]
    yield from zip(found, places(found[0].document, spans) if found else (), strict=True)


def _checked(connection: Connection, draft: Record) -> Iterator[Checked]:
    given = quotations(draft)
    candidates, known = Candidates(connection), judged(connection)
    ids = [candidates.of(quoted_wording(one.words).words) for one in given]
    rows = _rows(connection, known, {number for some in ids for number in some})
    for one, some in zip(given, ids, strict=True):
        beside = [found for number in some if number in rows and (found := compared(one, rows[number])) is not None]
        yield _judged(connection, draft.document, one, _by_speaker(known, one, beside))


def _rows(connection: Connection, known: Judged, ids: set[int]) -> dict[int, Row]:
    """The current statements with these row ids, as judged; without words that nobody said."""
    found: dict[int, Row] = {}
    for some in at_a_time(sorted(ids)):
        rows = [dict(row) for row in connection.execute(_CURRENT.where(_OF.id.in_(some))).mappings()]
        known.load(row["speaker_key"] for row in rows)
        told = (known.row(row) for row in rows)
        found |= {row["id"]: row for row in told if row is not None and not row["hypothetical"]}
    return found


def _by_speaker(known: Judged, quotation: Quotation, beside: Sequence[Compared]) -> list[Compared]:
    """What was found, best first, with what there is to say of the speaker. A few words that anybody might use are nobody's."""
    told: list[tuple[float, Compared]] = []
    for one in beside:
        same = is_same_speaker(known, quotation.speaker, one.row)
        score = one.score - (_HARM if one.verdict not in (Verdict.EXACT, Verdict.CUT, Verdict.ALTERED) else 0.0)
        if same is not False:
            told.append((score - (_UNKNOWN if same is None else 0.0), one))
        elif _is_telling(quotation):
            told.append((score - _OTHER_SPEAKER, _of_another(one)))
    return [one for _, one in sorted(told, key=lambda each: (-each[0], each[1].row["known_on"], each[1].row["id"]))]


def _of_another(one: Compared) -> Compared:
    """What was found, of another speaker than the draft names."""
    return replace(one, verdicts=(Verdict.OTHER_SPEAKER, *(each for each in one.verdicts if each is not Verdict.EXACT)), lost="")


def _is_telling(quotation: Quotation) -> bool:
    """Whether it is more than a few words that anybody might use."""
    count = len(quoted_wording(quotation.words).words)
    return count > 2 * SHORT or (count > SHORT and len(stems_of(quotation.words)) > 1)


def _judged(connection: Connection, document: Document, quotation: Quotation, beside: Sequence[Compared]) -> Checked:
    if not beside:
        return Checked(document, quotation, (Verdict.NOT_FOUND,))
    first, *others = (_found(connection, quotation, one) for one in beside[: MOST_OTHERS + 1])
    return Checked(document, quotation, first.verdicts, first, tuple(others))


def _found(connection: Connection, quotation: Quotation, one: Compared) -> Found:
    lost = one.lost
    if one.verdict is Verdict.CONDITION_DROPPED and not lost.strip():
        lost = _condition(connection, one.row)
    return Found(end_of(one.row), one.verdicts, one.told, lost, one.changes_sense, difference(one.told, quotation.words))


def _condition(connection: Connection, row: Row) -> str:
    """The condition in the words of the article."""
    found = connection.execute(select(documents).where(documents.c.id == row["document_id"])).mappings().one()
    text = document_of(dict(found)).text
    return " ... ".join(Span(*one).of(text) for one in row["condition"])


def _says_more(one: Found) -> bool:
    return bool({Verdict.NEGATION_DROPPED, Verdict.CONDITION_DROPPED}.intersection(one.verdicts)) and (
        Verdict.OTHER_SPEAKER not in one.verdicts
    )
