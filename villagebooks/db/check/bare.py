"""Money that left without the village's signatures: vouchers without a paper, and what the bank took by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Text, bindparam, text

from villagebooks.core.period import Month
from villagebooks.db.check.query import expand

_PAID = (
    "SELECT v.uid, {voucher}, s.fen - {taken_back} FROM (SELECT l.voucher AS id, "
    "SUM(l.credit_fen - l.debit_fen) AS fen FROM voucher_line l WHERE l.book = :book AND l.account >= '101' "
    "AND l.account < '103' {within} GROUP BY l.voucher HAVING SUM(l.credit_fen - l.debit_fen) > :limit) s "
    "JOIN voucher v ON v.id = s.id WHERE v.state = 'posted' AND v.kind IN ('normal', 'prior_year') AND {own} "
    "AND s.fen - {taken_back} > :limit "
    "AND NOT EXISTS (SELECT 1 FROM paper_voucher j WHERE j.voucher = v.uid) "
    "AND NOT EXISTS (SELECT 1 FROM merger g WHERE g.voucher_out = v.uid) "
    "AND NOT {put_right} ORDER BY v.year, v.month, v.word, v.number"
)
_TAKEN_BACK = (
    "COALESCE((SELECT SUM(m.debit_fen - m.credit_fen) FROM voucher o JOIN voucher_line m ON m.voucher = o.id "
    "WHERE o.uid = v.corrects AND o.kind = 'reversal' AND m.account >= '101' AND m.account < '103'), 0)"
)
"""What the red voucher that a blue one follows brought back: only what the blue one pays beyond it is new."""
_PUT_RIGHT = (
    "EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.uid AND r.reverses <> '' AND r.state <> 'void' "
    "AND r.state = 'posted' "
    "AND NOT EXISTS (SELECT 1 FROM voucher b WHERE b.corrects = r.uid AND b.corrects <> '' AND b.state = 'posted' "
    "AND NOT EXISTS (SELECT 1 FROM paper_voucher j WHERE j.voucher = b.uid) "
    "AND NOT EXISTS (SELECT 1 FROM voucher t WHERE t.reverses = b.uid AND t.reverses <> '' AND t.state <> 'void' "
    "AND t.state = 'posted')))"
)
"""Taken back, and not done over without a paper again: the blue one of that would hide behind the red one. The
index of what is reversed leaves out the void."""
_TAKEN = text(
    "SELECT p.uid, p.number, p.day, p.payee, p.amount_fen FROM paper p WHERE p.book = :book AND p.policy = :policy "
    "AND p.direction = '支出' AND p.state <> 'sent_back' AND p.paid_how IN :ways AND substr(p.day, 1, 7) >= :first "
    "AND substr(p.day, 1, 7) <= :last ORDER BY p.year, p.number"
).bindparams(bindparam("ways", type_=Text, expanding=True))


@dataclass(frozen=True, slots=True)
class TakenPaper:
    """A paper of what was taken without anybody's approval, fen."""

    uid: str
    number: int
    day: date
    payee: str
    amount_fen: int


def bare_payments(
    connection: Connection, book: int, limit_fen: int, month: Month | None = None
) -> list[tuple[str, str, int]]:
    """(uid, name, fen) of posted vouchers made here that pay more than the limit out of cash and bank without a paper,
    of a month or of all."""
    within = "AND l.day >= :first AND l.day <= :last" if month else ""
    sql = expand(
        _PAID.replace("{taken_back}", _TAKEN_BACK).replace("{put_right}", _PUT_RIGHT).replace("{within}", within)
    )
    values: dict[str, object] = {"book": book, "limit": limit_fen}
    if month:
        values |= {"first": month.first_day.isoformat(), "last": month.last_day.isoformat()}
    return [(str(uid), str(name), int(fen)) for uid, name, fen in connection.execute(text(sql), values)]


def taken_back_fen(connection: Connection, book: int, reversal: str) -> int:
    """What a red voucher brought back into cash and bank, fen; 0 when there is none."""
    sql = (
        "SELECT COALESCE(SUM(m.debit_fen - m.credit_fen), 0) FROM voucher o JOIN voucher_line m ON m.voucher = o.id "
        "WHERE o.book = :book AND o.uid = :uid AND o.kind = 'reversal' AND m.account >= '101' AND m.account < '103'"
    )
    return int(connection.execute(text(sql), {"book": book, "uid": reversal}).scalar() or 0)


def taken_papers(
    connection: Connection, book: int, policy: str, ways: Sequence[str], month: Month | None = None
) -> list[TakenPaper]:
    """Papers under a policy that were paid in one of these ways, of a month or of all."""
    if not ways:
        return []
    first, last = (str(month), str(month)) if month else ("", "9999-99")
    values = {"book": book, "policy": policy, "ways": list(ways), "first": first, "last": last}
    return [
        TakenPaper(uid, number, date.fromisoformat(day), payee, fen)
        for uid, number, day, payee, fen in connection.execute(_TAKEN, values)
    ]
