"""Accounts (科目): statutory level 1 of three digits, two digits a level below; only leaves take lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from villagebooks.core.problem import Problem
from villagebooks.core.words import _

CASH = "101"
BANK = "102"
CURRENT = "113"
"""内部往来: debit and credit details are never netted."""
SEPARATOR = "／"
QUANTITY = "quantity"
"""In `Account.needs`: the account counts quantities in its `unit` (数量金额式)."""
HIGHEST_BELOW = 99


@dataclass(frozen=True, slots=True)
class Account:
    """An account of a book. `side` is D, C or B (either); `needs` lists the dimensions a line must carry."""

    code: str
    name: str
    level: int
    parent: str
    side: str
    leaf: bool
    needs: tuple[str, ...] = ()
    unit: str = ""
    """计量单位 of an account that counts quantities."""
    stopped_on: str = ""
    """ISO day from which it takes no line (停用); it stays in every report."""
    split_on: str = ""
    """ISO day on which it was divided into the accounts below it: its own older lines stay its own lowest detail."""
    split_by: str = ""
    """Uid of the one voucher that moves what it held to the accounts below; empty when it held nothing, or not yet."""

    @property
    def counts_quantity(self) -> bool:
        """True when lines on it tell a quantity (收入、发出、结存)."""
        return QUANTITY in self.needs

    @property
    def holds_lines(self) -> bool:
        """True when lines may stand on it: a leaf, or a parent that was a leaf before it was divided."""
        return self.leaf or bool(self.split_on)

    def is_stopped(self, day: str) -> bool:
        """True when it takes no line of this ISO day any more."""
        return bool(self.stopped_on) and day >= self.stopped_on

    @property
    def is_money(self) -> bool:
        """True for cash on hand and bank accounts, which the cashier must sign."""
        return self.code.startswith((CASH, BANK))


@dataclass(frozen=True, slots=True)
class ChartAccount:
    """A statutory level-1 account of a standard (财会〔2023〕14号, 财会〔2004〕12号)."""

    code: str
    name: str
    kind: str
    side: str


def level_of(code: str) -> int:
    """Level of a code by its length: 101 is 1, 10201 is 2, 5130101 is 3."""
    return (len(code) - 1) // 2


def parent_code(code: str) -> str:
    """Code of the account above, empty for level 1."""
    return code[:-2] if len(code) > 3 else ""


def path_name(accounts: Iterable[Account], code: str) -> str:
    """Names from level 1 down to the account, as a voucher shows them."""
    names = {account.code: account.name for account in accounts}
    codes = [code[:end] for end in range(3, len(code) + 1, 2)]
    return SEPARATOR.join(names[part] for part in codes if part in names)


def split_home(accounts: Mapping[str, Account], code: str) -> str:
    """The highest account at or above the code that was divided, where lines from before stand; else the code."""
    above = (code[:end] for end in range(3, len(code) + 1, 2))
    return next((one for one in above if one in accounts and accounts[one].split_on), code)


def next_code(codes: Iterable[str], above: str) -> str:
    """The first free code right below an account, after the highest in use; empty when there is none left."""
    taken = [int(code[-2:]) for code in codes if parent_code(code) == above]
    number = max(taken, default=0) + 1
    return f"{above}{number:02d}" if number <= HIGHEST_BELOW else ""


def new_account(code: str, name: str) -> Account:
    """An account as its code says, its side and needs still to be taken from the account above."""
    code = unicodedata.normalize("NFKC", code).strip()
    return Account(code, name, level_of(code), parent_code(code), "", leaf=True)


def check_account_name(accounts: Iterable[Account], named: Account) -> list[Problem]:
    """An account has a name, and no other one beside it below the same account has the same."""
    if not named.name:
        return [Problem(_("请写科目名称"), field="name")]
    if SEPARATOR in named.name:
        return [Problem(_("科目名称里不能有“{sign}”").format(sign=SEPARATOR), field="name")]
    beside = [one for one in accounts if one.parent == named.parent and one.code != named.code]
    same = next((one for one in beside if one.name == named.name), None)
    if same:
        text = _("同一个上级下已有科目 {code} {name}")
        return [Problem(text.format(code=same.code, name=same.name), field="name")]
    return []


def check_accounts(accounts: Sequence[Account], chart: Sequence[ChartAccount]) -> list[Problem]:
    """Codes well formed, parents present and no leaf, level 1 as the standard has it (财会〔2024〕12号 art. 20)."""
    problems: list[Problem] = []
    by_code = {account.code: account for account in accounts}
    statutory = {account.code: account for account in chart}
    if len(by_code) < len(accounts):
        problems.append(Problem(_("科目代码有重复")))
    parents = {parent_code(code) for code in by_code}
    for account in accounts:
        where = f"{account.code} {account.name}"
        if (
            not account.code.isascii()
            or not account.code.isdigit()
            or len(account.code) % 2 == 0
            or len(account.code) < 3
        ):
            problems.append(Problem(_("科目代码应是三位数字，每下一级加两位"), where))
            continue
        if len(account.code) == 3 and statutory and account.code not in statutory:
            problems.append(Problem(_("制度里没有这个一级科目"), where))
        above = parent_code(account.code)
        if above and above not in by_code:
            problems.append(Problem(_("没有上级科目 {code}").format(code=above), where))
        if account.leaf == (account.code in parents):
            text = _("有下级科目，不能是末级") if account.leaf else _("没有下级科目，应是末级")
            problems.append(Problem(text, where))
        if account.counts_quantity and not account.unit.strip():
            problems.append(Problem(_("要记数量的科目没有计量单位"), where))
    return problems
