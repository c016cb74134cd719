"""Whether saved searches hold together: each can be asked, has its first look, and no two of one person have one name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from onrecord.errors import LedgerError
from onrecord.find.alerts import question_kept
from onrecord.find.verify_documents import Finding
from onrecord.record.search_tables import looks, search_ends, searches
from onrecord.record.tables import judgements


def search_findings(connection: Connection) -> Iterator[Finding]:
    """What is wrong with them."""
    seen = set(connection.scalars(select(looks.c.search_id)))
    ended = set(connection.scalars(select(search_ends.c.search_id)))
    names = Counter[tuple[str, str]]()
    for row in connection.execute(select(searches).order_by(searches.c.id)).mappings():
        where = f"saved search {row['key'][:12]}"
        if row["id"] not in seen:
            yield Finding(where, "Nothing tells up to where it was seen.")
        if row["id"] not in ended:
            names[row["made_by"], row["name"]] += 1
        try:
            question_kept(row["question"])
        except LedgerError as error:
            yield Finding(where, error.message)
    for (owner, name), count in names.items():
        if count > 1:
            yield Finding(f"saved search {name!r} of {owner}", f"There are {count} of this name.")
    last = connection.scalar(select(func.max(judgements.c.id))) or 0
    for row in connection.execute(select(looks).where(looks.c.judgement > last)).mappings():
        yield Finding(f"row {row['id']} of looks", "It names a judgement that is not there.")
