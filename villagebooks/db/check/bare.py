"""Money that left without the village's signatures: vouchers without a paper, and what the bank took by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from sqlalchemy import Connection, Text, bindparam, text

from villagebooks.core.bare import BarePayment, bare_parts
from villagebooks.core.period import Month
from villagebooks.db.book import parties
from villagebooks.db.check.owed import owed_paid
from villagebooks.db.check.query import expand

_PAID = (
    "SELECT v.uid, {voucher}, v.day, v.corrects, s.fen, {covered} FROM (SELECT l.voucher AS id, "
    "SUM(l.credit_fen - l.debit_fen) AS fen FROM voucher_line l WHERE l.book = :book AND l.account >= '101' "
    "AND l.account < '103' {within} GROUP BY l.voucher HAVING SUM(l.credit_fen - l.debit_fen) > :least) s "
    "JOIN voucher v ON v.id = s.id WHERE v.state {state} AND v.kind IN ('normal', 'prior_year') AND {own} "
    "AND s.fen - {covered} > :least "
    "AND NOT EXISTS (SELECT 1 FROM merger g WHERE g.voucher_out = v.uid) "
    "AND NOT EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.uid AND r.reverses <> '' AND r.state <> 'void' "
    "AND r.state {state}) ORDER BY v.year, v.month, v.word, v.number"
)
"""What was taken back is told no more: what does it over is, in full. The index of what is reversed leaves out the
void."""
_COVERED = (
    "COALESCE((SELECT SUM(p.amount_fen) FROM paper_voucher j JOIN paper p ON p.uid = j.paper "
    "WHERE j.voucher = v.uid AND p.direction <> '收入'), 0)"
)
"""What the papers of spending say that a voucher was made of: one small paper covers no large payment."""
_DONE_OVER = text(
    "SELECT b.uid, o.uid, o.day, o.posted_by = 'import', "
    "(SELECT SUM(l.credit_fen - l.debit_fen) FROM voucher_line l WHERE l.voucher = o.id "
    "AND l.account >= '101' AND l.account < '103') FROM voucher b JOIN voucher r ON r.uid = b.corrects "
    "JOIN voucher o ON o.uid = r.reverses WHERE b.book = :book AND b.corrects <> '' AND r.kind = 'reversal'"
)
_SPENT = text(
    "SELECT v.uid, l.party, l.account, SUM(l.debit_fen - l.credit_fen) FROM voucher v JOIN voucher_line l "
    "ON l.voucher = v.id WHERE v.uid IN :uids AND NOT (l.account >= '101' AND l.account < '103') "
    "GROUP BY v.uid, l.party, l.account"
).bindparams(bindparam("uids", type_=Text, expanding=True))
_PAPERS = text(
    "SELECT j.voucher, p.payee, p.amount_fen FROM paper_voucher j JOIN paper p ON p.uid = j.paper "
    "WHERE j.voucher IN :uids AND p.direction <> '收入' ORDER BY p.year, p.number"
).bindparams(bindparam("uids", type_=Text, expanding=True))
_AT_ONCE = 500
"""Vouchers that are asked for by uid in one query."""
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


@dataclass(frozen=True, slots=True)
class _Old:
    """A voucher that was taken back and done over, and what it paid, fen."""

    uid: str
    day: date
    is_imported: bool
    fen: int


def bare_payments(connection: Connection, book: int, limit_fen: int, month: Month | None = None) -> list[BarePayment]:
    """Posted vouchers made here that pay more than the limit out of cash and bank beyond their papers, of a month or
    of all; without `parts`."""
    within = "AND l.day >= :first AND l.day <= :last" if month else ""
    values: dict[str, object] = {"book": book, "least": limit_fen}
    if month:
        values["first"], values["last"] = month.first_day.isoformat(), month.last_day.isoformat()
    return [one for one, _before, _owed in _payments(connection, within, "= 'posted'", values)]


def small_payments(connection: Connection, book: int, *, posted: bool = True) -> list[BarePayment]:
    """The same of every amount, with `parts` and what they do over; with those that are not posted yet."""
    state = "= 'posted'" if posted else "<> 'void'"
    found = _payments(connection, "", state, {"book": book, "least": 0})
    spent, papers = _spent(connection, [one.uid for one, _before, _owed in found])
    names = {code: one.name for code, one in parties(connection, book).items()}
    return [
        replace(
            one, parts=bare_parts(spent[one.uid], names, (*papers.get(one.uid, ()), *owed)),
            before=tuple((old.day, old.fen) for old in before if not old.is_imported),
        )
        for one, before, owed in found
    ]  # fmt: skip


def _payments(
    connection: Connection, within: str, state: str, values: dict[str, object]
) -> list[tuple[BarePayment, tuple[_Old, ...], Sequence[tuple[str, int]]]]:
    """With the vouchers that each does over, and what it pays of what signed papers left owed (party, fen). The papers
    of imported history lie elsewhere: what does such a voucher over counts by what it pays beyond it."""
    sql = _PAID.replace("{covered}", _COVERED).replace("{within}", within).replace("{state}", state)
    rows = connection.execute(text(expand(sql)), values).all()
    earlier = _done_over(connection, values["book"]) if any(row.corrects for row in rows) else {}
    paid_later = owed_paid(connection, cast("int", values["book"]), state) if rows else {}
    found: list[tuple[BarePayment, tuple[_Old, ...], Sequence[tuple[str, int]]]] = []
    for uid, name, day, _corrects, fen, covered in rows:
        before = _before(earlier, uid)
        paid = int(fen) - sum(one.fen for one in before[:1] if one.is_imported)
        owed = paid_later.get(uid, ())
        covers = int(covered) + min(sum(part for _party, part in owed), max(0, paid - int(covered)))
        if paid - covers > cast("int", values["least"]):
            found.append((BarePayment(uid, name, date.fromisoformat(day), paid, covers), before, owed))
    return found


_Spent = dict[str, dict[tuple[str, str], int]]


def _spent(connection: Connection, uids: Sequence[str]) -> tuple[_Spent, dict[str, list[tuple[str, int]]]]:
    """By voucher: what it spends by party and account, and its papers (payee, fen)."""
    spent: _Spent = {uid: {} for uid in uids}
    papers: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for start in range(0, len(uids), _AT_ONCE):
        some = {"uids": list(uids[start : start + _AT_ONCE])}
        for uid, party, account, fen in connection.execute(_SPENT, some):
            spent[uid][party, account] = int(fen)
        for uid, payee, fen in connection.execute(_PAPERS, some):
            papers[uid].append((payee, int(fen)))
    return spent, papers


def _done_over(connection: Connection, book: object) -> dict[str, _Old]:
    """By voucher that follows a red one: the voucher that this took back."""
    return {
        uid: _Old(old, date.fromisoformat(day), bool(is_imported), int(fen or 0))
        for uid, old, day, is_imported, fen in connection.execute(_DONE_OVER, {"book": book})
    }


def _before(earlier: Mapping[str, _Old], uid: str) -> tuple[_Old, ...]:
    """The first one first."""
    found: list[_Old] = []
    seen = {uid}
    while uid in earlier and earlier[uid].uid not in seen:
        found.append(earlier[uid])
        uid = earlier[uid].uid
        seen.add(uid)
    return tuple(reversed(found))


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
