"""The fields of one JSON document or feed entry, each a text; what is unknown is ignored."""

from __future__ import annotations

import json

from onrecord.data import Genre
from onrecord.errors import ReadError
from onrecord.read.facts import Facts
from onrecord.read.instants import instant
from onrecord.read.markup import text_of_markup, text_of_title
from onrecord.settings import possible_time

_TEXTS = ("text", "name", "creation_time", "publisher", "title", "url")  # the others are passed over where they are none
_OF_ENTRY = ("description", "link", "date_published", "source_url")


def parsed_object(line: str) -> dict[str, object]:
    """The object that stands in the line.

    Raises:
        ReadError: it is no JSON object.
    """
    try:
        parsed = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"This is not JSON ({error}). Put one document on each line.", code="read.not_json") from error
    if not isinstance(parsed, dict):
        raise ReadError('This is JSON but no object. Write {"text": "..."}.', code="read.not_json")
    return parsed


def facts_of(fields: dict[str, object], digest: str, complaint: str | None) -> Facts:
    """What the fields say. A feed entry, which has no "text", is read as its title and its description.

    Raises:
        ReadError: there is neither, or a field has the wrong type.
    """
    is_entry = fields.get("text") is None and any(_given(fields, name) for name in ("description", "link", "date_published"))
    for name in (*_TEXTS, *(_OF_ENTRY if is_entry else ())):
        if not isinstance(fields.get(name), str | None):
            raise ReadError(f'"{name}" is {type(fields[name]).__name__}, not a string. Put it in quotation marks.', code="read.bad_field")
    if is_entry:
        return _facts_of_entry(fields, digest, complaint)
    if fields.get("text") is None:
        raise ReadError('The document has no "text". Give it one.', code="read.no_text")
    return Facts(
        _text(fields, "text"),
        digest,
        title=_text(fields, "title"),
        author=_text(fields, "author"),
        publisher=_text(fields, "publisher"),
        url=_text(fields, "url"),
        creation_time=_text(fields, "creation_time"),
        language=_text(fields, "language"),
        genre=_genre(_text(fields, "genre")),
        notes=_notes(fields.get("notes")),
        retrieved_at=_retrieved(_text(fields, "retrieved_at")),
        complaint=complaint,
    )


def _facts_of_entry(fields: dict[str, object], digest: str, complaint: str | None) -> Facts:
    title = text_of_title(_text(fields, "title"))
    body = text_of_markup(_text(fields, "description"))
    written = _text(fields, "creation_time") or _text(fields, "date_published")
    link = _text(fields, "url") or _text(fields, "link")
    return Facts(
        "\n\n".join(filter(None, (title, body))),
        digest,
        title=title,
        author=text_of_title(_text(fields, "author")),
        publisher=_text(fields, "publisher") or _text(fields, "source_url"),
        url=link if link.startswith(("http://", "https://")) else None,
        creation_time=instant(written) or written,
        language=_text(fields, "language"),
        genre=_genre(_text(fields, "genre")),
        notes=_notes(fields.get("notes")),
        retrieved_at=_retrieved(_text(fields, "retrieved_at")),
        complaint=complaint,
    )


def _given(fields: dict[str, object], name: str) -> bool:
    return fields.get(name) is not None


def _text(fields: dict[str, object], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _genre(named: str) -> Genre | None:
    """The genre; a name that is unknown is ignored, as an unknown key is."""
    return Genre(named) if named in set(Genre) else None


def _notes(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ReadError('"notes" is not a list of strings. Write ["..."].', code="read.bad_field")
    return tuple(value)


def _retrieved(value: str) -> str | None:
    return value if possible_time(value) else None
