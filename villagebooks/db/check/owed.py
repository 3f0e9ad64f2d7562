"""What signed papers left owed, and which later vouchers pay it: a bill that is paid in instalments."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Text, bindparam, text

from villagebooks.core.bare import OwedMove, less_settled, paid_of_owed
from villagebooks.core.paper_gap import OWED
from villagebooks.core.payee import Cover, Payees
from villagebooks.core.voucher import OPENING
from villagebooks.db.check.counted import Counted
from villagebooks.db.check.cover import Old, before, covers

_OWED = " OR ".join(f"(l.account >= '{code}' AND l.account < '{int(code) + 1}')" for code in OWED)
_OWING = (
    "SELECT v.uid, (SELECT SUM(l.credit_fen - l.debit_fen) FROM voucher_line l "
    "WHERE l.voucher = v.id AND l.account >= '101' AND l.account < '103') AS paid_fen, "
    "(SELECT SUM(l.credit_fen - l.debit_fen) FROM voucher_line l WHERE l.voucher = v.id AND l.credit_fen > l.debit_fen "
    "AND NOT (l.account >= '101' AND l.account < '103') AND NOT ({owed})) AS other_fen "
    "FROM voucher v WHERE v.id IN (SELECT l.voucher FROM voucher_line l WHERE l.book = :book AND l.account IN "
    "(SELECT a.code FROM account a WHERE a.book = :book AND ({codes})) AND l.credit_fen > 0 AND l.party IN :parties) "
    "AND v.book = :book AND v.kind <> 'reversal' AND {stands} "
    "AND (v.corrects <> '' OR EXISTS (SELECT 1 FROM paper_voucher j WHERE j.voucher = v.uid))"
)
_OWING = _OWING.replace("{codes}", _OWED.replace("l.account", "a.code")).replace("{owed}", _OWED)
"""Vouchers that were not taken back, and none that takes back, which owe something to some parties: what such a one
pays, and what it settles neither in cash nor by owing it, income that was spent at once."""
_RESTS = text(
    "SELECT v.uid, l.account, l.party, SUM(l.credit_fen - l.debit_fen) FROM voucher v JOIN voucher_line l "
    "ON l.voucher = v.id WHERE v.uid IN :uids AND l.party <> '' AND ({owed}) GROUP BY v.uid, l.account, l.party "
    "ORDER BY v.uid, l.account, l.party".replace("{owed}", _OWED)
).bindparams(bindparam("uids", type_=Text, expanding=True))
_MOVES = (
    "SELECT v.uid, v.kind, v.day, l.account, l.party, SUM(l.credit_fen - l.debit_fen) AS fen FROM voucher_line l "
    "JOIN voucher v ON v.id = l.voucher WHERE l.book = :book AND l.account IN :accounts AND l.party IN :parties "
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
    connection: Connection, book: int, counted: Counted, payees: Payees, earlier: Mapping[str, Old],
    parties: Collection[str],
) -> Mapping[str, Sequence[tuple[str, int]]]:  # fmt: skip
    """`paid_of_owed` of a book to some parties (codes), less what a voucher settles otherwise than in cash; `earlier`
    is what its vouchers do over (`done_over`)."""
    if not parties:
        return {}
    whom = bindparam("parties", sorted(parties), type_=Text, expanding=True)
    owing = {row.uid: row for row in connection.execute(counted.query(_OWING).bindparams(whom), {"book": book})}
    papers = covers(connection, list(owing), earlier)
    if not papers:
        return {}
    signed = _signed(connection, owing, papers, payees)
    moves = counted.query(_MOVES).bindparams(whom, bindparam("accounts", type_=Text, expanding=True))
    accounts = sorted({account for _uid, account, _party in signed})
    rows = connection.execute(moves, {"book": book, "accounts": accounts}).all()
    if earlier:
        rows = sorted(rows, key=lambda row: (row.kind != OPENING, _first_day(row, earlier)))
    paid = paid_of_owed(
        OwedMove(row.uid, row.account, row.party, int(row.fen), signed.get((row.uid, row.account, row.party), 0))
        for row in rows
    )
    settled = _settled(connection, list(paid))
    return {uid: less_settled(some, settled.get(uid, 0)) for uid, some in paid.items()}


def _signed(
    connection: Connection, owing: Mapping[str, Row[Any]], papers: Mapping[str, Sequence[Cover]], payees: Payees
) -> dict[tuple[str, str, str], int]:
    """By voucher, account and party: how much of what it owes there is the rest of papers made out to that party."""
    rest = {
        uid: sum(one.fen for one in some) - max(0, int(owing[uid].paid_fen or 0)) - int(owing[uid].other_fen or 0)
        for uid, some in papers.items()
    }
    found: dict[tuple[str, str, str], int] = {}
    uids = list(papers)
    for start in range(0, len(uids), _AT_ONCE):
        for uid, account, party, fen in connection.execute(_RESTS, {"uids": uids[start : start + _AT_ONCE]}):
            made_out = sum(one.fen for one in papers[uid] if one.listed or payees.may_be(one.payee, party))
            found[uid, account, party] = max(0, min(int(fen), made_out, rest[uid]))
            rest[uid] -= found[uid, account, party]
    return found


def _first_day(row: Row[Any], earlier: Mapping[str, Old]) -> str:
    """Since when a voucher owes what it does over."""
    days = [one.day.isoformat() for one in before(earlier, row.uid)]
    return min([str(row.day), *days])


def _settled(connection: Connection, uids: Sequence[str]) -> dict[str, int]:
    """By voucher: what its lines beside cash and bank credit, fen."""
    found: dict[str, int] = {}
    for start in range(0, len(uids), _AT_ONCE):
        some = {"uids": list(uids[start : start + _AT_ONCE])}
        found |= {uid: int(fen) for uid, fen in connection.execute(_SETTLED, some)}
    return found
