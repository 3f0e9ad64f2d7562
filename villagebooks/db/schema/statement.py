"""Tables of statements: layouts of the township's own and their lines, the accountant's texts of a year's notes."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, PrimaryKeyConstraint, Text, UniqueConstraint

from villagebooks.db.schema.table import num, table, txt

statement_layout = table(
    "statement_layout",
    Column("uid", Text, primary_key=True),
    txt("report"), txt("standard"), num("version"), txt("title"), txt("form"), txt("state"), txt("since"),
    num("turn"), num("official"),
    UniqueConstraint("report", "standard", "version"),
)  # fmt: skip

statement_line = table(
    "statement_line",
    Column("layout", Text, ForeignKey("statement_layout.uid"), nullable=False),
    num("position"), txt("line_no"), txt("label"), txt("formula"), txt("show"),
    PrimaryKeyConstraint("layout", "position"),
    keyed=True,
)  # fmt: skip

note_text = table(
    "note_text",
    Column("uid", Text, primary_key=True),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    num("year"), txt("topic"), txt("text"),
    UniqueConstraint("book", "year", "topic"),
)  # fmt: skip
