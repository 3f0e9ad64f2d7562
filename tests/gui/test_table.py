"""Lists: sorting by native values, filtering as one types, totals of the selection, copying to a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeySequence, QShortcut
from pytestqt.qtbot import QtBot

from villagebooks.gui.table import DAY, MONEY, STATE, Column, Table
from villagebooks.gui.table.fit import share
from villagebooks.gui.theme import DONE, Mark, colour

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
ROLE = Qt.ItemDataRole


@dataclass(frozen=True)
class Entry:
    day: date
    words: str
    fen: int
    void: bool = False


ENTRIES = (
    Entry(date(2026, 9, 3), "电费", 38_642), Entry(date(2026, 9, 10), "打印纸", 74_260),
    Entry(date(2026, 9, 11), "红字冲电费", -38_642), Entry(date(2026, 9, 12), "写错的", 300_000_000_000, void=True),
)  # fmt: skip


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    columns = (
        Column("日期", lambda one: one.day, DAY, 11), Column("摘要", lambda one: one.words),
        Column("金额", lambda one: one.fen, MONEY, 14, total=True),
        Column("状态", lambda _one: Mark("已记账", DONE), STATE, 10),
    )  # fmt: skip
    table = Table(columns, "列表", "没有凭证")
    table.model.is_faint = lambda one: one.void
    qtbot.addWidget(table)
    table.put(ENTRIES)
    return table


def test_amounts_sort_as_numbers_not_as_text(table: Table) -> None:
    table.view.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert [one.fen for one in table.model.records()] == [-38_642, 38_642, 74_260, 300_000_000_000]


def test_three_billion_fen_arrive_as_they_are(table: Table) -> None:
    assert table.model.index(3, 2).data() == "3,000,000,000.00"


@pytest.mark.parametrize(
    ("typed", "count"), [("电费", 2), ("742.60", 1), ("3000000000", 1), ("电费 09-03", 1), ("没有的", 0)]
)
def test_filtering_finds_words_and_amounts_in_any_column(table: Table, typed: str, count: int) -> None:
    table.search.setText(typed)
    assert table.model.rowCount() == count


def test_the_total_leaves_void_rows_out_and_follows_the_selection(table: Table) -> None:
    assert table.foot.text() == "共 4 行　金额 742.60"
    select = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in (0, 1):
        table.view.selectionModel().select(table.model.index(row, 0), select)
    assert table.foot.text() == "选中 2 行　金额 1,129.02"


def test_negative_amounts_are_red_and_carry_a_minus(table: Table) -> None:
    index = table.model.index(2, 2)
    assert index.data() == "-386.42"
    ink = index.data(ROLE.ForegroundRole)
    assert isinstance(ink, QColor)
    assert ink == colour("red")


def test_a_state_is_a_word_a_sign_and_a_colour(table: Table) -> None:
    index = table.model.index(0, 3)
    assert index.data() == "已记账"
    assert not index.data(ROLE.DecorationRole).isNull()
    assert index.data(ROLE.ForegroundRole) == colour("green")


def test_copying_gives_tab_separated_rows_with_titles(table: Table) -> None:
    table.view.selectRow(1)
    assert table.copy() == "日期\t摘要\t金额\t状态\n2026-09-10\t打印纸\t742.60\t已记账"
    assert QGuiApplication.clipboard().text() == table.copy()


def test_an_empty_list_says_so(table: Table, qtbot: QtBot) -> None:
    table.put(())
    table.show()
    assert table.foot.text() == ""
    assert table.model.rowCount() == 0


def test_a_spare_column_that_gives_way_leaves_no_gap(qtbot: QtBot) -> None:
    columns = (
        Column("摘要", lambda one: one.words), Column("日期", lambda one: one.day, DAY, 11, spare=True),
        Column("金额", lambda one: one.fen, MONEY, 14), Column("状态", lambda _one: Mark("已记账", DONE), STATE, 10),
    )  # fmt: skip
    table = Table(columns, "列表")
    qtbot.addWidget(table)
    table.put(ENTRIES)
    table.show()
    header = table.view.horizontalHeader()
    for width in (1200, 300, 1200, 420, 300):
        table.resize(width, 300)
        shown = [place for place in range(len(columns)) if not header.isSectionHidden(place)]
        assert (1 in shown) == (width == 1200)
        assert sum(header.sectionSize(place) for place in shown) == header.length(), width


def test_columns_share_the_room_and_none_is_narrower_than_its_words() -> None:
    assert share([100, 200, 100], [80, 50, 60], 500) == [100, 200, 100]
    assert share([100, 200, 100], [80, 50, 60], 100) == [80, 50, 60]
    tight = share([100, 200, 100], [80, 50, 60], 300)
    assert sum(tight) in range(297, 301)
    assert all(least <= size for least, size in zip([80, 50, 60], tight, strict=True)), tight


def test_a_list_with_short_words_does_not_scroll_sideways_for_columns_that_nobody_filled(qtbot: QtBot) -> None:
    columns = (
        Column("日期", lambda one: one.day, DAY, 11), Column("摘要", lambda one: one.words),
        Column("离任", lambda _one: "", width=12),
        Column("离任原因", lambda one: one.words if one.void else "", width=44),
    )  # fmt: skip
    table = Table(columns, "列表")
    qtbot.addWidget(table)
    table.resize(440, 300)
    table.put(ENTRIES[:3])
    table.show()
    bar = table.view.horizontalScrollBar()
    assert bar.maximum() == 0, bar.maximum()
    table.view.horizontalHeader().resizeSection(2, 70)
    table.put([*ENTRIES[:3], replace(ENTRIES[3], words="换届以后不再担任，到别的地方去了，另有人接")])
    qtbot.waitUntil(lambda: bar.maximum() > 0, timeout=1000)  # the words need more than there is
    table.resize(1200, 300)
    qtbot.waitUntil(lambda: bar.maximum() == 0, timeout=1000)
    assert table.view.columnWidth(2) == 70, "who draws a column keeps it so"


@pytest.mark.parametrize("long_one", [0, 1])
def test_no_words_are_cut_off_while_another_column_has_room(qtbot: QtBot, long_one: int) -> None:
    """Whether the long words stand in the column with a width or in the one that takes the rest."""
    words = "清岑县匠缘劳务服务部（村道硬化的工程尾款，验收以后付清）"
    columns = (
        Column("往来", lambda _one: "部" if long_one else words, width=30),
        Column("摘要", lambda _one: words if long_one else "付款"),
        Column("金额", lambda one: one.fen, MONEY, 14),
    )
    table = Table(columns, "列表")
    qtbot.addWidget(table)
    table.resize(660, 300)
    table.put(ENTRIES[:1])
    table.show()
    needed = table.view.fontMetrics().horizontalAdvance(words)
    assert table.view.columnWidth(long_one) > needed
    assert sum(table.view.columnWidth(place) for place in range(3)) <= table.view.viewport().width()


def test_escape_empties_the_filter_first_and_leaves_it_then(table: Table, qtbot: QtBot) -> None:
    left: list[bool] = []
    shortcut = QShortcut(QKeySequence("Esc"), table)
    shortcut.activated.connect(lambda: left.append(True))
    with qtbot.waitActive(table):
        table.show()
        table.activateWindow()
    table.search.setFocus()
    table.search.setText("电费")
    assert table.model.rowCount() == 2
    qtbot.keyClick(table.search, Qt.Key.Key_Escape)
    assert table.search.text() == ""
    assert table.model.rowCount() == 4
    assert table.search.hasFocus()
    qtbot.keyClick(table.search, Qt.Key.Key_Escape)
    assert table.view.hasFocus()
    assert not left
    qtbot.keyClick(table.view, Qt.Key.Key_Escape)
    assert left


def test_a_row_that_is_gone_to_while_ctrl_is_held_is_selected(table: Table, qtbot: QtBot) -> None:
    with qtbot.waitActive(table):
        table.show()
        table.activateWindow()
    table.go_to(lambda one: one.words == "电费")
    qtbot.keyPress(table.view, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    assert table.go_to(lambda one: one.words == "电费")
    qtbot.keyRelease(table.view, Qt.Key.Key_Control)
    assert [one.words for one in table.selected()] == ["电费"]
