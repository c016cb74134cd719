"""A statement of a reading -> whom to look for in the ledger: its own holder, and those whose words it answers by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from sqlalchemy import Connection

from onrecord.find.alike import Whom, claim, holders_of
from onrecord.find.columns import TYPES, digest, holder_digest
from onrecord.link.answers import answers_of, names_in
from onrecord.record.gathered import bucket_of_name, keys_beside
from onrecord.record.judged import Judged
from onrecord.resolve.keys import slug

_MOST = 40  # keys that may be meant by one name


def whom(connection: Connection, judged: Judged, row: Mapping[str, Any]) -> Whom:
    """Of a statement's row as judged: digests of whom its holder may be called, and of the holders and publishers that it answers."""
    held = claim(row)
    named = names_in(held) if any(not one.of_itself for one in answers_of(held)) else frozenset()
    found = {one for name in named for one in (digest(name), digest(f"the {name}"), holder_digest(None, name))}
    found.update(digest(raw) for key in _keys(connection, named) for raw in judged.raw_keys(judged.speaker(key)))
    return Whom(holders_of(judged, row), np.array(sorted(found), TYPES["holders"]))


def _keys(connection: Connection, named: frozenset[str]) -> Iterator[str]:
    """The keys of those whom the names may mean: all who have the name, or end in it."""
    slugs = {made for name in named if (made := slug(name))}
    yield from sorted(slugs)
    buckets = {bucket_of_name(name)[0] for name in slugs}
    beside = keys_beside(connection, buckets) if buckets else {}
    for keys in beside.values():
        yield from [key for key in keys if any(key.endswith(f"-{one}") for one in slugs)][:_MOST]
