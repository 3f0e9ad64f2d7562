"""What a list is made of: the rows, the filter line above them, and what is said where there are none.

Python is told of keys, clicks and room only. A filter of events would be asked about every one, some hundred for each
list while a page is built.
"""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakMethod

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QTableView

AROUND = 40
"""Pixels of frame, padding and the cross that empties it around the words of the filter line."""


class FilterEdit(QLineEdit):
    """As wide as what it says while it is empty, a little narrower where the list is."""

    def __init__(self, takes: Callable[[QKeyEvent], bool]) -> None:
        super().__init__()
        self._takes = WeakMethod(takes)

    def event(self, event: QEvent) -> bool:
        """Keys are first the list's."""
        if isinstance(event, QKeyEvent) and (takes := self._takes()) is not None and takes(event):
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        """In the letters of the look."""
        wide = self.fontMetrics().horizontalAdvance(self.placeholderText()) + AROUND
        return QSize(wide, super().sizeHint().height())


class ListView(QTableView):
    """Its keys are first the list's, which is told of its room, too."""

    def __init__(self, takes: Callable[[QKeyEvent], bool], resized: Callable[[], object]) -> None:
        super().__init__()
        self._takes, self._resized = WeakMethod(takes), WeakMethod(resized)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Ctrl+F, Ctrl+C and the menu; then Qt's own."""
        if (takes := self._takes()) is None or not takes(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Of the viewport, with or without a scroll bar beside it."""
        if (resized := self._resized()) is not None:
            resized()
        super().resizeEvent(event)


class Empty(QLabel):
    """What is said where there are no rows; `clicked` with the mouse."""

    clicked = Signal()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Somebody may want it read once more."""
        self.clicked.emit()
        super().mouseReleaseEvent(event)
