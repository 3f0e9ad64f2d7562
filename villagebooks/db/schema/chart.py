"""Tables of the chart: former names of accounts, since when they need a dimension, bank accounts, the unified chart."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, PrimaryKeyConstraint, Text, UniqueConstraint

from villagebooks.db.schema.table import num, table, txt

account_name = table(
    "account_name",
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    Column("code", Text, nullable=False),
    Column("until", Text, nullable=False),
    txt("name"),
    PrimaryKeyConstraint("book", "code", "until"),
    keyed=True,
)  # fmt: skip

account_need = table(
    "account_need",
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    Column("code", Text, nullable=False),
    Column("need", Text, nullable=False),
    txt("since"),
    PrimaryKeyConstraint("book", "code", "need"),
    keyed=True,
)  # fmt: skip

bank_account = table(
    "bank_account",
    Column("uid", Text, primary_key=True),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    txt("label"), txt("bank"), txt("account"), txt("closed_on"),
    Column("number_sealed", LargeBinary),
    Column("number_index", LargeBinary),
    UniqueConstraint("book", "label"),
    Index("bank_account_number", "number_index"),
)  # fmt: skip

chart_template = table(
    "chart_template",
    Column("uid", Text, primary_key=True),
    txt("standard"), num("version"), txt("made_at"), txt("made_by"), txt("words"),
    UniqueConstraint("standard", "version"),
)  # fmt: skip

chart_template_account = table(
    "chart_template_account",
    Column("template", Text, ForeignKey("chart_template.uid"), nullable=False),
    Column("code", Text, nullable=False),
    txt("name"), txt("side"), txt("needs"), txt("unit"),
    PrimaryKeyConstraint("template", "code"),
    keyed=True,
)  # fmt: skip
