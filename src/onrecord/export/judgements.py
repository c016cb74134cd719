"""What people decided, as JSON values."""

from __future__ import annotations

from dataclasses import asdict

from onrecord.find.judgements import Decision


def decision_json(one: Decision) -> dict[str, object]:
    """A judgement as JSON values."""
    row = one.row
    same = ("id", "kind", "made_by", "made_at", "note", "document_key", "statement_key", "speaker_key", "changes")
    other = {"to": None if one.other is None else asdict(one.other)}
    return {**{name: row[name] for name in same}, "state": one.state, **asdict(one.about), **other}
