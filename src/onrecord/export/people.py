"""People and bodies of a ledger as JSON values."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from onrecord.find.people import Person


def person_json(one: Person) -> dict[str, Any]:
    """The person or body with all that is seen and decided of it."""
    value = asdict(one)
    first = {"key": value.pop("key"), "wikidata": value.pop("wikidata"), "name": one.name}
    return {**first, **value, "first_on": one.first_on, "last_on": one.last_on}
