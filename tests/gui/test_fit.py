"""Columns of amounts are measured by their ends alone, and are as wide as if every amount was measured."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication
from pytestqt.qtbot import QtBot

from villagebooks.gui.table import MONEY, Column
from villagebooks.gui.table.fit import _candidates

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
