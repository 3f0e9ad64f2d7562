"""Whether a policy can be put in force: no gap or overlap of bands, no step that nobody can sign, no unfit duties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from villagebooks.core.money import LARGEST_FEN, said_yuan
from villagebooks.core.period import read_day
from villagebooks.core.person import Officer
from villagebooks.core.policy.rule import Policy, Rule
from villagebooks.core.policy.step import BODY, DUTY, KINDS, NOTICE, ON_PAPER, ON_VOUCHER, Step, is_share
from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.core.workday import WORKED


def check_policy(policy: Policy, duties: Sequence[str]) -> list[Problem]:
    """Every fault of a policy, with the class and band where it is; `duties` are those that the centre knows."""
    problems: list[Problem] = []
    for step in policy.steps.values():
        problems += _check_step(step, duties)
    if not policy.rules:
        problems.append(Problem(_("没有一条审批规则")))
    for number, rule in enumerate(policy.rules):
        problems += [Problem(text, _where(rule), number) for text in _rule_faults(policy, rule)]
    for spending_class in policy.classes:
        problems += _check_class(policy, spending_class)
    problems += _check_pairs(policy)
    problems += _check_used(policy)
    problems += _check_holidays(policy)
    return problems


def _check_holidays(policy: Policy) -> list[Problem]:
    """Terms count in working days: a day off that cannot be read would count as one."""
    text = _("放假的日子“{day}”不是一天：应写成 2026-10-01，周末上班的写成 +2026-10-10")
    wrong = [day for day in policy.holidays if read_day(day.removeprefix(WORKED)) is None]
    return [Problem(text.format(day=day), "holidays") for day in wrong]


def _where(rule: Rule) -> str:
    upper = said_yuan(rule.to_fen) if rule.to_fen else _("以上")
    return f"{rule.spending_class} {said_yuan(rule.from_fen)}—{upper}"


def _check_step(step: Step, duties: Sequence[str]) -> list[Problem]:
    where = _("签字步骤“{title}”").format(title=step.title or step.name)
    faults = []
    if not step.name.isascii() or not step.name or any(char.isspace() for char in step.name):
        faults.append(_("代号只能用英文字母和数字"))
    if not step.title:
        faults.append(_("没有名称"))
    if step.kind not in KINDS:
        faults.append(_("没有这种步骤：{kind}").format(kind=step.kind))
    if step.kind == DUTY and step.role not in duties:
        faults.append(_("中心没有这个职责：{role}").format(role=step.role or "—"))
    if step.kind != DUTY and step.role:
        faults.append(_("只有中心的步骤才写职责"))
    if step.quorum and not is_share(step.quorum):
        faults.append(_("表决比例“{share}”应写成 2/3、>1/2 或 1/1").format(share=step.quorum))
    if step.kind == BODY and not (step.quorum or step.count > 1):
        faults.append(_("集体表决要写明几分之几同意"))
    if step.kind == NOTICE and step.days < 1:
        faults.append(_("公示要写明天数"))
    if step.count < 1 or step.within < 0 or step.days < 0:
        faults.append(_("人数、天数不能是负数"))
    return [Problem(text, where) for text in faults]


def _rule_faults(policy: Policy, rule: Rule) -> Iterable[str]:
    if rule.from_fen < 1 or rule.from_fen > LARGEST_FEN or rule.to_fen > LARGEST_FEN:
        yield _("金额要从 0.01 元起，不能太大")
    if rule.to_fen and rule.to_fen < rule.from_fen:
        yield _("止额小于起额")
    for names, side in ((rule.steps, ON_PAPER), (rule.centre, ON_VOUCHER)):
        for name in names:
            step = policy.steps.get(name)
            if step is None:
                yield _("没有这个签字步骤：{name}").format(name=name)
            elif step.on != side:
                yield _("“{title}”不能放在这一边").format(title=step.title)
        if len(set(names)) < len(names):
            yield _("同一步骤写了两次")


def _check_class(policy: Policy, spending_class: str) -> list[Problem]:
    """Bands of a class in each village that has its own, and in all the others."""
    mine = [one for one in policy.rules if one.spending_class == spending_class]
    named = sorted({village for one in mine for village in one.villages})
    general = [one for one in mine if not one.villages]
    problems = [] if general else [Problem(_("“{name}”没有各村通用的规则").format(name=spending_class))]
    for village in ["", *named]:
        problems += _check_bands(policy.rules_of(spending_class, village) if village else general, village)
    return problems


def _check_bands(rules: Sequence[Rule], village: str) -> list[Problem]:
    problems: list[Problem] = []
    expected = 1
    place = f"{village} " if village else ""
    for rule in sorted(rules, key=lambda one: one.from_fen):
        where = place + rule.spending_class
        if expected == 0 or rule.from_fen < expected:
            text = _("{a} 元起的一档与前一档重叠")
            problems.append(Problem(text.format(a=said_yuan(rule.from_fen)), where))
        elif rule.from_fen > expected:
            text = _("{a} 元到 {b} 元没有规定由谁签")
            words = {"a": said_yuan(expected), "b": said_yuan(rule.from_fen - 1)}
            problems.append(Problem(text.format(**words), where))
        expected = 0 if rule.to_fen == 0 else max(expected, rule.to_fen + 1)
    if rules and 1 < expected <= LARGEST_FEN:
        text = _("{a} 元以上没有规定由谁签")
        problems.append(Problem(text.format(a=said_yuan(expected)), place + rules[0].spending_class))
    return problems


def _check_pairs(policy: Policy) -> list[Problem]:
    problems = []
    for one, other in policy.apart:
        for name in (one, other):
            if name not in policy.steps:
                text = _("不能同一人的规定里有不存在的步骤：{name}")
                problems.append(Problem(text.format(name=name)))
        if one == other:
            problems.append(Problem(_("“{name}”不能和自己不是同一人").format(name=one)))
    named = (*policy.centre, *(name for names in policy.payments.values() for name in names))
    text = _("没有这个签字步骤：{name}")
    problems += [Problem(text.format(name=name)) for name in named if name not in policy.steps]
    if not policy.centre:
        problems.append(Problem(_("没有写明中心由谁签凭证")))
    return problems


def _check_used(policy: Policy) -> list[Problem]:
    """A step that no rule reaches is a slip: somebody thinks that it is signed."""
    reached = {name for rule in policy.rules for name in (*rule.steps, *rule.centre)} | set(policy.centre)
    reached |= {name for names in policy.payments.values() for name in names}
    text = _("签字步骤“{title}”没有一条规则用到")
    return [Problem(text.format(title=one.title)) for name, one in policy.steps.items() if name not in reached]


def check_people(policy: Policy, officers: Sequence[Officer], names: Mapping[str, str], day: str) -> list[Problem]:
    """People who hold two posts that may not be one person's, and centre's steps whose duty nobody holds, on a day.

    `names` says how people call a duty.
    """
    problems = check_unfit(policy, officers, names, day)
    held = _posts_held(officers, day)
    centre = set().union(*(posts for (village, _name), posts in held.items() if not village))
    for step in policy.steps.values():
        if step.kind == DUTY and step.role not in centre:
            text = _("“{title}”没有人能签：中心还没有任命{duty}")
            problems.append(Problem(text.format(title=step.title, duty=names.get(step.role, step.role))))
    return problems


def check_unfit(policy: Policy, officers: Sequence[Officer], names: Mapping[str, str], day: str) -> list[Problem]:
    """People who hold two posts in one place that may not be one person's, on a day."""
    text = _("{name}同时是{one}和{other}，这两个职责不能一人兼")
    return [
        Problem(text.format(name=name, one=names.get(one, one), other=names.get(other, other)), field="duty")
        for (_village, name), posts in sorted(_posts_held(officers, day).items())
        for one, other in policy.unfit
        if {one, other} <= posts
    ]


def _posts_held(officers: Sequence[Officer], day: str) -> dict[tuple[str, str], set[str]]:
    held: dict[tuple[str, str], set[str]] = {}
    for one in officers:
        if one.since <= day and (not one.until or one.until >= day):
            held.setdefault((one.village, one.name), set()).add(one.duty)
    return held
