"""Approval slips (审批单) that were printed: which code stands on the slip of which revision of a voucher."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Text, UniqueConstraint

from villagebooks.db.schema.table import num, table, txt

slip = table(
    "slip",
    Column("code", Text, primary_key=True),
    Column("voucher", Text, ForeignKey("voucher.uid"), nullable=False),
    num("rev"), txt("made_by"), txt("made_at"),
    UniqueConstraint("voucher", "rev"),
)  # fmt: skip
