"""What the formats of linked data share: names of things in a ledger as IRIs, and one JSON document written piece by piece.

JSON-LD 1.1: https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from urllib.parse import quote

from onrecord.export.jsonl import to_line

TERMS = "urn:onrecord:term:"  # begins the names of what no vocabulary has
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+", re.IGNORECASE)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")


def iri(kind: str, *names: object) -> str:
    """`urn:onrecord:speaker:mara-quill`: the name of a thing outside its ledger; the same in every export of it."""
    return ":".join(("urn:onrecord", kind, *(quote(str(name), safe="") for name in names)))


def web_address(url: str | None) -> str | None:
    """The address if it is one of the web that can stand in JSON-LD as it is, else None."""
    return url if url and _WEB.fullmatch(url) else None


def instant(value: str | None) -> str | None:
    """The instant in UTC as `xsd:dateTime` has it, "2031-03-04T17:30:00Z"; None where the value has no clock or no zone."""
    if not value or not _INSTANT.match(value):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return None if moment.tzinfo is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def without_nothing(value: dict[str, object]) -> dict[str, object]:
    """The values that are there: linked data says nothing where something is not known."""
    return {name: one for name, one in value.items() if one is not None and one not in ([], "")}


def document(head: dict[str, object], name: str, items: Iterable[object], *, inside: str | None = None) -> Iterator[bytes]:
    """One JSON object with the head's values and the items under the name, one a line; nothing but an item is in memory.

    With `inside` the list stands in an object of that name, the head's last value, and the number of items is told beside it (`total`).
    """
    before = dict(head)
    inner = before.pop(inside) if inside else None
    opened = json.dumps(before, ensure_ascii=False)[:-1]
    if isinstance(inner, dict):
        opened += f", {json.dumps(inside)}: {json.dumps(inner, ensure_ascii=False)[:-1]}"
    yield f"{opened}, {json.dumps(name)}: [".encode()
    count = 0
    for one in items:
        yield (b",\n" if count else b"\n") + to_line(one).rstrip(b"\n")
        count += 1
    yield b"\n]}\n" if inside is None else f"\n]}}, {json.dumps('total')}: {count}}}\n".encode()
