"""What names a link in a ledger: the keys of its two statements and its type. The same in every re-run, whichever reading found it."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from onrecord.data import LinkType

EITHER_WAY = frozenset({LinkType.REPEATS, LinkType.AGREES, LinkType.CONTRADICTS})  # say the same in both directions
OF_STATEMENT, OF_LINK = 8, 8  # digits of an id: the first ones of a statement's key, so that it is found again, and those of the link
CONFLICTS = (LinkType.CONTRADICTS, LinkType.DENIES)


class LinkName(NamedTuple):
    """From the statement `source`, which is the later or the answering one, to the statement `target`."""

    source: str
    target: str
    type: str

    @property
    def either_way(self) -> LinkName:
        """The same for both directions of a link that has none: who contradicts whom may be told from either end."""
        if self.type not in EITHER_WAY:
            return self
        return LinkName(min(self[:2]), max(self[:2]), self.type)

    @property
    def id(self) -> str:
        """16 hexadecimal digits; the first eight are those of one of its statements."""
        one = self.either_way
        digest = hashlib.sha256("\x1f".join(one).encode("utf8")).hexdigest()
        return one.source[:OF_STATEMENT] + digest[:OF_LINK]
