"""A reader without a model: every "NAME said WORDS." is a statement, and some words make it fail in set ways."""

from __future__ import annotations

import os
import re
import signal
import time
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from onrecord.data import Attribution, Document, QuoteType, Record, Span, Speaker, SpeakerType, Statement
from onrecord.errors import ItemError, WeightsError
from onrecord.resolve.keys import slug

SAID = re.compile(r"(?P<source>[A-Z]\w+ [A-Z]\w+) (?P<cue>said) (?P<content>[^.]+)\.")


class FakeReader:
    """Stands in for `onrecord.pipeline.Reader`."""

    def __init__(self, threads: int = 0) -> None:
        self.threads = threads

    def record(self, document: Document, *, min_probability: float = 0.5) -> Record:
        text = document.text
        if "DIE" in text:
            os._exit(7)
        if "RAISE" in text:
            raise ValueError("this was not foreseen")
        if "REFUSE" in text:
            raise ItemError("it will not", code="read.unsupported")
        if "NO MODEL" in text:
            raise WeightsError("The model is not there.")
        if "SLOW" in text:
            time.sleep(60)
        statements = []
        for number, hit in enumerate(SAID.finditer(text), 1):
            source, cue, content = (Span(*hit.span(role)) for role in ("source", "cue", "content"))
            attribution = Attribution((source,), (cue,), (content,), probability=0.9)
            speaker = Speaker(hit["source"], SpeakerType.PERSON, mentions=(source,))
            statements.append(Statement(f"s{number}", attribution, QuoteType.INDIRECT, speaker))
        kept = tuple(one for one in statements if one.attribution.probability >= min_probability)
        return Record(document, kept, (), (), (), (("threads", str(self.threads)),))

    def draft(self, document: Document) -> Record:
        """The same, each speaker with a key, and what stands in quotation marks as direct speech."""
        found = self.record(document)
        return replace(found, statements=tuple(_quoted(one, document.text) for one in found.statements))


class Slowly(FakeReader):
    """The same, with time to disturb it."""

    def record(self, document: Document, *, min_probability: float = 0.5) -> Record:
        time.sleep(0.002)
        return super().record(document, min_probability=min_probability)


class HalfAnswer(FakeReader):
    """Its process is killed when half of the answer that holds berth 20 is on its way; once, which the file ONRECORD_TEST_KILLED tells."""

    def record(self, document: Document, *, min_probability: float = 0.5) -> Record:
        if "berth 20 " in document.text and not Path(os.environ["ONRECORD_TEST_KILLED"]).exists():
            Connection._send = _half  # type: ignore[attr-defined, method-assign, unused-ignore]  # what all that is sent goes through
        return super().record(document, min_probability=min_probability)


def _half(line: Connection, data: bytes, *_: object) -> None:
    os.write(line.fileno(), bytes(data)[: len(data) // 2])
    Path(os.environ["ONRECORD_TEST_KILLED"]).touch()
    os.kill(os.getpid(), signal.SIGKILL)


def _quoted(one: Statement, text: str) -> Statement:
    is_direct = one.attribution.content[0].of(text).startswith("“")
    speaker = replace(one.speaker, key=slug(one.speaker.name or ""))
    return replace(one, speaker=speaker, quote_type=QuoteType.DIRECT if is_direct else one.quote_type)
