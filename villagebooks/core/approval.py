"""Who signs what, in which order: the village's chain on the paper, the centre's chain on the voucher."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from villagebooks.core.paper import Body, Paper
from villagebooks.core.problem import Problem
from villagebooks.core.words import _

ON_PAPER, ON_VOUCHER, ON_PERIOD = "paper", "voucher", "period"
ON_MIGRATION, ON_MERGER = "migration", "merger"
APPROVE, SEND_BACK = "approve", "send_back"
BY_KEY, BY_PAPER = "key", "paper"

DIRECTOR, AGENT, CASHIER, ARCHIVIST = "director", "agent", "cashier", "archivist"
ROLES = (DIRECTOR, AGENT, CASHIER, ARCHIVIST)


@dataclass(frozen=True, slots=True)
class Step:
    """One signature: `role` is the centre's duty that may sign it; a body needs `agreed` of `size` and its stamp."""

    name: str
    title: str
    role: str = ""
    agreed: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class Approval:
    """A signature that was given. `digest` is the hex hash of the note, `signer` who holds the key that signed it;
    for a paper signature that is the registrar and `name` the one whose ink was seen."""

    uid: str
    on: str
    object_uid: str
    rev: int
    step: str
    name: str
    signer: str
    decision: str
    mode: str
    at: str
    digest: str
    body: Body | None = None


HANDLER = Step("handler", "经手人")
WITNESS = Step("witness", "证明人")
HEAD = Step("approve", "审批人")
COMMITTEE = Step("committee", "监委会", agreed=2, size=3)
PREPARE = Step("prepare", "制单", AGENT)
COUNTERSIGN = Step("countersign", "复核", AGENT)
PAY = Step("cashier", "出纳", CASHIER)
REVIEW = Step("review", "审核", DIRECTOR)

SUPERVISORS = ("监委会", "监事会")
"""Bodies that may give the committee's consent: the village's, or the collective's own in a 股份经济合作社."""

BANK_DEDUCTION = "银行扣收"
"""Paid how: what the bank took by contract (loan interest, fees); there is nothing left to approve, only to confirm."""


def village_flow(paper: Paper) -> tuple[Step, ...]:
    """Steps a paper needs before the centre may make a voucher of it (cases of RULES §6; the rich policy is data)."""
    if paper.spending_class == "转账凭证":
        return ()
    if paper.spending_class == "收入" or paper.paid_how == BANK_DEDUCTION:
        return (HANDLER,)
    if paper.spending_class == "提取备用金":
        return (HANDLER, HEAD)
    return (HANDLER, WITNESS, HEAD, COMMITTEE)


def centre_flow(moves_money: bool) -> tuple[Step, ...]:
    """Steps of a voucher: prepare, countersign, the cashier on cash and bank, the chief."""
    return (PREPARE, COUNTERSIGN, PAY, REVIEW) if moves_money else (PREPARE, COUNTERSIGN, REVIEW)


def waiting_step(flow: Sequence[Step], approvals: Sequence[Approval], rev: int) -> Step | None:
    """The first step that nobody has signed for this revision, None when all are signed."""
    signed = {one.step for one in approvals if one.rev == rev and one.decision == APPROVE}
    return next((step for step in flow if step.name not in signed), None)


def check_signer(step: Step, name: str, roles: Sequence[str], approvals: Sequence[Approval], rev: int) -> list[Problem]:
    """Whether the person may sign the step: holds the duty and has signed nothing else of this voucher."""
    problems = []
    if step.role and step.role not in roles:
        problems.append(Problem(_("{name}没有{title}的职责").format(name=name, title=step.title)))
    if any(one.signer == name and one.rev == rev and one.decision == APPROVE for one in approvals):
        problems.append(Problem(_("{name}已经签过这张凭证，制单、复核、出纳、审核要由不同的人").format(name=name)))
    return problems


def check_ink(step: Step, name: str, body: Body | None, signed: Mapping[str, str]) -> list[Problem]:
    """Whether ink on a paper fulfils the step; `signed` are the names on earlier steps."""
    problems = []
    if step.size:
        if body is None or body.agreed < step.agreed or body.present < body.agreed:
            text = _("{title}要 {size} 人中至少 {agreed} 人同意")
            problems.append(Problem(text.format(title=step.title, size=step.size, agreed=step.agreed)))
        if body is None or not body.stamp:
            problems.append(Problem(_("没有{title}章").format(title=step.title)))
    elif not name:
        problems.append(Problem(_("没有{title}签字").format(title=step.title)))
    if step.name == "witness" and name and name == signed.get("handler"):
        problems.append(Problem(_("经手人和证明人是同一人")))
    return problems
