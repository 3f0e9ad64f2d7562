"""A field that is given the cursor comes into sight, not only one that Tab comes to."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from villagebooks.gui.turn import later


class InSight(QObject):
    """Where what lies on an area is higher than the window."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        program = QApplication.instance()
        if isinstance(program, QApplication):
            program.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._area.isAncestorOf(now):
            later(now, partial(self._bring, now))  # what shows only now has no place yet

    def _bring(self, field: QWidget) -> None:
        area = self._area
        if area.verticalScrollBar().maximum() and field.hasFocus() and field.height() < area.height() // 2:
            area.ensureWidgetVisible(field)
