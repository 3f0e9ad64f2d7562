"""票据: what its lists say is what became of the numbers."""

from __future__ import annotations

from tests.gui.conftest import Driver
from villagebooks.core.receipt import ReceiptBook
from villagebooks.services.desk import Desk
from villagebooks.services.paper import issue_receipt_book


def test_a_receipt_book_used_only_before_the_program_is_not_said_to_be_unused(driver: Driver, desk: Desk) -> None:
    page = driver.desktop.receipts
    driver.desktop.window.go(page)
    driver.settle()
    assert "发了收据本" in page.numbers.nothing()
    for code, first, last, before in (("A-1", "0000101", "0000150", 9), ("A-2", "0000201", "0000250", 0)):
        issue_receipt_book(desk, ReceiptBook(code, desk.book.village, first, last, "2026-08-01", "向丽蓉", before))
    page.refresh()
    driver.settle()
    assert page.books.go_to(lambda one: one.book.code == "A-1")
    driver.settle()
    assert "用 9" in page.head_of_numbers.text()
    assert "以前用过 9 张" in page.numbers.nothing()
    assert page.books.go_to(lambda one: one.book.code == "A-2")
    driver.settle()
    assert page.numbers.nothing() == "到这个月为止，这一本还没有用过。"
