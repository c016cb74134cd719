"""Checks a draft in the process that reads, against the ledger as that process opens it: no draft takes for ever, and none is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from onrecord.data import Document, Record, Rejection
from onrecord.errors import ReadError
from onrecord.find.check import Checked, checked, placed
from onrecord.find.check_quotations import quotations
from onrecord.find.check_verdict import Verdict
from onrecord.read.places import Place
from onrecord.record.ledger import Ledger, open_ledger
from onrecord.run.local import ReadsDrafts, RunOptions, records
from onrecord.serve.desk import Desk
from onrecord.serve.reading_room import Given, MakeReader, lying, name_of, reader_of

MOST_QUOTATIONS = 1000
_NO_MATTER = "read.undated"  # no day is needed here


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """Every quotation with where it stands, in order; `complaints` tell what could not be read or was warned of."""

    found: tuple[tuple[Checked, Place | None], ...]
    complaints: tuple[Rejection, ...]

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many quotations have which verdict, the gravest first."""
        counted = Counter(one.verdict for one, _ in self.found)
        return {verdict: counted[verdict] for verdict in Verdict if counted[verdict]}

    @property
    def to_look_at(self) -> int:
        """How many somebody should look at."""
        return sum(not one.is_fine for one, _ in self.found)


@dataclass(frozen=True, slots=True)
class _Drafts:
    """Reads drafts as records are read."""

    reader: ReadsDrafts

    def record(self, document: Document, *, min_probability: float = 0.5) -> Record:  # noqa: ARG002  # drafts have their own
        return self.reader.draft(document)


def check(desk: Desk, given: Given) -> CheckedDraft:
    """What became of the quotations of the draft.

    Raises:
        ServeError: it takes too long, or others are waiting for too long.
        ReadError: it holds too many documents or quotations.
        LedgerError: the ledger cannot be read.
    """
    return desk.room.made(partial(_check, desk.options.where), given)


def _check(where: str, make_reader: MakeReader, given: Given) -> CheckedDraft:
    """The same, in the reading process."""
    options = RunOptions(make_reader=lambda _: _Drafts(reader_of(make_reader)))
    with lying(given) as found:
        read = list(records(found, options))
        drafts = [one for one in read if isinstance(one, Record)]
        _check_number(drafts)
        with open_ledger(where, read_only=True) as ledger:
            told = [each for one in drafts for each in _placed(ledger, one, given)]
    complaints = [replace(one, locator=given.name) for one in read if isinstance(one, Rejection)]
    warned = [one for one in complaints if one.code != _NO_MATTER]
    return CheckedDraft(tuple(told), tuple(warned))


def _check_number(drafts: list[Record]) -> None:
    if sum(len(quotations(one)) for one in drafts) > MOST_QUOTATIONS:
        message = f"It has more than {MOST_QUOTATIONS:,} quotations: `onrecord check` takes any number."
        raise ReadError(message, code="read.too_long")


def _placed(ledger: Ledger, draft: Record, given: Given) -> Iterator[tuple[Checked, Place | None]]:
    """The places are looked for in the file, which is called afterwards what the writer calls it."""
    document = replace(draft.document, name=name_of(draft.document, given), locator=given.name)
    for one, place in placed(list(checked(ledger, [draft]))):
        yield replace(one, document=document), place
