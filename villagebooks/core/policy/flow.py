"""What a policy asks of one paper or voucher: which steps in which order, which documents, what is forbidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from villagebooks.core.money import said_yuan
from villagebooks.core.paper import Body, Paper
from villagebooks.core.policy.limit import check_limits, has_kind
from villagebooks.core.policy.rule import Policy, Rule
from villagebooks.core.policy.step import (
    APPROVER,
    DOCUMENT,
    HANDLER,
    NOTICE,
    ON_PAPER,
    WITNESS,
    Step,
    is_reached,
    quorum_words,
)
from villagebooks.core.problem import Problem
from villagebooks.core.words import _


@dataclass(frozen=True, slots=True)
class Ink:
    """What a paper shows for a step: whose names, and of a body its consent; nothing when it is not signed."""

    names: tuple[str, ...] = ()
    body: Body | None = None


def paper_rule(policy: Policy, paper: Paper, village: str) -> Rule | None:
    """The rule of the paper's class and amount in this village, None when there is none."""
    return policy.rule_for(paper.spending_class, village, max(paper.amount_fen, 1))


def paper_flow(policy: Policy, paper: Paper, village: str) -> tuple[Step, ...]:
    """The village's steps on the paper, in order; empty when no rule speaks of it (`check_papers` says so)."""
    rule = paper_rule(policy, paper, village)
    names = policy.payments.get(paper.paid_how, rule.steps if rule else ())
    return tuple(policy.steps[name] for name in names if policy.steps[name].on == ON_PAPER)


def voucher_flow(policy: Policy, papers: Sequence[Paper], village: str, *, moves_money: bool) -> tuple[Step, ...]:
    """The centre's steps on a voucher: those that any of its papers asks for, in the policy's order.

    The cashier's step only where cash or bank is moved (RULES §5).
    """
    wanted: set[str] = set()
    for paper in papers:
        rule = paper_rule(policy, paper, village)
        wanted |= set(rule.centre if rule and rule.centre else policy.centre)
    wanted = wanted or set(policy.centre)
    names = [name for name in policy.steps if name in wanted and (moves_money or name != policy.money_step)]
    return tuple(policy.steps[name] for name in names)


def find_ink(paper: Paper, step: Step, flow: Sequence[Step]) -> Ink:
    """What the paper shows for a step; approvers sign in turn and the last takes the rest, bodies go by their names."""
    if step.kind == HANDLER:
        return Ink((paper.handler,) if paper.handler else ())
    body = next((one for one in paper.bodies if one.name in step.names), None)
    if step.kind == WITNESS and body is None:
        return Ink((paper.witness,) if paper.witness else ())
    if step.kind == APPROVER:
        approvers = [one.name for one in flow if one.kind == APPROVER]
        place = approvers.index(step.name)
        last = place + 1 == len(approvers)
        return Ink(paper.approvers[place : None if last else place + 1])
    return Ink(body.people if body else (), body)


def check_ink(paper: Paper, flow: Sequence[Step], policy: Policy) -> list[Problem]:
    """Whether the ink on a paper fulfils every step of its flow, by different people where the policy says so."""
    problems: list[Problem] = []
    seen: dict[str, tuple[str, ...]] = {}
    for step in flow:
        ink = find_ink(paper, step, flow)
        problems += _check_step(paper, step, ink, flow, policy)
        seen[step.name] = ink.names
    for one, other in policy.apart:
        for name in seen.get(one, ()):
            if name in seen.get(other, ()):
                text = _("{one}和{other}是同一人：{name}")
                titles = {"one": policy.steps[one].title, "other": policy.steps[other].title}
                problems.append(Problem(text.format(**titles, name=name), field="signers"))
    return problems


def _check_step(paper: Paper, step: Step, ink: Ink, flow: Sequence[Step], policy: Policy) -> list[Problem]:
    if step.kind == DOCUMENT:
        return [] if has_kind(paper, step.names, policy.kinds) else [_missing(_("没有{title}"), step, "documents")]
    if step.kind == NOTICE:
        return _check_notice(paper, step, ink)
    if step.kind in (HANDLER, APPROVER) or (step.kind == WITNESS and step.count == 1):
        return [] if ink.names and all(ink.names) else [_unsigned(step, flow)]
    return _check_body(step, ink.body)


