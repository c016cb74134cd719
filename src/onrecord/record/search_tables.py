"""The tables of saved searches: what somebody wants to be told of, up to where it was seen, and which of them have ended.

Rows are added, never changed: a search that was looked at has one more row in `looks`, one that was ended a row in `search_ends`.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table, Text

from onrecord.record.tables import INSTANT, KEY, metadata

searches = Table(
    "searches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", KEY, nullable=False, unique=True),  # at random: it names the search outside its ledger, too
    Column("run_id", Integer, ForeignKey("runs.id"), nullable=False, index=True),
    Column("made_at", INSTANT, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("name", String(200), nullable=False),  # one of those that have not ended, of one person
    Column("question", JSON, nullable=False),  # what is asked and all filters, by the names that `ask` has for them
)

looks = Table(  # up to where a search was seen: of two rows about one the later one holds; the first is made with it
    "looks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("search_id", Integer, ForeignKey("searches.id"), nullable=False, index=True),
    Column("run_id", Integer, ForeignKey("runs.id"), nullable=False, index=True),
    Column("made_at", INSTANT, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("reading", Integer, nullable=False),  # the last one that was there, and when it was made; it may be removed since
    Column("reading_at", INSTANT),
    Column("linking", Integer, nullable=False),
    Column("linking_at", INSTANT),
    Column("judgement", Integer, nullable=False),
    Column("on_the_way", JSON, nullable=False),  # [readings, linkings] before these that were numbered and not yet there
)

search_ends = Table(
    "search_ends",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("search_id", Integer, ForeignKey("searches.id"), nullable=False, unique=True),
    Column("run_id", Integer, ForeignKey("runs.id"), nullable=False, index=True),
    Column("made_at", INSTANT, nullable=False),
    Column("made_by", Text, nullable=False),
)
