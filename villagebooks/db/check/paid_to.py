"""Lines of bank statements that say to whom money went, with the vouchers that they are matched with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, Text, bindparam, text

from villagebooks.core.bank.payee import OtherPayee, goes_elsewhere
from villagebooks.core.payee import PAID_TO, Payees
from villagebooks.db.book import parties
from villagebooks.db.check.counted import Counted
from villagebooks.db.check.cover import covers, done_over
from villagebooks.db.check.query import expand

_PAID = (
    "SELECT DISTINCT m.uid, {voucher}, v.uid, b.counterparty, b.amount_fen, b.statement, b.position "
    "FROM bank_match m CROSS JOIN bank_match_item i CROSS JOIN bank_match_item k "
    "JOIN bank_line b ON b.statement = i.object AND b.position = i.position JOIN voucher v ON v.uid = k.object "
    "WHERE m.book = :book AND i.match_uid = m.uid AND i.side <> 'book' AND k.match_uid = m.uid AND k.side = 'book' "
    "AND b.amount_fen < 0 AND b.counterparty <> '' AND v.kind <> 'reversal' {only}"
    "AND NOT EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.uid AND r.reverses <> '' AND r.state <> 'void' "
    "AND r.state = 'posted') "
    "AND NOT EXISTS (SELECT 1 FROM voucher_line l WHERE l.voucher = v.id AND l.debit_fen > 0 "
    "AND l.account >= '101' AND l.account < '103') ORDER BY b.statement, b.position"
)
"""No cash that was drawn, and nothing that went from one account of the village to another. CROSS: SQLite begins with
the matches of the book, not with what every village matched."""
_PARTIES = text(
    "SELECT v.uid, l.party FROM voucher v JOIN voucher_line l ON l.voucher = v.id "
    "WHERE v.uid IN :uids AND l.party <> '' AND ({paid_to})".replace(
        "{paid_to}", " OR ".join(f"substr(l.account, 1, {len(code)}) = '{code}'" for code in PAID_TO)
    )
).bindparams(bindparam("uids", type_=Text, expanding=True))
_AT_ONCE = 500
"""Vouchers that are asked for by uid in one query."""


def other_payees(connection: Connection, book: int, matches: Sequence[str] = ()) -> list[OtherPayee]:
    """Payments of a book, of all its matches or of these uids, that went to an account of somebody whom no paper of
    the match names."""
    query = text(expand(_PAID.replace("{only}", "AND m.uid IN :matches " if matches else "")))
    if matches:
        query = query.bindparams(bindparam("matches", list(matches), type_=Text, expanding=True))
    rows = connection.execute(query, {"book": book}).all()
    uids = list(dict.fromkeys(row[2] for row in rows))
    if not uids:
        return []
    papers = covers(connection, uids, done_over(connection, book, Counted()))
    names = {code: one.name for code, one in parties(connection, book).items()}
    payees = Payees(names)
    paid = _parties(connection, uids)
    together: dict[str, list[str]] = defaultdict(list)
    for match, _title, uid, *_rest in rows:
        if uid not in together[match]:
            together[match].append(uid)
    found, seen = [], set[tuple[str, int]]()
    for match, title, uid, account, fen, statement, position in rows:
        mine = [papers.get(one, []) for one in together[match]]
        if (statement, position) in seen or any(not some or any(one.listed for one in some) for some in mine):
            continue
        seen.add((statement, position))
        wanted = list(dict.fromkeys(one.payee for some in mine for one in some if one.payee))
        others = [one.handler for some in mine for one in some if one.handler]
        others += [names.get(code, code) for one in together[match] for code in paid.get(one, ())]
        if goes_elsewhere(account, wanted, others, payees):
            found.append(OtherPayee(uid, title, account, -int(fen), tuple(wanted)))
    return found


def _parties(connection: Connection, uids: Sequence[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for start in range(0, len(uids), _AT_ONCE):
        for uid, party in connection.execute(_PARTIES, {"uids": list(uids[start : start + _AT_ONCE])}):
            found[uid].add(party)
    return found
