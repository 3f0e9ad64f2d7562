"""What is said to the driver of PostgreSQL itself; loaded only where there is a server, since it takes a while."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg
from psycopg import sql
from psycopg.adapt import Buffer, Loader
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry


class _WholeNumber(Loader):
    """No column is NUMERIC: a numeric is a sum of BIGINT, which PostgreSQL widens and SQLite does not."""

    def load(self, data: Buffer) -> int:
        return int(bytes(data))


def read_whole_numbers(connection: psycopg.Connection, _entry: ConnectionPoolEntry) -> None:
    """Sums come as int; for every new connection."""
    connection.adapters.register_loader("numeric", _WholeNumber)


def copy_rows(connection: Connection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Rows of all columns into a table by COPY."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        raise TypeError(driver)
    statement = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:
        raise OperationalError(statement.as_string(driver), None, error) from error
