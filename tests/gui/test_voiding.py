"""A signed voucher in the window: voided by the same steps, taken back; what was undone stands in the report."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from tests.gui.conftest import AGENT_NAME, CASHIER_NAME, DIRECTOR_NAME, OTHER_AGENT, Driver, Keyboard
from tests.services.conftest import Staff
from villagebooks.core.voucher import Voucher
from villagebooks.services.approval import approve_voucher
from villagebooks.services.desk import Desk
from villagebooks.services.voucher import read_voucher

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key


def test_a_signed_voucher_is_voided_by_the_same_steps_and_stands_in_the_report(
    desk: Desk, staff: Staff, driver: Driver, keyboard: Keyboard, make_voucher: Callable[..., Voucher]
) -> None:
    uid = make_voucher().uid
    for person in (staff.agent, staff.other, staff.cashier, staff.director):
        approve_voucher(desk, uid, person)
    desktop = driver.desktop
    desktop.open_voucher(uid)
    driver.settle()
    editor = desktop.vouchers.editor
    assert not editor.voiding.keep.isVisible()
    editor.ask_void()
    driver.settle()
    assert "已由制单、复核、出纳、审核签字" in editor.words.sentence.text()
    keyboard.commit("发票是假的")
    keyboard.enter()
    assert "同意作废 2026-09 记-1。原因：发票是假的" in editor.sign.sentence.text()
    driver.sign_as(editor.sign, DIRECTOR_NAME)
    driver.settle()
    assert "正在作废：邹启明已签字同意，还差制单、复核、出纳" in editor.strip.text()
    editor.voiding.ask_keep()
    driver.sign_as(editor.sign, DIRECTOR_NAME)
    driver.settle()
    assert not editor.voiding.keep.isVisible()
    for name in (DIRECTOR_NAME, CASHIER_NAME, OTHER_AGENT, AGENT_NAME):
        editor.ask_void()
        driver.settle()
        driver.sign_as(editor.sign, name)
        driver.settle()
    assert read_voucher(desk, uid).state == "void"
    desktop.open_cancellations()
    driver.settle()
    page = desktop.cancellations
    assert [(one.object, one.why) for one in page.table.model.records()] == [("记-1", "发票是假的")]
    keyboard.enter()
    driver.settle()
    assert desktop.window.current() is desktop.vouchers
