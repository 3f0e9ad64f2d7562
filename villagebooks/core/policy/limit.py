"""What a policy forbids or limits whoever signs: kinds of spending, old papers, large cash, slips (白条)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date

from villagebooks.core.money import said_yuan
from villagebooks.core.paper import Document, Paper
from villagebooks.core.policy.rule import Policy
from villagebooks.core.problem import Problem
from villagebooks.core.words import _

CASH = ("备用金", "现金")
"""Paid how: out of the reporter's hand."""
OUT = "支出"
SLIP, EXPLANATION, LIST = "白条", "情况说明", "名册"
_LASTING = ("合同", "协议", "文件", "通知", "会议", "决议", "四议两公开", "五步议事", "确认书", "委托书", "照片")
"""Documents that say why, not how much: they may be of any year."""
_PEOPLE = re.compile(r"([1-9]\d{0,3})\s*[人户名]")


def check_limits(
    policy: Policy, paper: Paper, reason: str = "", slips_fen: int = 0, today: str = ""
) -> list[Problem]:  # fmt: skip
    """Everything of this kind against a paper that spends; `reason` is the director's note on old papers, `slips_fen`
    what other papers of the village paid the same person on slips that day, `today` (ISO) when its ink would be
    registered."""
    if paper.direction != OUT:
        return []
    aged = [] if reason else _check_age(policy, paper, today)
    return _check_forbidden(policy, paper) + aged + _check_cash(policy, paper) + _check_slips(policy, paper, slips_fen)


def is_overdue(policy: Policy, paper: Paper, today: str = "") -> bool:
    """Whether a document, or the paper itself, is so old that the director has to write why it comes so late."""
    return paper.direction == OUT and bool(_check_age(policy, paper, today))


def has_kind(paper: Paper, words: Collection[str], kinds: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a document of any of these kinds is there; a word that the policy spells out stands for several."""
    wanted = {kind for word in words for kind in (word, *kinds.get(word, ()))}
    return any(any(kind in document.kind for kind in wanted) for document in paper.documents)


def payee_count(policy: Policy, paper: Paper) -> int:
    """How many people a paper pays: those of a list, where the payee says how many (慰问12户), else one."""
    found = _PEOPLE.search(paper.payee)
    return int(found[1]) if found and has_kind(paper, (LIST,), policy.kinds) else 1


def slip_fen(paper: Paper) -> int:
    """What the paper pays on slips: their amounts, or all of it when none is written beside them."""
    slips = [one for one in paper.documents if SLIP in one.kind]
    return (sum(one.amount_fen for one in slips) or paper.amount_fen) if slips else 0


def _check_forbidden(policy: Policy, paper: Paper) -> list[Problem]:
    said = " ".join([paper.words, *(document.kind for document in paper.documents)])
    text = _("“{word}”不许列支")
    return [Problem(text.format(word=word), field="words") for word in policy.limits.forbidden if word in said]


def _check_age(policy: Policy, paper: Paper, today: str) -> list[Problem]:
    """Of documents by the paper's day, which is typed; so the paper is no older itself when its ink is registered."""
    limit = policy.limits.age_days
    days = (date.fromisoformat(today) - paper.day).days if today else 0
    if limit and days > limit:
        own = _("报账单写的是 {day}，已过 {n} 天（超过 {limit} 天的要写明原因，由中心主任同意）")
        return [Problem(own.format(day=paper.day, n=days, limit=limit), field="day")]
    text = _("{kind} {day} 已过 {n} 天（超过 {limit} 天或跨年的要写明原因，由中心主任同意）")
    return [
        Problem(text.format(kind=one.kind, day=one.day, n=age, limit=limit), field="documents")
        for one in paper.documents
        if limit and (age := _age(paper, one)) is not None and (age > limit or one.day[:4] < str(paper.day.year))
    ]


def _age(paper: Paper, document: Document) -> int | None:
    """Days from a document that claims money to the paper, None for others."""
    try:
        day = date.fromisoformat(document.day)
    except ValueError:
        return None
    return None if any(word in document.kind for word in _LASTING) else (paper.day - day).days


def _check_cash(policy: Policy, paper: Paper) -> list[Problem]:
    """A list is judged by what each of its people gets on average: who signs for it sees the amounts."""
    limit, count = policy.limits.cash_fen, payee_count(policy, paper)
    if not limit or paper.paid_how not in CASH or paper.amount_fen <= limit * count:
        return []
    if count > 1:
        text = _("{n} 人平均每人现金 {amount} 元，超过 {limit} 元的要从银行付")
    elif has_kind(paper, (LIST,), policy.kinds):
        text = _("单笔现金 {amount} 元，超过 {limit} 元的要从银行付；发给几个人的，收款人里写明人数，例如“误工7人”")
    else:
        text = _("单笔现金 {amount} 元，超过 {limit} 元的要从银行付")
    said = text.format(n=count, amount=said_yuan(paper.amount_fen // count), limit=said_yuan(limit))
    return [Problem(said, field="paid_how")]


def _check_slips(policy: Policy, paper: Paper, others_fen: int) -> list[Problem]:
    own, limit = slip_fen(paper), policy.limits.slip_fen
    if not own or not limit:
        return []
    problems = []
    if not has_kind(paper, (EXPLANATION,), {}):
        problems.append(Problem(_("白条要附情况说明：写明为什么没有发票、谁收的钱、谁可以证明"), field="documents"))
    count = payee_count(policy, paper)
    if own + others_fen > limit * count:
        text = _("{payee}{day} 的白条合计 {amount} 元，一人一天最多 {limit} 元；多的要开发票")
        said = {"payee": paper.payee, "day": paper.day, "amount": said_yuan(own + others_fen)}
        problems.append(Problem(text.format(**said, limit=said_yuan(limit)), field="amount_fen"))
    return problems
