"""The standing notice 权责清单: who signs what, what is never spent, that nothing costs a fee, how to supervise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from villagebooks.core.money import said_yuan
from villagebooks.core.policy import Policy, Rule, papers_text, step_text
from villagebooks.core.policy.step import BODY, DUTY
from villagebooks.core.words import _
from villagebooks.pdf.form import FormSheet, FormTable, FormWords, draw_form
from villagebooks.pdf.table import TableColumn, TableRow

ARROW = " → "


def draw_policy(
    policy: Policy, out: Path, since: str, ask: Sequence[str], villages: Mapping[str, str], centre: str
) -> int:
    """Draw the notice; the number of pages. `since` says which version, `ask` are places to ask, one a line."""
    return draw_form([policy_sheet(policy, since, ask, villages, centre)], out, centre)


def policy_sheet(policy: Policy, since: str, ask: Sequence[str], villages: Mapping[str, str], centre: str) -> FormSheet:
    """The notice in words; `villages` are names by code."""
    columns = (TableColumn(_("花在什么事上"), 13), TableColumn(_("金额（元）"), 21), TableColumn(_("依次由谁签字"), 40),
               TableColumn(_("要有什么"), 24))  # fmt: skip
    rows = [_row(policy, one, villages) for one in _sorted(policy)]
    blocks: list[FormTable | FormWords] = [
        FormTable(_("一、村里谁签字"), columns, tuple(rows)),
        FormWords(_("二、中心谁签字"), tuple(_centre(policy))),
        FormWords(_("三、什么钱不能花、怎样付"), tuple(_limits(policy))),
        FormWords(_("四、收不收费"), (_("写报账单、审核、记账、查账、复印都不收费。谁收费，就向下面的地方反映。"),)),
        FormWords(_("五、怎样监督"), tuple(_supervision(policy, ask))),
    ]
    above = (policy.name, "", since)
    return FormSheet(_("村级财务权责清单"), above, tuple(blocks), (_("监委会："), _("中心（章）：")), centre)


def _sorted(policy: Policy) -> list[Rule]:
    """Class by class as the policy names them, the rules of single villages after those for all."""
    places = {name: place for place, name in enumerate(policy.classes)}
    return sorted(policy.rules, key=lambda one: (places[one.spending_class], one.villages, one.from_fen))


def _row(policy: Policy, rule: Rule, villages: Mapping[str, str]) -> TableRow:
    only = _("、").join(villages.get(code, code) for code in rule.villages)
    name = (
        _("{name}（只用于{villages}）").format(name=rule.spending_class, villages=only) if only else rule.spending_class
    )
    chain = ARROW.join(step_text(policy.steps[name]) for name in rule.steps) or _("村里不用签，由中心签")
    asked = [papers_text(rule.papers), rule.resolution, rule.note]
    return TableRow((name, band_text(rule), chain, _("；").join(one for one in asked if one)))


def band_text(rule: Rule) -> str:
    """A band as people say it."""
    if rule.to_fen and rule.from_fen <= 1:
        return _("{amount} 以内").format(amount=said_yuan(rule.to_fen))
    if rule.to_fen:
        return f"{said_yuan(rule.from_fen)}—{said_yuan(rule.to_fen)}"
    return _("{amount} 以上").format(amount=said_yuan(rule.from_fen)) if rule.from_fen > 1 else _("不论多少")


def _centre(policy: Policy) -> list[str]:
    titles = {name: step.title for name, step in policy.steps.items()}
    said = [_("记账凭证依次由 {steps} 签，每一步由不同的人用自己的钥匙签。").format(
        steps=ARROW.join(titles[name] for name in policy.centre)
    )]  # fmt: skip
    if policy.money_step:
        said.append(_("“{title}”一步只在动用现金或存款时签。").format(title=titles[policy.money_step]))
    for rule in policy.rules:
        if rule.centre:
            text = _("{name}：{steps}。")
            said.append(text.format(name=rule.spending_class, steps=ARROW.join(titles[name] for name in rule.centre)))
    days = {step.within for step in policy.steps.values() if step.kind == DUTY and step.within}
    if len(days) == 1:
        said.append(_("中心每一步不超过 {n} 个工作日。").format(n=days.pop()))
    return said


def _limits(policy: Policy) -> list[str]:
    limits = policy.limits
    cash, slip = (said_yuan(one) for one in (limits.cash_fen, limits.slip_fen))
    said = [
        (limits.forbidden, _("不许列支：{words}。").format(words=_("、").join(limits.forbidden))),
        (limits.cash_fen, _("单笔超过 {amount} 元的从银行付，不付现金。").format(amount=cash)),
        (limits.slip_fen, _("没有发票的白条，一人一天不超过 {amount} 元，并写明情况。").format(amount=slip)),
        (limits.age_days, _("单据过了 {n} 天或跨了年，要写明原因，由中心主任同意。").format(n=limits.age_days)),
        (limits.split_days, _("同一个人 {n} 天内的几张单子合起来看，不许拆开报。").format(n=limits.split_days)),
    ]  # fmt: skip
    return [text for value, text in said if value] or [_("按上面的规定办，没有另外的限额。")]


def _supervision(policy: Policy, ask: Sequence[str]) -> list[str]:
    steps = policy.steps
    stamps = [step for step in steps.values() if step.kind == BODY and step.stamp]
    names = _("、").join(dict.fromkeys(one.names[0] for one in stamps))
    text = _("要{names}盖章的单子，{names}不同意就不盖章，中心就不付钱、不记账。")
    pairs = [(steps[one].title, steps[other].title) for one, other in policy.apart if one in steps and other in steps]
    apart = _("；").join(dict.fromkeys(_("{one}和{other}").format(one=one, other=other) for one, other in pairs))
    return [
        *([text.format(names=names)] if names else []),
        *([_("不能是同一个人：{pairs}。").format(pairs=apart)] if apart else []),
        _("每月的收支公开榜和每季的财务公开榜，村民都可以看、可以拍照、可以问，问了要在榜上写明的日子里答复。"),
        *[_("可以问：{line}").format(line=line) for line in ask],
    ]
