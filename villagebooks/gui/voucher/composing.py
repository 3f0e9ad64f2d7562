"""The cell in which an input method composes: its keys are the input method's, and what it composes is no word yet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from villagebooks.core.problem import Problem
from villagebooks.core.words import _

KEYS = (
    Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab,
    Qt.Key.Key_Backspace, Qt.Key.Key_Up, Qt.Key.Key_Down,
)  # fmt: skip
"""They choose among candidates, or take back what is composed."""


class Composing:
    """Follows the events of the cells of a form."""

    def __init__(self) -> None:
        self._cell: QLineEdit | None = None

    def takes(self, cell: QLineEdit, event: QEvent) -> bool:
        """True for a key that belongs to the input method; Escape is no shortcut of the page then."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._cell = None
        elif isinstance(event, QInputMethodEvent):
            self._cell = cell if event.preeditString() else None
        elif isinstance(event, QKeyEvent) and self._cell is cell and event.key() in KEYS:
            event.accept()
            return True
        return False

    def problems(self) -> list[Problem]:
        """What keeps the form from being saved: the letters would be lost."""
        return [Problem(_("输入法里还有没选好的字：先选好，或按 Esc 不要，再保存"))] if self._cell is not None else []
