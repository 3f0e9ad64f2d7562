"""Two windows of one person on the same books: told in one sentence, forbidden nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from villagebooks.gui.office import Desktop
from villagebooks.gui.program import Program
from villagebooks.paths import data_folder
from villagebooks.services.company import join_company
from villagebooks.services.office import create_office

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
TOLD = "这套账在这台电脑上另有 1 个窗口开着"
WINDOW = """
import sys, time
from villagebooks.services.company import join_company
company = join_company(sys.argv[1])
print(company.others, flush=True)
time.sleep(600)
"""


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows of tests before these may still have their books open."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def start_window(place: Path) -> subprocess.Popen[str]:
    """What another window says of itself, in a real process."""
    child = subprocess.Popen(
        [sys.executable, "-c", WINDOW, str(place)], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "0\n"
    return child


def signs() -> list[Path]:
    return list((data_folder() / "open").glob("*"))


def open_window(settings: Path, place: Path, qtbot: QtBot) -> tuple[Program, Desktop]:
    program = Program(QSettings(str(settings), QSettings.Format.IniFormat), place)
    program.start()
    for _turn in range(3):
        QTest.qWait(50)
        qtbot.waitUntil(lambda: not program.worker.is_busy(), timeout=90_000)
    assert program.desktop is not None
    qtbot.addWidget(program.desktop.window)
    return program, program.desktop


def test_who_opens_the_same_books_twice_is_told_so_and_only_while_the_other_window_lives(
    tmp_path: Path, qtbot: QtBot
) -> None:
    place = tmp_path / "centre.vbooks"
    create_office(place, "白雁河镇").books.close()
    other = start_window(place)
    try:
        program, desktop = open_window(tmp_path / "desktop.ini", place, qtbot)
        assert TOLD in desktop.window.strip.text()
        assert "还没有总钥匙" in desktop.window.strip.text()  # what else it says stays
        program.leave()
    finally:
        other.kill()
        other.communicate()
    assert program.page is not None
    qtbot.addWidget(program.page)
    program.worker.close()
    program, desktop = open_window(tmp_path / "desktop.ini", place, qtbot)
    assert TOLD not in desktop.window.strip.text()
    assert len(signs()) == 1  # the dead one's went
    program.leave()
    assert signs() == []
    assert program.page is not None
    qtbot.addWidget(program.page)
    program.worker.close()


def test_the_same_books_by_another_way_are_the_same_and_others_are_others(tmp_path: Path) -> None:
    folder = tmp_path / "books"
    folder.mkdir()
    (tmp_path / "way").symlink_to(folder)
    first = join_company(folder / "a.vbooks")
    second = join_company(str(tmp_path / "way" / "a.vbooks"))
    third = join_company(folder / "b.vbooks")
    server = join_company("postgresql://office@server/books")
    assert [one.others for one in (first, second, third, server)] == [0, 1, 0, 0]
    for one in (first, second, third, server):
        one.leave()
    assert signs() == []
