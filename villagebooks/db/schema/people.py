"""Tables of people beside their posts: near relatives of officers."""

from __future__ import annotations

from sqlalchemy import Column, Index, Text

from villagebooks.db.schema.table import num, table, txt

relative = table(
    "relative",
    Column("uid", Text, primary_key=True),
    txt("village"), txt("officer"), txt("name"), txt("kinship"), num("unit"), txt("since"), txt("ended_on"),
    txt("reason"), txt("recorded_by"), txt("recorded_at"),
    Index("relative_name", "name"),
)  # fmt: skip
