"""Vouchers that drew round sums from the bank, and what left the till."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, text

from villagebooks.core.drawn import ROUND_FEN, Drawn
from villagebooks.db.check.query import expand

_DRAWN = (
    "SELECT v.uid, {voucher}, v.day, s.fen FROM (SELECT l.voucher AS id, SUM(l.debit_fen) AS fen FROM voucher_line l "
    "WHERE l.book = :book AND l.account >= '101' AND l.account < '102' AND l.debit_fen >= :round "
    "AND l.day >= :first AND l.day <= :last GROUP BY l.voucher) s JOIN voucher v ON v.id = s.id "
    "WHERE s.fen % :round = 0 AND v.kind = 'normal' AND v.state <> 'void' AND {own} "
    "AND (v.state = 'posted' OR :every = 1) "
    "AND NOT EXISTS (SELECT 1 FROM voucher_line l WHERE l.voucher = v.id "
    "AND NOT (l.account >= '101' AND l.account < '103')) "
    "AND NOT EXISTS (SELECT 1 FROM paper_voucher j WHERE j.voucher = v.uid) "
    "AND NOT EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.uid AND r.reverses <> '' "
    "AND r.state <> 'void' AND r.state = 'posted') "
    "ORDER BY v.day, v.number"
)
_PAID = text(
    "SELECT l.day, SUM(l.credit_fen) FROM voucher_line l JOIN voucher v ON v.id = l.voucher WHERE l.book = :book "
    "AND l.account >= '101' AND l.account < '102' AND l.credit_fen > 0 AND v.state = 'posted' AND l.day >= :first "
    "GROUP BY l.day"
)


def round_drawings(
    connection: Connection, book: int, first: str = "", last: str = "9999", *, every: bool = False
) -> list[Drawn]:
    """Made here, without a paper, not taken back; between two days (ISO); `every`: those not posted yet too."""
    values = {"book": book, "round": ROUND_FEN, "first": first, "last": last, "every": int(every)}
    rows = connection.execute(text(expand(_DRAWN)), values)
    return [Drawn(uid, title, date.fromisoformat(day), int(fen)) for uid, title, day, fen in rows]


def till_paid(connection: Connection, book: int, first: date) -> list[tuple[date, int]]:
    """What left the till by day from a day on, fen: paid, or brought back to the bank."""
    rows = connection.execute(_PAID, {"book": book, "first": first.isoformat()})
    return [(date.fromisoformat(day), int(fen)) for day, fen in rows]


def posted_until(connection: Connection, book: int) -> str:
    """Day (ISO) of the last posted voucher of a book, empty without one."""
    query = text("SELECT MAX(v.day) FROM voucher v WHERE v.book = :book AND v.state = 'posted'")
    return str(connection.execute(query, {"book": book}).scalar() or "")
