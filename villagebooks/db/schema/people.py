"""Tables of people beside their posts: near relatives, why keys were revoked, hand-overs of posts."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Text

from villagebooks.db.schema.table import num, table, txt

relative = table(
    "relative",
    Column("uid", Text, primary_key=True),
    txt("village"), txt("officer"), txt("name"), txt("kinship"), num("unit"), txt("since"), txt("ended_on"),
    txt("reason"), txt("recorded_by"), txt("recorded_at"),
    Index("relative_name", "name"),
)  # fmt: skip

revocation = table(
    "revocation",
    num("at"),
    Column("name", Text, nullable=False),
    txt("reason"), txt("day"), txt("made_by"),
    PrimaryKeyConstraint("at", "name"),
    keyed=True,
)  # fmt: skip

post_change = table(
    "post_change",
    Column("uid", Text, primary_key=True),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    txt("village"), txt("duty"), txt("old"), txt("new"), txt("day"), txt("giver"), txt("receiver"), txt("watcher"),
    txt("remark"), txt("state"), txt("recorded_by"), txt("recorded_at"), txt("done_at"),
)  # fmt: skip

post_item = table(
    "post_item",
    Column("post_change", Text, ForeignKey("post_change.uid"), nullable=False),
    num("position"), txt("book"), txt("kind"), txt("words"), txt("number"), num("count"), num("book_fen"),
    num("found_fen"), txt("settled_on"),
    PrimaryKeyConstraint("post_change", "position"),
    keyed=True,
)  # fmt: skip
