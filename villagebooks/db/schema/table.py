"""How tables are declared: one metadata, STRICT tables, columns that are never null."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text, text
from sqlalchemy.schema import SchemaItem

metadata = MetaData()

big = BigInteger().with_variant(Integer(), "sqlite")


LATER = "later"
"""Marks, in `Column.info`, a column that came to its table after rows were journalled (see `db/digest.py`)."""


def txt(name: str, *, later: bool = False) -> Column[str]:
    """A text that is empty unless given."""
    return Column(name, Text, nullable=False, server_default="", info={LATER: ""} if later else {})


def num(name: str, default: int = 0, *, later: bool = False) -> Column[int]:
    """A number of 64 bits, `default` unless given."""
    return Column(name, big, nullable=False, server_default=str(default), info={LATER: default} if later else {})


def table(name: str, *parts: SchemaItem, keyed: bool = False) -> Table:
    """A STRICT table; `keyed` ones are stored in the order of their primary key."""
    return Table(name, metadata, *parts, sqlite_strict=True, sqlite_with_rowid=not keyed)


def partial_index(name: str, *columns: Column[Any], where: str, unique: bool = False) -> Index:
    """An index over the rows of a condition.

    The migrations make it on PostgreSQL too; naming its dialect here would load that whole dialect at every start.
    """
    return Index(name, *columns, unique=unique, sqlite_where=text(where))
