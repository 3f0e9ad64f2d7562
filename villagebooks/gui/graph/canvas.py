"""What every picture has: spots that tell their figures and lead to a ledger, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from villagebooks.core.words import _
from villagebooks.gui.theme import colour, px

TENTH_OF_WAN_FEN = 100_000
"""一千元 in fen."""
KEY = Qt.Key
ALIGN = Qt.AlignmentFlag
SERIES = (
    ("accent", Qt.BrushStyle.SolidPattern), ("amber", Qt.BrushStyle.BDiagPattern),
    ("green", Qt.BrushStyle.Dense6Pattern), ("muted", Qt.BrushStyle.DiagCrossPattern),
    ("red", Qt.BrushStyle.FDiagPattern),
)  # fmt: skip
"""Each series has a colour and a pattern: who sees no colours, or prints grey, tells them apart."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of a picture: where it is, what it says, what opens behind it (None: nothing), its column."""

    rect: QRectF
    words: str
    target: object
    column: int


class Graph(QWidget):
    """A calm picture. `drilled` carries the target of the spot that was clicked or entered, `told` the figures of the
    one in hand."""

    drilled = Signal(object)
    told = Signal(str)

    def __init__(self, name: str, empty: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumHeight(130)
        self._empty = self._nothing = empty
        self._spots: list[Spot] = []
        self._at = -1

    def lines(self) -> list[str]:
        """Every figure in words, a line each."""
        raise NotImplementedError

    def draw(self, painter: QPainter) -> list[Spot]:
        """Draw, and answer with the spots; nothing drawn when there are no figures."""
        raise NotImplementedError

    def renew(self) -> None:
        """Other figures: tell them, draw them."""
        self._at, self._empty = -1, self._nothing
        self.setAccessibleDescription("\n".join(self.lines()))
        self.update()

    def say(self, text: str) -> None:
        """Why there is nothing to draw."""
        self._empty = text
        self.update()

    def spots(self) -> list[Spot]:
        """What can be entered, in the order of drawing."""
        return list(self._spots)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture, and a frame around the spot in hand."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        self._spots = self.draw(painter)
        if not self._spots:
            painter.setPen(colour("muted"))
            painter.drawText(self.rect(), ALIGN.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)
        elif self.hasFocus():
            spot = self._spots[min(max(0, self._at), len(self._spots) - 1)]
            painter.setPen(QPen(colour("ink"), px("focus_px")))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(spot.rect.adjusted(-2, -2, 2, 2))
        painter.end()

    def event(self, event: QEvent) -> bool:
        """The figures of what is pointed at."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            spot = self._under(event.pos())
            QToolTip.showText(event.globalPos(), spot.words if spot else "", self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what opens."""
        spot = self._under(event.position().toPoint())
        opens = spot is not None and spot.target is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens."""
        spot = self._under(event.position().toPoint())
        if spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self._at = self._spots.index(spot)
            self.update()
            if spot.target is not None:
                self.drilled.emit(spot.target)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from spot to spot, Enter opens."""
        steps = {KEY.Key_Left: (-1, 0), KEY.Key_Right: (1, 0), KEY.Key_Up: (0, -1), KEY.Key_Down: (0, 1)}
        key = KEY(event.key())
        if not self._spots:
            super().keyPressEvent(event)
        elif key in steps:
            self._go(self._step(*steps[key]))
        elif key in (KEY.Key_Home, KEY.Key_End):
            self._go(0 if key == KEY.Key_Home else len(self._spots) - 1)
        elif key in (KEY.Key_Return, KEY.Key_Enter, KEY.Key_Space):
            spot = self._spots[max(0, self._at)]
            if spot.target is not None:
                self.drilled.emit(spot.target)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the spot in hand."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The whole is told again to who comes next."""
        super().focusOutEvent(event)
        self.setAccessibleDescription("\n".join(self.lines()))
        self.told.emit("")
        self.update()

    def _step(self, right: int, down: int) -> int:
        """The place of the neighbour: columns beside each other, the parts of one column below each other."""
        place = min(max(0, self._at), len(self._spots) - 1)
        here = self._spots[place].column
        columns: dict[int, list[int]] = {}
        for one, spot in enumerate(self._spots):
            columns.setdefault(spot.column, []).append(one)
        mine = columns[here]
        if down and len(mine) > 1:
            return mine[min(max(0, mine.index(place) + down), len(mine) - 1)]
        order = list(columns)
        there = columns[order[min(max(0, order.index(here) + (right or down)), len(order) - 1)]]
        return there[min(mine.index(place), len(there) - 1)]

    def _go(self, place: int) -> None:
        self._at = place
        spot = self._spots[place]
        self.setAccessibleDescription(spot.words)
        self.told.emit(spot.words)
        self.update()

    def _under(self, at: QPoint) -> Spot | None:
        found = [spot for spot in self._spots if spot.rect.contains(QPointF(at))]
        return found[-1] if found else None


def fill(painter: QPainter, rect: QRectF, series: int) -> None:
    """A bar of a series: its pattern in its colour, with an edge."""
    token, pattern = SERIES[series % len(SERIES)]
    ink = colour(token)
    if pattern == Qt.BrushStyle.SolidPattern:
        painter.fillRect(rect, ink)
        return
    painter.fillRect(rect, colour("paper"))
    painter.fillRect(rect, QBrush(ink, pattern))
    painter.setPen(QPen(ink, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(0, 0, -1, -1))


def draw_legend(painter: QPainter, letters: QFontMetricsF, entries: Sequence[tuple[int, str]], wide: float) -> float:
    """The series by name, and the unit; the height that it took."""
    left, top, tall = 0.0, 0.0, letters.height() + 4
    for series, words in (*entries, (-1, _("单位：万元"))):
        need = letters.horizontalAdvance(words) + (16 if series >= 0 else 0)
        if left and left + need > wide:
            left, top = 0.0, top + tall
        if series >= 0:
            fill(painter, QRectF(left, top + letters.height() / 2 - 5, 11, 11), series)
        painter.setPen(colour("ink" if series >= 0 else "muted"))
        start = left + (16 if series >= 0 else 0)
        painter.drawText(QRectF(start, top, need + 8, letters.height()), ALIGN.AlignLeft | ALIGN.AlignVCenter, words)
        left += need + 18
    return top + tall


def wan(fen: int) -> str:
    """万 with one decimal, rounded half up."""
    tenths = (abs(fen) + TENTH_OF_WAN_FEN // 2) // TENTH_OF_WAN_FEN
    return f"{'-' if fen < 0 and tenths else ''}{tenths // 10}.{tenths % 10}"
