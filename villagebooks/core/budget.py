"""The year's budget (财务计划) of a village: what was adopted, how it was changed, and plan against actual."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from villagebooks.core.account import Account
from villagebooks.core.money import LARGEST_FEN, read_yuan, said_yuan
from villagebooks.core.problem import Problem
from villagebooks.core.words import N_, _, plain_text

ADOPT, CHANGE = "adopt", "change"
PLANNED = ("5",)
"""Codes of what is planned begin so: income and expense, in both standards."""


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """An account with its amount in fen: of an adoption the year's plan, of a change what is added or taken off."""

    account: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class BudgetAct:
    """One decision on a year's budget. `basis` names who decided and when (成员代表大会 2026-01-15)."""

    uid: str
    book: str
    year: int
    kind: str
    day: date
    basis: str
    lines: tuple[BudgetLine, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """An account's plan against actual, fen. `changed_fen` is what changes added; `actual_fen` the year to date.

    `planned` is False for an account that moved without a plan.
    """

    account: str
    name: str
    income: bool
    adopted_fen: int
    changed_fen: int
    actual_fen: int
    planned: bool = True

    @property
    def plan_fen(self) -> int:
        """The plan as it stands."""
        return self.adopted_fen + self.changed_fen

    @property
    def left_fen(self) -> int:
        """What is still to come in or may still be spent; negative: more than planned."""
        return self.plan_fen - self.actual_fen

    @property
    def tenths(self) -> str:
        """How far it is, as people say it: 七成半, 十成; empty without a plan."""
        if self.plan_fen <= 0:
            return ""
        halves = self.actual_fen * 20 // self.plan_fen
        if halves < 0:
            return ""
        whole, half = divmod(halves, 2)
        if not whole:
            return _("零成半") if half else _("零成")
        tenths = _(_DIGITS[whole]) if whole <= 10 else str(whole)
        return (_("{n}成半") if half else _("{n}成")).format(n=tenths)


_DIGITS = (
    "",
    N_("一"),
    N_("二"),
    N_("三"),
    N_("四"),
    N_("五"),
    N_("六"),
    N_("七"),
    N_("八"),
    N_("九"),
    N_("十"),
)


@dataclass(frozen=True, slots=True)
class BudgetReport:
    """A book's year up to a month: rows in the order of codes, income before expense."""

    book: str
    name: str
    year: int
    month: int
    rows: tuple[BudgetRow, ...]

    def total(self, *, income: bool) -> tuple[int, int, int]:
        """Plan, actual and what is left of one side, fen."""
        mine = [row for row in self.rows if row.income is income]
        return (
            sum(row.plan_fen for row in mine),
            sum(row.actual_fen for row in mine),
            sum(row.left_fen for row in mine),
        )


def tidy_act(one: BudgetAct) -> BudgetAct:
    """The act with its texts as they are kept."""
    return BudgetAct(
        one.uid, one.book, one.year, one.kind, one.day, plain_text(one.basis).strip(), one.lines,
        plain_text(one.reason).strip(),
    )  # fmt: skip


def check_budget(new: BudgetAct, before: Sequence[BudgetAct], accounts: Mapping[str, Account]) -> list[Problem]:
    """Whether an adoption or change may be kept behind those of the year that are there already."""
    problems: list[Problem] = []

    def add(text: str, field: str = "", line: int | None = None) -> None:
        problems.append(Problem(text, field=field, line=line))

    adopted = [one for one in before if one.kind == ADOPT]
    if new.kind == ADOPT and adopted:
        add(_("{year} 年的预算已经通过，要改请做“调整”").format(year=new.year), "kind")
    if new.kind == CHANGE and not adopted:
        add(_("{year} 年还没有通过预算，没有可调整的").format(year=new.year), "kind")
    if new.kind == CHANGE and not new.reason:
        add(_("没有写调整的原因"), "reason")
    if before and new.day < max(one.day for one in before):
        add(_("日期早于上一次的决定 {day}").format(day=max(one.day for one in before)), "day")
    if abs(new.day.year - new.year) > 1:
        add(_("{day} 决定 {year} 年的预算，年份可能打错了").format(day=new.day, year=new.year), "day")
    if not new.basis:
        add(_("没有写由谁、哪一天决定（如：成员代表大会 2026-01-15）"), "basis")
    if not new.lines:
        add(_("没有一个项目"), "lines")
    problems += _check_lines(new, before, accounts)
    return problems


def _check_lines(new: BudgetAct, before: Sequence[BudgetAct], accounts: Mapping[str, Account]) -> list[Problem]:
    problems: list[Problem] = []
    plan = plan_of(before)
    held = set(plan) | {line.account for line in new.lines}
    seen: set[str] = set()
    for row, line in enumerate(new.lines):
        where = _("第 {n} 行").format(n=row + 1)
        account = accounts.get(line.account)
        if account is None or not line.account.startswith(PLANNED):
            text = _("{code} 不是收入或支出科目，不能列预算")
            problems.append(Problem(text.format(code=line.account or "—"), where, row, "account"))
            continue
        if line.account in seen:
            problems.append(Problem(_("{code} 写了两次").format(code=line.account), where, row, "account"))
        seen.add(line.account)
        above = next((code for code in held if code != line.account and line.account.startswith(code)), "")
        if above:
            text = _("{code} 在 {above} 里面，两个都列会算两次")
            problems.append(Problem(text.format(code=line.account, above=above), where, row, "account"))
        problems += _check_amount(new, line, plan.get(line.account, 0), where, row)
    return problems


def _check_amount(new: BudgetAct, line: BudgetLine, planned: int, where: str, row: int) -> list[Problem]:
    if abs(line.amount_fen) > LARGEST_FEN:
        return [Problem(_("金额太大"), where, row, "amount_fen")]
    if new.kind == ADOPT and line.amount_fen < 0:
        return [Problem(_("预算不能是负数"), where, row, "amount_fen")]
    if new.kind == CHANGE and line.amount_fen == 0:
        return [Problem(_("没有写增加或减少多少"), where, row, "amount_fen")]
    if planned + line.amount_fen < 0:
        text = _("减得比预算还多：原来是 {plan} 元")
        return [Problem(text.format(plan=said_yuan(planned)), where, row, "amount_fen")]
    return []


def read_lines(text: str, accounts: Mapping[str, Account]) -> tuple[tuple[BudgetLine, ...], list[Problem]]:
    """Lines that were typed or pasted: an account by code or name and an amount in yuan, one a line."""
    lines, problems = [], []
    by_name = {one.name: one.code for one in sorted(accounts.values(), key=lambda one: one.code, reverse=True)}
    for number, row in enumerate(text.splitlines(), 1):
        words = row.replace("\u3000", " ").split()
        if not words:
            continue
        where = _("第 {n} 行").format(n=number)
        fen = read_yuan(words[-1]) if len(words) > 1 else None
        known = [by_name.get(word, word) for word in words[:-1] if word in accounts or word in by_name]
        if fen is None:
            problems.append(Problem(_("“{row}”应写成：科目 金额").format(row=row.strip()[:40]), where))
        elif not known:
            problems.append(Problem(_("没有科目“{word}”").format(word=" ".join(words[:-1])[:40]), where))
        else:
            lines.append(BudgetLine(known[0], fen))
    return tuple(lines), problems


def plan_of(acts: Iterable[BudgetAct]) -> dict[str, int]:
    """The plan in fen by account after all the acts."""
    plan: dict[str, int] = {}
    for one in acts:
        for line in one.lines:
            plan[line.account] = plan.get(line.account, 0) + line.amount_fen
    return plan


def build_budget(
    title: tuple[str, str],
    until: tuple[int, int],
    acts: Sequence[BudgetAct],
    accounts: Mapping[str, Account],
    moved: Mapping[str, int],
) -> BudgetReport:
    """Plan against actual. `title` is the book's code and name, `until` year and month, `moved` the net debit (fen) of
    each leaf in the year to date without closing transfers.

    A planned account takes what moved in it and below; what moved outside every plan stands in rows of its own level 1.
    """
    adopted = plan_of(one for one in acts if one.kind == ADOPT)
    changed = plan_of(one for one in acts if one.kind == CHANGE)
    planned = sorted({*adopted, *changed})
    actual: dict[str, int] = dict.fromkeys(planned, 0)
    for code, fen in moved.items():
        if code.startswith(PLANNED) and fen:
            home = next((one for one in planned if code.startswith(one)), code[:3])
            actual[home] = actual.get(home, 0) + fen
    rows = []
    for code, fen in actual.items():
        income = is_income(code, accounts)
        sign = -1 if income else 1
        name = accounts[code].name if code in accounts else ""
        rows.append(
            BudgetRow(code, name, income, adopted.get(code, 0), changed.get(code, 0), sign * fen, code in planned)
        )
    rows.sort(key=lambda row: (not row.income, row.account))
    return BudgetReport(*title, *until, tuple(row for row in rows if row.plan_fen or row.actual_fen or row.planned))


def is_income(code: str, accounts: Mapping[str, Account]) -> bool:
    """Whether the account's level 1 has its normal balance on the credit side."""
    top = accounts.get(code[:3])
    return top is not None and top.side == "C"
