"""Documents in, known record out: the invented newspapers, through the command and through Python, alike."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord.data import LinkType, Stance
from onrecord.export.jsonl import to_json

FOLDER = Path(__file__).resolve().parents[1] / "examples" / "newspapers"


@pytest.fixture(scope="module")
def read() -> dict[str, onrecord.Record]:
    return {record.document.name: record for record in onrecord.records(str(FOLDER))}


def by_command(*options: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "onrecord", "read", str(FOLDER), "--format", "jsonl", *options]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return [json.loads(line) for line in lines]


def test_the_command_prints_what_python_gives(read: dict[str, onrecord.Record]) -> None:
    printed = by_command()
    assert [one["document"]["name"] for one in printed] == list(read)
    assert printed == [json.loads(json.dumps(to_json(record))) for record in read.values()]


def test_two_processes_print_what_one_prints() -> None:
    assert by_command("--jobs", "2") == by_command("--jobs", "1")


def test_a_denial_and_a_contradiction_are_found(read: dict[str, onrecord.Record]) -> None:
    types = {link.type for record in read.values() for link in record.links}
    assert {LinkType.DENIES, LinkType.CONTRADICTS} <= types


def test_the_minister_and_the_port_chief_contradict_one_another(read: dict[str, onrecord.Record]) -> None:
    record = read["lesk-courier-0312"]
    speaker = {one.id: one.speaker.name for one in record.statements}
    pairs = [{speaker[link.from_id], speaker[link.to_id]} for link in record.links if link.type is LinkType.CONTRADICTS]
    assert {"Mara Quill", "Ottmar Brandt"} in pairs


def test_the_shipping_line_denies_the_meeting(read: dict[str, onrecord.Record]) -> None:
    record = read["lesk-courier-0312"]
    by_id = {one.id: one for one in record.statements}
    denials = [link for link in record.links if link.type is LinkType.DENIES]
    assert [(by_id[link.from_id].speaker.name, by_id[link.to_id].speaker.name) for link in denials] == [("Brenn", "Mara Quill")]


def test_days_are_counted_from_the_date_of_the_paper(read: dict[str, onrecord.Record]) -> None:
    record = read["lesk-courier-0312"]
    days = {one.speaker.name: one.said_on.value for one in record.statements if one.said_on is not None}
    assert days["Ottmar Brandt"] == "2031-03-10"


def test_a_position_under_a_condition_is_conditional(read: dict[str, onrecord.Record]) -> None:
    first = read["lesk-courier-0312"]
    open_ones = [one for one in first.statements if one.reading.stance is Stance.LEAVES_OPEN and one.reading.conditional]
    assert [first.words(one.reading.condition) for one in open_ones][:1] == ["if the ferry link is not repaired by the summer"]


def test_every_span_is_what_it_says(read: dict[str, onrecord.Record]) -> None:
    for record in read.values():
        for one in record.statements:
            for span in one.attribution.source + one.attribution.cue + one.attribution.content:
                assert span.of(record.document.text).strip()


def test_a_text_at_hand_is_read_like_a_file() -> None:
    record = onrecord.text_record("Mara Quill said on Tuesday that the port would close.", date="2031-03-12")
    (one,) = record.statements
    assert (one.speaker.name, one.said_on.value if one.said_on else None) == ("Mara Quill", "2031-03-11")


def test_what_cannot_be_read_raises_or_is_handed_over(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(onrecord.ReadError):
        list(onrecord.records(str(tmp_path)))
    failed: list[onrecord.Rejection] = []
    assert list(onrecord.records(str(tmp_path), rejected=failed.append)) == []
    assert "read.empty" in [one.code for one in failed]
