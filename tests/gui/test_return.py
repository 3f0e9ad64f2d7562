"""Whoever comes back to something half written works where it was left, and no key goes into what is hidden."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Driver
from tests.gui.person import OFFSCREEN, Person
from tests.services.conftest import PASSPHRASE
from villagebooks.core.voucher import Voucher
from villagebooks.gui.again import FRESH_S, Again

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)
KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def person(driver: Driver) -> Person:
    return Person(driver.desktop.window, driver.desktop.seat.worker, PASSPHRASE)


def by_the_rail(person: Person) -> None:
    person.goes_to("账簿")
    person.goes_to("凭证")


def by_the_manual(person: Person) -> None:
    person.hits(KEY.Key_F1)
    person.hits(KEY.Key_Escape)


def by_the_search(person: Person) -> None:
    person.hits(KEY.Key_K, CTRL)
    person.hits(KEY.Key_Escape)


def by_the_same_place(person: Person) -> None:
    person.goes_to("凭证")


WAYS = (by_the_rail, by_the_manual, by_the_search, by_the_same_place)


@pytest.mark.parametrize("way", WAYS)
def test_enter_threw_half_a_voucher_away_after_somebody_came_back_to_it(
    person: Person, driver: Driver, make_voucher: Callable[..., Voucher], way: Callable[[Person], None]
) -> None:
    make_voucher()
    person.goes_to("凭证")
    person.hits(KEY.Key_F5)
    person.types("2\n买打印纸")
    way(person)
    assert QApplication.focusWidget().isVisible()
    page = driver.desktop.vouchers
    assert page.editor.isAncestorOf(QApplication.focusWidget())
    for _again in range(2):
        person.hits(KEY.Key_Return)
    assert page.stack.currentWidget() is page.editor
    assert page.editor.form.rows[0].summary.text() == "买打印纸"
    assert page.editor.uid == ""


def test_half_a_paper_is_in_hand_again_after_another_page(person: Person, driver: Driver) -> None:
    person.goes_to("报账")
    person.hits(KEY.Key_F5)
    person.types("打印纸")
    person.goes_to("账簿")
    person.goes_to("报账")
    assert driver.desktop.papers.form.isAncestorOf(QApplication.focusWidget())
    person.types("两箱")
    assert "两箱" in person.reads("用途（张榜用的话）")


def test_a_warning_of_a_while_ago_does_not_let_the_next_key_give_a_voucher_up(monkeypatch: pytest.MonkeyPatch) -> None:
    again = Again()
    assert not again
    now = 1_000.0
    monkeypatch.setattr("villagebooks.gui.again.monotonic", lambda: now)
    again.warn()
    assert again
    now += FRESH_S + 1
    assert not again
    again.warn()
    again.forget()
    assert not again


def test_the_list_is_in_hand_where_the_list_shows(
    person: Person, driver: Driver, make_voucher: Callable[..., Voucher]
) -> None:
    make_voucher()
    person.goes_to("凭证")
    person.goes_to("账簿")
    person.goes_to("凭证")
    assert QApplication.focusWidget() is driver.desktop.vouchers.list.table.view
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    driver.settle()
    assert driver.desktop.vouchers.stack.currentIndex() == 1


def test_a_key_pressed_at_once_after_the_way_to_a_new_page_went_to_the_old_one(driver: Driver) -> None:
    window = driver.desktop.window
    handle = window.windowHandle()
    QTest.keyClick(handle, KEY.Key_3, CTRL)  # 凭证 is built, and shown in a later turn
    QTest.keyClick(handle, KEY.Key_F5)
    QTest.keyClick(handle, KEY.Key_Return)
    driver.settle()
    page = driver.desktop.vouchers
    assert window.current() is page
    assert page.stack.currentWidget() is page.editor
    assert QApplication.focusWidget() is page.editor.form.rows[0].summary
