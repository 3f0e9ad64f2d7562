"""What may be changed in a chart that has history: names from a day on, the end of use, what lines must carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from villagebooks.core.account.chart import Account
from villagebooks.core.account.split import Holding
from villagebooks.core.money import said_yuan
from villagebooks.core.problem import Problem
from villagebooks.core.words import _

SHOWN = 5
"""Details named in one sentence before it says how many more."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an account stands: what its details hold, its last line (day, title), vouchers under way on it."""

    holdings: tuple[Holding, ...] = ()
    last: tuple[date, str] | None = None
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountPast:
    """What an account was called before, as (ISO day from which no longer, name), and since when it needs what."""

    names: tuple[tuple[str, str], ...] = ()
    needs: tuple[tuple[str, str], ...] = ()


NO_PAST = AccountPast()


@dataclass(frozen=True, slots=True)
class NeedsChange:
    """What a change of needs means for the past: of each dimension now asked for, how many lines lack it."""

    account: Account
    lacking: Mapping[str, int]


def held_words(holdings: Sequence[Holding]) -> str:
    """借方 742.60 元；or by detail: 柯有福 借方 100.00 元、田维国 贷方 50.00 元 等 7 项."""
    parts = []
    for one in holdings[:SHOWN]:
        side = _("借方") if one.net_fen > 0 else _("贷方")
        name = f"{one.name} " if len(holdings) > 1 or any(one.key) else ""
        parts.append(_("{name}{side} {yuan} 元").format(name=name, side=side, yuan=said_yuan(abs(one.net_fen))))
    text = _("、").join(parts)
    return text if len(holdings) <= SHOWN else _("{text} 等 {n} 项").format(text=text, n=len(holdings))


def check_stop(account: Account, day: date, standing: Standing) -> list[Problem]:
    """停用: nothing is left on the account, no line on or after the day, no voucher under way."""
    named = {"code": account.code, "name": account.name}
    if account.level == 1:
        return [Problem(_("{code} {name} 是制度规定的一级科目，不能停用").format(**named), field="code")]
    problems = []
    if standing.holdings:
        text = _("{code} {name} 还有余额：{left}。先转出余额再停用")
        problems.append(Problem(text.format(**named, left=held_words(standing.holdings)), field="code"))
    problems += check_quiet(account, standing)
    if standing.last and standing.last[0] >= day:
        text = _("{code} {name} 最后一笔分录在 {last} {title}，停用日期要在它以后")
        problems.append(Problem(text.format(**named, last=standing.last[0], title=standing.last[1]), field="day"))
    return problems


def check_quiet(account: Account, standing: Standing) -> list[Problem]:
    """No voucher is under way on the account."""
    if not standing.waiting:
        return []
    titles = _("、").join(standing.waiting[:SHOWN])
    if len(standing.waiting) > SHOWN:
        titles = _("{text} 等 {n} 张").format(text=titles, n=len(standing.waiting))
    text = _("还有没记账的凭证用着 {code} {name}：{titles}。先记账或作废")
    return [Problem(text.format(code=account.code, name=account.name, titles=titles), field="code")]


def check_split_day(account: Account, day: date, standing: Standing) -> list[Problem]:
    """A division stands behind the last line of the account, and no voucher is under way on it."""
    problems = check_quiet(account, standing)
    if standing.last and standing.last[0] > day:
        text = _("{code} {name} 最后一笔分录在 {last} {title}，拆分日期不能早于它")
        named = {"code": account.code, "name": account.name, "last": standing.last[0], "title": standing.last[1]}
        problems.append(Problem(text.format(**named), field="day"))
    return problems


def check_open_day(day: date, open_from: date) -> list[Problem]:
    """A change counts from a day in a month that is not closed: what was printed of closed months stays as it is."""
    if day >= open_from:
        return []
    return [Problem(_("{day} 所在的月份已结账，最早从 {first} 起").format(day=day, first=open_from), field="day")]
