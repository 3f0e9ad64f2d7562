"""Tables of the inbox: the township's own reasons, what was sent back for which, and the whistles."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, PrimaryKeyConstraint, Text

from villagebooks.db.schema.road import approval, paper
from villagebooks.db.schema.table import num, partial_index, table, txt

PAPER_WAITING = "state IN ('written', 'signed', 'submitted', 'accepted')"
"""The condition of the index of papers under way: a query says it in the same words."""
partial_index("paper_waiting", paper.c.book, where=PAPER_WAITING)

partial_index("approval_void", approval.c.object_uid, where="decision = 'void'")

reason = table(
    "reason",
    Column("code", Integer, primary_key=True),
    txt("words"), txt("added_by"), txt("at"), txt("stopped_on"),
)  # fmt: skip

send_back = table(
    "send_back",
    Column("object_uid", Text, nullable=False),
    num("rev"),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    txt("about"), num("reason"), txt("by"), txt("at"),
    PrimaryKeyConstraint("object_uid", "rev"),
    keyed=True,
)  # fmt: skip

whistle = table(
    "whistle",
    Column("uid", Text, primary_key=True),
    txt("village"), txt("about"), txt("matter"), txt("from_level"), txt("from_name"), txt("to_level"), txt("to_name"),
    num("within"), txt("due"), txt("raised_by"), txt("raised_at"),
    txt("answer"), txt("answerer"), txt("answered_by"), txt("answered_at"),
)  # fmt: skip
partial_index("whistle_open", whistle.c.due, where="answered_at = ''")
