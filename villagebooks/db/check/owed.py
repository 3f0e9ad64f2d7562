"""What signed papers left owed, and which later vouchers pay it: a bill that is paid in instalments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Text, bindparam, text

from villagebooks.core.bare import OwedMove, less_settled, paid_of_owed
from villagebooks.core.paper_gap import OWED
from villagebooks.core.payee import Cover, Payees
from villagebooks.core.voucher import OPENING
from villagebooks.db.check.counted import Counted
from villagebooks.db.check.cover import Old, before, covers

_OWED = " OR ".join(f"substr(l.account, 1, {len(code)}) = '{code}'" for code in OWED)
_OWES = f"l.party <> '' AND l.credit_fen > 0 AND ({_OWED})"
_OWING = (
    "SELECT v.uid, (SELECT SUM(l.credit_fen - l.debit_fen) FROM voucher_line l "
    "WHERE l.voucher = v.id AND l.account >= '101' AND l.account < '103') AS paid_fen, "
    "(SELECT SUM(l.credit_fen - l.debit_fen) FROM voucher_line l WHERE l.voucher = v.id AND l.credit_fen > l.debit_fen "
    "AND NOT (l.account >= '101' AND l.account < '103') AND NOT ({owed})) AS other_fen "
    "FROM voucher v WHERE v.book = :book AND v.kind <> 'reversal' AND {stands} "
    "AND (v.corrects <> '' OR EXISTS (SELECT 1 FROM paper_voucher j WHERE j.voucher = v.uid)) "
    "AND EXISTS (SELECT 1 FROM voucher_line l WHERE l.voucher = v.id AND {owes})"
).replace("{owes}", _OWES).replace("{owed}", _OWED)  # fmt: skip
"""Vouchers that were not taken back, and none that takes back: what such a one pays, and what it settles neither in
cash nor by owing it, income that was spent at once."""
_ACCOUNTS = text(
    "SELECT DISTINCT l.account FROM voucher v JOIN voucher_line l ON l.voucher = v.id "
    "WHERE v.uid IN :uids AND {owes}".replace("{owes}", _OWES)
).bindparams(bindparam("uids", type_=Text, expanding=True))
_MOVES = (
    "SELECT v.uid, v.kind, v.day, l.account, l.party, SUM(l.credit_fen - l.debit_fen) AS fen FROM voucher_line l "
    "JOIN voucher v ON v.id = l.voucher WHERE l.book = :book AND l.account IN :accounts AND l.party <> '' "
    "AND v.book = :book AND v.kind <> 'reversal' AND {stands} "
    "GROUP BY v.uid, v.kind, v.day, v.year, v.month, v.word, v.number, l.account, l.party "
    "ORDER BY CASE v.kind WHEN 'opening' THEN 0 ELSE 1 END, v.day, v.year, v.month, v.word, v.number, v.uid, "
    "l.account, l.party"
)
"""The opening is what was owed before."""
_SETTLED = text(
    "SELECT v.uid, SUM(l.credit_fen - l.debit_fen) FROM voucher v JOIN voucher_line l ON l.voucher = v.id "
    "WHERE v.uid IN :uids AND l.credit_fen > l.debit_fen AND NOT (l.account >= '101' AND l.account < '103') "
    "GROUP BY v.uid"
).bindparams(bindparam("uids", type_=Text, expanding=True))
_AT_ONCE = 500
"""Vouchers that are asked for by uid in one query."""


def owed_paid(
    connection: Connection, book: int, counted: Counted, payees: Payees, earlier: Mapping[str, Old]
) -> Mapping[str, Sequence[tuple[str, int]]]:
    """`paid_of_owed` of a book, less what a voucher settles otherwise than in cash; `earlier` is what its vouchers do
    over (`done_over`)."""
    owing = {row.uid: row for row in connection.execute(counted.query(_OWING), {"book": book})}
    papers = covers(connection, list(owing), earlier)
    if not papers:
        return {}
    accounts = _accounts(connection, list(papers))
    moves = counted.query(_MOVES).bindparams(bindparam("accounts", type_=Text, expanding=True))
    rows = connection.execute(moves, {"book": book, "accounts": accounts}).all()
    if earlier:
        rows = sorted(rows, key=lambda row: (row.kind != OPENING, _first_day(row, earlier)))
    rest = {
        uid: sum(one.fen for one in some) - max(0, int(owing[uid].paid_fen or 0)) - int(owing[uid].other_fen or 0)
        for uid, some in papers.items()
    }
    paid = paid_of_owed(_moves(rows, papers, rest, payees))
    settled = _settled(connection, list(paid))
    return {uid: less_settled(some, settled.get(uid, 0)) for uid, some in paid.items()}


def _moves(
    rows: Sequence[Row[Any]], papers: Mapping[str, Sequence[Cover]], rest: dict[str, int], payees: Payees
) -> Iterator[OwedMove]:
    """`rest` by voucher: what its papers say and it did not settle."""
    for row in rows:
        fen, signed = int(row.fen), 0
        if row.uid in papers:
            made_out = sum(one.fen for one in papers[row.uid] if payees.may_be(one.payee, row.party))
            signed = max(0, min(fen, made_out, rest[row.uid]))
            rest[row.uid] -= signed
        yield OwedMove(row.uid, row.account, row.party, fen, signed)


def _first_day(row: Row[Any], earlier: Mapping[str, Old]) -> str:
    """Since when a voucher owes what it does over."""
    days = [one.day.isoformat() for one in before(earlier, row.uid)]
    return min([str(row.day), *days])


def _accounts(connection: Connection, uids: Sequence[str]) -> list[str]:
    found: set[str] = set()
    for start in range(0, len(uids), _AT_ONCE):
        found.update(connection.execute(_ACCOUNTS, {"uids": list(uids[start : start + _AT_ONCE])}).scalars())
    return sorted(found)


def _settled(connection: Connection, uids: Sequence[str]) -> dict[str, int]:
    """By voucher: what its lines beside cash and bank credit, fen."""
    found: dict[str, int] = {}
    for start in range(0, len(uids), _AT_ONCE):
        some = {"uids": list(uids[start : start + _AT_ONCE])}
        found |= {uid: int(fen) for uid, fen in connection.execute(_SETTLED, some)}
    return found
