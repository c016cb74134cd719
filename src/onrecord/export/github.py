"""Checked quotations as the annotations of GitHub Actions: `::warning file=draft.md,line=3,col=12::...`."""

from __future__ import annotations

from onrecord.export.check import TOLD, message
from onrecord.export.sarif import level_of
from onrecord.find.check import Checked
from onrecord.read.places import Place

_COMMANDS = {"warning": "warning", "note": "notice"}


def annotation(one: Checked, place: Place | None) -> str | None:
    """The line for a quotation; None where it is exact."""
    command = _COMMANDS.get(level_of(one))
    if command is None:
        return None
    given = {"file": one.document.locator or one.document.name, "title": f"Quotation {TOLD[one.verdict]}"}
    if place is not None:
        given |= {"line": str(place.line), "endLine": str(place.end_line)}
        if place.line == place.end_line:  # columns are not taken for several lines
            given |= {"col": str(place.column), "endColumn": str(place.end_column)}
    told = ",".join(f"{key}={_property(value)}" for key, value in given.items())
    return f"::{command} {told}::{_data(f'“{one.quotation.words}”: {message(one)}')}"


def _data(value: str) -> str:
    """A message, escaped: no letter of a draft or an article can begin another command."""
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
