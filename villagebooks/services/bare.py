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
from villagebooks.db import book as book_rows
from villagebooks.db import check as check_rows
from villagebooks.db import paper_note as note_rows
from villagebooks.db.check import bare as bare_rows
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


def bare_splits(
    connection: Connection, row_id: int, more: Sequence[BarePayment] = (), month: Month | None = None
) -> list[BareSplit]:
    """Small payments of a book that are above the township's line together: of all that is posted, or those whose last
    one is of a month; with `more`, which are about to be signed, only groups with one of these, among all that is not
    void."""
    watch = watch_of(connection)
    if not (watch.bare_fen and watch.bare_days):
        return []
    around = timedelta(days=watch.bare_days - 1)
    days = None
    if more:
        days = (min(one.day for one in more) - around, max(one.day for one in more) + around)
    elif month:
        days = (month.first_day - around, month.last_day)
    names = book_rows.accounts(connection, row_id)
    mine = {one.uid for one in more}
    found = bare_rows.small_payments(connection, row_id, watch.bare_fen, days, posted=not more)
    payments = [*more, *(one for one in found if one.uid not in mine)]
    named = [
        replace(one, account=f"{one.account} {names[one.account].name}") if one.account in names else one
        for one in payments
    ]
    return [
        one
        for one in find_bare_splits(named, watch.bare_fen, watch.bare_days)
        if (not mine or mine & {each.uid for each in one.payments})
        and (month is None or month_of(one.payments[-1].day) == month)
    ]


def bare_facts(
    connection: Connection, row_id: int, month: Month
) -> tuple[tuple[tuple[str, str, str], ...], tuple[TakenFact, ...]]:
    """Of a month: vouchers that paid beyond their papers, at once or in small ones together (uid, title, sentence), and
    what the bank took, each above the township's line."""
    watch = watch_of(connection)
    found = bare_rows.bare_payments(connection, row_id, watch.bare_fen, month) if watch.bare_fen else []
    bare = [(one.uid, one.title.removeprefix(f"{month} "), one.sentence) for one in found]
    for split in bare_splits(connection, row_id, month=month):
        last = split.payments[-1]
        bare.append((last.uid, last.title.removeprefix(f"{month} "), split.sentence))
    taken: list[TakenFact] = []
    for sha256 in check_rows.policies_used(connection, row_id) if watch.taken_fen else ():
        try:
            policy = policy_of(connection, sha256)
        except Refused:  # the self-check says that the policy is gone
            continue
        taken += taken_sums(connection, row_id, sha256, policy, watch.taken_fen, month)
    return tuple(bare), tuple(taken)
