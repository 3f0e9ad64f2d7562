"""审批单 in the window: printed, its ink registered with the scan, the voucher found by the code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit

from tests.gui.conftest import AGENT_NAME, OTHER_AGENT, Driver, Keyboard
from tests.services.whole_office import png
from villagebooks.core.voucher import Voucher
from villagebooks.services.approval import approvals
from villagebooks.services.desk import Desk
from villagebooks.services.slip import make_slip
from villagebooks.services.voucher import read_voucher

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key


def test_a_slip_is_found_by_its_code_printed_and_its_ink_registered(
    desk: Desk, driver: Driver, keyboard: Keyboard, make_voucher: Callable[..., Voucher], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    uid = make_voucher().uid
    code = make_slip(desk, uid).code
    desktop = driver.desktop
    page = desktop.vouchers
    desktop.window.go(page)
    driver.settle()
    page.ask_code()
    keyboard.commit("AAAA")
    keyboard.enter()
    driver.settle()
    assert "审批单号不对" in page.strip.text()
    page.words.words.setText(code)
    page.words.words.setFocus()
    keyboard.enter()
    driver.settle()
    assert page.editor.uid == uid
    editor = page.editor
    editor.ask_slip()
    driver.settle()
    form = editor.slips.form
    assert form is not None
    form.put({"code": code, "prepare": AGENT_NAME, "countersign": OTHER_AGENT})
    scan = tmp_path / "slip.png"
    scan.write_bytes(png(9))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(scan), ""))
    editor.slips.ask_scan()
    assert "登记 记-1 审批单上的纸质签字：冯素芳、谭永川" in editor.sign.sentence.text()
    driver.sign_as(editor.sign, AGENT_NAME)
    driver.settle()
    assert read_voucher(desk, uid).state == "submitted"
    assert [(one.name, one.mode) for one in approvals(desk, uid)] == [(AGENT_NAME, "paper"), (OTHER_AGENT, "paper")]
    assert "复核　谭永川（纸质签字，冯素芳登记）" in editor.side.signed.text()
    editor.ask_slip()
    driver.settle()
    assert isinstance(editor.slips.form.entry("cashier"), QLineEdit)
    editor.slips._print()
    driver.settle()
    assert desktop.window.current() is desktop.preview
    assert desktop.preview.place.text().startswith("第 1 页")
