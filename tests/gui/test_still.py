"""What arrives in the window is painted once, when it is whole: nobody sees a list without its rows in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Event
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Driver
from tests.services.conftest import simple_draft
from villagebooks.gui import still
from villagebooks.gui.still import MOST_MS, Ground
from villagebooks.services.voucher import save_voucher


class Paints(QObject):
    """Counts the times that a widget was painted, and what it held then."""

    def __init__(self, watched: QWidget, count: Callable[[], int]) -> None:
        super().__init__()
        self.rows: list[int] = []
        self._count = count
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's own name)
        if event.type() == QEvent.Type.Paint:
            self.rows.append(self._count())
        return super().eventFilter(watched, event)


def shown_ground(driver: Driver, qtbot: QtBot) -> Ground:
    """Where the pages of the window stand, shown and at rest."""
    driver.desktop.window.show()
    driver.settle()
    ground = cast(Ground, driver.desktop.window.findChild(Ground))
    qtbot.waitUntil(lambda: not ground.is_still)
    return ground


@contextmanager
def busy_worker(driver: Driver) -> Iterator[None]:
    """A reading that goes on for as long as this."""
    end = Event()
    driver.desktop.seat.worker.read(end.wait, lambda _answer: None)
    try:
        yield
    finally:
        end.set()
        driver.settle()


def test_the_months_vouchers_are_never_painted_without_their_rows(driver: Driver, qtbot: QtBot) -> None:
    save_voucher(driver.desktop.seat.desk, simple_draft())
    window, _ground = driver.desktop.window, shown_ground(driver, qtbot)
    vouchers = driver.desktop.vouchers
    window.pick(vouchers)
    seen = Paints(vouchers.list.table.view.viewport(), vouchers.list.table.model.rowCount)
    qtbot.waitUntil(lambda: bool(seen.rows))
    driver.settle()
    qtbot.wait(MOST_MS * 2)
    assert set(seen.rows) == {1}


def test_who_waits_for_a_long_reading_sees_the_page_meanwhile(driver: Driver, qtbot: QtBot) -> None:
    window, ground = driver.desktop.window, shown_ground(driver, qtbot)
    with ExitStack() as reading:
        window.pick(driver.desktop.vouchers)
        reading.enter_context(busy_worker(driver))
        assert ground.is_still
        qtbot.waitUntil(lambda: not ground.is_still, timeout=MOST_MS * 10)
        assert driver.desktop.seat.worker.is_busy()


def test_what_comes_after_a_long_wait_is_painted_once_too(driver: Driver, qtbot: QtBot) -> None:
    window, ground = driver.desktop.window, shown_ground(driver, qtbot)
    held: list[bool] = []
    with ExitStack() as reading:
        window.pick(driver.desktop.vouchers)
        reading.enter_context(busy_worker(driver))
        qtbot.waitUntil(lambda: not ground.is_still, timeout=MOST_MS * 10)
        driver.desktop.seat.worker.rested.connect(lambda: held.append(ground.is_still))
    assert held[0]
    qtbot.waitUntil(lambda: not ground.is_still)


def test_a_page_is_not_held_back_by_what_was_under_way_before(
    driver: Driver, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    _shown = shown_ground(driver, qtbot)
    monkeypatch.setattr(still, "MOST_MS", 60_000)
    ground = Ground(QWidget(), driver.desktop.seat.worker)
    qtbot.addWidget(ground)
    ground.show()
    with busy_worker(driver):
        ground.keep()
        qtbot.waitUntil(lambda: not ground.is_still)
        assert driver.desktop.seat.worker.is_busy()


def test_a_letter_that_is_typed_meanwhile_shows_at_once(driver: Driver, qtbot: QtBot) -> None:
    window, ground = driver.desktop.window, shown_ground(driver, qtbot)
    window.finder.setFocus()
    qtbot.waitUntil(window.finder.hasFocus)
    with busy_worker(driver):
        ground.keep()
        assert ground.is_still
        QTest.keyClick(window.finder, Qt.Key.Key_1)
        assert not ground.is_still


def test_a_letter_that_is_typed_in_the_page_that_just_came_shows_at_once(driver: Driver, qtbot: QtBot) -> None:
    window, ground = driver.desktop.window, shown_ground(driver, qtbot)
    window.setFocus()
    with busy_worker(driver):
        ground.keep()
        window.finder.setFocus()
        qtbot.waitUntil(window.finder.hasFocus)
        assert ground.is_still
        QTest.keyClick(window.finder, Qt.Key.Key_1)
        assert not ground.is_still


def test_suggestions_that_open_while_a_page_comes_stayed_blank_for_ever(driver: Driver, qtbot: QtBot) -> None:
    window, ground = driver.desktop.window, shown_ground(driver, qtbot)
    with busy_worker(driver):
        ground.keep()
        popup = QListWidget(window)
        popup.addItem("501 经营收入")
        popup.setGeometry(10, 10, 200, 80)
        seen = Paints(popup.viewport(), popup.count)
        popup.show()
        ground.release()
        qtbot.waitUntil(lambda: bool(seen.rows))
        assert popup.updatesEnabled()
        popup.deleteLater()
