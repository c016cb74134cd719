"""A matter of a ledger -> a report that stands alone: one HTML file without scripts, which fetches nothing.

Every word of a document is escaped, characters that would turn the direction of a line are taken out, and only addresses of the web become
links.
"""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from typing import Any

from jinja2 import ChoiceLoader, DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from onrecord import __version__
from onrecord.export import pictures
from onrecord.export.linked_data import web_address
from onrecord.export.pictures.stances import chart, marks
from onrecord.export.pictures.ties import matter_ties
from onrecord.export.table import shown
from onrecord.find.dossier import Dossier, dossier
from onrecord.find.position_matter import WantedPositions
from onrecord.find.positions import Carried, outlets
from onrecord.record.ledger import Ledger

_ASKED = {"by": "only of", "since": "said since", "until": "said until", "as_of": "as known on"}


def report(ledger: Ledger, wanted: WantedPositions, made_on: date) -> str:
    """The report of a matter as HTML; `made_on` is the day that it names as its own.

    Raises:
        LedgerError: nobody has the name, or the ledger cannot be read.
    """
    return page(dossier(ledger, wanted), wanted, made_on)


def page(found: Dossier, wanted: WantedPositions, made_on: date) -> str:
    """The report of what was found."""
    return (
        _environment()
        .get_template("report.html")
        .render(
            about=wanted.about,
            filters=[f"{told} {value}" for name, told in _ASKED.items() if (value := getattr(wanted, name))],
            found=found,
            lines=sorted(marks(found.positions), key=lambda one: one.day),
            chart=chart(found.positions),
            ties=matter_ties(found.positions, (one.link for one in found.conflicts)),
            made_on=made_on.isoformat(),
            version=__version__,
            style=Markup(_file("report.css") + pictures.style()),
        )
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
        loader=ChoiceLoader([DictLoader({"report.html": _file("report.html")}), pictures.loader()]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: value if isinstance(value, Markup) else "" if value is None else _clean(str(value)),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Any] = {"plain": _plain, "name_of": _name, "address": web_address, "outlets": _outlets}
    made.filters.update(filters)
    made.globals["leads_on"] = False  # to no page: the report stands alone
    return made


def _clean(words: str) -> str:
    """The words in one line; a blank at either end stays."""
    before, after = (" " if words[at:][:1].isspace() else "" for at in (0, -1))
    kept = shown(words)
    return before + kept + after if kept else before


def _file(name: str) -> str:
    return (files("onrecord.export") / name).read_text(encoding="utf8")
