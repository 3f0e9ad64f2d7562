"""Pictures of the main pages: looked at by people, and shown in the README and the manual.

`VILLAGEBOOKS_SCREENSHOTS=FOLDER pytest tests/gui/test_screenshot.py` writes them from the whole demo township.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import SEPTEMBER, Driver
from villagebooks.gui.office import Desktop
from villagebooks.gui.worker import Worker
from villagebooks.seal.key import Argon2Cost
from villagebooks.services.demo import Costs, run_demo
from villagebooks.services.desk import open_office
from villagebooks.services.office import centre

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
FOLDER = os.environ.get("VILLAGEBOOKS_SCREENSHOTS", "")
SIZE = (1366, 768)


def take(driver: Driver, folder: Path) -> list[Path]:
    """The main pages at September of the first village."""
    desktop, paths = driver.desktop, []
    desktop.window.resize(*SIZE)
    desktop.window.pick(desktop.home)
    driver.settle()
    pages = {
        "home": desktop.home, "vouchers": desktop.vouchers, "disclosure": desktop.disclosure, "ledger": desktop.ledger,
        "papers": desktop.papers, "statements": desktop.statements,
    }  # fmt: skip
    for name, page in pages.items():
        desktop.window.pick(page)
        driver.settle()
        if page is desktop.vouchers and len(desktop.vouchers.list.heads()) > 9:
            desktop.vouchers.open(desktop.vouchers.list.heads()[9].uid)
            driver.settle()
        QTest.qWait(50)
        paths.append(folder / f"{name}.png")
        assert desktop.window.grab().save(str(paths[-1]))
    return paths


def test_the_main_pages_have_pictures(driver: Driver, tmp_path: Path) -> None:
    for path in take(driver, tmp_path):
        picture = QImage(str(path))
        assert (picture.width(), picture.height()) == SIZE
        colours = {picture.pixel(x, y) for x in range(0, 1366, 7) for y in range(0, 768, 7)}
        assert len(colours) > 20, path.name


def test_pictures_for_readme_and_manual(qtbot: QtBot, tmp_path: Path) -> None:
    cheap = Argon2Cost(1, 64, 1)
    made = run_demo(tmp_path / "demo", lambda _words: None, Costs(cheap, cheap, cheap))
    office = open_office(made.books)
    desktop = Desktop(office, centre(office), Worker())
    qtbot.addWidget(desktop.window)
    with qtbot.waitActive(desktop.window):
        desktop.window.show()
        desktop.window.activateWindow()
    driver = Driver(desktop, qtbot)
    driver.settle()
    desktop.seat.sit_at(month=SEPTEMBER)
    driver.settle()
    folder = Path(FOLDER or tmp_path / "pictures")
    folder.mkdir(parents=True, exist_ok=True)
    assert len(take(driver, folder)) == 6
