"""What made an accountant stumble at the window, each named after what was seen."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Driver
from tests.gui.person import OFFSCREEN, Person
from tests.services.conftest import PASSPHRASE
from villagebooks.gui.calendar import CalendarDay

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


@pytest.mark.parametrize(
    ("before", "typed"),
    [
        ((), "2027-10-02"), ((), "20271002"), ((), "2027.10.2"), ((), "2027/10/2"), ((KEY.Key_A,), "2027-10-02"),
        ((KEY.Key_A,), "20271002"), ((KEY.Key_Home,), "20271002"),
    ],
)  # fmt: skip
def test_a_date_typed_with_its_marks_became_another_date(qtbot: QtBot, before: Sequence[Qt.Key], typed: str) -> None:
    day = CalendarDay()
    day.setDate(QDate(2026, 9, 28))
    qtbot.addWidget(day)
    with qtbot.waitActive(day):
        day.show()
        day.activateWindow()
    day.setFocus(Qt.FocusReason.TabFocusReason)
    if before:
        QTest.mouseClick(day, Qt.MouseButton.LeftButton, pos=QPoint(60, day.height() // 2))
    for key in before:
        control = Qt.KeyboardModifier.ControlModifier if key == KEY.Key_A else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(day, key, control)
    QTest.keyClicks(day, typed)
    day.clearFocus()
    assert day.date() == QDate(2027, 10, 2)
