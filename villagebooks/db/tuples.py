"""Rows as the driver gives them: for reads that a person waits for, and for very many rows.

SQLAlchemy compiles, binds and wraps for each execution what takes longer than to find a voucher; it stays for writing
and for every query that is put together.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, TextClause, text


def fetch_tuples(connection: Connection, query: TextClause, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
    """All rows of a query whose columns need no conversion."""
    with connection.execute(query, values) as result:
        return list(result.cursor.fetchall()) if result.cursor else []


def fetch_plain(connection: Connection, sql: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
    """All rows of SQL that is always the same, with `:name` for each value; in a file without any detour."""
    if connection.dialect.name != "sqlite":
        return fetch_tuples(connection, _statement(sql), values)
    if not connection.in_transaction():
        connection.begin()  # one view for all that is read; it ends with the connection's use
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError(driver)
    return driver.execute(sql, values).fetchall()


@cache
def _statement(sql: str) -> TextClause:
    return text(sql)
