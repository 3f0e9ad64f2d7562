"""Months, quarters and years as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebooks.core.period import Month, month_of, read_month, read_span

MONTHS = st.builds(Month, st.integers(1900, 2999), st.integers(1, 12))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-09", Month(2026, 9), Month(2026, 9)),
        ("2026-Q3", Month(2026, 7), Month(2026, 9)),
        ("2026-q1", Month(2026, 1), Month(2026, 3)),
        ("2026", Month(2026, 1), Month(2026, 12)),
    ],
)
def test_a_span_covers_its_months(text: str, first: Month, last: Month) -> None:
    span = read_span(text)
    assert span is not None
    assert (span.first, span.last) == (first, last)


@pytest.mark.parametrize("text", ["", "2026-13", "2026-00", "2026-Q5", "26-09", "2026/09", "1899"])
def test_what_is_no_span_is_none(text: str) -> None:
    assert read_span(text) is None


@given(MONTHS, st.integers(-500, 500))
def test_months_add_like_a_calendar(month: Month, months: int) -> None:
    later = month.plus(months)
    assert later.plus(-months) == month
    assert (later.year * 12 + later.month) - (month.year * 12 + month.month) == months


@given(MONTHS)
def test_a_month_reads_back_and_holds_its_days(month: Month) -> None:
    assert read_month(str(month)) == month
    assert month_of(month.first_day) == month_of(month.last_day) == month
    assert (month.next().first_day - month.last_day).days == 1


def test_february_of_a_leap_year_has_29_days() -> None:
    assert Month(2028, 2).last_day == date(2028, 2, 29)
