"""A cell of the voucher that shows a long text in further lines while nobody types in it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionFrame

from villagebooks.gui.choice import TEXT_EDGE, ChoiceEdit
from villagebooks.gui.theme import colour

MOST_LINES = 4


class WrapEdit(ChoiceEdit):
    """Its height follows its text and its width; the row in hand keeps its height, so that nothing moves while one
    types."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = 1
        self.textChanged.connect(self._count)

    def shown_lines(self) -> list[str]:
        """The text as it is broken, the last line shortened when there are more than may be."""
        layout = self._layout()
        broken = [layout.lineAt(place) for place in range(layout.lineCount())]
        found = [self.text()[one.textStart() : one.textStart() + one.textLength()] for one in broken]
        if len(found) > MOST_LINES:
            rest = self.text()[broken[MOST_LINES - 1].textStart() :]
            short = self.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, self._room())
            found = [*found[: MOST_LINES - 1], short]
        return found

    def whole(self) -> str:
        """All of a text of which something does not show."""
        lines = self.shown_lines()
        return self.text() if self.hasFocus() or "".join(lines) != self.text() else ""

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return self._raised(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self._raised(super().minimumSizeHint())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks elsewhere."""
        super().resizeEvent(event)
        self._count()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed is shown whole."""
        super().focusOutEvent(event)
        self._count()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame, and the lines in the middle of it."""
        if self._lines == 1 or self.hasFocus():
            super().paintEvent(event)
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        painter.setPen(colour("ink"))
        tall = self.fontMetrics().lineSpacing()
        top = (self.height() - tall * self._lines) / 2 + self.fontMetrics().ascent()
        for place, line in enumerate(self.shown_lines()):
            painter.drawText(QPointF(TEXT_EDGE + 2, top + place * tall), line)
        painter.end()

    def _count(self, *_change: object) -> None:
        if self.hasFocus():
            return
        lines = min(MOST_LINES, max(1, self._layout().lineCount())) if self._is_long() else 1
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    def _is_long(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self._room()

    def _room(self) -> int:
        return max(self.fontMetrics().height(), self.width() - 2 * TEXT_EDGE - 4)

    def _layout(self) -> QTextLayout:
        layout = QTextLayout(self.text(), self.font())
        layout.setTextOption(_breaking())
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._room())
        layout.endLayout()
        return layout

    def _raised(self, size: QSize) -> QSize:
        return QSize(size.width(), size.height() + (self._lines - 1) * self.fontMetrics().lineSpacing())


def _breaking() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
