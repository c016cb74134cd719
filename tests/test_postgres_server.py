"""The PostgreSQL server of the tests: real, empty for every test, and with nothing left of a test before."""

from __future__ import annotations

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, func, inspect, select
from sqlalchemy.pool import NullPool

METADATA = MetaData()
SAID = Table("said", METADATA, Column("number", Integer, primary_key=True), Column("content", Text, nullable=False))


@pytest.mark.postgres
@pytest.mark.parametrize("content", ["Die Brücke wird gesperrt.", "L’État, c’est moi."])
def test_what_one_connection_commits_another_one_reads(postgres_url: str, content: str) -> None:
    engine = create_engine(postgres_url, poolclass=NullPool)
    assert inspect(engine).get_table_names() == []
    METADATA.create_all(engine)
    with engine.connect() as writer, engine.connect() as reader:
        writer.execute(SAID.insert().values(content=content))
        assert reader.scalar(select(func.count()).select_from(SAID)) == 0
        writer.commit()
        assert reader.execute(select(SAID.c.number, SAID.c.content)).all() == [(1, content)]


def test_a_ledger_has_an_address_in_both_databases(ledger_url: str) -> None:
    engine = create_engine(ledger_url, poolclass=NullPool)
    METADATA.create_all(engine)
    with engine.begin() as connection:
        connection.execute(SAID.insert().values(content="No comment."))
        assert connection.scalar(select(SAID.c.content)) == "No comment."
