"""期初建账 in the window: typed by keyboard, pasted, read from a file; a shortage is explained, then it is done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Driver, Keyboard, driven
from tests.services.test_take_over import LIST, make_empty
from villagebooks.core.period import Month
from villagebooks.gui.opening.grid import CREDIT, OPENING_CREDIT, OPENING_DEBIT, PARTY
from villagebooks.gui.opening.page import OpeningPage
from villagebooks.gui.theme import colour
from villagebooks.services.desk import Office, open_desk
from villagebooks.services.ledger import trial_balance
from villagebooks.services.office import appoint
from villagebooks.services.opening import hand_overs

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key


@pytest.fixture
def driver(tmp_path: Path, qtbot: QtBot) -> Iterator[Driver]:
    """A window on six empty books."""
    office = make_empty(tmp_path / "a.vbooks")
    appoint(office, "冯素芳", "agent", "2026-01-01")
    with driven(Office(office.books, "冯素芳"), qtbot) as driver:
        yield driver
    office.books.close()


def opened(driver: Driver, code: str = "V04") -> OpeningPage:
    """By the settings, with the book in hand."""
    desktop = driver.desktop
    panel = driver.tab("books")
    assert panel.table.go_to(lambda one: one.code == code)
    panel.ask_opening()
    driver.settle()
    assert desktop.window.current() is desktop.opening
    return desktop.opening


def place(page: OpeningPage, code: str, column: int) -> None:
    row = next(row for row in range(page.grid.rowCount()) if page.grid.line(row).account.code == code)
    page.view.setFocus()
    page.view.setCurrentIndex(page.grid.index(row, column))


def type_in(keyboard: Keyboard, text: str) -> None:
    """A first letter opens the cell, the rest goes into its editor."""
    for letter in text:
        keyboard.type(letter)
    keyboard.enter()
    QTest.qWait(5)


def test_wide_digits_lost_the_first_of_them_to_the_cell_that_they_opened(driver: Driver, keyboard: Keyboard) -> None:
    """120 typed with the input method on were 20, and nobody was told."""
    page = opened(driver)
    for old in ("", "7"):
        if old:
            place(page, "101", OPENING_DEBIT)
            type_in(keyboard, old)
        place(page, "101", OPENING_DEBIT)
        for digit in "１２０":
            keyboard.commit(digit)
        keyboard.enter()
        driver.settle()
        assert page.grid.index(0, OPENING_DEBIT).data() == "120.00"


def test_balances_are_typed_cell_by_cell_and_the_difference_stands_below(driver: Driver, keyboard: Keyboard) -> None:
    assert "这个账套还是空的" in driver.desktop.window.strip.text()
    page = opened(driver)
    assert "这个账套还是空的" not in driver.desktop.window.strip.text()
    assert "录到 2026-08 为止的余额，连同 1 月起的累计发生额" in page.whose.text()
    current = page.view.currentIndex()
    assert (page.grid.line(current.row()).account.code, current.column()) == ("101", OPENING_DEBIT)
    for text in ("1000", "", "12*50", "500"):
        if text:
            type_in(keyboard, text)
        else:
            keyboard.enter()
    assert page.grid.rows()[0].closing_fen == 100_000 + 60_000 - 50_000
    assert page.check.text() == "年初差 1,000.00　累计差 100.00"
    current = page.view.currentIndex()
    assert (page.grid.line(current.row()).account.code, current.column()) == ("10201", OPENING_DEBIT)
    place(page, "113", PARTY)
    type_in(keyboard, "zhangsan")
    type_in(keyboard, "5")
    keyboard.press(KEY.Key_Insert)
    assert page.view.currentIndex().column() == PARTY
    type_in(keyboard, "lisi")
    assert [(one.account, one.party) for one in page.grid.rows()] == [("101", ""), ("113", "zhangsan")]
    page.view.setCurrentIndex(page.grid.index(page.view.currentIndex().row(), OPENING_CREDIT))
    type_in(keyboard, "8")
    assert [(one.party, one.opening_fen) for one in page.grid.rows()[1:]] == [("zhangsan", 500), ("lisi", -800)]
    place(page, "101", CREDIT)
    type_in(keyboard, "x")
    assert "101 库存现金 的累计贷方：“x”不是金额" in page.strip.text()
    cell = page.grid.index(0, CREDIT)
    assert (cell.data(), page.grid.rows()[0].closing_fen) == ("x", 160_000)
    page.open()
    assert "101 库存现金 的累计贷方：“x”不是金额" in page.strip.text()
    assert page.view.currentIndex() == cell, "the cell that is wrong is in hand"
    type_in(keyboard, "500")
    assert (cell.data(), page.grid.misread()) == ("500.00", [])
    page.open()
    driver.settle()
    assert "账套 V04 的年初余额不平" in page.strip.text()
    assert not page.may_leave()
    assert page.may_leave()


def test_a_file_is_read_the_shortage_is_explained_and_the_book_is_opened(driver: Driver) -> None:
    desktop, page = driver.desktop, opened(driver)
    page.take_file(LIST)
    driver.settle()
    assert "读入 26 行" in page.strip.text()
    assert page.check.text() == "借贷相等"
    page.tabs.setCurrentWidget(page.found)
    cash, bank = page.found.lines[0], page.found.lines[1]
    assert cash.book.text() == "2,913.40"
    cash.found.setText("2413.40")
    bank.found.setText("112,145.22")
    assert (cash.told.text(), bank.told.text()) == ("短少 500.00", "相符")
    page.open()
    driver.settle()
    assert "请写移交人" in page.strip.text()
    assert "不能挤进权益" in page.strip.text()
    page.found.people.put({"giver": "甘玉兰", "receiver": "冯素芳", "watcher": "屈明礼"})
    cash.settle.setCurrentIndex(cash.settle.findData("113"))
    page.found.things.item(0, 2).setText("0013001—0013050")
    page.found.things.item(0, 3).setText("50")
    page.tabs.setCurrentWidget(page.preview)
    driver.settle()
    rows = {one.account: one for one in page.preview.model.records()}
    assert (rows["101"].closing_debit_fen, rows["113"].closing_debit_fen) == (241_340, 3_898_000)
    page.open()
    driver.settle()
    assert "以后不能改" in page.strip.text()
    page.open()
    driver.settle()
    assert "已建账，可以记凭证了" in page.strip.text()
    desk = open_desk(desktop.seat.office, "V04", Month(2026, 9))
    kept = hand_overs(desk)[0]
    assert [(one.kind, one.count) for one in kept.items] == [("cash", 0), ("bank", 0), ("receipts", 50)]
    found = trial_balance(desktop.seat.office, "V04", Month(2026, 1), Month(2026, 8)).rows
    assert tuple(page.preview.model.records()) == found
    assert not page.tabs.isTabEnabled(0)
    page.print_record()
    driver.settle()
    driver.settle()
    assert desktop.window.current() is desktop.preview
    assert not desktop.preview.sheet.pixmap().isNull()
    desktop.go_back()
    page.returned.emit()
    driver.settle()
    assert desktop.window.current() is desktop.settings


@pytest.mark.parametrize(("column", "typed"), [(3, "1.5"), (3, "一本"), (3, "-2"), (4, "12元")])
def test_what_is_no_number_of_things_handed_over_stays_red_and_the_book_is_not_opened(
    driver: Driver, column: int, typed: str
) -> None:
    page = opened(driver)
    page.take_file(LIST)
    driver.settle()
    page.found.people.put({"giver": "甘玉兰", "receiver": "冯素芳", "watcher": "屈明礼"})
    cell = page.found.things.item(1, column)
    cell.setText(typed)
    assert (cell.text(), cell.foreground().color().name()) == (typed, colour("red").name())
    assert f"“{typed}”不是" in cell.toolTip()
    assert not cell.icon().isNull()
    for _press in range(2):
        page.open()
        driver.settle()
        assert f"移交的物第 2 行：“{typed}”不是" in page.strip.text()
    assert page.tabs.currentWidget() is page.found
    assert (page.found.things.currentRow(), page.found.things.currentColumn()) == (1, column)
    cell.setText("３")
    assert cell.toolTip() == ""
    record = page.found.record()
    assert record
    assert [(one.count, one.found_fen) for one in record.items] == [(3, 0) if column == 3 else (0, 300)]
    page.open()
    driver.settle()
    assert "以后不能改" in page.strip.text()


def test_money_counted_that_is_no_amount_is_not_left_out_of_the_hand_over(driver: Driver) -> None:
    page = opened(driver)
    page.found.lines[1].found.setText("两千")
    page.open()
    driver.settle()
    assert "“两千”不是金额" in page.strip.text()
    assert (page.found.lines[1].told.text(), page.found.lines[1].found.property("bad")) == ("不是金额", "true")


def test_a_table_from_excel_is_pasted(driver: Driver, keyboard: Keyboard) -> None:
    page = opened(driver, "V01")
    place(page, "101", OPENING_DEBIT)
    QApplication.clipboard().setText(
        "科目代码\t往来\t年初借方\t年初贷方\n101\t\t5000\t\n113\t张三\t20\t\n301\t\t\t5020"
    )
    keyboard.press(KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "读入 3 行" in page.strip.text()
    assert page.check.text() == "借贷相等"
    QApplication.clipboard().setText("999\t\t1\t\t\t")
    keyboard.press(KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "没有科目 999" in page.strip.text()
    place(page, "113", PARTY)
    keyboard.press(KEY.Key_Delete)
    assert page.check.text() == "年初差 20.00"
