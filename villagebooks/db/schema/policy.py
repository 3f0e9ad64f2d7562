"""Tables of approval: the policies that were put in force, one after another, and notes that a paper needs by one."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Text

from villagebooks.db.schema.table import num, table, txt

policy = table(
    "policy",
    Column("version", Integer, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("body", LargeBinary, nullable=False),
    txt("put_by"), txt("at"),
)  # fmt: skip

paper_note = table(
    "paper_note",
    Column("uid", Text, primary_key=True),
    Column("paper", Text, ForeignKey("paper.uid"), nullable=False),
    num("rev"), txt("kind"), txt("words"), txt("person"), txt("at"),
    Index("paper_note_of", "paper", "rev"),
)  # fmt: skip
