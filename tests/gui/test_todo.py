"""Beside the board: the first steps of a new centre, reminders and what was worked on last, each with its way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Driver, Keyboard
from tests.services.conftest import simple_paper
from villagebooks.core.beginning import Step
from villagebooks.core.period import Month
from villagebooks.core.reminder import AGREEMENTS, CLOSING, HAND_OVERS, INBOX, LOG, PLANS, RECEIPTS, TODO, Reminder
from villagebooks.core.voucher import Voucher
from villagebooks.gui.office import Desktop
from villagebooks.gui.program import Program
from villagebooks.gui.todo import BEGINNING, RECENT, REMINDERS
from villagebooks.services.desk import Desk
from villagebooks.services.journal import recent_work
from villagebooks.services.office import create_office
from villagebooks.services.paper import save_paper

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|This plugin does not support", extend=True)
KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_reminder_leads_to_its_page_at_its_village_and_month(driver: Driver, keyboard: Keyboard) -> None:
    desktop = driver.desktop
    home = desktop.home
    desktop.window.pick(home)
    driver.settle()
    home.todo.put_reminders([Reminder(TODO, "2026-08 还没有结账", CLOSING, "V02", Month(2026, 8))])
    assert home.todo.tabs.tabText(REMINDERS) == "提醒 1"
    home.todo.tabs.setCurrentIndex(REMINDERS)
    home.todo.reminders.setFocus()
    keyboard.enter()
    driver.settle()
    QTest.qWait(20)
    assert (desktop.seat.book.code, desktop.seat.month) == ("V02", Month(2026, 8))
    assert desktop.window.current() is desktop.closing


def test_every_place_that_is_pointed_to_is_one(driver: Driver) -> None:
    desktop = driver.desktop
    desktop.window.pick(desktop.home)
    driver.settle()
    for place, page in (
        (INBOX, "inbox"), (RECEIPTS, "receipts"), (PLANS, "plans"), (AGREEMENTS, "settings"), (HAND_OVERS, "settings"),
        ("people/posts", "settings"), ("people/keys", "settings"), ("people/root", "settings"), ("books", "settings"),
        ("sheet", "disclosure"), ("rules", "settings"), ("roll", "people"), ("opening", "opening"),
        (LOG, "journal"),
    ):  # fmt: skip
        desktop.window.pick(desktop.home)
        desktop.arrive(Step("", "", place, done=False))
        driver.settle()
        assert desktop.window.current() is getattr(desktop, page), place
    desktop.arrive(Step("", "", HAND_OVERS, done=False))
    driver.settle()
    assert desktop.settings.people.tabs.currentWidget() is desktop.settings.people.changes


def test_a_recent_voucher_of_another_village_is_one_key_away(
    driver: Driver, make_voucher: Callable[..., Voucher], keyboard: Keyboard, desk: Desk
) -> None:
    made = make_voucher()
    save_paper(desk, simple_paper())
    desktop = driver.desktop
    desktop.seat.sit_at(next(one for one in desktop.seat.books if one.code == "V03"), Month(2026, 8))
    driver.settle()
    desktop.window.pick(desktop.ledger)
    driver.settle()
    QTest.keyClick(desktop.window, KEY.Key_R, CONTROL)
    driver.settle()
    menu = desktop.recent.menu
    texts = [one.text() for one in menu.actions()]
    assert len(texts) == 2
    assert any(text.startswith("V01 2026-09 记-1　") and text.endswith("742.60") for text in texts)
    place = next(place for place, text in enumerate(texts) if "记-1" in text)
    menu.setActiveAction(menu.actions()[place])
    QTest.keyClick(menu, KEY.Key_Return)
    driver.settle()
    QTest.qWait(20)
    driver.settle()
    assert (desktop.seat.book.code, desktop.seat.month) == ("V01", Month(2026, 9))
    assert desktop.window.current() is desktop.vouchers
    assert desktop.vouchers.editor.uid == made.uid
    desktop.arrive(recent_work(desktop.seat.office)[texts.index(next(one for one in texts if "报账单" in one))])
    driver.settle()
    assert desktop.window.current() is desktop.papers
    assert desktop.papers.table.current().number == 1


def test_who_has_done_nothing_yet_is_told_so(driver: Driver) -> None:
    desktop = driver.desktop
    desktop.recent.open()
    driver.settle()
    assert [(one.text(), one.isEnabled()) for one in desktop.recent.menu.actions()] == [
        ("还没有做过凭证和报账单", False)
    ]
    desktop.recent.menu.close()
    desktop.window.pick(desktop.home)
    driver.settle()
    assert desktop.home.todo.recent.texts() == []


def test_the_home_page_lists_what_was_worked_on_and_opens_it(
    driver: Driver, make_voucher: Callable[..., Voucher], keyboard: Keyboard
) -> None:
    make_voucher()
    desktop = driver.desktop
    desktop.seat.tell_changed()
    driver.settle()
    desktop.window.pick(desktop.home)
    driver.settle()
    todo = desktop.home.todo
    todo.tabs.setCurrentIndex(RECENT)
    todo.recent.setFocus()
    keyboard.press(KEY.Key_Space)
    driver.settle()
    assert desktop.window.current() is desktop.vouchers


@pytest.fixture
def new_centre(tmp_path: Path, qtbot: QtBot) -> Iterator[tuple[Desktop, Callable[[], None]]]:
    program = Program(QSettings(str(tmp_path / "desktop.ini"), QSettings.Format.IniFormat), None)

    def settle() -> None:
        for _turn in range(3):
            qtbot.waitUntil(lambda: not program.worker.is_busy(), timeout=90_000)
            QTest.qWait(10)

    program.start()
    assert program.page is not None
    qtbot.addWidget(program.page)
    program.page.chosen.emit(partial(create_office, tmp_path / "new.vbooks", "白雁河镇"), "建立账套")
    settle()
    assert program.desktop is not None
    yield program.desktop, settle
    settle()
    program.desktop.window.close()


def test_a_new_centre_is_led_from_step_to_step_on_the_empty_page(
    new_centre: tuple[Desktop, Callable[[], None]], keyboard: Keyboard
) -> None:
    desktop, settle = new_centre
    home = desktop.home
    assert home.isEnabled()
    assert not home.table.isVisible()
    assert not home.graphs.isVisible()
    assert home.summary.text() == "还没有账套：照下面的步骤一步一步开始"
    todo = home.todo
    assert (todo.tabs.isTabVisible(BEGINNING), todo.tabs.currentIndex()) == (True, BEGINNING)
    assert [text.split("：")[0] for text in todo.steps.texts()][:4] == [
        "1　做总钥匙", "2　登记中心的人员", "3　给每人发一把钥匙", "4　开账套",
    ]  # fmt: skip
    assert not any("做好了" in text for text in todo.steps.texts())
    assert QApplication.focusWidget() is todo.steps  # Enter opened nothing: the cursor was in the tabs
    keyboard.press(KEY.Key_Down)
    keyboard.enter()
    settle()
    page = desktop.settings
    assert desktop.window.current() is page
    people = page.people
    assert people.tabs.currentWidget() is people.posts
    for name, duty in (("邹启明", "中心主任"), ("冯素芳", "代理会计"), ("谭永川", "代理会计"), ("龙小梅", "总出纳")):
        people.posts.acts.forms["add"].put({"name": name, "duty": duty})
        people.posts.add()
        settle()
    desktop.window.pick(home)
    settle()
    assert [text.endswith("（做好了）") for text in todo.steps.texts()][:3] == [False, True, False]
