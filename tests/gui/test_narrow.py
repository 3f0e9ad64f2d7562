"""The smallest window that the program promises, 1024 × 640: nothing has to be scrolled to sideways."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Driver, driven
from villagebooks.core.period import Month
from villagebooks.gui.theme import CONTRAST, LARGE, ORDINARY, apply_theme
from villagebooks.services.desk import Office

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
THEMES = (ORDINARY, CONTRAST, LARGE)
LEAST = (1024, 640)


def too_wide(window: QWidget) -> list[tuple[str, int]]:
    """What scrolls sideways, but for lists, and by how many pixels."""
    return [
        (type(area.widget() if isinstance(area, QScrollArea) else area).__name__, area.horizontalScrollBar().maximum())
        for area in window.findChildren(QAbstractScrollArea)
        if area.isVisible() and not isinstance(area, QAbstractItemView) and area.horizontalScrollBar().maximum()
    ]


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
