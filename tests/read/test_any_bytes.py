"""Whatever the bytes are, reading ends, and each document is read or rejected with a known code."""

from __future__ import annotations

import io
import json
import sys
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.data import Document
from onrecord.errors import CODES
from onrecord.read import documents
from onrecord.settings import ReadOptions

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()), lambda inner: st.lists(inner, max_size=3)
)
KEYS = st.sampled_from(["text", "name", "creation_time", "publisher", "title", "url", "other"])
LINES = st.lists(st.dictionaries(KEYS, VALUES).map(lambda value: json.dumps(value).encode()) | st.binary(max_size=40))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary() | LINES.map(b"\n".join))
def test_any_bytes_are_read_or_rejected(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    found = list(documents(["-"], ReadOptions(longest_document=100)))
    assert found
    for one in found:
        if isinstance(one, Document):
            assert len(one.text) <= 100
            assert one.text.strip()
        else:
            assert one.code in CODES
            assert one.message
