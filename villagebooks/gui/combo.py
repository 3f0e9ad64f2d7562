"""A combo box that is as wide as its widest word."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget

AROUND = 38
"""Pixels of frame, padding and arrow around the word."""

CELL_EDGES = 18
"""Pixels that a cell of a table keeps around what stands in it (its padding in the style sheet, and the grid)."""


class Combo(QComboBox):
    """Qt measures the ink of a word; a bracket at its end has more white than ink and was cut off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # what it offers often comes later

    def event(self, event: QEvent) -> bool:
        """Home and End go to its first and last word, whatever the page does at these keys."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
                event.accept()
                return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        """Wide enough for every word."""
        return self._widened(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        """Never narrower."""
        return self._widened(super().minimumSizeHint())

    def _widened(self, size: QSize) -> QSize:
        self.ensurePolished()  # before it is shown its letters are not those of the theme
        letters = self.fontMetrics()
        words = [self.itemText(place) for place in range(self.count())]
        size.setWidth(max([size.width(), *(letters.horizontalAdvance(one) + AROUND for one in words)]))
        return size
