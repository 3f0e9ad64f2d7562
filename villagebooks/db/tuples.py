"""Rows as the driver gives them: for reads that a person waits for, and for very many rows.

SQLAlchemy compiles, binds and wraps for each execution what takes longer than to find a voucher; it stays for writing
(but for the journal, which every act writes) and for every query that is put together.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
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
    return _driver(connection).execute(sql, values).fetchall()


def fetch_among(
    connection: Connection, sql: str, among: Sequence[object], values: Mapping[str, object]
) -> list[tuple[Any, ...]]:
    """All rows of SQL that is always the same but for `{among}`, in whose place the names of these values come.

    The last one is repeated up to 1, 2, 4, 8… names: a statement of each length would be kept for itself.
    """
    padded = list(among)
    if padded:
        padded += padded[-1:] * ((1 << (len(padded) - 1).bit_length()) - len(padded))
    named = {f"among{place}": one for place, one in enumerate(padded)}
    sql = sql.replace("{among}", ", ".join(f":{name}" for name in named) or "NULL")
    return fetch_plain(connection, sql, {**named, **values})


def write_plain(connection: Connection, sql: str, values: Mapping[str, object]) -> None:
    """Run SQL that writes and is always the same, in the connection's transaction; in a file without any detour."""
    if connection.dialect.name == "sqlite":
        _driver(connection).execute(sql, values)
    else:
        connection.execute(_statement(sql), values)


def _driver(connection: Connection) -> sqlite3.Connection:
    if not connection.in_transaction():
        connection.begin()  # one view for all that is read; it ends with the connection's use
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError(driver)
    return driver


@cache
def _statement(sql: str) -> TextClause:
    return text(sql)
