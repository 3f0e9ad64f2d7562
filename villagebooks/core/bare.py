"""Money that a voucher pays beyond the papers that the village signed, at once or in several small ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from villagebooks.core.money import said_yuan
from villagebooks.core.words import _


@dataclass(frozen=True, slots=True)
class BarePayment:
    """A voucher by uid and title: what it pays out of cash and bank, and what its papers of spending say, fen. `payee`
    is the party that it names, `account` the account that it pays for where it names none."""

    uid: str
    title: str
    day: date
    paid_fen: int
    covered_fen: int
    payee: str = ""
    account: str = ""

    @property
    def bare_fen(self) -> int:
        """What no paper speaks of."""
        return self.paid_fen - self.covered_fen

    @property
    def sentence(self) -> str:
        """What is told of it: one small paper covers no large payment."""
        if not self.covered_fen:
            return _("付出 {yuan} 元，没有村里签过字的报账单").format(yuan=said_yuan(self.paid_fen))
        text = _("付出 {yuan} 元，签过字的报账单只有 {covered} 元，差 {rest} 元没有报账单")
        amounts = {"yuan": self.paid_fen, "covered": self.covered_fen, "rest": self.bare_fen}
        return text.format(**{name: said_yuan(fen) for name, fen in amounts.items()})


@dataclass(frozen=True, slots=True)
class BareSplit:
    """Payments within a few days, to one payee or for one account, each below the line and above it together."""

    whose: str
    payments: tuple[BarePayment, ...]

    @property
    def fen(self) -> int:
        """What they pay together that no paper speaks of."""
        return sum(one.bare_fen for one in self.payments)

    @property
    def sentence(self) -> str:
        """What is told of them."""
        days = (self.payments[-1].day - self.payments[0].day).days + 1
        text = _("{days} 天内分 {n} 张付给{whose}（{titles}），合计 {yuan} 元没有村里签过字的报账单")
        if days == 1:
            text = _("同一天分 {n} 张付给{whose}（{titles}），合计 {yuan} 元没有村里签过字的报账单")
        return text.format(
            days=days, n=len(self.payments), whose=self.whose, titles=_titles(self.payments), yuan=said_yuan(self.fen)
        )  # fmt: skip


def _titles(payments: Sequence[BarePayment]) -> str:
    """2026-09 记-1、记-3: the month once where it stays the same."""
    told, last = [], ""
    for one in payments:
        month, _blank, title = one.title.rpartition(" ")
        told.append(title if month == last else one.title)
        last = month
    return _("、").join(told)


def find_bare_splits(payments: Iterable[BarePayment], limit_fen: int, days: int) -> list[BareSplit]:
    """Every group that is above the limit together and in which none is alone, by day; a payment is in one group. 0
    days, or no limit, finds none."""
    groups: dict[tuple[str, str], list[BarePayment]] = defaultdict(list)
    for one in payments:
        if limit_fen and days and 0 < one.bare_fen <= limit_fen and (one.payee or one.account):
            groups[one.payee, "" if one.payee else one.account].append(one)
    found: list[BareSplit] = []
    for (payee, account), group in groups.items():
        whose = payee or _("同一科目 {account}").format(account=account)
        ordered = sorted(group, key=lambda one: (one.day, one.title))
        found += [BareSplit(whose, within) for within in _above(ordered, limit_fen, days)]
    return sorted(found, key=lambda one: (one.payments[0].day, one.whose))


def _above(payments: Sequence[BarePayment], limit_fen: int, days: int) -> list[tuple[BarePayment, ...]]:
    found, start = [], 0
    while start < len(payments):
        within = [one for one in payments[start:] if (one.day - payments[start].day).days < days]
        above = sum(one.bare_fen for one in within) > limit_fen
        found += [tuple(within)] if above else []
        start += len(within) if above else 1
    return found
