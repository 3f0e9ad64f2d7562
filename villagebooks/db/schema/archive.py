"""Tables of the archive: which volumes were lent to whom."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, PrimaryKeyConstraint, Text

from villagebooks.db.schema.table import num, partial_index, table, txt

archive_loan = table(
    "archive_loan",
    Column("uid", Text, primary_key=True),
    txt("borrower"), txt("unit"), txt("purpose"), txt("approved_by"), txt("out_on"), txt("due_on"), txt("lent_by"),
    txt("returned_on"), txt("condition"), txt("received_by"),
)  # fmt: skip
partial_index("archive_loan_out", archive_loan.c.due_on, where="returned_on = ''")

archive_volume = table(
    "archive_volume",
    Column("loan", Text, ForeignKey("archive_loan.uid"), nullable=False),
    num("position"),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    txt("kind"), num("year"), num("month"), num("number"),
    PrimaryKeyConstraint("loan", "position"),
    keyed=True,
)  # fmt: skip
