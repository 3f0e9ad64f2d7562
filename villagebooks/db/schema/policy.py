"""Tables of approval: the policies that were put in force, one after another."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, Text

from villagebooks.db.schema.table import table, txt

policy = table(
    "policy",
    Column("version", Integer, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("body", LargeBinary, nullable=False),
    txt("put_by"), txt("at"),
)  # fmt: skip
