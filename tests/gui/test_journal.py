"""操作日志 in the window, by keyboard: asked, read on, one entry before and after, the chain verified, printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from tests.gui.conftest import Driver, Keyboard, office_draft
from tests.services.test_approval import tamper
from villagebooks.core.voucher import Voucher
from villagebooks.gui.journal.page import JournalPage
from villagebooks.services.desk import Desk
from villagebooks.services.voucher import save_voucher

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key


def opened(driver: Driver) -> JournalPage:
    desktop = driver.desktop
    desktop.window.go(desktop.journal)
    driver.settle()
    return desktop.journal


def test_the_log_is_searched_and_an_entry_shows_what_it_changed(
    desk: Desk, driver: Driver, keyboard: Keyboard, make_voucher: Callable[..., Voucher]
) -> None:
    uid = make_voucher().uid
    save_voucher(desk, replace(office_draft(80_000), uid=uid))
    page = opened(driver)
    assert "V01　" in page.state.text()
    assert page.table.current() is None
    page.table.view.setFocus()
    keyboard.press(KEY.Key_F, Qt.KeyboardModifier.ControlModifier)
    keyboard.commit("800.00")
    keyboard.enter()
    driver.settle()
    sentences = [one.sentence for one in page.table.model.records()]
    assert [one.partition(" ")[0] for one in sentences] == ["修改凭证", "保存凭证"]
    page.table.view.setFocus()
    page.table.view.selectRow(0)
    driver.settle()
    assert "借方：742.60 → 800.00" in page.detail.toPlainText()
    keyboard.enter()
    driver.settle()
    assert driver.desktop.window.current() is driver.desktop.vouchers


def test_older_entries_come_by_a_key_and_a_day_that_is_none_is_told(
    driver: Driver, keyboard: Keyboard, desk: Desk
) -> None:
    for amount in range(1, 70):
        save_voucher(desk, office_draft(amount * 100))
    page = opened(driver)
    assert page.table.model.rowCount() == 60
    page.table.view.setFocus()
    keyboard.press(KEY.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    assert page.table.model.rowCount() > 70
    assert not page.more.isVisible()
    page.asking.since.setText("13.45")
    page.ask()
    driver.settle()
    assert "没有“13.45”这一天" in page.strip.text()


def test_scope_person_and_kind_narrow_the_log(driver: Driver, make_voucher: Callable[..., Voucher]) -> None:
    make_voucher()
    page = opened(driver)
    page.asking.scope.setCurrentIndex(2)
    driver.settle()
    assert {one.book for one in page.table.model.records()} == {"", "V01"}
    page.asking.person.setCurrentText("冯素芳")
    page.asking.kind.setCurrentText("保存")
    driver.settle()
    assert [one.sentence.partition(" ")[0] for one in page.table.model.records()] == ["保存凭证"]


def test_the_chain_is_verified_from_the_window_and_says_where_it_breaks(
    desk: Desk, driver: Driver, make_voucher: Callable[..., Voucher]
) -> None:
    uid = make_voucher().uid
    page = opened(driver)
    page.verify()
    driver.settle()
    assert "链完整" in page.strip.text()
    tamper(desk, f"UPDATE journal SET at = '2020-01-01T00:00:00+08:00' WHERE ref = 'voucher:{uid}'")
    page.verify()
    driver.settle()
    assert "日志链断了" in page.strip.text()
    assert "日志的列与签入内容不符" in page.strip.text()


def test_the_log_is_printed_and_saved(
    driver: Driver, make_voucher: Callable[..., Voucher], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_voucher()
    page = opened(driver)
    for act, name in ((page.ask_csv, "log.csv"), (page.ask_chain, "chain.jsonl")):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, name=name: (str(tmp_path / name), ""))
        act()
        driver.settle()
        assert (tmp_path / name).stat().st_size > 500
    page.print_out()
    driver.settle()
    assert driver.desktop.window.current() is driver.desktop.preview
    assert driver.desktop.preview.place.text().startswith("第 1 页")
