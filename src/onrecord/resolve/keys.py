"""Names -> keys: what the same person or body is called by in every document."""

from __future__ import annotations

import re

from onrecord.resolve.person_names import folded

_SPACED_INITIALS = re.compile(r"(?<=\b\w\.) (?=\w\.)")


def slug(name: str) -> str:
    """A name as a key, initials as one word: "José Núñez" -> "jose-nunez", "J. D. Reed" -> "jd-reed"."""
    low = folded(_SPACED_INITIALS.sub("", name)).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", low.replace("'", "").replace(".", "")).strip("-")
