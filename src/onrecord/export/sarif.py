"""Checked quotations in SARIF 2.1.0 (OASIS), which editors and code hosts show beside the lines of a file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from onrecord.export.check import TOLD, checked_json, message
from onrecord.find.check import Checked
from onrecord.find.check_verdict import Verdict
from onrecord.read.places import Place

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
RULES = {
    Verdict.NOT_FOUND: "The ledger has no statement with these words.",
    Verdict.OTHER_SPEAKER: "Somebody else said these words.",
    Verdict.NEGATION_DROPPED: "A negation is left out.",
    Verdict.CONDITION_DROPPED: "A condition is left out.",
    Verdict.PARAPHRASE: "An outlet's own words stand in quotation marks.",
    Verdict.ALTERED: "Words were changed.",
    Verdict.CUT: "Words were left out.",
    Verdict.EXACT: "The words stand so in the ledger.",
}


def sarif(found: Iterable[tuple[Checked, Place | None]]) -> dict[str, object]:
    """One log with one run; what is fine passes, what there is to look at is a warning, or a note where only an outlet differs."""
    from onrecord import __version__  # noqa: PLC0415  # the package is not ready yet when this module is imported

    rules = [{"id": str(one), "name": _camel(one), "shortDescription": {"text": text}} for one, text in RULES.items()]
    driver = {"name": "onrecord", "semanticVersion": __version__, "rules": rules}
    results = [_result(one, place) for one, place in found]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def level_of(one: Checked) -> str:
    """`warning` for what somebody should look at, `note` for a cut that leaves the sense, `none` for what is exact."""
    if not one.is_fine:
        return "warning"
    return "none" if one.verdict is Verdict.EXACT else "note"


def _result(one: Checked, place: Place | None) -> dict[str, object]:
    level = level_of(one)
    return {
        "ruleId": str(one.verdict),
        "ruleIndex": list(RULES).index(one.verdict),
        "kind": "pass" if level == "none" else "fail",
        "level": level,
        "message": {"text": f"“{one.quotation.words}”: {message(one)}"},
        "locations": [_location(one, place)],
        "properties": {key: value for key, value in checked_json(one, place).items() if key in ("speaker_name", "verdicts", "found")},
    }


def _location(one: Checked, place: Place | None) -> dict[str, object]:
    region = {} if place is None else {"region": _region(place)}
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(one.document.locator or one.document.name)}, **region}}


def _region(place: Place) -> dict[str, int]:
    return {"startLine": place.line, "startColumn": place.column, "endLine": place.end_line, "endColumn": place.end_column}


def _uri(locator: str) -> str:
    """A relative path as it is, so that it counts from the checkout; an absolute one as a file URI."""
    path = Path(locator)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix(), safe="/:?#&=%")


def _camel(one: Verdict) -> str:
    return "".join(word.capitalize() for word in TOLD[one].split())
