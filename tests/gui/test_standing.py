"""The switch of villages says how each stands; the foot says what is known of check and backup."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import AGENT_NAME, Driver, Keyboard
from tests.services.conftest import Clock
from villagebooks.core.period import Month
from villagebooks.core.voucher import Voucher
from villagebooks.gui.office import Desktop
from villagebooks.gui.worker import Worker
from villagebooks.services.desk import Desk, Office
from villagebooks.services.office import centre

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key


def offered(driver: Driver) -> dict[str, str]:
    popup = driver.desktop.window.village._popup_list()
    return {popup.item(row).text().split(" ")[0]: popup.item(row).text() for row in range(popup.count())}


def test_the_switch_says_how_every_village_stands(
    driver: Driver, make_voucher: Callable[..., Voucher], keyboard: Keyboard, desk: Desk
) -> None:
    make_voucher()
    desktop = driver.desktop
    desktop.window.pick(desktop.vouchers)
    desktop.seat.tell_changed()
    driver.settle()
    QTest.keyClick(desktop.window, KEY.Key_G, Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    keyboard.press(KEY.Key_F2)
    assert offered(driver)["V01"].endswith("　有待办")
    assert desktop.window.village.accessibleDescription() == "有待办"
    keyboard.type("smp")
    assert list(offered(driver)) == ["V02"]
    keyboard.enter()
    driver.settle()
    assert desktop.seat.book.code == "V02"
    assert desktop.window.village.text() == f"V02 {desktop.seat.book.name}"


def test_the_signs_are_those_of_the_month_in_hand(driver: Driver, desk: Desk) -> None:
    desktop = driver.desktop
    window = desktop.window
    window.pick(desktop.home)
    clock = desk.books.clock
    assert isinstance(clock, Clock)
    clock.moment = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)
    desktop.seat.tell_changed()
    driver.settle()
    assert window.village.accessibleDescription() == "有迟的"
    window.pick(desktop.ledger)
    desktop.seat.sit_at(month=Month(2026, 10))
    driver.settle()
    assert window.village.accessibleDescription() == ""
    window.village.setFocus()
    driver.settle()
    assert window.village.accessibleDescription() in ("没有开始", "有待办")


def test_an_open_list_gets_its_signs_when_they_are_read(driver: Driver, keyboard: Keyboard) -> None:
    desktop = driver.desktop
    desktop.window.pick(desktop.vouchers)
    desktop.seat.tell_changed()
    driver.settle()
    desktop.window.village.setFocus()
    desktop.window.village.selectAll()
    keyboard.type("v0")
    driver.settle()
    assert len(offered(driver)) == 6
    assert all("　" in text for text in offered(driver).values())


def test_the_last_check_is_known_at_the_next_start(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    kept = QSettings(str(tmp_path / "desktop.ini"), QSettings.Format.IniFormat)
    office = Office(desk.books, AGENT_NAME)
    worker = Worker()
    first = Desktop(office, centre(office), worker, kept)
    qtbot.addWidget(first.window)
    assert first.window.checked.text() == "还没有自查"
    assert first.foot.backup.text() == "没有备份记录"
    assert f"“{desk.books.path.name}”" in first.foot.backup.toolTip()
    first.foot.say_checked("自查：0 处错误，2 处提示")
    second = Desktop(office, centre(office), worker, kept)
    qtbot.addWidget(second.window)
    assert second.window.checked.text() == "自查：0 处错误，2 处提示"
    assert second.window.checked.toolTip().startswith("2026-09-02 ")
    qtbot.waitUntil(lambda: not worker.is_busy(), timeout=30_000)
    worker.close()


def test_a_foot_that_is_too_narrow_leaves_out_the_backup(driver: Driver) -> None:
    window = driver.desktop.window
    window.resize(1366, 768)
    QTest.qWait(10)
    assert driver.desktop.foot.backup.isVisible()
    window.checked.setText("自查" * 60)
    window.resize(1100, 700)
    QTest.qWait(10)
    assert not driver.desktop.foot.backup.isVisible()
