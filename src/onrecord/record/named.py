"""What somebody calls a statement or a document -> its row: the id, the first digits of it, or where a document was found."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Column, Connection, Select, or_, select

from onrecord.errors import LedgerError
from onrecord.record.identity import LENGTH
from onrecord.record.stored import current_statements
from onrecord.record.tables import documents, statements

Row = dict[str, Any]
SHORTEST = 6  # digits of an id that may stand for the whole
_DIGITS = re.compile(rf"[0-9a-f]{{{SHORTEST},{LENGTH}}}")
_PAST_DIGITS = "g"  # sorts after every hexadecimal digit


def statement_named(connection: Connection, name: str) -> Row:
    """The current statement whose id begins so, with `document_key` and `known_on` of its document.

    Raises:
        LedgerError: there is none, or more than one.
    """
    asked = current_statements().add_columns(documents.c.key.label("document_key"), documents.c.known_on)
    found = _beginning(connection, asked.order_by(statements.c.id), statements.c.key, name)
    if found:
        return _only(found, name, "statements")
    if _beginning(connection, select(statements.c.key).limit(1), statements.c.key, name):
        raise LedgerError(f"{name!r} is a statement of a reading that a newer one has superseded.", code="ledger.not_found")
    raise LedgerError(f"The ledger holds no statement {name!r}: give its id, or {SHORTEST} digits of it or more.", code="ledger.not_found")


def documents_named(connection: Connection, name: str) -> list[Row]:
    """The documents with that URL, locator or name; else the one whose id begins so. In the order in which they came.

    Raises:
        LedgerError: there is none, or several begin so.
    """
    by_place = or_(documents.c.url == name, documents.c.locator == name, documents.c.name == name)
    found = [dict(row) for row in connection.execute(select(documents).where(by_place).order_by(documents.c.id)).mappings()]
    if found:
        return found
    found = _beginning(connection, select(documents).order_by(documents.c.id), documents.c.key, name)
    if not found:
        raise LedgerError(f"The ledger holds no document {name!r}: give its URL, where it was found, or its id.", code="ledger.not_found")
    return [_only(found, name, "documents")]


def _beginning(connection: Connection, asked: Select[Any], key: Column[Any], name: str) -> list[Row]:
    """The rows whose key begins with the name, if that can be the beginning of one."""
    digits = name.strip().lower()
    if not _DIGITS.fullmatch(digits):
        return []
    return [dict(row) for row in connection.execute(asked.where(key >= digits, key < digits + _PAST_DIGITS)).mappings()]


def _only(found: list[Row], name: str, what: str) -> Row:
    """The first of them, if they are one and the same."""
    keys = sorted({row["key"] for row in found})
    if len(keys) > 1:
        some = ", ".join(keys[:3])
        raise LedgerError(f"{len(keys)} {what} have an id that begins with {name!r} ({some}): give more digits.", code="ledger.ambiguous")
    return found[0]
