"""Every format of a whole ledger: another reader finds in it what the ledger holds, and what does not fit a format is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from icalendar import Calendar
from tests.export.brat_standoff import read_standoff
from tests.export.exported import held
from tests.find.invented import JON, add, article, with_event

from onrecord.errors import LedgerError, UsageError
from onrecord.export.brat import read_brat
from onrecord.export.formats import Format, checked, exported, write_folder
from onrecord.record.ledger import Ledger

OF_RECORDS = (Format.JSONL, Format.WEB_ANNOTATION, Format.SCHEMA_ORG, Format.PROV, Format.CSV)


def test_another_reader_of_brat_finds_every_statement(ledger: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "brat"
    assert write_folder(ledger, {}, folder) == 6
    (one,) = held(ledger, documents=("lesk/one",))
    found = read_standoff(folder / "lesk" / "one.ann")
    assert found.text == one.record.document.text
    for number, statement in enumerate(one.record.statements, 1):
        roles = found.events[f"E{number}"]
        for role, spans in (
            ("Source", statement.attribution.source),
            ("Cue", statement.attribution.cue),
            ("Content", statement.attribution.content),
        ):
            assert found.passages[roles[role]] == (role, [tuple(span) for span in spans])
        assert found.attributes[f"E{number}"]["Stance"] == statement.reading.stance
        assert ("Conditional" in found.attributes[f"E{number}"]) == statement.reading.conditional
        assert found.notes[f"E{number}"]["Speaker"] == statement.speaker.name
    assert found.relations == {("Part_of", "E2", "E1")}


def test_every_file_of_brat_is_standoff_and_gives_the_attributions_of_the_ledger(ledger: Ledger, tmp_path: Path) -> None:
    write_folder(ledger, {}, tmp_path / "brat")
    assert len([read_standoff(path) for path in (tmp_path / "brat").rglob("*.ann")]) == 6
    texts = {document.text: attributions for document, attributions in read_brat(tmp_path / "brat")}
    assert texts == {one.record.document.text: tuple(each.attribution for each in one.record.statements) for one in held(ledger)}


def test_announced_events_are_in_the_calendar(ledger: Ledger) -> None:
    add(ledger, with_event(article("council", "2031-04-01", (JON, "the council meets")), "the council meets", "2031-04-04"))
    found = Calendar.from_ical(b"".join(exported(ledger, Format.ICS, {"since": "2031-04"})))
    assert [str(one["SUMMARY"]) for one in found.walk("VEVENT")] == ["the council meets"]


@pytest.mark.parametrize("wanted", OF_RECORDS)
def test_a_part_is_exported_in_every_format(ledger: Ledger, wanted: Format) -> None:
    whole = b"".join(exported(ledger, wanted, {}))
    part = b"".join(exported(ledger, wanted, {"by": "Jon Quill"}))
    assert b"the ferry was sold to Brenn" in part
    assert b"the ferry may be sold privately" in whole
    assert b"the ferry may be sold privately" not in part


@pytest.mark.parametrize("wanted", OF_RECORDS)
def test_nothing_is_written_before_it_is_known_that_the_ledger_can_answer(ledger: Ledger, wanted: Format) -> None:
    with pytest.raises(LedgerError):
        next(exported(ledger, wanted, {"by": "Nobody Ever"}))


@pytest.mark.parametrize("wanted", [Format.WEB_ANNOTATION, Format.SCHEMA_ORG, Format.PROV])
def test_of_nothing_comes_an_empty_file_that_can_be_read(ledger: Ledger, wanted: Format) -> None:
    assert json.loads(b"".join(exported(ledger, wanted, {"since": "2099", "publisher": "nobody"})))


@pytest.mark.parametrize(
    ("wanted", "filters", "message"),
    [
        (Format.ICS, {"about": "ferry"}, "ics takes no --about; it takes --as-of, --by, --since, --until"),
        (Format.ICS, {"documents": ("x",)}, "takes no --document"),
        (Format.REPORT, {"about": "ferry", "stance": "denies"}, "takes no --stance"),
        (Format.REPORT, {"by": "Mara Quill"}, "of one matter"),
    ],
)
def test_what_a_format_does_not_take_is_refused(wanted: Format, filters: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        checked(wanted, filters)
    assert caught.value.code == "usage.bad_export"


def test_filters_that_are_not_given_filter_nothing() -> None:
    assert checked(Format.ICS, {"about": None, "documents": (), "by": "Quill"}) == {"by": "Quill"}
