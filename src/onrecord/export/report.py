"""A matter of a ledger -> a report that stands alone: one HTML file without scripts, which fetches nothing.

Every word of a document is escaped, characters that would turn the direction of a line are taken out, and only addresses of the web become
links.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from onrecord import __version__
from onrecord.export.linked_data import web_address
from onrecord.export.stance_chart import Mark, Side, stance_chart
from onrecord.export.table import shown
from onrecord.find.dossier import Dossier, dossier
from onrecord.find.position_matter import WantedPositions
from onrecord.find.positions import OFF_THE_TABLE, ON_THE_TABLE, Carried, Said, Speaker, outlets
from onrecord.record.days import first_day
from onrecord.record.ledger import Ledger

_LONGEST_TOLD = 160  # characters of a statement in the chart
_ASKED = {"by": "only of", "since": "said since", "until": "said until", "as_of": "as known on"}


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the table beside the chart."""

    day: str
    speaker: str
    stance: str
    words: str
    side: Side


def report(ledger: Ledger, wanted: WantedPositions, made_on: date) -> str:
    """The report of a matter as HTML; `made_on` is the day that it names as its own.

    Raises:
        LedgerError: nobody has the name, or the ledger cannot be read.
    """
    return page(dossier(ledger, wanted), wanted, made_on)


def page(found: Dossier, wanted: WantedPositions, made_on: date) -> str:
    """The report of what was found."""
    lines = sorted((line for speaker in found.positions.speakers for line in _lines(speaker)), key=lambda line: line.day)
    marks = [Mark(line.speaker, date.fromisoformat(line.day), line.side, _told(line)) for line in lines]
    return (
        _environment()
        .get_template("report.html")
        .render(
            about=wanted.about,
            filters=[f"{told} {value}" for name, told in _ASKED.items() if (value := getattr(wanted, name))],
            found=found,
            lines=lines,
            chart=Markup(
                stance_chart(marks, f"Who spoke on {shown(wanted.about)} on which day")
            ),  # built from nodes: nothing in it is markup
            made_on=made_on.isoformat(),
            version=__version__,
            style=Markup(_file("report.css")),
        )
    )


def _lines(speaker: Speaker) -> Iterator[_Line]:
    for said in speaker.said:
        yield _Line(first_day(said.day) or said.day, shown(_name(speaker)), said.stance, said.words, _side(said))


def _side(said: Said) -> Side:
    if not said.takes_position:
        return Side.OTHER
    return Side.ON if said.stance in ON_THE_TABLE else Side.OFF if said.stance in OFF_THE_TABLE else Side.OTHER


def _told(line: _Line) -> str:
    words = shown(line.words)
    return (
        f"{line.speaker}, {line.day}, {_plain(line.stance)}: {words if len(words) <= _LONGEST_TOLD else words[: _LONGEST_TOLD - 1] + '…'}"
    )


def _name(one: Any) -> str:
    """What a speaker, or the end of a link, is called."""
    named = getattr(one, "name", None) or getattr(one, "speaker_name", None)
    said = getattr(one, "said", None)
    return named or (said[0].source_words if isinstance(said, tuple) and said else "") or "nobody named"


def _plain(value: str) -> str:
    return value.replace("_", " ")


def _outlets(those: tuple[Carried, ...]) -> str:
    return ", ".join(outlets(those))


def _environment() -> Environment:
    """What fills the page in; all that is not markup of its own is cleaned of what steers a screen, and escaped."""
    made = Environment(
        loader=DictLoader({"report.html": _file("report.html")}),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: value if isinstance(value, Markup) else "" if value is None else _clean(str(value)),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Any] = {"plain": _plain, "name_of": _name, "address": web_address, "outlets": _outlets}
    made.filters.update(filters)
    return made


def _clean(words: str) -> str:
    """The words in one line; a blank at either end stays."""
    before, after = (" " if words[at:][:1].isspace() else "" for at in (0, -1))
    kept = shown(words)
    return before + kept + after if kept else before


def _file(name: str) -> str:
    return (files("onrecord.export") / name).read_text(encoding="utf8")
