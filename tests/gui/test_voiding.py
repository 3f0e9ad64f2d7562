"""A signed voucher in the window: voided by the same steps, taken back; what was undone stands in the report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from tests.gui.conftest import AGENT_NAME, CASHIER_NAME, DIRECTOR_NAME, OTHER_AGENT, Driver, Keyboard
from tests.services.conftest import Staff, simple_paper
from tests.services.whole_office import png
from villagebooks.core.voucher import Voucher
from villagebooks.services.approval import accept_paper, approvals, approve_voucher, attest_paper
from villagebooks.services.desk import Desk
from villagebooks.services.paper import read_paper, save_paper
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
        if name == DIRECTOR_NAME:
            assert "请写明原因" in editor.words.sentence.text()
            keyboard.commit("供货商退了货款")
            keyboard.enter()
        assert editor.sign.sentence.text().endswith("原因：供货商退了货款")
        driver.sign_as(editor.sign, name)
        driver.settle()
    assert read_voucher(desk, uid).state == "void"
    desktop.open_cancellations()
    driver.settle()
    page = desktop.cancellations
    assert [(one.object, one.why) for one in page.table.model.records()] == [("记-1", "供货商退了货款")]
    keyboard.enter()
    driver.settle()
    assert desktop.window.current() is desktop.vouchers


def test_an_accepted_paper_goes_back_with_the_scan_of_the_slip_that_its_signers_signed(
    desk: Desk, staff: Staff, driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = save_paper(desk, replace(simple_paper(), group=""))
    attest_paper(desk, paper.uid, staff.agent, "ab" * 32)
    accept_paper(desk, paper.uid)
    page = driver.desktop.papers
    driver.desktop.window.go(page)
    driver.settle()
    scan = tmp_path / "slip.png"
    scan.write_bytes(png(7))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(scan), ""))
    page.table.view.selectRow(0)
    page.send_back(2)
    assert "签过的各步都签了字同意" in page.sign.sentence.text()
    driver.sign_as(page.sign, AGENT_NAME)
    driver.settle()
    assert read_paper(desk, paper.uid).state == "sent_back"
    assert {one.decision for one in approvals(desk, paper.uid)} == {"approve", "withdraw"}
