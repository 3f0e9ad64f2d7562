"""转换制度 in the window: five steps by keyboard, from the closed old book to the signed paper and the new book."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import AGENT_NAME, DIRECTOR_NAME, Driver, Keyboard
from tests.services.conftest import Staff
from tests.services.village_2004 import CASE, DECEMBER, decide_all
from villagebooks.gui.migration.page import ROWS, SHEETS, SIGN, MigrationPage
from villagebooks.services.closing import close_month
from villagebooks.services.desk import Desk, Office, list_books, open_desk
from villagebooks.services.history import import_history
from villagebooks.services.migration import read_paper

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def old(office: Office, staff: Staff) -> Desk:
    import_history(office, CASE)
    desk = open_desk(Office(office.books, AGENT_NAME), "V07", DECEMBER)
    close_month(desk, staff.agent)
    return desk


@pytest.fixture
def page(old: Desk, driver: Driver) -> MigrationPage:
    """The page, come to from the settings with the book in hand."""
    desktop = driver.desktop
    desktop.seat.load()
    driver.settle()
    books = driver.tab("books")
    books.table.go_to(lambda one: one.code == "V07")
    books.ask_migration()
    driver.settle()
    assert desktop.window.current() is desktop.migration
    return desktop.migration


def test_a_row_is_decided_by_keyboard_and_the_next_open_one_comes(
    page: MigrationPage, old: Desk, driver: Driver, keyboard: Keyboard
) -> None:
    assert page.book.form.values()["code"] == "V07-2023"
    assert not page.tabs.isTabEnabled(ROWS)
    page.begin()
    driver.settle()
    assert "底稿有 39 行，11 行等人决定" in page.strip.text()
    page.go_on()
    driver.settle()
    assert page.tabs.currentIndex() == ROWS
    page.rows.table.go_to(lambda row: row.detail.account == "13102")
    page.rows.table.view.setFocus()
    keyboard.enter()
    assert QApplication.focusWidget() is page.rows.box.amounts[0]
    keyboard.type("4800")
    keyboard.enter()
    assert QApplication.focusWidget() is page.rows.box.accounts[1]
    keyboard.enter()
    keyboard.commit("＝")
    assert page.rows.box.amounts[1].text() == "19,200.00"
    assert page.rows.box.left.text() == "正好"
    keyboard.enter()
    assert QApplication.focusWidget() is page.rows.box.reason
    keyboard.enter()
    driver.settle()
    assert "请写明依据" in page.strip.text()
    page.rows.box.reason.setFocus()
    keyboard.commit("12月31日盘点：淘汰牛2头")
    keyboard.enter()
    driver.settle()
    assert "已记下，还有 10 行等人决定" in page.strip.text()
    state = read_paper(old)
    assert state
    row = next(one for one in state.paper.rows if one.detail.account == "13102")
    assert [(part.account, part.amount_fen) for part in row.parts] == [("131", 480_000), ("132", 1_920_000)]
    assert row.decision
    assert (row.decision.person, row.decision.reason) == (AGENT_NAME, "12月31日盘点：淘汰牛2头")
    assert page.rows.table.current().detail.account == "13101"
    assert QApplication.focusWidget() is page.rows.box.amounts[0]


def test_an_account_is_found_by_initials_and_amounts_that_do_not_add_up_are_told(
    page: MigrationPage, driver: Driver, keyboard: Keyboard
) -> None:
    page.begin()
    driver.settle()
    page.tabs.setCurrentIndex(ROWS)
    page.rows.only.setChecked(True)
    assert len(page.rows.table.model.records()) == 11
    page.rows.table.go_to(lambda row: row.detail.account == "212")
    page.rows.table.view.setFocus()
    keyboard.enter()
    box = page.rows.box
    assert box.accounts[0].key == "311"
    box.accounts[0].setFocus()
    box.accounts[0].clear()
    keyboard.type("tqgjgyj")
    keyboard.enter()
    assert box.accounts[0].key == "3220101"
    box.accounts[0].setFocus()
    box.accounts[0].selectAll()
    keyboard.type("311")
    keyboard.enter()
    assert box.accounts[0].key == "311"
    keyboard.type("4818.21")
    assert box.left.text() == "还差 -0.01"
    box.reason.setText("代表会议决议")
    box.decide()
    driver.settle()
    assert "相差 0.01 元" in page.strip.text()
    page.rows.code.setText("31101")
    page.rows.name.setText("历年结存")
    page.rows.name.returnPressed.emit()
    driver.settle()
    assert "新账套的科目改了" in page.strip.text()
    page.rows.code.setText("31101")
    page.rows.shrink.click()
    driver.settle()
    assert "新账套的科目改了" in page.strip.text()


def test_the_paper_is_signed_by_two_people_and_the_new_book_stands_in_the_list(
    page: MigrationPage, old: Desk, driver: Driver
) -> None:
    page.begin()
    driver.settle()
    page.tabs.setCurrentIndex(SIGN)
    driver.settle()
    assert "还不能签字：11 处" in page.sign.words.text()
    assert page.sign.left.text().endswith("……还有 3 条")
    assert not page.sign.act.isEnabled()
    decide_all(old)
    page.load()
    driver.settle()
    page.tabs.setCurrentIndex(SHEETS)
    assert "资产总计　旧 1,001,133.90　新 1,001,133.90" in page.sheets.state.text()
    page.tabs.setCurrentIndex(SIGN)
    page.sign.act.click()
    assert "旧账套停用，不能再记凭证" in page.sign.strip.sentence.text()
    driver.sign_as(page.sign.strip, AGENT_NAME)
    assert "冯素芳已签编制。中心主任签字审核" in page.sign.strip.sentence.text()
    assert page.sign.strip.people.currentText() == DIRECTOR_NAME
    driver.sign_as(page.sign.strip, AGENT_NAME)
    assert "不能都是冯素芳" in page.sign.strip.answer.text()
    driver.sign_as(page.sign.strip, DIRECTOR_NAME)
    assert "转换完成：新账套 V07-2023" in page.strip.text()
    assert {book.code for book in list_books(old.office)} >= {"V07", "V07-2023"}
    assert "V07-2023" in {book.code for book in driver.desktop.seat.books}
    assert page.sign.act.isHidden()
    page.rows.table.view.selectRow(0)
    assert page.rows.box.accounts[0].isReadOnly()
    page.print_paper()
    driver.settle()
    driver.settle()
    assert not driver.desktop.preview.sheet.pixmap().isNull()
    driver.desktop.go_back()
    assert driver.desktop.window.current() is page


def test_a_paper_that_was_begun_is_taken_up_again_and_given_up_at_the_second_press(
    page: MigrationPage, driver: Driver, tmp_path: Path
) -> None:
    page.book.form.put({"code": "V 07"})
    page.begin()
    driver.settle()
    assert "账套代码“V 07”不能用" in page.strip.text()
    page.book.form.put({"code": "V07-N"})
    page.begin()
    driver.settle()
    page.start_with("V07")
    page.load()
    driver.settle()
    assert page.book.form.values()["code"] == "V07-N"
    page.book.form.put({"name": "黄泥坳村经济合作社"})
    page.begin()
    driver.settle()
    assert page.book.form.values()["name"] == "黄泥坳村经济合作社"
    page.refresh_balances()
    driver.settle()
    assert "已按旧账套现在的余额取数" in page.strip.text()
    page.give_up()
    assert "再按一次就放弃" in page.strip.text()
    page.give_up()
    driver.settle()
    assert page.strip.text() == "底稿已放弃"
    assert not page.tabs.isTabEnabled(ROWS)
