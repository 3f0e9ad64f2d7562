"""The queries of the self-check are understood by PostgreSQL as they are by SQLite."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine

from tests.conftest import Postgres
from villagebooks.db import schema
from villagebooks.db.check import OFFICE_QUERIES, QUERIES, CheckQuery, broken


@pytest.fixture(scope="module")
def empty(postgres: Postgres) -> Iterator[Engine]:
    engine = create_engine(postgres.new_database("rules"))
    schema.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("query", [*QUERIES, *OFFICE_QUERIES], ids=lambda one: one.rule)
def test_a_query_is_understood_by_postgresql(empty: Engine, query: CheckQuery) -> None:
    with empty.connect() as connection:
        assert broken(connection, query, 1, "2026-11-22") == []
