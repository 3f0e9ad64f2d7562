"""The queries of the self-check are understood by PostgreSQL as they are by SQLite."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Column, Engine, Integer, MetaData, Table, Text, create_engine, insert, select, update

from tests.conftest import Postgres
from villagebooks.db import digest, guard, schema
from villagebooks.db.check import OFFICE_QUERIES, QUERIES, CheckQuery, broken
from villagebooks.db.schema.table import txt


@pytest.fixture(scope="module")
def empty(postgres: Postgres) -> Iterator[Engine]:
    engine = create_engine(postgres.new_database("rules"))
    schema.metadata.create_all(engine)
    yield engine
    engine.dispose()


def test_no_two_guards_have_one_name() -> None:
    names = [one.name for one in guard.GUARDS]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("query", [*QUERIES, *OFFICE_QUERIES], ids=lambda one: one.rule)
def test_a_query_is_understood_by_postgresql(empty: Engine, query: CheckQuery) -> None:
    with empty.connect() as connection:
        assert broken(connection, query, 1, "2026-11-22") == []


def test_a_column_that_came_later_changes_no_digest_until_it_says_something() -> None:
    engine = create_engine("sqlite://")
    before = Table("thing", MetaData(), Column("key", Text), Column("value", Integer))
    after = Table("thing", MetaData(), Column("key", Text), txt("unit", later=True), Column("value", Integer))
    with engine.begin() as connection:
        after.create(connection)
        connection.execute(insert(after).values(key="a", value=1))
        old = digest._plain(before, connection.execute(select(before)).one())
        assert digest._plain(after, connection.execute(select(after)).one()) == old == ["a", 1]
        connection.execute(update(after).values(unit="亩"))
        assert digest._plain(after, connection.execute(select(after)).one()) == ["a", 1, {"unit": "亩"}]
