"""One bill booked in small parts on several accounts of costs that name nobody: told; honest small payments beside it
are not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.services.conftest import line
from tests.services.test_bare import listed, told
from villagebooks.core.account import new_account
from villagebooks.core.bare import matter_of
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.services.account import add_account
from villagebooks.services.desk import Desk
from villagebooks.services.hint import sign_hint
from villagebooks.services.voucher import save_voucher

Book = Callable[[Draft], Voucher]


def paying(day: int, account: str, fen: int, words: str, money: str = "101") -> Draft:
    lines = (line(account, fen, summary=words), line(money, credit=fen, summary=words))
    return Draft(date(2026, 9, day), lines, attachment_count=1)


@pytest.fixture
def other(desk: Desk) -> str:
    """A second account of expenses."""
    return add_account(desk, new_account("51303", "差旅费")).code


def test_one_bill_on_two_accounts_is_told_while_it_is_signed_at_closing_and_afterwards(
    desk: Desk, sign_and_post: Book, other: str
) -> None:
    sign_and_post(paying(8, "51302", 60_000, "付修缮活动室（第一批）", "10201"))
    assert told(desk) == []
    waiting = save_voucher(desk, paying(11, other, 60_000, "付修缮活动室（第二批）", "10201"))
    whose = f"没有写是谁的几个科目 {'、'.join(sorted(['51302', other]))}"
    text = f"4 天内分 2 张付给{whose}（2026-09 记-1、记-2），合计 1,200.00 元没有村里签过字的报账单"
    assert f"{text}，结账和自查会提示" in sign_hint(desk, waiting.uid, ()).hints
    sign_and_post(paying(25, other, 60_000, "付修缮活动室（第三批）", "10201"))
    assert told(desk) == []


def test_notes_paid_on_one_day_for_two_accounts_are_told_like_one_voucher(
    desk: Desk, sign_and_post: Book, other: str
) -> None:
    sign_and_post(paying(8, "51302", 60_000, "办公用品"))
    sign_and_post(paying(8, other, 60_000, "清扫垃圾"))
    (one,) = told(desk)
    assert "同一天分 2 张付给没有写是谁的几个科目" in one
    assert [row.split()[0] for row in listed(desk)] == ["paid_bare"]


def test_small_payments_for_different_things_are_nobodys_split(desk: Desk, sign_and_post: Book, other: str) -> None:
    sign_and_post(paying(8, "51302", 60_000, "办公用品"))
    sign_and_post(paying(9, other, 60_000, "清扫垃圾"))
    sign_and_post(paying(20, "51302", 60_000, "电话费", "10201"))
    sign_and_post(paying(20, other, 60_000, "路灯电费", "10201"))
    assert (told(desk), listed(desk)) == ([], [])


def test_what_a_summary_is_about() -> None:
    assert matter_of("付修缮活动室（第一批）") == matter_of("修缮活动室 2") == "修缮活动室"
    assert matter_of("付款") == matter_of("9月费用") == ""
