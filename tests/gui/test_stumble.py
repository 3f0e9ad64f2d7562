"""What made an accountant stumble at the window, each named after what was seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QTableView, QToolTip
from pytestqt.qtbot import QtBot

from tests.gui.conftest import AGENT_NAME, OTHER_AGENT, Driver, Keyboard, driven
from tests.gui.person import OFFSCREEN, Person
from tests.services.conftest import PASSPHRASE, Clock
from villagebooks.core.period import Month
from villagebooks.core.voucher import Line
from villagebooks.gui.calendar import CalendarDay
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.office import create_office
from villagebooks.services.voucher import list_vouchers

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)
KEY = Qt.Key


@pytest.fixture
def person(driver: Driver) -> Person:
    return Person(driver.desktop.window, driver.desktop.seat.worker, PASSPHRASE)


def test_what_was_typed_right_after_f5_went_into_the_list_of_papers(person: Person) -> None:
    person.goes_to("报账")
    QTest.keyClick(person.here(), KEY.Key_F5)
    person.types("打印纸")
    assert person.reads("用途（张榜用的话）") == "打印纸"


def test_a_paper_that_was_saved_is_the_one_that_the_list_stands_on(person: Person) -> None:
    """下一步：登记签字, it said, and the act was grey: the list stood on the month's first paper."""
    person.goes_to("报账")
    for words in ("打印纸", "电费"):
        person.hits(KEY.Key_F5)
        person.types_into("用途（张榜用的话）", words)
        person.types_into("金额（元）", "120")
        person.types_into("经手人", "向丽蓉")
        person.types_into("证明人", "向其昌")
        person.hits(KEY.Key_F6)
        assert "已保存" in person.reads_strip()
        view = person.find(QTableView, "报账单列表")
        rows = {one.row() for one in view.selectionModel().selectedRows()}
        assert [person.reads_list("报账单列表")[row][2] for row in rows] == [words]
        assert person.find(QAbstractButton, "登记签字…").isEnabled()


def test_on_the_first_day_the_fingerprint_was_seen_and_could_neither_be_printed_nor_left(
    tmp_path: Path, qtbot: QtBot
) -> None:
    """The preview was grey as pages of a book are while there is none."""
    office = create_office(tmp_path / "empty.vbooks", "青石桥镇", clock=Clock())
    with driven(office, qtbot) as driver:
        person = Person(driver.desktop.window, driver.desktop.seat.worker)
        person.goes_to("设置")
        person.opens_section("人员与钥匙")
        person.opens_tab("总钥匙")
        person.presses("开始：生成钥匙")
        person.presses("打印墙上的指纹")
        assert person.sees("第 1 页")
        assert person.find(QAbstractButton, "打印").isEnabled()
        assert "还没有账套" not in person.reads_strip()
        person.hits(KEY.Key_Escape)
        assert person.sees("第 2 步　打印，贴墙，封信封")
    office.books.close()


