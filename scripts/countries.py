"""Writes the countries, capitals and demonyms that the resolver knows out of the countryinfo package, a development dependency.

    python scripts/countries.py           write src/onrecord/resolve/lexicon/countries.tsv
    python scripts/countries.py --check   only say whether the file is what the package gives

What the package lacks or has out of date is written by hand in `places.tsv` beside the file, whose rows win.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections.abc import Iterator
from importlib import metadata, resources
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[1] / "src/onrecord/resolve/lexicon/countries.tsv"
HEAD = "# Written by scripts/countries.py from countryinfo {version} (MIT). Corrections go into places.tsv.\n# name\tkind\tstands for\n"
LEAST_PEOPLE, LEAST_FOR_CAPITAL = (
    1_000,
    100_000,
)  # the capitals of smaller states are oftener the names of people: Hamilton, Stanley, Victoria
_STATES = "Republic|Kingdom|States?|Emirates|Union|Federation|Commonwealth|Principality|Duchy|Confederation"
_OFFICIAL = re.compile(rf"(?:the )?(?:\w+(?:'s)? ){{0,4}}(?:{_STATES})\b", re.IGNORECASE)
_BRACKETS, _SEPARATORS = re.compile(r"\s*\(.*?\)"), re.compile(r"\s*(?:,|/|\band\b|\bor\b)\s*")
_NOT_A_DEMONYM = re.compile(r"Islands?$|^the ")
_WITH_ARTICLE = re.compile(r"(?:Islands|States|Emirates|Netherlands|Philippines|Republic|Kingdom|Maldives|Comoros|Bahamas|Gambia|State)\b")


def rows() -> Iterator[tuple[str, str, str]]:
    """Name, kind (country, capital, demonym) and, for a capital, the government that it stands for."""
    folder = resources.files("countryinfo") / "data"
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".json")), key=lambda one: one.name)
    for file in files:
        yield from _of_country(json.loads(file.read_text(encoding="utf8")))


def _of_country(country: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    name = _BRACKETS.sub("", country["name"]).removeprefix("The ")
    people = country.get("population")
    if "," in name or people == 0:  # "Virgin Islands, British"; islands without inhabitants
        return
    official = [one for one in country.get("altSpellings") or () if one.isascii() and _OFFICIAL.match(one) and "," not in one]
    for one in (name, *official):
        yield one.removeprefix("The ").removeprefix("the "), "country", ""
    capital = country.get("capital")
    capital = _BRACKETS.sub("", capital) if isinstance(capital, str) else ""  # Antarctica has a list
    if capital and capital != name and "/" not in capital and (people or 0) >= LEAST_PEOPLE:
        for one in dict.fromkeys((capital, _plain(capital))):
            yield one, "capital", f"government of {'the ' if _WITH_ARTICLE.search(name) else ''}{name}"
    for demonym in _SEPARATORS.split(country.get("demonym") or ""):
        if demonym and demonym != name and not _NOT_A_DEMONYM.search(demonym):
            yield demonym, "demonym", ""


def _plain(name: str) -> str:
    """The name without accents, as much of the press writes it; one that would be a short common word stays ("Malé")."""
    plain = "".join(letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))
    return plain if len(plain) > 4 else name


def written() -> str:
    """The file as the package gives it; of two rows with one name the first is kept."""
    found: dict[str, tuple[str, str, str]] = {}
    for row in rows():
        found.setdefault(row[0].casefold(), row)
    return HEAD.format(version=metadata.version("countryinfo")) + "".join("\t".join(row) + "\n" for row in found.values())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--check", action="store_true")
    if not options.parse_args().check:
        TARGET.write_text(written(), encoding="utf8")
    elif TARGET.read_text(encoding="utf8") != written():
        raise SystemExit(f"{TARGET} is not what countryinfo gives: run python scripts/countries.py")


if __name__ == "__main__":
    main()
