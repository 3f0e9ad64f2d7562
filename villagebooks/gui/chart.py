"""Two bars a month, drawn with the theme's colours: what came in and what went out by the books."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from villagebooks.core.money import yuan_text
from villagebooks.core.words import _
from villagebooks.gui.theme import colour

TENTH_OF_WAN_FEN = 100_000
"""一千元 in fen."""


@dataclass(frozen=True, slots=True)
class Bars:
    """A month's two figures, fen."""

    month: int
    income_fen: int
    expense_fen: int


class MonthBars(QWidget):
    """A calm bar chart; the figures stand in its accessible description and tip as well."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(170)
        self._bars: tuple[Bars, ...] = ()

    def put(self, bars: Sequence[Bars]) -> None:
        """Show these months."""
        self._bars = tuple(bars)
        text = "\n".join(
            _("{m} 月　收入 {a}　支出 {b}").format(
                m=one.month, a=yuan_text(one.income_fen, group=","), b=yuan_text(one.expense_fen, group=",")
            )
            for one in self._bars
            if one.income_fen or one.expense_fen
        )
        self.setToolTip(text)
        self.setAccessibleName(_("每月收入和支出"))
        self.setAccessibleDescription(text)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bars over a base line, the month below, the figure in 万 above."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        letters = QFontMetricsF(self.font())
        foot, head = letters.height() + 6, letters.height() * 2 + 6
        base = self.height() - foot
        largest = max((max(one.income_fen, one.expense_fen) for one in self._bars), default=0)
        self._draw_legend(painter, letters)
        painter.setPen(colour("rule"))
        painter.drawLine(0, int(base), self.width(), int(base))
        if not self._bars:
            return
        slot = self.width() / len(self._bars)
        wide = min(22.0, slot / 3)
        for place, one in enumerate(self._bars):
            middle = slot * (place + 0.5)
            sides = ((one.income_fen, "accent", middle - wide - 1), (one.expense_fen, "amber", middle + 1))
            for fen, token, left in sides:
                if fen > 0 and largest:
                    tall = max(1.0, (base - head) * fen / largest)
                    painter.fillRect(QRectF(left, base - tall, wide, tall), colour(token))
            painter.setPen(colour("muted"))
            label = QRectF(slot * place, base + 3, slot, foot)
            painter.drawText(label, Qt.AlignmentFlag.AlignHCenter, _("{m} 月").format(m=one.month))
            if one.income_fen > 0 and largest:
                top = base - (base - head) * max(one.income_fen, one.expense_fen) / largest - letters.height() - 2
                wan = f"{_wan(one.income_fen)} / {_wan(one.expense_fen)}"
                painter.drawText(QRectF(slot * place, top, slot, letters.height()), Qt.AlignmentFlag.AlignHCenter, wan)
        painter.end()

    def _draw_legend(self, painter: QPainter, letters: QFontMetricsF) -> None:
        left = 0.0
        for token, word in (("accent", _("收入")), ("amber", _("支出"))):
            painter.fillRect(QRectF(left, letters.height() / 2 - 4, 10, 10), colour(token))
            painter.setPen(colour("ink"))
            painter.drawText(QRectF(left + 16, 0, 200, letters.height()), Qt.AlignmentFlag.AlignLeft, word)
            left += 28 + letters.horizontalAdvance(word)
        painter.setPen(colour("muted"))
        painter.drawText(QRectF(left, 0, 200, letters.height()), Qt.AlignmentFlag.AlignLeft, _("单位：万元"))


def _wan(fen: int) -> str:
    """万 with one decimal, rounded half up."""
    tenths = (abs(fen) + TENTH_OF_WAN_FEN // 2) // TENTH_OF_WAN_FEN
    return f"{'-' if fen < 0 else ''}{tenths // 10}.{tenths % 10}"
