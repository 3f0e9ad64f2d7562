"""Tables of what was agreed beforehand: the year's budget with its changes, agreements with the centre."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Text

from villagebooks.db.schema.table import num, table, txt

budget = table(
    "budget",
    Column("uid", Text, primary_key=True),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    num("year"), num("turn"), txt("kind"), txt("day"), txt("basis"), txt("reason"),
    Index("budget_turn", "book", "year", "turn", unique=True),
)  # fmt: skip

budget_line = table(
    "budget_line",
    Column("budget", Text, ForeignKey("budget.uid"), nullable=False),
    Column("account", Text, nullable=False),
    num("amount_fen"),
    PrimaryKeyConstraint("budget", "account"),
    keyed=True,
)

agreement = table(
    "agreement",
    Column("uid", Text, primary_key=True),
    Column("village", Text, ForeignKey("village.code"), nullable=False),
    Column("number", Text, nullable=False, unique=True),
    txt("signed_on"), txt("since"), txt("until"), txt("vote"), txt("for_village"), txt("for_centre"), txt("archive"),
    txt("ended_on"), txt("reason"),
)  # fmt: skip
