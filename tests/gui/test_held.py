"""A key that is held, or a button that is clicked twice, does what it stands for once."""

from __future__ import annotations

import threading
from functools import partial

import pytest
from PySide6.QtCore import Qt

from tests.gui.conftest import Driver, Keyboard, begin_voucher, pay_in_cash
from villagebooks.services.desk import Desk
from villagebooks.services.paper import list_papers
from villagebooks.services.voucher import list_vouchers

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key


def test_f6_that_was_held_saved_the_same_new_voucher_twelve_times(
    driver: Driver, desk: Desk, keyboard: Keyboard
) -> None:
    editor = begin_voucher(driver, keyboard)
    pay_in_cash(keyboard, "买打印纸", "12.50")
    for _time in range(12):
        keyboard.press(KEY.Key_F6)
    driver.settle()
    assert [one.summary for one in list_vouchers(desk)] == ["买打印纸"]
    assert editor.strip.text().startswith("已保存为 记-1 号")


def test_what_was_changed_while_a_new_voucher_was_being_saved_became_a_second_one(
    driver: Driver, desk: Desk, keyboard: Keyboard
) -> None:
    editor = begin_voucher(driver, keyboard)
    pay_in_cash(keyboard, "买打印纸", "12.50")
    editor.save()
    editor.form.rows[0].summary.setText("买打印纸两箱")
    editor.save()
    assert editor.strip.text() == "正在保存，存好以后再按"
    driver.settle()
    assert len(list_vouchers(desk)) == 1


def test_a_new_paper_that_was_saved_by_a_double_click_was_there_twice(driver: Driver, desk: Desk) -> None:
    page = driver.desktop.papers
    driver.desktop.window.go(page)
    driver.settle()
    page.new()
    driver.settle()
    page.form.facts.put({"words": "买打印纸", "amount_fen": 3_600})
    page.form.people.put({"handler": "向丽蓉"})
    for _click in range(3):
        page.form.save()
    driver.settle()
    assert [one.words for one in list_papers(desk)] == ["买打印纸"]


def test_the_same_act_asked_for_twice_in_a_row_is_done_once_and_another_between_them_counts(driver: Driver) -> None:
    worker, done = driver.desktop.seat.worker, list[int]()
    tell: list[object] = []
    act, other = partial(done.append, 1), partial(done.append, 2)
    for one in (act, act, other, act):
        worker.write(one, tell.append, title="记一笔")
    driver.settle()
    assert done == [1, 2, 1]
    worker.write(act, tell.append, title="记一笔")
    driver.settle()
    assert done == [1, 2, 1, 1]


def test_letters_waited_for_a_save_while_the_enter_behind_them_did_not(
    driver: Driver, desk: Desk, keyboard: Keyboard
) -> None:
    editor, go, form = begin_voucher(driver, keyboard), threading.Event(), driver.desktop.vouchers.editor.form
    keyboard.enter()
    keyboard.commit("买打印纸")
    form.rows[0].summary.selectAll()
    driver.desktop.seat.worker.write(lambda: str(go.wait()), editor.setAccessibleDescription, title="保存")
    keyboard.commit("买扫把")
    keyboard.enter()
    keyboard.type("51302")
    assert form.rows[0].summary.text() == "买打印纸"
    go.set()
    driver.settle()
    assert form.rows[0].summary.text() == "买扫把"  # what was chosen is written over
    keyboard.enter()
    assert form.rows[0].account.text().startswith("51302")
