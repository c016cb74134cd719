"""Many rows into a table at once: `COPY` or one statement on PostgreSQL, a prepared one on SQLite. The ids of rows are taken beforehand.

for row, number in zip(rows, taken_ids(connection, statements, len(rows))):
    row["id"] = number
copy_rows(connection, statements, rows)
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Connection,
    Float,
    Integer,
    LargeBinary,
    Select,
    Table,
    Text,
    cast,
    func,
    literal,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

from onrecord.record.stored import careful_insert

Row = dict[str, Any]
_TYPES: dict[type[TypeEngine[Any]], str] = {Boolean: "bool", BigInteger: "int8", Integer: "int4", Float: "float8", LargeBinary: "bytea"}
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


def insert_many(connection: Connection, table: Table, rows: Sequence[Row], careful: Callable[[Any], Any]) -> None:
    """Adds the rows, all of which have the same columns, in their order; `careful` says of the insert what to do about those there are.

    PostgreSQL takes them as one statement, and no row twice.
    """
    made = careful_insert(connection, table)
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(careful(made.from_select(list(rows[0]), _selected(table, rows), include_defaults=False)))
    else:
        connection.execute(careful(made), rows)


def _selected(table: Table, rows: Sequence[Row]) -> Select[Any]:
    """The rows as PostgreSQL selects them from an array for each column; JSON is told in letters."""
    arrays = []
    for name in rows[0]:
        of, values = table.c[name], [row[name] for row in rows]
        if isinstance(of.type, JSON):
            turns = _turns(table, name)
            arrays.append(literal([turns(value) for value in values], ARRAY(Text)).label(name))
        else:
            arrays.append(literal(values, ARRAY(of.type)).label(name))
    given = func.unnest(*arrays).table_valued(*rows[0], name="given").render_derived()
    return select(*(cast(given.c[name], table.c[name].type) for name in rows[0])).select_from(given)


def _copy(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """In binary format, as psycopg writes values; lists become JSON here, as SQLAlchemy would make them."""
    names = list(rows[0])
    values_of = itemgetter(*names, names[0])  # of one name alone there would be no tuple
    turned = [(place, _turns(table, name)) for place, name in enumerate(names) if isinstance(table.c[name].type, JSON)]
    columns = ", ".join(f'"{name}"' for name in names)
    with _copying(connection, f'COPY "{table.name}" ({columns}) FROM STDIN (FORMAT BINARY)') as copy:
        copy.set_types([_type_of(table.c[name].type) for name in names])
        for row in rows:
            values = list(values_of(row))
            values.pop()
            for place, turns in turned:
                values[place] = turns(values[place])
            copy.write_row(values)


def _type_of(kind: TypeEngine[Any]) -> str:
    """PostgreSQL's name of the type as which values of a column are written; it takes the letters of JSON for JSON."""
    return next((name for one, name in _TYPES.items() if isinstance(kind, one)), "text")


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
    null = None if null_is_null else "null"
    return lambda value: "[]" if value == [] else null if value is None else write(value)


def _mentions(value: list[list[int]] | str) -> str:
    """Places, or the name of the statement that has the same."""
    return str(value) if isinstance(value, list) else json.dumps(value)
