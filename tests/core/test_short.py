"""Money that is not there: which vouchers are counted, and that the amounts agree with each other."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from villagebooks.core.money import said_yuan
from villagebooks.core.short import below_words, below_zero, short_words
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


FIRST = date(2026, 9, 1)


def on(day: int, fen: int) -> tuple[date, int]:
    return FIRST.replace(day=day), fen


def test_money_that_comes_later_does_not_pay_what_is_paid_before() -> None:
    found = below_zero(10_000, [on(20, 90_000)], [on(5, -30_000), on(12, -10_000)])
    assert found is not None
    assert below_words("101 库存现金", found) == "101 库存现金：9月5日起差 200.00，9月12日差得最多，差 300.00"


def test_an_account_that_was_below_zero_before_is_not_laid_at_the_door_of_what_brings_money_in() -> None:
    assert below_zero(-10_000, [], [on(5, 3_000)]) is None
    assert below_zero(10_000, [on(3, -20_000), on(4, 20_000)], [on(5, -10_000)]) is None


DAYS = st.tuples(st.integers(0, 40).map(lambda n: FIRST + timedelta(n)), st.integers(-10_000, 10_000))


@given(st.integers(-5_000, 20_000), st.lists(DAYS), st.lists(DAYS))
def test_a_day_below_zero_is_told_when_and_only_when_the_choice_makes_it_so(
    held: int, posted: list[tuple[date, int]], chosen: list[tuple[date, int]]
) -> None:
    bad = {}
    for day in (FIRST + timedelta(n) for n in range(41)):
        before = held + sum(fen for on, fen in posted if on <= day)
        after = before + sum(fen for on, fen in chosen if on <= day)
        if after < 0 and after < before:
            bad[day] = -after
    found = below_zero(held, posted, chosen)
    assert (found is None) == (not bad)
    if found:
        assert (found.day, found.fen) == (min(bad), bad[min(bad)])
        assert found.worst_fen == max(bad.values()) == bad[found.worst_day]
