"""Cash and bank accounts that a voucher would bring below zero: told, not refused: money in may come yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from villagebooks.core.account import BANK, CASH
from villagebooks.core.money import said_yuan
from villagebooks.core.voucher import Line
from villagebooks.core.words import _


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
