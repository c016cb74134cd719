"""Names -> keys: what the same person or body is called by in every document."""

from __future__ import annotations

import re
import unicodedata


def slug(name: str) -> str:
    """A name as a key: "José Núñez" -> "jose-nunez"."""
    low = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").casefold()
    return re.sub(r"[^a-z0-9]+", "-", low.replace("'", "").replace(".", "")).strip("-")
