"""Any list of the window: long ones in small turns, and what the menu of a list does with what it shows."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from tests.gui.conftest import Driver, Keyboard
from villagebooks.gui.table import DAY, MONEY, Column, Table
from villagebooks.gui.table.turns import AT_ONCE

pytestmark = pytest.mark.qt_log_ignore(
    "propagateSizeHints", "does not support raise|grabbing the keyboard", extend=True
)
KEY, MANY = Qt.Key, 20_000
SHIFT = Qt.KeyboardModifier.ShiftModifier


@dataclass(frozen=True)
class Entry:
    day: date
    code: str
    words: str
    fen: int


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    columns = (
        Column("日期", lambda one: one.day, DAY, 11), Column("代码", lambda one: one.code, width=8),
        Column("摘要", lambda one: one.words), Column("金额", lambda one: one.fen, MONEY, 14, total=True),
    )  # fmt: skip
    table = Table(columns, "长列表")
    qtbot.addWidget(table)
    table.resize(900, 400)
    table.show()
    return table


def entries(count: int) -> list[Entry]:
    start = date(2017, 1, 1)
    words = ("电费", "打印纸", "误工补助", "树苗款", "修渠")
    return [
        Entry(start + timedelta(days=n % 3650), f"{n % 97:04d}", f"{words[n % 5]}{n}", (n * 7919) % 1_000_003)
        for n in range(count)
    ]


def settle(table: Table, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: table.model.is_settled, timeout=60_000)
    qtbot.waitUntil(lambda: not table._sums.is_busy, timeout=60_000)


def test_a_long_list_is_filtered_sorted_and_summed_as_a_short_one(table: Table, qtbot: QtBot) -> None:
    every = entries(MANY)
    table.put(every)
    settle(table, qtbot)
    assert table.foot.text() == f"共 {MANY} 行　金额 {sum(one.fen for one in every) / 100:,.2f}"
    table.search.setText("打印纸 19")
    settle(table, qtbot)
    expected = [one for one in every if "打印纸" in one.words and any("19" in text for text in (
        one.words, one.day.isoformat(), one.code, f"{one.fen / 100:.2f}", f"{one.fen / 100:,.2f}",
    ))]  # fmt: skip
    assert table.model.records() == expected
    table.view.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    settle(table, qtbot)
    assert table.model.records() == sorted(expected, key=lambda one: one.fen, reverse=True)
    table.search.setText("")
    settle(table, qtbot)
    assert table.model.records() == sorted(every, key=lambda one: one.fen, reverse=True)


def test_what_is_typed_while_a_long_list_is_filtered_counts_alone(table: Table, qtbot: QtBot) -> None:
    table.put(entries(MANY))
    for text in ("电", "电费", "电费1", "电费12345"):
        table.search.setText(text)
    settle(table, qtbot)
    assert [one.words for one in table.model.records()] == ["电费12345"]


def test_another_long_list_under_a_filter_never_shows_the_rows_of_the_last(table: Table, qtbot: QtBot) -> None:
    table.put(entries(MANY))
    table.search.setText("修渠")
    settle(table, qtbot)
    table.put(entries(AT_ONCE + 1))
    assert table.model.rowCount() == 0
    settle(table, qtbot)
    assert table.model.rowCount() == 200


def test_who_stands_on_a_row_stays_on_it_when_the_list_is_sorted_or_read_again(table: Table) -> None:
    every = entries(300)
    table.identity = lambda one: one.words
    table.put(every)
    table.view.selectRow(17)
    table.view.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    assert table.current() is every[17]
    table.put(every[1:])
    assert table.current() is every[17]
    flag = QItemSelectionModel.SelectionFlag
    for row in (3, 5, 8):
        table.view.selectionModel().select(table.model.index(row, 0), flag.Select | flag.Rows)
    chosen = {one.words for one in table.selected()}
    assert len(chosen) == 4
    table.put(list(reversed(every)))
    assert {one.words for one in table.selected()} == chosen


def test_copied_figures_have_no_commas_and_codes_stay_text(table: Table) -> None:
    table.put([Entry(date(2026, 9, 3), "0012", "=1+1", 123_456_789)])
    table.view.selectRow(0)
    assert table.copy().splitlines()[1] == "2026-09-03\t0012\t=1+1\t1234567.89"
    kept = QGuiApplication.clipboard().mimeData()
    assert "<td style=\"mso-number-format:'\\@'\">0012</td>" in kept.html()
    assert "<td>1234567.89</td>" in kept.html()


def test_twenty_thousand_rows_are_copied_in_turns(table: Table, qtbot: QtBot) -> None:
    table.put(entries(MANY))
    table.view.selectAll()
    with qtbot.waitSignal(table.acts.copied, timeout=60_000):
        assert table.copy() == ""
    assert len(QGuiApplication.clipboard().text().splitlines()) == MANY + 1
    assert table.foot.text() == "已复制 20000 行"


@pytest.mark.parametrize(("key", "modifier"), [(KEY.Key_Menu, Qt.KeyboardModifier.NoModifier), (KEY.Key_F10, SHIFT)])
def test_the_menu_of_a_list_opens_by_keys(table: Table, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    table.put(entries(5))
    QTest.keyClick(table.view, key, modifier)
    menu = table.findChild(QMenu)
    assert menu is not None
    assert [one.text().split("\t")[0] for one in menu.actions()] == ["复制", "全选"]
    menu.actions()[1].trigger()
    assert len(table.selected()) == 5
    menu.close()


def test_a_list_of_a_page_is_exported_and_printed_as_it_shows(
    driver: Driver, keyboard: Keyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop = driver.desktop
    desktop.window.go(desktop.ledger)
    driver.settle()
    table = desktop.ledger.balances
    table.search.setText("固定资产")
    rows = [one.account for one in table.model.records()]
    assert 0 < len(rows) < 10
    path = tmp_path / "余额.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(path), ""))
    table.acts.export()
    driver.settle()
    assert str(path) in desktop.ledger.strip.text()
    head, *cells = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert head[:3] == ["科目代码", "科目名称", "期初借方"]
    assert [row[0] for row in cells] == rows
    assert all(isinstance(cell, float) or cell == "" for row in cells for cell in row[2:])
    table.acts.print()
    driver.settle()
    assert desktop.window.current() is desktop.preview
    (paper,) = desktop.preview.folder.rglob("*.pdf")
    text = subprocess.run(["pdftotext", "-layout", paper, "-"], check=True, capture_output=True, text=True).stdout
    assert "科目余额表" in text
    assert "筛选：固定资产" in text
    assert [code for code in rows if code not in text] == []
    keyboard.press(KEY.Key_Escape)
    assert desktop.window.current() is desktop.ledger
