"""Vouchers whose cash and bank move another amount than their papers say."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Text, bindparam, text

from villagebooks.core.paper_gap import OWED, PaperGap
from villagebooks.core.period import Month
from villagebooks.db.check.query import expand

_FROM = (
    "FROM voucher v JOIN (SELECT j.voucher, "
    "SUM(CASE p.direction WHEN '收入' THEN p.amount_fen WHEN '支出' THEN -p.amount_fen ELSE 0 END) AS fen "
    "FROM paper p JOIN paper_voucher j ON j.paper = p.uid WHERE p.book = :book GROUP BY j.voucher) AS said "
    "ON said.voucher = v.uid JOIN (SELECT l.voucher, SUM(l.debit_fen - l.credit_fen) AS fen FROM voucher_line l "
    "WHERE l.book = :book AND l.account >= '101' AND l.account < '103' {within}GROUP BY l.voucher) AS moved "
    "ON moved.voucher = v.id WHERE v.book = :book AND v.state = 'posted' AND said.fen <> moved.fen "
    "AND NOT (said.fen < moved.fen AND moved.fen < 0 AND moved.fen - said.fen = (SELECT "
    "COALESCE(SUM(o.credit_fen - o.debit_fen), 0) FROM voucher_line o WHERE o.voucher = v.id AND ({owed})) "
    "AND NOT EXISTS (SELECT 1 FROM voucher_line o WHERE o.voucher = v.id AND o.credit_fen > o.debit_fen "
    "AND NOT (o.account >= '101' AND o.account < '103') AND NOT ({owed})))"
).replace("{owed}", " OR ".join(f"substr(o.account, 1, {len(code)}) = '{code}'" for code in OWED))
GAP_FROM = _FROM.replace("{within}", "")
"""The posted vouchers of a book that differ (`PaperGap.differs`): `said` is what the papers say, `moved` what the lines
do."""
_SAID_BY = text(
    "SELECT SUM(CASE p.direction WHEN '收入' THEN p.amount_fen WHEN '支出' THEN -p.amount_fen ELSE 0 END) "
    "FROM paper p WHERE p.uid IN :papers"
).bindparams(bindparam("papers", type_=Text, expanding=True))


def paper_gaps(connection: Connection, book: int, month: Month) -> list[PaperGap]:
    """Of the posted vouchers of a month, by number."""
    sql = expand("SELECT v.uid, {voucher}, said.fen, moved.fen ")
    sql += _FROM.replace("{within}", "AND l.day >= :first AND l.day <= :last ") + " ORDER BY v.word, v.number"
    values = {"book": book, "first": month.first_day.isoformat(), "last": month.last_day.isoformat()}
    found = connection.execute(text(sql), values)
    return [PaperGap(uid, title, int(said), int(moved)) for uid, title, said, moved in found]


def said_fen(connection: Connection, papers: Sequence[str]) -> int:
    """What papers say together, fen, income positive."""
    found = connection.execute(_SAID_BY, {"papers": list(papers)}).scalar() if papers else 0
    return int(found or 0)
