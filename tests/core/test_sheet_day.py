"""The days of a sheet: a day that no calendar has is told, and never keeps anybody from the first page."""

from __future__ import annotations

from datetime import date

import pytest

from villagebooks.core.disclosure import check_days, posting_date
from villagebooks.core.period import Month


@pytest.mark.parametrize("name", ["posting_day", "stay_days", "answer_days"])
@pytest.mark.parametrize("value", [0, -1, 400, "8", None])
def test_days_that_no_calendar_has_are_told_by_their_field(name: str, value: object) -> None:
    assert [one.field for one in check_days({name: value})] == [name]
    assert check_days({name: 8, "look": ""}) == []


@pytest.mark.parametrize(("kept", "day"), [(8, 8), (31, 28), (0, 10), (-3, 10), ("x", 10), (None, 10)])
def test_what_was_kept_of_a_day_is_read_with_care(kept: object, day: int) -> None:
    assert posting_date(Month(2026, 1), kept) == date(2026, 2, day)
