"""科目拆分: a leaf that has lines gets accounts below it, and one transfer, signed as any voucher, of what it held."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from villagebooks.core.account import (
    Account,
    Holding,
    Key,
    Share,
    Split,
    check_accounts,
    check_open_day,
    check_shares,
    check_split,
    check_split_day,
    split_children,
)
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.voucher import Draft, Line, Voucher
from villagebooks.core.words import _, plain_text
from villagebooks.db import account as account_rows
from villagebooks.db import book as book_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.services.account.change import first_open_day, need_account, standing_of
from villagebooks.services.account.entry import standard_chart
from villagebooks.services.desk import Act, Desk, acting
from villagebooks.services.voucher import keep_voucher


def split_account(desk: Desk, wanted: Split, day: date) -> Voucher | None:
    """Divide a leaf on a day: make the accounts below it and draft the one transfer of what every detail holds.

    The transfer is the voucher that is returned, to be signed and posted as any other; None when the account holds
    nothing. Lines from before stay on the divided account. Refused in a closed month, before its last line, while
    a voucher under way uses it, or when what it holds is not given away to the fen.
    """
    wanted = replace(wanted, children=tuple(replace(one, name=plain_text(one.name)) for one in wanted.children))
    with acting(desk) as act:
        row_id = act.row
        accounts = book_rows.accounts(act.connection, row_id)
        standing = standing_of(act.connection, row_id, need_account(act, wanted.code))
        refuse_if(check_split(accounts, wanted, standing.holdings))
        account = accounts[wanted.code]
        faults = check_split_day(account, day, standing)
        refuse_if([*faults, *check_open_day(day, first_open_day(act.connection, desk.book))])
        had_lines = voucher_rows.has_lines(act.connection, row_id, account.code)
        uid = str(uuid.uuid4()) if standing.holdings else ""
        divided = replace(account, leaf=False, split_on=day.isoformat() if had_lines else "", split_by=uid)
        children = split_children(account, wanted.children)
        after = {**accounts, divided.code: divided} | {one.code: one for one in children}
        refuse_if(check_accounts(list(after.values()), standard_chart(desk.book.standard)))
        book_rows.set_account(act.connection, row_id, divided)
        book_rows.add_accounts(act.connection, row_id, children)
        voucher = None
        if uid:
            lines = transfer_lines(account, standing.holdings, wanted.shares)
            voucher = keep_voucher(act, desk, Draft(day, lines, ""), uid)
        act.record("split", f"accounts:{row_id}")
    return voucher


def redo_transfer(desk: Desk, code: str, shares: tuple[Share, ...], day: date) -> Voucher:
    """Draft the transfer of a divided account again after the first one was voided."""
    with acting(desk) as act:
        row_id = act.row
        account = need_account(act, code)
        holdings = account_rows.holdings(act.connection, row_id, code)
        refuse_if(_check_waits(account, holdings))
        if day.isoformat() < account.split_on:
            text = _("{code} {name} 在 {day} 拆分，转账不能早于那天")
            raise Refused([Problem(text.format(code=code, name=account.name, day=account.split_on), field="day")])
        below = _leaves_below(act, account)
        refuse_if(check_shares(Split(code, below, shares), holdings))
        uid = str(uuid.uuid4())
        book_rows.set_account(act.connection, row_id, replace(account, split_by=uid))
        voucher = keep_voucher(act, desk, Draft(day, transfer_lines(account, holdings, shares), ""), uid)
        act.record("split", f"accounts:{row_id}")
    return voucher


def _check_waits(account: Account, holdings: list[Holding]) -> list[Problem]:
    named = {"code": account.code, "name": account.name}
    if not account.split_on:
        return [Problem(_("科目 {code} {name} 没有拆分过").format(**named), field="code")]
    if account.split_by:
        return [Problem(_("科目 {code} {name} 的转账凭证已经做了").format(**named), field="code")]
    if not holdings:
        return [Problem(_("科目 {code} {name} 没有余额要转").format(**named), field="code")]
    return []


def _leaves_below(act: Act, account: Account) -> tuple[Account, ...]:
    accounts = book_rows.accounts(act.connection, act.row).values()
    return tuple(one for one in accounts if one.leaf and one.code.startswith(account.code) and one != account)


def transfer_lines(account: Account, holdings: Sequence[Holding], shares: Sequence[Share]) -> tuple[Line, ...]:
    """The lines of a transfer: every detail of the divided account goes to zero, debits first."""
    words = _("拆分科目：{name}余额转入下级").format(name=account.name)
    lines = [_line(words, account.code, -one.net_fen, one.key, -one.quantity_milli) for one in holdings]
    lines += [_line(words, one.child, one.net_fen, one.key, one.quantity_milli) for one in shares if one.net_fen]
    return tuple(sorted(lines, key=lambda line: not line.debit_fen))


def _line(words: str, code: str, net_fen: int, key: Key, quantity_milli: int) -> Line:
    """A line on the side of its amount; what it counts is positive when it moves the way the amount does."""
    counted = quantity_milli if net_fen > 0 else -quantity_milli
    return Line(words, code, max(net_fen, 0), max(-net_fen, 0), *key, counted)
