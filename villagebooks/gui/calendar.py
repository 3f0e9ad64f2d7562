"""A date with a calendar beside it, typed as it is said: 20260902, 2026-09-02, 2026.9.2, from any place in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QDateTimeEdit

BETWEEN = "-./"
YEAR = QDateTimeEdit.Section.YearSection
ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)


class CalendarDay(QDateEdit):
    """Qt's own goes on to the next part by itself when a part is full; the `-` that follows then skipped one more, so
    that 2026-09-02 silently became 2026-09-09. And what was typed over the whole date fell into one part of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setDisplayFormat("yyyy-MM-dd")
        self.setCalendarPopup(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A mark between parts is passed over once; figures over the whole date begin with the year."""
        line, text, key = self.lineEdit(), event.text(), event.key()
        chosen = line.selectedText()
        if text and text in BETWEEN:
            if chosen != self.sectionText(self.currentSection()):
                none = Qt.KeyboardModifier.NoModifier
                super().keyPressEvent(QKeyEvent(event.type(), Qt.Key.Key_Minus, none, BETWEEN[0]))
            return
        if text.isdigit() and chosen == line.text():
            self.setSelectedSection(YEAR)
        super().keyPressEvent(event)
        if key in ENDS and not line.hasSelectedText():
            self.setSelectedSection(self.currentSection())
