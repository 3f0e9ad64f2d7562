"""Tables beside the vouchers: what was said of one, templates of the township, schedules and what they drafted."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, PrimaryKeyConstraint, Text

from villagebooks.db.schema.table import num, table, txt

voucher_remark = table(
    "voucher_remark",
    Column("voucher", Text, ForeignKey("voucher.uid"), nullable=False),
    Column("kind", Text, nullable=False),
    txt("words"), txt("person"), txt("at"),
    PrimaryKeyConstraint("voucher", "kind"),
    keyed=True,
)  # fmt: skip

template = table(
    "template",
    Column("uid", Text, primary_key=True),
    txt("name"), txt("standard"), txt("kind"), txt("note"), txt("made_by"), txt("state"),
)  # fmt: skip

template_line = table(
    "template_line",
    Column("template", Text, ForeignKey("template.uid"), nullable=False),
    num("line"), txt("summary"), txt("account"), txt("name"), txt("side"),
    txt("party"), txt("project"), txt("contract"), txt("bank"),
    PrimaryKeyConstraint("template", "line"),
    keyed=True,
)  # fmt: skip

schedule = table(
    "schedule",
    Column("uid", Text, primary_key=True),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    txt("name"), txt("kind"), txt("mode"), num("every", 1), num("day", 31), txt("first"), txt("last"), txt("stop"),
    num("attachment_count"), txt("use"), txt("added"), num("cost_fen"), num("residual_fen"), num("worn_fen"),
    txt("made_by"), txt("made_at"),
)  # fmt: skip

schedule_line = table(
    "schedule_line",
    Column("schedule", Text, ForeignKey("schedule.uid"), nullable=False),
    num("line"), txt("summary"), txt("account"), num("debit_fen"), num("credit_fen"),
    txt("party"), txt("project"), txt("contract"), txt("bank"),
    PrimaryKeyConstraint("schedule", "line"),
    keyed=True,
)  # fmt: skip

schedule_draft = table(
    "schedule_draft",
    Column("schedule", Text, ForeignKey("schedule.uid"), nullable=False),
    Column("month", Text, nullable=False),
    Column("voucher", Text, ForeignKey("voucher.uid"), nullable=False),
    PrimaryKeyConstraint("schedule", "month", "voucher"),
    keyed=True,
)
