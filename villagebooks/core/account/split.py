"""Dividing a leaf that has lines (科目拆分): what it holds goes to accounts below it by one dated transfer.

Lines from before stay where they are and the divided account keeps them as a lowest detail of its own; from the day of
the division only the transfer stands on it. So no figure of a closed month changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from villagebooks.core.account.chart import Account, check_account_name, level_of, parent_code
from villagebooks.core.money import said_yuan
from villagebooks.core.problem import Problem
from villagebooks.core.quantity import quantity_text
from villagebooks.core.words import _

Key = tuple[str, str, str, str]
"""party, project, contract, bank of a detail"""


@dataclass(frozen=True, slots=True)
class Holding:
    """What one detail of an account holds: signed net in fen, debit positive."""

    net_fen: int
    party: str = ""
    project: str = ""
    contract: str = ""
    bank: str = ""
    quantity_milli: int = 0

    @property
    def key(self) -> Key:
        """Which detail it is."""
        return (self.party, self.project, self.contract, self.bank)

    @property
    def name(self) -> str:
        """The detail as people name it."""
        return "／".join(filter(None, self.key)) or _("未指明")


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a detail goes to an account below, signed fen."""

    child: str
    net_fen: int
    key: Key = ("", "", "", "")
    quantity_milli: int = 0


@dataclass(frozen=True, slots=True)
class Split:
    """The division as the accountant decided it: new accounts below `code`, and what goes to which of them."""

    code: str
    children: tuple[Account, ...]
    shares: tuple[Share, ...] = ()


def split_children(account: Account, children: Sequence[Account]) -> tuple[Account, ...]:
    """The new accounts with side, needs and place taken from the account that is divided."""
    return tuple(
        replace(
            account, code=one.code, name=one.name.strip(), level=level_of(one.code), parent=parent_code(one.code),
            needs=one.needs or account.needs, leaf=True, stopped_on="", split_on="", split_by="",
        )
        for one in children
    )  # fmt: skip


def check_split(accounts: Mapping[str, Account], wanted: Split, holdings: Sequence[Holding]) -> list[Problem]:
    """Whether a division may be made: a leaf in use, new accounts right below it, every detail given away whole."""
    account = accounts.get(wanted.code)
    if account is None:
        return [Problem(_("没有科目 {code}").format(code=wanted.code), field="code")]
    named = {"code": account.code, "name": account.name}
    if account.split_on:
        return [Problem(_("科目 {code} {name} 已经拆分过").format(**named), field="code")]
    if not account.leaf:
        return [Problem(_("科目 {code} {name} 已有下级，直接增设就行").format(**named), field="code")]
    if account.stopped_on:
        return [Problem(_("科目 {code} {name} 已停用，先恢复使用").format(**named), field="code")]
    if not wanted.children:
        return [Problem(_("请写要分成哪些下级科目"), field="children")]
    return [*_check_children(account, wanted.children), *check_shares(wanted, holdings)]


def _check_children(account: Account, children: Sequence[Account]) -> list[Problem]:
    problems = []
    times = Counter(one.code for one in children)
    for row, one in enumerate(children):
        text = ""
        if not (one.code.isascii() and one.code.isdigit()) or parent_code(one.code) != account.code:
            text = _("“{text}”不是 {code} 的下级代码：应是它再加两位数字").format(text=one.code[:20], code=account.code)
        elif times[one.code] > 1:
            text = _("科目代码 {code} 重复").format(code=one.code)
        if text:
            problems.append(Problem(text, line=row, field="children"))
        named = replace(one, parent=account.code)
        beside = [replace(other, parent=account.code) for other in children if other is not one]
        problems += [replace(fault, line=row, field="children") for fault in check_account_name(beside, named)]
    return problems


def check_shares(wanted: Split, holdings: Sequence[Holding]) -> list[Problem]:
    """What each detail holds is given to accounts below, to the fen, and nothing else is given."""
    codes = {one.code for one in wanted.children}
    problems = [
        Problem(_("没有下级科目 {code}").format(code=one.child), field="shares")
        for one in wanted.shares
        if one.child not in codes
    ]
    held = {one.key: one for one in holdings}
    given: dict[Key, int] = dict.fromkeys(held, 0)
    counted: dict[Key, int] = dict.fromkeys(held, 0)
    for one in wanted.shares:
        given[one.key] = given.get(one.key, 0) + one.net_fen
        counted[one.key] = counted.get(one.key, 0) + one.quantity_milli
    for row, (key, fen) in enumerate(given.items()):
        holding = held.get(key, Holding(0, *key))
        if counted[key] != holding.quantity_milli:
            text = _("{name} 的数量是 {held}，分下去的是 {given}")
            held_text, given_text = quantity_text(holding.quantity_milli), quantity_text(counted[key])
            text = text.format(name=holding.name, held=held_text, given=given_text)
            problems.append(Problem(text, line=row, field="shares"))
        if fen != holding.net_fen:
            text = _("{name} 有 {net} 元，分下去的是 {fen} 元，相差 {rest} 元")
            text = text.format(
                name=holding.name, net=said_yuan(holding.net_fen), fen=said_yuan(fen),
                rest=said_yuan(holding.net_fen - fen),
            )  # fmt: skip
            problems.append(Problem(text, line=row, field="shares"))
    return problems
