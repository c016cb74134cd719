"""Whether the index of meanings is what would be made of the ledger."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
from sqlalchemy import Connection

from onrecord.find.columns import Columns, loaded
from onrecord.find.holding import in_doubt, index_path, misfit, model_of
from onrecord.find.meaning_index import MeaningIndex, UnusableIndexError, read_index
from onrecord.record.ledger import Ledger
from onrecord.record.tables import statements

_REMEDY = "Delete it: the next question makes a new one."


def check_index(ledger: Ledger) -> list[str]:
    """What is wrong with the index beside the ledger, a sentence each; nothing where there is none.

    That statements came since it was made is nothing wrong.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    path = index_path(ledger)
    if not path.exists():
        return []
    try:
        index = read_index(path)
    except (OSError, UnusableIndexError) as error:
        return [f"The index {path} cannot be used: {error}. {_REMEDY}"]
    with ledger.reading() as connection:
        why = misfit(connection, index.covered, model_of(ledger)) or _difference(connection, index)
    return [f"The index {path} does not fit the ledger: {why}. {_REMEDY}"] if why else []


def _difference(connection: Connection, index: MeaningIndex) -> str | None:
    """What differs between the index and the statements that it covers, except for those that were superseded since."""
    columns, vectors = index.known()
    if not len(columns):
        return None
    now, places = loaded(connection, statements.c.reading_id <= index.covered.highest_reading, statements.c.id <= int(columns.ids[-1]))
    covered = index.covered
    late = (now.readings > covered.highest_reading - in_doubt(connection)) & ~np.isin(now.readings, covered.recent)
    now, places = now.taken(np.flatnonzero(~late)), places[~late]
    rows = columns.rows_of(now.ids)
    if (rows < 0).any():
        return f"{int((rows < 0).sum()):,} statements are not in it"
    same = columns.taken(rows)
    wrong = np.zeros(len(now), np.bool_)
    for one in fields(Columns):
        wrong |= getattr(now, one.name) != getattr(same, one.name)
    wrong |= (places != vectors[rows]).any(axis=1)
    return f"{int(wrong.sum()):,} statements are other ones" if wrong.any() else None
