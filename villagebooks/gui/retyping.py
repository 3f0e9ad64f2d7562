"""Changing one digit of an amount that shows its commas: they go as soon as they would stand wrongly."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit

from villagebooks.core.money import retyped


class Retyping(QObject):
    """Belongs to the entry of an amount and lives as long."""

    def __init__(self, entry: QLineEdit) -> None:
        super().__init__(entry)
        self._entry, self._before = entry, entry.text()
        entry.textEdited.connect(self._edited)
        entry.textChanged.connect(self._changed)

    def _edited(self, text: str) -> None:
        kept = retyped(self._before, text)
        if kept != text:
            place = self._entry.cursorPosition()
            self._entry.setText(kept)
            self._entry.setModified(True)
            self._entry.setCursorPosition(place - text[:place].count(","))

    def _changed(self, _text: str) -> None:
        # what the signal carries may be older than what was put meanwhile
        self._before = self._entry.text()
