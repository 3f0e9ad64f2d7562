"""Bills that look split: papers to one payee within some days, each in a lower band than their sum (化整为零).

They are told, not refused: two honest purchases look the same, the money is mostly paid when the papers come, and what
the township asks for (case F1) is that somebody is told, with the numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from villagebooks.core.money import said_yuan
from villagebooks.core.paper import Paper
from villagebooks.core.payee import plain_name
from villagebooks.core.policy.flow import paper_flow, paper_rule
from villagebooks.core.policy.limit import LIST, OUT, has_kind
from villagebooks.core.policy.rule import Policy
from villagebooks.core.policy.step import APPROVER, BODY
from villagebooks.core.words import _

INVOICE = "发票"


@dataclass(frozen=True, slots=True)
class Split:
    """Papers that together lie in a higher band than each alone; amounts in fen, `limit_fen` the lower band's end."""

    papers: tuple[Paper, ...]
    limit_fen: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Bill:
    """A paper as far as it takes to see whether a closer look is worth it."""

    uid: str
    payee: str
    spending_class: str
    day: date
    amount_fen: int


def near_bills(policy: Policy, bills: Iterable[Bill], village: str) -> set[str]:
    """The uids of bills that lie so near to others of the payee that their sum lies in a higher band."""
    groups: dict[tuple[str, str], list[Bill]] = defaultdict(list)
    for one in bills:
        groups[plain_name(one.payee), one.spending_class].append(one)
    found: set[str] = set()
    for group in groups.values():
        group.sort(key=lambda one: one.day)
        first = 0
        for last, one in enumerate(group):
            while (one.day - group[first].day).days >= policy.limits.split_days:
                first += 1
            if first < last and _is_higher(policy, group[first : last + 1], village):
                found |= {other.uid for other in group[first : last + 1]}
    return found


def _is_higher(policy: Policy, bills: Sequence[Bill], village: str) -> bool:
    largest = policy.rule_for(bills[0].spending_class, village, max(1, *(one.amount_fen for one in bills)))
    return largest is not None and 0 < largest.to_fen < sum(one.amount_fen for one in bills)


def find_splits(policy: Policy, papers: Iterable[Paper], village: str) -> list[Split]:
    """Every group that looks split, by day; a paper is in one group."""
    days = policy.limits.split_days
    groups: dict[tuple[str, str], list[Paper]] = defaultdict(list)
    for paper in papers:
        if days and _is_bill(policy, paper):
            groups[plain_name(paper.payee), paper.spending_class].append(paper)
    found = []
    for group in groups.values():
        found += _splits(policy, sorted(group, key=lambda one: (one.day, one.number)), village)
    return sorted(found, key=lambda one: (one.papers[0].day, one.papers[0].number))


def _is_bill(policy: Policy, paper: Paper) -> bool:
    """Spending to a payee that somebody approves; a list of many people is none, unless somebody wrote an invoice."""
    listed = has_kind(paper, (LIST,), policy.kinds) and not has_kind(paper, (INVOICE,), policy.kinds)
    return paper.direction == OUT and bool(paper.payee) and paper.paid_how not in policy.payments and not listed


def _splits(policy: Policy, papers: Sequence[Paper], village: str) -> list[Split]:
    found, start = [], 0
    while start < len(papers):
        within = [one for one in papers[start:] if (one.day - papers[start].day).days < policy.limits.split_days]
        one = _split(policy, within, village)
        found += [one] if one else []
        start += len(within) if one else 1
    return found


def _split(policy: Policy, papers: Sequence[Paper], village: str) -> Split | None:
    rules = [paper_rule(policy, one, village) for one in papers]
    total = sum(one.amount_fen for one in papers)
    of_sum = policy.rule_for(papers[0].spending_class, village, max(total, 1))
    ends = [rule.to_fen for rule in rules if rule and rule.to_fen]
    if len(papers) < 2 or of_sum is None or len(ends) < len(papers) or total <= max(ends):
        return None
    largest = max(papers, key=lambda one: one.amount_fen)
    sentence = _sentence(policy, papers, total, max(ends), paper_names(policy, largest, village))
    return Split(tuple(papers), max(ends), sentence)


def paper_names(policy: Policy, paper: Paper, village: str) -> str:
    """Who decides on the paper, in words: 村主任一人审批; empty where more than one decides."""
    flow = paper_flow(policy, paper, village)
    approvers = [one for one in flow if one.kind == APPROVER]
    meetings = [one for one in flow if one.kind == BODY and one.minutes]
    return approvers[0].title if len(approvers) == 1 and not meetings else ""


def _sentence(policy: Policy, papers: Sequence[Paper], total: int, limit: int, who: str) -> str:
    last, first = papers[-1].day, papers[0].day
    when = _("同一天") if last == first else _("{n} 天内").format(n=(last - first).days + 1)
    serial = _("连号") if _is_serial(policy, papers) else ""
    alone = _("{who}一人审批的").format(who=who) if who else _("分开审批的")
    text = _("同一收款人（{payee}）{when}{serial} {n} 张（第 {numbers} 号），合计 {sum} 元，超过{alone} {limit} 元")
    return text.format(
        payee=papers[0].payee, when=when, serial=serial, n=len(papers),
        numbers=_("、").join(str(one.number) for one in papers), sum=said_yuan(total), alone=alone,
        limit=said_yuan(limit),
    )  # fmt: skip


def _is_serial(policy: Policy, papers: Sequence[Paper]) -> bool:
    """Whether their invoices are numbered one after another: torn from one pad."""
    kinds = (INVOICE, *policy.kinds.get(INVOICE, ()))
    numbers = sorted(
        int(document.number)
        for paper in papers
        for document in paper.documents
        if document.number.isdecimal() and any(kind in document.kind for kind in kinds)
    )
    return len(numbers) > 1 and all(after - before == 1 for before, after in pairwise(numbers))
