"""Every receipt number is accounted for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from villagebooks.core.receipt import Receipt, ReceiptBook, count_receipts

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
