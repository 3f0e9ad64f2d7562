"""What a line and a voucher of each kind may hold, before any database is asked."""

from __future__ import annotations

from datetime import date

import pytest

from villagebooks.core.account import Account
from villagebooks.core.period import Month
from villagebooks.core.voucher import NORMAL, REVERSAL, Draft, Line, check

ACCOUNTS = {
    "101": Account("101", "库存现金", 1, "", "D", leaf=True),
    "301": Account("301", "资本", 1, "", "C", leaf=True),
}
START = Month(2026, 9)


def texts(kind: str, debit_fen: int, credit_fen: int, day: date = date(2026, 9, 10)) -> list[str]:
    lines = (Line("收款", "101", debit_fen=debit_fen), Line("收款", "301", credit_fen=credit_fen))
    draft = Draft(day, lines, kind=kind, reverses="x" if kind == REVERSAL else "")
    return [one.text for one in check(draft, ACCOUNTS, START, {})]


@pytest.mark.parametrize(("kind", "fen"), [(NORMAL, 100), (NORMAL, -100), (REVERSAL, -100)])
def test_amounts_that_a_kind_of_voucher_takes(kind: str, fen: int) -> None:
    assert texts(kind, fen, fen) == []


def test_a_red_voucher_takes_no_positive_amount() -> None:
    assert texts(REVERSAL, 100, 100) == ["红字凭证的金额应是负数"] * 2


def test_one_fen_out_of_balance_is_told() -> None:
    assert len(texts(NORMAL, 100, 99)) == 1


def test_the_day_before_the_first_month_of_the_book_is_too_early() -> None:
    assert texts(NORMAL, 100, 100, date(2026, 9, 1)) == []
    assert texts(NORMAL, 100, 100, date(2026, 8, 31)) == ["账套从 2026-09 开始，日期早了"]
