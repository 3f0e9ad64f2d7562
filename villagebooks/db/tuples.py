"""Rows as the driver gives them: for reads of very many rows, where a record of SQLAlchemy for each costs as much."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, TextClause


def fetch_tuples(connection: Connection, query: TextClause, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
    """All rows of a query whose columns need no conversion."""
    with connection.execute(query, values) as result:
        return list(result.cursor.fetchall()) if result.cursor else []
