"""Cash and bank accounts that a voucher would bring below zero: told, not refused: money in may come yet. Before a
signature by what the books hold, before posting, which is final, by the days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from villagebooks.core.account import BANK, CASH
from villagebooks.core.money import said_yuan
from villagebooks.core.voucher import Line
from villagebooks.core.words import _

Moved = tuple[date, int]
"""On a day, fen, debit positive."""


@dataclass(frozen=True, slots=True)
class Below:
    """From which day on an account is below zero because of what is posted, how far on it, and where it is farthest."""

    day: date
    fen: int
    worst_day: date
    worst_fen: int


def money_accounts(lines: Sequence[Line]) -> tuple[str, ...]:
    """Accounts of cash and of banks out of which these lines pay."""
    paid = dict.fromkeys(one.account for one in lines if one.account.startswith((CASH, BANK)))
    return tuple(one for one in paid if net_fen(lines, one) < 0)


def net_fen(lines: Sequence[Line], account: str) -> int:
    """What lines do to an account, fen, debit positive."""
    return sum(one.net_fen for one in lines if one.account == account)


def short_words(
    vouchers: Sequence[Sequence[Line]], held: Mapping[str, int], names: Mapping[str, str]
) -> tuple[str, ...]:
    """A sentence for each account of money that the lines of these vouchers bring below zero together; `held` by
    account, fen."""
    told, lines = [], [line for one in vouchers for line in one]
    for account in money_accounts(lines):
        after = held.get(account, 0) + net_fen(lines, account)
        if account in held and after < 0:
            moved = [net_fen(one, account) for one in vouchers]
            paid, got = [-fen for fen in moved if fen < 0], [fen for fen in moved if fen > 0]
            said = {"held": held[account], "paid": sum(paid), "got": sum(got), "short": -after}
            amounts = {name: said_yuan(fen) for name, fen in said.items()}
            named = f"{account} {names.get(account, '')}".strip()
            told.append(_text(len(vouchers), len(paid), len(got)).format(account=named, n=len(paid), **amounts))
    return tuple(told)


def _text(vouchers: int, paying: int, getting: int) -> str:
    """Only those are counted that pay out of the account; what others bring into it is said beside."""
    if vouchers == 1:
        return _("{account}：账上 {held}，这张付 {paid}，差 {short}，记账后钱会变成负数")
    if paying == vouchers:
        return _("{account}：账上 {held}，这 {n} 张合计付 {paid}，差 {short}，记账后钱会变成负数")
    if not getting:
        return _("{account}：账上 {held}，其中 {n} 张付 {paid}，差 {short}，记账后钱会变成负数")
    return _("{account}：账上 {held}，其中 {n} 张付 {paid}，另外收进 {got}，差 {short}，记账后钱会变成负数")


def below_zero(held_fen: int, posted: Iterable[Moved], chosen: Iterable[Moved]) -> Below | None:
    """What `chosen` does to an account that holds `held_fen` before all of these days: None where it brings no day
    below zero, nor farther below. A day counts as it ends, as in the checklist of the closing and the self-check."""
    before, by_chosen = dict[date, int](), dict[date, int]()
    for days, moved in ((before, posted), (by_chosen, chosen)):
        for day, fen in moved:
            days[day] = days.get(day, 0) + fen
    bad, held, added = [], held_fen, 0
    for day in sorted({*before, *by_chosen}):
        held, added = held + before.get(day, 0), added + by_chosen.get(day, 0)
        if added < 0 and held + added < 0:
            bad.append((day, -held - added))
    if not bad:
        return None
    worst = max(bad, key=lambda one: one[1])
    return Below(*bad[0], *worst)


def below_words(named: str, below: Below) -> str:
    """A sentence of one account."""
    day, worst = (_("{month}月{day}日").format(month=one.month, day=one.day) for one in (below.day, below.worst_day))
    first, most = said_yuan(below.fen), said_yuan(below.worst_fen)
    if below.worst_fen == below.fen:
        return _("{account}：{day}起差 {short}").format(account=named, day=day, short=first)
    text = _("{account}：{day}起差 {short}，{worst}差得最多，差 {most}")
    return text.format(account=named, day=day, short=first, worst=worst, most=most)
