"""Invented papers whose statements are linked: what the tests of links, conflicts, reviews and wordings start from.

Courier, 10 March   Mara Quill commits:  “the ferry will never be sold to Brenn”
Weekly,  12 March   Jon Quill denies:    “the ferry was sold to Brenn”             denies Mara Quill's
Mirror,  12 March   Mara Quill:          “the ferry will be sold”                  repeats (cut) the Courier's
Courier, 20 March   Mara Quill:          “the ferry may be sold privately”         revises the Courier's of 10 March
                    Lesk Council:        “the ferry is not for sale”               contradicts Jon Quill's
"""

from __future__ import annotations

from dataclasses import replace

from tests.find.invented import COUNCIL, JON, MARA, OLD, add, article, changed

from onrecord.data import Basis, Record, Variant
from onrecord.find.links import LedgerLink, WantedLinks, links
from onrecord.record.judged_links import LinkDecision, judge_link
from onrecord.record.ledger import Ledger, Program
from onrecord.record.link_names import LinkName
from onrecord.record.linkings import add_linking
from onrecord.record.stored import current_statements
from onrecord.record.tables import documents, statements

NEVER, SOLD, CUT = "the ferry will never be sold to Brenn", "the ferry was sold to Brenn", "the ferry will be sold"
PRIVATELY, NOT_FOR_SALE = "the ferry may be sold privately", "the ferry is not for sale"
COURIER = changed(article("courier-0310", "2031-03-10", (MARA, NEVER)), stance="commits", said_on="2031-03-09")
WEEKLY = changed(article("weekly-0312", "2031-03-12", (JON, SOLD), publisher="Lesk Weekly"), stance="denies")
MIRROR = article("mirror-0312", "2031-03-12", (MARA, CUT), publisher="Lesk Mirror")
LATER = article("courier-0320", "2031-03-20", (MARA, PRIVATELY), (COUNCIL, NOT_FOR_SALE))
PAPERS = (COURIER, WEEKLY, MIRROR, LATER)
BY = "Ida Brook"

Given = tuple[str, str, str, float]  # from, to, type, probability: statements as "weekly-0312 s1"
DENIES: Given = ("weekly-0312 s1", "courier-0310 s1", "denies", 0.9)
REPEATS: Given = ("mirror-0312 s1", "courier-0310 s1", "repeats", 0.93)
REVISES: Given = ("courier-0320 s1", "courier-0310 s1", "revises", 0.7)
CONTRADICTS: Given = ("courier-0320 s2", "weekly-0312 s1", "contradicts", 0.6)
LINKS = (DENIES, REPEATS, REVISES, CONTRADICTS)


def papers(ledger: Ledger) -> None:
    """Add the papers with their links."""
    add(ledger, *PAPERS)
    compare(ledger, *LINKS)


def compare(ledger: Ledger, *given: Given, digest: str | None = None, program: Program = OLD) -> None:
    """Add what one comparison of the readings with the ledger found; each reading is compared once, with all its links."""
    rows = {one: _rows(ledger, one) for one in {end for each in given for end in each[:2]}}
    of_reading: dict[int, list[dict[str, object]]] = {}
    for source, target, kind, probability in given:
        variant = Variant.CUT if kind == "repeats" else None
        row = {"from_id": rows[source][0], "to_id": rows[target][0], "type": kind, "basis": Basis.INFERRED, "variant": variant}
        why = {"probability": probability, "why": f"It {kind} it."}
        of_reading.setdefault(max(rows[source][1], rows[target][1]), []).append(row | why)
    run = ledger.begin(program, "link")
    with ledger.writing() as connection:
        for reading, those in of_reading.items():
            add_linking(connection, run.id, reading, digest or f"{run.id:032d}", those)
    ledger.end(run)


def compare_nothing(ledger: Ledger, name: str, digest: str = "2" * 32) -> None:
    """A later comparison of the document's reading finds no link."""
    reading = _rows(ledger, f"{name} s1")[1]
    run = ledger.begin(OLD, "link")
    with ledger.writing() as connection:
        add_linking(connection, run.id, reading, digest, [])
    ledger.end(run)


def key(ledger: Ledger, name: str) -> str:
    """The id in the ledger of the current statement "weekly-0312 s1"."""
    return _rows(ledger, name)[2]


def said_again(record: Record, words: str, number: int = 1) -> Record:
    """The article as another program reads it: the content of one statement is other words of its text."""
    one = record.statements[number - 1]
    start = record.document.text.index(words)
    content = (type(one.attribution.content[0])(start, start + len(words)),)
    other = replace(one, attribution=replace(one.attribution, content=content))
    return replace(record, statements=tuple(other if each is one else each for each in record.statements))


def found(ledger: Ledger, **wanted: object) -> list[tuple[str, str, str]]:
    """The links that are wanted, as (from, type, to): "weekly-0312 s1"."""
    return [told(one) for one in links(ledger, WantedLinks(**wanted))]  # type: ignore[arg-type]


def told(one: LedgerLink) -> tuple[str, str, str]:
    return f"{one.source.document} {one.source.statement}", str(one.type), f"{one.target.document} {one.target.statement}"


def links_of(*given: Given) -> list[tuple[str, str, str]]:
    """These, as `found` has them."""
    return [(source, kind, target) for source, target, kind, _ in given]


def the_link(ledger: Ledger, given: Given, *, rejected: bool = False) -> LedgerLink:
    """The one link between these two of that type."""
    (one,) = [each for each in links(ledger, WantedLinks(rejected=rejected)) if told(each) == (given[0], given[2], given[1])]
    return one


def judge(ledger: Ledger, given: Given, decision: LinkDecision, note: str | None = None) -> int:
    """What a person decides about the link with that name; the number of the judgement."""
    return judge_link(ledger, LinkName(key(ledger, given[0]), key(ledger, given[1]), given[2]), decision, BY, note)


def _rows(ledger: Ledger, name: str) -> tuple[int, int, str]:
    """Row id, reading and key of a current statement."""
    document, local_id = name.split()
    asked = current_statements().where(documents.c.name == document, statements.c.local_id == local_id)
    with ledger.reading() as connection:
        row = connection.execute(asked.with_only_columns(statements.c.id, statements.c.reading_id, statements.c.key)).one()
    return int(row.id), int(row.reading_id), str(row.key)
