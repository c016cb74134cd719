"""Readers for the workers of a cluster, beside the one without a model: slow ones, and ones that are lost at a set word."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

from tests.run.fake_reader import FakeReader

from onrecord.data import Document, Record

_STUMBLE = re.compile(r"STUMBLE at (\S+)")


class Stumbling(FakeReader):
    """The first worker that comes to "STUMBLE at PATH" is lost there, and leaves the file."""

    def record(self, document: Document, *, min_probability: float = 0.5) -> Record:
        if (found := _STUMBLE.search(document.text)) and not Path(found[1]).exists():
            Path(found[1]).touch()
            os._exit(7)
        return super().record(document, min_probability=min_probability)


class Slowly(FakeReader):
    def record(self, document: Document, *, min_probability: float = 0.5) -> Record:
        time.sleep(0.01)
        return super().record(document, min_probability=min_probability)
