"""Counting the cash: signed by somebody who does not hold it, a difference needs its reason and its voucher."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.services.conftest import Staff, line
from villagebooks.core.cash import CashCount
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.services.cash import cash_accounts, cash_counts, draft_cash_difference, record_cash_count
from villagebooks.services.check import check_books
from villagebooks.services.closing import choose_blocking, close_month, month_checklist
from villagebooks.services.desk import Desk

Post = Callable[[Draft], Voucher]
DAY = date(2026, 9, 30)


@pytest.fixture
def funded(desk: Desk, sign_and_post: Post) -> Desk:
    """243.90 in the till."""
    sign_and_post(Draft(date(2026, 9, 1), (line("101", 24_390), line("301", credit=24_390))))
    return desk


def count(fen: int = 24_390, **more: object) -> CashCount:
    return CashCount("", "101", Month(2026, 9), DAY, (), fen, 0, **{"holder": "向丽蓉", **more})  # type: ignore[arg-type]


def cash_rule(desk: Desk) -> list[str]:
    return [one.text for one in month_checklist(desk) if one.rule == "cash"]


def errors(desk: Desk) -> list[str]:
    return [str(one) for one in check_books(desk.office, deep=True) if one.severity == "error"]


def test_a_count_that_agrees_lets_the_month_close(funded: Desk, staff: Staff) -> None:
    choose_blocking(funded.office, {"cash": "block"})
    assert cash_rule(funded) == ["现金还没有盘点"]
    with pytest.raises(Refused, match="现金还没有盘点。和保管现金的人一起点数"):
        close_month(funded, staff.agent)
    pieces = ((10_000, 2), (2_000, 2), (100, 3), (50, 1), (10, 4))
    one = CashCount("", "101", Month(2026, 9), DAY, pieces, 24_390, 0, holder="向丽蓉")
    kept = record_cash_count(funded, one, staff.agent)
    assert (kept.book_fen, kept.difference_fen, kept.verdict, kept.watched_by) == (24_390, 0, "账实相符", "冯素芳")
    assert cash_counts(funded) == [kept]
    assert cash_rule(funded) == []
    close_month(funded, staff.agent)
    assert errors(funded) == []


def test_who_holds_the_cash_does_not_watch_and_pieces_come_to_the_sum(funded: Desk, staff: Staff) -> None:
    with pytest.raises(Refused, match="现金由龙小梅保管，监盘要由别人签字"):
        record_cash_count(funded, count(holder="龙小梅"), staff.cashier)
    with pytest.raises(Refused, match="请写谁保管现金"):
        record_cash_count(funded, count(holder=" "), staff.agent)
    wrong = CashCount("", "101", Month(2026, 9), DAY, ((10_000, 1),), 24_390, 0, holder="向丽蓉")
    with pytest.raises(Refused, match=r"各种面额合计 100.00 元，实点写的是 243.90 元"):
        record_cash_count(funded, wrong, staff.agent)
    early = CashCount("", "101", Month(2026, 9), date(2026, 8, 31), (), 0, 0, holder="向丽蓉")
    with pytest.raises(Refused, match="盘点日期在 2026-09 以前"):
        record_cash_count(funded, early, staff.agent)


def test_a_shortage_needs_its_reason_and_stays_until_its_voucher_is_booked(
    funded: Desk, staff: Staff, sign_and_post: Post
) -> None:
    with pytest.raises(Refused, match=r"短款 20.00 元：请写明原因"):
        record_cash_count(funded, count(22_390), staff.agent)
    record_cash_count(funded, count(22_390, reason="待查"), staff.agent)
    assert cash_rule(funded) == ["9月30日 盘点的和账上差 20.00 元，还没有处理"]
    draft = draft_cash_difference(funded, "101")
    assert [(one.account, one.party, one.debit_fen, one.credit_fen) for one in draft.lines] == [
        ("113", "向丽蓉", 2_000, 0), ("101", "", 0, 2_000)
    ]  # fmt: skip
    sign_and_post(draft)
    assert cash_rule(funded) == []
    assert cash_accounts(funded)[0].left_fen == 0
    with pytest.raises(Refused, match="没有差额要记"):
        draft_cash_difference(funded, "101")
    assert errors(funded) == []


def test_papers_that_lie_with_the_cash_explain_a_difference_before_and_after_they_are_booked(
    funded: Desk, staff: Staff, sign_and_post: Post
) -> None:
    kept = record_cash_count(funded, count(20_390, unbooked_out_fen=4_000), staff.cashier)
    assert (kept.expected_fen, kept.difference_fen) == (20_390, 0)
    assert cash_rule(funded) == []
    sign_and_post(Draft(date(2026, 9, 29), (line("51302", 4_000), line("101", credit=4_000)), attachment_count=1))
    assert cash_rule(funded) == []


def test_a_signed_count_is_never_changed(funded: Desk, staff: Staff) -> None:
    record_cash_count(funded, count(), staff.agent)
    for sql in ("UPDATE cash_count SET counted_fen = 1", "DELETE FROM cash_count"):
        with pytest.raises(IntegrityError), funded.books.write() as connection:
            connection.execute(text(sql))
