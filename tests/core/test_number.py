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
    assert title_runs(("记", one) for one in numbers) == text
