"""The tables of what tells near-copies of documents: how each is found again, and which are copies of which."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, LargeBinary, PrimaryKeyConstraint, Table, UniqueConstraint

from onrecord.record.tables import metadata

signatures = Table(  # one a document; a document of before there were any has none until `onrecord link` makes it
    "signatures",
    metadata,
    Column("document_id", Integer, ForeignKey("documents.id"), primary_key=True),
    Column("words", Integer, nullable=False),
    Column("shingles", Integer, nullable=False),
    Column("signature", LargeBinary, nullable=False),  # empty where all words are compared at once
)

bands = Table(  # who shares one is looked at
    "bands",
    metadata,
    Column("band", BigInteger, nullable=False),
    Column("document_id", Integer, ForeignKey("documents.id"), nullable=False),
    PrimaryKeyConstraint("band", "document_id", name="bands_pkc"),
    Index("ix_bands_document_id", "document_id"),
    sqlite_with_rowid=False,
)

copies = Table(  # a document and an earlier one (by known_on, then by row) of which it is a copy; copies of copies are one story
    "copies",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run_id", Integer, ForeignKey("runs.id"), nullable=False, index=True),
    Column("document_id", Integer, ForeignKey("documents.id"), nullable=False),
    Column("of_id", Integer, ForeignKey("documents.id"), nullable=False, index=True),
    Column("share", Float, nullable=False),  # how many of the shingles of the shorter text the longer one has
    UniqueConstraint("document_id", "of_id"),
)
