"""Columns of amounts are measured by their ends alone, and are as wide as their widest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication
from pytestqt.qtbot import QtBot

from villagebooks.gui.table import MONEY, Column, Table
from villagebooks.gui.table.fit import EDGES, _candidates

AMOUNTS = st.lists(st.none() | st.integers(-(10**13), 10**13) | st.integers(-200_000, 200_000))


def test_the_widest_of_many_amounts_is_the_largest_or_the_least(qtbot: QtBot) -> None:
    thin = QFont(QGuiApplication.font())
    bold = QFont(thin)
    bold.setBold(True)
    one = Column("本年累计", lambda fen: fen, MONEY)

    @given(AMOUNTS)
    def holds(amounts: list[int | None]) -> None:
        for font in (QFontMetrics(thin), QFontMetrics(bold)):
            every = max((font.horizontalAdvance(one.shown(fen)) for fen in amounts), default=0)
            assert max((font.horizontalAdvance(text) for text in _candidates(one, amounts)), default=0) == every

    holds()


def test_an_amount_was_cut_off_beside_a_long_summary(qtbot: QtBot) -> None:
    summary = "支付通村公路第三标段路面硬化及排水沟挡土墙工程进度款（第二期，含质保金）"
    columns = (Column("摘要", lambda one: one[0]), Column("金额", lambda one: one[1], MONEY, width=10))
    table = Table(columns, "等我办的")
    qtbot.addWidget(table)
    table.resize(500, 300)
    table.put([(summary, 123_456_789_012)])
    table.show()
    need = QFontMetrics(QGuiApplication.font()).horizontalAdvance("1,234,567,890.12") + EDGES
    assert table.view.columnWidth(1) >= need
    assert table.view.horizontalScrollBar().maximum() == 0
