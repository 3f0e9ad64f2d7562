"""A list whose reading failed said that there was nothing, and only a strip elsewhere told why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.gui.conftest import SEPTEMBER, Driver
from tests.gui.person import OFFSCREEN
from villagebooks.core.period import Month
from villagebooks.core.voucher import Voucher
from villagebooks.gui.table import Table
from villagebooks.services.desk import Desk

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)
KEY = Qt.Key
SAID = "没能读出来，不等于没有："


@contextmanager
def taken_away(desk: Desk) -> Iterator[None]:
    """The share or the stick with the books is gone for a while."""
    here, away = desk.books.path, desk.books.path.with_name("away.vbooks")
    desk.books.close()
    here.rename(away)
    yield
    away.rename(here)


def said(table: Table) -> str:
    """What stands where its rows would."""
    words = [one.text() for one in table.view.viewport().findChildren(QLabel) if one.isVisible()]
    return words[0] if words else ""


def test_vouchers_of_other_months_that_could_not_be_read_were_said_not_to_be_there(
    driver: Driver, desk: Desk, make_voucher: Callable[..., Voucher]
) -> None:
    make_voucher()
    page = driver.desktop.vouchers
    driver.desktop.window.pick(page)
    driver.settle()
    with taken_away(desk):
        page.list.span.setCurrentIndex(1)
        driver.settle()
        found = page.list.found.table
        assert said(found).startswith(SAID)
        assert "没有这样的凭证" not in said(found)
        assert str(desk.books.path) in said(found)
        page.list.span.setCurrentIndex(2)  # another list that cannot be read either
        driver.settle()
        assert said(found).startswith(SAID)
    found.view.setFocus()
    QTest.keyClick(found.view, KEY.Key_Return)
    driver.settle()
    assert found.model.rowCount() > 0
    assert said(found) == ""
    assert driver.desktop.window.strip.text() == ""


def test_rows_of_another_list_stood_where_the_one_that_was_asked_for_could_not_be_read(
    driver: Driver, desk: Desk, make_voucher: Callable[..., Voucher]
) -> None:
    make_voucher()
    page = driver.desktop.vouchers
    driver.desktop.window.pick(page)
    page.list.span.setCurrentIndex(3)
    driver.settle()
    assert page.list.found.table.model.rowCount() > 1
    with taken_away(desk):
        page.list.span.setCurrentIndex(1)
        driver.settle()
        assert page.list.found.table.model.rowCount() == 0
        assert said(page.list.found.table).startswith(SAID)


def test_no_page_says_that_there_is_nothing_when_its_list_could_not_be_read(driver: Driver, desk: Desk) -> None:
    window, told = driver.desktop.window, 0
    with taken_away(desk):
        for place in range(1, len(window.places)):
            window._go_place(place)
            driver.settle()
            driver.settle()
            page = window.current()
            lists = [one for one in page.findChildren(Table) if one.isVisible() and not one.model.rowCount()]
            whole = [said(one) for one in lists if said(one) and not said(one).startswith(SAID)]
            assert not whole, (page.title, whole)
            told += len(lists)
    assert told > 5
    QTest.mouseClick(lists[0].view.viewport().findChild(QLabel), Qt.MouseButton.LeftButton)
    driver.settle()
    assert said(lists[0]) != SAID


def test_a_month_that_could_not_be_read_was_the_one_that_the_next_voucher_went_into(driver: Driver, desk: Desk) -> None:
    seat, window = driver.desktop.seat, driver.desktop.window
    window.pick(driver.desktop.vouchers)
    driver.settle()
    with taken_away(desk):
        seat.sit_at(next(one for one in seat.books if one.code == "V02"), Month(2026, 10))
        driver.settle()
        assert (seat.book.code, seat.month) == ("V01", SEPTEMBER)
        assert window.village.text().startswith("V01")
        assert "账套文件" in window.strip.text()
    seat.sit_at(month=Month(2026, 10))
    driver.settle()
    assert seat.month == Month(2026, 10)


def test_rows_of_before_stood_as_those_of_now_after_a_reading_that_failed(
    driver: Driver, desk: Desk, make_voucher: Callable[..., Voucher]
) -> None:
    make_voucher()
    window, page = driver.desktop.window, driver.desktop.vouchers
    window.pick(page)
    driver.settle()
    table = page.list.table
    assert table.model.rowCount() == 1
    with taken_away(desk):
        page.refresh()
        driver.settle()
        assert table.model.rowCount() == 1
        assert table.before.isVisible()
        assert table.before.sentence.text().startswith("下面还是以前读的，不一定是现在的：")
        assert str(desk.books.path) in table.before.sentence.text()
        QTest.mouseClick(table.before.again, Qt.MouseButton.LeftButton)  # still away
        driver.settle()
        assert table.before.isVisible()
    make_voucher(12_300)
    table.before.again.setFocus()
    QTest.keyClick(table.before.again, KEY.Key_Return)
    driver.settle()
    assert table.model.rowCount() == 2
    assert not table.before.isVisible()
    assert window.strip.text() == ""


def test_a_reading_that_failed_was_said_to_have_saved_nothing(driver: Driver, desk: Desk) -> None:
    page = driver.desktop.vouchers
    driver.desktop.window.pick(page)
    driver.settle()
    with taken_away(desk):
        page.refresh()
        driver.settle()
        told = driver.desktop.window.strip.text()
    assert "没有保存" not in told
    assert "没能读出来，账里什么都没有改" in told
    assert "放回原处" in told
