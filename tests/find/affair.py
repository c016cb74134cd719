"""An invented affair, in seven papers of four outlets: are guards sent to the bridge? With the links that a comparison would give."""

from __future__ import annotations

from sqlalchemy import select
from tests.find.invented import COUNCIL, JON, MARA, OLD, add, article, changed
from tests.record.invented import person, span

from onrecord.data import Basis, Reading, Record, SpeakerType, Stance, Variant
from onrecord.data import Speaker as Named
from onrecord.find.position_matter import WantedPositions
from onrecord.find.positions import Positions, Speaker, positions
from onrecord.record.ledger import Ledger
from onrecord.record.linkings import add_linking
from onrecord.record.stored import current_statements, is_current_link
from onrecord.record.tables import links, statements

MATTER = "guards at the bridge"
_LIKELY: dict[str, object] = {"basis": Basis.INFERRED, "variant": None, "probability": 0.9, "why": None, "evidence": []}
_KEPT = ("from_id", "to_id", "type", *_LIKELY)
ROOS = person("Tilde Roos", role="mayor")
OFFICIALS = Named("officials", SpeakerType.GROUP)

NO, NO_AGAIN = "no guards will be sent to the bridge", "guards will not be sent to the bridge"
MAYBE, SILENT = "guards could be sent to the bridge after all", "when the guards reach the bridge"
PAID, NEVER = "the council will pay for guards at the bridge", "nobody ever asked for that"
IF, TOLLS = "guards at the bridge stay possible if the river rises", "the tolls will rise"


def said(record: Record, stance: str, day: str | None = None, number: int = 1, **reading: object) -> Record:
    """The record with the stance and the day of one of its statements."""
    told = changed(record, number, reading=Reading(Stance(stance), **reading))  # type: ignore[arg-type]
    return changed(told, number, said_on=day) if day else told


COURIER = said(article("courier", "2031-03-10", (MARA, NO)), "refuses", "2031-03-10")
WEEKLY = said(article("weekly", "2031-03-11", (MARA, NO_AGAIN), publisher="Weekly"), "refuses", "2031-03-10")
GAZETTE = said(article("gazette", "2031-03-14", (MARA, MAYBE), publisher="Gazette"), "leaves_open", "2031-03-14")
POST = said(article("post", "2031-03-16", (MARA, SILENT), publisher="Post"), "declines", "2031-03-16")
PAYS = said(article("pays", "2031-03-12", (COUNCIL, PAID)), "commits", "2031-03-12")
DENIES = said(article("denies", "2031-03-13", (ROOS, NEVER), publisher="The \x1b[31mStar"), "denies", "2031-03-13")
_RIVER = article("river", "2031-03-11", (JON, IF), (JON, TOLLS), publisher="Weekly")
RIVER = said(_RIVER, "leaves_open", None, conditional=True, condition=(span("if the river rises", _RIVER.document.text),))


def add_affair(ledger: Ledger) -> Ledger:
    """All papers, with the links that a comparison would give."""
    add(ledger, COURIER, WEEKLY, GAZETTE, POST, PAYS, DENIES, RIVER)
    link(ledger, "repeats", NO_AGAIN, NO, variant=Variant.ALTERED)
    link(ledger, "revises", MAYBE, NO, why="Another position on the same guards.")
    link(ledger, "contradicts", PAID, NO, why="Both cannot hold.")
    link(ledger, "denies", NEVER, PAID)
    link(ledger, "agrees", MAYBE, IF)
    return ledger


def link(ledger: Ledger, kind: str, source: str, target: str, **more: object) -> None:
    """A link from the statement with the one words to that with the other, added to what the last comparison of its reading found."""
    with ledger.reading() as connection:
        found = {row.words: row for row in connection.execute(current_statements().order_by(statements.c.id))}
        reading = found[source].reading_id
        asked = select(links).where(links.c.reading_id == reading, links.c.linking_id.is_not(None), is_current_link())
        before = [{name: row[name] for name in _KEPT} for row in connection.execute(asked).mappings()]
    row = {"from_id": found[source].id, "to_id": found[target].id, "type": kind, **_LIKELY, **more}
    compared(ledger, reading, [*before, row])


def compared(ledger: Ledger, reading: int, rows: list[dict[str, object]]) -> None:
    """A comparison of the reading, of which these links came."""
    run = ledger.begin(OLD, "link")
    with ledger.writing() as connection:
        add_linking(connection, run.id, reading, f"{run.id:032d}", rows)
    ledger.end(run)


def asked(ledger: Ledger, about: str = MATTER, **wanted: str) -> Positions:
    """What the ledger tells of the matter."""
    return positions(ledger, WantedPositions(about, **wanted))


def holder(ledger: Ledger, key: str, **wanted: str) -> Speaker:
    """The one speaker with the key."""
    (found,) = [one for one in asked(ledger, **wanted).speakers if one.key == key]
    return found


def current(ledger: Ledger, key: str, **wanted: str) -> tuple[str, str, str] | None:
    """What the speaker holds: the stance, the words and since when."""
    one = holder(ledger, key, **wanted)
    return None if one.current is None else (one.current.stance, one.current.words, str(one.since))
