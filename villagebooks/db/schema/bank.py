"""Tables of the cashier's desk: bank statements, what was matched, reconciliations, cash counts, hand-overs."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Text

from villagebooks.db.schema.table import num, partial_index, table, txt

bank_statement = table(
    "bank_statement",
    Column("uid", Text, primary_key=True),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    txt("account"), txt("kind"), txt("name"), txt("sha256"), txt("first_day"), txt("until"), num("opening_fen"),
    num("closing_fen"), txt("state"), txt("imported_by"), txt("imported_at"),
)  # fmt: skip
partial_index("bank_statement_once", bank_statement.c.sha256, where="state = 'kept' AND sha256 != ''", unique=True)

bank_line = table(
    "bank_line",
    Column("statement", Text, ForeignKey("bank_statement.uid"), nullable=False),
    num("position"), txt("side"), txt("day"), txt("summary"), txt("counterparty"), txt("number"), num("amount_fen"),
    num("balance_fen"),
    PrimaryKeyConstraint("statement", "position"),
    keyed=True,
)  # fmt: skip

bank_match = table(
    "bank_match",
    Column("uid", Text, primary_key=True),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    txt("account"), txt("kind"), txt("how"), txt("confidence"), txt("words"), txt("state"), txt("made_by"),
    txt("made_at"),
)  # fmt: skip

bank_match_item = table(
    "bank_match_item",
    txt("side"), txt("object"), num("position"),
    Column("match_uid", Text, ForeignKey("bank_match.uid"), nullable=False),
    txt("day"), num("amount_fen"),
    PrimaryKeyConstraint("side", "object", "position"),
    Index("bank_match_item_of", "match_uid"),
    keyed=True,
)  # fmt: skip

reconciliation = table(
    "reconciliation",
    Column("uid", Text, primary_key=True),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    txt("account"), num("year"), num("month"), txt("until"), num("book_fen"), num("bank_fen"), num("adjusted_fen"),
    txt("state"), txt("prepared_by"), txt("confirmed_by"), txt("confirmed_at"), txt("digest"),
)  # fmt: skip
partial_index("reconciliation_once", reconciliation.c.book, reconciliation.c.account, reconciliation.c.year,
              reconciliation.c.month, where="state = 'confirmed'", unique=True)  # fmt: skip

cash_count = table(
    "cash_count",
    Column("uid", Text, primary_key=True),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    txt("account"), num("year"), num("month"), txt("day"), txt("pieces"), num("counted_fen"), num("book_fen"),
    num("unbooked_in_fen"), num("unbooked_out_fen"), txt("holder"), txt("counted_by"), txt("watched_by"),
    txt("reason"), txt("at"), txt("digest"),
)  # fmt: skip

hand_over = table(
    "hand_over",
    Column("uid", Text, primary_key=True),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    txt("day"), txt("giver"), txt("receiver"), txt("watcher"), txt("remark"), txt("recorded_by"), txt("recorded_at"),
)  # fmt: skip

hand_over_item = table(
    "hand_over_item",
    Column("hand_over", Text, ForeignKey("hand_over.uid"), nullable=False),
    num("position"), txt("kind"), txt("words"), txt("number"), num("count"), num("book_fen"), num("found_fen"),
    txt("settled_on"),
    PrimaryKeyConstraint("hand_over", "position"),
    keyed=True,
)  # fmt: skip
