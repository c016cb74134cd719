"""What a list of known people gives: legislators and presidents with their Wikidata ids, and who of PolNeAR's speakers has one.

    python evals/identity_known.py [--show]

The list is made of ../shared/data/entities (legislators, executive). It is given to the ledger that identity.py keeps, of which PolNeAR's
train split alone counts here. With --show the names that have an id are printed with their roles, for judging.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from gold import SHARED
from identity import CACHE, holders, joined_ledger
from onrecord.record.judged import judged
from onrecord.record.known_people import known_people_of, wikidata_of
from onrecord.record.ledger import Program, open_ledger
from onrecord.record.tables import documents
from onrecord.resolve.keys import slug

ENTITIES = SHARED / "data/entities"
OFFICES = {"sen": "senator", "rep": "representative", "prez": "president", "viceprez": "vice president"}
LIST = CACHE / "people.jsonl"


def main() -> None:
    """Print how many speakers have an id."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--show", action="store_true")
    wanted = given.parse_args()
    if not ENTITIES.exists():
        print(f"nothing measured: there is no data in {ENTITIES}")
        return
    path = joined_ledger()
    LIST.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in entries()), encoding="utf8")
    known_people = known_people_of(str(LIST))
    with open_ledger(str(path)) as ledger:
        run = ledger.begin(Program("identity"), "identity")
        ledger.know(run, known_people)
        ledger.end(run)
        with ledger.reading() as connection:
            polnear = set(connection.scalars(select(documents.c.id).where(documents.c.locator.contains("polnear"))))
            said = [one for one in holders(connection, judged(connection)) if one.document in polnear and one.is_person]
            ids = wikidata_of(connection, {one.key for one in said})
    with_id = [one for one in said if one.key in ids]
    people = {one.key for one in said}
    print(f"{len(known_people)} people are listed, {sum(one.wikidata is not None for one in known_people)} with an id")
    print(
        f"PolNeAR train: {len(with_id)} of {len(said)} people in documents have an id; {len(people & ids.keys())} of {len(people)} people"
    )
    if wanted.show:
        show(with_id, ids)


def show(with_id: list[Any], ids: dict[str, str]) -> None:
    names: dict[str, set[str]] = defaultdict(set)
    roles: dict[str, set[str]] = defaultdict(set)
    for one in with_id:
        names[one.key].add(one.name)
        roles[one.key].add((one.role or "")[:40])
    for key in sorted(names):
        print(key, ids[key], " / ".join(sorted(names[key])), "[" + "; ".join(sorted(roles[key] - {""})[:4]) + "]")


def entries() -> Iterator[dict[str, object]]:
    """One entry a person who held an office since 1945, each key once; those in both files once."""
    seen: set[str] = set()
    for name in ("legislators-current.yaml.gz", "executive.yaml.gz"):
        for one in _read(ENTITIES / name):
            if max(term["end"] for term in one["terms"]) < "1945" or one["id"].get("bioguide") in seen:
                continue
            seen.add(one["id"].get("bioguide", ""))
            entry = _entry(one)
            key = str(entry["key"])
            if key in seen:
                entry["key"] = f"{key}-{one['id'].get('govtrack', len(seen))!s}"
            seen.add(str(entry["key"]))
            yield entry


def _entry(one: dict[str, Any]) -> dict[str, object]:
    name = one["name"]
    plain = f"{name['first']} {name['last']}"
    suffix = f" {name['suffix']}" if name.get("suffix") else ""
    full = name.get("official_full") or plain + suffix
    others = {plain + suffix, f"{name.get('nickname') or name['first']} {name['last']}{suffix}"}
    if name.get("middle"):
        others.add(f"{name['first']} {name['middle']} {name['last']}{suffix}")
    roles = sorted({OFFICES[term["type"]] for term in one["terms"]})
    found: dict[str, object] = {
        "name": full,
        "aliases": sorted(others - {full}),
        "type": "person",
        "key": slug(full),
        "role": " ".join(roles),
    }
    return found | ({"wikidata": one["id"]["wikidata"]} if one["id"].get("wikidata") else {})


def _read(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf8") as file:
        found: list[dict[str, Any]] = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return found


if __name__ == "__main__":
    main()
