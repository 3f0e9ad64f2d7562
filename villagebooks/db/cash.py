"""Cash counts: written once, never changed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, insert, select

from villagebooks.core.cash import CashCount, pieces_text, read_pieces
from villagebooks.core.period import Month
from villagebooks.db import schema

_count = schema.cash_count.c


def add_count(connection: Connection, book: int, one: CashCount, digest: str) -> None:
    """A signed count; `digest` is that of the signed body."""
    connection.execute(
        insert(schema.cash_count).values(
            uid=one.uid, book=book, account=one.account, year=one.month.year, month=one.month.month,
            day=one.day.isoformat(), pieces=pieces_text(one.pieces), counted_fen=one.counted_fen,
            book_fen=one.book_fen, unbooked_in_fen=one.unbooked_in_fen, unbooked_out_fen=one.unbooked_out_fen,
            holder=one.holder, counted_by=one.counted_by, watched_by=one.watched_by, reason=one.reason, at=one.at,
            digest=digest,
        )
    )  # fmt: skip


def counts(connection: Connection, book: int, month: Month | None = None) -> list[tuple[CashCount, str]]:
    """Counts of a month, or all, in the order they were made, each with the digest of what was signed."""
    query = select(schema.cash_count).where(_count.book == book)
    if month:
        query = query.where(_count.year == month.year, _count.month == month.month)
    return [
        (
            CashCount(
                row.uid, row.account, Month(row.year, row.month), date.fromisoformat(row.day), read_pieces(row.pieces),
                row.counted_fen, row.book_fen, row.unbooked_in_fen, row.unbooked_out_fen, row.holder, row.counted_by,
                row.watched_by, row.reason, row.at,
            ),
            row.digest,
        )
        for row in connection.execute(query.order_by(_count.account, _count.at, _count.uid))
    ]  # fmt: skip