def test_the_accounts_of_a_statement_s_line_popped_up_where_the_mouse_happened_to_lie(person: Person) -> None:
    person.goes_to("报表")
    person.chooses_row(person.find_list_with("货币资金"), "货币资金")
    person.hits(KEY.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    table = person.find(QTableView, person.find_list_with("货币资金"))
    row = table.visualRect(table.currentIndex())
    assert abs(menu.mapToGlobal(QPoint(0, 0)).y() - table.viewport().mapToGlobal(row.bottomLeft()).y()) < row.height()
    person.hits(KEY.Key_Return)
    assert person.reads("科目").startswith("101 ")


def test_after_the_plans_were_seen_the_cursor_was_nowhere_when_somebody_else_sat_down(person: Person) -> None:
    person.goes_to("凭证")
    person.hits(KEY.Key_J, Qt.KeyboardModifier.ControlModifier)
    person.hits(KEY.Key_Escape)
    person.works_as(OTHER_AGENT)
    assert person.here().isVisible()
    person.hits(KEY.Key_F5)
    assert person.has("第 1 行 摘要")


@pytest.mark.parametrize(
    ("before", "typed"),
    [
        ((), "2027-10-02"), ((), "20271002"), ((), "2027.10.2"), ((), "2027/10/2"), ((KEY.Key_A,), "2027-10-02"),
        ((KEY.Key_A,), "20271002"),
    ],
)  # fmt: skip
def test_a_date_typed_with_its_marks_became_another_date(qtbot: QtBot, before: Sequence[Qt.Key], typed: str) -> None:
    day = CalendarDay()
    day.put(date(2026, 9, 28))
    qtbot.addWidget(day)
    with qtbot.waitActive(day):
        day.show()
        day.activateWindow()
    day.clearFocus()
    day.setFocus(Qt.FocusReason.TabFocusReason)
    if before:
        QTest.mouseClick(day, Qt.MouseButton.LeftButton, pos=QPoint(60, day.height() // 2))
    for key in before:
        control = Qt.KeyboardModifier.ControlModifier if key == KEY.Key_A else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(day, key, control)
    QTest.keyClicks(day, typed)
    day.clearFocus()
    assert (day.day(), day.text()) == (date(2027, 10, 2), "2027-10-02")


def test_an_account_typed_wrong_stood_in_its_cell_and_the_program_said_there_was_none(
    driver: Driver, person: Person, keyboard: Keyboard
) -> None:
    person.goes_to("凭证")
    person.hits(KEY.Key_F5)
    editor = driver.desktop.vouchers.editor
    row = editor.form.rows[0]
    row.summary.setFocus()
    keyboard.commit("买打印纸")
    keyboard.enter()
    keyboard.type("98765")
    keyboard.enter()
    assert QApplication.focusWidget() is row.account
    assert editor.strip.text() == "没有“98765”：写代码、名称的一部分或拼音首字母，按 F2 看全部"
    keyboard.press(KEY.Key_F6)
    driver.settle()
    assert editor.strip.text() == "第 1 行：没有“98765”：写代码、名称的一部分或拼音首字母，按 F2 看全部"
    row.account.setText("")
    keyboard.type("513")
    keyboard.press(KEY.Key_Escape)
    keyboard.press(KEY.Key_F6)
    driver.settle()
    assert editor.strip.text() == "第 1 行：“513”下面还有明细：选一个末级的，按 F2 看全部"


def test_below_a_posted_voucher_stood_keys_that_do_nothing_with_it(driver: Driver, person: Person, desk: Desk) -> None:
    posted = list_vouchers(open_desk(Office(desk.books, AGENT_NAME), "V01", Month(2026, 8)))[0]
    person.goes_to("凭证")
    driver.desktop.open_voucher(posted.uid)
    driver.settle()
    said = driver.desktop.vouchers.editor.keys.accessibleName()
    assert not [word for word in ("保存", "删行", "平账", "F10 记账") if word in said]
    assert said.endswith("F12 更正、存为模板　Esc 返回")


def test_in_a_small_window_three_characters_of_a_summary_could_be_read(
    driver: Driver, person: Person, keyboard: Keyboard
) -> None:
    driver.desktop.window.resize(1024, 640)
    person.goes_to("凭证")
    person.hits(KEY.Key_F5)
    editor = driver.desktop.vouchers.editor
    row = editor.form.rows[0]
    words = "收鱼塘承包费"
    assert row.summary.width() > row.summary.fontMetrics().horizontalAdvance(words)
    assert row.account.width() > row.account.fontMetrics().horizontalAdvance("10201 银行存款")
    driver.desktop.window.resize(1366, 768)
    driver.settle()
    assert editor.side.width() > 300


def test_the_difference_of_a_voucher_was_written_otherwise_in_the_strip_than_at_its_foot(
    driver: Driver, person: Person
) -> None:
    person.goes_to("凭证")
    person.hits(KEY.Key_F5)
    editor = driver.desktop.vouchers.editor
    lines = (Line("买打印纸", "5130102", 126_050), Line("买打印纸", "101", 0, 600))
    editor.form.put_lines(lines)
    assert "借方多 1,254.50" in editor.form.capitals.text()
    editor.save()
    driver.settle()
    assert "借方多 1,254.50 元" in editor.strip.text()


def test_the_lowest_level_of_an_account_was_cut_off_and_nothing_said_it(driver: Driver, person: Person) -> None:
    driver.desktop.window.resize(1024, 640)
    person.goes_to("凭证")
    person.hits(KEY.Key_F5)
    form = driver.desktop.vouchers.editor.form
    form.put_lines((Line("付电费", "5130103", 100), Line("付电费", "101", 0, 100)))
    driver.settle()
    cut, short = form.rows[0].account, form.rows[1].account
    at = QPoint(5, 5)
    QApplication.sendEvent(cut, QHelpEvent(QEvent.Type.ToolTip, at, cut.mapToGlobal(at)))
    assert QToolTip.text() == cut.text()
    assert short.whole() == ""
    QToolTip.hideText()