def _unsigned(step: Step, flow: Sequence[Step]) -> Problem:
    """Where several approve, one field of the paper takes all their names, in the order of the steps."""
    titles = [one.title for one in flow if one.kind == APPROVER]
    if step.kind != APPROVER or len(titles) == 1:
        return _missing(_("没有{title}签字"), step, step.kind)
    text = _("没有{title}签字：“审批人”一栏按先后写 {n} 个人（{titles}），名字用顿号隔开")
    words = {"title": step.title, "n": len(titles), "titles": _("、").join(titles)}
    return Problem(text.format(**words), field=step.kind)


def _missing(text: str, step: Step, field: str) -> Problem:
    return Problem(text.format(title=step.title), field=field)


def _check_body(step: Step, body: Body | None) -> list[Problem]:
    if body is None:
        words = quorum_words(step.quorum)
        text = _("没有{title}的意见（要{quorum}同意）") if words else _("没有{title}签字")
        return [Problem(text.format(title=step.title, quorum=words), field="bodies")]
    problems = []
    signed = max(len(body.people), body.agreed)
    if step.count > 1 and signed < step.count:
        text = _("{title}要 {count} 人签字，只有 {n} 人")
        problems.append(Problem(text.format(title=step.title, count=step.count, n=signed), field="bodies"))
    reached = is_reached(step.quorum, body.agreed, body.size)
    if step.quorum and not (reached and body.agreed <= body.present <= body.size):
        text = _("{title}要{quorum}同意：{size} 人中到会 {present} 人，同意 {agreed} 人")
        share = quorum_words(step.quorum)
        counts = {"size": body.size, "present": body.present, "agreed": body.agreed}
        problems.append(Problem(text.format(title=step.title, quorum=share, **counts), field="bodies"))
    if step.stamp and not body.stamp:
        problems.append(_missing(_("没有{title}章"), step, "bodies"))
    if step.minutes and not body.minutes:
        problems.append(_missing(_("没有{title}的会议记录（日期、到会人数、结果）"), step, "bodies"))
    return problems


def _check_notice(paper: Paper, step: Step, ink: Ink) -> list[Problem]:
    """A list hangs from the day that the body's `minutes` holds."""
    begun = _day(ink.body.minutes) if ink.body else None
    if begun is None:
        text = _("没有写{title}从哪天贴起（至少 {days} 天）")
        return [Problem(text.format(title=step.title, days=step.days), field="bodies")]
    hung = (paper.day - begun).days
    if hung >= step.days:
        return []
    text = _("{title}从 {day} 到 {paper} 只有 {n} 天，要满 {days} 天")
    words = {"title": step.title, "day": begun, "paper": paper.day, "n": max(0, hung), "days": step.days}
    return [Problem(text.format(**words), field="bodies")]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def check_papers(
    policy: Policy, paper: Paper, village: str, reason: str = "", slips_fen: int = 0, today: str = ""
) -> list[Problem]:  # fmt: skip
    """What the policy says against the paper itself: no rule, a document missing, forbidden, too old, cash too large.

    `reason` is the director's note on a paper that is too old, with which age is no problem; `slips_fen` what other
    papers paid the same person on slips that day; `today` (ISO) when its ink would be registered.
    """
    rule = paper_rule(policy, paper, village)
    if rule is None:
        text = _("审批办法里没有“{name}”{amount} 元这一档，不知道由谁签")
        return [Problem(text.format(name=paper.spending_class, amount=said_yuan(paper.amount_fen)), field="amount_fen")]
    needed = () if paper.paid_how in policy.payments else rule.papers
    problems = [
        Problem(_("没有{kinds}").format(kinds=_("或").join(words)), field="documents")
        for words in needed
        if not has_kind(paper, words, policy.kinds)
    ]
    return problems + check_limits(policy, paper, reason, slips_fen, today)
