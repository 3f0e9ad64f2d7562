"""While an input method composes, its keys are its own, and what it composes is not lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.gui.conftest import Driver, Keyboard, begin_voucher, pay_in_cash
from villagebooks.gui.voucher.editor import VoucherEditor
from villagebooks.services.desk import Desk
from villagebooks.services.voucher import list_vouchers

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def cells_of(editor: VoucherEditor) -> list[QLineEdit]:
    return [one for one in (editor.form.day, editor.form.count, *editor.form.rows[0].cells) if one.isVisible()]


def test_escape_that_takes_pinyin_back_left_the_voucher_and_enter_went_on(driver: Driver, keyboard: Keyboard) -> None:
    editor = begin_voucher(driver, keyboard)
    assert len(cells_of(editor)) > 4
    for cell in cells_of(editor):
        cell.setFocus()
        keyboard.compose("shuo'ming")
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Escape):
            keyboard.press(key)
            assert (editor.isVisible(), QApplication.focusWidget() is cell) == (True, True), cell.accessibleName()
        keyboard.compose("")
    keyboard.press(Qt.Key.Key_Escape)
    assert not editor.isVisible()


def test_words_that_were_not_chosen_yet_were_missing_in_what_was_saved(
    driver: Driver, desk: Desk, keyboard: Keyboard
) -> None:
    editor = begin_voucher(driver, keyboard)
    pay_in_cash(keyboard, "买打印纸", "12.50")
    editor.form.rows[0].summary.setFocus()
    editor.form.rows[0].summary.end(False)
    keyboard.compose("xi'gu")
    keyboard.press(Qt.Key.Key_F6)
    driver.settle()
    assert editor.strip.text() == "输入法里还有没选好的字：先选好，或按 Esc 不要，再保存"
    assert not list_vouchers(desk)
    keyboard.commit("、硒鼓")
    keyboard.press(Qt.Key.Key_F6)
    driver.settle()
    assert [one.summary for one in list_vouchers(desk)] == ["买打印纸、硒鼓"]
