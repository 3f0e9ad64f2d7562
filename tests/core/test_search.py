"""What people type when they look for a voucher, and what it may mean."""

from __future__ import annotations

import pytest

from villagebooks.core.money import LARGEST_FEN
from villagebooks.core.search import Term, read_terms


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("记-12", (Term(voucher=("记", 12)),)), ("记字第12号", (Term(voucher=("记", 12)),)),
        ("付３", (Term(voucher=("付", 3)),)),
        ("2026-03 记12", (Term("2026-03", day="2026-03"), Term(voucher=("记", 12)))),
        ("2026-3记12", (Term("2026-3", day="2026-03"), Term(voucher=("记", 12)))),
        ("2026年3月", (Term("2026年3月", day="2026-03"),)), ("2026-9-5", (Term("2026-9-5", day="2026-09-05"),)),
        ("1,260.50", (Term("1,260.50", (126_050, 126_050)),)), ("¥1260.5", (Term("¥1260.5", (126_050, 126_059)),)),
        ("-88.00", (Term("-88.00", (8_800, 8_800)),)),
        ("1260", (Term("1260", (126_000, 126_099), number=1260),)),
        ("2026", (Term("2026", (202_600, 202_699), number=2026, day="2026-"),)),
        (">5000", (Term(amount=(500_001, LARGEST_FEN), whole=True),)),
        ("＞＝5,000元", (Term(amount=(500_000, LARGEST_FEN), whole=True),)),
        ("<5", (Term(amount=(-LARGEST_FEN, 499), whole=True),)),
        ("1000..2000", (Term(amount=(100_000, 200_000), whole=True),)),
        ("2000～1000", (Term(amount=(100_000, 200_000), whole=True),)),
        ("报12", (Term("报12", paper=12),)), ("待签字", (Term("待签字", state="submitted"),)),
        ("电费  打印纸", (Term("电费"), Term("打印纸"))), ("a..b", (Term("a..b"),)), (">多少", (Term(">多少"),)),
        ("", ()),
    ],
)  # fmt: skip
def test_what_was_typed_is_read_as_everything_it_may_mean(typed: str, terms: tuple[Term, ...]) -> None:
    assert read_terms(typed) == terms


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("9月记6", (Term(day="2026-09"), Term(voucher=("记", 6)))),
        ("9月 记6", (Term("9月", day="2026-09"), Term(voucher=("记", 6)))),
        ("９月记６号", (Term(day="2026-09"), Term(voucher=("记", 6)))),
        ("9月6号", (Term(day="2026-09"), Term(number=6, day="2026-09-06"))),
        ("9月6", (Term(day="2026-09"), Term(number=6, day="2026-09-06"))),
        ("9月6日", (Term("9月6日", day="2026-09-06"),)), ("12月报3", (Term(day="2026-12"), Term("报3", paper=3))),
        ("13月6号", (Term("13月6号"),)),
    ],
)  # fmt: skip
def test_a_month_without_its_year_is_one_of_the_year_in_hand(typed: str, terms: tuple[Term, ...]) -> None:
    assert read_terms(typed, 2026) == terms


def test_a_range_without_an_end_goes_on_to_the_largest_amount() -> None:
    assert read_terms("1000..") == read_terms(">=1000")
    assert read_terms("1000.50~") == read_terms(">=1000.50")
    assert read_terms("砂石..")[0].text == "砂石.."
