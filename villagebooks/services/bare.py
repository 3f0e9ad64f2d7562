"""Money that left without the village's signatures, for the self-check and for the checklist of a closing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection

from villagebooks.core.closing import TakenFact
from villagebooks.core.period import Month
from villagebooks.core.policy import Policy
from villagebooks.core.problem import Refused
from villagebooks.db import check as check_rows
from villagebooks.db.check import bare as bare_rows
from villagebooks.services.policy import policy_of
from villagebooks.services.watch import watch_of


def taken_sums(
    connection: Connection, row_id: int, sha256: str, policy: Policy, limit_fen: int, month: Month | None = None
) -> Iterator[TakenFact]:
    """What was paid in ways that nobody approves (银行扣收), by payee and month, where the sum is above the limit."""
    found: dict[tuple[str, Month], list[bare_rows.TakenPaper]] = defaultdict(list)
    ways = list(policy.payments) if limit_fen else []
    for one in bare_rows.taken_papers(connection, row_id, sha256, ways, month):
        found[one.payee, Month(one.day.year, one.day.month)].append(one)
    for (payee, when), papers in found.items():
        fen = sum(one.amount_fen for one in papers)
        if fen > limit_fen:
            yield TakenFact(papers[-1].uid, papers[-1].number, when, payee, len(papers), fen)


def bare_facts(
    connection: Connection, row_id: int, month: Month
) -> tuple[tuple[tuple[str, str, int], ...], tuple[TakenFact, ...]]:
    """Of a month: vouchers that paid without a paper, and what the bank took, each above the township's line."""
    watch = watch_of(connection)
    found = bare_rows.bare_payments(connection, row_id, watch.bare_fen, month) if watch.bare_fen else []
    bare = [(uid, name.removeprefix(f"{month} "), fen) for uid, name, fen in found]  # the checklist is of one month
    taken: list[TakenFact] = []
    for sha256 in check_rows.policies_used(connection, row_id) if watch.taken_fen else ():
        try:
            policy = policy_of(connection, sha256)
        except Refused:  # the self-check says that the policy is gone
            continue
        taken += taken_sums(connection, row_id, sha256, policy, watch.taken_fen, month)
    return tuple(bare), tuple(taken)
