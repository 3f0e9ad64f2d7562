"""Finding by code, name and initials; dates as accountants type them."""

from __future__ import annotations

from datetime import date

import pytest

from villagebooks.core.period import Month
from villagebooks.gui.choice import Choice, find_choices
from villagebooks.gui.day import read_typed_day

CHOICES = (
    Choice("101", "101 库存现金", "kcxj"), Choice("102", "102 银行存款", "yxck", parent=True),
    Choice("10201", "10201 银行存款／基本户", "jbh"), Choice("51302", "51302 管理费用／办公费", "bgf"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "keys"),
    [("10201", ["10201"]), ("102", ["102", "10201"]), ("１０２", ["102", "10201"]), ("银行", ["102", "10201"]),
     ("jb", ["10201"]), ("BGF", ["51302"]), ("没有", []), ("", ["101", "102", "10201", "51302"])],
)  # fmt: skip
def test_what_fits_stands_best_first(typed: str, keys: list[str]) -> None:
    assert [one.key for one in find_choices(CHOICES, typed)] == keys


@pytest.mark.parametrize(
    ("typed", "day"),
    [("15", date(2026, 9, 15)), ("8.3", date(2026, 8, 3)), ("0912", date(2026, 9, 12)),
     ("20251231", date(2025, 12, 31)), ("2026-10-08", date(2026, 10, 8)), ("2026年10月8日", date(2026, 10, 8)),
     ("31", None), ("x", None), ("", None)],
)  # fmt: skip
def test_a_day_is_read_as_it_is_typed(typed: str, day: date | None) -> None:
    assert read_typed_day(typed, Month(2026, 9)) == day
