"""The page of the HTTP API, from the description (OpenAPI) that the application gives of itself; it needs no script to be read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from onrecord.record.ledger import open_ledger
from onrecord.serve.app import make_app
from onrecord.serve.desk import DeskOptions, open_desk
from onrecord.serve.tokens import TokenFile

_HEAD = """# HTTP API

What `onrecord serve` answers to programs, of version {version}. A running desk gives the same as OpenAPI {openapi} at
`/api/v1/openapi.json`. [The desk](desk.md#the-api) says how pages of answers, streams and ETags work, and
[who may do what](desk.md#who-may-do-what). In a path `{{name}}` and the like stand for a value; parameters mean what the options of the
same names mean in the [reference](reference.md). A failure is a [{problem}](#shape-{anchor}) with a code of [errors](errors.md).
"""
_FAILURE = "ProblemShape"
_KINDS = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false", "object": "object", "null": "null"}
Schema = Mapping[str, Any]


def described() -> dict[str, Any]:
    """The OpenAPI document of a desk."""
    with tempfile.TemporaryDirectory() as folder:
        where = str(Path(folder) / "empty.db")
        open_ledger(where, create=True).close()
        desk = open_desk(DeskOptions(where, meaning=None), TokenFile(Path(folder) / "tokens.json"))
        try:
            return make_app(desk).openapi()
        finally:
            desk.close()


def api_page() -> str:
    """The page, as Markdown: every path with what it takes and gives, then the shapes."""
    told = described()
    version = told["info"]["version"]
    lines = [_HEAD.format(version=version, openapi=told["openapi"], problem=_FAILURE, anchor=_FAILURE.lower())]
    tags: dict[str, list[str]] = {}
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            tags.setdefault(operation["tags"][0], []).extend(_operation(method, path, operation))
    for tag, parts in tags.items():
        lines += [f"## {tag.capitalize()}", *parts]
    lines.append("## Shapes")
    for name, schema in sorted(told["components"]["schemas"].items()):
        lines += _shape(name, schema)
    return "\n\n".join(lines) + "\n"


def _operation(method: str, path: str, told: Schema) -> Iterator[str]:
    """One path and method: what it does, what it takes, what it gives, and who may ask."""
    yield f"### `{method.upper()} {path}`"
    yield told.get("description", "")
    if given := told.get("parameters"):
        yield _table("Parameter", ((one["name"], _place(one), _given(one["schema"])) for one in given))
    if body := told.get("requestBody"):
        taken = ", or ".join(f"{_value(one['schema'])} as `{kind}`" for kind, one in body["content"].items())
        yield f"Takes: {taken}."
    yield from _answers(told["responses"])
    if {} not in told["security"]:
        yield "Needs a token that may write."


def _answers(told: Mapping[str, Any]) -> Iterator[str]:
    for status, one in told.items():
        if status == "default":
            continue
        given = ", or ".join(f"{_value(each.get('schema', {}))} as `{kind}`" for kind, each in one.get("content", {}).items())
        yield f"Gives {status}: {given or 'nothing'}."


def _shape(name: str, told: Schema) -> Iterator[str]:
    """A shape with its fields, or with the words that it may be."""
    yield f"(shape-{_anchor(name)})="
    yield f"### {_title(name)}"
    yield told.get("description", "")
    if fields := told.get("properties"):
        needed = told.get("required", ())
        yield _table("Field", ((field, "always" if field in needed else "", _value(one)) for field, one in fields.items()))
    else:
        yield f"{_value(told).capitalize()}."


def _table(name: str, rows: Iterable[tuple[str, str, str]]) -> str:
    """What it is called, whether and where it stands, and its value."""
    return "\n".join([f"| {name} | | Value |", "| --- | --- | --- |", *(f"| `{one}` | {place} | {value} |" for one, place, value in rows)])


def _place(parameter: Schema) -> str:
    """Where a parameter stands, and whether it must."""
    return f"{parameter['in']}, needed" if parameter.get("required") and parameter["in"] != "path" else str(parameter["in"])


def _given(told: Schema) -> str:
    """The value of a parameter. One that may be null is left out instead."""
    others = [one for one in told.get("anyOf", ()) if one.get("type") != "null"]
    return _value({**told, "anyOf": others} if others else told)


def _value(told: Schema) -> str:
    """What a value may be, in words: "text of 40 characters at most, or null"."""
    if "$ref" in told:
        return _link(told["$ref"].rsplit("/", 1)[1])
    for joined in ("anyOf", "oneOf"):
        if joined in told:
            return ", or ".join(dict.fromkeys(_value(one) for one in told[joined])) + _limits(told)
    if "const" in told:
        return f"`{told['const']}`"
    if "enum" in told:
        return _words(told["enum"]) + _limits(told)
    if told.get("type") == "array":
        return _list(told) + _limits(told)
    return _KINDS.get(told.get("type", ""), "anything") + _limits(told)


def _list(told: Schema) -> str:
    if parts := told.get("prefixItems"):
        return "[" + ", ".join(_value(one) for one in parts) + "]"
    return f"list of {_value(told['items'])}" if told.get("items") else "list"


def _limits(told: Schema) -> str:
    """What bounds the value, and what it is where nothing is given."""
    unit = {"string": " characters", "array": " items"}.get(told.get("type", ""), "")
    least = next((told[name] for name in ("minimum", "minLength", "minItems") if name in told), None)
    most = next((told[name] for name in ("maximum", "maxLength", "maxItems") if name in told), None)
    bounds = ""
    if most is not None:
        bounds = f", {least:,} to {most:,}{unit}" if least else f", up to {most:,}{unit}"
    elif least is not None:
        bounds = f", {least:,}{unit} or more"
    default = told.get("default")
    if default is not None and default not in ([], ""):
        bounds += f"; without it `{str(default).lower() if isinstance(default, bool) else default}`"
    return bounds


def _words(values: Iterable[Any]) -> str:
    return ", ".join(f"`{one}`" for one in values)


def _link(name: str) -> str:
    return f"[{_title(name)}](#shape-{_anchor(name)})"


def _anchor(name: str) -> str:
    return name.lower().strip("_").replace("_", "-")


def _title(name: str) -> str:
    """`Page_Answer_` is a page of Answer."""
    outer, _, inner = name.partition("_")
    if not inner:
        return name
    return f"{outer} of {'object' if inner.startswith('dict') else inner.strip('_')}"
