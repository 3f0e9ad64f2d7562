"""The smallest window that the program promises, 1024 × 640: nothing has to be scrolled to sideways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from gettext import NullTranslations

import pytest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Driver, driven
from tests.services.conftest import Staff
from villagebooks.core.period import Month
from villagebooks.core.voucher import Voucher
from villagebooks.core.words import use_language
from villagebooks.gui.board import cell_width
from villagebooks.gui.form import Field, Form
from villagebooks.gui.tab import Tabs
from villagebooks.gui.theme import CONTRAST, LARGE, ORDINARY, apply_theme, set_tone
from villagebooks.paths import open_catalogue
from villagebooks.services.desk import Office

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
THEMES = (ORDINARY, CONTRAST, LARGE)
LEAST = (1024, 640)
USUAL = (1366, 768)


def too_wide(window: QWidget) -> list[tuple[str, int]]:
    """What scrolls sideways, but for lists, and by how many pixels."""
    return [
        (type(area.widget() if isinstance(area, QScrollArea) else area).__name__, area.horizontalScrollBar().maximum())
        for area in window.findChildren(QAbstractScrollArea)
        if area.isVisible() and not isinstance(area, QAbstractItemView) and area.horizontalScrollBar().maximum()
    ]


@pytest.fixture
def english() -> Iterator[None]:
    use_language(open_catalogue("en"))
    yield
    use_language(NullTranslations())


def turn_all(driver: Driver, window: QWidget, tabs: QTabWidget) -> None:
    """Every tab in turn, none of which scrolls sideways."""
    for place in range(tabs.count()):
        tabs.setCurrentIndex(place)
        driver.settle()
        assert (place, too_wide(window)) == (place, [])


def small(driver: Driver) -> QWidget:
    driver.desktop.window.resize(*LEAST)
    driver.settle()
    return driver.desktop.window


@pytest.mark.parametrize("theme", THEMES)
def test_the_page_of_the_root_key_does_not_scroll_sideways_in_the_smallest_window(
    theme: str, application: QApplication, office: Office, qtbot: QtBot
) -> None:
    apply_theme(application, theme)
    with driven(office, qtbot) as driver:
        window, page = small(driver), driver.desktop.settings
        window.pick(page)
        page.tabs.setCurrentWidget(page.people)
        page.people.tabs.setCurrentWidget(page.people.root)
        for step in range(page.people.root.stack.count()):
            page.people.root.stack.setCurrentIndex(step)
            driver.settle()
            assert too_wide(window) == []


@pytest.mark.parametrize("theme", THEMES)
def test_a_paper_is_written_without_scrolling_sideways_in_the_smallest_window(
    theme: str, application: QApplication, office: Office, qtbot: QtBot
) -> None:
    apply_theme(application, theme)
    with driven(office, qtbot) as driver:
        window, page = small(driver), driver.desktop.papers
        driver.desktop.seat.sit_at(month=Month(2026, 9))
        window.pick(page)
        driver.settle()
        page.new()
        driver.settle()
        assert too_wide(window) == []
        row = page.form.documents.rows[0]
        right = [one.geometry().right() for one in row.findChildren(QWidget) if one.parentWidget() is row]
        assert max(right) <= row.width()


@pytest.mark.parametrize("theme", THEMES)
def test_the_cashiers_page_does_not_scroll_sideways_in_the_smallest_window(
    theme: str, application: QApplication, office: Office, qtbot: QtBot
) -> None:
    apply_theme(application, theme)
    with driven(office, qtbot) as driver:
        window = small(driver)
        window.pick(driver.desktop.cashier)
        driver.settle()
        assert too_wide(window) == []


def test_in_english_and_high_contrast_the_cashiers_page_and_the_sheets_settings_fit_the_smallest_window(
    application: QApplication, office: Office, qtbot: QtBot, english: None
) -> None:
    apply_theme(application, CONTRAST)
    with driven(office, qtbot) as driver:
        window, page = small(driver), driver.desktop.settings
        window.pick(driver.desktop.cashier)
        driver.settle()
        assert too_wide(window) == []
        window.pick(page)
        page.tabs.setCurrentWidget(page.sheet)
        driver.settle()
        assert too_wide(window) == []


SECTIONS = ("villages", "agreements", "accounts", "layouts", "closing", "look", "keymaps")


@pytest.mark.parametrize("theme", [CONTRAST, LARGE])
def test_in_english_no_section_of_the_settings_scrolls_sideways_in_the_smallest_window(
    theme: str, application: QApplication, office: Office, staff: Staff, qtbot: QtBot, english: None
) -> None:
    apply_theme(application, theme)
    with driven(office, qtbot) as driver:
        window = small(driver)
        for name in SECTIONS:
            driver.tab(name)
            assert (name, too_wide(window)) == (name, [])
        approval = driver.tab("approval")
        turn_all(driver, window, approval.tabs)


@pytest.mark.parametrize("theme", THEMES)
def test_near_relatives_and_lent_archives_do_not_scroll_sideways_in_the_smallest_window(
    theme: str, application: QApplication, office: Office, staff: Staff, qtbot: QtBot
) -> None:
    apply_theme(application, theme)
    with driven(office, qtbot) as driver:
        window, people = small(driver), driver.tab("people")
        turn_all(driver, window, people.tabs)
        archive = driver.desktop.archive
        window.pick(archive)
        turn_all(driver, window, archive.tabs)


def test_in_english_and_large_type_near_relatives_do_not_scroll_sideways_in_the_smallest_window(
    application: QApplication, office: Office, staff: Staff, qtbot: QtBot, english: None
) -> None:
    apply_theme(application, LARGE)
    with driven(office, qtbot) as driver:
        window, people = small(driver), driver.tab("people")
        turn_all(driver, window, people.tabs)


def test_labels_stand_above_their_fields_where_there_is_no_room_beside_them(qtbot: QtBot) -> None:
    form = Form((Field("one", "卖出产品结转成本和库存物资的数量单位"), Field("two", "原因")))
    qtbot.addWidget(form)
    form.show()
    label, entry = form.findChildren(QLabel)[0], form.entry("one")
    form.resize(800, 200)
    assert label.geometry().right() < entry.x()
    form.resize(form.minimumSizeHint().width(), 200)
    QApplication.processEvents()
    assert label.geometry().bottom() < entry.y()
    assert entry.width() > form.width() // 2
    form.resize(800, 200)
    QApplication.processEvents()
    assert label.geometry().right() < entry.x()


def test_a_row_with_a_long_summary_is_as_high_as_its_lines_in_the_smallest_window(driver: Driver) -> None:
    window, page = small(driver), driver.desktop.vouchers
    window.pick(page)
    driver.settle()
    page.new()
    row = page.editor.form.rows[0]
    row.summary.setText("付石磨坪联合村二〇二六年度道路硬化及配套水利设施工程款")
    row.account.put("5130102")
    page.editor.form.count.setFocus()
    driver.settle()
    set_tone(row.account, "bad", "true")  # dresses the cell again, with the least height of one line
    driver.settle()
    tall = row.summary.fontMetrics().lineSpacing()
    assert len(row.summary.shown_lines()) > 2
    assert row.summary.height() > len(row.summary.shown_lines()) * tall
    assert {cell.height() for cell in row.cells if cell.isVisible()} == {row.summary.height()}


def test_a_long_name_of_a_book_has_the_room_that_the_window_has(office: Office, qtbot: QtBot) -> None:
    with driven(office, qtbot) as driver:
        driver.desktop.window.resize(*USUAL)
        village = driver.desktop.window.village
        village.clearFocus()
        village.setText("L01 湖北省恩施州白雁河镇老秤湾石磨坪联合村股份经济合作社")
        driver.settle()
        assert village.whole() == ""


def test_every_place_of_the_rail_and_every_column_of_the_papers_show_in_the_smallest_window(
    office: Office, qtbot: QtBot
) -> None:
    with driven(office, qtbot) as driver:
        window, page = small(driver), driver.desktop.papers
        window.pick(page)
        driver.settle()
        assert driver.desktop.window._rail.verticalScrollBar().maximum() == 0
        assert page.table.view.horizontalScrollBar().maximum() == 0


def test_the_first_voucher_that_is_opened_in_large_type_shows_its_accounts_whole(
    application: QApplication, make_voucher: Callable[..., Voucher], office: Office, qtbot: QtBot
) -> None:
    make_voucher()
    apply_theme(application, LARGE)
    with driven(office, qtbot) as driver:
        window, page = driver.desktop.window, driver.desktop.vouchers
        window.resize(*USUAL)
        driver.desktop.seat.sit_at(month=Month(2026, 9))
        window.pick(page)
        driver.settle()
        page.open(page.list.heads()[0].uid)
        driver.settle()
        row = page.editor.form.rows[0]
        tall = row.account.fontMetrics().lineSpacing()
        assert "".join(row.account.shown_lines()) == row.account.text()
        assert len(row.account.shown_lines()) > 1
        assert row.account.height() > len(row.account.shown_lines()) * tall
        assert page.editor.form.rows[1].account.y() >= row.account.geometry().bottom()


def test_in_large_type_the_board_has_room_for_the_names_of_villages_and_for_every_word(
    application: QApplication, office: Office, qtbot: QtBot
) -> None:
    apply_theme(application, LARGE)
    with driven(office, qtbot) as driver:
        driver.desktop.window.resize(*USUAL)
        driver.desktop.window.pick(driver.desktop.home)
        driver.settle()
        table = driver.desktop.home.table
        late = {"due": date(2026, 11, 10), "today": date(2026, 11, 26), "put_up": None}
        told = {"vouchers": {"posted": 1, "submitted": 2}, "papers": {"submitted": 3}, "banks": 1}
        table.show_rows([replace(row, **late, **told) for row in table.model.records()], "V01")
        names, *steps = table.model.columns
        letters = table.view.fontMetrics()
        for row in table.model.records():
            assert letters.horizontalAdvance(names.shown(row)) < table.view.columnWidth(0)
            for place, one in enumerate(steps, 1):
                assert cell_width(one.value(row)) <= table.view.columnWidth(place)
        assert table.view.horizontalScrollBar().maximum() == 0


def test_tabs_ask_for_the_height_of_the_page_that_shows(qtbot: QtBot) -> None:
    tabs = Tabs()
    qtbot.addWidget(tabs)
    low, tall = QWidget(), QWidget()
    tall.setMinimumHeight(900)
    for page in (low, tall):
        QVBoxLayout(page).addWidget(QLabel("一句话"))
        tabs.addTab(page, "页签")
    assert tabs.minimumSizeHint().height() < 200
    tabs.setCurrentWidget(tall)
    assert tabs.minimumSizeHint().height() > 900


def test_a_sentence_on_a_tab_has_room_for_all_its_lines(qtbot: QtBot) -> None:
    tabs, page, told = Tabs(), QWidget(), QLabel("很长的一句话，窄了就要分成几行。" * 20)
    qtbot.addWidget(tabs)
    told.setWordWrap(True)
    QVBoxLayout(page).addWidget(told)
    tabs.addTab(page, "页签")
    tabs.resize(300, 100)
    tabs.show()
    assert tabs.minimumSizeHint().height() > told.heightForWidth(told.width())


def test_a_new_schedule_is_written_without_scrolling_its_words_stand_beside_its_fields(driver: Driver) -> None:
    desktop = driver.desktop
    desktop.window.resize(*USUAL)
    desktop.seat.sit_at(month=Month(2026, 9))
    desktop.open_plans()
    driver.settle()
    desktop.plans.new()
    driver.settle()
    form = desktop.plans.panel.plan.form
    for label in form.findChildren(QLabel):
        if label.isVisible() and label.buddy() is not None:
            assert label.geometry().right() < label.buddy().x(), label.text()
    assert desktop.window._ground.verticalScrollBar().maximum() == 0
