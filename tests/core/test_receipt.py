"""Every receipt number is accounted for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebooks.core.receipt import Receipt, ReceiptBook, account_for, check_voidable, count_receipts, next_number

BOOK = ReceiptBook("B-V01-2601", "V01", "0012351", "0012400", "2026-09-01", "向丽蓉")


def used(number: int) -> Receipt:
    return Receipt(BOOK.code, f"{number:07d}", "used")


def test_two_used_and_forty_eight_blank() -> None:
    count = count_receipts(BOOK, [used(12351), used(12352)])
    assert (count.used, count.void, count.left, count.missing) == (("0012351", "0012352"), (), 48, ())


def test_a_skipped_number_is_named() -> None:
    count = count_receipts(BOOK, [used(12351), used(12352), used(12354)])
    assert count.missing == ("0012353",)


@given(st.sets(st.integers(12351, 12400)), st.integers(0, 5))
def test_every_number_is_used_void_missing_or_blank(numbers: set[int], before: int) -> None:
    book = ReceiptBook("B", "V01", "0012351", "0012400", "", "", used_before=before)
    seen = [used(number) for number in numbers if number >= 12351 + before]
    count = count_receipts(book, seen)
    assert before + len(count.used) + len(count.missing) + count.left == 50


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("0012351", "收据 0012351 已经用过或作废"),
        ("0012352", "收据 0012352 已经用过或作废"),
        ("0012353", ""),
        ("0012355", ""),
        ("0012400", ""),
        ("0012401", "收据 0012401 不在本村领用的号段里"),
        ("0012350", "收据 0012350 不在本村领用的号段里"),
        ("12355", "收据 12355 不在本村领用的号段里"),
    ],
)
def test_a_blank_or_a_skipped_receipt_may_be_voided_and_no_other(number: str, text: str) -> None:
    one = account_for(BOOK, [used(12351), Receipt(BOOK.code, "0012352", "void"), used(12354)])
    assert [problem.text for problem in check_voidable(one, number)] == ([text] if text else [])


def test_the_next_receipt_comes_after_the_highest_until_the_book_is_used_up() -> None:
    assert next_number(account_for(BOOK, [])) == "0012351"
    assert next_number(account_for(BOOK, [used(12351), used(12354)])) == "0012355"
    assert next_number(account_for(BOOK, [used(12400)])) == ""
