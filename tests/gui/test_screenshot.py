"""Pictures of the pages: looked at by people, and shown in the README and the manual.

`VILLAGEBOOKS_SCREENSHOTS=FOLDER pytest tests/gui/test_screenshot.py` writes them from the whole demo township.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.demonstration import Demonstration
from tests.gui.conftest import AGENT_NAME, SEPTEMBER, Driver, driven
from villagebooks.core.voucher import Draft, Line
from villagebooks.services.approval import accept_paper, attest_paper
from villagebooks.services.demo import PASSPHRASE
from villagebooks.services.desk import Desk, Office, open_desk, open_office
from villagebooks.services.key import unlock
from villagebooks.services.manual import manual_folder
from villagebooks.services.paper import draft_voucher, list_papers, save_paper
from villagebooks.services.voucher import save_voucher

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
FOLDER = os.environ.get("VILLAGEBOOKS_SCREENSHOTS", "")
SIZE = (1366, 768)
COLOURS = 256
HEAVIEST = 120_000
"""Bytes of a picture that is kept in the project."""


PAGES = (
    "home", "papers", "vouchers", "inbox", "cashier", "ledger", "statements", "closing", "disclosure", "query",
    "receipts", "people", "journal", "settings",
)  # fmt: skip


def take(driver: Driver, folder: Path) -> list[Path]:
    """Every page at September of the first village, with a voucher open."""
    desktop, paths = driver.desktop, []
    desktop.window.resize(*SIZE)
    for place in (QPoint(20, 20), QPoint(SIZE[0] // 2, SIZE[1] - 4)):
        QTest.mouseMove(desktop.window, place)  # away from the first page of the rail, which would be lit up
        QTest.qWait(50)
    for name in PAGES:
        page = getattr(desktop, name)
        desktop.window.pick(page)
        driver.settle()
        if page is desktop.journal:
            page.table.view.selectRow(1)  # what was before and is now shows below
            driver.settle()
        if page is desktop.vouchers and len(desktop.vouchers.list.heads()) > 9:
            desktop.vouchers.open(desktop.vouchers.list.heads()[9].uid)
            driver.settle()
        QTest.qWait(50)
        paths.append(folder / f"{name}.png")
        assert desktop.window.grab().save(str(paths[-1]))
    return paths


def leave_something_to_do(office: Office) -> None:
    """Vouchers that wait for their preparer, so that the inbox shows what it is for: the first has its pictures."""
    with_pictures(open_desk(Office(office.books, AGENT_NAME), "V01", SEPTEMBER.plus(1)))
    for book, words, debit, amount in (
        ("V01", "村办公室10月宽带费", "5130102", 19_900), ("V02", "村委会10月电费", "5130102", 28_640),
    ):  # fmt: skip
        lines = (Line(words, debit, amount), Line(words, "101", 0, amount))
        desk = open_desk(Office(office.books, AGENT_NAME), book, SEPTEMBER.plus(1))
        save_voucher(desk, Draft(date(2026, 10, 8), lines, attachment_count=1))


def with_pictures(desk: Desk) -> None:
    """A voucher of a paper like one of September, with the same photos."""
    bought = next(one for one in list_papers(replace(desk, period=SEPTEMBER)) if one.number == 6)
    documents = tuple(replace(one, number=one.number and f"{one.number[:-2]}58") for one in bought.documents)
    again = replace(bought, uid="", number=0, rev=0, state="written", day=date(2026, 10, 8), documents=documents)
    paper = save_paper(desk, again)
    attest_paper(desk, paper.uid, unlock(desk.books, AGENT_NAME, PASSPHRASE), documents[0].images[0].sha256)
    accept_paper(desk, paper.uid)
    lines = (Line("买打印纸、硒鼓、档案盒", "5130102", paper.amount_fen), Line("同上", "10201", 0, paper.amount_fen))
    save_voucher(desk, replace(draft_voucher(desk, [paper.uid]), lines=lines))


def lighten(path: Path) -> None:
    """Few colours, so that the picture is light enough to be kept."""
    Image.open(path).convert("RGB").quantize(
        COLOURS, Image.Quantize.MEDIANCUT, kmeans=3, dither=Image.Dither.NONE
    ).save(path, optimize=True)


def test_every_page_has_a_picture(driver: Driver, tmp_path: Path) -> None:
    for path in take(driver, tmp_path):
        picture = QImage(str(path))
        assert (picture.width(), picture.height()) == SIZE
        colours = {picture.pixel(x, y) for x in range(0, 1366, 7) for y in range(0, 768, 7)}
        assert len(colours) > 20, path.name


def test_pictures_for_readme_and_manual(demonstration: Demonstration, qtbot: QtBot, tmp_path: Path) -> None:
    made = demonstration.copy(tmp_path / "demo")
    office = open_office(made.books)
    leave_something_to_do(office)
    folder = Path(FOLDER or tmp_path / "pictures")
    folder.mkdir(parents=True, exist_ok=True)
    with driven(Office(office.books, AGENT_NAME), qtbot) as driver:
        driver.desktop.seat.sit_at(month=SEPTEMBER)
        driver.settle()
        for path in take(driver, folder):
            lighten(path)
            assert path.stat().st_size <= HEAVIEST, path.name


def test_every_picture_of_the_manual_is_one_that_is_taken() -> None:
    kept = {path.stem for path in (manual_folder() / "screenshots").glob("*.png")}
    assert kept <= set(PAGES)
