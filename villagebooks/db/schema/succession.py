"""Tables of what follows what: dated names, a book moved to the new standard, a village merged into another."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Text, UniqueConstraint

from villagebooks.db.schema.table import num, table, txt

name_term = table(
    "name_term",
    Column("uid", Text, primary_key=True),
    txt("about"), txt("key"), txt("since"), txt("name"), txt("code"), txt("basis"),
    UniqueConstraint("about", "key", "since"),
)  # fmt: skip

migration = table(
    "migration",
    Column("uid", Text, primary_key=True),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    num("year"), txt("state"), txt("code"), txt("name"), txt("template"), txt("made_by"), txt("made_at"),
    txt("finished_at"), txt("new_book"), txt("opening"),
    Index("migration_of", "book"),
)  # fmt: skip

migration_account = table(
    "migration_account",
    Column("migration", Text, ForeignKey("migration.uid"), nullable=False),
    Column("code", Text, nullable=False),
    txt("name"), txt("side"), txt("needs"), txt("unit"),
    PrimaryKeyConstraint("migration", "code"),
    keyed=True,
)  # fmt: skip

migration_line = table(
    "migration_line",
    Column("migration", Text, ForeignKey("migration.uid"), nullable=False),
    num("line"), txt("account"), txt("party"), txt("project"), txt("contract"), txt("bank"), num("balance_fen"),
    num("quantity"),
    PrimaryKeyConstraint("migration", "line"),
    keyed=True,
)  # fmt: skip

migration_decision = table(
    "migration_decision",
    Column("uid", Text, primary_key=True),
    Column("migration", Text, ForeignKey("migration.uid"), nullable=False),
    num("line"), num("seq"), txt("at"), txt("person"), txt("reason"),
    UniqueConstraint("migration", "line", "seq"),
)  # fmt: skip

migration_part = table(
    "migration_part",
    Column("decision", Text, ForeignKey("migration_decision.uid"), nullable=False),
    num("part"), txt("account"), num("amount_fen"), num("quantity"),
    PrimaryKeyConstraint("decision", "part"),
    keyed=True,
)  # fmt: skip

merger = table(
    "merger",
    Column("uid", Text, primary_key=True),
    Column("source", Integer, ForeignKey("book.id"), nullable=False),
    Column("target", Integer, ForeignKey("book.id"), nullable=False),
    txt("day"), txt("former"), txt("basis"), txt("state"), txt("voucher_out"), txt("voucher_in"),
    txt("made_by"), txt("made_at"), txt("finished_at"),
    Index("merger_of", "source"),
)  # fmt: skip
