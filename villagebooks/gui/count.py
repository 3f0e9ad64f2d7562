"""A line that holds a small whole number, typed half or full width; what is none stays as typed, and is told."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from villagebooks.core.words import _
from villagebooks.gui.theme import set_tone


class CountEdit(QLineEdit):
    """An entry of a count from `least` to `most`, or of nothing. `settled` carries the sentence when the cursor leaves,
    empty when it is a count: a sign or a point that was left out would make another number of it."""

    settled = Signal(str)

    def __init__(self, least: int, most: int) -> None:
        super().__init__()
        self._least, self._most, self._hint = least, most, ""
        self.setMaxLength(20)
        self.textChanged.connect(self._forgive)

    def number(self) -> int:
        """The count; 0 when nothing is typed, or no count."""
        return 0 if self.misread() else int(self._plain() or 0)

    def misread(self) -> str:
        """The sentence about what is no count, empty when it is one or nothing is typed."""
        return no_count(self.text(), self._least, self._most)

    def show_misread(self) -> None:
        """Red, with the sentence as its tip, while it is no count."""
        told = self.misread()
        set_tone(self, "bad", "true" if told else "false")
        if told:
            self._hint = told
            self.setToolTip(told)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Who leaves is told; full-width digits become plain ones."""
        super().focusOutEvent(event)
        if not self.misread() and self.text() != self._plain():
            self.setText(self._plain())
        self.show_misread()
        self.settled.emit(self.misread())

    def _plain(self) -> str:
        return _plain(self.text())

    def _forgive(self, _text: str) -> None:
        if self._hint and not self.misread():
            set_tone(self, "bad", "false")
            if self.toolTip() == self._hint:
                self.setToolTip("")
            self._hint = ""


def no_count(text: str, least: int, most: int) -> str:
    """The sentence about what was typed for a count and is none; empty when it is one or nothing is typed."""
    plain = _plain(text)
    if not plain or (plain.isascii() and plain.isdigit() and least <= int(plain) <= most):
        return ""
    told = _("“{text}”不是 {least} 到 {most} 的整数：只写数字，例如 3")
    return told.format(text=text.strip(), least=least, most=most)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
