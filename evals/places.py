"""How many countries, capitals and demonyms of a public list (mledoze/countries) the resolver knows.

    python evals/places.py [--missing]

Capitals count where the state has a hundred thousand people or more or is a member of the United Nations.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterator
from typing import Any

from gold import SHARED
from onrecord.resolve.mentions import PLACES

FILE = SHARED / "data/entities/countries.json.gz"
FLOORS = {"country": 0.985, "capital": 0.95, "demonym": 0.96}


def wanted(country: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The kind and name of all that the list says of one country in English."""
    yield "country", country["name"]["common"]
    if country["unMember"]:
        yield from (("capital", capital) for capital in country["capital"])
    for demonym in re.split(r",\s*|\s+or\s+", country["demonyms"]["eng"]["m"]):
        if demonym and (country["unMember"] or country["independent"]):
            yield "demonym", demonym


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--missing", action="store_true", help="name what is not known")
    missing = options.parse_args().missing
    if not FILE.is_file():
        print(f"skipped: the list is not at {FILE} (see evals/README.md)")
        return
    with gzip.open(FILE, "rt", encoding="utf8") as lines:
        pairs = sorted({pair for country in json.load(lines) for pair in wanted(country)})
    for kind, floor in FLOORS.items():
        names = [name for one, name in pairs if one == kind]
        unknown = [name for name in names if name.casefold() not in PLACES]
        known = 1 - len(unknown) / len(names)
        print(f"{kind:10} {len(names) - len(unknown)} of {len(names)} known, {known:.3f} (floor {floor})")
        print("  " + ", ".join(unknown) if missing else "", end="\n" if missing else "")
        if known < floor:
            raise SystemExit(f"{kind} is under its floor")


if __name__ == "__main__":
    main()
