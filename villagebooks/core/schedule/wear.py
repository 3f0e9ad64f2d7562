"""Depreciation (折旧), straight line: from the month after addition through the month of disposal (RULES §1)."""

from __future__ import annotations

from collections.abc import Mapping

from villagebooks.core.account import Account
from villagebooks.core.money import said_yuan
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem
from villagebooks.core.schedule.plan import MONTH, TOTAL, WEAR, Schedule, Wear
from villagebooks.core.voucher import Line
from villagebooks.core.words import _

PRODUCTION, MANAGEMENT, WELFARE, OTHER = "production", "management", "welfare", "other"
USES = (MANAGEMENT, WELFARE, OTHER, PRODUCTION)
_HEADS: Mapping[str, Mapping[str, str]] = {
    "2023": {PRODUCTION: "401", MANAGEMENT: "513", WELFARE: "514", OTHER: "511"},
    "2004": {PRODUCTION: "401", MANAGEMENT: "541", WELFARE: "551", OTHER: "502"},
}
_WORN, _WORD = "152", "折旧"


def use_words() -> dict[str, str]:
    """What an asset is used for, as people say it."""
    return {MANAGEMENT: _("管理用"), WELFARE: _("公益用"), OTHER: _("经营用"), PRODUCTION: _("生产用")}


def wear_schedule(name: str, wear: Wear, months: int, since: Month, every: int, accounts: tuple[str, str]) -> Schedule:
    """What is left to wear off, over what is left of `months`, to (debit, credit) accounts.

    `months` count from the month after the addition; an asset that was taken over goes on in `since`.
    """
    first = wear.added.next()
    total = wear.cost_fen - wear.residual_fen - wear.worn_fen
    lines = (
        Line(_("计提{month}月{name}折旧").format(month=MONTH, name=name), accounts[0], debit_fen=total),
        Line(_("计提{month}月折旧").format(month=MONTH), accounts[1], credit_fen=total),
    )
    return Schedule("", name, WEAR, TOTAL, lines, max(first, since), first.plus(months - 1), every, wear=wear)


def wear_accounts(accounts: Mapping[str, Account], standard: str, use: str) -> tuple[str, str]:
    """(debit, credit) leaves: production to 生产（劳务）成本, the rest to the expense of its use; by the word 折旧 in
    the name, or the only leaf there. Empty when a person must choose."""
    return _leaf(accounts, _HEADS.get(standard, {}).get(use, "")), _leaf(accounts, _WORN)


def check_wear(wear: Wear) -> list[Problem]:
    """Whether depreciation can be reckoned: the use is known and something is left to wear off."""
    problems = []
    if wear.use not in USES:
        problems.append(Problem(_("请选用途"), field="use"))
    if wear.cost_fen <= 0:
        problems.append(Problem(_("原值要大于零"), field="cost_fen"))
    if wear.residual_fen < 0 or wear.worn_fen < 0:
        problems.append(Problem(_("残值和已提折旧不能是负数"), field="residual_fen"))
    left = wear.cost_fen - wear.residual_fen - wear.worn_fen
    if wear.cost_fen > 0 >= left:
        text = _("原值减残值、减已提折旧得 {yuan} 元，没有要提的了")
        problems.append(Problem(text.format(yuan=said_yuan(left)), field="cost_fen"))
    return problems


def _leaf(accounts: Mapping[str, Account], head: str) -> str:
    below = [one for one in accounts.values() if head and one.leaf and one.code.startswith(head)]
    found = [one for one in below if _WORD in one.name] or below
    return found[0].code if len(found) == 1 else ""
