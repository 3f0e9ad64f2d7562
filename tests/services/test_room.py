"""What is left to be spent, beside the voucher: the budget's row and the special funds, now and after these lines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from villagebooks.core.account import Account
from villagebooks.core.budget import ADOPT, BudgetAct, BudgetLine
from villagebooks.core.voucher import Draft, Line, Voucher
from villagebooks.services.account import add_account, read_entry_book
from villagebooks.services.budget import save_budget_act
from villagebooks.services.desk import Desk
from villagebooks.services.room import room_left

PAPER = (Line("纸", "51302", 74_260), Line("纸", "101", credit_fen=74_260))


def test_the_budget_leaves_what_was_not_posted_yet(desk: Desk, sign_and_post: Callable[[Draft], Voucher]) -> None:
    assert room_left(desk, "51302").budget is None
    plan = (BudgetLine("51302", 100_000),)
    save_budget_act(desk, BudgetAct("", "", 2026, ADOPT, date(2026, 1, 15), "成员代表大会 2026-01-15", plan))
    sign_and_post(Draft(date(2026, 9, 10), PAPER, attachment_count=1))
    room = room_left(desk, "51302")
    assert room.budget is not None
    assert (room.budget.left_fen, room.budget_after_fen(PAPER)) == (25_740, -48_520)
    assert room_left(desk, "101").budget is None


def test_a_special_fund_leaves_what_was_granted_and_not_spent(
    desk: Desk, sign_and_post: Callable[[Draft], Voucher]
) -> None:
    known = read_entry_book(desk).accounts
    for code, name, side in (("153", "在建工程", "D"), ("241", "专项应付款", "C")):
        if code not in known:
            add_account(desk, Account(code, name, 1, "", side, leaf=True))
    granted = (Line("拨款", "101", 500_000), Line("拨款", "241", 0, 500_000, project="水渠"))
    sign_and_post(Draft(date(2026, 9, 10), granted, attachment_count=1))
    room = room_left(desk, "241")
    (fund,) = room.funds
    assert (fund.name, fund.left_fen) == ("水渠", 500_000)
    spent = (Line("付工程款", "153", 620_000, project="水渠"), Line("付工程款", "101", 0, 620_000))
    assert room.fund_after_fen(fund, spent) == -120_000
    assert not room.touches(fund, spent[1])
    assert room_left(desk, "153").funds == room.funds
    assert room_left(desk, "101").funds == ()
