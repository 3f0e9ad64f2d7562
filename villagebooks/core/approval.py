"""Who signs what, in which order: the village's chain on the paper, the centre's chain on the voucher."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from villagebooks.core.paper import Body
from villagebooks.core.paper_note import OVERDUE, TAKEN
from villagebooks.core.policy import Step
from villagebooks.core.problem import Problem
from villagebooks.core.words import N_, _

ON_PAPER, ON_VOUCHER, ON_PERIOD = "paper", "voucher", "period"
ON_MIGRATION, ON_MERGER = "migration", "merger"
ON_RECONCILIATION, ON_COUNT, ON_POST = "reconciliation", "count", "post"
SIGNED_KINDS = (ON_PAPER, ON_VOUCHER, ON_PERIOD, ON_MIGRATION, ON_MERGER, ON_RECONCILIATION, ON_COUNT, ON_POST)
"""What a signature may stand on."""
APPROVE, SEND_BACK = "approve", "send_back"
VOID, WITHDRAW = "void", "withdraw"
"""To void a signed voucher takes the steps that signed it, each deciding `void`; `withdraw` takes back what was
decided: a voiding that is under way, the acceptance of a paper, the closing of a month."""
BY_KEY, BY_PAPER = "key", "paper"

DIRECTOR, AGENT, CASHIER, ARCHIVIST = "director", "agent", "cashier", "archivist"
ROLES = (DIRECTOR, AGENT, CASHIER, ARCHIVIST)


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


PREPARE = "prepare"
"""The step by which the preparer hands a voucher in; every policy has it."""

FOOT = {PREPARE: N_("制单"), "countersign": N_("复核"), "cashier": N_("出纳"), "review": N_("审核")}
"""Steps that have a place at the foot of the voucher, and its word."""
STEP_WORDS = {**FOOT, OVERDUE: N_("同意过期报销"), TAKEN: N_("看过银行扣收")}
"""What was signed by key, in words; steps of a policy of the township's own have their titles there."""


def waiting_step(flow: Sequence[Step], approvals: Sequence[Approval], rev: int) -> Step | None:
    """The first step that nobody has signed for this revision, None when all are signed."""
    signed = {one.step for one in approvals if one.rev == rev and one.decision == APPROVE}
    return next((step for step in flow if step.name not in signed), None)


def signed_steps(flow: Sequence[Step], approvals: Sequence[Approval], rev: int) -> list[Step]:
    """The steps that have signed this revision, in the order of the flow."""
    signed = {one.step for one in approvals if one.rev == rev and one.decision == APPROVE}
    return [step for step in flow if step.name in signed]


def voids(approvals: Sequence[Approval], rev: int) -> list[Approval]:
    """Signatures for voiding this revision that stand: who takes one back, takes back all that were given before."""
    standing: list[Approval] = []
    for one in approvals:
        if one.rev == rev and one.decision == VOID:
            standing.append(one)
        elif one.rev == rev and one.decision == WITHDRAW:
            standing.clear()
    return standing


def check_not_voiding(title: str, approvals: Sequence[Approval], rev: int) -> list[Problem]:
    """Nothing goes on with a voucher that somebody has signed to void."""
    names = _("、").join(one.name for one in voids(approvals, rev))
    text = _("{title} 正在作废（{names}已签字同意），不能再签、再记账；不作废了，请先撤回作废")
    return [Problem(text.format(title=title, names=names))] if names else []


def void_steps(flow: Sequence[Step], approvals: Sequence[Approval], rev: int) -> list[Step]:
    """The steps that must still sign before a voucher that was signed is void: those that signed it, no fewer."""
    done = {one.step for one in voids(approvals, rev)}
    return [step for step in signed_steps(flow, approvals, rev) if step.name not in done]


def check_signer(
    step: Step, name: str, roles: Sequence[str], approvals: Sequence[Approval], rev: int, former: Sequence[str] = ()
) -> list[Problem]:  # fmt: skip
    """Whether the person may sign the step: holds the duty and has signed nothing else of this voucher, under the
    `former` names neither."""
    problems = []
    if step.role and step.role not in roles:
        problems.append(Problem(_("{name}没有{title}的职责").format(name=name, title=step.title)))
    elif step.posts and not set(step.posts) & set(roles):
        text = _("{title}要由{posts}签，{name}在中心没有登记这个职务（“设置—人员与钥匙”里登记）")
        problems.append(Problem(text.format(title=step.title, posts=_("或").join(step.posts), name=name)))
    if any(one.name in (name, *former) and one.rev == rev and one.decision == APPROVE for one in approvals):
        problems.append(Problem(_("{name}已经签过这张凭证，制单、复核、出纳、审核要由不同的人").format(name=name)))
    return problems
