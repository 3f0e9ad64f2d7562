"""Posting that brings cash or a bank below zero: told once before it happens, and whoever posts may go on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Driver, Keyboard
from tests.services.conftest import Staff, sign_all
from villagebooks.core.voucher import Voucher
from villagebooks.gui.voucher.editor import VoucherEditor
from villagebooks.gui.voucher.page import VoucherPage
from villagebooks.services.desk import Desk
from villagebooks.services.voucher import list_vouchers

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key
DAYS = (date(2026, 9, 10), date(2026, 9, 12), date(2026, 9, 12))

Signed = Callable[..., list[str]]


@pytest.fixture
def signed(make_voucher: Callable[..., Voucher], desk: Desk, staff: Staff) -> Signed:
    """Vouchers that pay in cash and wait for posting; the till holds 436.50."""

    def make(*amounts: int) -> list[str]:
        uids = [make_voucher(fen, day).uid for fen, day in zip(amounts, DAYS, strict=False)]
        for uid in uids:
            sign_all(desk, uid, staff)
        return uids

    return make


def chosen(driver: Driver) -> VoucherPage:
    page = driver.desktop.vouchers
    driver.desktop.window.go(page)
    driver.settle()
    page.list.table.view.setFocus()
    page.list.table.view.selectAll()
    return page


def post_all(driver: Driver, keyboard: Keyboard) -> VoucherPage:
    """F10 on every voucher of the list."""
    page = chosen(driver)
    keyboard.press(KEY.Key_F10)
    driver.settle()
    return page


def post_one(driver: Driver, keyboard: Keyboard, uid: str) -> VoucherEditor:
    """F10 in the voucher that is open."""
    page = chosen(driver)
    page.open(uid)
    driver.settle()
    keyboard.press(KEY.Key_F10)
    driver.settle()
    return page.editor


def states(desk: Desk) -> list[str]:
    return [one.state for one in list_vouchers(desk)]


def test_posting_several_that_leave_the_till_below_zero_says_before_it_happens_from_which_day_and_by_how_much(
    driver: Driver, keyboard: Keyboard, desk: Desk, signed: Signed
) -> None:
    signed(30_000, 30_000)
    page = post_all(driver, keyboard)
    assert states(desk) == ["approved", "approved"]
    assert page.posting.isVisible()
    book = desk.book.name
    assert page.posting.sentence.text() == (f"{book}：这 2 张（记-1、记-2）一起记了，钱就成了负数。记账以后不能撤回。")
    assert page.posting.told.text() == "101 库存现金：9月12日起差 163.50"
    assert QApplication.focusWidget() is page.posting.act
    keyboard.press(KEY.Key_Escape)
    driver.settle()
    assert page.posting.isHidden()
    assert page.list.view.hasFocus()
    assert states(desk) == ["approved", "approved"]
    keyboard.press(KEY.Key_F10)
    driver.settle()
    keyboard.enter()
    driver.settle()
    assert states(desk) == ["posted", "posted"]
    assert page.posting.isHidden()
    assert page.strip.text() == "已记账 2 张"


def test_posting_what_the_till_can_pay_asks_nothing(
    driver: Driver, keyboard: Keyboard, desk: Desk, signed: Signed
) -> None:
    signed(10_000, 20_000)
    page = post_all(driver, keyboard)
    assert states(desk) == ["posted", "posted"]
    assert page.posting.isHidden()


def test_one_voucher_in_hand_that_the_till_cannot_pay_is_asked_about_too(
    driver: Driver, keyboard: Keyboard, desk: Desk, signed: Signed
) -> None:
    (uid,) = signed(60_000)
    editor = post_one(driver, keyboard, uid)
    assert editor.posting.sentence.text() == f"{desk.book.name}：记了 记-1，钱就成了负数。记账以后不能撤回。"
    assert editor.posting.told.text() == "101 库存现金：9月10日起差 163.50"
    assert states(desk) == ["approved"]
    keyboard.press(KEY.Key_Escape)
    driver.settle()
    assert editor.posting.isHidden()
    assert editor.isVisible()
    assert states(desk) == ["approved"]
    keyboard.press(KEY.Key_F10)
    driver.settle()
    keyboard.enter()
    driver.settle()
    assert states(desk) == ["posted"]
    assert editor.posting.isHidden()


def test_the_cursor_goes_back_into_the_voucher_when_it_is_not_posted(
    driver: Driver, keyboard: Keyboard, signed: Signed
) -> None:
    (uid,) = signed(60_000)
    editor = post_one(driver, keyboard, uid)
    keyboard.press(KEY.Key_Escape)
    here = QApplication.focusWidget()
    assert here is not None
    assert editor.isAncestorOf(here)
