"""The YAML at the head of a Markdown file -> names and texts. A small, safe part of YAML: no tags, no aliases, every value a text."""

from __future__ import annotations

import re

import yaml

from onrecord.errors import ReadError

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_MOST = 1 << 16
_BRACKET = re.compile(r"[\[\]{}]")
_MOST_DEPTH = 50


def split_front_matter(text: str) -> tuple[dict[str, object], str]:
    """The values of the front matter, their names in small letters, and the text behind it. No front matter: no values.

    Raises:
        ReadError: it is too long or no YAML of names and values.
    """
    head = _FRONT_MATTER.match(text[: _MOST + 8])
    if head is None:
        return {}, text
    try:
        if _is_deep(head[1]):
            raise ValueError("its lists are nested too deeply")
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(head[1], yaml.BaseLoader)):
            raise ValueError("it has an alias, which may stand for thousands of others and is not read here")
        values = yaml.load(head[1], yaml.BaseLoader)  # which makes only texts, lists and mappings
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        raise ReadError(
            f"The front matter between the lines --- is not YAML that can be read ({reason}). Mend it.", code="read.bad_front_matter"
        ) from error
    if not isinstance(values, dict):
        if values in (None, ""):
            return {}, text[head.end() :]
        return {}, text  # a rule across the page, not front matter
    return {str(name).lower(): value for name, value in values.items()}, text[head.end() :]


def _is_deep(yaml_text: str) -> bool:
    """More open brackets than any front matter needs; the parser looks at all of them for each further one."""
    depth = 0
    for bracket in _BRACKET.findall(yaml_text):
        depth += 1 if bracket in "[{" else -1
        if depth > _MOST_DEPTH:
            return True
    return False


def value_of(values: dict[str, object], *names: str) -> str:
    """The first of the values that is there, a list as its parts, in one line."""
    for name in names:
        text = _told(values.get(name))
        if text:
            return text
    return ""


def _told(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, (_told(one) for one in value[:20] if not isinstance(one, list))))
    if isinstance(value, dict):
        return _told(value.get("name"))
    return " ".join(value.split()) if isinstance(value, str) and value.lower() not in ("null", "~") else ""
