"""What signed papers left owed, and which later vouchers pay it: a bill that is paid in instalments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, TextClause, text

from villagebooks.core.bare import OwedMove, paid_of_owed
from villagebooks.core.paper_gap import OWED
from villagebooks.db.book import parties

_STANDS = (
    "v.book = :book AND v.state {state} AND v.kind IN ('normal', 'prior_year') AND NOT EXISTS (SELECT 1 FROM voucher r "
    "WHERE r.reverses = v.uid AND r.reverses <> '' AND r.state <> 'void' AND r.state {state})"
)
"""Vouchers that were not taken back."""
_PAPERS = (
    "SELECT v.uid, p.payee, p.amount_fen, (SELECT SUM(l.credit_fen - l.debit_fen) FROM voucher_line l "
    "WHERE l.voucher = v.id AND l.account >= '101' AND l.account < '103') AS paid_fen "
    "FROM voucher v JOIN paper_voucher j ON j.voucher = v.uid JOIN paper p ON p.uid = j.paper "
    "WHERE p.direction <> '收入' AND {stands} AND EXISTS (SELECT 1 FROM voucher_line l "
    "WHERE l.voucher = v.id AND l.party <> '' AND l.credit_fen > 0 AND ({owed})) ORDER BY p.year, p.number"
)
_MOVES = (
    "SELECT v.uid, l.account, l.party, SUM(l.credit_fen - l.debit_fen) AS fen FROM voucher_line l JOIN voucher v "
    "ON v.id = l.voucher WHERE l.book = :book AND l.party <> '' AND ({owed}) AND {stands} "
    "GROUP BY v.uid, v.day, v.year, v.month, v.word, v.number, l.account, l.party "
    "ORDER BY v.day, v.year, v.month, v.word, v.number, v.uid, l.account, l.party"
)


def owed_paid(connection: Connection, book: int, state: str) -> Mapping[str, Sequence[tuple[str, int]]]:
    """`paid_of_owed` of a book; `state` is the condition of the vouchers that count (= 'posted')."""
    papers: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(_query(_PAPERS, state), {"book": book}):
        papers[row.uid].append(row)
    if not papers:
        return {}
    names = {code: one.name for code, one in parties(connection, book).items()}
    return paid_of_owed(_moves(connection.execute(_query(_MOVES, state), {"book": book}).all(), papers, names))


def _moves(
    rows: Sequence[Row[Any]],
    papers: Mapping[str, Sequence[Row[Any]]],
    names: Mapping[str, str],
) -> Iterator[OwedMove]:
    said = {uid: sum(int(one.amount_fen) for one in some) for uid, some in papers.items()}
    rest = {uid: said[uid] - max(0, int(some[0].paid_fen or 0)) for uid, some in papers.items()}
    for row in rows:
        uid, account, party, fen = row.uid, row.account, row.party, int(row.fen)
        made_out = sum(int(one.amount_fen) for one in papers.get(uid, ()) if one.payee in (party, names.get(party)))
        signed = max(0, min(fen, made_out, rest.get(uid, 0)))
        if signed:
            rest[uid] -= signed
        yield OwedMove(uid, account, party, fen, signed)


def _query(sql: str, state: str) -> TextClause:
    owed = " OR ".join(f"substr(l.account, 1, {len(code)}) = '{code}'" for code in OWED)
    return text(sql.replace("{stands}", _STANDS).replace("{state}", state).replace("{owed}", owed))
