"""Taking over: whatever is short at hand-over, equity stays as it was and every voucher balances."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from villagebooks.core.account import Account
from villagebooks.core.opening import (
    CASH_FOUND,
    HandItem,
    HandOver,
    OpeningRow,
    TakeOver,
    build_shortages,
    check_hand_over,
    preview_details,
)
from villagebooks.core.period import Month

ACCOUNTS = {
    code: Account(code, code, (len(code) - 1) // 2, code[:-2] if len(code) > 3 else "", "D", leaf=True)
    for code in ("101", "113", "181", "301", "501", "513")
}
fens = st.integers(0, 10**11)


@st.composite
def take_overs(draw: st.DrawFn) -> tuple[TakeOver, HandOver]:
    """Balanced hand-kept books, of January or mid-year, and what was counted."""
    cash, income, spent = draw(fens), draw(fens), draw(fens)
    month = draw(st.sampled_from([Month(2025, 12), Month(2026, 8)]))
    rows = [OpeningRow("101", cash, income, spent), OpeningRow("301", -cash, 0, 0), OpeningRow("501", 0, 0, income),
            OpeningRow("513", 0, spent, 0)]  # fmt: skip
    found = draw(fens)
    item = HandItem(CASH_FOUND, "库存现金", "101", 0, rows[0].closing_fen, found, draw(st.sampled_from(["113", "181"])))
    record = HandOver("", date(2026, 8, 31), "甲", "乙", "丙", (item,))
    return TakeOver("V1", month, tuple(rows), build_shortages(record)), record


@given(take_overs())
def test_a_shortage_never_touches_equity_and_cash_is_what_was_counted(found: tuple[TakeOver, HandOver]) -> None:
    take, record = found
    assert check_hand_over(record, ACCOUNTS) == []
    closing: dict[str, int] = {}
    for one in preview_details(take):
        closing[one.account] = closing.get(one.account, 0) + one.closing_fen
    item = record.items[0]
    assert closing["101"] == item.found_fen
    assert closing["301"] == -take.rows[0].opening_fen
    assert sum(closing.values()) == 0
    booked: dict[str, int] = {}
    for _kind, _day, lines in take.vouchers():
        assert sum(line.net_fen for line in lines) == 0
        for line in lines:
            booked[line.account] = booked.get(line.account, 0) + line.net_fen
    assert {code: fen for code, fen in booked.items() if fen} == {code: fen for code, fen in closing.items() if fen}


def test_a_difference_that_goes_nowhere_or_into_equity_is_refused() -> None:
    item = HandItem(CASH_FOUND, "库存现金", "101", 0, 100, 90)
    for settled in ("", "301", "999"):
        record = HandOver("", date(2026, 8, 31), "甲", "乙", "丙", (replace(item, settled_on=settled),))
        assert ["不能挤进权益" in problem.text for problem in check_hand_over(record, ACCOUNTS)] == [True]
