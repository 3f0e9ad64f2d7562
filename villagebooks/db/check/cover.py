"""The papers of spending that a voucher was made of, those of vouchers that it does over among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Text, bindparam, text

from villagebooks.core.payee import LISTS, Cover, is_shop
from villagebooks.db.check.counted import Counted

_DONE_OVER = (
    "SELECT b.uid, o.uid, o.day, o.posted_by = 'import', "
    "(SELECT SUM(l.credit_fen - l.debit_fen) FROM voucher_line l WHERE l.voucher = o.id "
    "AND l.account >= '101' AND l.account < '103') FROM voucher b JOIN voucher r ON r.uid = b.corrects "
    "JOIN voucher o ON o.uid = r.reverses WHERE b.book = :book AND b.corrects <> '' AND r.kind = 'reversal' AND {red}"
)
_PAPERS = text(
    "SELECT j.voucher, p.payee, p.amount_fen, p.handler, "
    "EXISTS (SELECT 1 FROM document d WHERE d.paper = p.uid AND ({list})) "
    "AND NOT EXISTS (SELECT 1 FROM document d WHERE d.paper = p.uid AND d.kind LIKE '%票%') "
    "FROM paper_voucher j JOIN paper p ON p.uid = j.paper "
    "WHERE j.voucher IN :uids AND p.direction <> '收入' ORDER BY p.year, p.number".replace(
        "{list}", " OR ".join(f"d.kind LIKE '%{one}%'" for one in LISTS)
    )
).bindparams(bindparam("uids", type_=Text, expanding=True))
"""A list that is stapled to an invoice, or to the bill of a shop, does not make everybody its payee."""
_AT_ONCE = 500
"""Vouchers that are asked for by uid in one query."""


@dataclass(frozen=True, slots=True)
class Old:
    """A voucher that was taken back and done over, and what it paid, fen."""

    uid: str
    day: date
    is_imported: bool
    fen: int


def done_over(connection: Connection, book: int, counted: Counted) -> dict[str, Old]:
    """By voucher that follows a red one that counts: the voucher that this took back."""
    return {
        uid: Old(old, date.fromisoformat(day), bool(is_imported), int(fen or 0))
        for uid, old, day, is_imported, fen in connection.execute(counted.query(_DONE_OVER), {"book": book})
    }


def before(earlier: Mapping[str, Old], uid: str) -> tuple[Old, ...]:
    """What a voucher does over, the first one first."""
    found: list[Old] = []
    seen = {uid}
    while uid in earlier and earlier[uid].uid not in seen:
        found.append(earlier[uid])
        uid = earlier[uid].uid
        seen.add(uid)
    return tuple(reversed(found))


def covers(connection: Connection, uids: Sequence[str], earlier: Mapping[str, Old]) -> dict[str, list[Cover]]:
    """By voucher. The papers stay with a voucher that was taken back, and cover what does it over in its place."""
    own: dict[str, list[Cover]] = defaultdict(list)
    chains = {uid: [uid, *(one.uid for one in before(earlier, uid))] for uid in uids}
    every = list(dict.fromkeys(one for chain in chains.values() for one in chain))
    for start in range(0, len(every), _AT_ONCE):
        for uid, payee, fen, handler, listed in connection.execute(_PAPERS, {"uids": every[start : start + _AT_ONCE]}):
            own[uid].append(Cover(payee, int(fen), handler, listed=bool(listed) and not is_shop(payee)))
    found = {uid: [one for each in chain if each in own for one in own[each]] for uid, chain in chains.items()}
    return {uid: some for uid, some in found.items() if some}
