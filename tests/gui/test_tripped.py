"""What else made an accountant stumble at the window: a second save, a cell that shows its end, the mouse wheel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetrics, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QListWidget,
    QPushButton,
    QScrollArea,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Driver, Keyboard, driven
from tests.gui.look import cut_off
from tests.gui.person import OFFSCREEN
from tests.gui.scene import open_at
from tests.gui.walk import Walk
from tests.services.chain import journal_page
from tests.services.conftest import simple_paper
from villagebooks.core.beginning import Step
from villagebooks.core.period import Month
from villagebooks.core.voucher import Voucher
from villagebooks.gui.theme import CONTRAST, LARGE, ORDINARY, apply_theme
from villagebooks.services.desk import Desk, Office
from villagebooks.services.paper import list_papers, save_paper
from villagebooks.services.voucher import read_voucher

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)
KEY = Qt.Key


def turn_wheel(over: QWidget) -> None:
    """One notch down, as the mouse does it: to the widget, then to those around it until one takes it."""
    here, turned, none = over.rect().center(), QPoint(0, -120), Qt.KeyboardModifier.NoModifier
    for turn in (turned, -turned):
        at = QPointF(over.mapToGlobal(here))
        still, buttons = Qt.ScrollPhase.NoScrollPhase, Qt.MouseButton.NoButton
        QApplication.sendEvent(over, QWheelEvent(QPointF(here), at, QPoint(), turn, buttons, none, still, False))


def sideways(window: QWidget) -> list[int]:
    """By how much anything that shows has to be scrolled sideways."""
    areas = [one for one in window.findChildren(QScrollArea) if one.isVisible()]
    return [wide for one in areas if (wide := one.horizontalScrollBar().maximum())]


def test_f6_on_a_saved_voucher_that_nobody_changed_wrote_another_revision_and_said_it_was_saved(
    driver: Driver, desk: Desk, make_voucher: Callable[..., Voucher], keyboard: Keyboard
) -> None:
    made = make_voucher()
    page = driver.desktop.vouchers
    driver.desktop.window.pick(page)
    page.open(made.uid)
    driver.settle()
    before = len(journal_page(desk.office, desk.book.code))
    keyboard.press(KEY.Key_F6)
    driver.settle()
    assert page.editor.strip.text() == f"{made.title} 号没有改动，不用再保存"
    assert (read_voucher(desk, made.uid).rev, len(journal_page(desk.office, desk.book.code))) == (made.rev, before)
    page.editor.form.count.setText("5")
    keyboard.press(KEY.Key_F6)
    driver.settle()
    assert read_voucher(desk, made.uid).attachment_count == 5
    assert page.editor.strip.text().startswith("已保存为")


def test_f6_on_a_paper_that_nobody_changed_wrote_it_down_as_changed(driver: Driver, desk: Desk) -> None:
    saved = save_paper(desk, simple_paper())
    page = driver.desktop.papers
    driver.desktop.window.pick(page)
    driver.settle()
    page.open(saved)
    driver.settle()
    page.form.save()
    driver.settle()
    assert page.form.strip.text() == f"第 {saved.number} 号报账单没有改动，不用再保存"
    assert list_papers(desk)[0].rev == saved.rev


def test_a_narrow_account_cell_showed_the_end_of_its_text_when_the_cursor_came(
    driver: Driver, make_voucher: Callable[..., Voucher], keyboard: Keyboard
) -> None:
    driver.desktop.window.resize(1024, 640)
    page = driver.desktop.vouchers
    driver.desktop.window.pick(page)
    page.open(make_voucher().uid)
    driver.settle()
    cell = page.editor.form.rows[0].account
    QTest.keyClick(page.editor.form.rows[0].summary, KEY.Key_Return)
    assert cell.hasFocus()
    assert QFontMetrics(cell.font()).horizontalAdvance(cell.text()) > cell.width(), cell.text()
    assert (cell.cursorPosition(), cell.selectedText()) == (0, cell.text())
    assert cell.cursorPositionAt(QPoint(1, cell.height() // 2)) == 0  # its beginning stands at the left edge
    keyboard.type("101")
    assert cell.text() == "101"  # whoever types writes over it, as before


def test_the_mouse_wheel_turned_pages_and_chose_other_words(driver: Driver) -> None:
    window = driver.desktop.window
    turned: list[str] = []
    for place in range(len(window.places)):
        window._go_place(place)
        driver.settle()
        driver.settle()
        boxes = [one for one in window.findChildren(QComboBox) if one.isVisible()]
        bars = [one for one in window.findChildren(QTabBar) if one.isVisible()]
        before = [one.currentIndex() for one in (*boxes, *bars)]
        for one in (*boxes, *bars):
            turn_wheel(one)
            turned.append(type(one).__name__)
        assert [one.currentIndex() for one in (*boxes, *bars)] == before, window.places[place].title
    assert {"Combo", "TabBar"} <= set(turned), turned


def test_every_bar_of_tabs_is_one_that_the_wheel_does_not_turn(driver: Driver) -> None:
    window = driver.desktop.window
    for place in range(len(window.places)):
        window._go_place(place)
        driver.settle()
        plain = [one for one in window.findChildren(QTabBar) if type(one).__name__ != "TabBar"]
        assert not plain, (window.places[place].title, plain)


@pytest.mark.parametrize(
    ("place", "first"),
    [
        ("books", "账套代码"), ("rules", "每月几日前张榜"), ("people/posts", "在哪里 *"),
        ("people/root", "打印墙上的指纹"), ("agreements", "村代码 *"),
    ],
)  # fmt: skip
def test_from_the_first_steps_the_cursor_came_into_the_list_of_sections_and_not_to_what_is_to_be_filled_in(
    driver: Driver, place: str, first: str
) -> None:
    desktop = driver.desktop
    desktop.window.pick(desktop.home)
    driver.settle()
    desktop.arrive(Step("", "", place, done=False))
    driver.settle()
    here = QApplication.focusWidget()
    assert here is not None
    assert desktop.settings.tabs.currentWidget().isAncestorOf(here)
    assert here.accessibleName() == first
    assert not here.visibleRegion().isEmpty()


@pytest.mark.parametrize("theme", [ORDINARY, LARGE, CONTRAST])
def test_the_button_that_opens_a_new_book_was_half_cut_off_below_two_sentences(
    application: QApplication, staff: object, office: Office, qtbot: QtBot, theme: str
) -> None:
    apply_theme(application, theme)
    with driven(office, qtbot) as driver:
        window = driver.desktop.window
        window.resize(1366, 768)
        panel = driver.tab("books")
        window.strip.hint("同一台电脑上还有一个窗口开着这个账套。\n这个账套放在网络共享上：请改用办公室服务器。")
        panel.make_book()
        driver.settle()
        assert panel.strip.text()
        made = next(one for one in panel.findChildren(QPushButton) if one.text() == "新建账套")
        assert made.visibleRegion().boundingRect() == made.rect()


@pytest.mark.parametrize("theme", [ORDINARY, LARGE, CONTRAST])
def test_the_voucher_had_to_be_scrolled_sideways_in_the_smallest_window(
    application: QApplication, scene: Path, qtbot: QtBot, theme: str
) -> None:
    apply_theme(application, theme)
    with driven(open_at(scene), qtbot) as driver:
        window, page = driver.desktop.window, driver.desktop.vouchers
        window.resize(1024, 640)
        seat = driver.desktop.seat
        seat.sit_at(next(one for one in seat.books if one.code == "V01"), Month(2026, 9))
        window.pick(page)
        driver.settle()
        page.open(page.list.heads()[9].uid)
        driver.settle()
        for act in (page.editor.beside.toggle, page.editor.beside.toggle, page.new):
            assert not sideways(window), act
            rows = page.editor.form.rows
            assert page.editor.form.area.viewport().height() > rows[0].summary.height(), act
            act()
            driver.settle()
        assert not sideways(window)


def test_the_list_of_templates_and_accounts_stuck_out_of_the_smallest_window(
    application: QApplication, scene: Path, qtbot: QtBot
) -> None:
    apply_theme(application, LARGE)
    with driven(open_at(scene), qtbot) as driver:
        window, page = driver.desktop.window, driver.desktop.vouchers
        window.resize(1024, 640)
        window.pick(page)
        page.new()
        driver.settle()
        edits = (page.editor.templates.edit, page.editor.form.rows[2].account)
        page.editor.ask_template()
        driver.settle()
        for edit in edits:
            if edit is not edits[0]:
                edit.setFocus()
                driver.settle()
                QTest.keyClick(edit, KEY.Key_F2)
            lists = [one for one in window.findChildren(QListWidget) if one.parent() is window and one.isVisible()]
            popup = next(one for one in lists if one.accessibleName() == edit.accessibleName())
            assert window.rect().contains(popup.geometry()), popup.geometry()
            edit.hide_list()


def test_where_two_states_of_a_paper_are_shown_the_column_of_pictures_lay_over_itself(
    application: QApplication, scene: Path, qtbot: QtBot
) -> None:
    apply_theme(application, LARGE)
    with driven(open_at(scene), qtbot) as driver:
        driver.desktop.window.resize(1024, 640)
        walk = Walk(driver, ("papers",))
        state = next(one for one in walk if one.name == "papers-clash")
        assert not list(cut_off(state.shown))
