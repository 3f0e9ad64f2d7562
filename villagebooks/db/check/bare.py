"""Money that left without the village's signatures: vouchers without a paper, and what the bank took by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, Text, bindparam, text

from villagebooks.core.bare import BarePayment, bare_parts
from villagebooks.core.paper_gap import OWED
from villagebooks.core.payee import PAID_TO, Cover, Payees, find_strayed
from villagebooks.core.period import Month
from villagebooks.core.voucher import POSTED
from villagebooks.db.book import parties
from villagebooks.db.check.counted import Counted
from villagebooks.db.check.cover import Old, before, covers, done_over
from villagebooks.db.check.owed import owed_paid
from villagebooks.db.check.query import expand

_PAID = (
    "SELECT v.uid, {voucher}, v.day, v.state, s.fen, s.cash FROM (SELECT l.voucher AS id, "
    "SUM(l.credit_fen - l.debit_fen) AS fen, "
    "MAX(CASE WHEN l.account < '102' THEN l.credit_fen ELSE 0 END) AS cash "
    "FROM voucher_line l WHERE l.book = :book AND l.account >= '101' "
    "AND l.account < '103' {within} GROUP BY l.voucher HAVING SUM(l.credit_fen - l.debit_fen) > 0) s "
    "JOIN voucher v ON v.id = s.id WHERE {stands} AND v.kind IN ('normal', 'prior_year') AND {own} "
    "AND (s.fen - COALESCE((SELECT SUM(p.amount_fen) FROM paper_voucher j JOIN paper p ON p.uid = j.paper "
    "WHERE j.voucher = v.uid AND p.direction <> '收入'), 0) > 0 OR {another}) "
    "AND NOT EXISTS (SELECT 1 FROM merger g WHERE g.voucher_out = v.uid) "
    "ORDER BY v.year, v.month, v.word, v.number"
)
"""Vouchers that may pay more than what their papers cover: one small paper covers no large payment. What was taken back
is told no more: what does it over is, in full."""
_ANOTHER = (
    "EXISTS (SELECT 1 FROM paper_voucher j JOIN paper p ON p.uid = j.paper JOIN voucher_line l ON l.voucher = v.id "
    "WHERE j.voucher = v.uid AND p.direction <> '收入' AND l.party <> '' AND l.debit_fen > l.credit_fen "
    "AND ({paid_to}) AND p.payee <> l.party AND NOT EXISTS (SELECT 1 FROM party y "
    "WHERE y.book = v.book AND y.code = l.party AND y.name = p.payee))"
).replace("{paid_to}", " OR ".join(f"substr(l.account, 1, {len(code)}) = '{code}'" for code in PAID_TO))
"""Whether somebody is paid to whom not all papers are made out: `find_strayed` looks closely."""
_SPENT = text(
    "SELECT v.uid, l.party, l.account, SUM(l.debit_fen - l.credit_fen), MAX(l.summary) "
    "FROM voucher v JOIN voucher_line l ON l.voucher = v.id "
    "WHERE v.uid IN :uids AND NOT (l.account >= '101' AND l.account < '103') "
    "GROUP BY v.uid, l.party, l.account"
).bindparams(bindparam("uids", type_=Text, expanding=True))
_REDS = (
    "SELECT r.uid, {voucher} FROM voucher r JOIN voucher v ON v.uid = r.uid JOIN voucher o ON o.uid = r.reverses "
    "WHERE r.book = :book AND r.day >= :first AND r.day <= :last AND r.kind = 'reversal' AND r.state = 'posted' "
    "AND (o.corrects <> '' OR EXISTS (SELECT 1 FROM paper_voucher j WHERE j.voucher = o.uid)) "
    "ORDER BY r.year, r.month, r.word, r.number"
)
_NEAR = text(
    "SELECT v.uid FROM voucher v WHERE v.book = :book AND v.day >= :first AND v.day <= :last "
    "UNION SELECT v.uid FROM voucher v WHERE v.book = :book AND v.corrects <> ''"
)
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
class _Paid:
    """A voucher that pays beyond its papers, what it does over, what it spends by (party, account), fen, with which
    words, and what covers it."""

    payment: BarePayment
    before: tuple[Old, ...]
    spent: Mapping[tuple[str, str], int]
    words: Mapping[tuple[str, str], str]
    covers: Sequence[Cover]


def bare_payments(
    connection: Connection, book: int, counted: Counted, only: Sequence[str] = ()
) -> list[BarePayment]:  # fmt: skip
    """Vouchers made here that count and pay out of cash and bank beyond their papers, of all or `only` of these uids,
    by number."""
    payees = _payees(connection, book)
    return [
        replace(
            one.payment, parts=bare_parts(one.spent, payees, one.covers, one.words),
            before=tuple((old.day, old.fen) for old in one.before if not old.is_imported),
        )
        for one in _payments(connection, book, counted, payees, only)
    ]  # fmt: skip


def vouchers_near(connection: Connection, book: int, first: date, last: date) -> list[str]:
    """Uids of what money may have left by between these days: what a voucher does over left on an earlier day."""
    values = {"book": book, "first": first.isoformat(), "last": last.isoformat()}
    return list(connection.execute(_NEAR, values).scalars())


def reds_of_papers(connection: Connection, book: int, month: Month) -> dict[str, str]:
    """Red vouchers of a month that took back one that papers cover: by uid, how each is named in that month."""
    values = {"book": book, "first": month.first_day.isoformat(), "last": month.last_day.isoformat()}
    rows = connection.execute(text(expand(_REDS)), values)
    return {uid: title.removeprefix(f"{month} ") for uid, title in rows}


def _payees(connection: Connection, book: int) -> Payees:
    return Payees({code: one.name for code, one in parties(connection, book).items()})


def _payments(
    connection: Connection, book: int, counted: Counted, payees: Payees, only: Sequence[str]
) -> list[_Paid]:  # fmt: skip
    """The papers of imported history lie elsewhere: what does such a voucher over counts by what it pays beyond it."""
    within = "AND l.voucher IN (SELECT o.id FROM voucher o WHERE o.uid IN :only)" if only else ""
    query = counted.query(expand(_PAID.replace("{another}", _ANOTHER).replace("{within}", within)))
    if only:
        query = query.bindparams(bindparam("only", list(only), type_=Text, expanding=True))
    rows = connection.execute(query, {"book": book}).all()
    if not rows:
        return []
    earlier = done_over(connection, book, counted)
    uids = [row.uid for row in rows]
    papers, (spent, words) = covers(connection, uids, earlier), _spent(connection, uids)
    settles = {
        party for some in spent.values() for (party, account), fen in some.items()
        if party and fen > 0 and account.startswith(OWED)
    }  # fmt: skip
    owed = owed_paid(connection, book, counted, payees, earlier, settles)
    found: list[_Paid] = []
    for uid, name, day, state, fen, cash in rows:
        chain = before(earlier, uid)
        paid = int(fen) - sum(one.fen for one in chain[:1] if one.is_imported)
        some = [*papers.get(uid, ()), *(Cover(party, part) for party, part in owed.get(uid, ()))]
        strayed = find_strayed(spent[uid], payees, some)
        covered = sum(one.fen for one in some) - (strayed.fen if strayed else 0)
        if paid > covered:
            made = BarePayment(
                uid, name, date.fromisoformat(day), paid, covered, strayed=strayed, posted=state == POSTED,
                in_cash=cash > 0,
            )  # fmt: skip
            found.append(_Paid(made, chain, spent[uid], words[uid], some))
    return found


_Sums = dict[tuple[str, str], int]
_Words = dict[tuple[str, str], str]


def _spent(connection: Connection, uids: Sequence[str]) -> tuple[dict[str, _Sums], dict[str, _Words]]:
    """By voucher: what it spends by party and account, and with which words."""
    spent: dict[str, _Sums] = {uid: {} for uid in uids}
    words: dict[str, _Words] = {uid: {} for uid in uids}
    for start in range(0, len(uids), _AT_ONCE):
        rows = connection.execute(_SPENT, {"uids": list(uids[start : start + _AT_ONCE])})
        for uid, party, account, fen, summary in rows:
            spent[uid][party, account] = int(fen)
            words[uid][party, "" if party else account] = summary
    return spent, words


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
