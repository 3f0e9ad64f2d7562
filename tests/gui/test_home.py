"""首页: the board by keyboard, its order, what it tells of the month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import Driver, Keyboard
from tests.services.conftest import Clock, simple_paper
from villagebooks.core.board import BoardRow, LateSteps
from villagebooks.core.period import Month
from villagebooks.core.voucher import Voucher
from villagebooks.gui.board import board_columns, standing_mark
from villagebooks.gui.theme import DONE, LATE, PLAIN, WAIT
from villagebooks.services.desk import Desk
from villagebooks.services.paper import save_paper

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key


def shown_books(driver: Driver) -> list[str]:
    return [row.book for row in driver.desktop.home.table.model.records()]


def test_enter_in_a_cell_leads_to_its_step_of_its_village(driver: Driver, keyboard: Keyboard) -> None:
    desktop = driver.desktop
    desktop.window.pick(desktop.home)
    driver.settle()
    assert shown_books(driver)[:2] == ["V01", "V02"]
    keyboard.press(KEY.Key_Down)
    for _step in range(5):
        keyboard.press(KEY.Key_Right)
    keyboard.enter()
    driver.settle()
    assert (desktop.seat.book.code, desktop.window.current()) == ("V02", desktop.closing)


def test_the_cell_in_hand_stays_in_hand_and_rows_do_not_jump_while_somebody_works(
    driver: Driver, make_voucher: Callable[..., Voucher], desk: Desk
) -> None:
    desktop = driver.desktop
    page = desktop.home
    desktop.window.pick(page)
    driver.settle()
    order = shown_books(driver)
    index = page.table.model.index(order.index("V03"), 4)
    page.table.view.setCurrentIndex(index)
    clock = desk.books.clock
    assert isinstance(clock, Clock)
    make_voucher()
    desktop.seat.tell_changed()
    driver.settle()
    assert shown_books(driver) == order
    assert page.table.current().book == "V03"
    assert page.table.view.currentIndex().column() == 4


def test_who_comes_back_finds_what_is_late_first(driver: Driver, desk: Desk) -> None:
    desktop = driver.desktop
    page = desktop.home
    desktop.window.pick(page)
    driver.settle()
    assert shown_books(driver)[0] == "V01"
    clock = desk.books.clock
    assert isinstance(clock, Clock)
    v03 = next(one for one in desktop.seat.books if one.code == "V03")
    save_paper(Desk(desk.books, desk.person, v03, desk.period), simple_paper())
    clock.moment = datetime(2026, 9, 20, 9, 0, tzinfo=UTC)
    desktop.window.pick(desktop.vouchers)
    driver.settle()
    desktop.seat.tell_changed()
    desktop.window.pick(page)
    driver.settle()
    assert shown_books(driver)[0] == "V03"
    assert "1 个有迟的" in page.summary.text()
    assert "逾期 1 件" in page.summary.text()


def test_a_click_on_a_header_sorts_by_what_is_worst(driver: Driver, make_voucher: Callable[..., Voucher]) -> None:
    make_voucher()
    desktop = driver.desktop
    desktop.window.pick(desktop.home)
    desktop.home.refresh()
    driver.settle()
    desktop.home.table.view.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    marks = [board_columns()[2].value(row) for row in desktop.home.table.model.records()]
    assert [mark.tone for mark in marks] == [WAIT] + [PLAIN] * (len(marks) - 1)


def test_a_book_stands_as_the_worst_of_the_cells_that_people_see() -> None:
    due, days = date(2026, 10, 10), (date(2026, 9, 20), date(2026, 10, 12), date(2026, 10, 30))
    hung = (None, None), (date(2026, 10, 9), date(2026, 10, 19))
    papers, vouchers = ({}, {"written": 1}, {"booked": 2}), ({}, {"draft": 1}, {"approved": 1}, {"posted": 2})
    late = (None, LateSteps(2, 3, ("冯素芳",)))
    order = (LATE, WAIT, DONE, PLAIN)
    for day, put_up, paper, voucher, state, banks, steps in product(
        days, hung, papers, vouchers, ("open", "closed"), (0, 2), late
    ):
        row = BoardRow(
            "V01", "村", Month(2026, 9), paper, voucher, *put_up, None, due, day, state, banks, 0, steps
        )  # fmt: skip
        tones = [one.value(row).tone for one in board_columns()[1:]]
        worst, shown = min(tones, key=order.index), standing_mark(row.standing).tone
        assert shown == worst or {shown, worst} <= {DONE, PLAIN}, row


def test_sixty_villages_are_read_without_scrolling_sideways_in_a_usual_window(driver: Driver) -> None:
    desktop = driver.desktop
    desktop.window.resize(1366, 768)
    desktop.window.pick(desktop.home)
    driver.settle()
    row = desktop.home.table.model.record(0)
    late = LateSteps(12, 35, ("分管副镇长",))
    rows = [
        BoardRow(
            f"V{n:02}", "石磨坪村股份经济合作社", row.month, {"written": 12}, {"submitted": 15, "posted": 120},
            None, None, None, date(2026, 10, 10), date(2026, 10, 21), "open", 3, 1, late if n % 7 == 0 else None,
        )
        for n in range(60)
    ]  # fmt: skip
    desktop.home.table.begin()
    desktop.home.table.show_rows(rows, "V01")
    QTest.qWait(10)
    view = desktop.home.table.view
    assert not view.horizontalScrollBar().isVisible()
    assert view.columnWidth(0) > 150


def test_more_villages_are_seen_without_charts_and_reminders(driver: Driver, keyboard: Keyboard) -> None:
    desktop = driver.desktop
    page = desktop.home
    desktop.window.resize(1366, 768)
    desktop.window.pick(page)
    driver.settle()
    tall = page.table.view.height()
    page.only.setFocus()
    keyboard.enter()
    QTest.qWait(10)
    assert not page.below.isVisible()
    assert page.table.view.height() > tall + 150
    keyboard.enter()
    assert page.below.isVisible()
