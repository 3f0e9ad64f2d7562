"""Money that left without the village's signatures: vouchers without a paper, and what the bank took by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Text, bindparam, text

from villagebooks.core.bare import BarePayment
from villagebooks.core.period import Month
from villagebooks.db.check.query import expand

_PAID = (
    "SELECT v.uid, {voucher}, v.day, s.fen - {taken_back}, {covered}, "
    "COALESCE((SELECT MAX(y.party) FROM voucher_line y WHERE y.voucher = v.id), ''), "
    "COALESCE((SELECT MIN(y.account) FROM voucher_line y WHERE y.voucher = v.id AND y.debit_fen > 0 "
    "AND NOT (y.account >= '101' AND y.account < '103')), '') FROM (SELECT l.voucher AS id, "
    "SUM(l.credit_fen - l.debit_fen) AS fen FROM voucher_line l WHERE l.book = :book AND l.account >= '101' "
    "AND l.account < '103' {within} GROUP BY l.voucher HAVING SUM(l.credit_fen - l.debit_fen) > :least) s "
    "JOIN voucher v ON v.id = s.id WHERE v.state {state} AND v.kind IN ('normal', 'prior_year') AND {own} "
    "AND s.fen - {taken_back} - {covered} > :least "
    "AND NOT EXISTS (SELECT 1 FROM merger g WHERE g.voucher_out = v.uid) "
    "AND NOT {put_right} ORDER BY v.year, v.month, v.word, v.number"
)
_TAKEN_BACK = (
    "COALESCE((SELECT SUM(m.debit_fen - m.credit_fen) FROM voucher o JOIN voucher_line m ON m.voucher = o.id "
    "WHERE o.uid = v.corrects AND o.kind = 'reversal' AND m.account >= '101' AND m.account < '103'), 0)"
)
"""What the red voucher that a blue one follows brought back: only what the blue one pays beyond it is new."""
_COVERED = (
    "COALESCE((SELECT SUM(p.amount_fen) FROM paper_voucher j JOIN paper p ON p.uid = j.paper "
    "WHERE j.voucher = OF.uid AND p.direction <> '收入'), 0)"
)
"""What the papers of spending say that a voucher was made of: one small paper covers no large payment."""
_OVER_AGAIN = (
    "COALESCE((SELECT SUM(n.credit_fen - n.debit_fen) FROM voucher_line n WHERE n.voucher = b.id "
    "AND n.account >= '101' AND n.account < '103'), 0)"
)
_PUT_RIGHT = (
    "EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.uid AND r.reverses <> '' AND r.state <> 'void' "
    "AND r.state = 'posted' "
    "AND NOT EXISTS (SELECT 1 FROM voucher b WHERE b.corrects = r.uid AND b.corrects <> '' AND b.state = 'posted' "
    "AND (NOT EXISTS (SELECT 1 FROM paper_voucher j WHERE j.voucher = b.uid) "
    "OR {over_again} - {covered_again} > :limit) "
    "AND NOT EXISTS (SELECT 1 FROM voucher t WHERE t.reverses = b.uid AND t.reverses <> '' AND t.state <> 'void' "
    "AND t.state = 'posted')))"
)
"""Taken back, and not done over without a paper, or with too small a one, again: the blue one of that would hide
behind the red one. The index of what is reversed leaves out the void."""
_COVERED_BY = text("SELECT SUM(amount_fen) FROM paper WHERE direction <> '收入' AND uid IN :papers").bindparams(
    bindparam("papers", type_=Text, expanding=True)
)
_TAKEN = text(
    "SELECT p.uid, p.number, p.day, p.payee, p.amount_fen, p.rev FROM paper p "
    "WHERE p.book = :book AND p.policy = :policy AND p.direction = '支出' AND p.state <> 'sent_back' "
    "AND p.paid_how IN :ways AND substr(p.day, 1, 7) >= :first AND substr(p.day, 1, 7) <= :last "
    "ORDER BY p.year, p.number"
).bindparams(bindparam("ways", type_=Text, expanding=True))


@dataclass(frozen=True, slots=True)
class TakenPaper:
    """A paper of what was taken without anybody's approval, fen."""

    uid: str
    number: int
    day: date
    payee: str
    amount_fen: int
    rev: int


def bare_payments(connection: Connection, book: int, limit_fen: int, month: Month | None = None) -> list[BarePayment]:
    """Posted vouchers made here that pay more than the limit out of cash and bank beyond their papers, of a month or
    of all."""
    days = (month.first_day, month.last_day) if month else None
    return _payments(connection, book, limit_fen, limit_fen, days, posted=True)


def small_payments(
    connection: Connection, book: int, limit_fen: int, days: tuple[date, date] | None, *, posted: bool = True
) -> list[BarePayment]:
    """The same of every amount, between two days or of all; those that are not posted yet too."""
    return _payments(connection, book, 0, limit_fen, days, posted=posted)


def _payments(
    connection: Connection, book: int, least: int, limit: int, days: tuple[date, date] | None, *, posted: bool
) -> list[BarePayment]:
    texts = {
        "{put_right}": _PUT_RIGHT, "{over_again}": _OVER_AGAIN, "{covered_again}": _COVERED.replace("OF", "b"),
        "{taken_back}": _TAKEN_BACK, "{covered}": _COVERED.replace("OF", "v"),
        "{within}": "AND l.day >= :first AND l.day <= :last" if days else "",
        "{state}": "= 'posted'" if posted else "<> 'void'",
    }  # fmt: skip
    sql = _PAID
    for name, words in texts.items():
        sql = sql.replace(name, words)
    values: dict[str, object] = {"book": book, "least": least, "limit": limit}
    if days:
        values |= {"first": days[0].isoformat(), "last": days[1].isoformat()}
    return [
        BarePayment(uid, name, date.fromisoformat(day), int(fen), int(covered), payee, account)
        for uid, name, day, fen, covered, payee, account in connection.execute(text(expand(sql)), values)
    ]


def covered_fen(connection: Connection, papers: Sequence[str]) -> int:
    """What papers of spending say together, fen."""
    found = connection.execute(_COVERED_BY, {"papers": list(papers)}).scalar() if papers else 0
    return int(found or 0)


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
        TakenPaper(uid, number, date.fromisoformat(day), payee, fen, rev)
        for uid, number, day, payee, fen, rev in connection.execute(_TAKEN, values)
    ]
