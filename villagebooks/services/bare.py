"""Money that left without the village's signatures, for the self-check and for the checklist of a closing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection

from villagebooks.core.bare import BarePayment, BareSplit, find_bare_splits
from villagebooks.core.closing import TakenFact
from villagebooks.core.paper_note import TAKEN
from villagebooks.core.period import Month, month_of
from villagebooks.core.policy import Policy
from villagebooks.core.problem import Refused
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import check as check_rows
from villagebooks.db import paper_note as note_rows
from villagebooks.db.check import bare as bare_rows
from villagebooks.db.check.counted import Counted
from villagebooks.services.policy import policy_of
from villagebooks.services.watch import watch_of


def taken_sums(
    connection: Connection, row_id: int, sha256: str, policy: Policy, limit_fen: int, month: Month | None = None
) -> Iterator[TakenFact]:
    """What was paid in ways that nobody approves (银行扣收), by payee and month, where the sum is above the limit and
    the director has not signed on the last paper that he looked at it (services/taken.py)."""
    found: dict[tuple[str, Month], list[bare_rows.TakenPaper]] = defaultdict(list)
    ways = list(policy.payments) if limit_fen else []
    for one in bare_rows.taken_papers(connection, row_id, sha256, ways, month):
        found[one.payee, Month(one.day.year, one.day.month)].append(one)
    sums = {key: sum(one.amount_fen for one in papers) for key, papers in found.items()}
    last = [papers[-1].uid for key, papers in found.items() if sums[key] > limit_fen]
    explained = note_rows.noted(connection, TAKEN, last)
    for (payee, when), papers in found.items():
        fen = sums[payee, when]
        if fen > limit_fen and (papers[-1].uid, papers[-1].rev) not in explained:
            yield TakenFact(papers[-1].uid, papers[-1].number, when, payee, len(papers), fen)


def bare_of(
    connection: Connection, row_id: int, counted: Counted | None = None, only: Sequence[str] = ()
) -> list[BarePayment]:
    """What the vouchers of a book that count (the posted ones), or `only` these of them, pay beyond their papers, of
    every amount. None where the township has no line."""
    if not watch_of(connection).bare_fen:
        return []
    return bare_rows.bare_payments(connection, row_id, counted or Counted(), only)


def bare_splits(connection: Connection, row_id: int, payments: Sequence[BarePayment]) -> list[BareSplit]:
    """Payments of `bare_of` that are above the township's line together. A run may be as long as the books: that a
    month and the self-check tell the same, all are looked at."""
    watch = watch_of(connection)
    if not (watch.bare_fen and watch.bare_days):
        return []
    names = {code: one.name for code, one in book_rows.accounts(connection, row_id).items()}
    names |= {code: one.name for code, one in book_rows.parties(connection, row_id).items()}
    return find_bare_splits(payments, watch.bare_fen, watch.bare_days, names)


def is_split(connection: Connection, row_id: int, payments: Sequence[BarePayment], counted: Counted) -> bool:
    """Whether any of these payments is one of `bare_splits` among all that count: a span of days that tells it has all
    of its payments near these, so that the others need not be read."""
    watch = watch_of(connection)
    days = [day for one in payments if one.bare_fen <= watch.bare_fen for _part, day, _fen in one.pieces()]
    if not (days and watch.bare_days):
        return False
    span = timedelta(watch.bare_days)
    uids = bare_rows.vouchers_near(connection, row_id, min(days) - span, max(days) + span)
    near = bare_splits(connection, row_id, bare_of(connection, row_id, counted, uids))
    mine = {one.uid for one in payments}
    return any(one.uid in mine for split in near for one in split.payments)


def bare_facts(
    connection: Connection, row_id: int, month: Month
) -> tuple[tuple[tuple[str, str, str], ...], tuple[TakenFact, ...]]:
    """Of a month: vouchers that paid beyond their papers, at once or in small ones together (uid, title, sentence),
    those of earlier months whose papers this month's red vouchers took away, and what the bank took, each above the
    township's line."""
    watch = watch_of(connection)
    among = bare_of(connection, row_id)
    told = [(one, one.sentence) for one in among if one.bare_fen > watch.bare_fen and month_of(one.day) == month]
    splits = bare_splits(connection, row_id, among)
    for split in splits:
        here = [one for one in split.payments if month_of(one.day) == month]
        told += [(one, split.sentence) for one in here[-1:]]
    told += _left_bare(connection, row_id, month, among, splits)
    bare = tuple((one.uid, one.title.removeprefix(f"{month} "), text) for one, text in told)
    taken: list[TakenFact] = []
    for sha256 in check_rows.policies_used(connection, row_id) if watch.taken_fen else ():
        try:
            policy = policy_of(connection, sha256)
        except Refused:  # the self-check says that the policy is gone
            continue
        taken += taken_sums(connection, row_id, sha256, policy, watch.taken_fen, month)
    return bare, tuple(taken)


def _left_bare(
    connection: Connection, row_id: int, month: Month, among: Sequence[BarePayment], splits: Sequence[BareSplit]
) -> Iterator[tuple[BarePayment, str]]:
    """Payments of earlier months that red vouchers of this month left without a paper: their own months, closed by
    now, would say it to nobody."""
    reds = bare_rows.reds_of_papers(connection, row_id, month) if among else {}
    lost = lost_papers(connection, row_id, tuple(reds), among)
    text = _("本月 {titles} 冲销了用报账单做的凭证，这张付款靠的就是那张报账单：{sentence}")
    titles = _("、").join(reds.values())
    for one in among:
        if one.uid in lost and one.bare_fen > watch_of(connection).bare_fen and month_of(one.day) < month:
            yield one, text.format(titles=titles, sentence=one.sentence)
    for split in splits if lost else ():
        months = {month_of(one.day) for one in split.payments}
        hit = [one for one in split.payments if one.uid in lost]
        if hit and max(months) < month:
            yield hit[-1], text.format(titles=titles, sentence=split.sentence)


def lost_papers(
    connection: Connection,
    row_id: int,
    reds: Sequence[str],
    among: Sequence[BarePayment],
    counted: Counted | None = None,
) -> set[str]:
    """Those of payments (`bare_of` of what counts) that have more without a paper because of these red vouchers."""
    if not (reds and among):
        return set()
    before = bare_of(connection, row_id, replace(counted or Counted(), without=tuple(reds)))
    bare = {one.uid: one.bare_fen for one in before}
    return {one.uid for one in among if one.bare_fen > bare.get(one.uid, 0)}
