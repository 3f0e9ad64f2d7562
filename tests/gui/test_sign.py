"""The question for a signature: it follows the key that locks, and what is to be known before is seen before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import AGENT_NAME, Driver, Keyboard
from tests.services.conftest import PASSPHRASE, Staff
from villagebooks.core.problem import Problem, Refused, Trouble
from villagebooks.core.voucher import DRAFT, SUBMITTED, Voucher
from villagebooks.core.watch import Watch
from villagebooks.gui.key import SignStrip
from villagebooks.services.desk import Desk
from villagebooks.services.key import Unlocked
from villagebooks.services.voucher import read_voucher
from villagebooks.services.watch import put_lines

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
ONCE_MORE = "上面有签字前要知道的，所以还没有签。看过再按一次“签字”。"


def ask_in_the_list(driver: Driver) -> SignStrip:
    page = driver.desktop.vouchers
    driver.desktop.window.go(page)
    driver.settle()
    page.list.table.view.selectAll()
    page.sign_chosen()
    strip: SignStrip = page.sign
    return strip


def ask_in_the_inbox(driver: Driver) -> SignStrip:
    page = driver.desktop.inbox
    driver.desktop.window.go(page)
    driver.settle()
    page.table.mark_all()
    page.ask_sign_marked()
    strip: SignStrip = page.sign
    return strip


def ask_in_the_voucher(driver: Driver) -> SignStrip:
    page = driver.desktop.vouchers
    driver.desktop.window.go(page)
    driver.settle()
    page.open(page.list.heads()[0].uid)
    driver.settle()
    page.editor.ask_signature()
    strip: SignStrip = page.editor.sign
    return strip


WAYS = (ask_in_the_list, ask_in_the_inbox, ask_in_the_voucher)


@pytest.fixture
def two(make_voucher: Callable[..., Voucher]) -> list[str]:
    """Drafts that take no more cash than there is."""
    return [make_voucher(20_000).uid for _time in range(2)]


def states(desk: Desk, uids: list[str]) -> list[str]:
    return [read_voucher(desk, uid).state for uid in uids]


@pytest.mark.parametrize("ask", WAYS[:2])
def test_a_question_over_several_asks_for_the_passphrase_again_when_the_keys_lock(
    driver: Driver, desk: Desk, staff: Staff, two: list[str], ask: Callable[[Driver], SignStrip]
) -> None:
    ring = driver.desktop.ring
    ring.keep(staff.agent)
    strip = ask(driver)
    driver.settle()
    assert (strip.passphrase.isVisible(), strip.open.isVisible()) == (False, True)
    ring.forget()
    assert (strip.passphrase.isVisible(), strip.open.isVisible()) == (True, False)
    strip.sign()
    assert strip.answer.text() == "请输入口令"
    assert QApplication.focusWidget() is strip.passphrase
    driver.sign_as(strip, AGENT_NAME)
    assert states(desk, two) == [SUBMITTED] * 2


@pytest.mark.parametrize("ask", WAYS)
def test_who_signs_before_the_hints_are_read_sees_them_and_signs_once_more(
    driver: Driver, desk: Desk, staff: Staff, two: list[str], ask: Callable[[Driver], SignStrip], keyboard: Keyboard
) -> None:
    put_lines(desk.office, Watch(bare_fen=20_000))
    driver.desktop.ring.keep(staff.agent)
    strip = ask(driver)
    assert QApplication.focusWidget() is strip.act
    keyboard.enter()
    assert strip.answer.text() == "正在看签字前有没有要提示的…"
    keyboard.enter()
    driver.settle()
    assert states(desk, two) == [DRAFT] * 2
    assert "没有村里签过字的报账单" in strip.sentence.text()
    assert strip.answer.text() == ONCE_MORE
    assert QApplication.focusWidget() is strip.act
    keyboard.enter()
    driver.settle()
    assert SUBMITTED in states(desk, two)
    assert not strip.isVisible()


@pytest.mark.parametrize("ask", WAYS)
def test_who_signs_before_it_is_known_that_nothing_is_to_be_told_signs_once(
    driver: Driver, desk: Desk, staff: Staff, two: list[str], ask: Callable[[Driver], SignStrip], keyboard: Keyboard
) -> None:
    driver.desktop.ring.keep(staff.agent)
    strip = ask(driver)
    keyboard.enter()
    driver.settle()
    assert SUBMITTED in states(desk, two)
    assert not strip.isVisible()


def test_the_passphrase_that_was_typed_before_the_hints_were_read_is_not_typed_again(
    driver: Driver, desk: Desk, two: list[str]
) -> None:
    put_lines(desk.office, Watch(bare_fen=20_000))
    strip = ask_in_the_list(driver)
    strip.passphrase.setText(PASSPHRASE)
    strip.sign()
    driver.settle()
    assert len(strip.sentence.text().splitlines()) == 2
    assert strip.passphrase.text()
    assert QApplication.focusWidget() is strip.passphrase
    strip.sign()
    driver.settle()
    assert states(desk, two) == [SUBMITTED] * 2


def test_who_signed_too_early_and_thinks_better_of_it_signs_nothing(
    driver: Driver, desk: Desk, staff: Staff, two: list[str], keyboard: Keyboard
) -> None:
    driver.desktop.ring.keep(staff.agent)
    strip = ask_in_the_list(driver)
    keyboard.enter()
    keyboard.press(Qt.Key.Key_Escape)
    driver.settle()
    assert states(desk, two) == [DRAFT] * 2
    assert not strip.isVisible()
    strip = ask_in_the_list(driver)
    driver.settle()
    assert states(desk, two) == [DRAFT] * 2
    assert (strip.isVisible(), strip.act.isEnabled(), strip.answer.isVisible()) == (True, True, False)


@pytest.mark.parametrize("fault", [Refused([Problem("读不出来")]), Trouble("读不出来")])
def test_hints_that_cannot_be_read_are_told_and_hold_nobody_up(
    driver: Driver, staff: Staff, two: list[str], fault: Exception
) -> None:
    driver.desktop.ring.keep(staff.agent)
    strip = ask_in_the_voucher(driver)
    signed: list[Any] = []

    def fail() -> None:
        raise fault

    def act(keys: Unlocked) -> str:
        return keys.person

    strip.ask("签一个字", act, signed.append, AGENT_NAME)
    strip.read_hints(fail, lambda _found: ())
    strip.sign()
    driver.settle()
    assert signed == []
    assert strip.sentence.text().splitlines()[1:] == ["签字前要看的提示没有读出来：读不出来"]
    strip.sign()
    driver.settle()
    assert signed == [AGENT_NAME]


def test_the_answer_to_one_question_is_told_to_who_asked_it_and_leaves_the_next_standing(
    driver: Driver, staff: Staff, two: list[str]
) -> None:
    driver.desktop.ring.keep(staff.agent)
    strip = ask_in_the_voucher(driver)
    driver.settle()
    heard: list[str] = []
    for number in ("一", "二"):
        strip.ask(f"签第{number}个字", lambda _keys: "", lambda _done, told=number: heard.append(told), AGENT_NAME)
        if number == "一":
            strip.sign()
    driver.settle()
    assert heard == ["一"]
    assert (strip.isVisible(), strip.sentence.text()) == (True, "签第二个字")


def test_enter_pressed_twice_signs_and_does_not_put_the_question_away_before_its_answer(
    driver: Driver, desk: Desk, staff: Staff, two: list[str], keyboard: Keyboard
) -> None:
    driver.desktop.ring.keep(staff.agent)
    strip = ask_in_the_list(driver)
    driver.settle()
    for _time in range(2):
        keyboard.enter()
    assert strip.isVisible()
    driver.settle()
    assert states(desk, two) == [SUBMITTED] * 2
    assert not strip.isVisible()
    assert QApplication.focusWidget() is driver.desktop.vouchers.list.table.view


def test_after_a_full_disk_the_same_question_can_be_signed_again(driver: Driver, staff: Staff, two: list[str]) -> None:
    strip = ask_in_the_voucher(driver)
    driver.settle()
    signed: list[str] = []

    def sign(keys: Unlocked) -> None:
        signed.append(keys.person)
        if len(signed) == 1:
            raise Trouble("磁盘满了，没有保存；请腾出空间再试")

    strip.ask("签字", sign, lambda _done: None, AGENT_NAME)
    strip.passphrase.setText(PASSPHRASE)
    strip.sign()
    driver.settle()
    assert strip.answer.text() == "磁盘满了，没有保存；请腾出空间再试"
    strip.sign()
    driver.settle()
    assert signed == [AGENT_NAME] * 2
    assert not strip.isVisible()


def test_a_wrong_passphrase_of_a_question_that_was_left_is_not_told_of_the_next(
    driver: Driver, staff: Staff, two: list[str]
) -> None:
    strip = ask_in_the_list(driver)
    driver.settle()
    strip.people.setCurrentText(AGENT_NAME)
    strip.passphrase.setText("错的口令")
    strip.sign()
    strip.put_away()
    driver.desktop.vouchers.list.table.view.selectRow(0)
    driver.desktop.vouchers.sign_chosen()
    driver.settle()
    assert strip.isVisible()
    assert not strip.answer.isVisible()
    assert strip.act.isEnabled()
    assert driver.desktop.window.strip.text() == f"{AGENT_NAME}的口令不对"
