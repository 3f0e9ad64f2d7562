"""F1 leads to the chapter of the page in hand and Escape back; search, links and history by keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QFontInfo, QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Driver, Keyboard
from villagebooks.gui.manual.page import ManualPage
from villagebooks.gui.start import StartPage
from villagebooks.gui.theme import CONTRAST, LARGE, ORDINARY, apply_theme, colour
from villagebooks.services.manual import manual_chapters

GUI = Path(__file__).parent.parent.parent / "villagebooks" / "gui"


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
    assert manual.panel.reader.toPlainText().strip()
    keyboard.press(Qt.Key.Key_Escape)
    assert driver.desktop.window.current() is driver.desktop.ledger


def test_words_are_searched_in_every_chapter_and_enter_goes_from_place_to_place(
    driver: Driver, keyboard: Keyboard
) -> None:
    manual = opened(driver, keyboard)
    keyboard.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    keyboard.commit("PDF")
    assert manual.panel.reader.extraSelections() or manual.panel.contents.count() > 1
    keyboard.enter()
    assert manual.panel.reader.textCursor().selectedText() == "PDF"
    first = (manual.panel.reader.chapter(), manual.panel.reader.textCursor().position())
    keyboard.enter()
    assert (manual.panel.reader.chapter(), manual.panel.reader.textCursor().position()) != first
    keyboard.press(Qt.Key.Key_Escape)
    assert manual.panel.search.text() == ""
    assert driver.desktop.window.current() is manual


def test_words_that_stand_nowhere_are_told(driver: Driver, keyboard: Keyboard) -> None:
    manual = opened(driver, keyboard)
    manual.panel.search.setText("没有的词句")
    assert "换个说法" in manual.panel.told.text()
    assert manual.panel.contents.count() > 1
    manual.panel.search.setText("")
    assert manual.panel.told.text() == ""


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


def title_colour(manual: ManualPage) -> QColor:
    return manual.panel.reader.document().firstBlock().begin().fragment().charFormat().foreground().color()


def test_large_type_makes_the_manual_large(driver: Driver, keyboard: Keyboard, qtbot: QtBot) -> None:
    manual = opened(driver, keyboard)
    small = QFontInfo(manual.panel.reader.font()).pointSizeF()
    try:
        apply_theme(QApplication.instance(), LARGE)
        qtbot.waitUntil(lambda: QFontInfo(manual.panel.reader.font()).pointSizeF() > small)
        apply_theme(QApplication.instance(), CONTRAST)
        qtbot.waitUntil(lambda: title_colour(manual) == colour("accent"))
    finally:
        apply_theme(QApplication.instance(), ORDINARY)


def test_everything_has_an_accessible_name(driver: Driver, keyboard: Keyboard) -> None:
    manual = opened(driver, keyboard)
    for widget in (manual.panel.reader, manual.panel.contents, manual.panel.search, driver.desktop.help.opener):
        assert widget.accessibleName()


def test_every_page_of_the_window_and_every_tab_of_the_settings_has_a_chapter(driver: Driver) -> None:
    chapters = manual_chapters()
    pages = [type(page).__name__ for page in driver.desktop.pages]
    code = "\n".join(path.read_text(encoding="utf-8") for path in GUI.rglob("*.py"))
    pages += re.findall(r"^class (\w+)\(Page\):", code, re.MULTILINE)
    pages = [page for page in pages if f"({page}):" not in code]  # a half of a page that another class makes whole
    settings = driver.desktop.settings
    tabs = [getattr(settings, name) for _group, sections in settings._groups() for name, _title in sections]
    tabs += [getattr(settings.people, name) for name in settings.people.tabs.names]
    assert len(pages) > 20
    pages += [type(tab).__name__ for tab in tabs]
    explained = {page for chapter in chapters for page, _heading in chapter.pages}
    assert not [page for page in pages if page not in explained]


def test_every_class_that_a_chapter_explains_is_one_of_the_window() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in GUI.rglob("*.py"))
    named = {page for chapter in manual_chapters() for page, _heading in chapter.pages}
    assert not [page for page in named if f"class {page}(" not in code]


def test_f1_in_a_tab_of_the_settings_opens_its_heading(driver: Driver, keyboard: Keyboard) -> None:
    settings = driver.desktop.settings
    driver.desktop.window.pick(settings)
    settings.tabs.setCurrentWidget(settings.look)
    driver.settle()
    manual = opened(driver, keyboard)
    assert manual.panel.reader.chapter() == "settings-rules"
    assert manual.panel.reader.textCursor().block().text() == "外观"
    keyboard.press(Qt.Key.Key_Escape)
    settings.tabs.setCurrentWidget(settings.people)
    settings.people.tabs.setCurrentWidget(settings.people.keys)
    driver.settle()
    manual = opened(driver, keyboard)
    assert (manual.panel.reader.chapter(), manual.panel.reader.textCursor().block().text()) == (
        "settings-people",
        "钥匙",
    )


def test_a_link_leads_to_its_heading_and_the_keys_lead_back_and_forward(driver: Driver, keyboard: Keyboard) -> None:
    driver.desktop.window.pick(driver.desktop.home)
    driver.settle()
    manual = opened(driver, keyboard)
    assert manual.panel.reader.chapter() == "home"
    manual.panel.reader.setSource(QUrl("vouchers.md#更正"))
    assert manual.panel.reader.textCursor().block().text() == "更正"
    assert manual.panel.contents.currentItem().text().strip() == "凭证"
    keyboard.press(Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert manual.panel.reader.chapter() == "home"
    keyboard.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert manual.panel.reader.chapter() == "vouchers"


def test_the_contents_are_walked_by_the_arrow_keys(driver: Driver, keyboard: Keyboard) -> None:
    manual = opened(driver, keyboard)
    manual.panel.contents.setFocus()
    before = manual.panel.reader.chapter()
    keyboard.press(Qt.Key.Key_Down)
    assert manual.panel.reader.chapter() != before


def test_pictures_are_as_wide_as_there_is_room(driver: Driver, keyboard: Keyboard) -> None:
    driver.desktop.window.pick(driver.desktop.ledger)
    driver.settle()
    manual = opened(driver, keyboard)
    picture = manual.panel.reader.loadResource(
        QTextDocument.ResourceType.ImageResource.value, QUrl("screenshots/ledger.png")
    )
    assert isinstance(picture, QImage)
    assert 320 <= picture.width() <= manual.panel.reader.viewport().width()
    assert manual.panel.reader.horizontalScrollBar().maximum() == 0


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_who_has_no_books_yet_reads_of_the_first_day(qtbot: QtBot, keyboard: Keyboard) -> None:
    page = StartPage()
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    QTest.keyClick(page.new, Qt.Key.Key_F1)
    assert page.manual is not None
    assert page.manual.isVisible()
    assert page.manual.reader.chapter() == "first-day"
    page.manual.leave()
    assert not page.manual.isVisible()


def test_one_chapter_is_printed_alone(driver: Driver, keyboard: Keyboard) -> None:
    driver.desktop.window.pick(driver.desktop.home)
    driver.settle()
    manual = opened(driver, keyboard)
    manual.panel.reader.setSource(QUrl("keys.md"))
    manual.print_chapter()
    driver.settle()
    preview = driver.desktop.preview
    assert driver.desktop.window.current() is preview
    assert preview.place.text().startswith("第 1 页")
    keyboard.press(Qt.Key.Key_Escape)
    assert driver.desktop.window.current() is manual
    keyboard.press(Qt.Key.Key_Escape)
    assert driver.desktop.window.current() is driver.desktop.home
