"""Many rows into a table at once: `COPY` on PostgreSQL, one prepared statement on SQLite. The ids of the rows are taken beforehand.

for row, number in zip(rows, taken_ids(connection, statements, len(rows))):
    row["id"] = number
copy_rows(connection, statements, rows)
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import JSON, Connection, Table, func, select, text
from sqlalchemy.exc import DBAPIError

Row = dict[str, Any]
_NUMBERS_ONLY = {"source", "cue", "content", "condition", "evidence", "span"}  # lists of numbers, which Python writes as JSON does


def taken_ids(connection: Connection, table: Table, count: int) -> list[int]:
    """So many ids that no other row has or will have, in order."""
    if not count:
        return []
    if connection.dialect.name == "postgresql":
        asked = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)")
        return sorted(connection.scalars(asked, {"table": table.name, "count": count}))
    highest = connection.scalar(select(func.max(table.c.id))) or 0  # nobody else writes in this transaction
    return list(range(highest + 1, highest + 1 + count))


def copy_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Adds the rows, all of which have the same columns."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    else:
        connection.execute(table.insert(), rows)


def _copy(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """In text format, as psycopg writes values; lists become JSON here, as SQLAlchemy would make them."""
    names = list(rows[0])
    turned = [(place, _turns(table, name)) for place, name in enumerate(names) if isinstance(table.c[name].type, JSON)]
    columns = ", ".join(f'"{name}"' for name in names)
    with _copying(connection, f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            values = [row[name] for name in names]
            for place, turns in turned:
                values[place] = turns(values[place])
            copy.write_row(values)


@contextmanager
def _copying(connection: Connection, statement: str) -> Iterator[Any]:
    """The driver's own `COPY`; its failures become those of SQLAlchemy."""
    kinds: Any = connection.dialect.loaded_dbapi
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            yield copy
    except kinds.Error as error:
        gone = bool(driver.closed)
        raise DBAPIError.instance(statement, None, error, kinds.Error, connection_invalidated=gone) from error


def _turns(table: Table, name: str) -> Callable[[Any], str | None]:
    """What makes the column's values the texts that are written."""
    write = str if name in _NUMBERS_ONLY else _mentions if name == "mentions" else json.dumps
    null_is_null = getattr(table.c[name].type, "none_as_null", False)
    return lambda value: (None if null_is_null else "null") if value is None else write(value)


def _mentions(value: list[list[int]] | str) -> str:
    """Places, or the name of the statement that has the same."""
    return str(value) if isinstance(value, list) else json.dumps(value)
