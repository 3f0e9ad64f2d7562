"""Pages that nobody came back to for long make room; one in which something is typed stays as it is."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import REST_MS, Driver, Keyboard
from villagebooks.gui.calendar import CalendarDay
from villagebooks.gui.form import DAY, Field, Form
from villagebooks.gui.page import Page
from villagebooks.gui.setting.tab import KEPT as SECTIONS
from villagebooks.gui.shelf import KEPT, holds_words

pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints", extend=True),
    pytest.mark.usefixtures("short_rest"),
]


def visit_every_place(driver: Driver) -> None:
    window = driver.desktop.window
    for place in range(len(window.places)):
        window._go_place(place)
        driver.settle()
        rest(driver)


def rest(driver: Driver) -> None:
    """As a person who looks at the screen for a moment."""
    while driver.desktop.shelf.is_tidying():
        QTest.qWait(20)
    driver.settle()


def built(driver: Driver) -> list[Page]:
    stack = driver.desktop.window.stack
    return [one for place in range(stack.count()) if isinstance(one := stack.widget(place), Page)]


def test_a_page_not_visited_for_long_is_let_go_and_built_again_when_wanted(driver: Driver) -> None:
    desktop = driver.desktop
    desktop.window.pick(desktop.ledger)
    driver.settle()
    first = desktop.ledger
    visit_every_place(driver)
    assert not shiboken6.isValid(first)
    assert sum(not page.lasting for page in built(driver)) <= KEPT
    desktop.open_account("101")
    driver.settle()
    assert desktop.ledger is not first
    assert desktop.ledger.asking.request().account == "101"
    assert desktop.ledger.isVisible()


def test_words_in_a_line_keep_their_page_however_long_it_waits(driver: Driver, keyboard: Keyboard) -> None:
    desktop = driver.desktop
    desktop.window.pick(desktop.people)
    driver.settle()
    page = desktop.people
    line = page.table.search
    line.setFocus()
    keyboard.type("ran")
    visit_every_place(driver)
    visit_every_place(driver)
    assert shiboken6.isValid(page)
    assert desktop.people is page
    assert line.text() == "ran"


def test_a_page_that_somebody_comes_back_to_stays(driver: Driver) -> None:
    desktop = driver.desktop
    desktop.window.pick(desktop.closing)
    driver.settle()
    page = desktop.closing
    for other in ("people", "journal", "archive", "receipts", "query", "inbox", "statements", "ledger", "cashier"):
        desktop.visit(getattr(desktop, other))
        driver.settle()
        rest(driver)
    for _step in range(9):
        desktop.go_back()
        driver.settle()
    assert desktop.window.current() is page


def test_sections_of_the_settings_make_room_for_others_and_come_back(driver: Driver) -> None:
    desktop = driver.desktop
    desktop.window.go(desktop.settings)
    driver.settle()
    tabs = desktop.settings.tabs
    for place in range(tabs.count()):
        tabs.setCurrentIndex(place)
        driver.settle()
        QTest.qWait(4 * REST_MS)
        driver.settle()
    assert sum(not panel.lasting for panel in tabs.panels()) <= SECTIONS
    tabs.setCurrentWidget(desktop.settings.villages)
    driver.settle()
    assert tabs.currentWidget() is desktop.settings.villages
    assert desktop.settings.villages.isVisible()


def visit_every_section(driver: Driver) -> None:
    tabs = driver.desktop.settings.tabs
    for place in range(tabs.count()):
        tabs.setCurrentIndex(place)
        QTest.qWait(4 * REST_MS)


def test_no_section_goes_while_something_is_under_way(driver: Driver) -> None:
    driver.tab("villages")
    held = threading.Event()
    driver.desktop.seat.worker.write(held.wait, lambda _answer: None)
    panel = driver.desktop.settings.villages
    try:
        visit_every_section(driver)
        assert shiboken6.isValid(panel)
    finally:
        held.set()
    driver.settle()
    QTest.qWait(20 * REST_MS)
    visit_every_section(driver)
    is_gone(panel)


def test_what_the_check_found_stands_until_the_next_one(driver: Driver) -> None:
    panel = driver.tab("check")
    panel.run()
    driver.settle()
    visit_every_section(driver)
    driver.settle()
    visit_every_place(driver)
    assert driver.tab("check") is panel
    assert panel.strip.text()


def is_gone(part: QWidget) -> None:
    """Sooner or later: a busy machine takes its time."""
    for _turn in range(100):
        if not shiboken6.isValid(part):
            return
        QTest.qWait(100)
    raise AssertionError("it is still there after ten seconds")


def test_a_choice_that_is_not_saved_keeps_its_section(driver: Driver) -> None:
    panel = driver.tab("closing")
    choice = panel.choices["cash"]
    choice.setCurrentIndex(1 - choice.currentIndex())
    visit_every_section(driver)
    assert driver.tab("closing") is panel
    panel.save()
    driver.settle()
    visit_every_section(driver)
    is_gone(panel)


def test_a_post_that_is_counted_keeps_its_list(driver: Driver) -> None:
    people = driver.tab("people")
    people.tabs.setCurrentWidget(people.changes)
    driver.settle()
    changes = people.changes
    changes.begin()
    driver.settle()
    assert changes.stack.currentWidget() is changes.editor
    visit_every_section(driver)
    driver.settle()
    visit_every_place(driver)
    assert driver.tab("people") is people
    assert changes.stack.currentWidget() is changes.editor
    changes.leave()
    visit_every_section(driver)
    is_gone(people)


def test_a_question_for_a_signature_keeps_its_page(driver: Driver, tmp_path: Path) -> None:
    desktop = driver.desktop
    desktop.window.pick(desktop.query)
    driver.settle()
    page = desktop.query
    page.export_to(tmp_path)
    driver.sign_as(page.sign, "邹启明")
    assert page.sign.isVisible()
    visit_every_place(driver)
    assert desktop.query is page
    page.sign.put_away()
    visit_every_place(driver)
    assert not shiboken6.isValid(page)


@pytest.mark.may_log
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_day_that_is_clicked_in_the_calendar_counts_as_typed(qtbot: QtBot) -> None:
    form, page = Form((Field("day", "日期", DAY),)), QWidget()
    QVBoxLayout(page).addWidget(form)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    form.put({"day": date(2026, 9, 1)})
    day = form.entry("day")
    assert isinstance(day, CalendarDay)
    day.setFocus()
    opener = day.findChild(QToolButton)
    assert isinstance(opener, QToolButton)
    QTest.mouseClick(opener, Qt.MouseButton.LeftButton)
    view = day.calendarWidget().findChild(QAbstractItemView)
    assert isinstance(view, QAbstractItemView)
    assert view.isVisible()
    assert not holds_words(page)
    place = view.visualRect(view.model().index(4, 4)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert day.day() != date(2026, 9, 1)
    assert not view.isVisible()
    assert holds_words(page)
