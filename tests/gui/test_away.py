"""Books that somebody moved, deleted or replaced while they are open: nothing is said to be saved that nobody would
find again."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt

from tests.gui.conftest import Driver, Keyboard, begin_voucher, pay_in_cash
from villagebooks.services.desk import Desk
from villagebooks.services.voucher import list_vouchers

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.mark.parametrize("replaced", [False, True])
def test_a_voucher_was_said_to_be_saved_into_books_that_had_been_moved_away(
    driver: Driver, desk: Desk, keyboard: Keyboard, *, replaced: bool
) -> None:
    editor = begin_voucher(driver, keyboard)
    pay_in_cash(keyboard, "买打印纸", "12.50")
    here, away = desk.books.path, desk.books.path.with_name("away.vbooks")
    here.rename(away)
    if replaced:
        shutil.copyfile(away, here)
    keyboard.press(Qt.Key.Key_F6)
    driver.settle()
    assert "没有保存" in driver.desktop.window.strip.text()
    assert str(here) in driver.desktop.window.strip.text()
    assert editor.uid == ""
    assert editor.form.rows[0].summary.text() == "买打印纸"
    away.rename(here)
    keyboard.press(Qt.Key.Key_F6)
    driver.settle()
    assert [one.summary for one in list_vouchers(desk)] == ["买打印纸"]
    # “没有保存” stood on beside “已保存”
    assert driver.desktop.window.strip.text() == ""
    assert editor.strip.text().startswith("已保存为")
