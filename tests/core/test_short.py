"""Money that is not there: which vouchers are counted, and that the amounts agree with each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from villagebooks.core.money import said_yuan
from villagebooks.core.short import short_words
from villagebooks.core.voucher import Line

NAMES = {"101": "库存现金"}


def cash(*amounts: int) -> list[Line]:
    return [Line("现金", "101", fen) for fen in amounts]


def test_only_vouchers_that_pay_are_counted_and_what_others_bring_in_is_said_beside() -> None:
    other = [Line("改记", "51302", 100), Line("改记", "51302", -100)]
    end = "记账后钱会变成负数"
    for vouchers, text in (
        ([cash(-60_000)], f"这张付 600.00，差 500.00，{end}"),
        ([cash(-60_000), other], f"其中 1 张付 600.00，差 500.00，{end}"),
        ([cash(-60_000), cash(-100)], f"这 2 张合计付 601.00，差 501.00，{end}"),
        ([cash(-60_000), cash(5_000), other], f"其中 1 张付 600.00，另外收进 50.00，差 450.00，{end}"),
    ):
        assert short_words(vouchers, {"101": 10_000}, NAMES) == (f"101 库存现金：账上 100.00，{text}",)


@given(st.lists(st.lists(st.integers(-10_000, 10_000), max_size=3), min_size=1, max_size=5), st.integers(0, 9_999))
def test_held_and_got_less_paid_is_what_is_short(vouchers: list[list[int]], held: int) -> None:
    told = short_words([cash(*one) for one in vouchers], {"101": held}, NAMES)
    sums = [sum(one) for one in vouchers]
    after = held + sum(sums)
    assert bool(told) == (after < 0)
    if told:
        assert f"付 {said_yuan(-sum(fen for fen in sums if fen < 0))}，" in told[0]
        assert f"差 {said_yuan(-after)}，" in told[0]
        got = sum(fen for fen in sums if fen > 0)
        assert ("另外收进" in told[0]) == (got > 0)
        assert not got or f"另外收进 {said_yuan(got)}，" in told[0]
