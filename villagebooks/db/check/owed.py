"""What signed papers left owed, and which later vouchers pay it: a bill that is paid in instalments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Text, TextClause, bindparam, text

from villagebooks.core.bare import OwedMove, less_settled, paid_of_owed
from villagebooks.core.paper_gap import OWED
from villagebooks.db.book import parties

_STANDS = (
    "v.book = :book AND v.state {state} AND v.kind <> 'reversal' AND NOT EXISTS (SELECT 1 FROM voucher r "
    "WHERE r.reverses = v.uid AND r.reverses <> '' AND r.state <> 'void' AND r.state {state})"
)
"""Vouchers that were not taken back, and none that takes back; the opening is what was owed before. The paper stays
with the voucher that was taken back: what does that one over leaves nothing signed owed, and is told as before."""
_OWES = "l.party <> '' AND l.credit_fen > 0 AND ({owed})"
_PAPERS = (
    "SELECT v.uid, p.payee, p.amount_fen, (SELECT SUM(l.credit_fen - l.debit_fen) FROM voucher_line l "
    "WHERE l.voucher = v.id AND l.account >= '101' AND l.account < '103') AS paid_fen, "
    "(SELECT SUM(l.credit_fen - l.debit_fen) FROM voucher_line l WHERE l.voucher = v.id "
    "AND l.credit_fen > l.debit_fen AND NOT (l.account >= '101' AND l.account < '103') AND NOT ({owed})) AS other_fen "
    "FROM voucher v JOIN paper_voucher j ON j.voucher = v.uid JOIN paper p ON p.uid = j.paper "
    "WHERE p.direction <> '收入' AND {stands} AND EXISTS (SELECT 1 FROM voucher_line l "
    "WHERE l.voucher = v.id AND {owes}) ORDER BY p.year, p.number"
)
"""With what such a voucher pays, and what it settles neither in cash nor by owing it: income that was spent at once."""
_ACCOUNTS = (
    "SELECT DISTINCT l.account FROM voucher v JOIN voucher_line l ON l.voucher = v.id WHERE {stands} AND {owes} "
    "AND EXISTS (SELECT 1 FROM paper_voucher j WHERE j.voucher = v.uid)"
)
_MOVES = (
    "SELECT v.uid, l.account, l.party, SUM(l.credit_fen - l.debit_fen) AS fen FROM voucher_line l "
    "JOIN voucher v ON v.id = l.voucher WHERE l.book = :book AND l.account IN :accounts AND l.party <> '' AND {stands} "
    "GROUP BY v.uid, v.kind, v.day, v.year, v.month, v.word, v.number, l.account, l.party "
    "ORDER BY CASE v.kind WHEN 'opening' THEN 0 ELSE 1 END, v.day, v.year, v.month, v.word, v.number, v.uid, "
    "l.account, l.party"
)
_SETTLED = text(
    "SELECT v.uid, SUM(l.credit_fen - l.debit_fen) FROM voucher v JOIN voucher_line l ON l.voucher = v.id "
    "WHERE v.uid IN :uids AND l.credit_fen > l.debit_fen AND NOT (l.account >= '101' AND l.account < '103') "
    "GROUP BY v.uid"
).bindparams(bindparam("uids", type_=Text, expanding=True))
_AT_ONCE = 500
"""Vouchers that are asked for by uid in one query."""


def owed_paid(connection: Connection, book: int, state: str) -> Mapping[str, Sequence[tuple[str, int]]]:
    """`paid_of_owed` of a book, less what a voucher settles otherwise than in cash; `state` is the condition of the
    vouchers that count (= 'posted')."""
    papers: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(_query(_PAPERS, state), {"book": book}):
        papers[row.uid].append(row)
    if not papers:
        return {}
    accounts = list(connection.execute(_query(_ACCOUNTS, state), {"book": book}).scalars())
    moves = _query(_MOVES, state).bindparams(bindparam("accounts", type_=Text, expanding=True))
    rows = connection.execute(moves, {"book": book, "accounts": accounts}).all()
    names = {code: one.name for code, one in parties(connection, book).items()}
    paid = paid_of_owed(_moves(rows, papers, names))
    settled = _settled(connection, list(paid))
    return {uid: less_settled(some, settled.get(uid, 0)) for uid, some in paid.items()}


def _moves(
    rows: Sequence[Row[Any]],
    papers: Mapping[str, Sequence[Row[Any]]],
    names: Mapping[str, str],
) -> Iterator[OwedMove]:
    rest = {
        uid: sum(int(one.amount_fen) for one in some)
        - max(0, int(some[0].paid_fen or 0)) - int(some[0].other_fen or 0)
        for uid, some in papers.items()
    }  # fmt: skip
    for row in rows:
        uid, account, party, fen = row.uid, row.account, row.party, int(row.fen)
        made_out = sum(int(one.amount_fen) for one in papers.get(uid, ()) if one.payee in (party, names.get(party)))
        signed = max(0, min(fen, made_out, rest.get(uid, 0)))
        if signed:
            rest[uid] -= signed
        yield OwedMove(uid, account, party, fen, signed)


def _settled(connection: Connection, uids: Sequence[str]) -> dict[str, int]:
    """By voucher: what its lines beside cash and bank credit, fen."""
    found: dict[str, int] = {}
    for start in range(0, len(uids), _AT_ONCE):
        some = {"uids": list(uids[start : start + _AT_ONCE])}
        found |= {uid: int(fen) for uid, fen in connection.execute(_SETTLED, some)}
    return found


def _query(sql: str, state: str) -> TextClause:
    owed = " OR ".join(f"substr(l.account, 1, {len(code)}) = '{code}'" for code in OWED)
    sql = sql.replace("{stands}", _STANDS).replace("{owes}", _OWES)
    return text(sql.replace("{state}", state).replace("{owed}", owed))
