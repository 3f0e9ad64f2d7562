"""F1 leads to the chapter of the page in hand and Escape back; search, links and history by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.gui.conftest import Driver, Keyboard
from villagebooks.gui.manual.page import ManualPage
from villagebooks.gui.theme import LARGE, ORDINARY, apply_theme


def opened(driver: Driver, keyboard: Keyboard) -> ManualPage:
    keyboard.press(Qt.Key.Key_F1)
    driver.settle()
    page = driver.desktop.window.current()
    assert isinstance(page, ManualPage)
    return page


def test_f1_opens_the_manual_and_escape_comes_back(driver: Driver, keyboard: Keyboard) -> None:
    driver.desktop.window.pick(driver.desktop.ledger)
    driver.settle()
    manual = opened(driver, keyboard)
    assert manual.reader.toPlainText().strip()
    keyboard.press(Qt.Key.Key_Escape)
    assert driver.desktop.window.current() is driver.desktop.ledger


def test_words_are_searched_in_every_chapter_and_enter_goes_from_place_to_place(
    driver: Driver, keyboard: Keyboard
) -> None:
    manual = opened(driver, keyboard)
    keyboard.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    keyboard.commit("PDF")
    assert manual.reader.extraSelections() or manual.contents.count() > 1
    keyboard.enter()
    assert manual.reader.textCursor().selectedText() == "PDF"
    first = (manual.reader.chapter(), manual.reader.textCursor().position())
    keyboard.enter()
    assert (manual.reader.chapter(), manual.reader.textCursor().position()) != first
    keyboard.press(Qt.Key.Key_Escape)
    assert manual.search.text() == ""
    assert driver.desktop.window.current() is manual


def test_words_that_stand_nowhere_are_told(driver: Driver, keyboard: Keyboard) -> None:
    manual = opened(driver, keyboard)
    manual.search.setText("没有的词句")
    assert "换个说法" in manual.strip.text()
    assert manual.contents.count() > 1
    manual.search.setText("")
    assert manual.strip.text() == ""


def test_the_whole_manual_is_saved_as_pdf(
    driver: Driver, keyboard: Keyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manual = opened(driver, keyboard)
    out = tmp_path / "手册.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(out), ""))
    manual.save_all()
    driver.settle()
    assert out.read_bytes().startswith(b"%PDF")
    assert str(out) in manual.strip.text()


def test_large_type_makes_the_manual_large(driver: Driver, keyboard: Keyboard) -> None:
    manual = opened(driver, keyboard)
    small = QFontInfo(manual.reader.font()).pointSizeF()
    try:
        apply_theme(QApplication.instance(), LARGE)
        QTest.qWait(20)
        assert QFontInfo(manual.reader.font()).pointSizeF() > small
    finally:
        apply_theme(QApplication.instance(), ORDINARY)


def test_everything_has_an_accessible_name(driver: Driver, keyboard: Keyboard) -> None:
    manual = opened(driver, keyboard)
    for widget in (manual.reader, manual.contents, manual.search, driver.desktop.help.opener):
        assert widget.accessibleName()
