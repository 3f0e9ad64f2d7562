"""Numbers of vouchers: what is used, void, missing."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebooks.core.number import GAP, USED, NumberUse, number_lines, number_rows, title_runs, what_words
from villagebooks.core.period import Month

MAY, JUNE = Month(2026, 5), Month(2026, 6)


def use(number: int, state: str = "posted", month: Month = MAY, word: str = "记") -> NumberUse:
    return NumberUse(month, word, number, state, f"{month}-{number}", "冯素芳" if state == "void" else "")


def test_stretches_of_used_void_and_missing_numbers_by_month_and_word() -> None:
    uses = [use(1), use(2), use(4, "void"), use(5, "draft"), use(9), use(2, month=JUNE, word="收")]
    lines = number_lines(uses)
    assert [(one.month, one.word, one.numbers, one.what) for one in lines] == [
        (MAY, "记", "1—2", USED), (MAY, "记", "3", GAP), (MAY, "记", "4", "void"), (MAY, "记", "5", USED),
        (MAY, "记", "6—8", GAP), (MAY, "记", "9", USED), (JUNE, "收", "1", GAP), (JUNE, "收", "2", USED),
    ]  # fmt: skip
    assert [(one.last, one.void, one.missing) for one in number_rows(lines)] == [(9, 1, 4), (2, 0, 1)]
    assert [what_words(one) for one in (USED, "void", GAP)] == ["用了", "作废", "缺号"]
    assert (lines[2].by, lines[0].uid) == ("冯素芳", "")


@given(st.sets(st.integers(1, 60), min_size=1), st.sets(st.integers(1, 60)))
def test_every_number_up_to_the_highest_is_told_once(given_: set[int], void: set[int]) -> None:
    lines = number_lines([use(number, "void" if number in void else "posted") for number in given_])
    told = [number for one in lines for number in range(one.first, one.last + 1)]
    assert told == list(range(1, max(given_) + 1))
    gone = {number for one in lines if one.what == GAP for number in range(one.first, one.last + 1)}
    assert gone == set(told) - given_


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([], ""), ([4], "记-4"), ([2, 1], "记-1、记-2"), ([1, 3, 2, 8], "记-1 至 记-3、记-8"),
        (range(1, 40, 2), "、".join(f"记-{n}" for n in range(1, 25, 2)) + "等"),
    ],
)  # fmt: skip
def test_numbers_that_follow_each_other_are_said_as_one_run(numbers: Iterable[int], text: str) -> None:
    assert title_runs((MAY, "记", one) for one in numbers) == text


def test_numbers_of_several_months_stand_in_the_order_of_the_months_each_with_its_own() -> None:
    months = [Month(2026, 11), Month(2026, 2), Month(2026, 2), Month(2026, 2), Month(2026, 11)]
    numbers = zip(months, (4, 1, 3, 2, 3), strict=True)
    assert title_runs((month, "记", number) for month, number in numbers) == "2月记-1 至 2月记-3、11月记-3、11月记-4"


def test_the_same_month_of_two_years_is_told_apart_and_never_one_run() -> None:
    titles = [
        (Month(2027, 1), "记", 3),
        (Month(2026, 1), "记", 2),
        (Month(2026, 1), "记", 1),
        (Month(2025, 12), "记", 9),
    ]
    assert title_runs(titles) == "2025年12月记-9、2026年1月记-1、2026年1月记-2、2027年1月记-3"
