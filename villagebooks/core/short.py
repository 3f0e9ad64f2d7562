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
    lines: Sequence[Line], held: Mapping[str, int], names: Mapping[str, str], vouchers: int = 1
) -> tuple[str, ...]:
    """A sentence for each account of money that these lines, of one or several `vouchers`, bring below zero; `held` by
    account, fen."""
    one, many = (
        _("{account}：账上 {held}，这张付 {paid}，差 {short}，记账后钱会变成负数"),
        _("{account}：账上 {held}，这 {n} 张合计付 {paid}，差 {short}，记账后钱会变成负数"),
    )
    told = []
    for account in money_accounts(lines):
        after = held.get(account, 0) + net_fen(lines, account)
        if account in held and after < 0:
            text = one if vouchers == 1 else many
            said = {"held": held[account], "paid": -net_fen(lines, account), "short": -after}
            amounts = {name: said_yuan(fen) for name, fen in said.items()}
            named = f"{account} {names.get(account, '')}".strip()
            told.append(text.format(account=named, n=vouchers, **amounts))
    return tuple(told)
