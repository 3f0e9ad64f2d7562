"""Opening balances that were typed survive kill -9: they are offered when the opening is looked at again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import driven
from tests.gui.killed import kept, typing
from tests.gui.test_opening import appoint, make_empty, opened
from villagebooks.core.opening import OpeningRow
from villagebooks.core.unsaved import unsaved_text
from villagebooks.core.unsaved_opening import UnsavedOpening, read_unsaved_opening
from villagebooks.services.desk import Office

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

AGENT = "冯素芳"
ACTS = """
from PySide6.QtCore import Qt
desktop.open_opening("V04")
rest()
view = desktop.opening.view
desktop.window.activateWindow()
view.setFocus()
for text in ("1234.5", "", "77"):
    for letter in text:
        QTest.keyClick(QApplication.focusWidget() or view, letter)
    QTest.keyClick(QApplication.focusWidget() or view, Qt.Key.Key_Return)
    QTest.qWait(5)
"""
ROWS = (OpeningRow("101", 123_450, 7_700, 0),)


@pytest.fixture(autouse=True)
def nothing_left() -> None:
    for path in kept():
        path.unlink()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = make_empty(tmp_path / "a.vbooks")
    appoint(office, AGENT, "agent", "2026-01-01")
    return Office(office.books, AGENT)


def test_balances_that_were_typed_when_the_program_was_killed_are_offered_and_stand_again(
    office: Office, qtbot: QtBot
) -> None:
    with typing(office, ACTS, "7700"):
        pass
    with driven(office, qtbot) as driver:
        page = opened(driver, "V05")
        assert not page.recovery.isVisible()
        driver.desktop.go_back()
        page = opened(driver)
        assert page.recovery.isVisible()
        assert "在“" in page.recovery.sentence.text()
        assert f"{AGENT}在" in page.recovery.sentence.text()
        assert "录了 1 行" in page.recovery.sentence.text()
        page.recovery.restore.click()
        driver.settle()
        assert page.grid.rows() == ROWS
        assert not page.recovery.isVisible()
        assert len(kept()) == 1
        page.grid.take([OpeningRow("101", 0, 0, 0)])
        driver.settle()
        assert not kept()
    office.books.close()


def test_balances_that_became_opening_balances_are_kept_no_longer(office: Office, qtbot: QtBot) -> None:
    with driven(office, qtbot) as driver:
        page = opened(driver)
        page.grid.take([OpeningRow("101", 100, 0, 0), OpeningRow("301", -100, 0, 0)])
        page.keeper.keep()
        driver.settle()
        assert len(kept()) == 1
        page.open()
        driver.settle()
        page.open()
        driver.settle()
        assert "已建账" in page.strip.text()
        assert not kept()
    office.books.close()


def test_a_spoilt_file_is_none() -> None:
    whole = UnsavedOpening("a" * 32, "2026-10-09T09:00:00+08:00", "", 0, ROWS)
    text = unsaved_text(whole)
    assert read_unsaved_opening(text) == whole
    for part, value in (("opening_fen", "1"), ("quantities", [1, 2]), ("party", None), ("debit_fen", True)):
        told = json.loads(text)
        told["rows"][0][part] = value
        assert read_unsaved_opening(json.dumps(told)) is None, part
    assert read_unsaved_opening(text[:-2]) is None
    assert read_unsaved_opening('{"version": 99}') is None
